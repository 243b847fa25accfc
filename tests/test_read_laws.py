"""Laws of reading, attacked: no bytes whatever raise, each document gives one outcome, every text can be kept."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.read import Skip, read
from onrecord.read.characters import clean, decode, repair_escapes
from onrecord.records import Article
from read_samples import CHAD, FACTIVA, NEXIS, OLD_NEXIS

BYTES = (
    st.binary(max_size=400)
    | st.text(max_size=300).map(lambda t: t.encode("utf-8", "surrogatepass"))
    | st.text("<>/pdiv \"'=&;a\x00é", max_size=300).map(str.encode)
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcomes(name: str, data: bytes) -> list[Article | Skip]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return list(read(path, on_note=lambda note: None))


def sound(found: list[Article | Skip]) -> None:
    for outcome in found:
        if isinstance(outcome, Skip):
            assert outcome.message
            continue
        outcome.text.encode("utf-8")
        assert outcome.text.strip()
        for field in (outcome.text, outcome.id, outcome.title, outcome.byline, outcome.publisher, outcome.url):
            assert field is None or ("\x00" not in field and field.encode("utf-8") is not None)


@LAW
@given(BYTES)
@example(b"\xff\xfe\x00")
@example(b"\xed\xa0\x80 Chad")
def test_any_bytes_as_text_give_one_outcome(data):
    found = outcomes("a.txt", data)
    assert len(found) == 1
    sound(found)


@LAW
@given(BYTES)
@example(b"<html><body><p>\xed\xa0\x80\x00</p>")
@example(b"<p>&#0; &#xD800; &#x1F; Chad</p>")
def test_any_bytes_as_a_page_give_one_outcome(data):
    found = outcomes("a.html", data)
    assert len(found) == 1
    sound(found)


@LAW
@example([b"\x00", b"\xa0"])
@given(st.lists(BYTES.filter(lambda b: not b.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))), max_size=5))
def test_any_lines_give_one_outcome_each(lines):
    data = b"\n".join(lines)
    written = [line for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if repair_escapes(line.decode("utf-8", "surrogateescape")).strip()]
    found = outcomes("a.jsonl", data)
    assert len(found) == max(1, len(written))
    sound(found)


@LAW
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["text", "body", "id", "date", "title", "source", "author", "url", "language", "x"]), JSON, max_size=6),
        min_size=1,
        max_size=4,
    )
)
def test_any_objects_give_one_outcome_each(rows):
    import json

    found = outcomes("a.jsonl", "\n".join(map(json.dumps, rows)).encode())
    assert len(found) == len(rows)
    sound(found)


@LAW
@given(st.sampled_from(["csv", "tsv", "json", "rtf", "docx", "pdf", "parquet", "txt.gz", "jsonl.gz", "doc"]), BYTES)
def test_any_bytes_as_anything_else_raise_nothing(suffix, data):
    head = {"rtf": b"{\\rtf1 ", "csv": b"text\n", "tsv": b"id\ttext\n", "pdf": b"%PDF-1.4\n", "doc": b"{\\rtf1 "}.get(suffix, b"")
    for written in (data, head + data):
        found = outcomes(f"a.{suffix}", written)
        assert found
        sound(found)


@LAW
@given(st.sampled_from([NEXIS, OLD_NEXIS, FACTIVA]), st.data())
def test_a_damaged_export_raises_nothing(export, data):
    lines = export.split("\n")
    kept = data.draw(st.lists(st.sampled_from(range(len(lines))), max_size=40).map(lambda gone: [x for i, x in enumerate(lines) if i not in set(gone)]))
    found = outcomes("a.txt", "\n".join(kept).encode())
    assert found
    sound(found)


@given(st.text(st.characters(codec=None), max_size=200))
def test_cleaning_keeps_every_offset(text):
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned
    assert all(a == b for a, b in zip(text, cleaned, strict=True) if b not in (" ", "\ufffd"))


@given(st.text(max_size=200).filter(lambda t: "\x00" not in t and "\ufeff" not in t))
def test_utf8_is_read_as_utf8(text):
    assert decode(text.encode("utf-8", "replace")) == text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.html", "a.csv"])
def test_reading_twice_changes_nothing(name):
    data = {"a.txt": CHAD, "a.jsonl": '{"text": "Chad said no."}', "a.html": f"<p>{CHAD}</p>", "a.csv": f'text\n"{CHAD}"'}[name].encode()
    assert [x.id for x in outcomes(name, data)] == [x.id for x in outcomes(name, data)]
