"""The records every room speaks: an article, spans of it, and the findings made on it.

Offsets are 0-based code points into ``Article.text``, end exclusive. A :class:`Report` holds all
findings of one article and refuses any span whose text is not exactly ``article.text[start:end]``.
Nothing here imports another part of the package.
"""

from onrecord.records.cast import Actor, Cast, Mention, Participant
from onrecord.records.codes import (
    WORDS_OF,
    ActorKind,
    AttributionKind,
    Basis,
    DatePrecision,
    MentionForm,
    ObjectKind,
    PlacePrecision,
    PlaceUse,
    Sector,
    Stance,
    Status,
    TimexType,
    Veridicality,
)
from onrecord.records.findings import (
    Attribution,
    Division,
    Event,
    EventDate,
    Framing,
    Magnitude,
    Place,
    Position,
    PositionObject,
    Said,
    Speaker,
    Time,
    is_after,
    voice_at,
)
from onrecord.records.report import Report, rule_of
from onrecord.records.spans import NO_CHARACTER, Article, Span, SpanError, digest, finding_id

__all__ = [
    "NO_CHARACTER",
    "WORDS_OF",
    "Actor",
    "ActorKind",
    "Article",
    "Attribution",
    "AttributionKind",
    "Basis",
    "Cast",
    "DatePrecision",
    "Division",
    "Event",
    "EventDate",
    "Framing",
    "Magnitude",
    "Mention",
    "MentionForm",
    "ObjectKind",
    "Participant",
    "Place",
    "PlacePrecision",
    "PlaceUse",
    "Position",
    "PositionObject",
    "Report",
    "Said",
    "Sector",
    "Span",
    "SpanError",
    "Speaker",
    "Stance",
    "Status",
    "Time",
    "TimexType",
    "Veridicality",
    "digest",
    "finding_id",
    "is_after",
    "rule_of",
    "voice_at",
]
