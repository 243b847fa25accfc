"""What a web server answered, as archives keep it: status, headers and body, the body unpacked within bounds.

Archives differ in whether they keep a body as it was sent or unpacked, and leave the headers as they were: what the headers say
is tried, and where the body is not so, it is taken as it stands.
"""

from __future__ import annotations

import dataclasses
import io
import re
import zlib
from collections.abc import Mapping

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

HEAD = 64 * 2**10
PORTION = 2**20
STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
END = re.compile(rb"\r?\n\r?\n")
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]+)", re.IGNORECASE)
CHUNK = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"


class BodyError(ValueError):
    """A body can't be unpacked, or is too large; the message says why."""


class BodyTooLargeError(BodyError):
    """A body is larger than what was asked for."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status, the headers by their names in lower case, and the body as it is kept."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """``text/html``, in lower case and without parameters; empty where it is not said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the headers name."""
        found = CHARSET.search(self.headers.get("content-type", ""))
        return found[1] if found else None


def answer(block: bytes) -> Answer | None:
    """The parts of an answer; None where it is none."""
    status = STATUS.match(block)
    end = END.search(block, 0, HEAD)
    if status is None or end is None:
        return None
    headers: dict[str, str] = {}
    for line in block[: end.start()].decode("latin-1").split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon and name[:1] not in (" ", "\t"):
            headers.setdefault(name.strip().lower(), value.strip())
    return Answer(status=int(status[1]), headers=headers, body=block[end.end() :])


@dataclasses.dataclass(frozen=True, slots=True)
class Body:
    """A body without chunks and compression; ``whole`` says whether it goes to its end."""

    data: bytes
    whole: bool = True


def body(found: Answer, *, most: int) -> Body:
    """The body without chunks and compression; of one that is cut short what there is.

    Args:
        found: the answer.
        most: the most bytes.

    Raises:
        BodyError: it is broken, or larger.
    """
    kept = Body(found.body)
    if "chunked" in found.headers.get("transfer-encoding", "").lower() and CHUNK.match(kept.data):
        kept = _joined(kept.data, most)
    for name in reversed(found.headers.get("content-encoding", "").lower().split(",")[:4]):
        unpacked = _unpacked(kept.data, name.strip(), most)
        kept = Body(unpacked.data, unpacked.whole and kept.whole)
    if len(kept.data) > most:
        raise BodyTooLargeError(f"is larger than {most // 2**20} MB unpacked")
    return kept


def _joined(data: bytes, most: int) -> Body:
    """The chunks of a body, one behind the other."""
    parts: list[bytes] = []
    came = 0
    reader = ChunkedReader(io.BytesIO(data))
    try:
        while came <= most and (part := reader.read(PORTION)):
            parts.append(part)
            came += len(part)
    except OSError:
        # without a chunk the first line only looked like one's
        return Body(b"".join(parts), whole=False) if parts else Body(data)
    return Body(b"".join(parts))


def _unpacked(data: bytes, name: str, most: int) -> Body:
    try:
        if name in ("gzip", "x-gzip") and data.startswith(GZIP):
            return _inflated(data, 31, most)
        if name == "deflate" and data and not data.lstrip().startswith(b"<"):
            return _inflated(data, 15 if _is_zlib(data) else -15, most)
        if name == "br" and data and not data.lstrip().startswith(b"<"):
            return Body(BrotliReader(io.BytesIO(data)).read(most + 1))
        if name == "zstd" and data.startswith(ZSTD):
            return Body(ZstdReader(io.BytesIO(data)).read(most + 1))
    except (OSError, zlib.error) as error:
        raise BodyError(f"is packed as {name} and can't be unpacked ({str(error)[:80]})") from error
    return Body(data)


def _is_zlib(data: bytes) -> bool:
    return len(data) > 1 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0


def _inflated(data: bytes, wbits: int, most: int) -> Body:
    """What is packed, at most one byte more than asked for."""
    unpacking = zlib.decompressobj(wbits=wbits)
    unpacked = unpacking.decompress(data, most + 1)
    if not unpacked and not unpacking.eof:
        raise BodyError("is packed and holds nothing that can be unpacked")
    return Body(unpacked, whole=unpacking.eof or len(unpacked) > most)
