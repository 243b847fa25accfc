"""The room's verb: every mention that can act, speak or be acted on, with the actor it means."""

from __future__ import annotations

from onrecord.actors import firstperson, pronouns, several
from onrecord.actors.chunks import Chunk, chunks
from onrecord.actors.context import context_of
from onrecord.actors.descriptions import direction, meant, some
from onrecord.actors.discourse import Discourse
from onrecord.actors.drafts import FIRST_PERSON, WE, Draft
from onrecord.actors.lexicon import Lexicon
from onrecord.actors.linking import Link, joined, links, read_all
from onrecord.actors.names import WORD
from onrecord.actors.reader import Reader
from onrecord.actors.reading import Reading, term_at
from onrecord.actors.resolving import resolve
from onrecord.actors.settling import actors, settle
from onrecord.actors.told import tell
from onrecord.actors.wording import Name, Words, words_of
from onrecord.parse import Parsed
from onrecord.records import Actor


def find(parsed: Parsed, *, lexicon: Lexicon) -> tuple[Actor, ...]:
    """The actors of an article with all their mentions.

    Args:
        parsed: the parsed article.
        lexicon: what the room knows.

    Returns:
        Actors in the order of their first mentions; spans are offsets into the article's text.
    """
    words = words_of(parsed, lexicon)
    found = joined(words, chunks(words), lexicon)
    reader = Reader(words, lexicon, parsed.article.published)
    readings = read_all(found, reader)
    tied = links(words, found, readings)
    publisher = resolve(parsed.article.publisher, lexicon=lexicon) if parsed.article.publisher else None
    discourse = Discourse(parsed.article, words, lexicon, context_of(words, publisher, _of_title(parsed, lexicon), readings))
    for reading in readings:
        if reading is not None and reading.role is not None and reading.country is not None and reading.role.noun in words.vocabulary.abroad:
            discourse.posts[reading.role.noun].add(reading.country)
    partners = _register(discourse, readings, tied)
    _assign(discourse, reader, found, readings, partners, parsed)
    firstperson.link(parsed, found, discourse, publisher)
    tell(parsed, discourse, found, readings)
    settle(discourse)
    return actors(discourse)


def _of_title(parsed: Parsed, lexicon: Lexicon) -> tuple[str, ...]:
    """The countries that the article's title names, where the title is not in its text."""
    title = parsed.article.title
    if not title or title in parsed.text[: len(title) + 200]:
        return ()
    found = lexicon.names.find(title, list(WORD.finditer(title)), folded=False)
    entries = [next((e for e, form in options if e.kind in ("country", "entity", "demonym", "capital") and form != "surname"), None) for _, _, options in found]
    return tuple(e.country for e in entries if e is not None and e.country is not None)


def _register(discourse: Discourse, readings: list[Reading | None], tied: list[Link]) -> dict[int, int]:
    """Names first, with their appositions, so that a surname in the headline finds the full name below."""
    partners: dict[int, int] = {}
    for link in tied:
        first, second = readings[link.first], readings[link.second]
        if first is None or second is None:
            continue
        if link.kind == "acronym":
            draft = discourse.register(second) if second.entry is not None and first.entry is None else discourse.register(first)
            if draft is not None:
                for r in (first, second):
                    span = r.person or r.label or (r.chunk.start, r.chunk.end)
                    discourse.alias(discourse.words.text[span[0]] if span[1] - span[0] == 1 else discourse.text_of(span), draft)
            continue
        first_is_name = bool(first.person or first.label or first.entry)
        named, other = (first, second) if first_is_name else (second, first)
        if first_is_name:
            partners.setdefault(link.second, link.first)
        else:
            partners.setdefault(link.first, link.second)
        if named.person or named.label:
            discourse.register(named, other)
    _short_names(discourse, readings)
    headline = discourse.words.headline
    full = [r for r in readings if r is not None and r.person is not None and not (headline[r.chunk.start] and r.entry is None and r.role is None)]
    for reading in sorted(full, key=lambda r: r.person[0] - r.person[1] if r.person else 0):
        if reading.person is not None and (reading.person[1] - reading.person[0] > 1 or reading.role is not None or reading.entry is not None):
            discourse.register(reading)
    return partners


def _short_names(discourse: Discourse, readings: list[Reading | None]) -> None:
    """``Ford`` after ``Ford Motor Co``, ``ANA`` after ``All Nippon Airways``: short for a firm that the article names in full."""
    words, lexicon = discourse.words, discourse.lexicon
    alone = {words.text[r.chunk.start] for r in readings if r is not None and r.entry is None and r.chunk.end - r.chunk.start == 1}
    for reading in readings:
        entry = reading.entry if reading is not None else None
        if reading is None or entry is None or entry.kind != "organisation" or entry.terms[-1].sector != "BUS" or reading.form != "name":
            continue
        first = words.text[reading.chunk.start]
        if (
            first in alone
            and reading.chunk.end - reading.chunk.start > 1
            and first.lower() not in lexicon.given
            and words.name[reading.chunk.start] is not None
        ):
            house = discourse.listed(reading)
            if house is not None:
                discourse.alias(first, house)


def _assign(discourse: Discourse, reader: Reader, found: list[Chunk], readings: list[Reading | None], partners: dict[int, int], parsed: Parsed) -> None:
    """Front to back, speakers before what they are quoted with: every phrase to its actor, every pronoun to whom it means."""
    words = discourse.words
    covered = [False] * len(words)
    ahead = {first: (last, who) for first, last, who in firstperson.announced(parsed, words)}
    at = {i: number for number, chunk in enumerate(found) for i in range(chunk.start, chunk.end)}
    done: set[int] = set()
    begin = 0
    for number, chunk in enumerate(found):
        covered[chunk.start : chunk.end] = [True] * (chunk.end - chunk.start)
        for first in range(begin, chunk.start + 1):
            if first in ahead:
                done |= _speaker(discourse, reader, found, readings, partners, (first, *ahead[first]), at)
        begin = chunk.start + 1
        if number in done:
            continue
        if chunk.pronoun and words.lower[chunk.start] in FIRST_PERSON and (speaker := discourse.quoted.get(chunk.start)) is not None:
            discourse.mention(
                firstperson.meaning(speaker, chunk, discourse), chunk, "pronoun", "actors.coref.first_person|quotation", plural=words.lower[chunk.start] in WE
            )
        else:
            _one(discourse, reader, found, readings, partners, number)
    previous: Name | None = None
    for i, name in enumerate(words.name):
        if name is not None and name is not previous and words.live[i] and not covered[i]:
            _aside(discourse, reader, name.start, name.end)
        previous = name


def _speaker(
    discourse: Discourse,
    reader: Reader,
    found: list[Chunk],
    readings: list[Reading | None],
    partners: dict[int, int],
    quotation: tuple[int, int, int],
    at: dict[int, int],
) -> set[int]:
    """Link the speaker that comes behind a quotation, and the phrases within it, before the quotation is read; the numbers of these phrases."""
    first, last, who = quotation
    if who not in at:
        return set()
    outer = found[at[who]]
    numbers = [n for n, c in enumerate(found) if outer.start <= c.start and c.end <= outer.end]
    for number in numbers:
        _one(discourse, reader, found, readings, partners, number)
    draft = discourse.at_token.get(who)
    if draft is not None:
        discourse.quoted.update(dict.fromkeys(range(first, last), draft))
    return set(numbers)


def _one(discourse: Discourse, reader: Reader, found: list[Chunk], readings: list[Reading | None], partners: dict[int, int], number: int) -> None:
    """A phrase to its actor, or a pronoun to whom it means."""
    words, chunk = discourse.words, found[number]
    if chunk.pronoun:
        pronouns.link(discourse, chunk)
        _portion(discourse, found, number)
        return
    reading = readings[number]
    if reading is None:
        rest = _leftover(discourse, chunk)
        if rest is not None:
            discourse.mention(rest[0], chunk, "nominal", rest[1], plural=words.lower[chunk.end - 1] in words.vocabulary.counts)
            return
        _modifiers(discourse, reader, chunk)
        return
    if parties := several.meant(discourse, reading):
        for draft in parties:
            discourse.place(reading, draft, "actors.role|parties")
        return
    made = None
    if number in partners:
        made = discourse.partner(reading, readings[partners[number]])
    made = made or meant(discourse, reading)
    if made is None:
        _modifiers(discourse, reader, chunk)
        return
    discourse.place(reading, *made)
    _also(discourse, reading)
    if reading.affiliation_span is not None and reading.affiliation_entry is not None and reading.affiliation_span != (chunk.start, chunk.end):
        _aside(discourse, reader, *reading.affiliation_span)


def _portion(discourse: Discourse, found: list[Chunk], number: int) -> None:
    """``21 of them``: the number means whom the pronoun means."""
    words, chunk = discourse.words, found[number]
    before = found[number - 1] if number else None
    draft = discourse.at_token.get(chunk.start)
    if draft is None or before is None or chunk.possessive or before.end != chunk.start - 1 or words.lower[before.end] != "of":
        return
    last = before.end - 1
    if words.tag[last] == "CD" or words.lower[last] in words.vocabulary.portions:
        discourse.mention(draft, before, "nominal", "actors.coref.nominal|some_of", plural=True, through=chunk)


def _also(discourse: Discourse, reading: Reading) -> None:
    """The other countries of ``Afghan and German forces``: a mention each on their own word."""
    words, sector = discourse.words, reading.sector
    stop = reading.role_span[0] if reading.role_span is not None else reading.chunk.end - 1
    if sector is None or reading.person is not None or (reading.role is None and reading.form != "name"):
        return
    previous: Name | None = None
    for i in range(reading.chunk.start, stop):
        name = words.name[i]
        country = name.entry.country if name is not None and name is not previous and name.entry.kind in LANDS else None
        if name is not None and country is not None and country != reading.country and _coordinated(words, name):
            draft = discourse.draft(f"{country}.{sector}", discourse.lexicon.country_names.get(country, country), country, sector, "state", "actors.role")
            discourse.mention(draft, Chunk(name.start, name.end, name.end - 1, name.end - 1), "demonym", "actors.role|coordinated", plural=reading.plural)
        previous = name


LANDS = frozenset(("country", "entity", "demonym"))


def _coordinated(words: Words, name: Name) -> bool:
    return any(words.lower[i] in ("and", "or", ",", "-", "–", "/") for i in (name.end, name.start - 1) if 0 <= i < len(words))


def _leftover(discourse: Discourse, chunk: Chunk) -> tuple[Draft, str] | None:
    words = discourse.words
    last = words.lower[chunk.end - 1]
    if (
        last in ("north", "south")
        and words.lower[chunk.start] == "the"
        and chunk.end - chunk.start == 2
        and (words.folded or words.text[chunk.end - 1][0].isupper())
    ):
        return direction(discourse, chunk)
    if (
        last in words.vocabulary.counts
        and words.dep[chunk.head] in ("nsubj", "nsubjpass")
        and (chunk.end - chunk.start == 1 or words.lower[chunk.start] in ("the", "at", "another", "other"))
    ):
        return some(discourse, chunk)
    return None


def _modifiers(discourse: Discourse, reader: Reader, chunk: Chunk) -> None:
    """Names inside a phrase that is nobody: ``Russian`` in ``the Russian invasion``."""
    previous: Name | None = None
    inner = chunk.possessor.end if chunk.possessor is not None else chunk.start
    for i in range(inner, chunk.end):
        name = discourse.words.name[i]
        if name is not None and name is not previous:
            _aside(discourse, reader, name.start, name.end)
        previous = name
    _agents(discourse, reader, chunk, inner)


def _agents(discourse: Discourse, reader: Reader, chunk: Chunk, first: int) -> None:
    """Role nouns before a noun that is nobody: ``army`` in ``an army offensive``."""
    words = discourse.words
    stop = chunk.end - 1
    while stop > first:
        role, span = reader.role_before(first, stop)
        if role is None or span is None:
            return
        stop = span[0]
        if (
            role.kind in ("people", "container")
            or (role.weak and role.sector in (None, "UNK"))
            or words.dep[span[1] - 1] not in ("compound", "nmod", "amod", "poss")
            or words.tag[span[1] - 1] not in ("NN", "NNS", "NNP", "NNPS")
        ):
            continue
        part = Chunk(_with_modifiers(words, first, span[0]), span[1], span[1] - 1, span[1] - 1)
        reading = reader.read(part)
        made = meant(discourse, reading) if reading is not None and reading.person is None else None
        if made is not None and reading is not None:
            discourse.place(reading, *made)
        return


def _with_modifiers(words: Words, first: int, begin: int) -> int:
    """The left edge of a modifying noun with the country before it: ``Nigerian army`` in ``the Nigerian army offensive``."""
    while begin > first and words.name[begin - 1] is not None and words.name[begin - 1].entry.kind in ("country", "demonym", "entity", "city", "capital"):  # type: ignore[union-attr]
        begin -= 1
    return begin


def _aside(discourse: Discourse, reader: Reader, start: int, end: int) -> None:
    words: Words = discourse.words
    name = words.name[start]
    if name is None or name.entry.kind in ("city", "nobody") or name.form == "surname":
        return
    heads = [i for i in range(start, end) if not start <= words.head[i] < end or words.head[i] == i]
    chunk = Chunk(start, end, heads[-1] if heads else end - 1, end - 1)
    term, _ = term_at(name.entry, reader.date)
    reading = Reading(
        chunk,
        entry=name.entry,
        term=term,
        country=term.country,
        sector=term.sector,
        form=name.form,
        definite=True,
        person=(start, end) if name.entry.kind == "person" else None,
    )
    made = meant(discourse, reading)
    if made is not None:
        discourse.place(reading, *made)
