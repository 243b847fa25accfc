"""Why a finding was made: its rule, the rule's words and examples, its reasons and the characters it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from onrecord.events import Codebook, place
from onrecord.lexicons import all_rules

ROOMS = ("actors", "places", "times", "attributions", "events", "positions", "framing")
SPAN_KEYS = {"start", "end", "text"}
SHOWN = 12
MODELS = {
    "attribution.encoder": "no rule proposed it: the attribution head on the packaged encoder found it (docs/models.md)",
    "events.encoder": "no rule proposed it, or one of another type: the event head on the packaged encoder decided (docs/models.md)",
    "framing.encoder": "no table has the term: the framing head on the packaged encoder found it (docs/framing.md)",
}
"""What is no rule but a model."""


def find_finding(lines: Iterable[str], id: str) -> tuple[dict[str, Any], str, dict[str, Any]] | None:
    """The report, the room and the finding with that id, or the start of one that only it has.

    Args:
        lines: saved reports, one JSON object a line.
        id: a finding's or actor's id.

    Raises:
        ValueError: a line is not a report (with its number), or several findings start with ``id``.
    """
    begun = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            report = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"line {number} is not JSON: {error}") from error
        if not isinstance(report, dict) or "article" not in report:
            raise ValueError(f"line {number} is not a report: save one with `onrecord code PATH --format jsonl`")
        for room in ROOMS:
            for finding in report.get(room) or ():
                if finding.get("id") == id:
                    return report, room, finding
                if str(finding.get("id", "")).startswith(id):
                    begun.append((report, room, finding))
    if len({x[2]["id"] for x in begun}) > 1:
        raise ValueError(f"{len(begun)} findings start with {id!r}: {', '.join(x[2]['id'] for x in begun[:SHOWN])}")
    return begun[0] if begun else None


def explanation(report: dict[str, Any], room: str, finding: dict[str, Any], *, codebooks: Sequence[Codebook] = ()) -> Iterator[str]:
    """The explanation, line by line.

    Args:
        report: the report as JSON.
        room: the list that the finding stands in.
        finding: the finding.
        codebooks: where rules and types of a user's own are told.
    """
    article = report["article"]
    yield f"{finding['id']} is one of the {room} of article {article.get('id')} ({article.get('title') or 'no title'}, {article.get('published') or 'no date'})"
    yield ""
    yield from _facts(finding)
    yield ""
    yield from made_by(finding, codebooks=codebooks)
    if room == "events":
        yield from _own_type(finding, codebooks)
    yield ""
    yield "rests on these characters of the article:"
    text = article.get("text")
    for name, span in _spans(finding):
        yield f"  {name} {span['start']}:{span['end']} {span['text']!r}"
        if text is not None and text[span["start"] : span["end"]] != span["text"]:
            yield "    but the article says otherwise there: the report and the text do not belong together"
    for name in ("claimed_by", "attribution", "parent"):
        yield from _voice(report, name, finding.get(name))


def made_by(finding: Mapping[str, Any], *, codebooks: Sequence[Codebook] = ()) -> Iterator[str]:
    """The rule that made a finding, why it chose as it did, how sure it is, and the rule's own words, line by line.

    Args:
        finding: the finding as JSON: its ``reason`` and ``confidence``.
        codebooks: where rules of a user's own are told.
    """
    rule, _, whys = str(finding.get("reason", "")).partition("|")
    yield f"made by rule: {rule}"
    yield from (f"because: {why.replace('_', ' ')}" for why in whys.split("|") if why)
    if "confidence" in finding:
        yield f"confidence: {finding['confidence']:.2f}"
    yield from _rule(rule, codebooks)


def _facts(finding: dict[str, Any]) -> Iterator[str]:
    for key, value in finding.items():
        plain = value is None or isinstance(value, str | int | float | bool)
        if plain and key not in ("id", "reason", "confidence", "start", "end", "text") and value not in (None, ""):
            yield f"  {key.replace('_', ' ')}: {value}"
        elif key == "admin1" and value:
            code = f" ({value['code']})" if value.get("code") else ""
            yield f"  first-order division: {value['name']}{code}"


def _rule(id: str, codebooks: Sequence[Codebook]) -> Iterator[str]:
    if id in MODELS:
        yield MODELS[id]
        return
    if id in _packaged():
        yield from _packaged()[id]
        return
    own = ((place(table.path, table.line), table.raw) for book in codebooks for table in book.rules)
    where, rule = next(((where, rule) for where, rule in own if rule.get("id") == id), ("", {}))
    if where:
        yield from _written(where, rule)
    else:
        yield "no packaged rule has this id: a rule of a codebook is explained with --codebook FILE"


@cache
def _packaged() -> dict[str, tuple[str, ...]]:
    """What there is to say of each packaged rule, by its id."""
    return {rule["id"]: tuple(_written(f"lexicons/en/{file}.toml", rule)) for file, rule in reversed(list(all_rules())) if "id" in rule}


def _written(where: str, rule: Mapping[str, Any]) -> Iterator[str]:
    yield f"the rule stands in {where}:"
    for key, value in rule.items():
        if key in ("id", "examples", "counterexamples"):
            continue
        if isinstance(value, list):
            more = f" … and {len(value) - SHOWN} more" if len(value) > SHOWN else ""
            yield f"  {key}: {', '.join(map(str, value[:SHOWN]))}{more}"
        else:
            yield f"  {key}: {value}"
    yield from (f"  for example: {x}" for x in rule.get("examples", ())[:2])


def _own_type(finding: dict[str, Any], codebooks: Sequence[Codebook]) -> Iterator[str]:
    """What a user's own type and mode mean."""
    for book in codebooks:
        for own in book.types:
            if own.value.name == finding.get("type"):
                yield f"{own.value.name} is a type of {place(own.path, own.line)}: {own.value.definition}"
        for mode in book.modes:
            if (mode.value.type, mode.value.name) == (finding.get("type"), finding.get("mode")):
                yield f"{mode.value.name} is a mode of {place(mode.path, mode.line)}: {mode.value.definition}"


def _spans(value: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        if value.keys() >= SPAN_KEYS:
            yield name or "text", value
        for key, inner in value.items():
            yield from _spans(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _spans(inner, name)


def _voice(report: dict[str, Any], name: str, id: str | None) -> Iterator[str]:
    for attribution in report.get("attributions") or ():
        if id and attribution["id"] == id:
            source = " ".join(s["text"] for s in attribution["source"])
            speaker = (attribution.get("speaker") or {}).get("name") or source or "not named"
            cue = " ".join(s["text"] for s in attribution["cue"])
            yield f"{name.replace('_', ' ')}: {speaker} ({source} {cue} …), {id}"
