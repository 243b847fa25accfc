"""The whole way on one page: parse → actors, places, times → attribution → events → positions → framing."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from onrecord import actors, attribution, events, framing, places, positions, times
from onrecord.actors import ActorTable
from onrecord.encoder import Encoder, States
from onrecord.events import Codebook
from onrecord.operating import OperatingPoint, at_least
from onrecord.operating import operating_point as named_point
from onrecord.parse import Parsed, Parser
from onrecord.positions import Leaning
from onrecord.records import Article, Attribution, Cast, Event, Framing, Report

__all__ = ["ROOMS", "Coder"]

Book = str | Path | Codebook
Who = str | Path | ActorTable
CODER = f"onrecord {version('onrecord')}"
ROOMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "actors": (),
        "places": ("actors",),
        "times": (),
        "attribution": ("actors",),
        "events": ("actors", "places", "times", "attribution"),
        "positions": ("actors", "times", "attribution", "events"),
        "framing": ("actors", "places", "attribution", "events"),
    }
)
"""The rooms in their order, each with those whose findings it reads."""
READERS = frozenset({"attribution", "events", "framing"})
"""The rooms that read the encoder's states."""
UNDATED = "no publication date is known, so dates without a year have none: give one with --published or published="


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lexicons:
    """What each room knows."""

    actors: actors.Lexicon
    places: places.Lexicon
    times: times.Lexicon
    attribution: attribution.Lexicon
    events: events.Lexicon
    positions: positions.Lexicon
    framing: framing.Lexicon

    @classmethod
    def load(cls, language: str = "en") -> Lexicons:
        """The packaged lexicons of a language."""
        rooms = {"actors": actors, "places": places, "times": times, "attribution": attribution, "events": events, "positions": positions, "framing": framing}
        return cls(**{name: room.Lexicon.load(language) for name, room in rooms.items()})

    def extended(self, codebooks: Sequence[Codebook] = (), tables: Sequence[ActorTable] = ()) -> Lexicons:
        """These lexicons with what codebooks add to the events and tables to the actors; these themselves where there is none."""
        more: dict[str, Any] = {}
        if codebooks:
            more["events"] = events.extended(self.events, codebooks)
        if tables:
            more["actors"] = actors.Lexicon.load(own=[row for table in tables for row in table.rows])
        return dataclasses.replace(self, **more) if more else self


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The heads on the encoder's states, one a room."""

    attribution: attribution.Head
    events: events.Head
    framing: framing.Head | None

    @classmethod
    def load(cls, encoder: Encoder) -> Heads:
        """The heads that were trained with an encoder."""
        return cls(attribution=attribution.Head.load(encoder), events=events.Head.load(encoder), framing=framing.Head.load(encoder))


def rooms_for(wanted: Iterable[str]) -> tuple[str, ...]:
    """The rooms that give the wanted ones' findings, in their order: these and those that they read.

    Raises:
        ValueError: there is no such room.

    >>> rooms_for(["attribution"])
    ('actors', 'attribution')
    """
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    if unknown := [name for name in names if name not in ROOMS]:
        raise ValueError(f"there is no room {unknown[0]!r}: choose of {', '.join(ROOMS)}")
    used = set(names)
    for room in reversed(tuple(ROOMS)):
        used.update(ROOMS[room] if room in used else ())
    return tuple(room for room in ROOMS if room in used)


class Coder:
    """Codes articles: text in, what is on record out.

    Args:
        parser: the parser to use; by default the packaged one.
        lexicons: what the rooms know; by default the packaged lexicons.
        model: ``"small"`` for the packaged encoder, ``"none"`` to code by rules alone, or the folder of other weights.
        codebook: a TOML file with event types, modes and phrases of your own, or several (docs/codebooks.md); or what :class:`Codebook` read.
        actor_table: a file with actors of your own or a frozen snapshot of the actor memory, or several (docs/actors.md);
            or what :class:`ActorTable` read.
        operating_point: ``"broad"`` to report all that is found, ``"strict"`` what is surest, or thresholds of your own.
        rooms: which rooms to use, by the names in :data:`ROOMS`; by default all. Those whose findings they read are used too.

    Raises:
        ActorTableError, CodebookError: a file can't be used; the message names file, line and what to do.
        ModelError: the weights are missing or made for another version.
        ValueError: there is no such operating point or room.

    >>> report = Coder().code("Chad condemned the attack.", published="2021-03-09")
    >>> report.events[0].type
    'ACCUSE'
    """

    def __init__(
        self,
        *,
        parser: Parser | None = None,
        lexicons: Lexicons | None = None,
        model: str | Path = "small",
        codebook: Book | Sequence[Book] = (),
        actor_table: Who | Sequence[Who] = (),
        operating_point: str | OperatingPoint = "broad",
        rooms: Iterable[str] = tuple(ROOMS),
    ) -> None:
        self.rooms = rooms_for(rooms)
        self.parser = parser or Parser().ready()
        books = [codebook] if isinstance(codebook, str | Path | Codebook) else codebook
        self.codebooks = tuple(b if isinstance(b, Codebook) else Codebook.read(b) for b in books)
        tables = [actor_table] if isinstance(actor_table, str | Path | ActorTable) else actor_table
        self.actor_tables = tuple(t if isinstance(t, ActorTable) else ActorTable.read(t) for t in tables)
        self.lexicons = (lexicons or Lexicons.load()).extended(self.codebooks, self.actor_tables)
        self.encoder = None if model == "none" else Encoder() if model == "small" else Encoder(Path(model))
        self.heads = None if self.encoder is None else Heads.load(self.encoder)
        self.point = named_point(operating_point)

    @property
    def name(self) -> str:
        """What made the reports: version, model, codebooks and tables of actors."""
        model = [] if self.encoder is None else [f"model {self.encoder.about.id}"]
        some = [f"rooms {','.join(self.rooms)}"] if len(self.rooms) < len(ROOMS) else []
        return " ".join([CODER, *model, *some, *(f"codebook {book}" for book in self.codebooks), *(f"actors {table}" for table in self.actor_tables)])

    def code(
        self, text: str, *, published: str | None = None, publisher: str | None = None, title: str | None = None, url: str | None = None, id: str | None = None
    ) -> Report:
        """What is on record in one text.

        It takes its time by the word, and nothing bounds it: :func:`onrecord.read` refuses texts that are too long, or that are no running text.
        """
        return self.code_article(Article.make(text, id=id, title=title, published=published, publisher=publisher, url=url))

    def code_article(self, article: Article) -> Report:
        """What is on record in one article."""
        return self.report(self.parser.parse(article))

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:
        """Reports on many articles, in order."""
        for parsed in self.parser.pipe(articles, batch_size=batch_size):
            yield self.report(parsed)

    def report(self, parsed: Parsed) -> Report:
        """What is on record in a parsed article, as sure as the operating point asks for."""
        report = self._report(parsed, self.states(parsed))
        return report if self.point == OperatingPoint() else at_least(report, self.point)

    def _report(self, parsed: Parsed, states: States | None) -> Report:
        """The rooms, one after the other, on a parsed article."""
        know, heads, rooms = self.lexicons, self.heads, self.rooms
        who = actors.find(parsed, lexicon=know.actors) if "actors" in rooms else ()
        cast = Cast(who)
        where = places.find(parsed, cast, lexicon=know.places) if "places" in rooms else ()
        when = times.find(parsed, lexicon=know.times) if "times" in rooms else ()
        said: tuple[Attribution, ...] = ()
        done: tuple[Event, ...] = ()
        words: tuple[Framing, ...] = ()
        if "attribution" in rooms:
            said = attribution.find(parsed, cast, lexicon=know.attribution, states=states, head=heads.attribution if heads else None)
        if "events" in rooms:
            done = events.find(parsed, cast, where, when, said, lexicon=know.events, states=states, head=heads.events if heads else None)
        stands = positions.find(parsed, cast, when, said, done, lexicon=know.positions) if "positions" in rooms else ()
        if "framing" in rooms:
            words = framing.find(parsed, cast, where, done, said, lexicon=know.framing, states=states, head=heads.framing if heads else None)
        return Report(
            article=parsed.article,
            actors=who,
            places=where,
            times=when,
            attributions=said,
            events=done,
            positions=stands,
            framing=words,
            warnings=() if parsed.article.published else (UNDATED,),
            coder=self.name,
        )

    def relation(self, parsed: Parsed, source: Sequence[tuple[int, int]], target: Sequence[tuple[int, int]]) -> str:
        """The PLOVER type of the event from a source to a target, both given by offsets."""
        cast = Cast(actors.find(parsed, lexicon=self.lexicons.actors))
        states = self.encoder.read(self.encoder.words(parsed)) if self.encoder else None
        return events.classify(parsed, cast, source, target, lexicon=self.lexicons.events, states=states, head=self.heads.events if self.heads else None)

    def leanings(self, article: Article, *, least: float = 0.5) -> tuple[Leaning, ...]:
        """Which actors of an article are for or against which others, sentence by sentence, each with how likely that is.

        Much less sure than a report's positions, and no part of reports: docs/leanings.md says how sure.

        Args:
            article: the article.
            least: the least chance.
        """
        parsed = self.parser.parse(article)
        states = self.states(parsed)
        found = self._report(parsed, states)
        know = self.lexicons.positions
        return positions.leanings(parsed, Cast(found.actors), found.positions, found.events, lexicon=know, least=least, states=states, head=self.stance_head)

    @functools.cached_property
    def stance_head(self) -> positions.Head | None:
        """The head that :meth:`leanings` reads with, loaded when it is first needed; None where there is no encoder."""
        return None if self.encoder is None else positions.Head.load(self.encoder)

    def states(self, parsed: Parsed) -> States | None:
        """What the encoder makes of the sentences that can matter to a room; None where there is no encoder or no room that reads it."""
        if self.encoder is None or not READERS.intersection(self.rooms):
            return None
        return self.encoder.read(self.encoder.words(parsed), matters=attribution.matters(parsed, lexicon=self.lexicons.attribution))
