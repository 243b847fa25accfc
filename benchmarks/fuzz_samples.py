"""A small sample of each format that is read, to be damaged by :mod:`benchmarks.fuzz`; all text is made up."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable

import docx
import polars as pl
from backports import zstd
from fastwarc.stream_io import GzipWriter, ZstdWriter
from fastwarc.warc import WarcRecord, WarcRecordType

SAID = "Norland's foreign minister condemned the strike on Harbin Bay on Monday and said that the two governments would return to the talks in March."
ODD = "Ministrul a spus „da” – ﺍﻟﺴﻼم 🕊️👩‍👩‍👧 e\u0301tat 條約; the treaty’s naïve coöperation clause was signed on 9 March 2021."
TEXT = f"HARBIN BAY, March 9, 2021 (Harbour Wire) - {SAID}\n\n“We reject this,” she said. {ODD}\n\nUpdated 10 March 2021\n"
ROWS = [
    {
        "id": f"s{n}",
        "text": f"{SAID} Item {n}. {ODD}",
        "title": f"Item {n}",
        "date": f"2021-03-0{n}",
        "url": f"https://www.example.org/{n}",
        "authors": ["A. Writer"],
    }
    for n in range(1, 5)
]
EXPORT = f"""User Name: A. Reader
Number of documents: 2

Item one

Harbour Wire
March 9, 2021 Tuesday

Copyright 2021 Harbour Wire
Length: 30 words
Byline: A. Writer

Body


{SAID}

Load-Date: March 10, 2021


End of Document


Item two

Harbour Wire
March 10, 2021 Wednesday

Length: 28 words

Body


{SAID} Again.

Load-Date: March 11, 2021


End of Document
"""
CODED = f"""HD\tItem one
WC\t30 words
PD\t9 March 2021
SN\tHarbour Wire
LA\tEnglish
LP\t{SAID}
TD\t{ODD}
Document HARBWR0020210309eh3900001

HD\tItem two
PD\t10 March 2021
LP\t{SAID}
Document HARBWR0020210310eh3900002
"""
RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 Norland condemned the strike\rquote s cost \u8211? 5 \'e9\par "
    r"Talks resume in March and \b both\b0 sides agreed.\par}"
)
HTTP = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{}\r\n"


def page(number: int = 1) -> bytes:
    """A web page with an article in it."""
    linked = json.dumps({"@type": "NewsArticle", "headline": f"Item {number}", "datePublished": "2021-03-09T10:00:00Z", "publisher": {"name": "Harbour Wire"}})
    head = f'<meta charset="utf-8"><title>Item {number} | Harbour Wire</title><script type="application/ld+json">{linked}</script>'
    body = f"<nav><a href=/>Home</a></nav><article><h1>Item {number}</h1><p>{SAID}</p><p>{ODD}</p><table><tr><td>a</td><td>b</td></tr></table></article>"
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}<footer>© 2021</footer></body></html>'.encode()


def answer(number: int = 1) -> bytes:
    """What a server sent for the page: as it is, in chunks, or compressed."""
    body = page(number)
    match number % 4:
        case 1:
            return HTTP.format("Transfer-Encoding: chunked\r\n").encode() + b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (90, body[:90], len(body) - 90, body[90:])
        case 2:
            return HTTP.format("Content-Encoding: gzip\r\nContent-Language: en\r\n").encode() + gzip.compress(body)
        case 3:
            return HTTP.format("Content-Encoding: zstd\r\n").encode() + zstd.compress(body)
    return HTTP.format("").encode() + body


def record(block: bytes, number: int = 1, kind: WarcRecordType = WarcRecordType.response) -> WarcRecord:
    """A record of a web archive."""
    made = WarcRecord()
    made.init_headers(record_type=kind)
    made.headers["WARC-Date"] = f"2021-03-{number % 27 + 1:02}T08:15:00Z"
    made.headers["WARC-Target-URI"] = f"https://www.example.org/2021/03/09/{number}"
    if kind == WarcRecordType.response:
        made.headers["Content-Type"] = "application/http; msgtype=response"
    else:
        made.headers["Content-Type"] = "text/plain" if kind == WarcRecordType.conversion else "application/warc-fields"
    made.set_bytes_content(block)
    return made


def archive(records: Iterable[WarcRecord], packing: str = ".gz") -> bytes:
    """A web archive, each record packed on its own."""
    out = io.BytesIO()
    for one in records:
        member = io.BytesIO()
        if packing:
            writer = (GzipWriter if packing == ".gz" else ZstdWriter)(member)
            one.write(writer)
            writer.close()
        else:
            one.write(member)
        out.write(member.getvalue())
    return out.getvalue()


def records() -> list[WarcRecord]:
    """Records of several kinds."""
    found = b'languages-cld2: {"reliable":true,"languages":[{"code":"en","text-covered":0.9}]}\r\n'
    return [
        record(b"software: sample\r\n", kind=WarcRecordType.warcinfo),
        *(record(answer(n), n) for n in range(1, 5)),
        record(found, kind=WarcRecordType.metadata),
        record(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n", 6),
        record(b"", 7, WarcRecordType.revisit),
    ]


def texts() -> list[WarcRecord]:
    """Records of a WET file."""
    return [record(f"Item {n}\nHome\n{SAID}\n{ODD}\n".encode(), n, WarcRecordType.conversion) for n in range(1, 4)]


def pdf() -> bytes:
    """A document of one page."""
    body = b"BT /F1 11 Tf 1 0 0 1 50 780 Tm (%s) Tj 1 0 0 1 50 760 Tm (Talks re-) Tj 1 0 0 1 50 746 Tm (sume in March.) Tj ET" % SAID.encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body),
    ]
    out, table = b"%PDF-1.4\n", b""
    for number, content in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def word() -> bytes:
    """A Word document."""
    document = docx.Document()
    document.add_heading("Item one", 0)
    document.add_paragraph(SAID)
    document.add_table(1, 2).rows[0].cells[0].text = ODD
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def samples() -> dict[str, bytes]:
    """A document of each format by the name of its file."""
    lines = "\n".join(map(json.dumps, ROWS)).encode()
    table = pl.DataFrame(ROWS).drop("authors")
    parquet, rows = io.BytesIO(), table.write_csv().encode()
    table.write_parquet(parquet)
    return {
        "plain.txt": TEXT.encode(),
        "wide.txt": TEXT.encode("utf-16"),
        "western.txt": SAID.encode("cp1252"),
        "export.txt": EXPORT.encode(),
        "coded.txt": CODED.encode(),
        "page.html": page(),
        "rows.jsonl": lines,
        "rows.jsonl.gz": gzip.compress(lines[:700]) + gzip.compress(lines[700:]),
        "rows.jsonl.zst": zstd.compress(lines),
        "rows.json": json.dumps({"articles": ROWS}, indent=1).encode(),
        "rows.csv": rows,
        "rows.tsv": table.write_csv(separator="\t").encode(),
        "rows.csv.gz": gzip.compress(rows),
        "rows.parquet": parquet.getvalue(),
        "one.pdf": pdf(),
        "one.docx": word(),
        "one.rtf": RTF.encode("cp1252"),
        "told.doc": RTF.encode("cp1252"),
        "pages.warc": archive(records(), ""),
        "pages.warc.gz": archive(records()),
        "pages.warc.zst": archive(records(), ".zst"),
        "texts.warc.wet.gz": archive(texts()),
        "unnamed": archive(records()),
    }
