"""Names of persons as differently as papers spell them: ``Mohammed`` and ``Muhamad``, ``Schäuble`` and ``Schaeuble``, with a middle name or without.

A spelling's key folds what transliterations differ in; two persons of one key are nobody's, so that a key means one person or none.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.actors.names import plain_words
from onrecord.actors.shapes import Entry

PARTICLES = frozenset(("al", "el", "ul", "ur", "bin", "ibn", "ben", "bint", "sheikh", "king", "emir", "prince", "jr", "sr"))
FOLDS = (
    (re.compile(r"m[uo]h+[ae]m+[ae]d"), "mohamad"),
    (re.compile(r"h[uo]s+(?:ei|ai|ay|e|i)n"), "husin"),
    (re.compile(r"abd[aeu]l"), "abdal"),
    (re.compile(r"[aeo]le(?:ks|x)and(?:e?r)"), "alexandr"),
    (re.compile("ks"), "x"),
    (re.compile("ph"), "f"),
    (re.compile("dj"), "j"),
    (re.compile("ck|q"), "k"),
    (re.compile("ou|oo|ue|w(?=$)"), "u"),
    (re.compile("ae"), "a"),
    (re.compile("oe"), "o"),
    (re.compile("[ae][iy]|[iy][iy]|ee|y"), "i"),
    (re.compile("i[ei]"), "i"),
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile("(?<=.)h$"), ""),
)
KEPT = 50_000
"""Words whose folded form is kept."""
LEAST = 3
"""Words that a name must have to be found in a longer one."""


def folded(name: str) -> tuple[str, ...]:
    """The words of a name without particles and with what spellings differ in made one."""
    return tuple(_fold(word) for word in plain_words(name) if word not in PARTICLES)


@functools.lru_cache(maxsize=KEPT)
def _fold(word: str) -> str:
    for pattern, plain in FOLDS:
        word = pattern.sub(plain, word)
    return word


class Spellings:
    """Persons by how their names may be spelt.

    Args:
        named: each person with all the names that the lexicon has.
    """

    __slots__ = ("_ends", "_keys", "_named")

    def __init__(self, named: Iterable[tuple[Entry, Sequence[str]]]) -> None:
        self._named = tuple(named)
        self._keys: dict[tuple[str, ...], Entry | None] = {}
        self._ends: dict[tuple[str, str], list[tuple[str, ...]]] = {}

    def _index(self) -> None:
        """Made at the first question: most starts of the program ask none."""
        keys: dict[tuple[str, ...], Entry | None] = {}
        ends: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
        for entry, names in self._named:
            for key in {folded(name) for name in names if " " in name}:
                if len(key) < 2:
                    continue
                keys[key] = entry if keys.get(key, entry) is entry else None
                if len(key) >= LEAST:
                    ends[key[0], key[-1]].append(key)
        self._keys, self._ends = keys, dict(ends)

    def find(self, name: str) -> Entry | None:
        """The one person who can be meant; None where there is none or more than one."""
        key = folded(name)
        if len(key) < 2:
            return None
        if not self._keys:
            self._index()
        if key in self._keys:
            return self._keys[key]
        inside = {id(e): e for k in self._ends.get((key[0], key[-1]), ()) if _within(k, key) and (e := self._keys[k]) is not None}
        return next(iter(inside.values())) if len(inside) == 1 else None


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of one come in the other, in order."""
    rest = iter(long)
    return len(short) < len(long) and all(word in rest for word in short)
