"""What is known of the article that a document is of: when, by whom and where it was published."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from onrecord.read.dates import published_date
from onrecord.records import Article
from onrecord.spacy_component.extensions import ARTICLE

FIELDS = ("id", "title", "published", "publisher", "url")
"""What can be given with a document."""
NOTHING = ("NAType", "NaTType")
"""The types of what pandas writes where there is nothing."""


def article_of(doc: Doc, *, publisher: str | None = None) -> Article:
    """The article of a document.

    What ``doc._.onrecord_article`` says comes first, then a dictionary that was given as context to ``nlp.pipe(…, as_tuples=True)``,
    of which only the :data:`FIELDS` are read, then the publisher of the whole pipeline.

    Args:
        doc: the document.
        publisher: who published it where nothing else says so.

    Raises:
        ValueError: ``doc._.onrecord_article`` has a field that isn't known, or a date can't be read.
    """
    own = doc._.get(ARTICLE) or {}
    if not isinstance(own, Mapping) or not set(own) <= set(FIELDS):
        said = f"has {', '.join(map(repr, sorted(set(own) - set(FIELDS))))}" if isinstance(own, Mapping) else f"is {type(own).__name__}"
        raise ValueError(f"doc._.{ARTICLE} {said}: it is a dictionary that may have {', '.join(FIELDS)}")
    context = doc._context if isinstance(doc._context, Mapping) else {}
    known = {name: _value(own.get(name, context.get(name))) for name in FIELDS}
    published = known.pop("published")
    date = published_date(published)
    if published is not None and date is None:
        raise ValueError(f"the publication date {published!r} can't be read: write it as 2021-03-09")
    words = {name: str(value) for name, value in known.items() if value is not None}
    return Article.make(doc.text, **{"publisher": publisher, **words}, published=date)


def _value(given: Any) -> Any:
    """None for what tables write where there is nothing: an empty string, NaN, NaT, NA."""
    if type(given).__name__ in NOTHING or (isinstance(given, float) and math.isnan(given)) or (isinstance(given, str) and not given.strip()):
        return None
    return given
