"""Publication dates: many forms in, ISO 8601 or nothing out; a year is never invented."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read import published_date
from onrecord.read.dates import dateline_date, updated_line_date

ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?)?")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("20111226", "2011-12-26"),
        (20111226, "2011-12-26"),
        ("2011-12-26T10:00:00Z", "2011-12-26T10:00:00Z"),
        ("2011-12-26", "2011-12-26"),
        ("2011-12-26 00:00:00", "2011-12-26"),
        ("2011/12/26", "2011-12-26"),
        ("2011 Dec 26", "2011-12-26"),
        ("26 December 2011", "2011-12-26"),
        ("26th of December, 2011", "2011-12-26"),
        ("Dec 26, 2011", "2011-12-26"),
        ("Dec. 26, 2011", "2011-12-26"),
        ("Mon, 26 Dec 2011 10:00:00 GMT", "2011-12-26T10:00:00Z"),
        ("Mon Dec 26 10:00:00 +0000 2011", "2011-12-26T10:00:00Z"),
        ("6:41 AM ET, Mon February 8, 2016", "2016-02-08T06:41:00"),
        ("Tuesday 9 March 2021, 3pm", "2021-03-09T15:00:00"),
        ("March 9, 2021 Tuesday 12:00 PM GMT", "2021-03-09T12:00:00Z"),
        ("2011-08-17 09:12:31.204816-04", "2011-08-17T09:12:31-04:00"),
        ("2021-03-09T10:00:00.000+0530", "2021-03-09T10:00:00+05:30"),
        ("20111226103000", "2011-12-26T10:30:00"),
        ("D:20210309120000+01'00'", "2021-03-09T12:00:00+01:00"),
        ("13/04/2011", "2011-04-13"),
        ("04/13/2011", "2011-04-13"),
        ("03.04.2011", "2011-04-03"),
        ("04/04/2011", "2011-04-04"),
        ("29 décembre 2011", "2011-12-29"),
        ("9 Januar 1993", "1993-01-09"),
        ("8 de marzo de 2021", "2021-03-08"),
        (1324857600, "2011-12-26T00:00:00Z"),
        ("1324857600000", "2011-12-26T00:00:00Z"),
        (dt.date(2011, 12, 26), "2011-12-26"),
        (dt.datetime(2011, 12, 26), "2011-12-26"),
        (dt.datetime(2011, 12, 26, 5, 0, 1), "2011-12-26T05:00:01"),
        (dt.datetime(2011, 12, 26, 5, tzinfo=dt.UTC), "2011-12-26T05:00:00Z"),
        (dt.datetime(2011, 12, 26, 5, tzinfo=dt.timezone(dt.timedelta(hours=-5))), "2011-12-26T05:00:00-05:00"),
    ],
)  # fmt: skip
def test_forms(written, iso):
    assert published_date(written) == iso


@pytest.mark.parametrize(
    "written",
    [None, "", "soon", "2011", "December 2011", "26 December", "26/12/11", "03/04/2011", "31 February 2011", "2011-13-01", 7, -5, True, float("nan"), 1e300],
)
def test_what_is_no_whole_date_or_reads_in_two_ways_gives_nothing(written):
    assert published_date(written) is None


def test_day_first_settles_what_reads_in_two_ways():
    assert published_date("03/04/2011", day_first=True) == "2011-04-03"
    assert published_date("03/04/2011", day_first=False) == "2011-03-04"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("NAIROBI, March 9, 2021 (Reuters) - Chad said", "2021-03-09"),
        ("Geneva, 9 March 2021 – The Commissioner said", "2021-03-09"),
        ("(Nairobi, March 9, 2021) – Chad said", "2021-03-09"),
        ("BEIJING, Dec. 26, 2011 /Newswire/ -- Chad said", "2011-12-26"),
        ("MOSCOW. March 9, 2021 (Interfax) - Chad said", "2021-03-09"),
        ("Addis Ababa, Ethiopia, 9 March 2021: The Chairperson said", "2021-03-09"),
        ("Statement on Chad\n9 March 2021\nThe Chairperson said", "2021-03-09"),
        ("LONDON (Reuters) - Chad said", None),
        ("NAIROBI, March 9 (Xinhua) -- Chad said", None),
        ("Since March 9, 2021 - the day of the vote - nothing has changed.", None),
        ("The attack of March 9, 2021 - the worst so far - killed five.", None),
        ("One.\nTwo.\nThree.\nFour.\nFive.\nSix.\nNAIROBI, March 9, 2021 - Chad said", None),
    ],
)
def test_datelines(text, iso):
    assert dateline_date(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Updated: 3 May 2014\nChad said", "2014-05-03"),
        ("Last updated at 10:12 on 3 May 2014\nChad said", "2014-05-03T10:12:00"),
        ("Updated March 10, 2021\nPublished March 9, 2021", "2021-03-09"),
        ("Chad said\n\nUpdated 3:04 PM EDT, Mon May 5, 2014", "2014-05-05T15:04:00"),
        ("By Jane Doe | March 9, 2021\nChad said", "2021-03-09"),
        ("Posted on March 9, 2021 by admin", "2021-03-09"),
        ("First published on Tue 9 Mar 2021 10.12 GMT", "2021-03-09T10:12:00Z"),
        ("Updated figures show that on 3 May 2014 the army withdrew", None),
        ("Published: 9 March", None),
        ("Date: 03/04/2011", None),
        ("Copyright 2014 Example. 3 May 2014", None),
    ],
)
def test_updated_lines(text, iso):
    assert updated_line_date(text) == iso


@given(st.one_of(st.text(), st.integers(), st.floats(), st.datetimes(timezones=st.none() | st.just(dt.UTC)), st.dates()))
def test_whatever_comes_out_is_iso_or_nothing(value):
    found = published_date(value)
    assert found is None or ISO.fullmatch(found)


@given(st.dates(dt.date(1800, 1, 1), dt.date(2099, 12, 31)))
def test_a_date_in_any_unambiguous_form_is_that_date(day):
    for form in ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%d.%m.%Y"):
        assert published_date(day.strftime(form)) == day.isoformat()


@pytest.mark.parametrize("text", ["A" * 2_000_000, "By " + "A " * 500_000, "A, " * 500_000, "Published " + "1 " * 500_000, "(" * 100_000, "Jan 1 " * 100_000])
def test_no_text_takes_long(text):
    start = time.perf_counter()
    dateline_date(text)
    updated_line_date(text)
    published_date(text)
    assert time.perf_counter() - start < 1
