"""What the address of a page asks for: the filters of the command line, under the same names."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onrecord.operating import operating_point
from onrecord.store import Wanted

MOST = 1_000
Many = list[str]
Reviewed = Literal["any", "confirmed", "unreviewed", "with-rejected", "rejected"]


class Asked(BaseModel):
    """What an address may ask for, and nothing else."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, given: Any) -> Any:
        """Fields that a form leaves empty ask for nothing."""
        if not isinstance(given, dict):
            return given
        kept = {name: [v for v in value if v != ""] if isinstance(value, list) else value for name, value in given.items()}
        return {name: value for name, value in kept.items() if value not in ("", [], None)}


class Paged(Asked):
    """Which rows of many."""

    limit: int | None = Field(None, ge=1, le=MOST, description="The most rows.")
    after: str | None = Field(None, description="The cursor that came with the rows before.")

    def wanted(self, rows: int, **more: Any) -> Wanted:
        """The same as a query of the store takes it.

        Args:
            rows: the most rows, where the address does not say.
            more: filters that the page itself sets.
        """
        given = self.model_dump(exclude={"point"}, exclude_none=True)
        return {"limit": rows, **{name: value for name, value in given.items() if value != []}, **more}  # type: ignore[typeddict-item]

    def kept(self) -> dict[str, Any]:
        """What was asked for, without the page of rows, for the addresses of others like it."""
        return {name: value for name, value in self.model_dump(exclude={"after"}, exclude_defaults=True).items() if value not in (None, [])}


class InArticles(Paged):
    """Which articles to look in, and between which days."""

    publisher: Many = Field([], description="Who published the article.")
    article: Many = Field([], description="The article, by id.")
    story: Many = Field([], description="The story that the article belongs to, by id.")
    text: str | None = Field(None, description='Words of the article: all of them, "in this order", -without, this OR that.')
    since: str | None = Field(None, description="The first day: 2021-03-09, 2021-03 or 2021.")
    until: str | None = Field(None, description="The last day.")
    reviewed: Reviewed | None = Field(None, description="By reviews: any but what was rejected unless given; confirmed (as it was, or corrected).")


class OfActors(InArticles):
    """Which actors."""

    actor: Many = Field([], description="An actor's id (CHL.GOV) or any of its names.")
    country: Many = Field([], description="The actor's country (CHL).")
    sector: Many = Field([], description="The actor's PLOVER sector (GOV).")
    type: Many = Field([], description="The type: of an event, of the event a position is on, of quotation (direct) or of actor (state).")


class Sure(OfActors):
    """How sure findings must be."""

    point: Literal["strict", "broad"] = Field("strict", description="strict: what is surest; broad: all that is found.")
    min_confidence: float | None = Field(None, ge=0, le=1, description="The least confidence, in place of the operating point's.")

    def least(self, kind: Literal["events", "positions", "attributions", "framing"]) -> float:
        """The least confidence of a kind of finding."""
        return self.min_confidence if self.min_confidence is not None else float(getattr(operating_point(self.point), kind))


class OfEvents(Sure):
    """Which events, by where they happened."""

    place: Many = Field([], description="The event's place, by name, country code or GeoNames id.")


class Events(OfEvents):
    """Which events."""

    source: Many = Field([], description="Who does it: an actor's id or any of its names.")
    target: Many = Field([], description="To whom it is done.")


class Positions(OfEvents):
    """Which positions."""

    about: Many = Field([], description="The actor whom the position is on: an id or any of its names.")

    act: Many = Field([], description="What the position is (condemn).")
    stance: Many = Field([], description="oppose, support or neutral.")
    event: Many = Field([], description="The event the position is on, by id.")


class Quotes(Sure):
    """Which quotations."""


class Actors(OfActors):
    """Which actors."""


class Articles(OfActors):
    """Which articles."""

    place: Many = Field([], description="The place of an event in it.")
