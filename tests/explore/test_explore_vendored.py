"""What the explorer serves of others' work is what is pinned, and runs under the policy that it is served with."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib import resources
from pathlib import Path

from onrecord.explore import security

VENDOR = Path(str(resources.files("onrecord.explore"))) / "static/vendor"
PINS = Path(__file__).parents[2] / "scripts/explorer"


def test_the_files_are_those_that_were_fetched() -> None:
    listed = dict(reversed(line.split("  ")) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    assert listed == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in VENDOR.iterdir() if p.name != "SHA256SUMS"}


def test_scripts_are_of_the_versions_that_are_pinned() -> None:
    pinned = json.loads((PINS / "package.json").read_text())["dependencies"]
    for package, file in (("d3", "d3.min.js"), ("@observablehq/plot", "plot.min.js"), ("topojson-client", "topojson-client.min.js")):
        assert f"v{pinned[package]} Copyright" in (VENDOR / file).read_text()[:100]


def test_the_lock_names_no_registry_and_pins_everything() -> None:
    packages = json.loads((PINS / "package-lock.json").read_text())["packages"]
    assert all("resolved" not in p for p in packages.values())
    assert all(p["integrity"].startswith("sha512-") for name, p in packages.items() if name)


def test_the_policy_allows_the_style_sheet_of_plot_and_no_other() -> None:
    script = (VENDOR / "plot.min.js").read_text()
    (sheet,) = re.findall(r"`(:where\(\.\$\{\w+\}\) \{\\n  --plot-background.*?)`", script)
    (name,) = set(re.findall(r'"(plot-[0-9a-f]{6})"', script))
    written = re.sub(r"\$\{\w+\}", name, sheet).replace("\\n", "\n")
    assert f"sha256-{base64.b64encode(hashlib.sha256(written.encode()).digest()).decode()}" == security.PLOT
    assert re.findall(r"style-src ([^;]+)", security.POLICY) == [f"'self' '{security.PLOT}'"]


def test_borders_that_are_disputed_are_not_drawn_as_agreed() -> None:
    lines = [f["properties"] for f in json.loads((VENDOR / "borders.json").read_text())["features"]]
    kinds: dict[frozenset[str], set[str]] = {}
    for line in lines:
        kinds.setdefault(frozenset(line["between"]), set()).add(line["kind"])
    for pair in (("Western Sahara", "Morocco"), ("Republic of Serbia", "Kosovo"), ("Palestine", "Israel"), ("Somaliland", "Somalia"), ("Abkhazia", "Georgia")):
        assert "agreed" not in kinds[frozenset(pair)]
    assert kinds[frozenset(("France", "Spain"))] == {"agreed"}
    assert {"Crimea", "Transnistria"} <= {line["between"][0] for line in lines if line["kind"] == "area"}
