"""A report → marks: what annotators see of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.annotate.marks import ATTRIBUTION, KINDS, SAYS, Group, Link, Mark, Marked, Piece, pieces_of
from onrecord.export.rows import speaker_name
from onrecord.records import Attribution, Event, Report, Span


def marked(report: Report) -> Marked:
    """The marks of a report's findings."""
    return _Marking(report).out


class _Marking:
    """The marks of one article, numbered as they come."""

    def __init__(self, report: Report) -> None:
        self.out = Marked(text=report.article.text)
        self._number: dict[str, int] = {}
        self._bound: dict[tuple[str, tuple[Piece, ...]], str] = {}
        self._who: dict[Piece, str] = {}
        for actor in report.actors:
            for mention in actor.mentions:
                id = self._mark(KINDS.get(actor.kind, "Unresolved"), (mention,), " ".join(x for x in (actor.id, actor.name) if x))
                self._who.setdefault((mention.start, mention.end), id)
        for place in report.places:
            if place.use == "place":
                self._mark("Place", (place,), f"{place.id} {place.name} {place.country or ''} GeoNames:{place.geonameid or '-'}")
        for time in report.times:
            self._mark("Time", (time,), f"{time.id} {time.type} {time.value}")
        for event in report.events:
            self._event(event)
        for attribution in report.attributions:
            self._attribution(attribution)
        for position in report.positions:
            holder, target = self._party(position.holder), self._mark("Object", (position.object,))
            coded = (f"{position.id} {position.status} {position.reason}",)
            self.out.links.append(Link(id=self._id("R"), type=position.act, source=holder, target=target, coded=coded))
        for term in report.framing:
            self._mark("LoadedTerm", (term.term,), f"{term.id} {term.category}")

    def _id(self, kind: str) -> str:
        self._number[kind] = self._number.get(kind, 0) + 1
        return f"{kind}{self._number[kind]}"

    def _mark(self, type: str, spans: Sequence[Span], coded: str = "") -> str:
        """The id of a mark of that type on those spans; the same one for the same spans."""
        pieces = pieces_of(spans)
        id = self._bound.setdefault((type, pieces), f"T{len(self._bound) + 1}")
        known = self.out.marks.get(id) or Mark(id=id, type=type, pieces=pieces)
        notes = (*known.coded, " ".join(coded.split())) if coded and coded not in known.coded else known.coded
        self.out.marks[id] = Mark(id=id, type=type, pieces=pieces, coded=notes)
        return id

    def _party(self, span: Span, otherwise: str = "Unresolved") -> str:
        return self._who.get((span.start, span.end)) or self._mark(otherwise, (span,))

    def _event(self, event: Event) -> None:
        roles = [("Actor", self._party(p)) for p in event.actors] + [("Recipient", self._party(p)) for p in event.recipients]
        if event.place is not None:
            roles.append(("Place", self._mark("Place", (event.place,))))
        roles += [("Figure", self._party(m.span, "Figure")) for m in event.magnitudes]
        trigger = self._mark(event.type, (event.trigger,))
        attributes = {"Veridicality": event.veridicality, **({"Mode": event.mode} if event.mode else {})}
        day = f" date={event.date.value}" if event.date else ""
        coded = (f"{event.id} {event.reason}{day}",)
        self.out.groups.append(Group(id=self._id("E"), type=event.type, trigger=trigger, roles=_once(roles), attributes=attributes, coded=coded))

    def _attribution(self, attribution: Attribution) -> None:
        coded = f"{attribution.id} {attribution.kind} {speaker_name(attribution)}"
        roles = [("Source", source)] if (source := self._source(attribution.source)) else []
        if not attribution.content and not attribution.cue:
            return
        if attribution.content:
            alone = not attribution.cue and not source
            roles.append(("Content", self._mark("Content", attribution.content, coded if alone else "")))
        if attribution.cue:
            trigger = self._mark(ATTRIBUTION, attribution.cue)
            self.out.groups.append(Group(id=self._id("E"), type=ATTRIBUTION, trigger=trigger, roles=_once(roles), coded=(coded,)))
        elif source:
            self.out.links.append(Link(id=self._id("R"), type=SAYS, source=source, target=roles[-1][1], coded=(coded,)))

    def _source(self, spans: tuple[Span, ...]) -> str | None:
        if not spans:
            return None
        known = self._who.get((spans[0].start, spans[0].end)) if len(spans) == 1 else None
        return known or self._mark("Source", spans)


def _once(roles: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(roles))


def numbered(roles: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Roles with who has them; the second of a role is numbered 2, and so on, as brat does."""
    count: dict[str, int] = {}
    for role, id in roles:
        count[role] = count.get(role, 0) + 1
        yield f"{role}{count[role] if count[role] > 1 else ''}:{id}"
