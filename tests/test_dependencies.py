"""What onrecord needs to run may be used by anybody: its licences are permissive; and what an audit finds is told."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution, metadata

from packaging.requirements import Requirement
from scripts.audit import verdict

PERMISSIVE = re.compile(
    r"\b(MIT|MIT-CMU|BSD|BSD-\d-Clause|0BSD|Apache|ISC|PSF|PSF-2\.0|Python-2\.0|Python Software Foundation|Unlicense|HPND|Zlib|CC0|MIT-0|X11)\b",
    re.IGNORECASE,
)
OF_FILES = {"certifi", "tld", "tqdm"}
"""Under the Mozilla Public License, in part or by choice: it asks that changes to their own files be published, and nothing of what uses them."""
COPYLEFT = re.compile(r"\b(A?GPL|GNU (?:Affero )?General Public|LGPL|SSPL|EUPL|CC-BY-(?:NC|SA))", re.IGNORECASE)


def needed(name: str, found: dict[str, str]) -> dict[str, str]:
    """Every package that one needs to run, extras aside, with what it says of its licence."""
    try:
        given = distribution(name)
    except PackageNotFoundError:  # for another platform
        return found
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in found:
        return found
    about = metadata(name)
    classifiers = [c.removeprefix("License :: ") for c in about.get_all("Classifier") or [] if c.startswith("License :: ")]
    found[key] = about.get("License-Expression") or " ; ".join(classifiers) or (about.get("License") or "")[:300]
    for line in given.requires or []:
        needs = Requirement(line)
        if needs.marker is None or needs.marker.evaluate({"extra": ""}):
            needed(needs.name, found)
    return found


def test_all_licences_are_permissive() -> None:
    found = needed("onrecord", {})
    assert len(found) > 40
    unclear = {name: said for name, said in found.items() if not PERMISSIVE.search(said) or COPYLEFT.search(said)}
    assert all("MPL" in unclear.pop(name, "MPL") or "Mozilla" in found[name] for name in OF_FILES)
    assert unclear == {}


def test_an_audit_tells_what_is_vulnerable() -> None:
    packages = [
        {"name": "sound", "version": "1", "vulns": []},
        {"name": "unknown", "version": "1", "skip_reason": "not found"},
        {"name": "old", "version": "2.0", "vulns": [{"id": "CVE-0000-1", "fix_versions": ["2.1"]}]},
    ]
    assert verdict({"dependencies": packages}) == (["old 2.0: CVE-0000-1, fixed in 2.1"], 2, 1)
