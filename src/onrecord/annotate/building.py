"""Marks → a report: what annotators left as it was stays as it was, and what they changed, added and removed is told."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from onrecord.annotate.casting import ADDED, CORRECTED, Reading, actors, standing_alone
from onrecord.annotate.fields import changed, renamed, told, with_fields
from onrecord.annotate.gold import Change, Gold
from onrecord.annotate.marks import ATTRIBUTION, ENTITIES, SAYS, AnnotationError, Group, Link, Mark, Marked
from onrecord.evaluate.tokens import kind_of
from onrecord.ontology import ACTS, EVENT_TYPES
from onrecord.records import (
    Article,
    Attribution,
    Event,
    Magnitude,
    Participant,
    Position,
    PositionObject,
    Report,
    Said,
    Span,
    Speaker,
    finding_id,
    voice_at,
)
from onrecord.store import RecordError
from onrecord.store.amending import corrected

FIGURES = frozenset({"killed", "injured", "missing", "displaced", "detained", "participants", "amount"})
N = TypeVar("N")
O = TypeVar("O")  # noqa: E741


def built(marked: Marked, before: Report | None, *, annotator: str | None, tool: str, where: str, id: str) -> Gold:
    """The report that marks make.

    Args:
        marked: what the tool has.
        before: the report that the marks were made from; without it everything is new.
        annotator, tool: who annotated, and with what.
        where: the file or task, for messages.
        id: the article's id where there is no report.

    Raises:
        AnnotationError: marks make no findings; the message says where.
    """
    article = before.article if before else Article.make(marked.text, id=id)
    reading = Reading(marked, article, before or Report(article=article), problems=[*marked.problems, *_unknown(marked, before, where)])
    try:
        who = actors(reading)
        alone = {room: standing_alone(reading, room) for room in ("places", "times", "framing")}
        said = _attributions(reading)
        done = _events(reading, alone["places"], said)
        stands = _positions(reading, done, said)
        rooms: dict[str, Any] = {**alone, "attributions": said, "events": done, "positions": stands}
        rooms = {room: tuple(renamed(f, reading.ids) for f in found) for room, found in rooms.items()}
        report = Report(article=article, actors=who, **rooms, warnings=reading.before.warnings, coder=reading.before.coder)
    except AnnotationError:
        raise
    except ValueError as error:
        raise AnnotationError(f"{where}: {error}") from error
    return Gold(report=report, annotator=annotator, tool=tool, changes=tuple(reading.changes), problems=tuple(reading.problems))


def _unknown(marked: Marked, before: Report | None, where: str) -> Iterator[str]:
    """What is said of labels that are none of ours; triggers are seen to with their events."""
    triggers = {g.trigger for g in marked.groups}
    known = {*ENTITIES, *EVENT_TYPES, ATTRIBUTION, *(e.type for e in (before.events if before else ()))}
    counts = Counter(m.type for m in marked.marks.values() if m.type not in known and m.id not in triggers)
    for label, count in counts.items():
        yield f"{where}: there is no label {label!r}: {count} left out (docs/annotation.md has the labels)"


def paired(new: Sequence[N], old: Sequence[O], *keys: tuple[Callable[[N], Iterable[Hashable]], Callable[[O], Hashable]]) -> dict[int, O]:
    """For new things the old ones that they were made from, by the first keys that agree; each is taken once."""
    out: dict[int, O] = {}
    taken: set[int] = set()
    for of_new, of_old in keys:
        there: defaultdict[Hashable, list[int]] = defaultdict(list)
        for m, each in enumerate(old):
            if m not in taken:
                there[of_old(each)].append(m)
        for n, thing in enumerate(new):
            if n in out:
                continue
            for key in of_new(thing):
                if there[key]:
                    m = there[key].pop(0)
                    out[n] = old[m]
                    taken.add(m)
                    break
    return out


def _ids(coded: Iterable[str]) -> list[str]:
    return [c.split(" ")[0] for c in coded]


def _settle(reading: Reading, room: str, was: Any, now: Any, note: str, make_id: Callable[[Any], str]) -> Any:
    """A finding as it is now: the one it was where nothing is different, else with an id of its own, and the change noted."""
    if was is None:
        now = dataclasses.replace(now, id=make_id(now), confidence=1.0, reason=ADDED)
        reading.changes.append(Change(what="added", room=room, after=now.id, note=note))
        return now
    fields = {} if now == was else changed(room, was, now)
    if fields == {}:
        reading.ids[was.id] = was.id
        reading.changes.append(Change(what="kept", room=room, before=was.id, after=was.id, note=note))
        return was
    now = dataclasses.replace(now, confidence=1.0, reason=CORRECTED)
    if make_id(now) != make_id(was):
        now = dataclasses.replace(now, id=make_id(now))
    reading.ids[was.id] = now.id
    reading.changes.append(Change(what="moved" if fields is None else "corrected", room=room, before=was.id, after=now.id, fields=fields or {}, note=note))
    return now


def _in_order(reading: Reading, room: str, found: Sequence[tuple[Any, Any]]) -> tuple[Any, ...]:
    """Findings in the order they had, new ones at the end; those that are gone are noted."""
    now = {id(was): made for was, made in found if was is not None}
    before = getattr(reading.before, room)
    for was in before:
        if id(was) not in now:
            reading.removed(room, was.id)
    return (*(now[id(was)] for was in before if id(was) in now), *(made for was, made in found if was is None))


@dataclasses.dataclass(frozen=True, slots=True)
class _Said:
    """An attribution as it is marked."""

    cue: tuple[Mark, ...]
    source: tuple[Mark, ...]
    content: tuple[Mark, ...]
    coded: tuple[str, ...]
    note: str
    where: str


def _attributions(reading: Reading) -> tuple[Attribution, ...]:
    marks = reading.marked.marks
    drafts: list[_Said] = []
    for group in (g for g in reading.marked.groups if g.type == ATTRIBUTION):
        parts = {role: tuple(marks[id] for r, id in group.roles if r == role) for role in ("Source", "Content")}
        drafts.append(_Said((marks[group.trigger],), parts["Source"], parts["Content"], group.coded, group.note, group.where))
    for link in (x for x in reading.marked.links if x.type == SAYS):
        drafts.append(_Said((), (marks[link.source],), (marks[link.target],), link.coded, link.note, link.where))
    tied = {id for g in reading.marked.groups for _, id in g.roles} | {x.target for x in reading.marked.links}
    for mark in marks.values():
        if mark.type == "Content" and (mark.coded or mark.id not in tied):
            drafts += [_Said((), (), (mark,), (coded,), mark.note, mark.where) for coded in mark.coded or ("",)]
    old = [a for a in reading.before.attributions if a.cue or a.content]

    def at(found: Sequence[Mark]) -> Hashable:
        return tuple(sorted(p for m in found for p in reading.normal(m)))

    pairs = paired(
        drafts,
        old,
        (lambda d: _ids(d.coded), lambda a: a.id),
        (lambda d: [(at(d.cue), at(d.source), at(d.content))], lambda a: (reading.of(a.cue), reading.of(a.source), reading.of(a.content))),
        (lambda d: [(at(d.cue), at(d.content))], lambda a: (reading.of(a.cue), reading.of(a.content))),
        (lambda d: [at(d.cue)] if d.cue else [], lambda a: reading.of(a.cue)),
    )
    found = [(was := pairs.get(n), _attribution(reading, draft, was)) for n, draft in enumerate(drafts)]
    bare = [(a, a) for a in reading.before.attributions if not a.cue and not a.content]
    for _, a in bare:
        reading.ids[a.id] = a.id
    return _in_order(reading, "attributions", [*found, *bare])


def _attribution(reading: Reading, draft: _Said, was: Attribution | None) -> Attribution:
    spans: dict[str, Any] = {role: reading.spans(getattr(draft, role), getattr(was, role) if was else ()) for role in ("source", "cue", "content")}
    if was is not None and all(spans[role] == getattr(was, role) for role in spans):
        now = was
    else:
        kind = kind_of(reading.marked.text, [(s.start, s.end) for s in spans["content"]]) if spans["content"] else "indirect"
        speaker = was.speaker if was and was.source == spans["source"] else _speaker(reading, draft, spans["source"])
        kept = ("id", "parent", "channel", "cue_class")
        body: dict[str, Any] = {name: getattr(was, name) for name in kept} if was else {"id": ""}
        now = Attribution(**spans, **body, kind=kind, speaker=speaker, confidence=1.0, reason=ADDED)
    now, note = with_fields("attributions", now, draft.note, draft.where)
    article = reading.article.id
    return _settle(  # type: ignore[no-any-return]
        reading, "attributions", was, now, note, lambda a: finding_id("at", article, a.kind, (*a.cue, *a.content), [s.text for s in a.source])
    )


def _speaker(reading: Reading, draft: _Said, source: tuple[Span, ...]) -> Speaker:
    for mark in draft.source:
        for party in reading.who.get(mark.id, ()):
            return Speaker(actor_id=party.actor_id, name=party.text)
    return Speaker(name=" ".join(s.text for s in source) or None)


def _events(reading: Reading, places: Sequence[Any], said: Sequence[Attribution]) -> tuple[Event, ...]:
    marks = reading.marked.marks
    types = set(EVENT_TYPES) | {e.type for e in reading.before.events}
    drafts = []
    tied = {g.trigger for g in reading.marked.groups}
    alone = [m for m in marks.values() if m.id not in tied and m.type in types]
    bare = [Group(id=m.id, type=m.type, trigger=m.id, roles=(), note=m.note, coded=m.coded, where=m.where) for m in alone]
    for group in (*reading.marked.groups, *bare):
        if group.type in types:
            drafts.append(group)
        elif group.type != ATTRIBUTION:
            raise AnnotationError(f"{group.where}: there is no type {group.type!r} of events")

    def roles(group: Group) -> Hashable:
        return tuple(sorted((role, reading.normal(marks[id])) for role, id in group.roles))

    def had(event: Event) -> Hashable:
        parts = [("Actor", p) for p in event.actors] + [("Recipient", p) for p in event.recipients] + [("Figure", m.span) for m in event.magnitudes]
        parts += [("Place", event.place)] if event.place else []
        return tuple(sorted({(role, reading.of([p])) for role, p in parts}))

    def trigger(group: Group) -> Hashable:
        return reading.normal(marks[group.trigger])

    pairs = paired(
        drafts,
        reading.before.events,
        (lambda g: _ids(g.coded), lambda e: e.id),
        (lambda g: [(g.type, trigger(g), roles(g))], lambda e: (e.type, reading.of([e.trigger]), had(e))),
        (lambda g: [(g.type, trigger(g))], lambda e: (e.type, reading.of([e.trigger]))),
        (lambda g: [trigger(g)], lambda e: reading.of([e.trigger])),
    )
    found = [(was := pairs.get(n), _event(reading, group, was, places, said)) for n, group in enumerate(drafts)]
    return _in_order(reading, "events", found)


def _event(reading: Reading, group: Group, was: Event | None, places: Sequence[Any], said: Sequence[Attribution]) -> Event:
    marks = reading.marked.marks
    trigger = Span(**reading.span(marks[group.trigger], *((was.trigger,) if was else ())))
    by_role = {role: [marks[id] for r, id in group.roles if r == role] for role in ("Actor", "Recipient", "Place", "Figure")}
    sides = {side: _parties(reading, by_role[role], getattr(was, side) if was else ()) for side, role in (("actors", "Actor"), ("recipients", "Recipient"))}
    place = _place(reading, by_role["Place"], was.place if was else None, places)
    figures = _figures(reading, by_role["Figure"], was.magnitudes if was else ())
    put: dict[str, Any] = {"veridicality": group.attributes.get("Veridicality", "asserted"), "place": place, "magnitudes": figures, "trigger": trigger, **sides}
    if was is None:
        words = [trigger, *sides["actors"], *sides["recipients"]]
        shown = reading.article.span(min(s.start for s in words), max(s.end for s in words))
        voice = voice_at(said, trigger.start, trigger.end)
        now = Event(id="", type=group.type, evidence=shown, claimed_by=voice.id if voice else None, confidence=1.0, reason=ADDED, **put)
    else:
        now = dataclasses.replace(was, **put)
    mode = group.attributes.get("Mode")
    if was is None or group.type != was.type or (mode != was.mode and (mode is not None or group.attributes)):
        fields = {"type": group.type, "mode": mode if mode in {m for t in [EVENT_TYPES.get(group.type)] if t for m in t.modes} else None}
        try:
            now = corrected("events", now, fields) if group.type in EVENT_TYPES else dataclasses.replace(now, type=group.type, mode=mode)
        except RecordError as error:
            raise AnnotationError(f"{group.where}: {error}") from error
    now, note = with_fields("events", now, group.note, group.where)
    article = reading.article.id
    return _settle(  # type: ignore[no-any-return]
        reading, "events", was, now, note, lambda e: finding_id("ev", article, e.type, [e.trigger], [p.actor_id or p.text for p in (*e.actors, *e.recipients)])
    )


def _parties(reading: Reading, marks: Sequence[Mark], was: Sequence[Participant]) -> tuple[Participant, ...]:
    """Who takes part: those who did, as they did, then new ones by where they stand."""
    left = {mark.id: mark for mark in marks}
    there: defaultdict[Hashable, list[Mark]] = defaultdict(list)
    for mark in marks:
        there[reading.normal(mark)].append(mark)
    kept = []
    for party in was:
        if same := there[reading.of([party])]:
            kept.append(party)
            for mark in same:
                left.pop(mark.id, None)
    new = [p for mark in sorted(left.values(), key=lambda m: m.pieces) for p in reading.who.get(mark.id) or (Participant(**reading.span(mark)),)]
    return (*kept, *new)


def _place(reading: Reading, marks: Sequence[Mark], was: Any, places: Sequence[Any]) -> Any:
    if not marks:
        return None
    here = reading.normal(marks[0])
    if was is not None and reading.of([was]) == here:
        return next((p for p in places if p.id == reading.ids.get(was.id) and p.id != was.id), was) if reading.ids.get(was.id) else was
    return next((p for p in places if reading.of([p]) == here), None)


def _figures(reading: Reading, marks: Sequence[Mark], was: Sequence[Magnitude]) -> tuple[Magnitude, ...]:
    """The figures that an event came with and still has, and new ones from their notes (``killed=3``)."""
    there = {reading.normal(m): m for m in marks}
    kept = [m for m in was if reading.of([m.span]) in there]
    known = {reading.of([m.span]) for m in kept}
    for here, mark in there.items():
        if here in known:
            continue
        fields, _ = told(mark.note, FIGURES)
        for what, value in fields.items():
            low, _, high = str(value).partition("-")
            try:
                kept.append(Magnitude(what=what, low=float(low), high=float(high or low), span=Span(**reading.span(mark))))
            except ValueError as error:
                raise AnnotationError(f"{mark.where}: {what}={value} is no figure: write {what}=3 or {what}=3-5") from error
        if not fields:
            reading.problems.append(f"{mark.where}: a figure without a note is left out: write killed=3 or participants=200-300 in its note")
    return tuple(kept)


def _positions(reading: Reading, done: Sequence[Event], said: Sequence[Attribution]) -> tuple[Position, ...]:
    marks = reading.marked.marks
    links = [x for x in reading.marked.links if x.type != SAYS]
    for link in links:
        if link.type not in ACTS:
            raise AnnotationError(f"{link.where}: there is no act {link.type!r}")

    def ends(link: Link) -> Hashable:
        return reading.normal(marks[link.source]), reading.normal(marks[link.target])

    pairs = paired(
        links,
        reading.before.positions,
        (lambda x: _ids(x.coded), lambda p: p.id),
        (lambda x: [(x.type, ends(x))], lambda p: (p.act, (reading.of([p.holder]), reading.of([p.object])))),
        (lambda x: [ends(x)], lambda p: (reading.of([p.holder]), reading.of([p.object]))),
        (lambda x: [(x.type, ends(x)[1])], lambda p: (p.act, reading.of([p.object]))),  # type: ignore[index]
        (lambda x: [(x.type, ends(x)[0])], lambda p: (p.act, reading.of([p.holder]))),  # type: ignore[index]
    )
    found = [(was := pairs.get(n), _position(reading, link, was, done, said)) for n, link in enumerate(links)]
    return _in_order(reading, "positions", found)


def _position(reading: Reading, link: Link, was: Position | None, done: Sequence[Event], said: Sequence[Attribution]) -> Position:
    source, target = reading.marked.marks[link.source], reading.marked.marks[link.target]
    holder = was.holder if was and reading.of([was.holder]) == reading.normal(source) else _parties(reading, [source], ())[0]
    thing = was.object if was and reading.of([was.object]) == reading.normal(target) else _object(reading, target, done)
    if was is None:
        voice = voice_at(said, thing.start, thing.end)
        now = Position(
            id="",
            holder=holder,
            act=link.type,
            stance=ACTS[link.type].stance or "neutral",
            object=thing,
            evidence=reading.article.span(min(holder.start, thing.start), max(holder.end, thing.end)),
            said=Said(value=None, reason=ADDED),
            attribution=voice.id if voice else None,
            confidence=1.0,
            reason=ADDED,
        )
    else:
        now = dataclasses.replace(was, holder=holder, object=thing)
        if link.type != was.act:
            now = corrected("positions", now, {"act": link.type})
    now, note = with_fields("positions", now, link.note, link.where)
    article = reading.article.id
    return _settle(  # type: ignore[no-any-return]
        reading, "positions", was, now, note, lambda p: finding_id("po", article, p.act, (p.evidence, p.object), (p.holder.actor_id or p.holder.text,))
    )


def _object(reading: Reading, mark: Mark, done: Sequence[Event]) -> PositionObject:
    """What a position is about: an event whose trigger is in it, an actor who is named by it, or how things are."""
    span = reading.span(mark)
    event = next((e for e in done if span["start"] <= e.trigger.start and e.trigger.end <= span["end"]), None)
    if event:
        return PositionObject(**span, kind="event", event_id=event.id)
    same = [p for id, who in reading.who.items() for p in who if reading.normal(reading.marked.marks[id]) == reading.normal(mark)]
    return PositionObject(**span, kind="actor", actor_id=same[0].actor_id) if same else PositionObject(**span, kind="state_of_affairs")
