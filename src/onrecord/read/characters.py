"""Bytes → characters: byte-order marks, UTF-8 first, Windows-1252 next, a guess last; and what no text may hold.

Replacements are one character for one, so an offset into the text as it came is an offset into the article.
"""

from __future__ import annotations

import codecs
import importlib
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
REPLACED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
PLAIN_FOR = {chr(n): " " for n in range(0x20)} | {"\x7f": " ", "\x00": "\ufffd"}
ESCAPED = re.compile("[\udc80-\udcff]")
WESTERN = re.compile(rb"[A-Za-z]")
INVISIBLE = re.compile("[\\s\u200b-\u200f\u2060\ufeff\ufffd\u00ad]+")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
"""What does something to a text and can't be seen: controls, turns of direction, characters without width, tags. (Joiners, which scripts need, stay.)"""
UNDEFINED_IN_1252 = {b: chr(b) for b in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
GUESS_BYTES = 100_000
BINARY_SHARE = 0.1
BINARY_LEAST = 64


def clean(text: str) -> str:
    """The text without what a database or UTF-8 refuses, of the same length.

    NUL and lone surrogates become U+FFFD; other control characters but tab, line feed and carriage return
    become a space.
    """
    if not REPLACED.search(text):
        return text
    return REPLACED.sub(lambda m: PLAIN_FOR.get(m.group(), "\ufffd"), text)


def is_blank(text: str) -> bool:
    """Whether nothing in the text can be seen."""
    found = INVISIBLE.match(text)
    return not text or (found is not None and found.end() == len(text))


def is_binary(text: str) -> bool:
    """Whether the decoded text is no text: a tenth of its first characters are control characters."""
    head = text[:4096]
    return len(head) >= BINARY_LEAST and len(REPLACED.findall(head)) > BINARY_SHARE * len(head)


def mark_of(data: bytes) -> tuple[str, int] | None:
    """The encoding a byte-order mark names, and the mark's length."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return name, len(mark)
    return None


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The characters of some bytes; never fails.

    Args:
        data: a whole text.
        declared: the encoding the document names itself, taken where the bytes are not UTF-8.
    """
    if marked := mark_of(data):
        name, length = marked
        return data[length:].decode(name, "replace")
    if unmarked := _utf16_unmarked(data):
        return data.decode(unmarked, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared and (text := _as_declared(data, declared)) is not None:
        return text
    return _guess(data)


def from_1252(data: bytes) -> str:
    """Windows-1252, with the five bytes it leaves undefined kept as control characters; one character a byte."""
    return codecs.charmap_decode(data, "strict", _TABLE_1252)[0]


_TABLE_1252 = "".join(UNDEFINED_IN_1252.get(b) or bytes([b]).decode("cp1252") for b in range(256))


def repair_escapes(text: str) -> str:
    """Text decoded with ``surrogateescape``, the bytes that were not UTF-8 read as Windows-1252."""
    return ESCAPED.sub(lambda m: from_1252(bytes([ord(m.group()) - 0xDC00])), text) if ESCAPED.search(text) else text


def _utf16_unmarked(data: bytes) -> str | None:
    head = data[:2000]
    if len(head) < 8 or len(data) % 2 or b"\x00" not in head:
        return None
    odd, even = head[1::2].count(0), head[0::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _as_declared(data: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    if name in ("iso8859-1", "ascii", "cp1252"):  # the web's rule: all three mean Windows-1252
        return from_1252(data)
    if name in ("utf-8", "utf_8_sig") or name.startswith(("utf-16", "utf-32", "utf_")):
        return None
    try:
        return data.decode(name)
    except (UnicodeDecodeError, TypeError, AttributeError):
        return None


def _guess(data: bytes) -> str:
    """Text that is not UTF-8: mostly UTF-8 with a few broken bytes, Windows-1252, or what a detector says."""
    loose = data.decode("utf-8", "surrogateescape")
    broken = len(ESCAPED.findall(loose))
    sound = sum(1 for c in loose if c > "\x7f") - broken
    if sound > broken:
        return repair_escapes(loose)
    if 4 * len(WESTERN.findall(data[:GUESS_BYTES])) > 2 * len(data[:GUESS_BYTES].translate(None, b" \t\r\n")):
        return from_1252(data)
    best = importlib.import_module("charset_normalizer").from_bytes(data[:GUESS_BYTES]).best()
    if best is not None:
        try:
            return data.decode(best.encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    return from_1252(data)
