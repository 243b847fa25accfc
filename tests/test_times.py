"""When: what is found, with which extent, and what it is worth against the publication or the story."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import lexicons, times
from onrecord.parse import Parser
from onrecord.records import Article, Time
from onrecord.times.lexicon import Lexicon, Rule, compiled
from onrecord.times.moment import Moment, easter, shifted

WEDNESDAY = "2021-04-14"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return times.Lexicon.load()


@pytest.fixture(scope="module")
def read(parser: Parser, lexicon: Lexicon):
    def _read(text: str, published: str | None = WEDNESDAY) -> list[Time]:
        return list(times.find(parser.parse(Article.make(text, published=published)), lexicon=lexicon))

    return _read


def values(found: list[Time]) -> list[tuple[str, str]]:
    return [(t.text, t.value) for t in found]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("9 March 2021", "2021-03-09"),
        ("March 9, 2021", "2021-03-09"),
        ("Mar. 9, 2021", "2021-03-09"),
        ("the 9th of March 2021", "2021-03-09"),
        ("Tuesday, March 9, 2021", "2021-03-09"),
        ("2021-03-09", "2021-03-09"),
        ("27/03/2021", "2021-03-27"),
        ("March 2021", "2021-03"),
        ("mid-March 2021", "2021-03"),
        ("early 2014", "2014"),
        ("the end of 2014", "2014"),
        ("the 1990s", "199"),
        ("the 19th century", "18"),
        ("the summer of 2014", "2014-SU"),
        ("the second quarter of 2014", "2014-Q2"),
        ("241 BC", "BC0241"),
    ],
)
def test_a_full_date_needs_no_publication(read, written, value):
    assert (written, value) in values(read(f"The envoy was there in {written}.", None))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The minister resigned on Sunday.", "2021-04-11"),
        ("The minister resigned on Wednesday.", "2021-04-14"),
        ("The minister will resign on Sunday.", "2021-04-18"),
        ("The council is due to meet on Sunday.", "2021-04-18"),
        ("The minister resigned last Sunday.", "2021-04-11"),
        ("They meet again next Tuesday.", "2021-04-20"),
        ("The shares fell to close on Monday at nine dollars.", "2021-04-12"),
        ("The ministers agreed to meet on Monday in Geneva.", "2021-04-19"),
        ("Exports are at their highest level since August.", "2020-08"),
        ("Inflation in March could be lower.", "2021-03"),
        ("Late Monday night the palace was shelled.", "2021-04-12TNI"),
        ("The president resigned yesterday.", "2021-04-13"),
        ("Parliament voted on the bill last month.", "2021-03"),
        ("Talks begin next week in Doha.", "2021-W16"),
        ("He was arrested earlier this year.", "2021"),
        ("He was arrested two weeks ago.", "2021-W13"),
        ("He was arrested three days ago.", "2021-04-11"),
        ("He was arrested in December.", "2020-12"),
        ("The vote will be held in December.", "2021-12"),
        ("He was arrested in May last year.", "2020-05"),
        ("He was shot on 29 February.", "2020-02-29"),
        ("The city was bombed last winter.", "2020-WI"),
        ("Ministers bought gas ahead of an embargo to start on May 1.", "2021-05-01"),
        ("They agreed on a levy to take effect on May 1.", "2021-05-01"),
        ("The party managed to start on May 20.", "2020-05-20"),
        ("The premier faces a confidence vote on Friday.", "2021-04-16"),
        ("The premier won allies ahead of a confidence vote on Friday.", "2021-04-16"),
        ("The senate passed it in a vote on Friday.", "2021-04-09"),
        ("A visit in May was cancelled.", "2021-05"),
        ("The aide left before the planned end of the truce on 2 June.", "2021-06-02"),
        ("The opposition rejected elections in May.", "2021-05"),
        ("Talks in May failed.", "2020-05"),
        ("The envoys met over the weekend.", "2021-04-10"),
        ("The envoys will meet at the weekend.", "2021-04-17"),
        ("The navy said it would look into Monday's raid on the harbour.", "2021-04-12"),
        ("The navy may apologise for the raid on Monday.", "2021-04-12"),
        ("The party will take part in Monday's runoff.", "2021-04-19"),
    ],
)
def test_news_counts_from_its_publication_and_by_tense(read, text, value):
    assert [t.value for t in read(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The vote was held on 31 March.", "--03-31"),
        ("The vote was held in March.", "--03"),
        ("The vote was held on Sunday.", "XXXX-WXX-7"),
        ("The vote was held yesterday.", "XXXX-XX-XX"),
        ("The vote was held last month.", "XXXX-XX"),
    ],
)
def test_a_year_is_never_invented(read, text, value):
    assert [t.value for t in read(text, None)] == [value]


def test_dates_that_are_joined_share_their_year(read):
    assert [t.value for t in read("He was in Turkey on 4 April and in Chad from 5 to 6 April 2016.", None)] == ["2016-04-04", "2016-04-05", "2016-04-06"]
    assert [t.value for t in read("It lasted from October to March 1945.", None)] == ["1944-10", "1945-03"]
    assert [t.value for t in read("The war of 1992–95 left scars.", None)] == ["1992", "1995"]


def test_then_is_the_last_date_mentioned(read):
    text = "The town fell on 30 May 1998. Three days later the airport fell. The following month the king fled. He had been crowned a decade earlier."
    assert values(read(text, "2021-04-14")) == [
        ("30 May 1998", "1998-05-30"),
        ("Three days later", "1998-06-02"),
        ("The following month", "1998-07"),
        ("a decade earlier", "198"),
    ]


def test_in_a_history_a_bare_month_belongs_to_the_story(read):
    text = (
        "The war began in June 1912. In 1913 it spread. On 3 March 1914 peace was signed. In April it was broken. "
        "In December 1914 the king died. In January his son was crowned. The war went on until 1918."
    )
    assert [t.value for t in read(text, "2009-12-19")] == ["1912-06", "1913", "1914-03-03", "1914-04", "1914-12", "1915-01", "1918"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("eleven days", "P11D"),
        ("more than two years", "P2Y"),
        ("a few weeks", "PXW"),
        ("two and a half years", "P2.5Y"),
        ("90 minutes", "PT90M"),
        ("six months", "P6M"),
    ],
)
def test_durations(read, written, value):
    assert [(t.text, t.value, t.type) for t in read(f"It lasted {written}.")] == [(written, value, "DURATION")]


def test_sets_and_clock(read):
    assert [(t.value, t.type) for t in read("They protest every Friday.")] == [("XXXX-WXX-5", "SET")]
    assert [(t.value, t.type) for t in read("Polls closed at 08:30 GMT.")] == [("2021-04-14T08:30Z", "TIME")]
    assert read("At 5 am on 3 October 2020 they crossed the river.")[0].value == "2020-10-03T05:00"


@pytest.mark.parametrize(
    "text",
    [
        "The army sent 2000 soldiers.",
        "Resolution 1973 was adopted.",
        "Mrs May said she may march.",
        "He paid $1999 for it.",
        "Peace fell apart.",
        "He read the People's Daily.",
        "The fall of Kabul shocked them.",
        "The spring of water dried up.",
    ],
)
def test_what_only_looks_like_a_time(read, text):
    assert read(text) == []


def test_slashes_are_read_by_what_the_article_shows(read):
    assert [t.value for t in read("Stamped on 03/04/2020 and on 27/03/2020.")] == ["2020-04-03", "2020-03-27"]
    assert [t.value for t in read("Stamped on 03/04/2015.", None)] == ["2015"]


def test_of_two_extents_the_longer_wins(read):
    assert [t.text for t in read("He left on Friday, 9 April 2021 at noon.")] == ["Friday, 9 April 2021", "noon"]


def test_the_article_before_another_noun_stays_outside(read):
    assert [t.text for t in read("The army repelled the summer offensive.")] == ["summer"]


def test_every_rule_fires_on_its_examples(parser, lexicon):
    for rule in lexicons.rules("times/rules", Rule):
        for example in rule.examples:
            fired = {t.reason.partition("|")[0] for t in times.find(parser.parse(Article.make(example)), lexicon=lexicon)}
            assert rule.id in fired, example
        for example in rule.counterexamples:
            fired = {t.reason.partition("|")[0] for t in times.find(parser.parse(Article.make(example)), lexicon=lexicon)}
            assert rule.id not in fired, example


def test_an_unknown_word_class_in_a_pattern_is_an_error(lexicon):
    with pytest.raises(lexicons.LexiconError, match="no word class"):
        compiled("month nonsense", lexicon.classes, "times.example")


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 12, 31)), st.integers(-400, 400))
def test_days_shift_there_and_back(day, count):
    there = shifted(Moment.of(day), "D", count)
    assert there is not None
    assert shifted(there, "D", -count) == Moment.of(day)


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_in_its_season(year):
    day = easter(year)
    assert day.isoweekday() == 7
    assert (3, 22) <= (day.month, day.day) <= (4, 25)


PIECES = [
    "March",
    "May",
    "9",
    "31",
    "2021",
    "1,000",
    "last",
    "week",
    "on",
    "Sunday",
    "the",
    "of",
    "BC",
    "ago",
    "two",
    "-",
    "/",
    ":",
    "'",
    "years",
    "now",
    "\n",
    "é",
    "3rd",
    "Q9",
    "half",
]


@settings(deadline=None, max_examples=60)
@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=25), published=st.sampled_from([None, "2021-04-14", "2021-13-99", "nonsense", "0001-01-01", "9999-12-31"])
)
def test_whatever_the_words_spans_and_values_hold(read, pieces, published):
    text = " ".join(pieces)
    for found in read(text, published):
        assert text[found.start : found.end] == found.text
        assert found.value
        assert not re.fullmatch(r"\d{4}.*", found.value) or published or "2021" in text or "BC" in text


def test_news_that_looks_back_stays_news(read):
    text = "This week the court met. In 2012, 2014, 2015, 2016 and 2018 it had not. This week judges spoke. This year they quit on Sunday."
    assert ("Sunday", "2021-04-11") in values(read(text))


DATELIKE = [
    "31/02/2011", "13/13/2013", "00/00/0000", "29.02.2011", "99:99", "24:60", "25:00", "0000", "9999", "9998", "1000", "2100", "0", "-1", "32nd", "31st",
    "0th", "999999", "99999999999999", "1e9", "0.5", "1.2.3", "million", "billion", "dozen", "hundred", "years", "weeks", "days", "months", "weekend", "hours",
    "centuries", "decades", "ago", "later", "earlier", "from now", "before", "after", "next", "last", "this", "the", "of", "in", "on", "at", "to", "and",
    "March", "February", "29", "30", "Friday", "Easter", "Christmas", "BC", "AD", "a.m.", "p.m.", "GMT", "'99", "1990s", "0s", "2011-02-31", "9999-12-31",
    "0000-00-00", "2011-01-01T99:99", "Q4", "first", "fifth", "half", "quarter", "century", "summer", "winter", "fiscal year", "every", "twice", "-", ",", ".",
    "(", "minus", "today", "tomorrow", "yesterday", "noon", "midnight", "tonight", "a", "few", "some", "planned", "vote", "٣", "²", "½",
]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    pieces=st.lists(st.sampled_from(DATELIKE) | st.integers(-(10**20), 10**20).map(str), max_size=20),
    joint=st.sampled_from([" ", "", " the ", " of "]),
    published=st.sampled_from([None, "0001-01-01", "1500-01-01", "2020-02-29", "2500-12-31", "9999-12-31"]),
)
def test_no_date_is_too_wrong_to_be_read(read, pieces, joint, published):
    text = joint.join(pieces)
    end = 0
    for found in read(text, published):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert found.value
        end = found.end


@pytest.mark.parametrize(
    "text", ["", "7", "word", "31/02/2011", "99:99", "the 32nd of March", "999999 years ago", "-5 days ago", "in the year 0", "9999 weeks later", "A " * 2000]
)
def test_odd_dates_do_no_harm(read, text):
    for published in (None, "0001-01-01", "2021-04-14", "9999-12-31"):
        assert all(t.value for t in read(text, published))
