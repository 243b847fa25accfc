"""One phrase without an article: who is that, as of a date?"""

from __future__ import annotations

import dataclasses
import datetime
import re

from onrecord.actors.chunks import Chunk
from onrecord.actors.lexicon import Lexicon, slug
from onrecord.actors.reader import Reader
from onrecord.actors.reading import Reading, today
from onrecord.actors.vocabulary import Vocabulary
from onrecord.actors.wording import Words, is_folded, mark_names
from onrecord.records import ActorKind, Sector

TOKEN = re.compile(r"'s\b|’s\b|[^\W_]+(?:[.](?=[^\W_]))?(?:[^\W_]+[.]?)*|\d[\d,.]*|[^\w\s]", re.UNICODE)
FORMATS = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%Y-%m", "%Y", "%Y%m%d")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who a phrase means. Codes are the record's own (a de facto entity keeps its X code)."""

    country: str | None
    sector: Sector | None
    name: str
    actor_id: str
    kind: ActorKind
    reason: str


def resolve(phrase: str, *, context: str | None = None, date: str | None = None, lexicon: Lexicon) -> Resolution | None:
    """Who a phrase means on its own: ``Kyiv police``, ``Muslim leaders in France``.

    Args:
        phrase: a noun phrase.
        context: a country or place that the surroundings speak of, by name.
        date: when the phrase was written (ISO, ``1 January 2018`` or ``today``); None is today.
        lexicon: what the room knows.

    Returns:
        The actor, or None where the phrase can't be anybody political (``puppies``) or is a person
        nothing is known of.
    """
    words = _words(phrase, lexicon)
    if not len(words):
        return None
    if len(words) == 1 and words.lower[0] in words.vocabulary.pronoun_words:
        return Resolution(
            country=None,
            sector="UNK" if words.lower[0] in words.vocabulary.person_like else None,
            name=phrase,
            actor_id=f"_.UNK.{words.lower[0]}",
            kind="unresolved",
            reason="actors.pronoun",
        )
    surroundings = _country_named(context, lexicon)
    _prefer(words, surroundings)
    reader = Reader(words, lexicon, _date(date))
    parts = _parts(words)
    reading = _read(words, parts, reader)
    return _resolution(phrase, reading, words, lexicon, surroundings) if reading is not None else None


def _date(date: str | None) -> str:
    for form in FORMATS:
        try:
            return datetime.datetime.strptime((date or "").strip()[:20], form).date().isoformat()
        except ValueError:
            continue
    match = re.match(r"\d{4}-\d\d-\d\d", date or "")
    return match.group() if match else today()


def _country_named(context: str | None, lexicon: Lexicon) -> str | None:
    for entry, _ in lexicon.names.candidates(context) if context else ():
        if entry.country is not None and entry.kind in ("country", "entity", "capital", "city", "demonym"):
            return entry.country
    return None


def _prefer(words: Words, country: str | None) -> None:
    whole = words.name[0]
    if whole is not None and whole.end == len(words) and whole.entry.kind == "nobody":
        firm = next(((e, f) for e, f in whole.options if e.kind == "organisation"), None)
        if firm is not None:  # a site where things are posted is, by itself, who runs it
            words.name[:] = [dataclasses.replace(whole, entry=firm[0], form=firm[1])] * len(words)
    if country is None:
        return
    for i, name in enumerate(words.name):
        if name is not None and name.entry.country != country:
            better = next(((e, f) for e, f in name.options if e.country == country), None)
            if better is not None:
                words.name[i] = dataclasses.replace(name, entry=better[0], form=better[1])


def _words(phrase: str, lexicon: Lexicon) -> Words:
    """The phrase as words with plain tags, enough for reading it."""
    found = list(TOKEN.finditer(phrase))
    text = [m.group() for m in found]
    lower = [t.lower().replace("’", "'") for t in text]
    size = len(text)
    words = Words(
        text=text,
        lower=lower,
        pos=["NOUN"] * size,
        tag=[_tag(t, w, lexicon.vocabulary) for t, w in zip(text, lower, strict=True)],
        dep=[""] * size,
        head=list(range(size)),
        idx=[m.start() for m in found],
        end=[m.end() for m in found],
        sent=[0] * size,
        live=[True] * size,
        headline=[False] * size,
        name=[None] * size,
        folded=is_folded(phrase),
        vocabulary=lexicon.vocabulary,
    )
    mark_names(words, phrase, lexicon)
    return words


def _tag(text: str, lower: str, vocabulary: Vocabulary) -> str:
    if lower == "'s" or text == "'":
        return "POS"
    if lower in vocabulary.determiners:
        return "DT"
    if lower in ("his", "her", "its", "their", "our", "my", "your"):
        return "PRP$"
    if text[0].isdigit() or lower in vocabulary.numbers:
        return "CD"
    if text in ("-", "–"):
        return "HYPH"
    if not text[0].isalnum():
        return ","
    return "NNP" if text[0].isupper() else "NN"


def _parts(words: Words) -> list[tuple[str, int, int]]:
    """The phrase cut at prepositions, commas and relative words: ``(what introduces it, start, end)``."""
    parts: list[tuple[str, int, int]] = []
    start, intro = 0, ""
    for i in range(len(words) + 1):
        ends = i == len(words)
        name = None if ends else words.name[i]
        inside = name is not None and name.start < i
        word = "" if ends else words.lower[i]
        if ends or (
            not inside
            and (
                word in words.vocabulary.cuts
                or word in words.vocabulary.stops
                or words.text[i] in (",", "(", ")", ";", ":")
                or (words.tag[i] == "," and words.text[i] not in (".", "'", "&", "/"))
            )
            and not _joins(words, i)
        ):
            if i > start:
                parts.append((intro, start, i))
            intro, start = word, i + 1
            if word in words.vocabulary.stops and word not in ("and", "or"):
                break
    return parts


def _joins(words: Words, i: int) -> bool:
    """``secretary of state``, ``chief of staff``: the preposition is inside a role that the lexicon has."""
    return words.lower[i] in ("of", "for") and i > 0 and any(words.lower[i - 1 : i + 2] == pattern for pattern in INNER)


INNER = (
    ["secretary", "of", "state"],
    ["chief", "of", "staff"],
    ["head", "of", "state"],
    ["minister", "of", "foreign"],
    ["ministry", "of", "foreign"],
    ["member", "of", "parliament"],
    ["house", "of", "representatives"],
    ["chief", "of", "police"],
)


def _read(words: Words, parts: list[tuple[str, int, int]], reader: Reader) -> Reading | None:
    readings: list[tuple[str, Reading | None]] = []
    following: list[tuple[str, Reading]] = []
    for intro, start, end in reversed(parts):
        reading = _phrase(words, start, end, reader, following)
        readings.append((intro, reading))
        if intro in ("of", "for", "in", "at", "from", "with", "by", "across", "throughout", "inside", "near", "within"):
            if reading is not None:
                following = [("in" if intro in ("across", "throughout", "inside", "near", "within") else intro, reading)]
        else:
            following = []
    readings.reverse()
    if not readings:
        return None
    main = readings[0][1]
    for intro, other in readings[1:]:
        if intro == "," and other is not None and (main is None or (main.entry is None and main.country is None)):
            return dataclasses.replace(other, person=main.person if main is not None else None)
        if intro == "," and other is not None and main is not None and main.former and other.role is not None and not other.former and other.sector:
            return dataclasses.replace(main, former=False, sector=other.sector, country=other.country or main.country)  # what he is called beside his name
        if main is None and intro in ("of", "and", "in", "across") and other is not None and (other.country is not None):
            if intro in ("in", "across"):
                return Reading(other.chunk, country=other.country, sector="UNK" if intro == "across" else None, whys=("complement",))
            main = other
    return main


def _phrase(words: Words, start: int, end: int, reader: Reader, following: list[tuple[str, Reading]]) -> Reading | None:
    possessor: Reading | None = None
    inner: Chunk | None = None
    for i in range(end - 1, start, -1):
        if words.tag[i] == "POS" and (words.name[i] is None or words.name[i].end <= i + 1) and i + 1 < end:  # type: ignore[union-attr]
            possessor = _phrase(words, start, i, reader, [])
            inner = Chunk(start, i, i - 1, i - 1, possessive=True)
            break
    begin = start if inner is None else inner.end + 1
    chunk = Chunk(start, end, end - 1, end - 1, inner if possessor is not None else None)
    if inner is not None and possessor is None:
        chunk = Chunk(begin, end, end - 1, end - 1)
    reading = reader.read(chunk, following, possessor)
    if reading is not None and reading.form == "place" and (branch := _branch(words, begin, chunk, reader)) is not None:
        return dataclasses.replace(branch, country=branch.country or reading.country)
    if reading is not None and not (
        reading.person is not None and reading.entry is None and reading.country is None and reading.role is None and reading.sector is None
    ):
        return reading
    country = next(
        (name.entry.country for i in range(end - 1, begin - 1, -1) if (name := words.name[i]) is not None and name.entry.kind not in ("person", "nobody")), None
    )
    country = country or (possessor.country if possessor is not None else None)
    if country is not None:
        return Reading(chunk, country=country, sector="UNK" if words.tag[end - 1] == "NN" else None, whys=("premodifier",))
    where = next((other.country for prep, other in following if prep in ("in", "of") and other.country is not None), None)
    if where is not None:
        sector = next(other.sector for _, other in following if other.country == where)
        return Reading(chunk, country=where, sector=sector if following[0][0] == "of" else None, whys=("complement",))
    return reading


def _branch(words: Words, begin: int, chunk: Chunk, reader: Reader) -> Reading | None:
    """``Nurses Alliance Queensland``: the institution whose name ends in where it is."""
    name = words.name[chunk.end - 1]
    if name is None or name.start <= begin:
        return None
    role, span = reader.role_before(begin, name.start)
    if role is None or span is None or span[1] != name.start or role.kind != "institution" or not reader.forms.is_proper_institution(span):
        return None
    return reader.read(Chunk(begin, name.start, name.start - 1, name.start - 1))


def _resolution(phrase: str, reading: Reading, words: Words, lexicon: Lexicon, surroundings: str | None) -> Resolution | None:
    entry, role = reading.entry, reading.role
    country, sector = reading.country, reading.sector
    kind: ActorKind = "state"
    if reading.form == "place":
        sector = "CVL"  # a town that acts or is acted on is its people
    if entry is not None:
        if entry.kind == "capital" and reading.term is not None:
            sector = "GOV"
        actor_id = (reading.term.body if reading.term is not None else None) or (
            entry.id if entry.kind != "person" else ".".join(filter(None, (country or "_", sector, entry.id)))
        )
        reason = f"actors.{'seat' if entry.kind == 'capital' else entry.kind}"
        if entry.kind == "nobody":
            return None
        return Resolution(country=country, sector=sector, name=entry.name, actor_id=actor_id, kind=entry.actor_kind, reason="|".join((reason, *reading.whys)))
    if role is not None and role.kind == "container":
        inner = reading.affiliation
        if inner is None:
            return (
                Resolution(
                    country=country,
                    sector=sector or "UNK",
                    name=phrase,
                    actor_id=f"{country or '_'}.UNK.{slug(role.noun)}",
                    kind="unresolved",
                    reason="actors.role",
                )
                if country or sector
                else None
            )
        inner = dataclasses.replace(inner, country=inner.country or country)
        return _resolution(phrase, inner, words, lexicon, surroundings)
    if reading.person is not None and role is None and country is None and sector is None:
        return None
    if role is not None and (role.local or reading.loose) and country is None:
        country = surroundings
    if role is not None and sector == "UNK" and country is not None and role.kind in ("person", "people", "group"):
        sector = "CVL"
    tail = slug(phrase) if role is None else slug(role.noun)
    actor_id = ".".join(filter(None, (country or "_", sector, tail if sector not in ("GOV", "MIL", "COP", "JUD", "LEG", "SPY") or country is None else "")))
    kind = "unresolved" if country is None else "person" if role is not None and role.kind in ("office", "person") and not reading.plural else "group"
    return Resolution(
        country=country,
        sector=sector,
        name=phrase,
        actor_id=actor_id,
        kind=kind,
        reason="|".join(("actors.role" if role is not None else "actors.country", *reading.whys[-1:])),
    )
