"""Gold and predictions → an evaluation: figures with intervals, calibration, and what is wrong."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from onrecord.evaluate import articles, chains, checking, predicting, sentences, spans
from onrecord.evaluate.calibration import Calibration, calibration
from onrecord.evaluate.errors import Error
from onrecord.evaluate.figures import SAMPLES, Figure, figures
from onrecord.evaluate.reported import reports
from onrecord.evaluate.scored import EvaluationError, Scored
from onrecord.pipeline import Coder

REPORTS = "reports"
SCORERS: dict[str, Callable[[Sequence[Any], Sequence[Any]], Scored]] = {
    "attribution": spans.attribution,
    "relation": sentences.relation,
    "extraction": sentences.extraction,
    "actors": sentences.actors,
    "places": spans.places,
    "times": spans.times,
    "coref": chains.coref,
    "stance": sentences.stance,
    "stories": chains.stories,
    "record": articles.record,
}
STAGES = (REPORTS, *SCORERS)
"""The shapes of gold, by name: corrected reports, and the rows of each stage (docs/annotation.md)."""
SHAPES: tuple[tuple[str, frozenset[str]], ...] = (
    (REPORTS, frozenset({"article"})),
    ("record", frozenset({"text", "attributions", "events", "positions"})),
    ("attribution", frozenset({"text", "attributions"})),
    ("relation", frozenset({"text", "source", "target", "type"})),
    ("places", frozenset({"text", "toponyms"})),
    ("times", frozenset({"text", "timexes"})),
    ("coref", frozenset({"tokens", "mentions"})),
    ("stance", frozenset({"sentences", "stances"})),
    ("stories", frozenset({"text", "event_id"})),
    ("actors", frozenset({"phrase", "expect"})),
)
"""What a row of each shape has at least; the first that fits is meant. Rows of ``extraction`` look like those of ``relation``."""
PHRASES = "actors"
"""The stage whose rows have no ids: predictions are in their order."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How good predictions are.

    Attributes:
        stage: the shape of the gold.
        articles: how many rows of gold.
        figures: what was measured.
        calibration: for each kind of finding with a confidence.
        errors: what is wrong, in the order of the gold.
    """

    stage: str
    articles: int
    figures: tuple[Figure, ...]
    calibration: tuple[Calibration, ...]
    errors: tuple[Error, ...]

    def figure(self, name: str, part: str = "all", *, stage: str | None = None) -> Figure:
        """A figure by its name.

        Raises:
            KeyError: there is none.
        """
        for each in self.figures:
            if each.name == name and each.part == part and stage in (None, each.stage):
                return each
        raise KeyError(f"no figure {name} of {part}: there are {', '.join(sorted({f.name for f in self.figures}))}")

    def rows(self) -> list[dict[str, Any]]:
        """The figures, a row each, for a data frame."""
        return [dataclasses.asdict(each) for each in self.figures]

    def error_rows(self) -> list[dict[str, Any]]:
        """What is wrong, a row each, for a data frame."""
        return [dataclasses.asdict(each) for each in self.errors]

    def reliability(self) -> list[dict[str, Any]]:
        """The reliability tables, a row for each bin, for a data frame."""
        return [{"stage": c.stage, "kind": c.kind, "bin": n, **dataclasses.asdict(b)} for c in self.calibration for n, b in enumerate(c.bins, 1)]


def stage_of(row: Mapping[str, Any]) -> str:
    """The stage whose shape a row of gold has.

    Raises:
        EvaluationError: it has none.
    """
    if not isinstance(row, Mapping):
        raise EvaluationError(f"a row of gold is no object: {str(row)[:60]}")
    for name, keys in SHAPES:
        if keys <= row.keys():
            return name
    raise EvaluationError(f"a row with {', '.join(map(str, row)) or 'nothing'} has the shape of no gold: docs/annotation.md has the shapes")


def evaluate(
    gold: Iterable[Mapping[str, Any]],
    predictions: Iterable[Mapping[str, Any] | None] | None = None,
    *,
    coder: Coder | None = None,
    stage: str | None = None,
    samples: int = SAMPLES,
    seed: int = 1,
) -> Evaluation:
    """Compare predictions with gold.

    Args:
        gold: rows of one shape: corrected reports, or the rows of a stage (docs/annotation.md).
        predictions: rows that answer them, by id; without them ``coder`` codes the gold's texts.
        coder: codes where there are no predictions; by default the packaged one.
        stage: the shape of the gold, where it can't be told (``extraction``).
        samples: how often articles are drawn for the intervals; 0 for none.
        seed: of the drawing.

    Raises:
        EvaluationError: the gold has no rows, rows of several shapes, an id twice, no text or another than it was made from,
            or a prediction is missing or of another text.

    >>> gold = [{"phrase": "Ghanaian police", "context": None, "date": None, "expect": {"country": "GHA", "sector": "COP"}}]
    >>> evaluate(gold, [{"country": "GHA", "sector": "MIL"}]).figure("sector").value
    0.0
    """
    told = list(gold)
    name = stage or _shape(told)
    if name not in STAGES:
        raise EvaluationError(f"there is no stage {name!r}: choose from {', '.join(STAGES)}")
    checked(told, name)
    rows = [dict(row) for row in told]
    given = None if predictions is None else list(predictions)
    if given is None and name == "coref":
        checking.tokens_there(rows)
    found = _aligned(rows, _coded(coder or Coder(), rows, name) if given is None else given, name)
    try:
        scored = reports(rows, found) if name == REPORTS else {name: SCORERS[name](rows, found)}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _misshapen(name, error) from error
    sure = [dataclasses.replace(calibration(kind, judged), stage=n) for n, s in scored.items() for kind, judged in s.sure.items()]
    off = [Figure(stage=c.stage, name="calibration_error", part=c.kind, value=c.error, predicted=c.count) for c in sure]
    return Evaluation(
        stage=name,
        articles=len(rows),
        figures=(*_figures(scored, samples, seed), *off),
        calibration=tuple(sure),
        errors=tuple(dataclasses.replace(e, stage=n) for n, s in scored.items() for e in s.errors),
    )


def _misshapen(stage: str, error: Exception) -> EvaluationError:
    if isinstance(error, EvaluationError):
        return error
    return EvaluationError(f"a row of gold or of predictions has not the shape of {stage}: {error!r} (docs/annotation.md has the shapes)")


def _coded(coder: Coder, rows: list[dict[str, Any]], stage: str) -> list[dict[str, Any] | None]:
    """What a coder answers to the rows of a stage, or to reports."""
    return list((predicting.reports if stage == REPORTS else predicting.STAGES[stage])(coder, rows))


def _figures(scored: Mapping[str, Scored], samples: int, seed: int) -> Iterable[Figure]:
    for name, each in scored.items():
        for figure in (*figures(each.rows, each.measures, samples=samples, seed=seed), *each.fixed):
            rounded = None if figure.value is None else round(figure.value, 4)
            yield dataclasses.replace(figure, stage=name, value=rounded)


def _shape(rows: Sequence[Mapping[str, Any]]) -> str:
    names = {stage_of(row) for row in rows}
    if len(names) > 1:
        raise EvaluationError(f"rows of several shapes: {', '.join(sorted(names))}; evaluate them one by one")
    if not names:
        raise EvaluationError("there is no gold: not one row")
    return names.pop()


def id_of(row: Mapping[str, Any]) -> str | None:
    """The id of a row's article."""
    within = row.get("article")
    id = within.get("id") if isinstance(within, dict) else row.get("id")
    return None if id is None else str(id)


def checked(rows: Sequence[Mapping[str, Any]], stage: str) -> None:
    """See that rows of gold can be used.

    Raises:
        EvaluationError: a row has not the shape of its stage, no id, no text or another than it was made from, or an article comes twice.
    """
    keys = dict(SHAPES)["relation" if stage == "extraction" else stage]
    for number, row in enumerate(rows, 1):
        checking.shaped(row, keys, stage, number)
    if stage == PHRASES:
        return
    ids = Counter(id_of(row) for row in rows)
    if None in ids:
        raise EvaluationError("a row of gold has no id")
    twice = [id for id, count in ids.items() if count > 1]
    if twice:
        raise EvaluationError(
            f"article {twice[0]} comes {ids[twice[0]]} times in the gold: choose one annotator, or what most of them say (docs/annotation.md)"
        )
    for row in rows:
        if stage == REPORTS and not row["article"].get("text"):
            raise EvaluationError(f"the report on article {id_of(row)} has no text: save gold with its text (`onrecord code --with-text`)")
        checking.in_its_text(row, id_of(row))


def _aligned(rows: Sequence[Mapping[str, Any]], given: Sequence[Mapping[str, Any] | None], stage: str) -> list[Any]:
    """The prediction for each row of gold."""
    if stage == PHRASES:
        if len(rows) != len(given):
            raise EvaluationError(f"{len(rows)} phrases, {len(given)} predictions")
        return list(given)
    by_id: dict[str, Any] = {}
    for number, row in enumerate(given, 1):
        id = id_of(row) if row else None
        if id is None:
            raise EvaluationError(f"prediction {number} has no id")
        if id in by_id:
            raise EvaluationError(f"there are two predictions for {id}")
        by_id[id] = row
    missing = [id for row in rows if (id := id_of(row)) not in by_id]
    if missing:
        raise EvaluationError(f"no prediction for {missing[0]}" + (f", nor for {len(missing) - 1} more" if len(missing) > 1 else ""))
    for row in rows:
        checking.same_text(row, by_id[id_of(row) or ""], id_of(row))
    return [by_id[id_of(row) or ""] for row in rows]
