"""Articles and findings as another world would have them: other names, other days, other ids, and every offset where it was.

A name keeps its length: its vowels become other vowels and its consonants other consonants, in each copy others. Names of places and
countries, and what is also written with a small letter, stay.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
import zlib
from collections.abc import Iterable
from typing import Any

from onrecord.cluster.mentions import CALENDAR

WORD = re.compile(r"[A-Z][A-Za-z]{3,}")
SMALL = re.compile(r"\b[a-z]{4,}\b")
FINDING = re.compile(r'"([a-z]{2}-[0-9a-f]{12})"')
ACTOR = re.compile(r'"((?:[A-Z]{3}|_)(?:\.[A-Z]{2,4})?\.)([a-z0-9][^"]*)"')
DATED = re.compile(r'"(value|end)":"(\d{4}[^"]*)"')
DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=T|$)")
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
DAYS = 210
"""Days between a copy and the next: whole weeks, and whole buckets of thirty days, so that what lay in one lies in one."""


class World:
    """One copy of everything.

    Args:
        number: which, from 1; each has other names, days and ids.
        names: the words that are names, in small letters.
    """

    def __init__(self, number: int, names: frozenset[str]) -> None:
        self.number = number
        self.days = DAYS * ((number + 1) // 2) * (-1 if number % 2 else 1)
        self.suffix = f"x{number}"
        self.mask = (number * 0x9E3779B1) & 0xFFFFFFFF
        self._names = names
        table = {a: VOWELS[(n + 1 + number) % len(VOWELS)] for n, a in enumerate(VOWELS)}
        table |= {a: CONSONANTS[(n + 1 + number) % len(CONSONANTS)] for n, a in enumerate(CONSONANTS)}
        self._letters = str.maketrans(table | {a.upper(): b.upper() for a, b in table.items()})
        self._word = functools.lru_cache(200_000)(self._renamed)
        self.when = functools.lru_cache(50_000)(self._when)

    def _renamed(self, word: str) -> str:
        return word.translate(self._letters) if word.lower() in self._names else word

    def named(self, text: str | None) -> str | None:
        """A text with other names."""
        return text and WORD.sub(lambda m: self._word(m[0]), text)

    def small(self, text: str | None) -> str | None:
        """Words in small letters, of ids and stems, with other names."""
        return text and SMALL.sub(lambda m: self._word(m[0]), text)

    def who(self, id: str | None) -> str | None:
        """The id of an actor."""
        if id is None:
            return None
        head, dot, tail = id.rpartition(".")
        return head + dot + (self.small(tail) or "")

    def id(self, id: str | None) -> str | None:
        """The id of anything else."""
        return id and id + self.suffix

    def about(self, id: str | None) -> str | None:
        """The id of a finding or of an actor."""
        return self.id(id) if id and FINDING.fullmatch(f'"{id}"') else self.who(id)

    def _when(self, value: str | None) -> str | None:
        """A date as far as it is known; what names no year stays."""
        found = DATE.match(value or "")
        if value is None or found is None:
            return value
        year, month, day = (int(g) if g else None for g in found.groups())
        try:
            moved = datetime.date(year or 1, month or 6, day or 15) + datetime.timedelta(days=self.days)
        except (ValueError, OverflowError):
            return value
        return moved.isoformat()[: found.end()] + value[found.end() :]

    def body(self, packed: bytes) -> bytes:
        """A report as a record packs it."""
        text = zlib.decompress(packed).decode()
        text = FINDING.sub(lambda m: f'"{m[1]}{self.suffix}"', text)
        text = DATED.sub(lambda m: f'"{m[1]}":"{self.when(m[2])}"', text)
        text = ACTOR.sub(lambda m: f'"{m[1]}{self.small(m[2])}"', text)
        return zlib.compress((self.named(text) or "").encode(), 1)

    def disagreements(self, value: str) -> str:
        """What sources differ on."""
        found: list[dict[str, Any]] = json.loads(value)
        for each in found:
            for version in each["versions"]:
                version["articles"] = [self.id(a) for a in version["articles"]]
        return self.named(json.dumps(found, ensure_ascii=False)) or ""


def names_in(called: Iterable[str], texts: Iterable[str], places: Iterable[str]) -> frozenset[str]:
    """The words of names that are not also written with a small letter, and name no place, day or month.

    Args:
        called: what actors are called.
        texts: the articles.
        places: what places are called.
    """
    found = {w.lower() for name in called for w in WORD.findall(name)}
    found -= {w.lower() for name in places for w in WORD.findall(name)} | CALENDAR
    for text in texts:
        found -= set(SMALL.findall(text))
    return frozenset(found)
