"""PDF, Word and RTF."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections import Counter

import docx
import pytest
from docx.oxml import OxmlElement

from onrecord.read import Note, NoteKind, SkipReason, read
from onrecord.read.pdf import joined
from read_samples import CHAD, UNION, pdf, rtf


def lines(*texts: str, top: int = 780, gap_before: str = "") -> list[tuple[int, int, str]]:
    out, y = [], top
    for text in texts:
        y -= 30 if text == gap_before else 14
        out.append((50, y, text))
    return out


def outcome(path, **given):
    (found,) = read(path, **given)
    return found


class TestPdf:
    def test_lines_become_paragraphs_and_hyphens_go(self, tmp_path):
        body = lines(
            "Chad condemned the attack on the village on Monday and said that its govern-",
            "ment would respond to those who had carried it out. The Franco-",
            "German force said that the self-", "defence groups were armed.",
            "The African Union called for calm and urged the two governments to talk at", "once.",
            gap_before="The African Union called for calm and urged the two governments to talk at",
        )  # fmt: skip
        pages = [
            [(200, 820, f"Example News {n}"), *page, (300, 20, str(n))] for n, page in enumerate([body, lines("A second page."), lines("A third page.")], 1)
        ]
        path = tmp_path / "a.pdf"
        path.write_bytes(pdf(pages, info="<< /Title (Chad condemns attack) /CreationDate (D:20210309120000+01'00') >>"))
        notes: list[Note] = []
        found = outcome(path, on_note=notes.append)
        assert found.text.split("\n\n") == [
            "Chad condemned the attack on the village on Monday and said that its government would respond to those who had carried it out. "
            "The Franco-German force said that the self-defence groups were armed.",
            "The African Union called for calm and urged the two governments to talk at once.",
            "A second page.",
            "A third page.",
        ]
        assert found.title == "Chad condemns attack"
        assert (found.published, found.published_reason) == ("2021-03-09T12:00:00+01:00", "metadata")
        assert notes[0].kind is NoteKind.FILE_DATE

    def test_what_the_run_or_a_dateline_says_goes_before_the_day_the_file_was_made(self, tmp_path):
        path = tmp_path / "a.pdf"
        path.write_bytes(
            pdf([lines("Geneva, 5 March 2021 - Chad condemned the attack.")], info="<< /Title (Microsoft Word - x.doc) /CreationDate (D:20210309) >>")
        )
        assert (outcome(path).published, outcome(path).published_reason, outcome(path).title) == ("2021-03-05", "dateline", None)
        assert outcome(path, published="2021-03-06").published == "2021-03-06"

    @pytest.mark.parametrize(
        ("before", "after", "whole"),
        [
            ("the govern-", "ment said", "the government said"),
            ("the anti-", "government march", "the anti-government march"),
            ("the Franco-", "German force", "the Franco-German force"),
            ("the cease\u00ad", "fire held", "the ceasefire held"),
            ("the co-", "operation", "the co-operation"),
            ("from 1990-", "91 on", "from 1990- 91 on"),
            ("the state-", "owned", "the state-owned"),
            ("no hyphen", "here", "no hyphen here"),
        ],
    )
    def test_words_parted_at_a_lines_end(self, before, after, whole):
        assert joined(before, after, Counter({"state-owned": 1})) == whole

    def test_what_is_skipped(self, tmp_path):
        lock = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <" + b"00" * 32 + b"> /U <" + b"11" * 32 + b"> >>"
        samples = {
            "scan.pdf": (pdf([[]]), SkipReason.NO_TEXT),
            "cut.pdf": (b"%PDF-1.4 nothing", SkipReason.UNREADABLE),
            "empty.pdf": (b"", SkipReason.EMPTY),
            "locked.pdf": (pdf([lines("Chad")], trailer=" /Encrypt 6 0 R /ID [<00><00>]", more=(lock,)), SkipReason.ENCRYPTED),
        }
        for name, (data, reason) in samples.items():
            (tmp_path / name).write_bytes(data)
            assert outcome(tmp_path / name).reason is reason, name


class TestWord:
    def test_paragraphs_and_tables_in_order(self, tmp_path):
        document = docx.Document()
        document.add_heading("Chad condemns attack", 0)
        document.add_paragraph(CHAD)
        table = document.add_table(1, 2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "killed", "5"
        document.add_paragraph(UNION)
        document.save(str(tmp_path / "a.docx"))
        found = outcome(tmp_path / "a.docx")
        assert found.text == f"{CHAD}\nkilled\t5\n{UNION}"
        assert found.title == "Chad condemns attack"
        assert found.published is None  # the day the template was made says nothing

    def test_a_paragraph_in_a_content_control_is_not_lost(self, tmp_path):
        document = docx.Document()
        paragraph = document.add_paragraph(CHAD)._p
        control = OxmlElement("w:sdt")
        control.append(OxmlElement("w:sdtContent"))
        paragraph.addprevious(control)
        control[0].append(paragraph)
        document.add_paragraph(UNION)
        document.save(str(tmp_path / "a.docx"))
        assert outcome(tmp_path / "a.docx").text == f"{CHAD}\n{UNION}"

    def test_properties(self, tmp_path):
        document = docx.Document()
        document.core_properties.title = "Chad condemns attack"
        document.core_properties.created = dt.datetime(2021, 3, 9, 10)
        document.add_paragraph("Chad condemns attack")
        document.add_paragraph(CHAD)
        document.save(str(tmp_path / "a.docx"))
        found = outcome(tmp_path / "a.docx")
        assert (found.title, found.text, found.published_reason) == ("Chad condemns attack", CHAD, "metadata")
        assert found.published.startswith("2021-03-09T10:00:00")

    def test_what_is_skipped(self, tmp_path):
        other = io.BytesIO()
        with zipfile.ZipFile(other, "w") as archive:
            archive.writestr("a.txt", "x")
        old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        samples = {
            "not.docx": (b"Chad", SkipReason.UNREADABLE),
            "zip.docx": (other.getvalue(), SkipReason.UNREADABLE),
            "old.docx": (old, SkipReason.UNSUPPORTED),
            "old.doc": (old, SkipReason.UNSUPPORTED),
            "locked.docx": (old + "EncryptedPackage".encode("utf-16-le"), SkipReason.ENCRYPTED),
        }
        for name, (data, reason) in samples.items():
            (tmp_path / name).write_bytes(data)
            assert outcome(tmp_path / name).reason is reason, name


class TestRtf:
    def test_text_and_characters(self, tmp_path):
        (tmp_path / "a.rtf").write_bytes(rtf(f"{CHAD}\nHe said “no” {{twice}}."))
        assert outcome(tmp_path / "a.rtf").text == f"{CHAD}\nHe said “no” {{twice}}."

    def test_code_pages_and_titles(self, tmp_path):
        (tmp_path / "a.rtf").write_bytes(b"{\\rtf1\\ansi\\ansicpg1252{\\info{\\title Chad}}Chad\\'92s \\'93no\\'94.\\par}")
        found = outcome(tmp_path / "a.rtf")
        assert (found.text, found.title) == ("Chad’s “no”.", "Chad")

    def test_what_is_skipped(self, tmp_path):
        (tmp_path / "a.rtf").write_bytes(b"Chad said no.")
        assert outcome(tmp_path / "a.rtf").reason is SkipReason.UNREADABLE
        (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 }")
        assert outcome(tmp_path / "a.rtf").reason is SkipReason.EMPTY
