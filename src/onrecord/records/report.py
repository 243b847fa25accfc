"""A report: all findings of one article, bound to its text."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.records.cast import Actor
from onrecord.records.findings import Attribution, Event, Framing, Place, Position, Time
from onrecord.records.showing import Shown
from onrecord.records.spans import Article, Span, SpanError

LINE_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Report(Shown):
    """Everything found in one article.

    Raises:
        SpanError: some finding's text is not what the article says at its offsets.
    """

    article: Article
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    framing: tuple[Framing, ...] = ()
    warnings: tuple[str, ...] = ()
    coder: str = ""

    def __post_init__(self) -> None:
        text = self.article.text
        for span in self.spans():
            if text[span.start : span.end] != span.text:
                raise SpanError(f"article {self.article.id} says {text[span.start : span.end]!r} at {span.start}:{span.end}, the finding says {span.text!r}")

    def spans(self) -> Iterator[Span]:
        """Every span of every finding."""
        for room in (self.actors, self.places, self.times, self.attributions, self.events, self.positions, self.framing):
            for finding in room:
                yield from _spans(finding)

    def findings(self) -> Iterator[Time | Place | Attribution | Event | Position | Framing]:
        """Every finding that has an id of its own in the article, in the order of the rooms."""
        for room in (self.places, self.times, self.attributions, self.events, self.positions, self.framing):
            yield from room

    def rules(self) -> set[str]:
        """The ids of the rules and models that made the findings."""
        return {rule_of(x.reason) for room in (self.actors, self.findings()) for x in room} | {rule_of(m.reason) for a in self.actors for m in a.mentions}

    def to_dict(self, *, with_text: bool = False) -> dict[str, Any]:
        """The report as the JSON contract writes it; the article's text only if asked for."""
        body: dict[str, Any] = msgspec.to_builtins(self)
        for actor in body["actors"]:
            for mention in actor["mentions"]:
                del mention["head"]
        body["article"]["text_sha256"] = self.article.text_sha256
        if not with_text:
            del body["article"]["text"]
        return body

    def to_json(self, *, with_text: bool = False) -> str:
        """One line of JSON, by whatever rule its reader cuts lines."""
        return msgspec.json.encode(self.to_dict(with_text=with_text)).decode().translate(LINE_BREAKS)

    @classmethod
    def from_dict(cls, body: dict[str, Any], *, text: str | None = None) -> Report:
        """A report read back, bound to the article's text and checked against it.

        Args:
            body: what :meth:`to_dict` gave.
            text: the article's text, where ``body`` does not carry it.

        Raises:
            ValueError: there is no text, it is not the text that was coded, or a field is missing or of
                the wrong type; the message names the field.
        """
        known = body.get("article") if isinstance(body, dict) else None
        if not isinstance(known, dict):
            raise ValueError("not a report: it has no article")
        article = dict(known)
        wanted = article.pop("text_sha256", None)
        article["text"] = article.get("text", text)
        if article["text"] is None:
            raise ValueError(f"the report on article {article.get('id')!r} was saved without its text: give the text, or code with --with-text")
        actors = body.get("actors") or []
        actors = [_with_heads(a) for a in actors] if isinstance(actors, list | tuple) else actors
        try:
            report = msgspec.convert({**body, "article": article, "actors": () if actors is None else actors}, cls)
        except msgspec.ValidationError as error:
            raise ValueError(f"not a report: {error}") from error
        try:
            msgspec.json.decode(msgspec.json.encode(report), type=cls)
        except (UnicodeEncodeError, OverflowError, msgspec.ValidationError) as error:  # half a character, no number, a number without end
            raise ValueError(f"not a report: it holds what can't be written again ({str(error)[:100]})") from error
        if wanted and wanted != report.article.text_sha256:
            raise ValueError(f"the text given for article {report.article.id!r} is not the text that was coded (SHA-256 differs)")
        return report


def rule_of(reason: str) -> str:
    """The id of the rule or model in a finding's reason: what stands before the first ``|``."""
    return reason.partition("|")[0]


def _spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    else:
        for name in _parts(value.__class__):
            inner = getattr(value, name)
            if isinstance(inner, tuple) or _parts(inner.__class__):
                yield from _spans(inner)


@functools.cache
def _parts(kind: type) -> tuple[str, ...]:
    """The names of the fields of a record's class; none for any other."""
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


def _with_heads(actor: Any) -> Any:
    """An actor whose mentions have heads; what is none is left to be refused."""
    mentions = actor.get("mentions") if isinstance(actor, dict) else None
    if not isinstance(mentions, list | tuple):
        return actor
    return {**actor, "mentions": [{"head": m.get("start"), **m} if isinstance(m, dict) else m for m in mentions]}
