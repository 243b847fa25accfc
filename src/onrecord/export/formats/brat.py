"""``brat``: a text and a file of stand-off annotations for each article, with the configuration that shows them in brat.

Source: the description of brat's stand-off format and configuration (brat.nlplab.org). Offsets are characters (code points) of the text
file, the end not included; a span that runs over a line break, and one of several pieces, is written as pieces (``0 5;9 12``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from onrecord.export.rows import speaker_name
from onrecord.ontology import ACTS, EVENT_TYPES
from onrecord.records import Attribution, Event, Report, Span, digest

ENTITIES = ("State", "DeFactoEntity", "Body", "Group", "Organisation", "Person", "Unresolved", "Place", "Time", "Source", "Content", "Object", "LoadedTerm")
KINDS = {"state": "State", "de_facto": "DeFactoEntity", "body": "Body", "group": "Group", "organisation": "Organisation", "person": "Person"}
ANYBODY = "State|DeFactoEntity|Body|Group|Organisation|Person|Unresolved|Place|Source"
VERIDICALITY = ("asserted", "denied", "hypothetical", "planned", "demanded")
SAYS = "Says"
FILE = re.compile(r"[^\w.-]+", re.ASCII)
LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
BREAK = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
LONGEST_NAME = 80


def write(reports: Iterable[Report], folder: Path) -> int:
    """Write the articles of reports, and ``annotation.conf``; returns how many articles.

    Args:
        reports: what was found; they carry their articles' texts.
        folder: where to write; it is made where it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    types = set(EVENT_TYPES)
    modes = {m for t in EVENT_TYPES.values() for m in t.modes}
    number = 0
    for number, report in enumerate(reports, 1):
        name = file_name(report.article.id)
        (folder / f"{name}.txt").write_bytes(report.article.text.encode("utf-8", "replace"))
        (folder / f"{name}.ann").write_text("".join(f"{line}\n" for line in lines(report)), encoding="utf-8", newline="\n")
        types.update(e.type for e in report.events)
        modes.update(e.mode for e in report.events if e.mode)
    (folder / "annotation.conf").write_text(configuration(types, modes), encoding="utf-8", newline="\n")
    return number


def file_name(article_id: str) -> str:
    """A file's name for an article, without an ending: its id, and where a file can't be called that the part that can with a hash."""
    plain = FILE.sub("-", article_id).strip(".-")[:LONGEST_NAME]
    return plain if plain == article_id else f"{plain}-{digest(article_id, length=8)}".lstrip("-")


def lines(report: Report) -> Iterator[str]:
    """The lines of an article's stand-off file."""
    return iter(_File(report).lines)


def configuration(types: Iterable[str], modes: Iterable[str]) -> str:
    """What brat must know of the annotations: ``annotation.conf``."""
    roles = f"Actor*:{ANYBODY}, Recipient*:{ANYBODY}, Place?:Place, Figure*:<ENTITY>"
    said = f"Source*:{ANYBODY}, Content*:Content"
    parts = ["[entities]", *ENTITIES, "", "[relations]", f"{SAYS}\tArg1:{ANYBODY}, Arg2:Content"]
    parts += [f"{act}\tArg1:{ANYBODY}, Arg2:Object" for act in ACTS]
    parts += ["", "[events]", *(f"{name}\t{roles}" for name in sorted(types)), f"Attribution\t{said}", "", "[attributes]"]
    parts += [f"Veridicality\tArg:<EVENT>, Value:{'|'.join(VERIDICALITY)}", f"Mode\tArg:<EVENT>, Value:{'|'.join(sorted(modes))}"]
    return "\n".join(parts) + "\n"


class _File:
    """The annotations of one article, numbered as they come."""

    def __init__(self, report: Report) -> None:
        self.lines: list[str] = []
        self._report = report
        self._text = report.article.text
        self._number: dict[str, int] = {}
        self._bound: dict[tuple[str, tuple[tuple[int, int], ...]], str] = {}
        self._who: dict[tuple[int, int], str] = {}
        for actor in report.actors:
            for mention in actor.mentions:
                id = self.bound(KINDS.get(actor.kind, "Unresolved"), (mention,))
                self._who.setdefault((mention.start, mention.end), id)
                self._note(id, " ".join(x for x in (actor.id, actor.name) if x))
        for place in report.places:
            if place.use == "place":
                self._note(self.bound("Place", (place,)), f"{place.name} {place.country or ''} GeoNames:{place.geonameid or '-'}")
        for time in report.times:
            self._note(self.bound("Time", (time,)), f"{time.type} {time.value}")
        for event in report.events:
            self._event(event)
        for attribution in report.attributions:
            self._attribution(attribution)
        for position in report.positions:
            arguments = f"Arg1:{self._party(position.holder)} Arg2:{self.bound('Object', (position.object,))}"
            self._line("R", f"{position.act} {arguments}")
        for term in report.framing:
            self._note(self.bound("LoadedTerm", (term.term,)), term.category)

    def bound(self, type: str, spans: Sequence[Span]) -> str:
        """The id of a text-bound annotation of that type on those spans; the same one for the same spans."""
        pieces = tuple(piece for s in sorted(spans, key=lambda s: s.start) for piece in _pieces(self._text, s))
        key = (type, pieces)
        if key not in self._bound:
            where = ";".join(f"{a} {b}" for a, b in pieces)
            words = " ".join(BREAK.sub(" ", self._text[a:b]) for a, b in pieces)
            self._bound[key] = self._line("T", f"{type} {where}\t{words}")
        return self._bound[key]

    def _line(self, kind: str, body: str) -> str:
        self._number[kind] = self._number.get(kind, 0) + 1
        id = f"{kind}{self._number[kind]}"
        self.lines.append(f"{id}\t{body}")
        return id

    def _note(self, of: str, words: str) -> None:
        self._line("#", f"AnnotatorNotes {of}\t{' '.join(words.split())}")

    def _party(self, span: Span) -> str:
        return self._who.get((span.start, span.end)) or self.bound("Unresolved", (span,))

    def _event(self, event: Event) -> None:
        roles = [("Actor", self._party(p)) for p in event.actors] + [("Recipient", self._party(p)) for p in event.recipients]
        if event.place is not None:
            roles.append(("Place", self.bound("Place", (event.place,))))
        roles += [("Figure", self._party(m.span)) for m in event.magnitudes]
        trigger = self.bound(event.type, (event.trigger,))
        id = self._line("E", " ".join([f"{event.type}:{trigger}", *_numbered(roles)]))
        self._line("A", f"Veridicality {id} {event.veridicality}")
        if event.mode:
            self._line("A", f"Mode {id} {event.mode}")
        self._note(id, f"{event.id} {event.reason}")

    def _attribution(self, attribution: Attribution) -> None:
        content = self.bound("Content", attribution.content)
        source = self._source(attribution.source)
        if attribution.cue:
            roles = [*([("Source", source)] if source else []), ("Content", content)]
            id = self._line("E", " ".join([f"Attribution:{self.bound('Attribution', attribution.cue)}", *_numbered(roles)]))
            self._note(id, f"{attribution.id} {attribution.kind} {speaker_name(attribution)}")
        elif source:
            self._line("R", f"{SAYS} Arg1:{source} Arg2:{content}")
        else:
            self._note(content, f"{attribution.id} {attribution.kind} {speaker_name(attribution)}")

    def _source(self, spans: tuple[Span, ...]) -> str | None:
        if not spans:
            return None
        known = self._who.get((spans[0].start, spans[0].end)) if len(spans) == 1 else None
        return known or self.bound("Source", spans)


def _numbered(roles: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Roles with who has them; the second of a role is numbered 2, and so on, as brat does."""
    count: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    for role, id in roles:
        if (role, id) in seen:
            continue
        seen.add((role, id))
        count[role] = count.get(role, 0) + 1
        yield f"{role}{count[role] if count[role] > 1 else ''}:{id}"


def _pieces(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The pieces of a span that lie in one line each, without the blanks at their ends; a span of blanks is one piece."""
    if not span.text.strip():
        yield span.start, span.end
    for m in LINE.finditer(text, span.start, span.end):
        words = m[0].strip()
        if words:
            start = m.start() + len(m[0]) - len(m[0].lstrip())
            yield start, start + len(words)
