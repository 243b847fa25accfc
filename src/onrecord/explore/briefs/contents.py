"""What a brief consists of: statements, each with its source."""

from __future__ import annotations

import dataclasses
from typing import Literal

from onrecord.explore.sides import takes_side
from onrecord.explore.words import STANCES


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article that something in a brief rests on; copies of one text have one ``origin``. ``state`` says that it was corrected or retracted.

    ``retrieved`` is the day on which it was fetched, empty where no source says it; ``added`` the day on which it came into the record.
    """

    number: int
    article: str
    outlet: str
    headline: str
    byline: str
    published: str
    url: str
    retrieved: str
    added: str
    text_sha256: str
    origin: str
    coder: str
    state: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A sentence that reports the event, as one article has it.

    ``speaker`` is empty where the outlet says it in its own words; ``put`` is empty where it is simply said (else ``denied``, ``planned`` …).
    ``also`` numbers the other sources that have the same sentence of the same speaker, where it stands for them.
    """

    id: str
    quotation: str
    words: str
    put: str
    speaker: str
    role: str
    cue: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    day: str
    place: str
    figures: tuple[str, ...]
    confidence: float
    source: int
    review: str
    also: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Who stands where, as one article has it.

    ``does`` is the source's own verb where ``own_verb``, else a plain word for the act; ``side`` is on what the brief is about.
    ``earlier`` marks what the holder has said something later than. ``also`` numbers the other sources that carry the same.
    """

    id: str
    holder: str
    does: str
    own_verb: bool
    act: str
    side: str
    on: str
    quotation: str
    speaker: str
    basis: str
    hearsay: bool
    said: str
    status: str
    confidence: float
    source: int
    earlier: bool
    review: str
    also: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An independent text: the day on which it was first published, and the numbers of the articles that carry it."""

    first: str
    sources: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of several things that sources say."""

    value: str
    words: str
    sources: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What sources differ on, with every version."""

    what: str
    versions: tuple[Version, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything that a brief says.

    Attributes:
        kind: whether it is on an ``event`` or an ``issue``.
        id: of the event or the issue.
        title: the event in its sources' words, or the question.
        facts: names and values: when, where, by whom, to whom, in how many origins.
        tellings: sentences that report the event.
        origins: the independent texts that report it, those published first first.
        positions: who stands where.
        accusations: the sentences in which somebody says it, and positions that accuse.
        denials: likewise, what denies it.
        nothing: what is said where there is none: of accusations, denials, positions, differences.
        differences: what sources differ on.
        without: who was looked for and of whom nothing was found.
        searched: what was looked through, in a sentence.
        method: how it was made and what it can't say, in sentences.
        sources: the articles.
    """

    kind: Literal["event", "issue"]
    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    tellings: tuple[Telling, ...]
    origins: tuple[Origin, ...]
    positions: tuple[Position, ...]
    accusations: tuple[Telling | Position, ...]
    denials: tuple[Telling | Position, ...]
    nothing: str
    differences: tuple[Difference, ...]
    without: tuple[str, ...]
    searched: str
    method: tuple[str, ...]
    sources: tuple[Source, ...]

    def side(self, side: str) -> tuple[Position, ...]:
        """The positions on one side (``for``, ``against``, ``neither for nor against``); who accuses or denies takes none here."""
        return tuple(p for p in self.positions if p.side == side and takes_side(p.act))

    def told(self, origin: Origin) -> tuple[Telling, ...]:
        """The sentences of an origin that report the event, each once however many copies have it."""
        once: dict[str, Telling] = {}
        for telling in self.tellings:
            if telling.source in origin.sources:
                once.setdefault(telling.quotation, telling)
        return tuple(once.values())

    @property
    def sides(self) -> tuple[tuple[str, tuple[Position, ...]], ...]:
        """All sides with their positions."""
        return tuple((side, self.side(side)) for side in STANCES.values())
