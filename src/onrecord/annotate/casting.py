"""Marks → actors, places, times and loaded terms: what stands alone."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.annotate.fields import told, with_fields
from onrecord.annotate.gold import Change
from onrecord.annotate.marks import KINDS, Mark, Marked, Pieces, joined, normal, pieces_of
from onrecord.records import Actor, Article, Framing, Mention, Participant, Place, Report, Span, Time, finding_id
from onrecord.store.amending import PATHS

ADDED, CORRECTED = "annotator|added", "annotator|corrected"
KIND_OF = {mark: kind for kind, mark in KINDS.items()}
ACTOR_ID = re.compile(r"(?:[A-Z]{3}|_)(?:\.[\w-]+)*")
NO_WORD = re.compile(r"\W+")
ACTOR_FIELDS = frozenset({"id", "name", "country", "sector", "role"})


@dataclasses.dataclass(slots=True)
class Reading:
    """What is being read: the marks, what they were made from, and what comes of it."""

    marked: Marked
    article: Article
    before: Report
    changes: list[Change] = dataclasses.field(default_factory=list)
    problems: list[str] = dataclasses.field(default_factory=list)
    ids: dict[str, str | None] = dataclasses.field(default_factory=dict)
    """The ids that findings had, with those they have."""
    who: dict[str, tuple[Participant, ...]] = dataclasses.field(default_factory=dict)
    """By mark: whom it means."""

    def normal(self, mark: Mark) -> Pieces:
        """Where a mark stands, as it is compared."""
        return normal(self.marked.text, mark.pieces)

    def of(self, spans: Iterable[Span]) -> Pieces:
        """Where spans stand, as they are compared."""
        return normal(self.marked.text, pieces_of(spans))

    def span(self, mark: Mark, *known: Span) -> dict[str, Any]:
        """A mark as one span: one that is known where it is the same, else from its first character to its last."""
        for span in known:
            if self.of([span]) == self.normal(mark):
                return {"start": span.start, "end": span.end, "text": span.text}
        start, end = mark.pieces[0][0], max(e for _, e in mark.pieces)
        return {"start": start, "end": end, "text": self.marked.text[start:end]}

    def spans(self, marks: Sequence[Mark], known: tuple[Span, ...] = ()) -> tuple[Span, ...]:
        """Marks as spans: those that are known where they are the same, else one for each piece."""
        pieces = [p for m in marks for p in m.pieces]
        if known and normal(self.marked.text, pieces) == self.of(known):
            return known
        parts = [p for m in marks for p in joined(self.marked.text, m.pieces)]
        return tuple(self.article.span(a, b) for a, b in sorted(set(parts)))

    def removed(self, room: str, id: str) -> None:
        """Note that a finding is gone."""
        self.ids[id] = None
        self.changes.append(Change(what="removed", room=room, before=id))


def actors(reading: Reading) -> tuple[Actor, ...]:
    """The actors, by their mentions; whom each mark means is kept for those who take part."""
    text = reading.marked.text
    known: dict[tuple[str, Pieces], list[tuple[Actor, Mention]]] = defaultdict(list)
    for actor in reading.before.actors:
        for mention in actor.mentions:
            known[KINDS.get(actor.kind, "Unresolved"), reading.of([mention])].append((actor, mention))
    by_id = {a.id: a for a in reading.before.actors}
    mentions: dict[str, list[Mention]] = defaultdict(list)
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    notes: dict[str, str] = {}
    sharing = Counter((m.type, reading.normal(m)) for m in reading.marked.marks.values())
    for mark in reading.marked.marks.values():
        if mark.type not in KIND_OF:
            continue
        fields, rest = told(mark.note, ACTOR_FIELDS)
        same = _taken(known[mark.type, reading.normal(mark)], mark, alone=sharing[mark.type, reading.normal(mark)] == 1)
        whom = [] if same and not fields else _whom(mark, fields, by_id, text)
        found = [(id, _mention(reading, mark)) for id in whom] or [(a.id, m) for a, m in same]
        for id, mention in found:
            by_id.setdefault(id, _new(id, mark, fields, text))
            mentions[id].append(mention)
            labels[id][mark.type] += 1
            notes[id] = rest
        reading.who[mark.id] = tuple(_participant(mention, by_id[id]) for id, mention in found)
    return tuple(_actor(reading, by_id[id], mentions[id], labels[id], notes.get(id, "")) for id in by_id if mentions[id] or _silent(reading, id))


def _taken(there: list[tuple[Actor, Mention]], mark: Mark, *, alone: bool) -> list[tuple[Actor, Mention]]:
    """The mentions that a mark is of: all that stand there, or where several marks do, one for each id that it was written with."""
    if alone:
        return there
    ids: list[str | None] = [c.split(" ")[0] for c in mark.coded]
    out = []
    for id in ids or [None]:
        n = next((n for n, (actor, _) in enumerate(there) if id in (None, actor.id)), None)
        if n is not None:
            out.append(there.pop(n))
    return out


def _silent(reading: Reading, id: str) -> bool:
    """Whether an actor had no mentions to begin with; one who has lost them is noted as removed."""
    was = next(a for a in reading.before.actors if a.id == id)
    if was.mentions:
        reading.removed("actors", id)
    return not was.mentions


def _whom(mark: Mark, fields: dict[str, Any], by_id: dict[str, Actor], text: str) -> list[str]:
    """The ids of whom a mark means: given in a note, written when it was made, or those of the same words; else a new one."""
    if fields.get("id"):
        return [str(fields["id"])]
    if (first := mark.note.split(" ")[0]) and ACTOR_ID.fullmatch(first) and (first in by_id or "." in first):
        return [first]
    coded = [c.split(" ")[0] for c in mark.coded]
    if coded:
        return [id for id in coded if id in by_id] or coded
    if mark.type == KINDS["unresolved"]:
        return []
    words = _words(mark, text).casefold()
    same = [a.id for a in by_id.values() if any(m.text.casefold() == words for m in a.mentions) or a.name.casefold() == words]
    return same[:1] or [f"_.{NO_WORD.sub('-', words).strip('-')[:60] or 'unnamed'}"]


def _words(mark: Mark, text: str) -> str:
    return " ".join(text[mark.pieces[0][0] : mark.pieces[-1][1]].split())


def _mention(reading: Reading, mark: Mark) -> Mention:
    span = reading.span(mark)
    form = "name" if span["text"][:1].isupper() else "nominal"
    return Mention(**span, head=span["start"], form=form, reason=ADDED)  # type: ignore[arg-type]


def _new(id: str, mark: Mark, fields: dict[str, Any], text: str) -> Actor:
    country, _, sector = id.partition(".")
    codes = {"country": country if re.fullmatch("[A-Z]{3}", country) else None, "sector": sector[:3] if re.fullmatch("[A-Z]{3}", sector[:3]) else None}
    given = {name: str(value) for name, value in fields.items() if name != "id"}
    return Actor(**{"name": _words(mark, text), **codes, **given}, id=id, kind=KIND_OF[mark.type], mentions=(), reason=ADDED)  # type: ignore[arg-type]


def _participant(mention: Mention, actor: Actor) -> Participant:
    return Participant(start=mention.start, end=mention.end, text=mention.text, actor_id=actor.id, country=actor.country, sector=actor.sector)


def _actor(reading: Reading, actor: Actor, mentions: list[Mention], labels: Counter[str], note: str) -> Actor:
    """An actor with the mentions that it has now, and the kind that most of its marks say."""
    if not actor.mentions and actor not in reading.before.actors:
        reading.changes.append(Change(what="added", room="actors", after=actor.id, note=note))
        return dataclasses.replace(actor, mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end))))
    kept = set(mentions) == set(actor.mentions)
    own = KINDS.get(actor.kind, "Unresolved")
    kind = actor.kind if not labels or labels[own] else KIND_OF[labels.most_common(1)[0][0]]
    fields = {} if kind == actor.kind else {"kind": kind}
    what = "corrected" if fields and len(mentions) == len(actor.mentions) else "kept" if kept and not fields else "moved"
    reading.changes.append(Change(what=what, room="actors", before=actor.id, after=actor.id, fields=fields, note=note))  # type: ignore[arg-type]
    if kept and not fields:
        return actor
    return dataclasses.replace(actor, kind=kind, mentions=actor.mentions if kept else tuple(sorted(mentions, key=lambda m: (m.start, m.end))))  # type: ignore[arg-type]


SHOWN = {"places": "Place", "times": "Time", "framing": "LoadedTerm"}
DEFAULTS: dict[str, dict[str, Any]] = {
    "places": {"geonameid": None, "country": None, "use": "place"},
    "times": {"type": "DATE", "value": ""},
    "framing": {"about": "", "category": "evaluative"},
}
CLASSES: dict[str, Any] = {"places": Place, "times": Time, "framing": Framing}
PREFIXES = {"places": "pl", "times": "tx", "framing": "fr"}


def standing_alone(reading: Reading, room: str) -> tuple[Any, ...]:
    """Places, times or loaded terms, by their marks; what is not shown to annotators stays as it is."""
    before = getattr(reading.before, room)
    shown = [f for f in before if getattr(f, "use", "place") == "place"]
    other = [e.place for e in reading.before.events if e.place is not None] if room == "places" else []
    out = {f.id: f for f in before if f not in shown}
    left = {f.id: f for f in shown}
    added = []
    elsewhere = {reading.of([f]) for f in other}
    for mark in (m for m in reading.marked.marks.values() if m.type == SHOWN[room]):
        here = reading.normal(mark)
        coded = [c.split(" ")[0] for c in mark.coded]
        known = [left[id] for id in coded if id in left] or [f for f in left.values() if reading.of([_place_of(f)]) == here]
        for was in known:
            del left[was.id]
            out[was.id] = _settled(reading, room, was, mark)
        if not known and here not in elsewhere:
            added.append(_added(reading, room, mark))
    for id in left:
        reading.removed(room, id)
    return (*(out[f.id] for f in before if f.id in out), *added)


def _place_of(finding: Any) -> Span:
    return finding.term if isinstance(finding, Framing) else finding


def _settled(reading: Reading, room: str, was: Any, mark: Mark) -> Any:
    """A finding where its mark stands now, with what the note gives."""
    span = reading.span(mark, _place_of(was))
    moved = (span["start"], span["end"]) != (_place_of(was).start, _place_of(was).end)
    now = was
    if moved:
        now = dataclasses.replace(was, term=Span(**span)) if isinstance(was, Framing) else dataclasses.replace(was, **span)
        now = dataclasses.replace(now, id=_id(reading, room, now))
    now, note = with_fields(room, now, mark.note, mark.where)
    fields = {} if now == was else told(mark.note, PATHS[room])[0]
    if now != was:
        now = dataclasses.replace(now, confidence=1.0, reason=CORRECTED)
    reading.ids[was.id] = now.id
    what = "moved" if moved else "corrected" if fields else "kept"
    reading.changes.append(Change(what=what, room=room, before=was.id, after=now.id, fields=fields, note=note))  # type: ignore[arg-type]
    return now


def _added(reading: Reading, room: str, mark: Mark) -> Any:
    span = reading.span(mark)
    body = {**DEFAULTS[room], **({"term": Span(**span)} if room == "framing" else span), "id": "", "confidence": 1.0, "reason": ADDED}
    if room == "places":
        body["name"] = " ".join(span["text"].split())
    now, note = with_fields(room, CLASSES[room](**body), mark.note, mark.where)
    if room == "times" and not now.value:
        reading.problems.append(f"{mark.where}: a time without a value: write value=2021-03-07 in its note")
    now = dataclasses.replace(now, id=_id(reading, room, now), reason=ADDED)
    reading.changes.append(Change(what="added", room=room, after=now.id, note=note))
    return now


def _id(reading: Reading, room: str, finding: Any) -> str:
    kind = getattr(finding, {"places": "use", "times": "type", "framing": "category"}[room])
    more = [str(finding.geonameid or finding.name)] if room == "places" else [finding.about] if room == "framing" else []
    return finding_id(PREFIXES[room], reading.article.id, kind, [_place_of(finding)], more)
