"""Web archives: pages of WARC files and texts of WET files, past what is damaged; compressed shards; what a condition leaves out."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest
from backports import zstd
from fastwarc.stream_io import BrotliWriter, GzipWriter, WarcWriter, ZstdWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from onrecord.read import Meter, Note, NoteKind, Skip, SkipReason, read
from onrecord.records import Article
from read_samples import CHAD, FRENCH, UNION

HTTP = "application/http; msgtype=response"
MENU = "<html><head><title>Home</title></head><body><nav><a href=/>Home</a><a href=/a>About</a></nav><script>x()</script></body></html>"


def page_of(text: str, *, title: str = "Chad condemns attack", head: str = "", lang: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html{lang and f' lang={lang}'}><head><title>{title}</title>{head}</head><body><article><p>{text}</p></article></body></html>".encode()
    )


def answer_of(body: bytes, *, status: str = "200 OK", media: str = "text/html; charset=utf-8", headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{headers}\r\n".encode() + body


def record_of(
    block: bytes,
    *,
    url: str | None = "https://www.example.org/africa/1",
    kind: WarcRecordType = WarcRecordType.response,
    media: str = HTTP,
    date: str = "2021-03-10T08:15:00Z",
    **heads: str,
) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(record_type=kind)
    record.headers["WARC-Date"] = date
    if url is not None:
        record.headers["WARC-Target-URI"] = url
    record.headers["Content-Type"] = media
    for name, value in heads.items():
        record.headers[name.replace("_", "-")] = value
    record.set_bytes_content(block)
    return record


def packed(records: list[WarcRecord], how: str = "gz") -> tuple[bytes, list[int]]:
    """An archive and the offsets at which its records begin."""
    out, starts = io.BytesIO(), []
    for record in records:
        starts.append(out.tell())
        member = io.BytesIO()
        writer: WarcWriter | io.BytesIO = {"gz": GzipWriter, "zst": ZstdWriter}.get(how, lambda file: file)(member)
        record.write(writer)
        if how:
            writer.close() if isinstance(writer, WarcWriter) else None
        out.write(member.getvalue())
    return out.getvalue(), starts


@pytest.fixture
def archive(tmp_path: Path):
    """Writes an archive and gives what comes of reading it."""

    def outcome(records: list[WarcRecord] | bytes, how: str = "gz", **given: object) -> list[Article | Skip]:
        data = records if isinstance(records, bytes) else packed(records, how)[0]
        path = tmp_path / ("news.warc" + (how and f".{how}"))
        path.write_bytes(data)
        return list(read(path, **given))  # type: ignore[arg-type]

    return outcome


def some(count: int) -> list[WarcRecord]:
    return [record_of(answer_of(page_of(f"{CHAD} Item {n} of it.")), url=f"https://www.example.org/{n}") for n in range(count)]


class TestPages:
    @pytest.mark.parametrize("how", ["", "gz", "zst"])
    def test_a_page_with_its_address_and_when_it_was_fetched(self, archive, how):
        head = '<link rel="canonical" href="https://other.example/x"><meta property="article:published_time" content="2021-03-09T10:00:00Z">'
        (found,) = archive(
            [record_of(b"software: x\r\n", kind=WarcRecordType.warcinfo, media="application/warc-fields"), record_of(answer_of(page_of(CHAD, head=head)))], how
        )
        assert isinstance(found, Article)
        assert (found.text, found.title) == (CHAD, "Chad condemns attack")
        assert (found.url, found.retrieved_at) == ("https://www.example.org/africa/1", "2021-03-10T08:15:00Z")
        assert (found.published, found.published_reason, found.publisher) == ("2021-03-09", "metadata", "other.example")

    def test_the_servers_charset_goes_before_the_pages(self, archive):
        body = page_of("Ο Πρόεδρος καταδίκασε την επίθεση στην πόλη και ζήτησε έρευνα.", head='<meta charset="cp1252">').decode().encode("iso8859-7")
        (found,) = archive([record_of(answer_of(body, media="text/html; charset=ISO-8859-7"))], languages=())
        assert "Πρόεδρος" in found.text

    @pytest.mark.parametrize("stored", ["as sent", "unpacked"])
    @pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "chunked"])
    def test_bodies_that_are_packed_or_only_said_to_be(self, archive, coding, stored):
        body = page_of(CHAD)
        brotli = io.BytesIO()
        writer = BrotliWriter(brotli)
        writer.write(body)
        writer.close()
        sent = {
            "gzip": gzip.compress(body),
            "deflate": zlib.compress(body),
            "br": brotli.getvalue(),
            "zstd": zstd.compress(body),
            "chunked": b"%x\r\n%s\r\n%x;x=y\r\n%s\r\n0\r\n\r\n" % (40, body[:40], len(body) - 40, body[40:]),
        }[coding]
        header = "Transfer-Encoding: chunked\r\n" if coding == "chunked" else f"Content-Encoding: {coding}\r\n"
        (found,) = archive([record_of(answer_of(sent if stored == "as sent" else body, headers=header))])
        assert found.text == CHAD

    def test_a_page_without_an_article_is_skipped_with_its_record_and_address(self, archive):
        menu, read_ = archive([record_of(answer_of(MENU.encode()), url="https://example.org/menu"), record_of(answer_of(page_of(CHAD)))])
        assert (menu.reason, menu.record) == (SkipReason.NO_TEXT, 1)
        assert "record 1 (https://example.org/menu)" in menu.message
        assert "menus" in menu.message
        assert read_.text == CHAD

    def test_what_is_no_page_is_counted_by_its_kind(self, archive):
        revisit = record_of(b"HTTP/1.1 304 Not Modified\r\n\r\n", kind=WarcRecordType.revisit)
        gone, moved = (record_of(answer_of(b"", status=s)) for s in ("404 Not Found", "301 Moved Permanently"))
        picture = record_of(answer_of(b"\x89PNG", media="image/png"))
        request = record_of(b"GET / HTTP/1.1\r\n\r\n", kind=WarcRecordType.request, media="application/http; msgtype=request")
        meter = Meter()
        read_, *skips = archive([request, record_of(answer_of(page_of(CHAD))), revisit, gone, moved, picture], meter=meter)
        assert read_.text == CHAD
        assert [(s.reason, s.count, s.record) for s in skips] == [(SkipReason.NO_PAGE, 1, None), (SkipReason.NO_PAGE, 2, None), (SkipReason.NO_PAGE, 1, None)]
        assert "revisit" not in skips[0].message
        assert "not changed" in skips[0].message
        assert (meter.read, meter.skipped, meter.documents) == (1, 4, 5)

    def test_a_page_that_was_not_fetched_to_its_end_is_read_with_a_note(self, archive):
        notes: list[Note] = []
        (found,) = archive([record_of(answer_of(page_of(CHAD)), WARC_Truncated="length")], on_note=notes.append)
        assert found.text == CHAD
        assert [(n.kind, n.record) for n in notes] == [(NoteKind.TRUNCATED, 1)]
        assert "length" in notes[0].message

    def test_a_resource_is_a_page_too(self, archive):
        (found,) = archive([record_of(page_of(CHAD), kind=WarcRecordType.resource, media="text/html")])
        assert found.text == CHAD


class TestDamage:
    def test_an_archive_that_is_compressed_as_one_gives_what_is_before_the_damage(self, archive):
        whole = packed([record_of(answer_of(page_of(f"{CHAD} It said so {n * n} times.")), url=f"https://a.example/{n}") for n in range(300)], "")[0]
        data = gzip.compress(whole)
        assert [type(x) for x in archive(data)] == [type(x) for x in archive(zstd.compress(whole))] == [Article] * 300
        cut = len(data) * 2 // 3
        *articles, _, damage = archive(data[:cut])
        assert 100 < len(articles) < 300
        assert [a.url for a in articles] == [f"https://a.example/{n}" for n in range(len(articles))]
        assert "byte 0: the archive is damaged here" in damage.message
        early = len(data) // 8
        found = archive(data[:early] + bytes(255 - b for b in data[early : early + 40]) + data[early + 40 :])
        assert sum(isinstance(x, Article) for x in found) >= 5
        assert any("byte 0: the archive is damaged here" in x.message for x in found if isinstance(x, Skip))

    @pytest.mark.parametrize("how", ["gz", "zst"])
    def test_a_broken_record_costs_itself_and_is_told_with_its_offset(self, archive, how):
        data, starts = packed(some(5), how)
        broken = bytearray(data)
        broken[starts[2] + 40 : starts[2] + 80] = b"\x00" * 40
        found = archive(bytes(broken), how)
        skips = [x for x in found if isinstance(x, Skip)]
        assert [x.url[-1] for x in found if isinstance(x, Article)] == ["0", "1", "3", "4"]
        assert len(skips) == 1
        assert f"byte {starts[2]:,}" in skips[0].message
        assert f"byte {starts[3]:,}" in skips[0].message
        assert skips[0].reason is SkipReason.UNREADABLE

    def test_an_archive_that_is_not_compressed_goes_on_at_the_next_record(self, archive):
        data, starts = packed(some(4), "")
        found = archive(data[: starts[2]] + b"garbage\r\n\r\n" + data[starts[2] :], "")
        assert len([x for x in found if isinstance(x, Article)]) == 4
        assert [x.reason for x in found if isinstance(x, Skip)] == [SkipReason.UNREADABLE]

    @pytest.mark.parametrize("how", ["", "gz", "zst"])
    @pytest.mark.parametrize("into", [60, 300])
    def test_an_archive_that_is_cut_short_says_so(self, archive, how, into):
        data, starts = packed(some(4), how)
        *read_, last = archive(data[: starts[3] + into], how)
        assert len(read_) == 3
        assert isinstance(last, Skip)
        assert last.reason is SkipReason.UNREADABLE
        assert f"{starts[3]:,}" in last.message

    def test_a_bomb_is_one_bad_document(self, archive):
        inner = gzip.compress(b"<html>" + b"a" * 60_000_000)
        bombs = [record_of(answer_of(inner, headers="Content-Encoding: gzip\r\n")), record_of(answer_of(b"<html>" + b" " * 60_000_000))]
        first, second, third = archive([*bombs, record_of(answer_of(page_of(CHAD)))])
        assert [first.reason, second.reason] == [SkipReason.TOO_LONG] * 2
        assert third.text == CHAD

    def test_an_answer_that_is_none_and_a_body_that_does_not_unpack(self, archive):
        packed_wrong = answer_of(gzip.compress(page_of(CHAD))[:10] + b"\xff" * 40, headers="Content-Encoding: gzip\r\n")
        first, second, third = archive([record_of(b"hello"), record_of(packed_wrong), record_of(answer_of(page_of(CHAD)))])
        assert [first.reason, second.reason] == [SkipReason.UNREADABLE] * 2
        assert third.text == CHAD


class TestWet:
    def wet(self, text: str, **heads: str) -> WarcRecord:
        return record_of(text.encode(), kind=WarcRecordType.conversion, media="text/plain", **heads)

    def test_the_first_line_is_the_title_and_menus_alone_are_no_text(self, tmp_path):
        menus = "Home\nAbout us\nContact\nLog in\n"
        data, _ = packed([self.wet(f"Chad condemns attack\nHome\nAbout\n{CHAD}\n", WARC_Identified_Content_Language="eng"), self.wet(menus)])
        (tmp_path / "a.warc.wet.gz").write_bytes(data)
        read_, skip = read(tmp_path)
        assert (read_.title, read_.text) == ("Chad condemns attack", f"Home\nAbout\n{CHAD}")
        assert (read_.url, read_.retrieved_at, read_.publisher) == ("https://www.example.org/africa/1", "2021-03-10T08:15:00Z", "example.org")
        assert (skip.reason, skip.record) == (SkipReason.NO_TEXT, 2)

    def test_the_language_that_was_found_is_asked_first(self, tmp_path):
        data, _ = packed([self.wet(f"T\n{CHAD}", WARC_Identified_Content_Language="fra,eng"), self.wet(f"T\n{UNION}", WARC_Identified_Content_Language="eng")])
        (tmp_path / "a.wet.gz").write_bytes(data)
        meter = Meter()
        (found,) = read(tmp_path, where="language = en", meter=meter)
        assert found.text == UNION
        assert (meter.left_out, meter.skipped) == (1, 0)


class TestWhere:
    def test_host_and_date_are_asked_before_the_page_is_read(self, archive, monkeypatch):
        monkeypatch.setattr(import_module("onrecord.read.warc"), "drafts_of_page", lambda data, **given: pytest.fail("a page that was left out was read"))
        meter = Meter()
        assert archive(some(6), where=["host = *.gov.uk", "date > 1999"], meter=meter) == []
        assert (meter.left_out, meter.skipped, meter.read) == (6, 0, 0)

    @pytest.mark.parametrize(
        ("where", "kept"),
        [
            ("host = example.org", "abcd"),
            ("date = 2021-03-01", "b"),
            ("date >= 2021-03-10", "acd"),
            ("retrieved = 2021-03-10 and date < 2021-03-05", "b"),
            ("language = fr", "cd"),
            ("language = en", "ab"),
        ],
    )
    def test_which_date_and_language_are_asked_of_a_page(self, archive, where, kept):
        records = [
            record_of(answer_of(page_of(CHAD, lang="en-GB")), url="https://example.org/a"),
            record_of(answer_of(page_of(UNION)), url="https://example.org/2021/03/01/b"),
            record_of(answer_of(page_of(FRENCH), headers="Content-Language: fr-FR\r\n"), url="https://example.org/c"),
            record_of(answer_of(page_of(FRENCH)), url="https://example.org/d"),
        ]
        assert "".join(x.url[-1] for x in archive(records, where=where, languages=())) == kept

    def test_common_crawls_own_finding_of_the_language_comes_behind_the_page(self, archive):
        page = record_of(answer_of(page_of(CHAD, lang="en")))
        said = b'languages-cld2: {"reliable":true,"languages":[{"code":"fr","text-covered":1.0}]}\r\n'
        about = record_of(said, kind=WarcRecordType.metadata, media="application/warc-fields", WARC_Concurrent_To=page.record_id)
        meter = Meter()
        assert archive([page, about], where="language = en", meter=meter) == []
        assert meter.left_out == 1

    def test_rows_of_every_kind_of_shard(self, tmp_path):
        rows = [
            {"text": f"{CHAD} Item {n}.", "url": f"https://{'news.gov.uk' if n % 2 else 'example.org'}/{n}", "date": f"2021-0{n}-05", "lang": "en"}
            for n in range(1, 7)
        ]
        lines = "\n".join(map(json.dumps, rows)).encode()
        (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines))
        (tmp_path / "b.jsonl.zst").write_bytes(zstd.compress(lines))
        pl.DataFrame(rows).write_parquet(tmp_path / "c.parquet")
        pl.DataFrame(rows).write_csv(tmp_path / "d.csv")
        (tmp_path / "e.csv.zst").write_bytes(zstd.compress((tmp_path / "d.csv").read_bytes()))
        meter = Meter()
        found = list(read(str(tmp_path / "*"), where="host in (*.gov.uk) and date >= 2021-02", meter=meter))
        assert [x.url for x in found] == ["https://news.gov.uk/3", "https://news.gov.uk/5"] * 5
        assert (meter.read, meter.left_out, meter.skipped) == (10, 20, 0)

    def test_what_a_row_does_not_say_is_asked_of_its_text(self, tmp_path):
        rows = [{"text": f"NAIROBI, March 9, 2021 (Reuters) - {CHAD}"}, {"text": FRENCH, "date": "2021-03-09"}, {"text": CHAD}]
        (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
        meter = Meter()
        found = list(read(tmp_path, where="language = en and date = 2021-03", meter=meter))
        assert [x.published for x in found] == ["2021-03-09"]
        assert (meter.read, meter.left_out, meter.skipped) == (1, 2, 0)


def test_a_meter_knows_how_many_bytes_are_read(tmp_path):
    from onrecord.read import size_of

    for n in range(3):
        (tmp_path / f"{n}.warc.gz").write_bytes(packed(some(20))[0])
    meter = Meter(total=size_of([tmp_path]))
    seen = [meter.done for _ in read(tmp_path, meter=meter)]
    assert seen == sorted(seen)
    assert 0 < seen[10] < seen[45] <= meter.total
    assert meter.done == meter.total == sum(p.stat().st_size for p in tmp_path.iterdir())
    assert size_of("-") is None


def test_an_archive_on_standard_input():
    data, _ = packed(some(2))
    assert len([x for x in read("-", stdin=io.BytesIO(data)) if isinstance(x, Article)]) == 2


def test_a_bomb_on_standard_input_is_one_skip(monkeypatch):
    monkeypatch.setattr(import_module("onrecord.read.reader"), "MAX_BYTES", 2**20)
    (found,) = read("-", stdin=io.BytesIO(gzip.compress(b"a" * 3 * 2**20)))
    assert found.reason is SkipReason.TOO_LONG
