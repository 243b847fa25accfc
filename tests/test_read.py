"""Reading: every document gives one article or one skip that says why not, and a batch goes on."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from onrecord.read import Note, NoteKind, Skip, SkipReason, read
from onrecord.records import Article
from read_samples import CHAD, FRENCH, PAGE, UNION


def one(*paths: object, **given: object) -> Article | Skip:
    (outcome,) = read(paths, **given)  # type: ignore[arg-type]
    return outcome


def article(path: object, **given: object) -> Article:
    outcome = one(path, **given)
    assert isinstance(outcome, Article), outcome
    return outcome


def skip(path: object, **given: object) -> Skip:
    outcome = one(path, **given)
    assert isinstance(outcome, Skip), outcome
    return outcome


@pytest.fixture
def put(tmp_path: Path):
    """Writes a file into a fresh directory and gives its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


class TestPlainText:
    def test_stays_as_it_is_line_ends_and_all(self, put):
        text = "Chad condemns attack\r\n\r\nNAIROBI (Reuters) - Chad said:\rno.\n"
        found = article(put("a.txt", text))
        assert found.text == text
        assert found.title is None
        assert found.published is None
        assert found.published_reason is None

    def test_the_run_says_what_the_text_does_not(self, put):
        found = article(put("a.txt", CHAD), published="9 March 2021", publisher="Example News", url="https://example.org/1")
        assert (found.published, found.published_reason) == ("2021-03-09", "given")
        assert (found.publisher, found.url) == ("Example News", "https://example.org/1")

    @pytest.mark.parametrize(
        ("text", "published", "reason"),
        [
            ("NAIROBI, March 9, 2021 (Reuters) - Chad condemned the attack.", "2021-03-09", "dateline"),
            ("Chad condemns attack\n\nGeneva, 9 March 2021 – Chad condemned the attack.", "2021-03-09", "dateline"),
            ("Chad condemned the attack.\n\nLast updated at 10:12 on 3 May 2014", "2014-05-03T10:12:00", "updated_line"),
            ("Chad condemns attack\nPublished 9 March 2021\nUpdated 10 March 2021\nChad condemned it.", "2021-03-09", "updated_line"),
            ("NAIROBI, March 9 (Xinhua) -- Chad condemned the attack.", None, None),
        ],
    )
    def test_datelines_and_updated_lines_date_it_if_they_have_a_year(self, put, text, published, reason):
        found = article(put("a.txt", text))
        assert (found.published, found.published_reason) == (published, reason)

    @pytest.mark.parametrize(
        ("data", "text"),
        [
            (b"\xef\xbb\xbfChad said no.", "Chad said no."),
            ("Chad said “no”.".encode("utf-16"), "Chad said “no”."),
            ("\ufeffChad said “no”.".encode("utf-16-be"), "Chad said “no”."),
            ("Chad said no, again.".encode("utf-16-le"), "Chad said no, again."),
            ("Chad’s “no” – in a café".encode("cp1252"), "Chad’s “no” – in a café"),
            ("Chad’s “no” – ".encode() + b"caf\xe9", "Chad’s “no” – café"),
            (b"Chad\x00 said\x07 no\x7f.\tYes\r\n", "Chad\ufffd said  no .\tYes\r\n"),
        ],
    )
    def test_encodings_and_what_no_text_may_hold(self, put, data, text):
        assert article(put("a.txt", data)).text == text

    def test_western_text_with_many_accents_is_not_taken_for_cyrillic(self, put):
        text = "The Élysée said Mr Müller, Señor Núñez and Mme Lefèvre had met in Genève and Zürich."
        assert article(put("a.txt", text.encode("cp1252"))).text == text

    @pytest.mark.parametrize(
        ("content", "reason", "words"),
        [
            (b"", SkipReason.EMPTY, "empty"),
            (b" \r\n\t\xc2\xa0\xe2\x80\x8b\n", SkipReason.EMPTY, "no text"),
            (b"a" * 1_000_001, SkipReason.TOO_LONG, "--max-chars"),
            (b"a " * 250_001, SkipReason.TOO_LONG, "250,001 words and signs"),
            (bytes(range(256)) * 8, SkipReason.UNREADABLE, "binary"),
            (FRENCH.encode(), SkipReason.OTHER_LANGUAGE, "French"),
        ],
    )
    def test_what_is_skipped(self, put, content, reason, words):
        found = skip(put("a.txt", content))
        assert found.reason is reason
        assert words in found.message
        assert "a.txt" in found.message
        assert words in str(found)

    def test_five_megabytes_on_one_line(self, put):
        path = put("long.txt", CHAD * 45_000)
        assert skip(path).reason is SkipReason.TOO_LONG
        assert len(article(path, max_chars=10_000_000).text) > 5_000_000


class TestJsonLines:
    def test_when_a_row_was_fetched_is_kept_where_it_says_so(self, put):
        path = put(
            "rows.csv",
            "text,date_download\nThe strike in the port of Gdynia went on.,2021-03-09 08:00:00+02:00\n"
            "The talks in Gdynia ended.,\nThe port opened again.,9 March 2021\nThe ships left the port.,soon\n",
        )
        assert [a.retrieved_at for a in read(path)] == ["2021-03-09T06:00:00Z", None, "2021-03-09", None]

    def test_columns_and_their_aliases(self, put):
        rows = [
            {
                "id": "a/1 ",
                "text": CHAD,
                "title": " Chad  condemns",
                "published": "2021-03-09",
                "publisher": "P",
                "url": "u",
                "byline": "J. Doe",
                "language": "en",
            },
            {
                "Story-ID": 7,
                "body": CHAD,
                "headline": "T",
                "date": "20111226",
                "source": {"name": "BBC", "id": None},
                "authors": ["A", {"name": "B"}],
                "n": {"x": [1]},
            },
            {"content": ["One.", "Two."], "date": 1324857600, "link": "v", "score": 0.5},
            {"article": {"id": "z", "text": CHAD}, "events": []},
        ]
        first, second, third, fourth = read(put("a.jsonl", "\n".join(map(json.dumps, rows))))
        assert first == Article(
            id="a/1 ", text=CHAD, title="Chad condemns", published="2021-03-09", published_reason="given", publisher="P", url="u", byline="J. Doe"
        )  # fmt: skip
        assert (second.id, second.title, second.published, second.publisher, second.byline) == ("7", "T", "2011-12-26", "BBC", "A, B")
        assert (third.text, third.published, third.url) == ("One.\nTwo.", "2011-12-26T00:00:00Z", "v")
        assert fourth.id == "z"

    def test_a_bad_line_costs_that_line(self, put):
        lines = [
            '{"text": "Chad said no."}',
            "{bad",
            "",
            '{"id": 1}',
            "[1]",
            '{"text": 5}',
            '{"text": " "}',
            "9" * 5000,
            "[" * 100_000,
            '{"text": "Mali said no."}',
        ]
        found = list(read(put("a.jsonl", "\n".join(lines))))
        assert [(x.record, x.reason.value) for x in found if isinstance(x, Skip)] == [
            (2, "bad_row"), (4, "no_text"), (5, "bad_row"), (6, "no_text"), (7, "no_text"), (8, "bad_row"), (9, "bad_row"),
        ]  # fmt: skip
        assert [x.text for x in found if isinstance(x, Article)] == ["Chad said no.", "Mali said no."]
        assert "a.jsonl, line 2" in found[1].message

    def test_escaped_surrogates_and_nul_are_replaced_one_for_one(self, put):
        found = article(put("a.jsonl", '{"id": "i\\u0000", "text": "a \\ud800 b \\u0000 c \\ud83d\\ude00", "title": "t\\udc00"}'))
        assert (found.id, found.text, found.title) == ("i\ufffd", "a \ufffd b \ufffd c 😀", "t\ufffd")

    def test_the_rows_own_value_wins_over_the_runs(self, put):
        path = put("a.jsonl", '{"text": "Chad said no.", "date": "2021-03-09", "source": "Own"}\n{"text": "Mali said no."}')
        own, run = read(path, published="2020-01-01", publisher="Run")
        assert (own.published, own.publisher) == ("2021-03-09", "Own")
        assert (run.published, run.publisher, run.published_reason) == ("2020-01-01", "Run", "given")

    def test_a_row_in_another_language_is_known_by_its_column_or_its_text(self, put):
        rows = [{"text": CHAD, "language": "fra"}, {"text": FRENCH}, {"text": FRENCH, "lang": "en-GB"}, {"text": CHAD, "lang": "??"}]
        found = list(read(put("a.jsonl", "\n".join(map(json.dumps, rows)))))
        assert [getattr(x, "reason", None) for x in found] == [SkipReason.OTHER_LANGUAGE, SkipReason.OTHER_LANGUAGE, None, None]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    def test_encodings(self, put, encoding):
        lines = '{"text": "Chad’s “no”"}\n{"text": "Mali\'s ċ"}\n' if encoding == "utf-16" else '{"text": "Chad’s “no”"}\n{"text": "Mali’s"}\n'
        assert [x.text for x in read(put("a.jsonl", lines.encode(encoding)))] == [json.loads(x)["text"] for x in lines.splitlines()]

    def test_an_unclear_date_leaves_a_note(self, put):
        notes: list[Note] = []
        found = article(put("a.jsonl", '{"text": "Chad said no.", "date": "03/04/2011"}'), on_note=notes.append)
        assert found.published is None
        assert notes[0].kind is NoteKind.UNCLEAR_DATE
        assert notes[0].record == 1
        assert "03/04/2011" in notes[0].message
        assert article(notes[0].path, day_first=True).published == "2011-04-03"

    def test_a_json_file_holds_one_article_or_a_list(self, put):
        assert article(put("a.json", json.dumps({"text": CHAD}, indent=1))).text == CHAD
        assert len(list(read(put("b.json", json.dumps({"articles": [{"text": CHAD}, {"text": UNION}]}))))) == 2
        assert len(list(read(put("c.json", '{"text": "Chad said no."}\n{"text": "Mali said no."}')))) == 2
        assert skip(put("d.json", '{"text": ')).reason is SkipReason.BAD_ROW
        assert skip(put("e.json", "[3]")).reason is SkipReason.BAD_ROW
        assert skip(put("f.json", "[]")).reason is SkipReason.EMPTY


class TestTables:
    def test_csv(self, put):
        head = "id,Body,date,author\r\n"
        rows = f'1,"{CHAD}\r\nMore.",2011-12-26,"Doe, J."\r\n2,,2011-01-01,X\r\n\r\n3,a,b,c,d\r\n4,{UNION},,\r\n'
        first, empty, wide, last = read(put("a.csv", head + rows))
        assert (first.id, first.text, first.published, first.byline) == ("1", f"{CHAD}\r\nMore.", "2011-12-26", "Doe, J.")
        assert (empty.record, empty.reason) == (4, SkipReason.NO_TEXT)
        assert (wide.record, wide.reason) == (6, SkipReason.BAD_ROW)
        assert "a.csv, line 6" in wide.message
        assert last.text == UNION

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.tsv", "id\ttext\n1\tChad’s, or “no”\n".encode()),
            ("a.csv", "id;text\n1;Chad’s, or “no”\n".encode("cp1252")),
            ("b.csv", "\n\nid|text\n1|Chad’s, or “no”\n".encode("utf-8-sig")),
            ("c.csv", 'id,text\n1,"Chad’s, or “no”"\n'.encode("utf-16")),
            ("d.csv.gz", gzip.compress('id,text\n1,"Chad’s, or “no”"\n'.encode(), mtime=0)),
        ],
    )
    def test_separators_and_encodings(self, put, name, content):
        assert article(put(name, content)).text == "Chad’s, or “no”"

    def test_a_cell_longer_than_the_readers_default(self, put):
        assert len(article(put("a.csv", f'text\n"{CHAD * 2000}"\n')).text) == len(CHAD) * 2000

    def test_no_text_column_is_one_skip(self, put):
        found = skip(put("a.csv", "id,title\n1,a\n2,b\n"))
        assert found.reason is SkipReason.NO_TEXT
        assert "id, title" in found.message

    def test_parquet(self, tmp_path):
        rows = pl.DataFrame(
            {"id": [1, 2, 3], "text": [CHAD, None, UNION], "published": [dt.datetime(2011, 12, 26), None, dt.datetime(2011, 12, 26, 10)], "x": [[1], [], []]}
        )
        rows.write_parquet(tmp_path / "a.parquet")
        first, none, third = read(tmp_path / "a.parquet")
        assert (first.id, first.text, first.published) == ("1", CHAD, "2011-12-26")
        assert (none.record, none.reason) == (2, SkipReason.NO_TEXT)
        assert "row 2" in none.message
        assert third.published == "2011-12-26T10:00:00"
        pl.DataFrame({"x": [1]}).write_parquet(tmp_path / "b.parquet")
        assert skip(tmp_path / "b.parquet").reason is SkipReason.NO_TEXT


class TestPaths:
    def test_directories_are_read_to_the_bottom_in_order_without_hidden_files(self, put, tmp_path):
        for name in ("b.txt", "a/z.txt", "a/c.txt.gz", ".hidden.txt", "~$lock.docx", ".git/x.txt", "d.jpg"):
            put(name, gzip.compress(CHAD.encode(), mtime=0) if name.endswith(".gz") else CHAD)
        seen: list[str] = []
        for outcome in read(tmp_path):
            seen.append(Path(outcome.path).name if isinstance(outcome, Skip) else "article")
        assert seen == ["article", "d.jpg", "article", "article"]

    def test_globs(self, put, tmp_path):
        put("b.txt", "Mali said no.")
        put("a.txt", "Chad said no.")
        put("odd[1].txt", "Niger said no.")
        assert [x.text for x in read(str(tmp_path / "?.txt"))] == ["Chad said no.", "Mali said no."]
        assert article(tmp_path / "odd[1].txt").text == "Niger said no."
        assert len(list(read(str(tmp_path / "**")))) == 3

    def test_what_is_not_there_or_not_readable_costs_only_itself(self, put, tmp_path):
        (tmp_path / "void").mkdir()
        os.symlink(tmp_path / "gone", tmp_path / "link.txt")
        bad = [
            tmp_path / "no.txt",
            tmp_path / "*.no",
            tmp_path / "void",
            tmp_path / "link.txt",
            put("a.xlsx", b"x"),
            put("a.txt.gz", b"no gzip"),
            put("a.parquet", b"no"),
        ]
        *skips, last = read([*bad, put("z.txt", CHAD)])
        assert [x.reason.value for x in skips] == ["unreadable", "unreadable", "empty", "unreadable", "unsupported", "unreadable", "unreadable"]
        assert ".csv" in skips[4].message
        assert last.text == CHAD

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
    def test_a_pipe_in_a_directory_is_not_waited_for(self, tmp_path):
        os.mkfifo(tmp_path / "pipe.txt")
        assert skip(tmp_path).reason is SkipReason.UNREADABLE

    def test_a_truncated_archive_gives_what_it_has_and_a_skip(self, put):
        data = gzip.compress(b'{"text": "Chad said no."}\n' * 3, mtime=0)[:-8]
        *articles, last = read(put("a.jsonl.gz", data))
        assert len(articles) == 3
        assert last.reason is SkipReason.UNREADABLE

    @pytest.mark.parametrize(
        ("data", "texts"),
        [
            (b"Chad said no.", ["Chad said no."]),
            (b'{"text": "Chad said no."}\n{"text": "Mali said no."}\n', ["Chad said no.", "Mali said no."]),
            (b'{\n "text": "Chad said no."\n}\n', ["Chad said no."]),
            (b'[{"text": "Chad said no."}]', ["Chad said no."]),
            (PAGE.encode(), [f"{CHAD}\n{UNION}"]),
            (gzip.compress(b"Chad said no.", mtime=0), ["Chad said no."]),
        ],
    )
    def test_standard_input_is_told_by_its_first_bytes(self, data, texts):
        assert [x.text for x in read("-", stdin=io.BytesIO(data))] == texts

    def test_empty_standard_input(self):
        found = skip("-", stdin=io.BytesIO(b""))
        assert found.reason is SkipReason.EMPTY
        assert "standard input" in found.message

    def test_a_file_without_a_telling_name_is_told_by_its_first_bytes(self, put):
        assert article(put("page", PAGE)).title == "Chad condemns attack"
        assert article(put("story.doc", b"{\\rtf1 Chad said no.}")).text == "Chad said no."

    def test_json_lines_are_streamed(self):
        class Endless(io.RawIOBase):
            def readable(self):
                return True

            def readinto(self, buffer):
                line = b'{"text": "Chad said no."}\n'
                buffer[: len(line)] = line
                return len(line)

        stream = read("-", stdin=io.BufferedReader(Endless(), buffer_size=64))
        assert [next(stream).text for _ in range(3)] == ["Chad said no."] * 3


class TestOptions:
    def test_languages(self, put):
        path = put("a.txt", FRENCH)
        for languages in (("fr",), ("en", "fr"), ()):
            found = article(path, languages=languages)
            assert (found.text, found.language) == (FRENCH, "fr")
        assert article(put("b.txt", CHAD), languages=("fr", "en")).language == "en"

    def test_wrong_ones_are_refused_at_the_call(self, put):
        with pytest.raises(ValueError, match="languages"):
            read("a.txt", languages="en")
        with pytest.raises(ValueError, match="max_chars"):
            read("a.txt", max_chars=0)
        with pytest.raises(ValueError, match="published"):
            read("a.txt", published="some day")

    def test_the_same_file_twice_gives_the_same_ids(self, put):
        path = put("a.txt", CHAD)
        assert article(path).id == article(path).id

    def test_importing_loads_no_formats_library(self):
        heavy = ["trafilatura", "polars", "docx", "pypdfium2", "striprtf", "py3langid", "charset_normalizer", "lxml", "numpy"]
        code = f"import sys, onrecord.read; print([m for m in {heavy} if m in sys.modules])"
        assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
