"""Makes a bundle that installs onrecord without a network and without administrator's rights.

``python -m scripts.bundle PLATFORM… [--python 3.12] [--try]``. A bundle holds the wheels of onrecord and of all that it needs for one platform and one
Python, in the versions of ``requirements.lock`` where there are such, their hashes, their licences and an install script. ``--try`` unpacks one for this
machine, installs it with no network and runs the demo. Needs ``uv``, which tells what another platform needs: pip asks the markers of the Python that runs it.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from scripts.try_wheel import EPOCH, built

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
MAC = {"MACOSX_DEPLOYMENT_TARGET": "14.0"}


@dataclass(frozen=True, kw_only=True)
class Platform:
    """Where a bundle is for.

    ``uv`` names it for uv; ``tags`` are the wheels that run there; ``env`` is said to uv; of what is ``unlocked`` the version of the lock has no wheel there.
    """

    uv: str
    tags: tuple[str, ...]
    env: Mapping[str, str]
    unlocked: tuple[str, ...] = ()


PLATFORMS = {
    "linux-x86_64": Platform(
        uv="x86_64-manylinux_2_28",
        env={},
        tags=(*(f"manylinux_2_{n}_x86_64" for n in range(28, 4, -1)), "manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"),
    ),
    "windows-x86_64": Platform(uv="x86_64-pc-windows-msvc", tags=("win_amd64",), env={}),
    "macos-arm64": Platform(uv="aarch64-apple-darwin", tags=("macosx_14_0_arm64",), env=MAC),
    "macos-x86_64": Platform(uv="x86_64-apple-darwin", tags=("macosx_14_0_x86_64",), env=MAC, unlocked=("onnxruntime",)),
}
SH = """\
#!/bin/sh
# Installs onrecord without a network and without administrator's rights: sh install.sh [FOLDER]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
into=${1:-"$HOME/onrecord"}
python=${PYTHON:-python@PYTHON@}
if ! "$python" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "@PYTHON@")' 2> /dev/null; then
  echo "This bundle is for Python @PYTHON@: install it, or name it: PYTHON=/path/to/python@PYTHON@ sh install.sh" >&2
  exit 1
fi
"$python" -m venv "$into"
"$into/bin/python" -m pip --isolated install --quiet --disable-pip-version-check --no-index --no-deps --require-hashes \\
  --find-links "$here/wheels" -r "$here/requirements.txt"
"$into/bin/onrecord" --version
echo "Installed. Run $into/bin/onrecord demo, or add $into/bin to your PATH."
"""
PS1 = """\
# Installs onrecord without a network and without administrator's rights: install.bat [FOLDER], or install.ps1 [FOLDER]
param([string]$Into = (Join-Path $HOME 'onrecord'))
$ErrorActionPreference = 'Stop'
$Here = Split-Path -Parent $MyInvocation.MyCommand.Path
& py -@PYTHON@ -c 'pass'
if ($LASTEXITCODE -ne 0) { Write-Error 'This bundle is for Python @PYTHON@ (64 bit): install it for yourself from python.org, which needs no administrator.' }
& py -@PYTHON@ -m venv $Into
if ($LASTEXITCODE -ne 0) { exit 1 }
$Python = Join-Path $Into 'Scripts\\python.exe'
$Wheels = Join-Path $Here 'wheels'
$Pins = Join-Path $Here 'requirements.txt'
& $Python -m pip --isolated install --quiet --disable-pip-version-check --no-index --no-deps --require-hashes --find-links $Wheels -r $Pins
if ($LASTEXITCODE -ne 0) { exit 1 }
& (Join-Path $Into 'Scripts\\onrecord.exe') --version
Write-Output "Installed. Run $Into\\Scripts\\onrecord.exe demo, or add $Into\\Scripts to your PATH."
"""
BAT = '@echo off\r\npowershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0install.ps1" %*\r\n'
README = """\
onrecord @VERSION@ for @PLATFORM@ and Python @PYTHON@, with all that it needs.

1. Compare SHA256SUMS with what you were given, on a machine that you trust (Linux: sha256sum -c SHA256SUMS, macOS: shasum -a 256 -c SHA256SUMS).
2. @HOW@
3. Run `onrecord demo` in the folder that it names.

Nothing is fetched, neither now nor later. pip compares every wheel with the hash in requirements.txt. To remove onrecord, delete the folder.
LICENSES.csv names the licence of each wheel; LICENSES/ has their texts.
"""
HOW = {"sh": "sh install.sh [FOLDER]   (without a folder: onrecord in your home)", "bat": "install.bat [FOLDER]   (without a folder: onrecord in your home)"}


def wanted(platform: Platform, python: str) -> str:
    """What onrecord needs on a platform, pinned."""
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder) / "constraints.txt"
        constraints.write_text("\n".join(locked(LOCK.read_text(encoding="utf-8"), platform.unlocked)), encoding="utf-8")
        command = ["uv", "pip", "compile", "-q", "--no-header", "--no-annotate", "--only-binary", ":all:", "--constraint", str(constraints)]
        command += ["--python-platform", platform.uv, "--python-version", python, str(ROOT / "pyproject.toml")]
        return subprocess.run(command, check=True, env={**os.environ, **platform.env}, capture_output=True, text=True).stdout


def locked(lock: str, without: Iterable[str]) -> list[str]:
    """The versions of a lock, without hashes.

    >>> locked("numpy==2.1 \\\\\\n    --hash=sha256:0a\\nonnxruntime==1.31 \\\\\\n", ["onnxruntime"])
    ['numpy==2.1']
    """
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE)
    return [f"{name}=={version}" for name, version in pins if name not in without]


def fetched(platform: Platform, python: str, needed: str, into: Path) -> None:
    """Download the wheels."""
    pinned = into.parent / "needed.txt"
    pinned.write_text(needed, encoding="utf-8")
    tags = [part for tag in platform.tags for part in ("--platform", tag)]
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "-d", str(into)]
    subprocess.run([*command, "--implementation", "cp", "--python-version", python, *tags, "-r", str(pinned)], check=True)
    pinned.unlink()


def metadata(wheel: Path) -> tuple[Mapping[str, str], dict[str, bytes]]:
    """What a wheel says of itself, and the texts of its licences."""
    with zipfile.ZipFile(wheel) as inside:
        (about,) = [n for n in inside.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n)]
        texts = [n for n in inside.namelist() if ".dist-info/" in n and re.search(r"(?i)(licen[cs]e|notice|copying|authors)[^/]*$", n)]
        return HeaderParser().parsestr(inside.read(about).decode("utf-8")), {n.partition(".dist-info/")[2]: inside.read(n) for n in texts}


def licence(about: Mapping[str, str]) -> str:
    """The licence that a wheel names.

    >>> licence(HeaderParser().parsestr("Classifier: License :: OSI Approved :: MIT License"))
    'MIT License'
    """
    classes = [c.rpartition(" :: ")[2] for name, c in about.items() if name == "Classifier" and c.startswith("License ::")]
    said = about.get("License-Expression") or "; ".join(classes) or (about.get("License") or "").strip().splitlines()[:1] or "see its text"
    return said if isinstance(said, str) else said[0]


def filled(folder: Path, name: str, python: str, version: str) -> None:
    """Write beside the wheels what installs them, what they are and whose."""
    pins, rows, sums = [], ["name,version,licence"], []
    for wheel in sorted((folder / "wheels").glob("*.whl")):
        about, texts = metadata(wheel)
        pins.append(f"{about['Name']}=={about['Version']} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}")
        said = licence(about).replace('"', '""')
        rows.append(f'{about["Name"]},{about["Version"]},"{said}"')
        for path, text in texts.items():
            at = folder / "LICENSES" / f"{about['Name']}-{about['Version']}" / path
            at.parent.mkdir(parents=True, exist_ok=True)
            at.write_bytes(text)
    kind = "bat" if name.startswith("windows") else "sh"
    written = {"requirements.txt": "\n".join(pins) + "\n", "LICENSES.csv": "\n".join(rows) + "\n", "README.txt": README}
    written |= {"install.ps1": PS1, "install.bat": BAT} if kind == "bat" else {"install.sh": SH}
    for file, text in written.items():
        for sign, value in {"@PYTHON@": python, "@VERSION@": version, "@PLATFORM@": name, "@HOW@": HOW[kind]}.items():
            text = text.replace(sign, value)
        (folder / file).write_bytes(text.encode())
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        sums.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}")
    (folder / "SHA256SUMS").write_bytes(("\n".join(sums) + "\n").encode())


def packed(folder: Path, out: Path) -> Path:
    """The bundle as one file: the same from the same folder."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    inside = {p: f"{folder.name}/{p.relative_to(folder).as_posix()}" for p in files}
    if (folder / "install.bat").exists():
        made = out / f"{folder.name}.zip"
        with zipfile.ZipFile(made, "w") as archive:
            for path, name in inside.items():
                archive.writestr(zipfile.ZipInfo(name, (2023, 11, 14, 0, 0, 0)), path.read_bytes())
        return made
    made = out / f"{folder.name}.tar"
    with tarfile.open(made, "w") as archive:
        for path, name in inside.items():
            entry = tarfile.TarInfo(name)
            content = path.read_bytes()
            entry.size, entry.mtime, entry.mode = len(content), int(EPOCH), 0o755 if path.suffix == ".sh" else 0o644
            archive.addfile(entry, io.BytesIO(content))
    return made


def bundle(name: str, python: str, wheel: Path, out: Path) -> Path:
    """Make a bundle.

    Args:
        name: of the platform.
        python: 3.12.
        wheel: onrecord's.
        out: where the bundle is to lie.
    """
    version = wheel.name.split("-")[1]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / f"onrecord-{version}-{name}-python{python}"
        (folder / "wheels").mkdir(parents=True)
        fetched(PLATFORMS[name], python, wanted(PLATFORMS[name], python), folder / "wheels")
        shutil.copy2(wheel, folder / "wheels" / wheel.name)
        filled(folder, name, python, version)
        return packed(folder, out)


def tried(made: Path, python: str) -> None:
    """Unpack a bundle, install it with no network, and run the demo; Linux alone can take the network away."""
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(made) as archive:
            archive.extractall(scratch, filter="data")
        (folder,) = Path(scratch).iterdir()
        alone = ["unshare", "--map-root-user", "--net"] if shutil.which("unshare") else []
        env = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "UV_"))}
        env |= {"PYTHON": shutil.which(f"python{python}") or f"python{python}"}
        subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, check=True)
        subprocess.run([*alone, "sh", str(folder / "install.sh"), f"{scratch}/onrecord"], check=True, env=env)
        subprocess.run([*alone, f"{scratch}/onrecord/bin/python", "-m", "pip", "check"], check=True, env=env)
        done = subprocess.run([*alone, f"{scratch}/onrecord/bin/onrecord", "demo"], cwd=scratch, check=True, env=env, capture_output=True, text=True)
        print("\n".join(done.stdout.splitlines()[-2:]), f"({'no network' if alone else 'the network was there'})")


def main() -> None:
    """Make bundles."""
    parser = argparse.ArgumentParser(description="Makes bundles that install onrecord without a network.")
    parser.add_argument("platform", nargs="+", choices=PLATFORMS)
    parser.add_argument("--python", default="3.12", help="the version of Python that it is for (3.12)")
    parser.add_argument("--out", type=Path, default=Path("dist"), help="where the bundles are to lie (dist)")
    parser.add_argument("--wheel", type=Path, help="onrecord's wheel; without it one is built")
    parser.add_argument("--try", dest="trial", action="store_true", help="install the bundle for Linux here, with no network, and run the demo")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        wheel = asked.wheel or built(Path(folder))
        for name in asked.platform:
            made = bundle(name, asked.python, wheel, asked.out)
            print(f"{made}: {made.stat().st_size / 1e6:,.0f} MB, SHA-256 {hashlib.sha256(made.read_bytes()).hexdigest()}")
            if asked.trial and name.startswith("linux"):
                tried(made, asked.python)


if __name__ == "__main__":
    main()
