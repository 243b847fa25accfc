"""What a noun phrase says of who is meant: a name, a title, a sector, a country, an affiliation.

A :class:`Reading` is made from the words of one phrase and what hangs on it, without the rest of the
article; :mod:`onrecord.actors.discourse` links readings to each other.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence

from onrecord.actors.chunks import Chunk
from onrecord.actors.shapes import Entry, Role, Term
from onrecord.records import Sector

OFFICE_SECTORS = frozenset(("GOV", "LEG", "MIL", "SPY", "COP", "JUD"))


@dataclasses.dataclass(slots=True)
class Reading:
    """Who a phrase means, as far as its own words tell.

    ``person`` and ``label`` are token spans of a person's or organisation's name that the lexicon does not
    have. ``loose`` says that the country is not in the phrase and may come from the context; ``within`` is a
    complement or possessor that names no country itself (``lawmakers in the parliament``); ``near`` says that it is of
    the place the article is about (``a local shopkeeper``).
    """

    chunk: Chunk
    country: str | None = None
    sector: Sector | None = None
    entry: Entry | None = None
    term: Term | None = None
    role: Role | None = None
    role_span: tuple[int, int] | None = None
    person: tuple[int, int] | None = None
    label: tuple[int, int] | None = None
    affiliation: Reading | None = None
    affiliation_entry: Entry | None = None
    affiliation_span: tuple[int, int] | None = None
    form: str = "nominal"
    gender: str = ""
    plural: bool = False
    former: bool = False
    loose: bool = False
    foreign: bool = False
    near: bool = False
    definite: bool = False
    within: Reading | None = None
    whys: tuple[str, ...] = ()


def term_at(entry: Entry, date: str | None) -> tuple[Term, bool]:
    """The term of an entry that holds at an ISO date, and whether it was over by then.

    Without a date the latest term counts.
    """
    if len(entry.terms) == 1 and not entry.terms[0].since and not entry.terms[0].until:
        return entry.terms[0], False
    if date is None:
        return entry.terms[-1], False
    day = date[:10]
    holding = [t for t in entry.terms if (not t.since or t.since <= day) and (not t.until or day[: len(t.until)] <= t.until)]
    if holding:
        return holding[-1], False
    past = [t for t in entry.terms if t.until and t.until < day[: len(t.until)]]
    if past:
        return max(past, key=lambda t: t.until), True
    return entry.terms[0], False


def today() -> str:
    """The current date in ISO format."""
    return datetime.date.today().isoformat()


def joined(lower: Sequence[str], begin: int, end: int) -> str:
    """Some words as the lexicon's keys have them."""
    return " ".join(lower[begin:end]).replace(" - ", "-").replace(" 's", "'s").replace(" '", "'")
