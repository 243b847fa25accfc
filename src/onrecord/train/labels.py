"""Gold → what the heads learn from: attributions by article, events and pairs by sentence, in parts that share no article."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from onrecord.evaluate import EvaluationError, stage_of
from onrecord.evaluate.evaluation import checked
from onrecord.events.candidates import MODES, TYPES
from onrecord.parse import Parser
from onrecord.records import Article, digest

Row = dict[str, Any]
Head = Literal["attribution", "events"]
HEADS: tuple[Head, ...] = ("attribution", "events")
LEAST: Mapping[str, int] = {"attribution": 100, "events": 100}
"""The fewest labels that a head is trained on: attributions with cue and content, and events or marked pairs."""
LEAST_ARTICLES = 10
HELD_OUT, DEV = 0.2, 0.15
"""The shares of articles that are measured on, and by which training is stopped."""
SHAPES = ("reports", "attribution", "relation")


class TrainError(ValueError):
    """The gold can't be trained on; the message says why, and how much is needed."""


@dataclasses.dataclass(frozen=True, slots=True)
class Parts:
    """The rows of gold by part; no article is in two of them."""

    train: list[Row]
    dev: list[Row]
    held_out: list[Row]


def parts(rows: Sequence[Mapping[str, Any]], *, seed: int) -> Parts:
    """Gold in three parts, by a draw of its articles.

    Raises:
        TrainError: the gold is of a shape that heads can't be trained on or used (an article comes twice, or is of another text), or has too few articles.
    """
    try:
        shapes = {stage_of(row) for row in rows}
        for shape in sorted(shapes & set(SHAPES)):
            checked([row for row in rows if stage_of(row) == shape], shape)
    except EvaluationError as error:
        raise TrainError(str(error)) from error
    if unknown := sorted(shapes - set(SHAPES)):
        raise TrainError(f"heads are trained on {', '.join(SHAPES)}: rows of {', '.join(unknown)} don't mark what they learn")
    ids = sorted({article_of(row) for row in rows}, key=lambda each: digest(str(seed), each))
    if len(ids) < LEAST_ARTICLES:
        raise TrainError(f"{len(ids)} articles (or sentences with a marked pair) are too few: {LEAST_ARTICLES} are needed, hundreds for a gain")
    held, dev = max(2, round(len(ids) * HELD_OUT)), max(1, round(len(ids) * DEV))
    part = {id: "held_out" if n < held else "dev" if n < held + dev else "train" for n, id in enumerate(ids)}
    return Parts(*([dict(row) for row in rows if part[article_of(row)] == name] for name in ("train", "dev", "held_out")))


def article_of(row: Mapping[str, Any]) -> str:
    """The id of the article that a row of gold is of."""
    within = row.get("article")
    return str(within["id"] if isinstance(within, dict) else row["id"])


def attributions(rows: Iterable[Row]) -> list[Row]:
    """Articles with their outermost attributions, as the attribution head learns them."""
    out = []
    for row in rows:
        if "attributions" in row and "article" not in row:
            out.append(row)
        elif "article" in row:
            outermost = [a for a in row["attributions"] if a.get("parent") is None]
            said = [{role: [[s["start"], s["end"]] for s in a[role]] for role in ("source", "cue", "content")} for a in outermost]
            out.append({"id": row["article"]["id"], "text": row["article"]["text"], "attributions": said})
    return out


def events(rows: Iterable[Row], parser: Parser, *, seed: int) -> list[Row]:
    """Sentences with their events, and as many without any; and sentences with a marked pair, as they are."""
    rows = list(rows)
    out = [row for row in rows if "source" in row]
    reports = [row for row in rows if "article" in row]
    empty: list[Row] = []
    articles = [Article(id=r["article"]["id"], text=r["article"]["text"]) for r in reports]
    for row, parsed in zip(reports, parser.pipe(articles), strict=True):
        for number, (sentence, _) in enumerate(parsed.sentences()):
            start, end = sentence.start_char, sentence.end_char
            inside = [made for e in row["events"] if start <= e["trigger"]["start"] < end and (made := _event(e, start, end))]
            made_row = {"id": f"{row['article']['id']}#{number}", "text": row["article"]["text"][start:end], "events": inside}
            (out if inside else empty).append(made_row)
    told = sum("events" in row for row in out)
    return out + random.Random(seed).sample(empty, min(told, len(empty)))


def _event(event: Row, start: int, end: int) -> Row | None:
    """An event with its offsets in its sentence; None for a type of a codebook of one's own, which the head has no place for."""
    if event["type"] not in TYPES:
        return None

    def at(span: Row) -> list[int]:
        return [max(span["start"], start) - start, min(span["end"], end) - start]

    def inside(some: Iterable[Row]) -> list[list[int]]:
        return [at(s) for s in some if s["start"] < end and start < s["end"]]

    mode = event.get("mode") if (event["type"], event.get("mode")) in MODES else None
    known = {"type": event["type"], "mode": mode, "veridicality": event["veridicality"], "trigger": at(event["trigger"])}
    return {**known, "actors": inside(event["actors"]), "recipients": inside(event["recipients"])}


def count(head: Head, rows: Iterable[Row]) -> int:
    """How many labels there are."""
    if head == "attribution":
        return sum(bool(a["cue"] and a["content"]) for row in rows for a in row["attributions"])
    return sum(len(row["events"]) if "events" in row else bool(row["source"] and row["target"]) for row in rows)
