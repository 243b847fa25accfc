"""Who can act, and where an article means them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from onrecord.records.codes import ActorKind, MentionForm, Sector
from onrecord.records.spans import Span


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Span):
    """A place in the text where an actor is meant. ``head`` is the offset at which its head word starts."""

    head: int
    form: MentionForm
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who can act, with all their mentions in one article.

    ``country`` is ISO 3166 alpha-3, a code of our own for a de facto entity (``XAB``), or PLOVER's
    ``UNO``, ``EUR``, ``IGO``, ``NGO`` … for a body; ``sector`` is a PLOVER sector. Either is None where
    it can't be told. ``role`` and ``affiliation`` are as the article gives them; ``affiliation_id`` is
    the actor an office-holder or spokesperson belongs to.
    """

    id: str
    name: str
    country: str | None
    sector: Sector | None
    kind: ActorKind
    mentions: tuple[Mention, ...]
    reason: str
    role: str | None = None
    affiliation: str | None = None
    affiliation_id: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Span):
    """An actor in a role of an event or position; the codes are None where the actor is not resolved."""

    actor_id: str | None = None
    country: str | None = None
    sector: Sector | None = None


class Cast:
    """The actors of one article, looked up by where they are mentioned."""

    __slots__ = ("_by_head", "_by_id", "_mentions", "actors")

    def __init__(self, actors: Iterable[Actor]) -> None:
        self.actors: tuple[Actor, ...] = tuple(actors)
        self._by_id = {a.id: a for a in self.actors}
        self._mentions = sorted(((m, a) for a in self.actors for m in a.mentions), key=lambda x: (x[0].start, -x[0].end))
        self._by_head: dict[int, tuple[Mention, Actor]] = {}
        for mention, actor in self._mentions:  # outermost first: the widest mention on a head stands for it
            self._by_head.setdefault(mention.head, (mention, actor))

    def __iter__(self) -> Iterator[Actor]:
        return iter(self.actors)

    def get(self, actor_id: str | None) -> Actor | None:
        """The actor with that id, if there is one."""
        return self._by_id.get(actor_id) if actor_id else None

    def at_head(self, offset: int) -> tuple[Mention, Actor] | None:
        """The widest mention whose head word starts at ``offset``."""
        return self._by_head.get(offset)

    def sharing(self, mention: Mention) -> list[tuple[Mention, Actor]]:
        """Everybody whom the characters of one mention mean: both countries of "the two sides"."""
        return [(m, a) for m, a in self._mentions if m.start == mention.start and m.end == mention.end]

    def within(self, start: int, end: int) -> list[tuple[Mention, Actor]]:
        """The mentions that lie wholly inside ``start:end``, in text order."""
        return [(m, a) for m, a in self._mentions if start <= m.start and m.end <= end]

    def participant(self, mention: Mention, actor: Actor) -> Participant:
        """The actor in a role, on the characters of one mention."""
        return Participant(start=mention.start, end=mention.end, text=mention.text, actor_id=actor.id, country=actor.country, sector=actor.sector)
