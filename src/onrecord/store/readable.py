"""What can be asked of a record."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, Unpack

from sqlalchemy import Connection, Engine, select

from onrecord.issues import Issue, Proposal
from onrecord.operating import OperatingPoint, operating_point
from onrecord.records import Report
from onrecord.store import query, reading, stands
from onrecord.store.bounding import bounded
from onrecord.store.opening import shown
from onrecord.store.query import Busy, Compared, Dossier, Kept, Matrix, Profile, Table, Wanted, Who
from onrecord.store.schema import articles
from onrecord.store.stands import Stands
from onrecord.store.state import State


class ReadableRecord:
    """An open record, of which one asks and to which one adds nothing: what :class:`onrecord.store.record.Record` builds on.

    Args:
        engine: its connections.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._state = State(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Record {shown(self.engine.url)}>"

    @property
    def address(self) -> str:
        """By which :func:`open_record` opens it again, from anywhere on this machine; the password of a server stands in it."""
        url = self.engine.url
        return str(Path(url.database or "").resolve()) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=False)

    def close(self) -> None:
        """Close its connections."""
        self._state.close()
        self.engine.dispose()

    def state(self) -> str:
        """A text that is another whenever something in the record has changed, by whomever; for one open record only."""
        return self._state.now()

    def report(self, article_id: str) -> Report | None:
        """The report on an article as it was added; None where the record has none."""
        with self.engine.connect() as connection:
            return reading.report(connection, article_id)

    def past_reports(self, article_id: str) -> list[Report]:
        """All reports on an article, also those that others have superseded, oldest first."""
        with self.engine.connect() as connection:
            return reading.past_reports(connection, article_id)

    def article(self, id: str, *, version: int | None = None, rejected: bool = False) -> Kept | None:
        """An article with what was found in it, its versions, copies and story; None where the record has none: see :class:`Kept`.

        Args:
            id: the article's.
            version: which of its codings, counted from 1; by default the current one.
            rejected: whether to keep findings that were rejected.
        """
        with self._asking() as connection:
            return query.article(connection, id, version, rejected=rejected)

    def actor(self, id: str, *, point: str | OperatingPoint = "strict") -> Profile | None:
        """What an actor does and what is done to it, by month and by whom, in which roles and under which names: see :class:`Profile`.

        Args:
            id: the actor's.
            point: how sure findings must be, by the name of an operating point or as one.
        """
        with self._asking() as connection:
            return query.actor(connection, id, operating_point(point))

    def said_of(self, actor: str, *, min_confidence: float = 0.0, limit: int = 10) -> Table:
        """What others are quoted with that names an actor, of the articles added last.

        Args:
            actor: its id.
            min_confidence: the least confidence of who says it.
            limit: the most rows.
        """
        with self._asking() as connection:
            return query.said_of(connection, actor, least=min_confidence, limit=limit)

    def framing(
        self,
        *,
        event: str | None = None,
        actor: str | None = None,
        outlets: Sequence[str] = (),
        speakers: Sequence[str] = (),
        within: Literal["about", "articles"] = "about",
        least: float = 0.0,
    ) -> Compared | None:
        """Which loaded terms outlets and speakers use of an event or an actor: see :func:`onrecord.store.query.framing.compared`."""
        with self._asking() as connection:
            return query.framing(connection, event=event, actor=actor, outlets=outlets, speakers=speakers, within=within, least=least)

    def stands(self, about: str | Issue, *, as_of: datetime.date | None = None, holders: Sequence[str] = (), most: int | None = None) -> Stands:
        """Who stands where on an event (by its id) or an issue: see :func:`onrecord.store.stands.on_event` and :func:`onrecord.store.stands.on_issue`."""
        with self._asking() as connection:
            if isinstance(about, Issue):
                return stands.on_issue(connection, about, as_of=as_of, holders=holders, most=most)
            return stands.on_event(connection, about, as_of=as_of, holders=holders)

    def issues(self, *, fewest: int = 2, since: datetime.date | None = None, until: datetime.date | None = None, most: int | None = None) -> list[Proposal]:
        """Questions that the positions suggest: see :func:`onrecord.store.stands.propose`."""
        with self._asking() as connection:
            return stands.propose(connection, fewest=fewest, since=since, until=until, most=most)

    def reviews(
        self,
        *,
        finding: str | None = None,
        article: str | None = None,
        verdict: str | None = None,
        room: str | None = None,
        reviewer: str | None = None,
        earlier: bool = False,
        limit: int | None = None,
        after: str | None = None,
    ) -> Table:
        """The reviews, the last first.

        Args:
            finding: only of the finding with this id.
            article: only of findings in the article with this id.
            verdict: only with this verdict.
            room: only of findings of this room (``positions``).
            reviewer: only by this reviewer.
            earlier: also those that later ones have replaced.
            limit: the most rows.
            after: ``next`` of the table before.
        """
        given = {"finding": finding, "article": article, "verdict": verdict, "room": room, "reviewer": reviewer}
        with self._asking() as connection:
            return query.reviews(connection, **given, earlier=earlier, limit=limit, after=after)

    def corrections(self, *, article: str | None = None, limit: int | None = None, after: str | None = None) -> Table:
        """What is noted of articles, the last first; arguments as for :meth:`reviews`."""
        with self._asking() as connection:
            return query.corrections(connection, article=article, limit=limit, after=after)

    def any_rejected(self) -> bool:
        """Whether any finding is rejected by its review."""
        with self._asking() as connection:
            return query.any_rejected(connection)

    def named(self, asked: Sequence[str]) -> list[Who]:
        """Whom some actors' ids, codes of countries or names mean."""
        with self._asking() as connection:
            return query.named(connection, asked)

    def busiest(self, *, since: datetime.date | None = None, until: datetime.date | None = None, limit: int = 40) -> list[Busy]:
        """The named actors with most positions between two days."""
        with self._asking() as connection:
            return query.busiest(connection, since=since, until=until, limit=limit)

    def articles(self, **wanted: Unpack[Wanted]) -> Table:
        """The articles, the last published first; :class:`Wanted` says what can be asked for."""
        with self._asking() as connection:
            return query.articles(connection, wanted)

    def events(self, **wanted: Unpack[Wanted]) -> Table:
        """The events, the latest first, each with who took part, where it was reported, and the positions on it.

        A mention that is member of no event across articles is an event of its own.
        """
        with self._asking() as connection:
            return query.events(connection, wanted)

    def event(self, id: str, *, least_framing: float = 0.0, as_of: datetime.date | None = None) -> Dossier | None:
        """All that is on record on one event, by its id, that of one merged into it or of a mention: see :func:`onrecord.store.query.dossier.find`.

        Args:
            id: the event's.
            least_framing: the least confidence of loaded terms.
            as_of: the last day on which articles that count were published; None for all.
        """
        with self._asking() as connection:
            found = query.event(connection, id, least_framing=least_framing)
            return query.up_to(connection, found, as_of) if found is not None and as_of is not None else found

    def positions_on(self, event: str, *, as_of: datetime.date | None = None, limit: int | None = None) -> Table:
        """The positions on an event, each once with all articles that carry it: see :func:`onrecord.store.query.carried.find`."""
        with self._asking() as connection:
            return query.carried(connection, event, as_of=as_of, limit=limit)

    def positions(self, **wanted: Unpack[Wanted]) -> Table:
        """The positions, the last said first.

        >>> import tempfile
        >>> from onrecord import open_record
        >>> with tempfile.TemporaryDirectory() as folder, open_record(f"{folder}/record.db") as record:
        ...     len(record.positions(country="CHL", stance="oppose", since="2021"))
        0
        """
        with self._asking() as connection:
            return query.positions(connection, wanted)

    def matrix(self, *, by: Literal["event", "issue"] = "event", sort: Literal["count", "name", "latest"] = "count", **wanted: Unpack[Wanted]) -> Matrix:
        """Who stands where on the events, or the questions, that are most spoken of: see :func:`onrecord.store.query.matrix.find`."""
        with self._asking() as connection:
            return query.matrix(connection, wanted, by=by, sort=sort)

    def quotes(self, **wanted: Unpack[Wanted]) -> Table:
        """Who says what, of the articles published last first."""
        with self._asking() as connection:
            return query.quotes(connection, wanted)

    def statements(self, **wanted: Unpack[Wanted]) -> Table:
        """What was said once, however many articles carry it: the best quotation, who signs it, and who reports it; the latest first."""
        with self._asking() as connection:
            return query.statements(connection, wanted)

    def actors(self, *, most: int | None = None, **wanted: Unpack[Wanted]) -> Table:
        """The actors, those first that are in the most articles; a count of events, positions or quotations above ``most`` is None."""
        with self._asking() as connection:
            return query.actors(connection, wanted, most=most)

    def counts(self, unit: str, *, by: str = "event", level: str = "country", split: str = "quad", fill: bool = False, **wanted: Unpack[Wanted]) -> Table:
        """Counts by actor, dyad, type or country and period: see :func:`onrecord.store.query.counts.find`.

        Args:
            unit: ``dyad-month``, ``actor-week``, ``event-day``, ``place-year`` …
            by: what is counted: ``event``, ``origin`` (independent texts), ``statement`` or ``mention``.
            level: how actors are told apart: ``country``, ``sector`` (``CHL.GOV``) or ``actor``.
            split: one row for each ``type`` or ``quad`` class, or ``none``.
            fill: give rows with a count of zero, too.
            wanted: which events.
        """
        with self._asking() as connection:
            return query.counts(connection, wanted, query.Unit.read(unit, by=by, level=level, split=split), fill=fill)

    def search(self, *, order: query.Order = "best", **wanted: Unpack[Wanted]) -> query.Search:
        """Articles by their words, with what was found and what the hits have in common: see :func:`onrecord.store.query.search`."""
        with self._asking() as connection:
            return query.search(connection, wanted, order=order)

    def placed(self, **wanted: Unpack[Wanted]) -> Table:
        """The events that have a place with coordinates, the latest first."""
        with self._asking() as connection:
            return query.events(connection, wanted, placed=True)

    def events_by_day(self, *, placed: bool = False, **wanted: Unpack[Wanted]) -> Table:
        """How many events began on each day; of those that have a place with coordinates, if asked for."""
        with self._asking() as connection:
            return query.days(connection, wanted, placed=placed)

    def events_by_place(self, **wanted: Unpack[Wanted]) -> Table:
        """How many events happened at each place, the most first."""
        with self._asking() as connection:
            return query.places(connection, wanted)

    def last_day(self) -> datetime.date | None:
        """The last day on which an article was published."""
        with self._asking() as connection:
            return query.last_day(connection)

    def added(self, *, limit: int) -> Table:
        """The articles that were added last, the last first."""
        with self._asking() as connection:
            return query.added(connection, limit=limit)

    def outlets(self) -> Table:
        """Who published the articles, and how many of those are copies: see :func:`onrecord.store.query.sources.outlets`."""
        with self._asking() as connection:
            return query.outlets(connection)

    def copied_by(self, publisher: str) -> Table:
        """Whose texts an outlet prints after them."""
        with self._asking() as connection:
            return query.copied(connection, publisher)

    def quoted_by(self, publisher: str, *, limit: int) -> Table:
        """Whom an outlet quotes most."""
        with self._asking() as connection:
            return query.quoted(connection, publisher, limit=limit)

    def origin(self, id: str) -> tuple[dict[str, Any], Table] | None:
        """One text with the articles that print it, the first published first; None where there is no such text."""
        with self._asking() as connection:
            return query.origin(connection, id)

    def changes(self, since: str | None = None, *, limit: int | None = None) -> Table:
        """What is new, changed or gone since a point, oldest first; ``next`` of the table is the point to go on from."""
        with self._asking() as connection:
            return query.changes(connection, since, limit=limit)

    def finding(self, id: str) -> tuple[dict[str, Any], str, dict[str, Any]] | None:
        """The report (as JSON, with its text), the room and the finding with that id, or whose id alone begins so; None where there is none.

        Raises:
            QueryError: several findings' ids begin so.
        """
        with self._asking() as connection:
            return query.finding(connection, id)

    def sql(self, statement: str, *, seconds: float | None = None, rows: int | None = None, size: int | None = None) -> Table:
        """The rows of an SQL query of your own, which can only read; docs/record.md has the tables.

        Args:
            statement: one statement.
            seconds: how long it may run.
            rows: the most rows that are given of it; ``notes`` of the table say where there are more.
            size: the most bytes of text that are given of it.

        Raises:
            QueryError: it is not valid, would do something but read, or takes longer than it may.
        """
        return query.ask(self.engine, statement, query.Bounds(seconds=seconds, rows=rows, size=size))

    @contextlib.contextmanager
    def _asking(self) -> Iterator[Connection]:
        with self.engine.connect() as connection, connection.begin(), bounded(connection):
            yield connection

    def answers(self) -> None:
        """Read something.

        Raises:
            RecordError: it can't be read.
        """
        with self._asking() as connection:
            connection.execute(select(articles.c.key).limit(1)).first()
