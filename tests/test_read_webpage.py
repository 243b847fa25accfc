"""Web pages: the article out of the page, with its title, byline, date, publisher and address."""

from __future__ import annotations

import json

import pytest

from onrecord.read import Skip, SkipReason, read
from onrecord.records import Article
from read_samples import CHAD, PAGE, UNION


@pytest.fixture
def page(tmp_path):
    """Reads a page and gives what came of it."""

    def outcome(content: str | bytes, **given: object) -> Article | Skip:
        path = tmp_path / "page.html"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (found,) = read(path, **given)  # type: ignore[arg-type]
        return found

    return outcome


def test_metadata_and_text_without_title_menus_and_banners(page):
    found = page(PAGE, publisher="Run", published="2000-01-01", url="https://run.example")
    assert found.text == f"{CHAD}\n{UNION}"
    assert (found.title, found.byline, found.publisher) == ("Chad condemns attack", "Jane Doe", "Example News")
    assert (found.published, found.published_reason) == ("2021-03-09", "metadata")
    assert found.url == "https://www.example.org/africa/1"


def test_the_host_stands_for_a_publisher_that_is_not_named(page):
    assert page(f'<html><head><link rel="canonical" href="https://www.example.org/1"></head><body><p>{CHAD}</p></body></html>').publisher == "example.org"


def test_linked_data(page):
    data = {
        "@type": "NewsArticle",
        "headline": "Chad condemns attack",
        "datePublished": "2021-03-09T10:00:00Z",
        "publisher": {"@type": "Organization", "name": "Example News"},
    }
    found = page(
        f'<html><head><script type="application/ld+json">{json.dumps(data)}</script></head><body><article><p>{CHAD}</p><p>{UNION}</p></article></body></html>'
    )
    assert (found.title, found.published, found.publisher) == ("Chad condemns attack", "2021-03-09", "Example News")


def test_a_page_with_nothing_but_paragraphs(page):
    found = page(f"<p>{CHAD}</p><p>The end.</p>", published="2021-03-09")
    assert found.text == f"{CHAD}\nThe end."
    assert (found.title, found.published, found.published_reason) == (None, "2021-03-09", "given")


def test_neither_a_copyright_year_nor_a_date_in_a_sentence_dates_a_page(page):
    found = page(f"<html><body><article><h1>Chad</h1><p>On March 4, 2015 it began.</p><p>{CHAD}</p></article><footer>© 2019 Example</footer></body></html>")
    assert found.published is None


def test_an_updated_line_does_where_there_is_no_metadata(page):
    found = page(f"<html><body><article><h1>Chad</h1><p>Updated: 9 March 2021</p><p>{CHAD}</p><p>{UNION}</p></article></body></html>")
    assert (found.published, found.published_reason) == ("2021-03-09", "updated_line")


def test_a_title_that_begins_with_the_sites_name(page):
    found = page(f"<html><head><title>Example News | Chad condemns attack</title></head><body><b>Chad condemns attack</b><p>{CHAD}<p>{UNION}</body></html>")
    assert found.title == "Chad condemns attack"
    assert found.text.startswith("Chad condemned")


@pytest.mark.parametrize(
    "content",
    [
        "<html><head><script>var a = 'Chad condemned the attack';</script></head><body><div id=app></div><script>go()</script></body></html>",
        "<html><body><img src=a.png></body></html>",
        "<!-- nothing -->",
        "<div>" * 20_000,
        '<html><body><div id="cookie-consent"><p>We use cookies on this site to make it better for everybody.</p></div></body></html>',
    ],
)
def test_a_page_without_an_article_is_skipped(page, content):
    assert page(content).reason is SkipReason.NO_TEXT


def test_a_class_of_the_whole_page_that_speaks_of_cookies_costs_nothing(page):
    found = page(f'<html><body class="cookies-on"><div class="page cookies-accepted"><article><p>{CHAD}</p><p>{UNION}</p></article></div></body></html>')
    assert CHAD in found.text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("utf-8", "cp1252"),
        ("nonsense", "utf-8"),
        ("windows-1251", "utf-8"),
        ("utf-16", "utf-8"),
    ],
)
def test_charsets_as_declared_and_as_they_are(page, declared, encoding):
    text = "Chad’s president said “no” in the café – again."
    assert page(f"<html><head><meta charset={declared}></head><body><p>{text}</p></body></html>".encode(encoding)).text == text


def test_another_charset_is_taken_from_the_page(page):
    text = "Президент осудил нападение на деревню и заявил, что ответит на него."
    found = page(f'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>{text}</p>'.encode("koi8-r"), languages=())
    assert found.text == text


def test_a_page_as_long_as_a_book_is_read_by_its_paragraphs(page):
    found = page("<title>The trial</title><nav><p>Home</p></nav>" + "<p>Chad said no.</p>\n" * 30_000)
    assert found.text == "\n".join(["Chad said no."] * 30_000)
    assert found.title == "The trial"


def test_a_page_older_than_the_web(page):
    assert page(f'<html><head><meta property="article:published_time" content="1989-11-09"></head><body><p>{CHAD}</p></body></html>').published == "1989-11-09"


def test_an_xml_declaration_and_nul_bytes_are_no_obstacle(page):
    assert page(f'<?xml version="1.0" encoding="ISO-8859-1"?><html><body><p>{CHAD}</p></body></html>').text == CHAD
    assert "\x00" not in page("<p>Chad\x00 said no to the plan of the group.</p>").text


@pytest.mark.parametrize(
    "beside",
    [
        "<footer><p>{}</p></footer>",
        '<aside class="correction"><p>{}</p></aside>',
        '<div class="correction">{}</div>',
        "<p><em>{}</em></p>",
    ],
)
@pytest.mark.parametrize(
    "notice",
    [
        "Correction: an earlier version of this article gave the wrong number of members.",
        "This article was amended on 3 March 2024, since the number of members was wrong.",
        "Editor’s note: The name of the minister was misspelt.",
    ],
)
def test_a_notice_of_correction_stays_wherever_it_stands(page, beside: str, notice: str) -> None:
    sentences = ("The assembly of Norland met on Monday and voted on the budget of its provinces, as its speaker said.", "Ostia welcomed the vote on Tuesday.")
    inside = "".join(f"<p>{s}</p>" for s in sentences)
    links = "<footer><a href='/c'>Corrections</a> <p>Clarifications and corrections are listed here.</p></footer>"
    found = page(f"<html><head><title>Norland votes</title></head><body><article>{inside}</article>{beside.format(notice)}{links}</body></html>")
    assert isinstance(found, Article)
    assert found.text.count(notice.split(maxsplit=2)[2][:30]) == 1
    assert "listed here" not in found.text
