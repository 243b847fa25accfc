"""Damage: bytes, texts and JSON changed at random, always the same for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Any

TOKENS = (
    b"\x00",
    b"\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"WARC/1.0\r\n",
    b"WARC-Type: response\r\n",
    b"Content-Length: ",
    b"99999999999999999999",
    b"-1",
    b"HTTP/1.1 200 OK\r\n\r\n",
    b"\r\n\r\n",
    b"\n",
    b"\r",
    b"<html lang=",
    b"<p>",
    b"</p>",
    b"<!--",
    b"]]>",
    b"&#xD800;",
    b"&#0;",
    b"<script>",
    b"<?xml encoding='utf-7'?>",
    b'"',
    b"'",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b";",
    b"\t",
    b"\\ud800",
    b"\\u0000",
    b"NaN",
    b"1e999",
    b"null",
    b"%PDF-",
    b"endobj",
    b"PAR1",
    b"PK\x03\x04",
    b"{\\rtf1",
    b"\\bin9999999 ",
    b"\\'",
    b"End of Document",
    b"Body",
    b"03/04/2011",
    b"\xe2\x80\xa8",
)
CHARACTERS = (
    "\ud800",
    "\udfff",
    "\x00",
    "\u0301",
    "\u0336",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u202e",
    "\u2066",
    "\u00ad",
    "\u2028",
    "\u0085",
    "👩‍👩‍👧‍👦",
    "🏳️‍🌈",
    "🇳🇴",
    "ﷺ",
    "שלום",
    "السلام",
    "條約",
    "ก็",
    "İ",
    "ß",
    "ǆ",
    "ﬁ",
    "Ω",
    "“",
    "”",
    "’",
    "«",
    '"',
    "'",
    "...",
    "—",
    "\n",
    "\n\n",
    "\r",
    "\t",
    " " * 50,
    ".",
    "?!",
    "(",
    ")",
    "[",
    "- ",
    "*",
    "said",
    "told",
    "U.S.",
    "Mr.",
    "not",
    "and",
    "which",
    "03/04/2011",
    "$5 million",
    "1,000",
    "a" * 300,
    ",,,,",
    "''",
    "``",
    "https://a.example/x?y=z",
    "A.B.C.D.",
)
NUMBER = re.compile(rb"\d+")
LONGEST = 200_000


def bytes_of(data: bytes, chance: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """Some bytes with one to eight changes.

    Args:
        data: the bytes.
        chance: decides.
        others: what pieces are also taken from.
    """
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        _CHANGES[chance.randrange(len(_CHANGES))](out, chance, others)
    return bytes(out[:LONGEST])


def text_of(text: str, chance: random.Random) -> str:
    """A text with one to eight changes: characters of many kinds put in, pieces moved, doubled and cut out."""
    for _ in range(chance.choice((1, 2, 3, 5, 8))):
        start, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        end = min(end, start + 400)
        piece, at = text[start:end], chance.randint(0, len(text))
        match chance.randrange(5):
            case 0 | 1:
                text = text[:at] + chance.choice(CHARACTERS) * chance.choice((1, 1, 1, 2, 40)) + text[at:]
            case 2:
                text = text[:start] + text[end:]
            case 3:
                text = text[:at] + piece + text[at:]
            case _:
                words = piece.split(" ")
                chance.shuffle(words)
                text = text[:start] + " ".join(words) + text[end:]
    return text[:LONGEST]


def json_of(value: Any, chance: random.Random) -> Any:
    """A copy of what JSON holds with one to three values changed, left out, added or moved to another place."""
    out = _copied(value)
    for _ in range(chance.choice((1, 1, 2, 3))):
        places = list(_places(out))
        inside, key = chance.choice(places)
        match chance.randrange(6):
            case 0 if isinstance(inside, dict):
                del inside[key]
            case 1:
                other, name = chance.choice(places)
                inside[key] = _copied(other[name]) if name in other or (isinstance(other, list) and isinstance(name, int) and name < len(other)) else None
            case 2 if isinstance(inside[key], int):
                inside[key] = inside[key] + chance.choice((-1, 1, -(10**9), 10**20))
            case 3 if isinstance(inside[key], str):
                inside[key] = text_of(inside[key], chance)
            case _:
                inside[key] = chance.choice(
                    (None, True, -1, 0, 2**70, 1.5, float("nan"), "", "\ud800", [], {}, [None], {"start": 0, "end": 1, "text": "x"}, "x" * 999)
                )
    return out


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        inside = waiting.pop()
        for key, inner in list(inside.items()) if isinstance(inside, dict) else list(enumerate(inside)):
            found.append((inside, key))
            if isinstance(inner, dict | list):
                waiting.append(inner)
    return found or [({"": None}, "")]


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _flip(out: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    if out:
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)


def _set(out: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    if out:
        at = chance.randrange(len(out))
        out[at : at + chance.choice((1, 1, 4, 20))] = bytes([chance.choice((0, 0xFF, 0x0A, 0x22, 0x80, chance.randrange(256)))]) * chance.choice((1, 4, 20))


def _token(out: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    at = chance.randint(0, len(out))
    out[at:at] = chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 50))


def _cut(out: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    start = chance.randint(0, len(out))
    del out[start : start + chance.choice((1, 7, 60, 500))]


def _end(out: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    del out[chance.randint(0, len(out)) :]


def _double(out: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    start, at = chance.randint(0, len(out)), chance.randint(0, len(out))
    out[at:at] = out[start : start + chance.choice((1, 30, 300))] * chance.choice((1, 1, 3, 30))


def _number(out: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    found = list(NUMBER.finditer(out[:20_000]))
    if found:
        one = chance.choice(found)
        out[one.start() : one.end()] = chance.choice((b"0", b"-1", b"1", b"4294967295", b"99999999999999999999", b"1e9", b"", b"%d" % chance.randrange(10**6)))


def _splice(out: bytearray, chance: random.Random, others: Sequence[bytes]) -> None:
    if others:
        other = chance.choice(others)
        start, at = chance.randint(0, len(other)), chance.randint(0, len(out))
        out[at : at + chance.choice((0, 50, 500))] = other[start : start + chance.choice((20, 200, 2000))]


_CHANGES: tuple[Callable[[bytearray, random.Random, Sequence[bytes]], None], ...] = (_flip, _flip, _set, _token, _token, _cut, _end, _double, _number, _splice)
