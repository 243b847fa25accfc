"""Label Studio: tasks with what was found as predictions, the labelling interface that shows them, and exports read back.

Source: Label Studio's documentation of its task format and tags, and its editor's source. Offsets of regions are counted in code points of the text by
its present editor, and in UTF-16 units by editors before 2022; each region says its words too, by which the two are told apart. Its editor writes a
line break in these words as a backslash and an n. Regions are in one piece: the pieces of what has several are tied by the relation ``continued``.
"""

from __future__ import annotations

import bisect
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from onrecord.annotate.building import built
from onrecord.annotate.gold import Gold
from onrecord.annotate.marking import marked
from onrecord.annotate.marks import ATTRIBUTION, ENTITIES, ROLES, SAID, SAYS, VERIDICALITY, AnnotationError, Group, Link, Mark, Marked
from onrecord.ontology import ACTS, EVENT_TYPES
from onrecord.records import Report

Row = dict[str, Any]
CONTINUED = "continued"
LABEL, TEXT, NOTE, PUT, MODE, LINKS = "label", "text", "note", "veridicality", "mode", "relations"
COLOURS = ("#b8d4f0", "#ffe0a3", "#c7e9c0", "#f5d0c0", "#e0d0f0", "#d9d9d9")


def tasks(reports: Iterable[Report]) -> Iterator[Row]:
    """A task for each report, with what was found as a prediction, for Label Studio's JSON import."""
    for report in reports:
        article = report.article
        shown = {name: getattr(article, name) or "" for name in ("title", "publisher", "published", "url")}
        data = {"text": article.text, "article": article.id, **shown, "report": report.to_dict()}
        yield {"data": data, "predictions": [{"model_version": report.coder or "onrecord", "result": results(report)}]}


def results(report: Report) -> list[Row]:
    """What was found, as regions and relations."""
    made = marked(report)
    out: list[Row] = []
    first: dict[str, str] = {}
    by_trigger: dict[str, int] = defaultdict(int)
    for mark in made.marks.values():
        if mark.type in ENTITIES:
            first[mark.id] = mark.id
            out += _regions(made.text, mark, mark.id, mark.coded)
    for group in made.groups:
        trigger = made.marks[group.trigger]
        first[group.id] = group.id
        by_trigger[group.trigger] += 1
        out += _regions(made.text, trigger, group.id, group.coded)
        for name, tag in (("Veridicality", PUT), ("Mode", MODE)):
            if value := group.attributes.get(name):
                start, end = trigger.pieces[0]
                out.append({"id": group.id, "from_name": tag, "to_name": TEXT, "type": "choices", "value": {"start": start, "end": end, "choices": [value]}})
    for group in made.groups:
        out += [_relation(group.id, first[id], role) for role, id in group.roles]
    out += [_relation(first[link.source], first[link.target], link.type) for link in made.links]
    return out


def _regions(text: str, mark: Mark, id: str, coded: tuple[str, ...]) -> Iterator[Row]:
    for number, (start, end) in enumerate(mark.pieces):
        own = id if not number else f"{id}-{number + 1}"
        value = {"start": start, "end": end, "text": text[start:end], "labels": [mark.type]}
        meta = {"meta": {"text": list(coded)}} if coded and not number else {}
        yield {"id": own, "from_name": LABEL, "to_name": TEXT, "type": "labels", "value": value, **meta}
        if number:
            yield _relation(id if number == 1 else f"{id}-{number}", own, CONTINUED)


def _relation(source: str, target: str, label: str) -> Row:
    return {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": [label]}


def interface(reports: Iterable[Report] = ()) -> str:
    """The labelling interface: XML for a project's settings.

    Args:
        reports: what will be labelled, whose types and modes are added to the packaged ones.
    """
    types, modes = set(EVENT_TYPES), {m for t in EVENT_TYPES.values() for m in t.modes}
    for event in (e for report in reports for e in report.events):
        types.add(event.type)
        modes |= {event.mode} if event.mode else set()
    labels = [*ENTITIES, ATTRIBUTION, *sorted(types)]
    when = f'visibleWhen="region-selected" whenLabelValue={quoteattr(",".join(sorted(types)))}'
    parts = ["<View>", '  <Header value="$title"/>', f'  <Labels name="{LABEL}" toName="{TEXT}">']
    parts += [f"    <Label value={quoteattr(name)} background={quoteattr(colour)}/>" for name, colour in zip(labels, itertools.cycle(COLOURS), strict=False)]
    parts += ["  </Labels>", f'  <Text name="{TEXT}" value="$text" granularity="symbol"/>']
    for name, values in ((PUT, VERIDICALITY), (MODE, tuple(sorted(modes)))):
        parts.append(f'  <Choices name="{name}" toName="{TEXT}" perRegion="true" choice="single" {when}>')
        parts += [*(f"    <Choice value={quoteattr(value)}/>" for value in values), "  </Choices>"]
    parts.append(f'  <TextArea name="{NOTE}" toName="{TEXT}" perRegion="true" placeholder="a note, or fields: date=2021-03-07"/>')
    parts.append("  <Relations>")
    parts += [f"    <Relation value={quoteattr(name)}/>" for name in (*ROLES[:2], *ROLES[3:], *SAID, "Place", SAYS, CONTINUED, *ACTS)]
    return "\n".join([*parts, "  </Relations>", "</View>", ""])


def write(reports: Iterable[Report], path: Path) -> int:
    """Write tasks, and the labelling interface beside them (``.xml``); returns how many tasks."""
    found = list(reports)
    path.write_text(json.dumps(list(tasks(found)), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    path.with_suffix(".xml").write_text(interface(found), encoding="utf-8")
    return len(found)


def read(path: Path, *, annotator: str | None = None) -> Iterator[Gold]:
    """What annotators made of the tasks of an export (JSON): one for each annotation that was not cancelled.

    Args:
        path: a file that Label Studio exported as JSON.
        annotator: only what this one made.

    Raises:
        AnnotationError: the file is no such export, or a region is not in the text; the message names file, task and region.
    """
    try:
        rows = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise AnnotationError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from error
    if not isinstance(rows, list) or not all(isinstance(r, dict) and isinstance(r.get("data"), dict) for r in rows):
        raise AnnotationError(f"{path}: not a JSON export of Label Studio: a list of tasks with their data (not JSON-MIN)")
    for number, row in enumerate(rows, 1):
        at = f"{path}: task {row.get('id', number)}"
        text = row["data"].get(TEXT)
        if not isinstance(text, str):
            raise AnnotationError(f"{at}: no text in its data")
        article = str(row["data"].get("article") or row.get("id", number))
        before = _before(row["data"].get("report"), text, at)
        for annotation in _objects(row.get("annotations"), f"{at}: its annotations"):
            who = _who(annotation)
            if annotation.get("was_cancelled") or (annotator is not None and who != annotator):
                continue
            here = f"{at}, annotation {annotation.get('id', '')}".rstrip()
            found = parsed(_objects(annotation.get("result"), f"{here}: its result"), text, here)
            yield built(found, before, annotator=who, tool="label-studio", where=at, id=article)


def _objects(rows: Any, where: str) -> list[Row]:
    """Rows of an export, seen to be objects; none where there are none."""
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(isinstance(r, dict) and isinstance(r.get("value") or {}, dict) for r in rows):
        raise AnnotationError(f"{where}: not a list of objects, as Label Studio exports them")
    return rows


def _before(body: Any, text: str, at: str) -> Report | None:
    if not body:
        return None
    try:
        return Report.from_dict(body, text=text)
    except ValueError as error:
        raise AnnotationError(f"{at}: {error}") from error


def _who(annotation: Row) -> str | None:
    """Who made an annotation: an address where the export has it, else a number."""
    by = annotation.get("completed_by")
    if isinstance(by, dict):
        by = by.get("email") or by.get("username") or by.get("id")
    return None if by is None else str(by)


def parsed(result: list[Row], text: str, where: str) -> Marked:
    """The marks of an annotation.

    Raises:
        AnnotationError: a region is not in the text, or a relation ties what is not there.
    """
    counted = _Counting(text)
    spans: dict[str, tuple[str, int, int, tuple[str, ...]]] = {}
    chosen: dict[str, dict[str, str]] = defaultdict(dict)
    notes: dict[str, str] = {}
    ties: list[tuple[str, str, str, str]] = []
    regions = [r for r in result if r.get("type") == "labels"]
    units = counted.in_units(regions)
    for row in result:
        id, value, type = str(row.get("id", "")), row.get("value") or {}, row.get("type")
        at = f"{where}, region {id}"
        if type == "labels":
            start, end = counted.place(value, units, at)
            labels = value.get("labels") or []
            if len(labels) != 1:
                raise AnnotationError(f"{at}: {len(labels)} labels, and one is needed")
            coded = (row.get("meta") or {}).get("text") or ()
            spans[id] = (str(labels[0]), start, end, (coded,) if isinstance(coded, str) else tuple(map(str, coded)))
        elif type == "choices":
            choices = value.get("choices") or ""
            chosen[id][str(row.get("from_name"))] = choices if isinstance(choices, str) else str(choices[0])
        elif type == "textarea":
            said = value.get("text") or ""
            notes[id] = said if isinstance(said, str) else " ".join(map(str, said))
        elif type == "relation":
            ties.append((str(row.get("from_id")), str(row.get("to_id")), str((row.get("labels") or [""])[0]), where))
    for source, target, label, _ in ties:
        if source not in spans or target not in spans:
            raise AnnotationError(f"{where}: the relation {label!r} from {source} to {target} ties a region that is not there")
    return _tied(text, spans, chosen, notes, ties, where)


def _tied(text: str, spans: Any, chosen: Any, notes: dict[str, str], ties: list[tuple[str, str, str, str]], where: str) -> Marked:
    """Regions and relations as marks, events and links."""
    found = Marked(text=text)
    after = {source: target for source, target, label, _ in ties if label == CONTINUED}
    rest = set(after.values())
    heads: dict[str, str] = {}
    for id, (type, _, _, coded) in spans.items():
        if id in rest:
            continue
        chain = [id]
        while chain[-1] in after and after[chain[-1]] not in chain:
            chain.append(after[chain[-1]])
        heads |= dict.fromkeys(chain, id)
        pieces = tuple(sorted((spans[n][1], spans[n][2]) for n in chain))
        found.marks[id] = Mark(id=id, type=type, pieces=pieces, coded=coded, note=notes.get(id, ""), where=f"{where}, region {id}")
    acts = [(heads.get(s, s), heads.get(t, t), label) for s, t, label, _ in ties if label != CONTINUED]
    for id, mark in list(found.marks.items()):
        if mark.type in ENTITIES:
            continue
        roles = tuple(dict.fromkeys((label, target) for source, target, label in acts if source == id and label in (*ROLES, *SAID)))
        attributes = {name: value for name, tag in (("Veridicality", PUT), ("Mode", MODE)) if (value := chosen[id].get(tag))}
        found.groups.append(Group(id=id, type=mark.type, trigger=id, roles=roles, attributes=attributes, coded=mark.coded, note=mark.note, where=mark.where))
    for number, (source, target, label) in enumerate(acts, 1):
        if label in ACTS or label == SAYS:
            found.links.append(Link(id=f"R{number}", type=label, source=source, target=target, where=f"{where}, relation {source} to {target}"))
        elif label not in (*ROLES, *SAID):
            raise AnnotationError(f"{where}: there is no relation {label!r}")
    return found


class _Counting:
    """A text whose characters are counted as code points, or as units of UTF-16."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._wide = [n for n, c in enumerate(text) if ord(c) > 0xFFFF]
        self._after = [n + k for k, n in enumerate(self._wide)]  # where each wide character begins, in units

    def point(self, unit: int) -> int:
        """The code point at a unit of UTF-16."""
        return unit - bisect.bisect_left(self._after, unit)

    def in_units(self, regions: Iterable[Row]) -> bool:
        """Whether regions are counted in units: where their words are right so, and as code points some are wrong."""
        told = [v for r in regions if isinstance((v := r.get("value") or {}).get("text"), str) and isinstance(v.get("start"), int)]
        if not self._wide or all(self._says(v["start"], v["end"], v["text"], exactly=True) for v in told):
            return False
        return all(self._says(self.point(v["start"]), self.point(v["end"]), v["text"]) for v in told)

    def place(self, value: Row, units: bool, at: str) -> tuple[int, int]:
        """Where a region stands, in code points."""
        start, end = value.get("start"), value.get("end")
        if not isinstance(start, int) or not isinstance(end, int):
            raise AnnotationError(f"{at}: no offsets")
        if units:
            start, end = self.point(start), self.point(end)
        if not 0 <= start < end <= len(self._text):
            raise AnnotationError(f"{at}: {start} to {end} is not in the text, which has {len(self._text)} characters")
        said = value.get("text")
        if isinstance(said, str) and not self._says(start, end, said):
            raise AnnotationError(f"{at}: says {said[:60]!r}, and the text has {self._text[start:end][:60]!r} there: was the text changed?")
        return start, end

    def _says(self, start: int, end: int, words: str, *, exactly: bool = False) -> bool:
        if end > len(self._text):
            return False
        own = self._text[start:end]
        return _broken(own) == _broken(words) if exactly else _plain(own) == _plain(words)


def _plain(words: str) -> str:
    """Words without what the editor may write otherwise: white space, and line breaks as a backslash and an n."""
    return "".join(_broken(words).split())


def _broken(words: str) -> str:
    """Words with one sign for a line break."""
    return words.replace("\\n", "\n").replace("\r", "\n")
