"""The shape of the evidence for and against a name being a place."""

from __future__ import annotations

import dataclasses
from typing import Literal

from onrecord.places.gazetteer import Entry
from onrecord.places.scan import Name

Evidence = Literal[
    "size",
    "alternate",
    "common_word",
    "given_name",
    "surname",
    "multiword",
    "in",
    "to",
    "of",
    "place_noun",
    "place_noun_before",
    "place_verb",
    "title_before",
    "name_before",
    "name_after",
    "institution_after",
    "contained",
    "contains",
    "dateline",
    "street",
    "person_verb",
    "not_proper",
    "sentence_start",
    "person_in_cast",
    "named_actor_in_cast",
    "inside_actor",
    "inside_firm",
    "stranger",
    "surname_here",
    "lower_case_here",
    "acronym",
    "said_before",
    "never",
    "bare_small",
    "unmistakable",
]
FOR: frozenset[Evidence] = frozenset({"in", "to", "place_noun", "place_noun_before", "place_verb", "dateline", "multiword", "institution_after"})
AGAINST: frozenset[Evidence] = frozenset(
    {
        "common_word",
        "given_name",
        "surname",
        "name_before",
        "name_after",
        "title_before",
        "acronym",
        "person_verb",
        "street",
        "alternate",
        "never",
        "person_in_cast",
        "named_actor_in_cast",
    }
)
AS_PERSON: frozenset[Evidence] = frozenset({"name_before", "title_before", "person_in_cast"})


@dataclasses.dataclass(slots=True, kw_only=True)
class Context:
    """A name with the evidence found around it.

    ``number`` is its place among the article's names. ``certain`` names are known to our own tables, not
    only to the gazetteer; ``top`` is the biggest thing the name can stand for. ``containers`` are the numbers
    of the names that hold it ("Paris, Texas"), ``sure`` where a comma says so; ``contains`` is the number of
    the name it holds; ``division`` says that a word such as province follows.
    """

    number: int
    name: Name
    certain: bool
    personlike: bool
    top: Entry
    evidence: dict[Evidence, float] = dataclasses.field(default_factory=dict)
    sentence_start: bool = False
    containers: tuple[int, ...] = ()
    sure: bool = False
    contains: int | None = None
    dateline: bool = False
    division: bool = False

    @property
    def score(self) -> float:
        """The sum of the evidence; the name is taken for a place where it is positive."""
        return sum(self.evidence.values())

    @property
    def single(self) -> bool:
        """Whether the name is one word."""
        return self.name.first == self.name.last

    def has(self, kinds: frozenset[Evidence]) -> bool:
        """Whether there is evidence of one of the kinds."""
        return not kinds.isdisjoint(self.evidence)


def holds(inner: Entry, outer: Entry) -> bool:
    """Whether one entry lies in the other, as far as the gazetteer knows."""
    if outer.kind == "country":
        return inner.country == outer.country and inner.kind != "country"
    if outer.kind == "admin1":
        return inner.kind in ("city", "admin2") and inner.admin1 is not None and inner.admin1 == outer.geonameid
    return False
