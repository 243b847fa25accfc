"""Spans, reports and their JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Actor, Article, Attribution, Cast, Mention, Report, Span, SpanError, Speaker, Time, finding_id, rule_of, voice_at

TEXT = "Chad’s army said on Sunday that rebels had fled."


def a_time(article: Article, start: int, end: int) -> Time:
    span = article.span(start, end)
    return Time(
        start=start,
        end=end,
        text=span.text,
        id=finding_id("tx", article.id, "DATE", [span]),
        type="DATE",
        value="2021-03-07",
        confidence=0.9,
        reason="times.weekday|publication",
    )


def an_attribution(article: Article, id: str, start: int, end: int) -> Attribution:
    return Attribution(id=id, kind="indirect", source=(), cue=(), content=(article.span(start, end),), speaker=Speaker(name=id), confidence=0.9, reason="test")


def test_a_span_must_be_as_long_as_its_text() -> None:
    with pytest.raises(SpanError, match="3 characters"):
        Span(start=0, end=3, text="Chad")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (4, 4), (5, 4)])
def test_a_span_has_a_beginning_before_its_end(start: int, end: int) -> None:
    with pytest.raises(SpanError):
        Span(start=start, end=end, text="")


def test_a_report_refuses_what_the_article_does_not_say() -> None:
    article = Article.make(TEXT)
    wrong = Time(start=0, end=4, text="Mali", id="tx-1", type="DATE", value="2021", confidence=1.0, reason="test")
    with pytest.raises(SpanError, match="says 'Chad'"):
        Report(article=article, times=(wrong,))


def test_an_article_id_depends_on_text_and_address_alone() -> None:
    assert Article.make(TEXT, title="One").id == Article.make(TEXT, title="Two").id
    assert Article.make(TEXT).id != Article.make(TEXT, url="https://example.org/a").id
    assert Article.make(TEXT, id="own").id == "own"


def test_a_report_comes_back_from_json_with_its_text() -> None:
    article = Article.make(TEXT, published="2021-03-09")
    mention = Mention(start=0, end=4, text="Chad", head=0, form="name", reason="actors.country")
    chad = Actor(id="TCD.GOV", name="Chad", country="TCD", sector="GOV", kind="state", mentions=(mention,), reason="actors.country")
    report = Report(article=article, actors=(chad,), times=(a_time(article, 20, 26),))
    assert Report.from_dict(json.loads(report.to_json(with_text=True))) == report
    assert Report.from_dict(json.loads(report.to_json()), text=TEXT).times == report.times


def test_a_report_without_text_is_bound_to_its_article_by_hash() -> None:
    body = json.loads(Report(article=Article.make(TEXT)).to_json())
    assert "text" not in body["article"]
    with pytest.raises(ValueError, match="without its text"):
        Report.from_dict(body)
    with pytest.raises(ValueError, match="SHA-256"):
        Report.from_dict(body, text=TEXT + " ")


def test_a_broken_report_names_the_field() -> None:
    body = json.loads(Report(article=Article.make(TEXT), times=(a_time(Article.make(TEXT), 20, 26),)).to_json())
    body["times"][0]["start"] = "twenty"
    with pytest.raises(ValueError, match=r"times\[0\]\.start"):
        Report.from_dict(body, text=TEXT)


def test_the_innermost_voice_is_the_voice() -> None:
    article = Article.make(TEXT)
    outer, inner = an_attribution(article, "army", 0, 48), an_attribution(article, "rebels", 32, 47)
    assert voice_at([outer, inner], 33, 40) is inner
    assert voice_at([outer, inner], 0, 4) is outer
    assert voice_at([inner], 0, 4) is None


def test_the_widest_mention_on_a_head_stands_for_it() -> None:
    text = "Chadian army"
    wide = Mention(start=0, end=12, text=text, head=8, form="nominal", reason="test")
    narrow = Mention(start=8, end=12, text="army", head=8, form="nominal", reason="test")
    actor = Actor(id="TCD.MIL", name="Chadian army", country="TCD", sector="MIL", kind="organisation", mentions=(narrow, wide), reason="test")
    assert Cast([actor]).at_head(8) == (wide, actor)
    assert [m for m, _ in Cast([actor]).within(8, 12)] == [narrow]


def test_a_rule_is_what_stands_before_the_bar() -> None:
    assert rule_of("events.accuse|passive|by_agent") == "events.accuse"


@given(st.text(min_size=1), st.data())
def test_the_text_at_a_span_is_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    article = Article.make(text)
    span = article.span(start, end)
    assert article.text[span.start : span.end] == span.text


def test_ids_are_the_same_on_every_machine_and_run() -> None:
    article = Article.make(TEXT)
    assert article.id == "5269a9b5e8eb06af"
    assert finding_id("ev", article.id, "ACCUSE", [article.span(0, 4)], ["TCD.GOV"]) == "ev-752395f9cead"


def test_what_no_database_takes_is_replaced_one_for_one() -> None:
    assert Article.make("a\x00b\ud800c").text == "a\ufffdb\ufffdc"
