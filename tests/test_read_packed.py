"""A compressed file with a broken part costs what is in that part, and says where it is."""

from __future__ import annotations

import gzip
import io
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from backports import zstd

from onrecord.read import Skip, read
from onrecord.read.outcomes import BrokenError
from onrecord.read.packed import Members
from onrecord.records import Article

SUMMED = {zstd.CompressionParameter.checksum_flag: 1}
"""As the command line writes it: without a sum of a frame's bytes no reader can see all damage."""
PACK: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "zst": lambda data: zstd.compress(data, options=SUMMED)}
both = pytest.mark.parametrize("how", ["gz", "zst"])


def lines(first: int, count: int) -> bytes:
    chance = random.Random(first)
    rows = ({"id": str(n), "text": f"Norland's minister {chance.randrange(10**9)} said no to {chance.randrange(10**9)}."} for n in range(first, first + count))
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def rows(first: int, count: int) -> bytes:
    return b"".join(b'%d,"Norland said no, and Vessel Bay\nsaid so %d."\n' % (n, n * n) for n in range(first, first + count))


def outcome(path: Path, members: Sequence[bytes]) -> tuple[list[str], list[Skip]]:
    path.write_bytes(b"".join(members))
    found = list(read(path))
    return [a.id for a in found if isinstance(a, Article)], [s for s in found if isinstance(s, Skip)]


def spoilt(member: bytes, at: float = 0.5) -> bytes:
    cut = int(len(member) * at)
    return member[:cut] + bytes(255 - b for b in member[cut : cut + 40]) + member[cut + 40 :]


def all_of(stream: io.BufferedReader) -> bytes:
    """What a stream gives in spite of what is broken."""
    got = b""
    while True:
        try:
            if not (data := stream.read1(1000)):
                return got
            got += data
        except BrokenError:
            continue


@both
def test_reading_goes_on_with_the_next_member(tmp_path: Path, how: str) -> None:
    pack = PACK[how]
    first, second, third = pack(lines(0, 50)), spoilt(pack(lines(50, 50))), pack(lines(100, 50))
    ids, (skip,) = outcome(tmp_path / f"a.jsonl.{how}", [first, second, third])
    assert ids[:50] == [str(n) for n in range(50)]
    assert ids[-50:] == [str(n) for n in range(100, 150)]
    assert skip.record is not None
    assert skip.record == len(ids) - 50 + 1
    assert f"line {skip.record}" in skip.message
    assert f"byte {len(first):,} on is broken" in skip.message
    assert f"reading goes on at byte {len(first) + len(second):,}" in skip.message


@both
def test_the_last_member_cut_off_is_told_with_its_place(tmp_path: Path, how: str) -> None:
    first, second = PACK[how](lines(0, 20)), PACK[how](lines(20, 400))
    ids, (skip,) = outcome(tmp_path / f"a.jsonl.{how}", [first, second[:-30]])
    assert ids[:20] == [str(n) for n in range(20)]
    assert f"byte {len(first):,} on is broken" in skip.message
    assert "nothing more of it can be read" in skip.message


@both
def test_a_table_goes_on_with_whole_rows(tmp_path: Path, how: str) -> None:
    pack = PACK[how]
    ids, skips = outcome(tmp_path / f"a.csv.{how}", [pack(b"id,text\n" + rows(0, 40)), spoilt(pack(rows(40, 400)), 0.6), pack(b"said so.\n" + rows(440, 40))])
    assert ids[:40] == [str(n) for n in range(40)]
    assert ids[-40:] == [str(n) for n in range(440, 480)]
    assert len(skips) == 2
    assert "reading goes on" in skips[0].message
    assert "cut it off" in skips[1].message


def test_a_broken_first_member_hides_the_names_of_the_columns(tmp_path: Path) -> None:
    ids, (skip,) = outcome(tmp_path / "a.csv.gz", [gzip.compress(b"id,text\n" + rows(0, 3))[:-25], gzip.compress(rows(3, 40))])
    assert ids == []
    assert "byte 0 on is broken" in skip.message


def test_wide_characters_begin_anew_behind_damage(tmp_path: Path) -> None:
    texts = [lines(n, 30).decode().encode("utf-16-le") for n in (0, 30, 60)]
    first, second, third = (gzip.compress(t) for t in (b"\xff\xfe" + texts[0], texts[1], texts[2]))
    ids, skips = outcome(tmp_path / "a.jsonl.gz", [first, spoilt(second), third])
    assert ids[:30] == [str(n) for n in range(30)]
    assert ids[-29:] == [str(n) for n in range(61, 90)]
    assert any("is broken" in s.message for s in skips)


def test_what_is_no_compressed_data_between_members_is_told(tmp_path: Path) -> None:
    first = gzip.compress(lines(0, 3))
    ids, (skip,) = outcome(tmp_path / "a.jsonl.gz", [first, b"no gzip", gzip.compress(lines(3, 3))])
    assert ids == ["0", "1", "2", "3", "4", "5"]
    assert f"byte {len(first):,} on" in skip.message
    assert "no compressed data begin there" in skip.message


def test_zeros_between_and_behind_members_are_nothing(tmp_path: Path) -> None:
    ids, skips = outcome(tmp_path / "a.jsonl.gz", [gzip.compress(lines(0, 3)), bytes(512), gzip.compress(lines(3, 3)), bytes(512)])
    assert len(ids) == 6
    assert not skips


@both
def test_any_damage_to_one_member_leaves_the_others_whole(how: str) -> None:
    chance, pack = random.Random(5), PACK[how]
    texts = [chance.randbytes(3000) + b"|" for _ in range(4)]
    for _ in range(150):
        members = [pack(t) for t in texts]
        hit = chance.randrange(4)
        spoil = bytearray(members[hit])
        for _ in range(chance.randint(1, 30)):
            spoil[chance.randrange(len(spoil))] = chance.randrange(256)
        members[hit] = bytes(spoil[: chance.randint(1, len(spoil))] if chance.random() < 0.3 else spoil)
        got = all_of(io.BufferedReader(Members(io.BytesIO(b"".join(members)), "gzip" if how == "gz" else "zstd")))
        assert sum(t in got for t in texts) >= 3
