"""What a page tells of each finding of an article: in whose words, who did what, and on which characters it rests."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args

from onrecord.explore.cited import Citation, cited
from onrecord.explore.templating import to
from onrecord.explore.words import act, day, frame, kind, plain, short
from onrecord.records import WORDS_OF, Actor, Attribution, Event, Framing, Participant, Place, Position, Report, Span, Time, voice_at
from onrecord.store.query.doing import verb as done

Kind = Literal["event", "position", "quotation", "place", "time", "actor", "term"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ROOMS: dict[str, Kind] = {
    "events": "event",
    "positions": "position",
    "attributions": "quotation",
    "places": "place",
    "times": "time",
    "actors": "actor",
    "framing": "term",
}
"""The kind of the findings in each room of a report."""
OWN = "own"
"""The voice of an article itself."""
UNNAMED = ("pronoun", "possessive")
LONGEST = 120
PUT = {"denied": "denied", "hypothetical": "as a possibility", "planned": "as a plan", "demanded": "as a demand"}
"""How an event is put, where it is not put as fact."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whose words something is in.

    Attributes:
        key: what tells it from others: an actor's id, a name, or ``own``.
        name: as a page shows it.
        id: of the actor, where it is one.
    """

    key: str
    name: str
    id: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """Some words of a line, and where they lead."""

    text: str
    to: str | None = None
    how: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a page tells of a finding.

    Attributes:
        id: of the finding.
        kind: what it is.
        anchor: the characters by which it is known in the text.
        spans: all characters that it rests on.
        line: what stands above: what sort of thing, when, where.
        parts: the finding in a line.
        quote: the characters that say so.
        voice: in whose words.
        hearsay: whether it is told at second hand.
        facts: what else is known, by name.
        event: the event across articles that it is, or is on.
        confidence: how sure the coder is; None for actors.
        reason: what made it, and why.
        citation: how to cite it; None for places, times and actors.
    """

    id: str
    kind: Kind
    anchor: Span
    spans: tuple[Span, ...]
    line: tuple[str, ...]
    parts: tuple[Part, ...]
    quote: Span | None
    voice: Voice
    hearsay: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    event: str | None = None
    confidence: float | None
    reason: str
    citation: Citation | None = None

    @property
    def words(self) -> str:
        """The finding in a line, as plain text."""
        return " ".join(p.text for p in self.parts)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A report, looked up by id.

    Attributes:
        report: the report.
        about: what the record knows of its article.
        events: the event across articles of each mention.
    """

    report: Report
    about: Mapping[str, Any]
    events: Mapping[str, str]
    said: dict[str, Attribution] = dataclasses.field(init=False)
    done: dict[str, Event] = dataclasses.field(init=False)
    who: dict[str, Actor] = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", {a.id: a for a in self.report.attributions})
        object.__setattr__(self, "done", {e.id: e for e in self.report.events})
        object.__setattr__(self, "who", {a.id: a for a in self.report.actors})

    @property
    def outlet(self) -> str:
        """Who published the article."""
        return self.report.article.publisher or "the article"

    def voice(self, id: str | None) -> Voice:
        """Whose words an attribution is; the article's own without one."""
        found = self.said.get(id or "")
        return Voice(key=OWN, name=self.outlet) if found is None else speaker_of(found)

    def event(self, mention: str | None) -> str | None:
        """The event that a mention is of: one across articles, or itself."""
        return self.events.get(mention, mention) if mention in self.done else None

    def at_second_hand(self, id: str | None) -> bool:
        """Whether an attribution is told by somebody whom the article quotes in turn."""
        found = self.said.get(id or "")
        return found is not None and found.parent is not None


def speaker_of(a: Attribution) -> Voice:
    """Who says what an attribution attributes."""
    name = a.speaker.name or " ".join(s.text for s in a.source)
    id = a.speaker.actor_id
    return Voice(key=id or name.casefold() or "not named", name=short(name, 80) or "somebody not named", id=id)


def told(scene: Scene, kinds: Iterable[str] = KINDS) -> Iterator[Told]:
    """What is told of each finding of some kinds, in the order of the text."""
    makers = {
        "event": (scene.report.events, _event),
        "position": (scene.report.positions, _position),
        "quotation": (scene.report.attributions, _quotation),
        "place": (scene.report.places, _place),
        "time": (scene.report.times, _time),
        "actor": (scene.report.actors, _actor),
        "term": (scene.report.framing, _term),
    }
    wanted = set(kinds)
    found = [make(scene, f) for kind, (room, make) in makers.items() if kind in wanted for f in room]  # type: ignore[operator]
    yield from sorted(found, key=lambda t: (t.anchor.start, t.anchor.end, KINDS.index(t.kind), t.id))


def verb(position: Position, scene: Scene) -> str | None:
    """The source's own words for what a holder does, where the report has them."""
    own = scene.done.get(position.act_event_id or "")
    if own is not None:
        trigger = {"trigger": own.trigger.text, "trigger_start": own.trigger.start}
        return done({**trigger, "evidence": position.evidence.text, "evidence_start": position.evidence.start})
    said = scene.said.get(position.attribution or "")
    return " ".join(s.text for s in said.cue) or None if said is not None and said.confidence < WORDS_OF else None


def _named(p: Participant, scene: Scene) -> Part:
    """Who takes part, as it is written; whom a pronoun means is said beside it."""
    actor = scene.who.get(p.actor_id or "")
    form = next((m.form for m in actor.mentions if (m.start, m.end) == (p.start, p.end)), None) if actor else None
    text = f"{p.text} ({actor.name})" if actor and form in UNNAMED and actor.name.casefold() != p.text.casefold() else p.text
    return Part(short(text, LONGEST), to("/actor", id=p.actor_id) if actor else None, "who")


def _event(scene: Scene, e: Event) -> Told:
    across = scene.event(e.id)
    who = [_named(p, scene) for p in e.actors]
    whom = [_named(p, scene) for p in e.recipients]
    parts = [*who, Part(f"“{e.trigger.text}”", to("/event", id=across), "verb"), *whom]
    voice = scene.voice(e.claimed_by)
    figures = [(plain(m.what), f"{m.span.text}, {'as ' + scene.voice(m.claimed_by).name + ' says' if m.claimed_by else 'as it says'}") for m in e.magnitudes]
    when = (("when", f"{day(e.date.value)}: {plain(e.date.reason)}"),) if e.date else ()
    where = (("where", f"{e.place.name}: “{e.place.text}”"),) if e.place else ()
    head = (kind(e.type), day(dataclasses.asdict(e.date)) if e.date else "", e.place.name if e.place else "", PUT.get(e.veridicality, ""))
    return Told(
        id=e.id,
        kind="event",
        anchor=e.trigger,
        spans=(e.trigger, *e.actors, *e.recipients),
        line=tuple(x for x in head if x),
        parts=tuple(parts),
        quote=e.evidence,
        voice=voice,
        hearsay=scene.at_second_hand(e.claimed_by),
        facts=(*when, *where, *figures),
        event=across,
        confidence=e.confidence,
        reason=e.reason,
        citation=cited(scene.report.article, scene.about, e.evidence, scene.said, e.claimed_by),
    )


def _position(scene: Scene, p: Position) -> Told:
    across = scene.event(p.object.event_id)
    own = verb(p, scene)
    doing = Part(f"“{own}”" if own else act(p.act), None, "verb")
    on = to("/event", id=across) if across else to("/actor", id=p.object.actor_id) if p.object.actor_id in scene.who else None
    holder = scene.who.get(p.holder.actor_id or "")
    facts = [
        ("stand", act(p.act) if own else ""),
        ("holder", holder.name if holder and holder.name != p.holder.text else ""),
        ("said", f"{day(p.said.value)}: {plain(p.said.reason)}" if p.said.value else ""),
        ("to", p.addressee.text if p.addressee else ""),
        ("status", "" if p.status == "taken" else plain(p.status)),
    ]
    return Told(
        id=p.id,
        kind="position",
        anchor=p.object,
        spans=(p.object, p.holder),
        line=tuple(x for x in (day(p.said.value), "" if p.status == "taken" else plain(p.status)) if x),
        parts=(_named(p.holder, scene), doing, Part(short(p.object.text), on, "object")),
        quote=p.evidence,
        voice=scene.voice(p.attribution),
        hearsay=p.basis == "reported_by_third_party" or scene.at_second_hand(p.attribution),
        facts=tuple(f for f in facts if f[1]),
        event=across,
        confidence=p.confidence,
        reason=p.reason,
        citation=cited(scene.report.article, scene.about, p.evidence, scene.said, p.attribution),
    )


def _quotation(scene: Scene, a: Attribution) -> Told:
    voice, s = speaker_of(a), a.speaker
    behalf = scene.who.get(s.on_behalf_of or "")
    words = a.confidence >= WORDS_OF
    parent = scene.said.get(a.parent or "")
    facts = [
        ("role", s.role or ""),
        ("of", s.affiliation or ""),
        ("on behalf of", behalf.name if behalf else s.on_behalf_of or ""),
        ("through", a.channel or ""),
        ("as told by", speaker_of(parent).name if parent else ""),
        ("attributed is", "" if words else "an attitude, not words"),
    ]
    anchor = a.cue[0] if a.cue else a.content[0]
    content = a.content[0] if a.content else anchor
    cue = " ".join(x.text for x in a.cue)
    parts = (Part(voice.name, to("/actor", id=voice.id) if voice.id in scene.who else None, "who"), Part(f"“{cue}”" if cue else "is quoted", None, "verb"))
    return Told(
        id=a.id,
        kind="quotation",
        anchor=anchor,
        spans=(*a.source, *a.cue, *a.content),
        line=tuple(x for x in (f"{a.kind} speech" if words else "attitude", s.role or "") if x),
        parts=parts,
        quote=content,
        voice=voice,
        hearsay=parent is not None,
        facts=tuple(f for f in facts if f[1]),
        confidence=a.confidence,
        reason=a.reason,
        citation=cited(scene.report.article, scene.about, content, scene.said, a.id, quoted=True),
    )


def _place(scene: Scene, p: Place) -> Told:
    where = (p.name, p.admin1.name if p.admin1 else "", p.country or "")
    facts = [
        ("is", ", ".join(dict.fromkeys(x for x in where if x))),
        ("used as", plain(p.use)),
        ("point", f"{p.lat:.3f}, {p.lon:.3f} ({p.precision})" if p.lat is not None and p.lon is not None else ""),
        ("disputed", "yes" if p.disputed else ""),
        ("GeoNames", str(p.geonameid or "")),
    ]
    return _small(scene, "place", p.id, p, (Part(p.text),), facts, p.confidence, p.reason)


def _time(scene: Scene, t: Time) -> Told:
    return _small(scene, "time", t.id, t, (Part(t.text),), [("is", t.value)], t.confidence, t.reason)


def _actor(scene: Scene, a: Actor) -> Told:
    facts = [
        ("kind", plain(a.kind)),
        ("country", a.country or ""),
        ("role", a.role or ""),
        ("of", a.affiliation or ""),
        ("mentioned", f"{len(a.mentions)} times" if len(a.mentions) > 1 else "once"),
    ]
    return _small(scene, "actor", a.id, a.mentions[0], (Part(a.name, to("/actor", id=a.id), "who"),), facts, None, a.reason, spans=a.mentions)


def _small(
    scene: Scene,
    kind: Kind,
    id: str,
    span: Span,
    parts: tuple[Part, ...],
    facts: list[tuple[str, str]],
    confidence: float | None,
    reason: str,
    spans: tuple[Span, ...] = (),
) -> Told:
    voice = voice_at(scene.report.attributions, span.start, span.end)
    return Told(
        id=id,
        kind=kind,
        anchor=span,
        spans=spans or (span,),
        line=(),
        parts=parts,
        quote=None,
        voice=scene.voice(voice.id if voice else None),
        facts=tuple(f for f in facts if f[1]),
        confidence=confidence,
        reason=reason,
    )


def _term(scene: Scene, f: Framing) -> Told:
    across = scene.event(f.about)
    actor = scene.who.get(f.about)
    of = "what happened" if across else actor.name if actor else f.about
    where = to("/event", id=across) if across else to("/actor", id=f.about) if actor else None
    return Told(
        id=f.id,
        kind="term",
        anchor=f.term,
        spans=(f.term,),
        line=(frame(f.category),),
        parts=(Part(f"“{f.term.text}”", None, "verb"), Part("said of"), Part(short(of, LONGEST), where, "object")),
        quote=None,
        voice=scene.voice(f.attribution),
        facts=(("such a term", frame(f.category)),),
        event=across,
        confidence=f.confidence,
        reason=f.reason,
        citation=None,
    )
