"""Conditions on documents: what they mean, and what is said of those that can't be understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read import Where, WhereError
from onrecord.read.where import Facts, host_of

KNOWN = Facts(host="news.bbc.co.uk", language="en", date="2021-03-09", retrieved="2021-03-10")
WORDS = ["host", "language", "date", "in", "and", "or", "not", "=", "(", ")", ",", "en", "a.org", "2021", '"', "<=", "é", " "]


def answer(condition: str | list[str], facts: Facts = KNOWN) -> bool | None:
    read = Where.parse(condition)
    assert read is not None
    return read.of(facts)


@pytest.mark.parametrize(
    ("condition", "meant"),
    [
        ("host = news.bbc.co.uk", True),
        ("host = WWW.News.BBC.co.uk", True),
        ("host = bbc.co.uk", False),
        ("host = *.bbc.co.uk", True),
        ("host = *.news.bbc.co.uk", True),
        ("host = *.c.co.uk", False),
        ("host != example.org", True),
        ("host in (example.org, *.co.uk)", True),
        ("host not in (example.org, *.co.uk)", False),
        ("language = en", True),
        ('language = "English"', True),
        ("language in (fr, de)", False),
        ("date = 2021", True),
        ("date = 2021-03", True),
        ("date = 2021-03-09", True),
        ("date > 2021-03", False),
        ("date >= 2021-03", True),
        ("date <= 2021-03", True),
        ("date < 2021-03", False),
        ("date != 2021-03-08", True),
        ("date in (2020, 2021-03)", True),
        ("retrieved > 2021-03-09", True),
        ("date >= 2021-04 or language = en", True),
        ("date >= 2021-04 or language = fr and host = *.uk", False),
        ("(date >= 2021-04 or language = en) and not host = example.org", True),
        ("NOT NOT date = 2021", True),
        (["language = en", "date = 2020"], False),
        (["language = en or language = fr", "date = 2021"], True),
    ],
)
def test_what_a_condition_means(condition, meant):
    assert answer(condition) is meant


@pytest.mark.parametrize(
    ("condition", "known", "meant"),
    [
        ("language = en", Facts(host="a.org"), None),
        ("language = en and host = b.org", Facts(host="a.org"), False),
        ("language = en or host = a.org", Facts(host="a.org"), True),
        ("not language = en", Facts(), None),
        ("date = 2021 or language = en", Facts(language="fr"), None),
    ],
)
def test_what_is_not_known_decides_nothing(condition, known, meant):
    assert answer(condition, known) is meant


@pytest.mark.parametrize(
    ("condition", "at", "words"),
    [
        ("", 1, "something is missing"),
        ("hots = a.org", 1, "host, language, date or retrieved"),
        ("host > a.org", 6, "=, != or in"),
        ("host = https://a.org/", 8, "no host"),
        ("host = a*.org", 8, "no host"),
        ("language = xx", 12, "two-letter code"),
        ("date >= 2021-13", 9, "2021-03"),
        ("date >= last week", 9, "2021-03-09"),
        ("date >= 2021-02-30", 9, "no date"),
        ("date == 2021", 7, "date is missing"),
        ("date 2021", 6, ">="),
        ("date = 2021 language = en", 13, "`and` or `or`"),
        ("date = 2021 and", 16, "something is missing"),
        ("host in a.org", 9, "brackets"),
        ("host in (a.org b.org)", 16, "commas"),
        ("host in ()", 10, "missing"),
        ("(date = 2021", 13, "character 1 is not closed"),
        ('language = "en', 12, "not closed"),
        ("host not = a.org", 10, "not in"),
        ("(" * 60 + "date = 2021" + ")" * 60, 51, "brackets"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(condition, at, words):
    with pytest.raises(WhereError) as raised:
        Where.parse(condition)
    assert f"character {at} " in str(raised.value)
    assert words in str(raised.value)


def test_no_condition_is_none():
    assert Where.parse([]) is None


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_any_words_are_a_condition_or_an_error_with_a_place(condition):
    try:
        read = Where.parse(condition)
    except WhereError as error:
        read, said = None, str(error)
    else:
        said = ""
    assert said.startswith("character ") is (read is None)
    if read is not None:
        assert read.of(KNOWN) in (True, False)
        assert read.of(Facts()) in (True, False, None)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.Example.org:8080/x", "example.org"),
        ("example.org/x", "example.org"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://[::1/", None),
        (None, None),
        ("  ", None),
    ],
)
def test_the_host_of_an_address(address, host):
    assert host_of(address) == host
