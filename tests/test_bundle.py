"""Offline bundles and the wheel: what is written, and that the install script installs from it alone. (The scripts themselves try the real wheels.)"""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest
from scripts import bundle
from scripts.try_wheel import missing

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
NAME = "onrecord-0.1.0-py3-none-any.whl"


def a_wheel(folder: Path) -> Path:
    """A wheel of the same name, that says so and does nothing."""
    about = "onrecord-0.1.0.dist-info"
    files = {
        "onrecord.py": "def main():\n    print('onrecord 0.1.0')\n",
        f"{about}/METADATA": "Metadata-Version: 2.4\nName: onrecord\nVersion: 0.1.0\nLicense-Expression: Apache-2.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/entry_points.txt": "[console_scripts]\nonrecord = onrecord:main\n",
        f"{about}/licenses/LICENSE": "the licence",
    }
    files[f"{about}/RECORD"] = "".join(f"{name},,\n" for name in files) + f"{about}/RECORD,,\n"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / NAME, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return folder / NAME


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bundle that is filled, for this Python."""
    made = tmp_path / "onrecord-0.1.0-linux-x86_64"
    a_wheel(made / "wheels")
    bundle.filled(made, "linux-x86_64", PYTHON, "0.1.0")
    return made


def installed(folder: Path, into: Path, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))} | {
        "PYTHON": python,
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
    }
    return subprocess.run(["sh", str(folder / "install.sh"), str(into)], check=False, capture_output=True, text=True, env=env)


def test_the_script_installs_from_the_bundle_alone_and_refuses_another_wheel(folder: Path, tmp_path: Path) -> None:
    done = installed(folder, tmp_path / "here with a space")
    assert done.returncode == 0, done.stderr
    assert "onrecord 0.1.0" in done.stdout
    wheel = folder / "wheels" / NAME
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    refused = installed(folder, tmp_path / "there")
    assert refused.returncode != 0
    assert "hash" in refused.stderr.lower()


def test_another_python_is_said(folder: Path, tmp_path: Path) -> None:
    done = installed(folder, tmp_path / "here", python="no-such-python")
    assert done.returncode == 1
    assert f"This bundle is for Python {PYTHON}" in done.stderr
    assert not (tmp_path / "here").exists()


def test_licences_are_told_as_tables_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "licence", lambda _about: 'MIT, "as is"')
    bundle.filled(folder, "linux-x86_64", PYTHON, "0.1.0")
    assert list(csv.reader((folder / "LICENSES.csv").read_text(encoding="utf-8").splitlines()))[1] == ["onrecord", "0.1.0", 'MIT, "as is"']


def test_a_bundle_says_what_is_in_it(folder: Path) -> None:
    assert (folder / "LICENSES.csv").read_text(encoding="utf-8").splitlines() == ["name,version,licence", 'onrecord,0.1.0,"Apache-2.0"']
    assert (folder / "LICENSES" / "onrecord-0.1.0" / "licenses" / "LICENSE").read_text(encoding="utf-8") == "the licence"
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file() and p.name != "SHA256SUMS"}
    assert sums == {name: hashlib.sha256(p.read_bytes()).hexdigest() for name, p in files.items()}


@pytest.mark.parametrize("name", bundle.PLATFORMS)
def test_nothing_is_left_to_fill_in(name: str, tmp_path: Path) -> None:
    a_wheel(tmp_path / "b" / "wheels")
    bundle.filled(tmp_path / "b", name, "3.12", "0.1.0")
    scripts = [p.read_text(encoding="utf-8") for p in (tmp_path / "b").iterdir() if p.suffix in (".sh", ".ps1", ".bat", ".txt")]
    assert len(scripts) == (4 if name.startswith("windows") else 3)
    assert not any(sign in text for text in scripts for sign in ("@PYTHON@", "@VERSION@", "@PLATFORM@", "@HOW@"))
    assert any("3.12" in text and "--require-hashes" in text and "--no-index" in text for text in scripts)


def test_the_same_folder_makes_the_same_file(folder: Path, tmp_path: Path) -> None:
    first = bundle.packed(folder, tmp_path).read_bytes()
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    assert bundle.packed(folder, tmp_path).read_bytes() == first


def test_versions_are_those_of_the_lock_but_for_what_has_no_wheel_there() -> None:
    lock = bundle.LOCK.read_text(encoding="utf-8")
    every, some = bundle.locked(lock, ()), bundle.locked(lock, ("onnxruntime",))
    assert {pin.partition("==")[0] for pin in set(every) - set(some)} == {"onnxruntime"}
    assert len(every) == len([line for line in lock.splitlines() if "==" in line and line[0] not in "# "])


def test_a_licence_is_what_the_wheel_names() -> None:
    told = {
        "License-Expression: MIT": "MIT",
        "Classifier: License :: OSI Approved :: BSD License": "BSD License",
        "License: ISC\n more": "ISC",
        "Name: a": "see its text",
    }
    assert {text: bundle.licence(HeaderParser().parsestr(text)) for text in told} == told


def test_a_wheel_that_lacks_something_is_told(tmp_path: Path) -> None:
    wrong = missing(a_wheel(tmp_path))
    assert "onrecord/py.typed is not in it" in wrong
    assert "onrecord.py is not of the source" in wrong
    assert any(w.startswith("onrecord/lexicons/en/") for w in wrong)
