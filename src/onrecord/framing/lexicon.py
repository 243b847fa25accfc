"""What the room knows: loaded terms with their category and conditions, and the rules under which they are found."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from onrecord import lexicons

Pos = Literal["", "adj", "adv", "noun", "verb"]
Needs = Literal["", "object", "clause", "label"]

PIECE = re.compile(r"\w+|'s|[^\w\s]")
HYPHENATED = re.compile(r"\w+(?:-\w+)*|'s|[^\w\s]")
TABLES = ("terms", "politics", "judgement", "saying")


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table of terms.

    ``unless_next`` and ``unless_prev`` are what must not stand behind or before it; ``needs`` is ``object``
    for a verb that counts only with what it is done to, ``clause`` for one that counts only with what is
    said, ``label`` for a noun that counts only where somebody is said to be it. ``only_with`` are lemmas one of which must be the
    term's company: the noun it modifies, its subject or its object.
    """

    term: str
    category: str
    pos: Pos = ""
    unless_next: tuple[str, ...] = ()
    unless_prev: tuple[str, ...] = ()
    needs: Needs = ""
    only_with: tuple[str, ...] = ()
    confidence: float | None = None


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """One row of ``disputes.csv``: a term, in whose vocabulary it is at home, and in which dispute.

    Whoever uses it may have other reasons: the ``side`` is for reading and checking the table, never said of a voice.
    """

    dispute: str
    side: str
    term: str
    category: str

    def as_term(self) -> Term:
        """The term as one without conditions."""
        return Term(term=self.term, category=self.category)


class Rule(lexicons.Rule, frozen=True, kw_only=True):
    """A category: the id of its findings and how sure they are."""

    category: str
    confidence: float


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Words that say that a quotation is a name or a wording, and no scare quotes."""

    name: str
    words: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What the room knows, loaded once.

    ``terms`` gives the terms that start with a word, the longest first, with their words; ``keys`` are the
    parser's ids of those words.
    """

    terms: dict[str, tuple[tuple[tuple[str, ...], Term], ...]]
    keys: NDArray[np.uint64]
    rules: dict[str, Rule]
    groups: dict[str, frozenset[str]]

    @classmethod
    def load(cls, language: str = "en") -> Lexicon:
        """The packaged lexicon of a language.

        Raises:
            LexiconError: a file does not fit its schema, or a term's category has no rule.
        """
        rules = {r.category: r for r in lexicons.rules("framing/rules", Rule, language=language)}
        found: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        for term in _terms(language):
            if term.category not in rules:
                raise lexicons.LexiconError(f"framing: {term.term!r} has the category {term.category!r}, which no rule is for")
            for pieces in (PIECE, HYPHENATED):  # the parser keeps some hyphenated words whole
                words = tuple(pieces.findall(term.term.lower()))
                if (words, term) not in found.setdefault(words[0], []):
                    found[words[0]].append((words, term))
        groups = {g.name: frozenset(g.words) for g in lexicons.table("framing/groups", Group, language=language)}
        terms = {first: tuple(sorted(group, key=lambda x: -len(x[0]))) for first, group in found.items()}
        keys = np.array(sorted(get_string_id(w) for w in terms), dtype=np.uint64)
        return cls(terms=terms, keys=keys, rules=rules, groups=groups)


def _terms(language: str) -> Iterator[Term]:
    """All terms; those of a dispute first, since the first of two alike is found."""
    yield from (d.as_term() for d in lexicons.table("framing/disputes", Dispute, language=language))
    for name in TABLES:
        yield from lexicons.table(f"framing/{name}", Term, language=language)
