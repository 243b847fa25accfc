"""The container file: nobody runs as root in it, what it is made of is pinned, and no secret is in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from onrecord import cli
from onrecord.cli.serving import PORT

ROOT = Path(__file__).parent.parent
Steps = list[tuple[str, str]]


@pytest.fixture(scope="module")
def steps() -> Steps:
    """Instructions with their arguments."""
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    parted = [line.split(None, 1) for line in lines if line.strip() and not line.startswith("#")]
    return [(name, " ".join(rest.split())) for name, rest in parted]


def of(steps: Steps, name: str) -> list[str]:
    return [rest for own, rest in steps if own == name]


def test_what_it_begins_with_has_a_version(steps: Steps) -> None:
    assert of(steps, "FROM")
    for image in of(steps, "FROM"):
        assert re.fullmatch(r"docker\.io/library/python:3\.11\.\d+-slim-\w+( AS build)?", image), image


def test_the_last_user_is_not_root_and_nothing_is_installed_afterwards(steps: Steps) -> None:
    names = [name for name, _ in steps]
    assert of(steps, "USER") == ["10001:10001"]
    assert not {"RUN", "COPY", "ADD"} & set(names[names.index("USER") :])


def test_only_wheels_with_known_hashes_are_installed(steps: Steps) -> None:
    installs = [one for run in of(steps, "RUN") for one in run.split("&&") if "pip install" in one]
    assert installs
    assert all(("--require-hashes" in one and "--only-binary :all:" in one) or "--no-deps /build" in one for one in installs)
    assert not any(word in run for run in of(steps, "RUN") for word in ("curl", "wget", "sudo", "chmod 777"))


def test_no_secret_is_in_it(steps: Steps) -> None:
    assert not of(steps, "ARG")
    assert not of(steps, "ADD")
    assert not re.search(r"token|password|secret|key=", " ".join(of(steps, "ENV") + of(steps, "CMD")), re.IGNORECASE)


def test_what_is_copied_is_there_and_let_in(steps: Steps) -> None:
    let_in = {line[1:] for line in (ROOT / ".containerignore").read_text().splitlines() if line.startswith("!")}
    for copied in of(steps, "COPY"):
        if not copied.startswith("--from"):
            for name in copied.split()[:-1]:
                assert (ROOT / name).exists(), name
                assert name in let_in, name


def test_it_runs_a_command_that_there_is(steps: Steps) -> None:
    (entry,), (command,), (check,) = of(steps, "ENTRYPOINT"), of(steps, "CMD"), of(steps, "HEALTHCHECK")
    assert json.loads(entry) == ["onrecord"]
    given = json.loads(command)
    assert given[0] in get_command(cli.app).list_commands(None)  # type: ignore[attr-defined]
    missing = CliRunner().invoke(cli.app, [*given[:-1], "/none/record.db"])
    assert "there is no record" in missing.output  # the options are all known
    assert f":{PORT}/healthz" in check
    assert str(PORT) in given
