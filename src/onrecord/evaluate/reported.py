"""Gold that is itself reports, as annotators have corrected them: scored room by room, by the figures of the stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from onrecord.evaluate import spans
from onrecord.evaluate.articles import labelled
from onrecord.evaluate.errors import Range, error, told_by
from onrecord.evaluate.figures import f1, share
from onrecord.evaluate.labelled import at, is_of_words, of_report, spans_at
from onrecord.evaluate.scored import Row, Scored

CODED = ("country", "sector", "kind")


def reports(gold: Sequence[Row], found: Sequence[Row]) -> dict[str, Scored]:
    """Reports against corrected reports on the same articles, by room."""
    words = [{**answer, "attributions": [a for a in answer.get("attributions") or () if is_of_words(a)]} for answer in found]
    return {
        "record": labelled([of_report(row) for row in gold], words),
        "attribution": spans.attribution(_each(gold, _attributions), _each(found, _attributions)),
        "actors": mentions(gold, found),
        "places": spans.places(_each(gold, _places), _each(found, _places)),
        "times": spans.times(_each(gold, _times), _each(found, _times)),
        "framing": framing(gold, found),
    }


def _each(rows: Sequence[Row], shape: Any) -> list[Row]:
    return [{"id": row["article"]["id"], "text": row["article"].get("text"), **shape(row)} for row in rows]


def _attributions(report: Row) -> dict[str, Any]:
    """Attributions that lie in no other, as the attribution stage has them."""
    rows = []
    for a in report.get("attributions") or ():
        if a.get("parent") is None and a["content"]:
            rows.append({**{role: spans_at(a[role]) for role in ("source", "cue", "content")}, **told_by(a)})
    return {"attributions": rows}


def _places(report: Row) -> dict[str, Any]:
    rows = [{name: p.get(name) for name in ("start", "end", "lat", "lon", "geonameid", "confidence", "reason")} for p in report.get("places") or ()]
    return {"places": rows, "toponyms": rows}


def _times(report: Row) -> dict[str, Any]:
    return {"timexes": report.get("times") or []}


def mentions(gold: Sequence[Row], found: Sequence[Row]) -> Scored:
    """Where actors are mentioned, by the exact characters, and of those mentions the share whose actor has the right codes."""
    kinds = sorted({a["kind"] for row in gold for a in row.get("actors") or ()})
    scored = Scored(
        measures=[
            f1("mentions", "right", "found", "gold"),
            *(share(name, f"{name} right", "right") for name in CODED),
            *(share("recall", f"right {kind}", f"gold {kind}", kind) for kind in kinds),
        ]
    )
    for row, report in zip(gold, found, strict=True):
        count, id, text = scored.row(), row["article"]["id"], row["article"]["text"]
        wanted, given = _mentioned(row), _mentioned(report)
        for where, actor in wanted.items():
            count["gold"] += 1
            count[f"gold {actor['kind']}"] += 1
            answer = given.get(where)
            if answer is None:
                scored.errors.append(error(id, text, "missed", "actors", where, part=actor["kind"], gold=actor["id"]))
                continue
            count["right"] += 1
            count[f"right {actor['kind']}"] += 1
            for name in CODED:
                same = actor.get(name) == answer.get(name)
                count[f"{name} right"] += same
                if not same:
                    told = {"gold": str(actor.get(name)), "found": str(answer.get(name))}
                    scored.errors.append(error(id, text, "wrong", f"actors.{name}", where, part=actor["kind"], **told, **told_by(answer)))
        for where, actor in given.items():
            count["found"] += 1
            if where not in wanted:
                scored.errors.append(error(id, text, "spurious", "actors", where, part=actor["kind"], found=actor["id"], **told_by(actor)))
    return scored


def _mentioned(report: Row) -> dict[Range, Row]:
    """The actor that each mention means; of several who share words the first."""
    out: dict[Range, Row] = {}
    for actor in report.get("actors") or ():
        for mention in actor["mentions"]:
            out.setdefault(at(mention), actor)
    return out


def framing(gold: Sequence[Row], found: Sequence[Row]) -> Scored:
    """Loaded terms: found on any of their characters, and in the right category."""
    kinds = sorted({f["category"] for row in gold for f in row.get("framing") or ()})
    scored = Scored(
        measures=[
            f1("terms", "right", "found", "gold"),
            share("category", "category right", "right"),
            *(share("recall", f"right {k}", f"gold {k}", k) for k in kinds),
        ]
    )
    for row, report in zip(gold, found, strict=True):
        _terms(row, report.get("framing") or [], scored, scored.row())
    return scored


def _terms(row: Row, answers: Sequence[Row], scored: Scored, count: Counter[str]) -> None:
    id, text = row["article"]["id"], row["article"]["text"]
    taken: set[int] = set()
    for label in row.get("framing") or ():
        where, kind = at(label["term"]), label["category"]
        count["gold"] += 1
        count[f"gold {kind}"] += 1
        n = next((n for n, a in enumerate(answers) if n not in taken and a["term"]["start"] < where[1] and where[0] < a["term"]["end"]), None)
        if n is None:
            scored.errors.append(error(id, text, "missed", "framing", where, part=kind, gold=kind))
            continue
        taken.add(n)
        same = answers[n]["category"] == kind
        count["right"] += 1
        count[f"right {kind}"] += 1
        count["category right"] += same
        if not same:
            scored.errors.append(error(id, text, "wrong", "framing.category", where, part=kind, gold=kind, found=answers[n]["category"], **told_by(answers[n])))
    for n, answer in enumerate(answers):
        count["found"] += 1
        scored.judge("framing", answer, right=n in taken)
        if n not in taken:
            scored.errors.append(
                error(id, text, "spurious", "framing", at(answer["term"]), part=answer["category"], found=answer["category"], **told_by(answer))
            )
