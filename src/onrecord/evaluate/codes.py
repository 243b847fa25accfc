"""Codes and names of actors, as gold and findings are compared by them."""

from __future__ import annotations

import re
from typing import Any

from onrecord.evaluate.scored import Row

WRITTEN = {"IGO.EU": "EUR", "IGO.UN": "UNO", "IGO.UNSC": "UNO", "IGO.EUR": "EUR", "IGO.UNO": "UNO", "KOS": "XKX"}
"""One code for a body or country that is written in several ways."""
OFFICES = frozenset(("the", "and", "for", "minister", "ministry", "president", "spokesman", "spokesperson", "spokeswoman"))
"""Words of names that tell nobody from anybody."""


def parts(code: str | None) -> tuple[str, str]:
    """Country or body, and sector: ``PAK.GOV`` → PAK and GOV, ``IGO.NATO`` → itself and none."""
    first, *rest = (code or "").split(".")
    if first == "IGO" and rest:
        body = f"{first}.{rest[0]}"
        return WRITTEN.get(body, body), ""
    return WRITTEN.get(first, first), rest[0] if rest else ""


def of_participant(found: Row) -> tuple[str, str]:
    """The same of a participant of a report: a body by its id, everybody else by country and sector."""
    if str(found.get("actor_id") or "").startswith("IGO."):
        return parts(found["actor_id"])
    country = found.get("country") or ""
    return WRITTEN.get(country, country), found.get("sector") or ""


def code_of(found: Row) -> str | None:
    """A participant's code as gold writes it; None where there is none."""
    country, sector = of_participant(found)
    return f"{country}.{sector}" if country and sector else country or None


def same_country(code: str | None, found: Row) -> bool:
    """Whether a participant is of the country, or is the body, of a code; sectors are counted apart."""
    country = parts(code)[0]
    return bool(country) and country == of_participant(found)[0]


def same_sector(code: str | None, found: Row) -> bool:
    """Whether the sector is the same, too."""
    return same_country(code, found) and parts(code)[1] == of_participant(found)[1]


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names share a word that tells somebody, or are the same words."""
    if _words(one) & _words(other):
        return True
    return (one or "").strip().lower() == (other or "").strip().lower() != ""


def _words(name: Any) -> set[str]:
    return {w for w in re.findall(r"\w{3,}", (name or "").lower()) if w not in OFFICES}
