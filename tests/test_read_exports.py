"""Nexis and Factiva: many articles in one file, whatever the kind of file."""

from __future__ import annotations

import docx
import pytest

from onrecord.read import SkipReason, read
from read_samples import CHAD, FACTIVA, FACTIVA_CODED, FACTIVA_PAGE, NEXIS, OLD_NEXIS, UNION, rtf


def save(tmp_path, kind: str, text: str):
    path = tmp_path / f"export.{kind}"
    if kind == "docx":
        document = docx.Document()
        for line in text.split("\n"):
            document.add_paragraph(line)
        document.save(str(path))
    elif kind == "rtf":
        path.write_bytes(rtf(text))
    elif kind == "html":
        path.write_text("<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</body></html>", encoding="utf-8")
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["txt", "docx", "rtf", "html"])
def test_nexis(tmp_path, kind):
    first, second, photograph = read(save(tmp_path, kind, NEXIS))
    assert (first.title, first.publisher, first.byline) == ("Chad condemns attack", "The Example Times (London)", "Jane Doe")
    assert (first.published, first.published_reason) == ("2021-03-09T12:00:00Z", "metadata")
    assert first.text == f"{CHAD}\n\n{UNION}"
    assert (second.title, second.publisher, second.published, second.text) == ("Mali follows; the talks go on", "Agence Example", "2021-03-09", UNION)
    assert (photograph.reason, photograph.record) == (SkipReason.NO_TEXT, 3)
    assert "A photograph" in photograph.message


def test_nexis_with_pages_suppliers_and_appended_corrections(tmp_path):
    text = f"""Page 1 of 2
Chad condemns attack
Example Monitoring Africa - Political
Supplied by Example Worldwide Monitoring
March 9, 2021 Tuesday
Correction Appended
Length: 530 words
Highlight: A summary of what
goes on here.
Body

{CHAD}

Page 2 of 2
Chad condemns attack

{UNION}

Load-Date: March 9, 2021

End of Document
"""
    (found,) = read(save(tmp_path, "txt", text))
    assert (found.title, found.publisher, found.published) == ("Chad condemns attack", "Example Monitoring Africa - Political", "2021-03-09")
    assert found.text == f"{CHAD}\n\n{UNION}"


@pytest.mark.parametrize("kind", ["txt", "rtf", "docx"])
def test_older_nexis_wrapped_and_labelled_in_capitals(tmp_path, kind):
    first, second = read(save(tmp_path, kind, OLD_NEXIS))
    assert first.title == "Chad condemns attack as the talks that were to end the war stall again"
    assert (first.publisher, first.published, first.byline) == ("Example.com", "2010-01-11", "Andrew Example")
    assert first.text == f"{CHAD}\n\n{UNION}"
    assert (second.title, second.publisher, second.published) == ("Mali follows", "The Associated Example", "2010-01-12T15:04:00Z")
    assert second.byline == "JANE DOE, Example Writer"
    assert second.text == UNION


@pytest.mark.parametrize("kind", ["txt", "docx", "rtf"])
def test_factiva(tmp_path, kind):
    first, second = read(save(tmp_path, kind, FACTIVA))
    assert first.id == "LBA0000020140303ea33000rs"
    assert (first.title, first.publisher, first.byline, first.published) == ("Chad condemns attack", "Example News Service", "Jane Doe", "2014-03-03T10:15:00")
    assert first.text == f"{CHAD}\n\n{UNION}"
    assert (second.title, second.publisher, second.published) == ("Mali follows as the talks go on", "The New Example", "1993-01-09")
    assert second.text == UNION


@pytest.mark.parametrize("kind", ["txt", "rtf"])
def test_factiva_with_field_codes(tmp_path, kind):
    (found,) = read(save(tmp_path, kind, FACTIVA_CODED))
    assert (found.id, found.title, found.byline) == ("LBA0000020140303ea33000rs", "Chad condemns attack", "Jane Doe")
    assert (found.publisher, found.published) == ("Example News Service", "2014-03-03T10:15:00")
    assert found.text == f"{CHAD}\n\nIN the second paragraph nothing changes.\n\n{UNION}"


def test_factiva_with_field_codes_in_a_table(tmp_path):
    cells = {"HD": "Chad condemns attack", "PD": "3 March 2014", "SN": "Example News", "LP": f"{CHAD}\\par {UNION}", "AN": "Document LBA0000020140303ea33000rs"}
    rows = "".join(f"\\trowd\\cellx1000\\cellx9000\\intbl \\b {code}\\b0\\cell {value}\\cell\\row\n" for code, value in cells.items())
    path = tmp_path / "a.rtf"
    path.write_text(f"{{\\rtf1\\ansi\n{rows}\\pard\\par }}")
    (found,) = read(path)
    assert (found.title, found.publisher, found.published, found.text) == ("Chad condemns attack", "Example News", "2014-03-03", f"{CHAD}\n\n{UNION}")


def test_factiva_page_with_and_without_field_codes(tmp_path):
    path = tmp_path / "factiva.html"
    path.write_text(FACTIVA_PAGE, encoding="utf-8")
    first, second = read(path)
    assert (first.id, first.title, first.byline) == ("LBA0000020140303ea33000rs", "Chad condemns attack", "JANE DOE")
    assert (first.publisher, first.published, first.text) == ("Example News Service", "2013-01-09T10:15:00", f"{CHAD}\n\n{UNION}")
    assert (second.id, second.title, second.publisher) == ("TESTFR0020111229e7ct0001r", "Mali follows", "Journal Example")
    assert (second.published, second.text) == ("2011-12-29T15:32:00", f"{CHAD}\n\n{UNION}\n\nThe talks go on.")


def test_an_article_of_an_export_in_another_language_is_skipped(tmp_path):
    first, second = read(save(tmp_path, "txt", FACTIVA.replace("\nEnglish\n", "\nFrench\n")))
    assert first.reason is SkipReason.OTHER_LANGUAGE
    assert second.publisher == "The New Example"


@pytest.mark.parametrize(
    "text",
    [
        "Chad said no.\nEnd of Document\n",
        "3 of 5 DOCUMENTS were lost, Chad said.\n",
        "Document LBA0000020140303ea33000rs\nChad said no.\n",
        "HD\tChad\nSN\tno\n",
    ],
)
def test_an_ordinary_text_is_no_export(tmp_path, text):
    (found,) = read(save(tmp_path, "txt", text))
    assert found.text == text
