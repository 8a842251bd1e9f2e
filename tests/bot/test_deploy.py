"""The deployed bot runs as nobody in particular, writes to the home alone, and tells how it is."""

import re
from configparser import ConfigParser
from pathlib import Path

import yaml

from bot.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
UNIT = (DEPLOY / "footnote.service").read_text(encoding="utf-8")


def test_the_settings_that_are_named_are_settings() -> None:
    named = set(re.findall(r"FOOTNOTE_([A-Z_]+)", DOCKERFILE + COMPOSE + UNIT))
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_an_image_runs_as_a_user_without_rights() -> None:
    [user] = re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE)
    assert int(user) > 0
    assert f"--uid {user} " in DOCKERFILE


def test_an_image_keeps_its_home_in_a_volume_and_tells_how_it_is() -> None:
    [home] = re.findall(r"^VOLUME (.*)$", DOCKERFILE, re.MULTILINE)
    assert f"FOOTNOTE_HOME={home} " in DOCKERFILE
    [port] = re.findall(r"FOOTNOTE_METRICS_PORT=(\d+)", DOCKERFILE)
    assert f"http://127.0.0.1:{port}/health" in DOCKERFILE.split("HEALTHCHECK")[1]


def test_an_image_copies_what_is_there() -> None:
    copied = re.findall(r"^COPY (?!--)(.*) \S+$", DOCKERFILE, re.MULTILINE)
    assert all((DEPLOY.parent / name).exists() for line in copied for name in line.split())


def test_a_container_can_write_to_its_home_alone_and_gains_no_rights() -> None:
    service = yaml.safe_load(COMPOSE)["services"]["footnote"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == [f"home:{service['environment']['FOOTNOTE_HOME']}"]
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()


def test_a_service_can_write_to_its_home_alone_and_gains_no_rights() -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(UNIT)
    service = unit["Service"]
    assert service["DynamicUser"] == service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert f"FOOTNOTE_HOME=/var/lib/{service['StateDirectory']}" in service["Environment"]
    assert service["CapabilityBoundingSet"] == ""
