"""``onrecord review``, ``reviews`` and ``correct``: what people say of findings, and of articles."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from onrecord.cli import asking
from onrecord.cli.app import USED_WRONGLY, app, notes, say
from onrecord.cli.counting import write
from onrecord.cli.opening import Database, record
from onrecord.cluster.linker import Linker

By = Annotated[str, typer.Option("--by", help="Who says so.", show_default=False)]
Note = Annotated[str | None, typer.Option("--note", help="Why.")]


class Verdict(StrEnum):
    """What a review says of a finding."""

    confirmed = "confirmed"
    corrected = "corrected"
    rejected = "rejected"


class Kind(StrEnum):
    """What became of an article."""

    correction = "correction"
    retraction = "retraction"
    lifted = "lifted"


@app.command()
def review(
    finding: Annotated[str, typer.Argument(help="The id of a finding.", metavar="ID")],
    *,
    db: Database,
    verdict: Annotated[Verdict, typer.Option(help="Whether it is right as it is, right once corrected, or wrong.", show_default=False)],
    by: By,
    note: Note = None,
    fields: Annotated[list[str] | None, typer.Option("--set", help="What to correct: act=criticise, holder_id=CHL.GOV; may be repeated.")] = None,
    article: Annotated[str | None, typer.Option(help="The article it is in, where several have a finding of that id, as they may have an actor.")] = None,
) -> None:
    """Confirm, correct or reject a finding; what was rejected is left out from then on, also when its article is coded again."""
    values = dict(_field(given) for given in fields or ())
    with record(db) as of:
        of.review(finding, verdict.value, by=by, note=note, fields=values, article=article, linker=Linker())
    notes.print(f"{finding}: {verdict.value} by {by}", markup=False)


@app.command()
def reviews(
    *,
    db: Database,
    finding: Annotated[str | None, typer.Option(help="Only of the finding with this id.")] = None,
    article: Annotated[str | None, typer.Option(help="Only of findings in the article with this id.")] = None,
    verdict: Annotated[Verdict | None, typer.Option(help="Only with this verdict.")] = None,
    earlier: Annotated[bool, typer.Option("--earlier", help="Also those that later ones have replaced.")] = False,
    format: asking.Formatted = asking.Format.table,
    output: asking.Output = None,
) -> None:
    """List the reviews in a record, the last first."""
    with record(db) as of:
        found = of.reviews(finding=finding, article=article, verdict=verdict and verdict.value, earlier=earlier)
    write(found, format, output)
    if not found:
        say("there are no such reviews")


@app.command()
def correct(
    article: Annotated[str, typer.Argument(help="The id of an article.", metavar="ARTICLE")],
    *,
    db: Database,
    kind: Annotated[Kind, typer.Option(help="What its publisher did; `lifted` takes an earlier note back.", show_default=False)],
    by: By,
    note: Note = None,
) -> None:
    """Note that an article was corrected or retracted; every finding in it is marked with that."""
    with record(db) as of:
        of.correct_article(article, kind.value, by=by, note=note)
    notes.print(f"{article}: {kind.value} noted by {by}", markup=False)


def _field(given: str) -> tuple[str, Any]:
    """A field and its value: JSON where it is (null, 3, ["CHL.GOV"]), else as it stands."""
    name, equals, value = given.partition("=")
    if not equals or not name.strip():
        say(f"--set {given} names no value: write act=criticise")
        raise typer.Exit(USED_WRONGLY)
    try:
        read = json.loads(value)
    except ValueError:
        read = value
    return name.strip(), value if isinstance(read, float | int) and not isinstance(read, bool) and name.strip() in TEXTS else read


TEXTS = {"date", "date_end", "said", "value"}
"""Fields whose values are text though they may look like numbers: years."""
