"""Builds the wheel twice, compares the two, looks through what is in it, and tries it in empty environments.

``python -m scripts.try_wheel [--out DIR] [--into PYTHON]… [--python PYTHON]…``: ``--into`` names the interpreter of an environment that has all that onrecord
needs already, ``--python`` one to make an empty environment with. Status 1 where something is not as it should be.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ("src", "pyproject.toml", "README.md", "LICENSE", "NOTICE")
EPOCH = "1700000000"
"""A moment that all files in the wheel are of, where SOURCE_DATE_EPOCH names no other."""
NEEDED = ("onrecord/py.typed", "onrecord/schemas/report-1.0.json", "onrecord/encoder/", "onrecord/lexicons/en/", "onrecord/examples/articles.jsonl")
TRIAL = """
import sys
from onrecord import Coder, Report, open_record, report_schema
assert "site-packages" in sys.modules["onrecord"].__file__, sys.modules["onrecord"].__file__
report = Coder().code("Ghana and Kenya condemned the coup in Niger on Sunday.", published="2023-07-31")
assert [(p.holder.actor_id, p.act) for p in report.positions] == [("GHA.GOV", "condemn"), ("KEN.GOV", "condemn")], report.positions
assert "model" in report.coder, report.coder
assert "NER" in {e.place.country for e in report.events if e.place}, report.events
assert Report.from_dict(report.to_dict(with_text=True)) == report
assert report_schema()["$id"].startswith("urn:onrecord")
print(sys.version.split()[0], report.coder)
"""


def built(out: Path, *, aged: int = 0) -> Path:
    """The wheel, built from a copy of the source whose files are that many seconds older."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"source-{aged}"
        copy.mkdir()
        for name in SOURCE:
            at = ROOT / name
            if at.is_dir():
                shutil.copytree(at, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
            else:
                shutil.copy2(at, copy / name)
        for path in copy.rglob("*"):
            os.utime(path, (1_650_000_000 - aged, 1_650_000_000 - aged))
        env = {"SOURCE_DATE_EPOCH": EPOCH, **os.environ}
        command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--disable-pip-version-check", "-w", str(out), str(copy)]
        subprocess.run(command, check=True, env=env)
    (wheel,) = out.glob("onrecord-*.whl")
    return wheel


def missing(wheel: Path) -> list[str]:
    """What of the source's files is not in the wheel, or stands otherwise in it."""
    with zipfile.ZipFile(wheel) as inside:
        names = set(inside.namelist())
        source = {p.relative_to(ROOT / "src").as_posix(): p for p in (ROOT / "src" / "onrecord").rglob("*") if p.is_file() and "__pycache__" not in p.parts}
        wrong = [f"{name} is not in it" for name in sorted(source.keys() - names)]
        wrong += [f"{name} is another" for name in sorted(source.keys() & names) if inside.read(name) != source[name].read_bytes()]
        wrong += [f"{name} is not of the source" for name in sorted(n for n in names - source.keys() if ".dist-info/" not in n)]
        wrong += [f"nothing of {part} is in it" for part in NEEDED if not any(n.startswith(part) for n in names)]
        wrong += [f"no {part} is in it" for part in ("LICENSE", "NOTICE") if not any(n.endswith(f"licenses/{part}") for n in names)]
    return wrong


def tried(python: str, wheel: Path, *, empty: bool) -> str:
    """What the trial says with a Python: in a new environment, or in the one that it is of."""
    with tempfile.TemporaryDirectory() as folder:
        if empty:
            subprocess.run([python, "-m", "venv", f"{folder}/venv"], check=True)
            python = f"{folder}/venv/{'Scripts' if os.name == 'nt' else 'bin'}/python"
        install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *([] if empty else ["--no-deps", "--force-reinstall"]), str(wheel)]
        subprocess.run(install, check=True)
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run([python, "-c", TRIAL], cwd=folder, env=env, check=True, stdout=subprocess.PIPE, text=True)
        subprocess.run([python, "-m", "onrecord.cli", "--version"], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
        return done.stdout.strip()


def main() -> int:
    """Build, compare, look through, try."""
    parser = argparse.ArgumentParser(description="Builds the wheel twice, compares the two, and tries it.")
    parser.add_argument("--out", type=Path, help="a folder to leave the wheel in")
    parser.add_argument("--into", action="append", default=[], help="the python of an environment with all that is needed")
    parser.add_argument("--python", action="append", default=[], help="a python to make an empty environment with")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        first, second = (built(Path(folder) / f"{n}", aged=n * 86_400) for n in range(2))
        digests = [hashlib.sha256(w.read_bytes()).hexdigest() for w in (first, second)]
        wrong = missing(first) + ([f"built twice, it differs: {digests}"] if digests[0] != digests[1] else [])
        print(f"{first.name}: {first.stat().st_size:,} bytes, SHA-256 {digests[0]}")
        if wrong:
            print(*wrong, sep="\n")
            return 1
        for python in asked.into:
            print("in its environment:", tried(python, first, empty=False))
        for python in asked.python:
            print("in an empty environment:", tried(python, first, empty=True))
        if asked.out:
            asked.out.mkdir(parents=True, exist_ok=True)
            shutil.copy2(first, asked.out / first.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
