"""A table of time expressions in sentences of news, each with the one value it has on the day of publication."""

from __future__ import annotations

import re

import pytest

from onrecord import times
from onrecord.parse import Parser
from onrecord.records import Article

PUBLISHED = "2021-03-10"
"""A Wednesday."""

MARKED = re.compile(r"\[(.*?)\]")

TABLE = """
He was held on [24 Février 2021] in Niamey. | 2021-02-24
The decree of [5 de mayo de 2020] was void. | 2020-05-05
The decree of [3. Mai 2020] was void. | 2020-05-03
The decree of [12 août 2019] was void. | 2019-08-12
The law was signed on [7 Ekim 2020] in Ankara. | 2020-10-07
The law was signed on [1er janvier 2020] in Dakar. | 2020-01-01
Published [2021.03.09] in Seoul. | 2021-03-09
The note is dated [09.03.2021] in Kyiv. | 2021-03-09
The note is dated [9/3/2021] in Nairobi. The other is dated 27/02/2021. | 2021-03-09
The note is dated [2021/03/09] in Tokyo. | 2021-03-09
The note is dated [09-Mar-2021] in Delhi. | 2021-03-09
The note is dated [9-Mar-21] in Delhi. | 2021-03-09
The note is dated [March 9th, 2021] in Delhi. | 2021-03-09
The note is dated [the 9th of March, 2021] in Delhi. | 2021-03-09
The rebels struck [Tuesday] in Kidal. | 2021-03-09
Chad will vote on [Sunday]. | 2021-03-14
The rebels struck [last Friday]. | 2021-03-05
The talks resume [this Friday]. | 2021-03-12
Rebels struck [last month]. | 2021-02
Rebels struck [earlier this month]. | 2021-03
Rebels struck [last week]. | 2021-W09
The council meets [next week]. | 2021-W11
Rebels struck [two weeks ago]. | 2021-W08
Rebels struck [three days ago]. | 2021-03-07
Rebels struck [two months ago]. | 2021-01
Rebels struck [a year ago]. | 2020
Rebels struck [ten years ago]. | 2011
Rebels struck [exactly a year ago]. | 2020
Rebels struck [the day before yesterday]. | 2021-03-08
The council meets [the day after tomorrow]. | 2021-03-12
Rebels struck [last summer]. | 2020-SU
The offensive of [spring 2019] failed. | 2019-SP
He was elected in [autumn of 2018]. | 2018-FA
He ruled for [eleven days]. | P11D
He ruled for [two and a half years]. | P2.5Y
He ruled for [several months]. | PXM
He ruled for [more than 30 years]. | P30Y
He ruled for [18 months]. | P18M
The truce lasted [48 hours]. | PT48H
They fought in [the 1990s]. | 199
They fought in [the late 1970s]. | 197
They fought in [the nineties]. | 199
It was built in [the 17th century]. | 16
They met from [3] to 5 May 2020. | 2020-05-03
They met from 3 to [5 May 2020]. | 2020-05-05
They fought from [1992] to 1995. | 1992
They fought in 1992-[95]. | 1995
The meeting is between [March 20] and 22. | 2021-03-20
The rebels struck on 3 May 2019, and [the same day] the army fled. | 2019-05-03
The rebels struck on 3 May 2019. [The next day] the army fled. | 2019-05-04
The rebels struck on 3 May 2019. [Two days later] the army fled. | 2019-05-05
The rebels struck on 3 May 2019. The army had fled [the previous day]. | 2019-05-02
The rebels struck on 3 May 2019. The army had fled [a week earlier]. | 2019-W17
The rebels struck in May 2019. [The following month] the army fled. | 2019-06
The rebels struck in May 2019. [The following year] the army fled. | 2020
The rebels struck in May 2019. [Later that year] the army fled. | 2019
Growth fell in [the first quarter of 2020]. | 2020-Q1
Growth fell in [Q3 2020]. | 2020-Q3
Growth fell in [the last quarter]. | 2020-Q4
Growth fell in [the third quarter]. | 2020-Q3
The budget for [fiscal year 2022] grew. | FY2022
The budget for [FY2022] grew. | FY2022
The budget for [the current fiscal year] grew. | FY2021
He won in [recent years]. | PAST_REF
He [recently] left. | PAST_REF
He is [currently] jailed. | PRESENT_REF
They protest [every Friday]. | XXXX-WXX-5
They protest [every two weeks]. | P2W
They publish [weekly]. | XXXX-WXX
They hold [annual] drills. | XXXX
They hold [monthly] talks. | XXXX-XX
They protest on [Mondays]. | XXXX-WXX-1
Rockets fell [last night]. | 2021-03-09TNI
Rockets fell [this morning]. | 2021-03-10TMO
Rockets fell on [Tuesday evening]. | 2021-03-09TEV
Rockets fell [late Tuesday]. | 2021-03-09
Rockets fell [early on Wednesday]. | 2021-03-10
Rockets fell at [08:30 GMT] on Tuesday. | 2021-03-09T08:30Z
Rockets fell at [8pm] on Tuesday. | 2021-03-09T20:00
Rockets fell in [the early hours of Tuesday]. | 2021-03-09TMO
He left in [early March]. | 2021-03
He left in [late 2019]. | 2019
He left in [mid-2019]. | 2019
He left at [the end of 2019]. | 2019
He left at [the beginning of January]. | 2021-01
He will leave by [the end of this month]. | 2021-03
He was born in [241 BC]. | BC0241
He left in [June]. | 2020-06
The vote is due in [June]. | 2021-06
The vote was held in [December]. | 2020-12
The vote will be held in [December]. | 2021-12
The vote is on [April 11]. | 2021-04-11
The vote took place on [April 11]. | 2020-04-11
The vote took place on [November 3]. | 2020-11-03
He died on [New Year's Eve]. | 2020-12-31
He died on [Christmas Day]. | 2020-12-25
He died on [Easter Sunday 2019]. | 2019-04-21
He was a [34-year-old] man. | P34Y
The army struck in [the second half of 2018]. | 2018-H2
The army struck in [the first week of May 2018]. | 2018-05
The war ended [long ago]. | PAST_REF
The talks are in [two weeks]. | P2W
Rebels struck over [the weekend]. | 2021-03-06
Rebels struck on [Sunday, March 7]. | 2021-03-07
Rebels struck on [Sunday, 7 March 2021]. | 2021-03-07
Rebels struck on [7th March 2021]. | 2021-03-07
Rebels struck in [March, 2020]. | 2020-03
Rebels struck in [Mar. '20]. | 2020-03
Rebels struck in [the year 2020]. | 2020
He took power in [the 2010s]. | 201
It ran from 22 February to [1 March]. | 2021-03-01
The war began on [Feb 24, 2022]. | 2022-02-24
The pact expires on [31 December]. | 2021-12-31
The pact expired on [31 December]. | 2020-12-31
The vote follows unrest on [Jan. 6]. | 2021-01-06
The [2016] referendum changed it. | 2016
The [1973] war changed it. | 1973
He spoke at [noon] on Tuesday. | 2021-03-09T12:00
He left [half a century ago]. | 1971
He left [a century ago]. | 19
He left [nearly two decades ago]. | 200
He left [over a year ago]. | 2020
The order is dated [9-Mar-19] in Delhi. | 2019-03-09
The ministers will meet on [20 March]. | 2021-03-20
The ministers are to meet on [20 April] in Lomé. | 2021-04-20
The ministers were due to meet on [20 March]. | 2021-03-20
The ministers met on [20 March]. | 2020-03-20
The summit planned for [20 May] was called off. | 2021-05-20
An election is expected in [September]. | 2021-09
The vote has been postponed until [June]. | 2021-06
The vote was postponed to [6 June]. | 2021-06-06
He has been in jail since [November]. | 2020-11
He has been in jail since [Monday]. | 2021-03-08
The ceasefire expires on [Friday]. | 2021-03-12
The ceasefire expired on [Friday]. | 2021-03-05
The truce begins on [Thursday]. | 2021-03-11
The strike started on [Thursday]. | 2021-03-04
The bill passed on [Wednesday]. | 2021-03-10
The bill passed [a week ago]. | 2021-W09
The bill passed [a month ago]. | 2021-02
The bill passed [less than a year ago]. | 2020
The bill passed [about three weeks ago]. | 2021-W07
The bill passed [some two decades ago]. | 200
The bill passed [a decade and a half ago]. | 2006
He fled [a year and a half ago]. | 2019-09
He fled [half a decade ago]. | 2016
It was the worst attack in [three years]. | P3Y
It was the worst attack since [2015]. | 2015
The attack came [four days] after the vote. | P4D
The attack came [hours] after the vote. | PTXH
He was given a [15-year] sentence. | P15Y
The [two-day] summit ended. | P2D
The [nine-month] siege ended. | P9M
The [month-long] siege ended. | P1M
The [decades-long] war ended. | PXDE
He spoke for [an hour]. | PT1H
He spoke for [45 minutes]. | PT45M
He spoke for [an hour and a half]. | PT1.5H
He ruled [more than a decade]. | P1DE
He ruled for [over 20 years]. | P20Y
He ruled for [nearly four decades]. | P4DE
He will rule for [the next five years]. | P5Y
He ruled for [the past 12 months]. | P12M
In [the last 24 hours] 12 people died. | PT24H
In [recent weeks] 12 people died. | PAST_REF
He speaks [this week]. | 2021-W10
He spoke [earlier this week]. | 2021-W10
He spoke [later last year]. | 2020
He spoke [late last year]. | 2020
He spoke [early this year]. | 2021
He spoke [early last month]. | 2021-02
He spoke at [the start of this year]. | 2021
He spoke in [the middle of last year]. | 2020
He spoke in [March last year]. | 2020-03
He spoke in [March of this year]. | 2021-03
He spoke in [July 2019]. | 2019-07
He spoke in [the summer of 2019]. | 2019-SU
He spoke in [autumn 2020]. | 2020-FA
He will speak [this spring]. | 2021-SP
He will speak [next year]. | 2022
He will speak [later this year]. | 2021
He will speak [next month]. | 2021-04
He will speak [tomorrow]. | 2021-03-11
He spoke [yesterday]. | 2021-03-09
He spoke [earlier today]. | 2021-03-10
He spoke [earlier on Tuesday]. | 2021-03-09
He spoke [earlier Tuesday]. | 2021-03-09
He spoke [Tuesday night]. | 2021-03-09TNI
He spoke in [the early hours of Monday morning]. | 2021-03-08TMO
He spoke on [the night of March 4]. | 2021-03-04TNI
They ruled from [2010] to 2014. | 2010
It ran between [June] and August 2019. | 2019-06
It ran from [June] to August 2019. | 2019-06
It ran from [1 June] to 3 August 2019. | 2019-06-01
It ran on 1, 2 and [3 August 2019]. | 2019-08-03
It ran on [1], 2 and 3 August 2019. | 2019-08-01
It ran on May 1 and [2]. | 2020-05-02
The rebels struck on 3 May 2019. On [the same day] the army fled. | 2019-05-03
The rebels struck on 3 May 2019. [Three months later] the army fled. | 2019-08
The rebels struck in 2019. [Two years earlier] the army fled. | 2017
The rebels struck on 3 May 2019. [That evening] the army fled. | 2019-05-03TEV
The rebels struck on 3 May 2019. [The following day], the army fled. | 2019-05-04
The rebels struck on 3 May 2019. [A day later], the army fled. | 2019-05-04
The rebels struck on 3 May 2019. [The day after], the army fled. | 2019-05-04
The rebels struck on 3 May 2019. [Later that month] the army fled. | 2019-05
The rebels struck on 3 May 2019. In [June of that year] the army fled. | 2019-06
The rebels struck on 3 May 2019. On [5 May] the army fled. | 2019-05-05
They hold talks [each year]. | XXXX
They hold talks [quarterly]. | XXXX-QX
They meet [daily]. | XXXX-XX-XX
They meet [every other day]. | P2D
They meet [every four years]. | P4Y
It cost 2000 dollars in [2000]. | 2000
The [2015] deal is dead. | 2015
The 1990 and [1991] wars. | 1991
It is set for [Dec. 1]. | 2021-12-01
It happened on [Feb. 29, 2020]. | 2020-02-29
It happened on [Friday 13 November 2015]. | 2015-11-13
It happened on [13/11/2015]. | 2015-11-13
It happened on [11/13/2015]. | 2015-11-13
It happened on [2015-11-13]. | 2015-11-13
It happened at [2015-11-13T20:30Z]. | 2015-11-13T20:30Z
It happened on [13 Kasım 2015]. | 2015-11-13
It happened on [13 noviembre 2015]. | 2015-11-13
It happened on [13 ноября 2015]. | 2015-11-13
The envoy arrived on [15 Mart] in Ankara. | 2020-03-15
The talks ended [the weekend before last]. | 2021-02-27
They met on May 3-[5, 2020]. | 2020-05-05
The bill of [3. Mai 2020] was void. | 2020-05-03
The war ended [long ago]. | PAST_REF
The ruling of 2001/[02] was void. | 2002
The exports of [this quarter] fell. | 2021-Q1
"""


@pytest.fixture(scope="module")
def lexicon() -> times.Lexicon:
    return times.Lexicon.load()


@pytest.mark.parametrize("row", TABLE.strip().splitlines())
def test_value_and_extent(parser: Parser, lexicon: times.Lexicon, row: str) -> None:
    sentence, value = row.rsplit(" | ", 1)
    marked = MARKED.search(sentence)
    assert marked is not None
    text = MARKED.sub(r"\1", sentence, count=1)
    found = {(t.start, t.text): t.value for t in times.find(parser.parse(Article.make(text, published=PUBLISHED)), lexicon=lexicon)}
    assert found.get((marked.start(), marked[1])) == value, found


@pytest.mark.parametrize(
    "text",
    [
        "The 3 Mayo brothers fled to Lima.",
        "A tank weighs 60 marts in the tale.",
        "It was known as long as anybody could tell.",
        "Version 10.4.11 of the programme failed.",
        "The vote was 24/7 in the news.",
    ],
)
def test_what_is_no_date(parser: Parser, lexicon: times.Lexicon, text: str) -> None:
    assert not [t for t in times.find(parser.parse(Article.make(text, published=PUBLISHED)), lexicon=lexicon) if t.type == "DATE"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2021/3/9", "2021-03-09"),
        ("2021.03.09", "2021-03-09"),
        ("09.03.2021", "2021-03-09"),
        ("9-Mar-98", "1998-03-09"),
        ("24 février 2021", "2021-02-24"),
        ("FY19", "FY2019"),
    ],
)
def test_a_full_date_needs_no_publication(parser: Parser, lexicon: times.Lexicon, written: str, value: str) -> None:
    found = times.find(parser.parse(Article.make(f"The order of {written} was void.", published=None)), lexicon=lexicon)
    assert [t.value for t in found] == [value]


def test_a_foreign_day_without_publication_has_no_year(parser: Parser, lexicon: times.Lexicon) -> None:
    found = times.find(parser.parse(Article.make("The envoy arrived on 15 Mart.", published=None)), lexicon=lexicon)
    assert [t.value for t in found] == ["--03-15"]


def test_a_story_long_over_goes_on_in_its_year(parser: Parser, lexicon: times.Lexicon) -> None:
    text = "Rebels took the port on 28 June 2018. On 2 July the army took it back. On 2 April the port will reopen."
    found = times.find(parser.parse(Article.make(text, published=PUBLISHED)), lexicon=lexicon)
    assert [t.value for t in found] == ["2018-06-28", "2018-07-02", "2021-04-02"]
