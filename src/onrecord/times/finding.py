"""Runs the rules on an article: candidates, the longest of those that overlap, their values in text order."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable

from onrecord.parse import Parsed
from onrecord.records import Time, finding_id
from onrecord.times import dates, relative, spans
from onrecord.times.context import Context, published_day
from onrecord.times.lexicon import Lexicon
from onrecord.times.match import Match
from onrecord.times.reading import CONFIDENCE, Reading, Why
from onrecord.times.tokens import Tokens, tokenise

Value = Callable[[Match, Context], Reading | None]

VALUES: dict[str, Value] = {
    "iso": dates.iso,
    "slashed": dates.slashed,
    "dashed": dates.dashed,
    "calendar": dates.calendar,
    "month": dates.month,
    "day_of_next": dates.day_of_next,
    "day_of_previous": dates.day_of_previous,
    "year": dates.year,
    "year_range_end": dates.year_range_end,
    "decade": dates.decade,
    "century": dates.century,
    "season": dates.season,
    "quarter": dates.quarter,
    "half_year": dates.half_year,
    "fiscal_year": dates.fiscal_year,
    "ordinal_day": dates.ordinal_day,
    "holiday": dates.holiday,
    "new_year": dates.new_year,
    "easter": dates.easter_day,
    "weekday": relative.weekday,
    "deictic": relative.deictic,
    "tonight": relative.tonight,
    "near_part": relative.near_part,
    "bare_part": relative.bare_part,
    "weekend": relative.weekend,
    "near_unit": relative.near_unit,
    "day_around": relative.day_around,
    "ago": relative.ago,
    "later": relative.later,
    "duration": spans.duration,
    "vague_units": spans.vague_units,
    "recent_span": spans.recent_span,
    "every": spans.every,
    "listed": spans.listed,
    "clock": spans.clock,
    "part_of_month": spans.part_of_month,
    "that_time": relative.that_time,
    "vague": spans.vague,
    "the_past": spans.the_past,
    "future": spans.future,
    "former": spans.former,
    "recent": spans.former,
}

BETWEEN = re.compile(r"[\s,(]*(?:\w+ time )?(?:on|of)?[\s]*")
HISTORY_YEARS = 5
LONG_HISTORY = 25
NEAR_YEARS = 2
SPOKEN_WEIGHT = 3
"""How many years outweigh one word such as "yesterday" or "Friday" in telling a history from news."""


def find(parsed: Parsed, *, lexicon: Lexicon) -> tuple[Time, ...]:
    """The time expressions of an article in text order, valued against its date or its own story.

    Args:
        parsed: the article.
        lexicon: words and rules.
    """
    text = parsed.doc.text
    tokens = tokenise(text if len(text) == len(parsed.text) else parsed.text, lexicon)
    narrative = is_history(parsed, tokens, lexicon)
    context = Context(parsed, lexicon.groups, narrative=narrative)
    out: list[Time] = []
    behind = 0
    for match in candidates(tokens, lexicon):
        if match.first < behind:
            continue
        reading = VALUES[match.pattern.rule.value](match, context)
        if reading is None or not reading.value:
            continue
        behind = match.last
        if reading.moment is not None:
            context.mention(reading.moment, match.end)
        out.append(time_of(parsed, match, reading, context))
    return tuple(on_its_day(parsed, time, following) for time, following in itertools.pairwise([*out, None]) if time is not None)


def on_its_day(parsed: Parsed, time: Time, following: Time | None) -> Time:
    """A clock time on the day that is named right behind it ("at 5 am on 3 October")."""
    at = time.value.find("T")
    if following is None or time.type != "TIME" or not time.reason.startswith("times.clock") or following.type != "DATE":
        return time
    if len(following.value) != 10 or following.value[0] == "X" or not BETWEEN.fullmatch(parsed.text[time.end : following.start]):
        return time
    return dataclasses.replace(time, value=following.value + time.value[at:], reason=f"times.clock|{Why.LINKED_DATE}")


def candidates(tokens: Tokens, lexicon: Lexicon) -> list[Match]:
    """What the rules match, from left to right, of two that start together the longer first."""
    line, places = dense(tokens.line, lexicon)
    found = [
        (places[match.start()], -places[match.end() - 1] - 1, pattern.order, pattern)
        for pattern in lexicon.patterns
        for match in pattern.regex.finditer(line)
        if match.end() > match.start()
    ]
    found.sort(key=lambda x: x[:3])
    return [Match(tokens=tokens, lexicon=lexicon, pattern=p, first=start, last=-end) for start, end, _, p in found]


def dense(line: str, lexicon: Lexicon) -> tuple[str, list[int]]:
    """The stretches of a line in which a time expression can be, with their context, and where each character comes from.

    Most of a text holds none, and sixty patterns needn't read it.
    """
    parts: list[str] = []
    places: list[int] = []
    behind = 0
    for match in lexicon.zone.finditer(line):
        start, end = max(behind, match.start() - 2), min(len(line), match.end() + 3)
        if end <= start:
            continue
        if start > behind:
            parts.append(lexicon.classes["break"])
            places.append(start)
        parts.append(line[start:end])
        places.extend(range(start, end))
        behind = end
    return "".join(parts), places


def time_of(parsed: Parsed, match: Match, reading: Reading, context: Context) -> Time:
    """The finding, without an article that belongs to a noun behind it ("the [summer] offensive")."""
    start = match.start
    if match.last - match.first > 1 and match.word(match.first) in ("the", "a", "an") and context.token_at(start).head.idx >= match.end:
        start = match.tokens.starts[match.first + 1]
    span = parsed.article.span(start, match.end)
    kind = reading.type or match.pattern.rule.type
    return Time(
        id=finding_id("tx", parsed.article.id, kind, [span]),
        start=span.start,
        end=span.end,
        text=span.text,
        type=kind,
        value=reading.value,
        confidence=CONFIDENCE[reading.why],
        reason=f"{match.pattern.rule.id}|{reading.why}",
    )


def is_history(parsed: Parsed, tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether the article is told from the last date mentioned and not from its publication."""
    classes = lexicon.classes
    years = [int(v) for sign, v in zip(tokens.line, tokens.values, strict=True) if sign == classes["year"]]
    told = len(years) + tokens.line.count(classes["bc"])
    spoken = sum(tokens.line.count(classes[c]) for c in ("deictic", "ago", "tonight", "weekday"))
    spoken += tokens.line.count(classes["this"] + classes["unit"])
    if told < HISTORY_YEARS or told <= SPOKEN_WEIGHT * spoken:
        return False
    published = published_day(parsed.article.published)
    if published is None or (len(years) >= LONG_HISTORY and spoken * 5 <= len(years)):
        return True
    near = sum(abs(y - published.year) <= NEAR_YEARS for y in years)
    return near <= 0.3 * told and not any(y > published.year for y in years)
