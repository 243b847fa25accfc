"""What the source itself calls what a holder does: the words of the event that is a position's act."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_

from onrecord.store.schema import event_mentions, positions

DOING = event_mentions.alias("doing")
"""The event that is a position's act."""
DONE = (DOING.c.trigger, DOING.c.trigger_start)
"""What :func:`verb` needs of it, besides the position's evidence."""
does = and_(DOING.c.id == positions.c.act_event_id, DOING.c.article == positions.c.article, DOING.c.run == positions.c.run)
"""How it is joined to its position."""
NOT = re.compile(
    r"\b(?:not|never|no longer|nor|without|hardly|barely|(?:do|does|did|is|are|was|were|wo|would|ca|could|has|have|had)n['’]t)(?:\s+[\w-]+){0,2}\s+$",
    re.IGNORECASE,
)
"""What turns the verb behind it into its opposite."""


def verb(row: Mapping[str, Any]) -> str | None:
    """The source's own words for a position's act, with the word that negates them; None where its act is no event of its own.

    Args:
        row: with the columns of :data:`DONE` and the position's evidence.
    """
    trigger: str | None = row["trigger"]
    if trigger is None:
        return None
    evidence: str = row["evidence"]
    at = row["trigger_start"] - row["evidence_start"]
    before = NOT.search(evidence[:at]) if at >= 0 and evidence.startswith(trigger, at) else None
    return " ".join((evidence[before.start() : at] + trigger if before else trigger).split())
