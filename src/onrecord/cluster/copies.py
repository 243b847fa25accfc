"""How much of one text is printed in another: sketches of texts, and whether one is a copy of the other.

A sketch holds the hashes of a text's shingles (runs of five words, without case, punctuation, quotation marks or
the sentences of outlets' boilerplate) in their order, and a MinHash signature of them (Broder 1997; here R-MinHash of
the library ``rensa``). One shared slot of a signature makes two texts comparable, so that a copy cut to a tenth is
still found; what is then compared is the texts' shingles themselves, word by word.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from onrecord import lexicons
from onrecord.records import Article

SHINGLE = 5
"""Words in a shingle."""
SLOTS = 64
"""Slots of a signature."""
SEED = 1
LEAD = 40
"""Words at the start of a text that tell its news."""

WITH_LEAD = 0.3
"""The share of the shorter text from which two texts are copies, when the lead of one stands in the first half of the other."""
WITHOUT_LEAD = 0.65
"""The same share where it does not."""
LEAD_SHARE = 0.5
HALF = 0.5
FEWEST = 20
"""Fewer shared words than this make no copy."""

APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
WORD = re.compile(r"[^\W_]+")
SENTENCE = re.compile(r"(?<=[.!?])[\s”\"’']+|\n+")

Hashes = NDArray[np.uint32]
Mask = NDArray[np.bool_]
Reason = Literal["lead", "text"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is kept of a text to find its copies.

    ``keys`` are the slots of its signature, each with its number in the upper half: texts that share keys are worth
    comparing. ``shingles`` are the hashes of its shingles in their order, four bytes each, little-endian.
    """

    article_id: str
    keys: tuple[int, ...]
    shingles: bytes

    @property
    def hashes(self) -> Hashes:
        """The shingles as numbers."""
        return np.frombuffer(self.shingles, dtype="<u4")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """That two texts are copies of one: the share of the shorter one's words that the other has, and what decided.

    ``reason`` is ``lead`` where the news at the start is shared, ``text`` where most of the shorter text is.
    """

    share: float
    reason: Reason


class _Phrase(msgspec.Struct, frozen=True, kw_only=True):
    phrase: str


@cache
def _boilerplate() -> re.Pattern[str]:
    phrases = sorted((row.phrase for row in lexicons.table("cluster/boilerplate", _Phrase)), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, phrases)) + ")")


def plain_words(text: str) -> list[str]:
    """The words of a text as copies share them: no case, no apostrophes, none of outlets' boilerplate."""
    text = APOSTROPHE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    own = _boilerplate()
    return [word for sentence in SENTENCE.split(text) if not own.search(sentence) for word in WORD.findall(sentence)]


def sketch(article: Article) -> Sketch:
    """The sketch of an article's text; its title counts nothing. A text of fewer than five words has no shingles and no keys."""
    words = plain_words(article.text)
    if len(words) < SHINGLE:
        return Sketch(article_id=article.id, keys=(), shingles=b"")
    hashed = np.fromiter(map(_hash, words), dtype=np.uint64, count=len(words))
    mixed = np.zeros(len(words) - SHINGLE + 1, dtype=np.uint64)
    for offset in range(SHINGLE):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + hashed[offset : offset + len(mixed)]
    shingles = ((mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9) >> np.uint64(32)).astype("<u4")
    kept = shingles.tobytes()
    signature = RMinHash(num_perm=SLOTS, seed=SEED)
    signature.update([kept[i : i + 4] for i in range(0, len(kept), 4)])
    keys = tuple(slot << 32 | value for slot, value in enumerate(signature.digest()))
    return Sketch(article_id=article.id, keys=keys, shingles=kept)


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8"), digest_size=8).digest(), "little")


def tie(one: Sketch, other: Sketch) -> Tie | None:
    """Whether two texts are copies of one text, trimmed, added to or edited; None where they are not.

    They are where a good part of the shorter one (0.3 of its words) stands in the other, and with it the lead of one in the
    first half of the other; or where most of it does (0.65), and with it a lead, wherever it stands, or half of the longer one.
    What two stories of one agency share is background: neither lead is in it, and the longer one has more news of its own.
    """
    a, b = (one.hashes, other.hashes) if len(one.shingles) <= len(other.shingles) else (other.hashes, one.hashes)
    if not len(a):
        return None
    in_b, in_a = _covered(a, b), _covered(b, a)
    shared, share = int(in_b.sum()), float(in_b.mean())
    if shared < min(FEWEST, 0.8 * len(in_b)):
        return None
    if share >= WITH_LEAD and (_opens(a, in_b, b) or _opens(b, in_a, a)):
        return Tie(share=share, reason="lead")
    if share >= WITHOUT_LEAD and (_lead_in(in_b) or _lead_in(in_a) or in_a.mean() >= HALF):
        return Tie(share=share, reason="text")
    return None


def _covered(these: Hashes, those: Hashes) -> Mask:
    """Which words of the first text lie in a shingle that the second has, too."""
    hits = np.isin(these, those)
    covered = np.zeros(len(these) + SHINGLE - 1, dtype=np.bool_)
    for offset in range(SHINGLE):
        covered[offset : offset + len(hits)] |= hits
    return covered


def _lead_in(covered: Mask) -> bool:
    return bool(covered[:LEAD].mean() >= LEAD_SHARE)


def _opens(these: Hashes, covered: Mask, those: Hashes) -> bool:
    """Whether the first text's lead stands in the first half of the second."""
    if not _lead_in(covered):
        return False
    lead = these[: max(1, min(LEAD, len(covered)) - SHINGLE + 1)]
    places = np.flatnonzero(np.isin(those, lead))
    return bool(len(places)) and float(np.median(places)) <= max(LEAD, (len(those) + SHINGLE - 1) / 2)
