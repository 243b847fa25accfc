"""Whatever JSON is given as a report, it is a report, bound to its text, or is refused with a ValueError."""

from __future__ import annotations

import copy
import os
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store_samples import SampleCoder, an_article

from onrecord.records import Report

EXAMPLES = int(os.environ.get("ONRECORD_FUZZ", "300"))
"""How many of each kind; more to look for longer."""
ODD = st.sampled_from(["", "\x00", "\ud800", "e\u0301", "\u202e", "👩‍👩‍👧", "0", "NaN", "2021-13-45"])
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | ODD
ANY = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4), max_leaves=12)
REAL = [SampleCoder().report(an_article(n, words="Café 👩‍👩‍👧 שלום. " if n % 2 else "")).to_dict(with_text=True) for n in range(3)]
KEYS = sorted({"article", "text_sha256", *REAL[0], *REAL[0]["article"]})


def holds(body: Any, text: Any = None) -> bool:
    """Whether it is a report: then it says of every span what the text says there, and is the same when written and read again."""
    try:
        report = Report.from_dict(body, text=text)
    except ValueError:
        return False
    assert all(report.article.text[s.start : s.end] == s.text for s in report.spans())
    assert Report.from_dict(report.to_dict(with_text=True)) == report
    return True


def places(body: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything in some JSON."""
    out = [at] if at else []
    for key, value in body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list | tuple) else ():
        out += places(value, (*at, key))
    return out


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    body = plain(copy.deepcopy(draw(st.sampled_from(REAL))))
    for _ in range(draw(st.integers(1, 4))):
        found = places(body)
        *way, last = draw(st.sampled_from(found))
        inside: Any = body
        for key in way:
            inside = inside[key]
        how = draw(st.sampled_from(["replace", "drop", "shift", "add"]))
        if how == "drop":
            del inside[last]
        elif how == "shift" and isinstance(inside[last], int):
            inside[last] += draw(st.integers(-3, 3) | st.integers())
        elif how == "add" and isinstance(inside, list):
            inside.insert(last, copy.deepcopy(inside[last]))
        else:
            inside[last] = draw(ANY)
        if not places(body):
            break
    return body


def plain(value: Any) -> Any:
    """JSON as it is read: lists where tuples were."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def test_what_was_written_is_read() -> None:
    assert all(holds(body) and holds(plain(body)) for body in REAL)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY | st.dictionaries(st.sampled_from(KEYS), ANY, max_size=6), st.none() | st.text(max_size=20) | ODD)
def test_any_json_is_a_report_or_refused(body: Any, text: str | None) -> None:
    holds(body, text)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated())
def test_a_changed_report_is_a_report_or_refused(body: dict[str, Any]) -> None:
    holds(body)
