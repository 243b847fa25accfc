"""``brat``: a text and a file of stand-off annotations for each article, with the configuration that shows them in brat; written, and read back.

Source: the description of brat's stand-off format and configuration (brat.nlplab.org), and its server's reader. Offsets are characters (code points)
of the text file, the end not included; a span that runs over a line break or tab, and one of several pieces, is written as pieces (``0 5;9 12``), whose words
are joined by blanks. What brat has no place for stays in ``reports.jsonl`` beside the texts, which brat leaves alone.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from onrecord.annotate.building import built
from onrecord.annotate.gold import Gold
from onrecord.annotate.marking import marked, numbered
from onrecord.annotate.marks import ATTRIBUTION, BREAKS, ENTITIES, PARTIES, ROLES, SAID, SAYS, VERIDICALITY, AnnotationError, Group, Link, Mark, Marked, lines
from onrecord.ontology import ACTS, EVENT_TYPES
from onrecord.records import Report, digest

REPORTS = "reports.jsonl"
ATTRIBUTES = ("Veridicality ", "Mode ")
NOTE, CODED = "AnnotatorNotes", "Coded"
"""Comments: of an annotator, which brat's pages change, and ours, which they show."""
BAR = " | "
MARK = "\ufeff"
BREAK = re.compile(f"[{BREAKS}]")
FILE = re.compile(r"[^\w.-]+", re.ASCII)
LONGEST_NAME = 80
COLOURS = {
    "State": "#b8d4f0",
    "DeFactoEntity": "#b8d4f0",
    "Person": "#ffe0a3",
    "Place": "#c7e9c0",
    "Time": "#e0d0f0",
    "Content": "#f0f0e0",
    "Object": "#f5d0c0",
}


def write(reports: Iterable[Report], folder: Path) -> int:
    """Write the articles of reports, and the configuration; returns how many articles.

    Args:
        reports: what was found; they carry their articles' texts.
        folder: where to write; it is made where it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    types = set(EVENT_TYPES)
    modes = {m for t in EVENT_TYPES.values() for m in t.modes}
    number = 0
    with (folder / REPORTS).open("w", encoding="utf-8", newline="\n") as kept:
        for number, report in enumerate(reports, 1):
            name = file_name(report.article.id)
            (folder / f"{name}.txt").write_bytes(report.article.text.encode("utf-8", "replace"))
            (folder / f"{name}.ann").write_text("".join(f"{line}\n" for line in standoff(report)), encoding="utf-8", newline="\n")
            kept.write(report.to_json() + "\n")
            types.update(e.type for e in report.events)
            modes.update(e.mode for e in report.events if e.mode)
    (folder / "annotation.conf").write_text(configuration(types, modes), encoding="utf-8", newline="\n")
    (folder / "visual.conf").write_text(colours(), encoding="utf-8", newline="\n")
    return number


def file_name(article_id: str) -> str:
    """A file's name for an article, without an ending: its id, and where a file can't be called that the part that can with a hash."""
    plain = FILE.sub("-", article_id).strip(".-")[:LONGEST_NAME]
    return plain if plain == article_id else f"{plain}-{digest(article_id, length=8)}".lstrip("-")


def standoff(report: Report) -> Iterator[str]:
    """The lines of an article's stand-off file."""
    made = marked(report)
    comments: list[tuple[str, tuple[str, ...]]] = []
    for mark in made.marks.values():
        pieces = lines(made.text, mark.pieces)
        words = " ".join(BREAK.sub(" ", made.text[a:b]) for a, b in pieces)
        yield f"{mark.id}\t{mark.type} {';'.join(f'{a} {b}' for a, b in pieces)}\t{words}"
        comments.append((mark.id, mark.coded))
    attribute = 0
    for group in made.groups:
        yield f"{group.id}\t{' '.join([f'{group.type}:{group.trigger}', *numbered(group.roles)])}"
        for name, value in group.attributes.items():
            attribute += 1
            yield f"A{attribute}\t{name} {group.id} {value}"
        comments.append((group.id, group.coded))
    for link in made.links:
        yield f"{link.id}\t{link.type} Arg1:{link.source} Arg2:{link.target}"
        comments.append((link.id, link.coded))
    for number, (of, coded) in enumerate((c for c in comments if c[1]), 1):
        yield f"#{number}\t{CODED} {of}\t{BAR.join(' '.join(c.split()) for c in coded)}"


def configuration(types: Iterable[str], modes: Iterable[str]) -> str:
    """What brat must know of the annotations: ``annotation.conf``."""
    anybody = "|".join(PARTIES)
    roles = f"Actor*:{anybody}, Recipient*:{anybody}, Place?:Place, Figure*:<ENTITY>"
    said = f"Source*:{anybody}, Content*:Content"
    parts = ["[entities]", *ENTITIES, "", "[relations]", f"{SAYS}\tArg1:{anybody}, Arg2:Content"]
    parts += [f"{act}\tArg1:{anybody}, Arg2:Object" for act in ACTS]
    parts += ["", "[events]", *(f"{name}\t{roles}" for name in sorted(types)), f"{ATTRIBUTION}\t{said}", "", "[attributes]"]
    parts += [f"Veridicality\tArg:<EVENT>, Value:{'|'.join(VERIDICALITY)}", f"Mode\tArg:<EVENT>, Value:{'|'.join(sorted(modes))}"]
    return "\n".join(parts) + "\n"


def colours() -> str:
    """How brat draws the annotations: ``visual.conf``."""
    return (
        "\n".join(["[labels]", "", "[drawing]", "SPAN_DEFAULT\tfgColor:black, bgColor:#e8e8e8, borderColor:darken"])
        + "\n"
        + "".join(f"{name}\tbgColor:{colour}\n" for name, colour in COLOURS.items())
    )


def read(folder: Path, *, annotator: str | None = None) -> Iterator[Gold]:
    """What annotators made of the articles of a folder.

    Args:
        folder: ``.txt`` and ``.ann`` files, as :func:`write` makes them or as brat has them of its own.
        annotator: who annotated; by default nobody in particular.

    Raises:
        AnnotationError: a line is no annotation, or speaks of what is not there; the message names file and line.
    """
    before = _reports(folder / REPORTS)
    files = sorted(folder.glob("*.ann"))
    if not files:
        raise AnnotationError(f"{folder}: no .ann files" if folder.is_dir() else f"{folder}: there is no such folder")
    for path in files:
        found, report = _article(path, before.get(path.stem))
        yield built(found, report, annotator=annotator, tool="brat", where=str(path), id=path.stem)


def _article(path: Path, body: dict[str, object] | None) -> tuple[Marked, Report | None]:
    """The marks of a file, and the report that they were made from; a byte order mark that an editor put before the text is not counted."""
    text, marks = _text(path.with_suffix(".txt")), _text(path).removeprefix(MARK)
    try:
        return parsed(marks, text, str(path)), _bound(body, text, path)
    except AnnotationError:
        if not text.startswith(MARK):
            raise
    text = text.removeprefix(MARK)
    return parsed(marks, text, str(path)), _bound(body, text, path)


def _bound(body: dict[str, object] | None, text: str, path: Path) -> Report | None:
    if body is None:
        return None
    try:
        return Report.from_dict(body, text=text)
    except ValueError as error:
        raise AnnotationError(f"{path.with_suffix('.txt')}: {error}") from error


def _reports(path: Path) -> dict[str, dict[str, object]]:
    """The reports that were exported, by the names of their files."""
    if not path.exists():
        return {}
    out = {}
    with path.open(encoding="utf-8-sig") as rows:
        for number, line in enumerate(rows, 1):
            if not line.strip():
                continue
            try:
                body = json.loads(line)
                out[file_name(body["article"]["id"])] = body
            except (ValueError, KeyError, TypeError) as error:
                raise AnnotationError(f"{path}:{number}: not a report: {error}") from error
    return out


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotationError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from error


def parsed(body: str, text: str, where: str) -> Marked:
    """The marks of a stand-off file.

    Args:
        body: the file.
        text: the text that it is of.
        where: its name, for messages.

    Raises:
        AnnotationError: a line is no annotation; the message names it.
    """
    found = Marked(text=text)
    late: list[tuple[str, str, list[str], str]] = []
    seen: set[str] = set()
    for number, line in enumerate(body.split("\n"), 1):
        at = f"{where}:{number}"
        line = line.rstrip("\r")
        if not line.strip():
            continue
        id, *rest = line.split("\t")
        if not rest or not id:
            raise AnnotationError(f"{at}: not an annotation: {line[:60]!r}")
        if id != "*" and id in seen:
            raise AnnotationError(f"{at}: {id} is there twice")
        seen.add(id)
        if id[0] == "T":
            found.marks[id] = _mark(id, rest, text, at)
        else:
            late.append((id, rest[0], rest[1:], at))
    for id, head, rest, at in late:
        if id[0] == "E":
            found.groups.append(_group(id, head, found, seen, at))
        elif id[0] == "R":
            found.links.append(_link(id, head, found, at))
        elif id[0] not in "AM#*N":
            raise AnnotationError(f"{at}: not an annotation that is known: {id}")
        elif id[0] in "*N" or (id[0] in "AM" and not head.startswith(ATTRIBUTES)):
            found.problems.append(f"{at}: {head[:60]!r} is left out: nothing here is told by it")
    _comments(found, late)
    return found


def _mark(id: str, rest: list[str], text: str, at: str) -> Mark:
    type, _, offsets = rest[0].partition(" ")
    try:
        pieces = tuple((int(a), int(b)) for a, b in (p.split(" ") for p in offsets.split(";")))
    except ValueError as error:
        raise AnnotationError(f"{at}: no offsets: {rest[0]!r}") from error
    if any(not 0 <= a < b <= len(text) for a, b in pieces):
        raise AnnotationError(f"{at}: {offsets} is not in the text, which has {len(text)} characters")
    said = " ".join(text[a:b] for a, b in pieces)
    if len(rest) > 1 and " ".join(rest[1:]).split() != said.split():
        raise AnnotationError(f"{at}: says {rest[1]!r}, and the text has {said!r} there: was the text changed?")
    return Mark(id=id, type=type, pieces=pieces, where=at)


def _group(id: str, head: str, found: Marked, seen: Container[str], at: str) -> Group:
    (type, trigger), *roles = ((*word.split(":", 1), "")[:2] for word in head.split() or [""])
    if trigger not in found.marks:
        raise AnnotationError(f"{at}: an event needs a trigger that is there: {head!r}")
    known = []
    for role, target in roles:
        if target not in seen:
            raise AnnotationError(f"{at}: {target or role} is not there")
        plain = role.rstrip("0123456789")
        if target in found.marks and plain in (SAID if type == ATTRIBUTION else ROLES):
            known.append((plain, target))
        else:
            found.problems.append(f"{at}: {role}:{target} is left out: {'no mark on words' if plain in (*ROLES, *SAID) else 'there is no such role'}")
    return Group(id=id, type=type, trigger=trigger, roles=tuple(known), where=at)


def _link(id: str, head: str, found: Marked, at: str) -> Link:
    type, *arguments = head.split()
    ends = dict(a.split(":", 1) for a in arguments if ":" in a)
    if len(ends) != 2 or any(e not in found.marks for e in ends.values()):
        raise AnnotationError(f"{at}: a relation needs two marks that are there: {head}")
    return Link(id=id, type=type, source=ends.get("Arg1") or next(iter(ends.values())), target=ends.get("Arg2") or list(ends.values())[1], where=at)


def _comments(found: Marked, late: Iterable[tuple[str, str, list[str], str]]) -> None:
    """Put attributes and comments on what they are of."""
    attributes: dict[str, dict[str, str]] = {}
    notes: dict[str, list[str]] = {}
    coded: dict[str, list[str]] = {}
    for id, head, rest, _ in late:
        name, of, *value = [*head.split(), "", ""][: 3 if id[0] in "AM" else 2]
        if id[0] in "AM":
            attributes.setdefault(of, {})[name] = value[0]
        elif id[0] == "#" and rest:
            (coded if name == CODED else notes).setdefault(of, []).extend(rest[0].split(BAR) if name == CODED else rest)

    def told(of: str) -> dict[str, object]:
        return {"coded": tuple(coded.get(of, ())), "note": " ".join(notes.get(of, ())).strip()}

    found.marks = {id: dataclasses.replace(m, **told(id)) for id, m in found.marks.items()}  # type: ignore[arg-type]
    found.groups = [dataclasses.replace(g, attributes=attributes.get(g.id, {}), **told(g.id)) for g in found.groups]  # type: ignore[arg-type]
    found.links = [dataclasses.replace(x, **told(x.id)) for x in found.links]  # type: ignore[arg-type]
