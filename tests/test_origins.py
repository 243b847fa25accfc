"""Copies of one text are one origin, whoever prints them; shared background is no copy."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cluster import Memory, components, copies, credit, origins, sketch, tie
from onrecord.cluster.copies import plain_words
from onrecord.records import Article

QUAKE = (
    "TALINA, Orvania (Reuters) - An earthquake of magnitude 6.1 shook the northern coast of Orvania before dawn on Monday, killing at least 14 people "
    "and cutting the only road to the port of Mesk, officials said. Rescuers with dogs dug through the ruins of a textile works where the night shift "
    "had just begun. “We heard them knocking until seven o'clock,” said Bela Tarn, who leads the fire brigade's team at the site. The labour ministry "
    "had ordered the owners to strengthen the roof two years ago, its spokeswoman told reporters, and would organise an inquiry. Electricity came "
    "back to half of the district by noon. Schools stay closed until Thursday, and the army is putting up tents for four thousand people on the "
    "football ground. The government of neighbouring Velland offered two field hospitals and a plane that carries heavy lifting gear. Orvania lies "
    "where two plates meet and has about thirty quakes a year that people can feel. The last deadly one struck in 1998, when 212 people died and the "
    "old harbour sank by a metre. Building rules were tightened afterwards, but inspectors are few and fines have not been raised since the currency "
    "was changed."
)
BUDGET = (
    "TALINA, Orvania (Reuters) - Parliament in Orvania passed a budget on Friday that takes a tenth from spending on roads, after a night in which "
    "two parties of the coalition threatened to walk out. Finance Minister Ilo Maren called the vote a relief. The opposition wants a referendum on "
    "the fuel levy and has begun to collect signatures in the markets of the capital. Orvania lies where two plates meet and has about thirty quakes "
    "a year that people can feel. The last deadly one struck in 1998, when 212 people died and the old harbour sank by a metre. Building rules were "
    "tightened afterwards, but inspectors are few and fines have not been raised since the currency was changed."
)
NOTICE = "\nAll rights reserved. Sign up for our newsletter and follow us on every network for the best of our reporting from the whole coast and its islands."
OWN = [
    "The Mesk ferry did not sail, our reporter in the harbour found.",
    "A hotline for relatives was open from six in the morning.",
    "Our readers sent pictures of cracked walls from four villages.",
]


def an_article(text: str, id: str, published: str | None = "2021-03-08", **fields: str) -> Article:
    return Article.make(text, id=id, published=published, **fields)


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.”]) (?=[A-Z“])", text)


def trimmed(text: str) -> str:
    return " ".join(sentences(text)[:3])


def redated(text: str) -> str:
    return text.replace("TALINA, Orvania (Reuters) - ", "By our own correspondent\n")


def requoted(text: str) -> str:
    return text.replace("“", '"').replace("”", '"').replace("'", "’")


def american(text: str) -> str:
    return (
        text.replace("labour", "labor")
        .replace("organise", "organize")
        .replace("harbour", "harbor")
        .replace("metre", "meter")
        .replace("neighbouring", "neighboring")
    )


def interleaved(text: str) -> str:
    parts = sentences(text)[:5]
    for n, own in enumerate(OWN):
        parts.insert(2 * n, own)
    return " ".join(parts)


def corrected(text: str) -> str:
    return "CORRECTED: " + text.replace("14 people", "16 people").replace("6.1", "6.3")


def without_its_lead(text: str) -> str:
    return "Aid reached the north of Orvania by sea on Tuesday. " + " ".join(OWN) + " ".join(sentences(text)[1:])


@pytest.mark.parametrize("edit", [trimmed, redated, requoted, american, interleaved, corrected, without_its_lead, lambda t: t + NOTICE])
def test_a_copy_is_of_its_texts_origin(edit) -> None:  # type: ignore[no-untyped-def]
    (one,) = origins([an_article(QUAKE, "a"), an_article(edit(QUAKE), "b")])
    assert one.articles == ("a", "b")


def test_stories_that_share_their_last_paragraphs_are_two_origins() -> None:
    assert len(origins([an_article(QUAKE, "a"), an_article(BUDGET, "b")])) == 2


def test_a_shared_notice_makes_no_copy() -> None:
    first, second = "Farmers blocked the bridge at Ost for a second day.", "A court freed the editor of the weekly on bail."
    assert len(origins([an_article(first + NOTICE, "a"), an_article(second + NOTICE, "b")])) == 2


def test_a_longer_story_with_the_end_of_a_short_one_is_no_copy() -> None:
    short = " ".join([sentences(BUDGET)[0], *sentences(BUDGET)[-3:]])
    assert tie(sketch(an_article(QUAKE, "a")), sketch(an_article(short, "b"))) is None


def test_a_tie_says_what_decided() -> None:
    whole = sketch(an_article(QUAKE, "a"))
    lead, text = tie(whole, sketch(an_article(trimmed(QUAKE), "b"))), tie(whole, sketch(an_article(without_its_lead(QUAKE), "c")))
    assert lead is not None
    assert text is not None
    assert (lead.reason, text.reason) == ("lead", "text")
    assert lead.share > 0.9


@pytest.mark.parametrize("text", ["", "Too few words", "one two three four five"])
def test_short_texts_have_an_origin_each_unless_they_are_the_same(text: str) -> None:
    assert len(origins([an_article(text, "a"), an_article("Another text of a few words altogether.", "b")])) == 2


def test_the_earliest_and_the_longest_are_named_and_the_agency() -> None:
    articles = [
        an_article(trimmed(redated(QUAKE)), "a", "2021-03-07"),
        an_article(QUAKE, "b", "2021-03-08"),
        an_article(QUAKE + " More will follow, the ministry said.", "c", None),
    ]
    (one,) = origins(articles)
    assert (one.earliest, one.longest) == ("a", "c")
    assert one.credit is not None
    assert (one.credit.agency, one.credit.where) == ("Reuters", "dateline")


@pytest.mark.parametrize(
    ("text", "agency", "where"),
    [
        ("ST. OLAF (AP) — Two trawlers sank.", "AP", "dateline"),
        ("KABUL, March 3 (Xinhua) -- Two trawlers sank.", "Xinhua", "dateline"),
        ("(Reuters) - Two trawlers sank.", "Reuters", "dateline"),
        ("Two trawlers sank\nOSLO (AFP) – Two trawlers sank on Monday.", "AFP", "dateline"),
        ("By ANNA BERG, Associated Press\nTwo trawlers sank.", "AP", "byline"),
        ("Two trawlers sank off the cape. Source: Xinhua", "Xinhua", "credit"),
        ("Two trawlers sank off the cape. © 2021 AFP", "AFP", "credit"),
        ("Two trawlers sank, the owner told Reuters.", None, None),
        ("The Associated Press photographer was freed in Oslo.", None, None),
    ],
)
def test_an_agency_is_read_from_where_it_is_credited(text: str, agency: str | None, where: str | None) -> None:
    found = credit(an_article(text, "a"))
    assert (found and found.agency, found and found.where) == (agency, where)
    if found and found.span:
        assert text[found.span.start : found.span.end] == found.span.text


def test_a_byline_field_credits_too() -> None:
    found = credit(an_article("Two trawlers sank.", "a", byline="Anna Berg, The Associated Press"))
    assert found is not None
    assert (found.agency, found.span) == ("AP", None)


def test_boilerplate_and_quotation_marks_are_no_words() -> None:
    assert plain_words("“It’s late,” he said.\nSign up for our newsletter today!") == ["its", "late", "he", "said"]


def test_adding_one_by_one_gives_the_same_ties_in_any_order() -> None:
    made = [QUAKE, trimmed(QUAKE), interleaved(QUAKE), BUDGET, redated(BUDGET), american(QUAKE)]
    articles = [an_article(text, str(n)) for n, text in enumerate(made)]
    results = []
    for seed in range(4):
        index, ties = Memory(), []
        for article in random.Random(seed).sample(articles, len(articles)):
            new = sketch(article)
            ties += [(article.id, other) for other in copies(new, index)]
            index.add(new)
        results.append(sorted(sorted(group) for group in components([a.id for a in articles], ties)))
    assert results[0] == [["0", "1", "2", "5"], ["3", "4"]]
    assert all(r == results[0] for r in results)


def test_a_text_added_again_is_no_copy_of_itself_and_stands_once() -> None:
    index, one = Memory(), sketch(an_article(QUAKE, "a"))
    index.add(one)
    index.add(one)
    assert copies(one, index) == {}
    assert list(index.holders(one.keys[:1], most=9)) == ["a"]


def test_a_text_printed_by_very_many_stays_one_origin() -> None:
    many = [an_article(f"Paper {n} prints this today.\n{QUAKE}", f"{n:03d}") for n in range(150)]
    assert len(origins(many)) == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12), st.randoms())
def test_groups_do_not_depend_on_the_order_of_ties(ties: list[tuple[int, int]], rng: random.Random) -> None:
    shuffled = [pair[::-1] for pair in ties]
    rng.shuffle(shuffled)

    def groups(these: list[tuple[int, int]]) -> list[list[int]]:
        return sorted(sorted(group) for group in components(range(10), these))

    assert groups(ties) == groups(shuffled)
