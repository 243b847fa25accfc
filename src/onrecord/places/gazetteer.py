"""The packaged gazetteer: a name in, its entries out, from one compact file.

The file holds settlements and first- and second-order administrative divisions. Names are not stored as
text but as 40-bit hashes of their folded form, sorted, beside the number of the entry they name; of
half a million names two share a hash by chance about once in eight editions of the file. Entries are
columns of numbers. Everything is read into a few NumPy arrays (about 25 MB), and all the names of an
article are looked up in one binary search.

The file is made by ``scripts/build_gazetteer.py`` from GeoNames data (see ``docs/places.md``).
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

MAGIC = b"ORGAZ1\0\0"
COLUMNS = ("geonameid", "lat", "lon", "population", "country", "admin1", "kind", "fame")
KINDS = ("city", "admin1", "admin2")
NO_ADMIN1 = 0xFFFF
NEAR = 0.5
"""Degrees within which a settlement tells the division of a site beside it."""
SCALE = 10_000
"""Coordinates are kept in ten-thousandths of a degree, about 11 m."""

ALTERNATE, COMMON_WORD, GIVEN_NAME, SURNAME = 1 << 31, 1 << 30, 1 << 29, 1 << 28
ENTRY_MASK = (1 << 28) - 1

MAX_KNOWN = 50_000
"""So many looked-up names are remembered: news repeats itself."""

Kind = Literal["city", "admin1", "admin2", "country", "region"]

_DROPPED = re.compile(r"['’‘`´ʻʼʹ.,]")
_JOINED = re.compile(r"[\s\-‐‑–—_/]+")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "a", "ŋ": "n", "ʿ": "", "ʾ": "", "ʽ": ""}
)
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "&": "and"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something on the map. ``country`` is ISO alpha-3, ``admin1`` the GeoNames id of the first-order division it lies in.

    ``alternate`` says that the name asked for is not the entry's usual one; ``common_word``, ``given_name`` and
    ``surname`` that the name asked for is also one of those in English. ``fame`` is the number of other names a
    settlement is known by in all languages (up to 255; 0 for divisions). ``disputed`` entries carry no verdict.
    """

    kind: Kind
    geonameid: int | None
    name: str
    country: str | None
    lat: float
    lon: float
    population: int = 0
    admin1: int | None = None
    fame: int = 0
    alternate: bool = False
    common_word: bool = False
    given_name: bool = False
    surname: bool = False
    disputed: bool = False


def fold(name: str) -> str:
    """The form under which a name is looked up: no case, accents, apostrophes or points; hyphens are spaces; St, Mt, Ft shortened.

    >>> fold("Saint-Étienne"), fold("N'Djamena"), fold("Ft. Worth")
    ('st etienne', 'ndjamena', 'ft worth')
    """
    if name.isascii():
        if name.replace(" ", "").isalpha():  # most names of the lexicon, and it is folded in every start
            return " ".join([_SHORT.get(w, w) for w in name.lower().split()])
    else:
        name = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
        name = "".join(c for c in name if not unicodedata.combining(c)).lower().translate(_LETTERS)  # mathematical letters come apart into others
    words = _JOINED.sub(" ", _DROPPED.sub("", name.lower())).split()
    return " ".join([_SHORT.get(w, w) for w in words])


def key(folded: str) -> int:
    """The 40-bit hash of a folded name."""
    return int.from_bytes(hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=5).digest(), "big")


class Gazetteer:
    """The entries of the packaged file, by name. Read it with :meth:`load`."""

    def __init__(self, *, header: dict[str, Any], arrays: dict[str, npt.NDArray[Any]], names: bytes) -> None:
        self._countries: list[str] = header["countries"]
        self._keys, self._refs = arrays["keys"], arrays["refs"]
        self._word_keys, self._word_flags = arrays["word_keys"], arrays["word_flags"]
        self._columns = {c: arrays[c] for c in COLUMNS}
        self._names = names
        self._known: dict[str, tuple[Entry, ...]] = {}
        self._name_ends = np.cumsum(arrays["name_lengths"], dtype=np.int64)
        self._admin1_ids: list[int] = header["admin1"]
        self._plain: dict[int, str] = {}
        self._more: dict[str, tuple[Entry, ...]] = {}
        self._admin1_codes: dict[int, str] = dict(zip(header["admin1"], header["admin1_codes"], strict=True))

    @classmethod
    def load(cls, language: str = "en") -> Gazetteer:
        """The packaged gazetteer.

        Raises:
            ValueError: the file is not a gazetteer of this format.
        """
        return cls(**unpack(files("onrecord.lexicons").joinpath(language, "places", "gazetteer.bin").read_bytes()))

    def __len__(self) -> int:
        return len(self._name_ends)

    def lookup(self, folded: Sequence[str]) -> list[tuple[Entry, ...]]:
        """For each folded name its entries, the most populous first; none for an unknown name."""
        known = self._known
        new = [f for f in folded if f not in known]
        if new:
            if len(known) > MAX_KNOWN:
                known.clear()
                new = list(folded)
            wanted = np.array([key(f) for f in new], dtype=np.int64)
            first = np.searchsorted(self._keys, wanted, side="left").tolist()
            last = np.searchsorted(self._keys, wanted, side="right").tolist()
            for name, a, b in zip(new, first, last, strict=True):
                known[name] = self._entries(a, b, self._more.get(name, ())) if a < b or name in self._more else ()
        return [known[f] for f in folded]

    def name_divisions(self, names: Mapping[int, str]) -> None:
        """Let divisions, by GeoNames id, be called by these names from now on; their own names still find them."""
        self._plain.update(names)
        self._known.clear()

    def add(self, named: Sequence[tuple[str, Entry]]) -> None:
        """Let folded names find one more entry each."""
        flags = self.word_flags([folded for folded, _ in named])
        for folded, entry in named:
            f = flags[folded]
            marked = dataclasses.replace(entry, common_word=bool(f & COMMON_WORD), given_name=bool(f & GIVEN_NAME), surname=bool(f & SURNAME))
            self._more[folded] = (*self._more.get(folded, ()), marked)
        self._known.clear()

    def by_id(self, geonameid: int) -> Entry | None:
        """The entry with a GeoNames id, if there is one."""
        ids = self._columns["geonameid"]
        at = int(np.searchsorted(ids, geonameid))
        return self.entry(at) if at < len(ids) and int(ids[at]) == geonameid else None

    def word_flags(self, folded: Sequence[str]) -> dict[str, int]:
        """For each folded word the sum of :data:`COMMON_WORD`, :data:`GIVEN_NAME` and :data:`SURNAME` that hold of it."""
        if not folded:
            return {}
        wanted = np.array([key(f) for f in folded], dtype=np.int64)
        at = np.minimum(np.searchsorted(self._word_keys, wanted), len(self._word_keys) - 1)
        hit = self._word_keys[at] == wanted
        return {f: int(flags) << 28 if found else 0 for f, flags, found in zip(folded, self._word_flags[at], hit, strict=True)}

    def division(self, geonameid: int) -> tuple[Entry, str] | None:
        """The first-order division with a GeoNames id and its GeoNames code; None for another id."""
        code = self._admin1_codes.get(geonameid)
        if code is None:
            return None
        entry = self.by_id(geonameid)
        return (entry, code) if entry is not None else None

    def division_near(self, lat: float, lon: float, country: str) -> int | None:
        """The GeoNames id of the first-order division that the settlement of a country nearest to a point lies in.

        None where the nearest is more than half a degree away or its division isn't known.
        """
        if country not in self._countries:
            return None
        inside = np.flatnonzero((self._columns["country"] == self._countries.index(country)) & (self._columns["kind"] == 0))
        if not len(inside):
            return None
        north = self._columns["lat"][inside] / SCALE - lat
        east = (self._columns["lon"][inside] / SCALE - lon) * math.cos(math.radians(lat))
        away = north**2 + east**2
        nearest = int(np.argmin(away))
        return self.entry(int(inside[nearest])).admin1 if away[nearest] < NEAR**2 else None

    def _entries(self, first: int, last: int, more: tuple[Entry, ...]) -> tuple[Entry, ...]:
        found = [self.entry(int(ref) & ENTRY_MASK, int(ref)) for ref in self._refs[first:last]]
        found += [e for e in more if e.geonameid is None or all(e.geonameid != f.geonameid for f in found)]
        return tuple(sorted(found, key=lambda e: (-e.population, e.geonameid or 0)))

    def entry(self, number: int, flags: int = 0) -> Entry:
        """The entry with a number, as a name with these flags names it."""
        get = self._columns
        end = int(self._name_ends[number])
        start = int(self._name_ends[number - 1]) if number else 0
        admin1 = int(get["admin1"][number])
        geonameid = int(get["geonameid"][number])
        kind: Kind = KINDS[int(get["kind"][number])]  # type: ignore[assignment]
        return Entry(
            kind=kind,
            geonameid=geonameid,
            name=self._plain.get(geonameid) or self._names[start:end].decode("utf-8"),
            country=self._countries[int(get["country"][number])],
            lat=int(get["lat"][number]) / SCALE,
            lon=int(get["lon"][number]) / SCALE,
            population=int(get["population"][number]),
            admin1=None if admin1 == NO_ADMIN1 else self._admin1_ids[admin1],
            fame=int(get["fame"][number]),
            alternate=bool(flags & ALTERNATE),
            common_word=bool(flags & COMMON_WORD),
            given_name=bool(flags & GIVEN_NAME),
            surname=bool(flags & SURNAME),
        )


SORTED = frozenset({"keys", "geonameid", "word_keys"})
"""Columns kept as differences, which pack far better."""


def pack(header: dict[str, Any], arrays: dict[str, npt.NDArray[Any]], names: bytes) -> bytes:
    """A gazetteer file: a JSON header, then each column's bytes, plane by plane, deflated."""
    sections: list[bytes] = []
    shapes: list[tuple[str, str, int]] = []
    for name, array in arrays.items():
        column = np.diff(array, prepend=array.dtype.type(0)) if name in SORTED else array
        planes = column.view(np.uint8).reshape(len(column), -1).T
        sections.append(zlib.compress(np.ascontiguousarray(planes).tobytes(), 9))
        shapes.append((name, array.dtype.str, len(array)))
    sections.append(zlib.compress(names, 9))
    head = json.dumps({**header, "arrays": shapes, "sizes": [len(s) for s in sections]}, ensure_ascii=False).encode()
    return MAGIC + struct.pack("<I", len(head)) + head + b"".join(sections)


def unpack(body: bytes) -> dict[str, Any]:
    """What :func:`pack` was given.

    Raises:
        ValueError: the bytes are not a gazetteer of this format.
    """
    if body[: len(MAGIC)] != MAGIC:
        raise ValueError("not a gazetteer file of this format; build one with scripts/build_gazetteer.py")
    (size,) = struct.unpack_from("<I", body, len(MAGIC))
    at = len(MAGIC) + 4 + size
    header = json.loads(body[len(MAGIC) + 4 : at])
    arrays: dict[str, npt.NDArray[Any]] = {}
    sizes: Iterable[int] = header["sizes"]
    pieces = []
    for length in sizes:
        pieces.append(zlib.decompress(body[at : at + length]))
        at += length
    for (name, dtype, count), piece in zip(header["arrays"], pieces, strict=False):
        planes = np.frombuffer(piece, dtype=np.uint8).reshape(-1, count)
        column = np.ascontiguousarray(planes.T).view(np.dtype(dtype)).reshape(count)
        arrays[name] = np.cumsum(column, dtype=np.int64) if name in SORTED else column
    return {"header": header, "arrays": arrays, "names": pieces[-1]}
