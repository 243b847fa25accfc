"""How phrases hang together: complements (``of``, ``for``, ``in``), appositions and names introduced in brackets."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from onrecord.actors.chunks import Chunk
from onrecord.actors.lexicon import Lexicon
from onrecord.actors.reader import Reader
from onrecord.actors.reading import Reading
from onrecord.actors.reading import joined as joined_words
from onrecord.actors.wording import Words

PREPOSITIONS = frozenset(("of", "for", "in", "at", "from", "with", "by"))
JOINERS = frozenset(("of", "for", "to"))
MAX_JOINED = 6


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """Two readings that mean the same somebody. ``kind`` is ``apposition`` or ``acronym``."""

    first: int
    second: int
    kind: str


def joined(words: Words, found: list[Chunk], lexicon: Lexicon) -> list[Chunk]:
    """The phrases, with ``Ministry`` + ``of Foreign Affairs`` made one where the lexicon has the whole."""
    out: list[Chunk] = []
    skip = 0
    for number, chunk in enumerate(found):
        if number < skip:
            continue
        after = number + 1
        if not chunk.pronoun and after < len(found) and chunk.end + 1 == found[after].start and words.lower[chunk.end] in JOINERS:
            follower = found[after]
            stop = next((s for s in range(min(follower.end, chunk.end + MAX_JOINED), chunk.end + 1, -1) if _is_role(words, chunk, s, lexicon)), None)
            if stop is not None:
                chunk = dataclasses.replace(chunk, end=follower.end, noun=follower.end - 1, head=_top(words, chunk, follower))
                after = skip = number + 2
        if not chunk.pronoun and after < len(found) and found[after].start == chunk.end and _bears_title(words, chunk, found[after], lexicon):
            chunk = dataclasses.replace(chunk, end=found[after].end, noun=found[after].noun, head=_top(words, chunk, found[after]))
            skip = after + 1
        out.append(chunk)
    return out


def _top(words: Words, chunk: Chunk, follower: Chunk) -> int:
    """The head of two phrases made one: ``Tillerson`` where the parser hangs ``Secretary`` on it."""
    at, steps = chunk.head, 0
    while chunk.start <= words.head[at] < follower.end and words.head[at] != at and steps < MAX_JOINED:
        at = words.head[at]
        steps += 1
    return at if follower.start <= at else chunk.head


def _bears_title(words: Words, chunk: Chunk, follower: Chunk, lexicon: Lexicon) -> bool:
    """``Palestinian teen`` + ``Ahed Tamimi``: a singular title or description straight before a name."""
    if follower.pronoun or not words.text[follower.start][:1].isupper() or words.sent[chunk.start] != words.sent[follower.start]:
        return False
    name = words.name[follower.start]
    if name is not None and name.entry.kind == "group" and name.end == follower.end:
        return words.lower[chunk.end - 1] in words.vocabulary.group_nouns and words.dep[chunk.head] not in ("dobj", "dative")  # the rebel group Seleka
    if (name is not None and name.entry.kind != "person") or words.tag[follower.start] not in ("NNP", "NNPS"):
        return False
    if words.dep[chunk.head] in ("dobj", "dative", "pobj") and words.dep[follower.head] in ("nsubj", "nsubjpass"):
        return False
    role = next(
        (r for b in range(max(chunk.start, chunk.end - 4), chunk.end) if (r := lexicon.roles.get(joined_words(words.lower, b, chunk.end))) is not None), None
    )
    return role is not None and not role.plural and role.kind in ("office", "person")


def _is_role(words: Words, chunk: Chunk, stop: int, lexicon: Lexicon) -> bool:
    return any(joined_words(words.lower, begin, stop) in lexicon.roles for begin in range(max(chunk.start, chunk.end - 3), chunk.end))


def read_all(found: Sequence[Chunk], reader: Reader) -> list[Reading | None]:
    """A reading for every phrase, from right to left so that complements are read before what they complete."""
    words = reader.words
    out: list[Reading | None] = [None] * len(found)
    by_chunk: dict[int, int] = {id(c): n for n, c in enumerate(found)}
    inner = {id(c.possessor) for c in found if c.possessor is not None}
    next_outer = len(found)
    for number in range(len(found) - 1, -1, -1):
        chunk = found[number]
        if chunk.pronoun or id(chunk) in inner:
            continue
        complements = _complements(words, chunk, found, out, next_outer, reader)
        possessor = _possessor(chunk, by_chunk, out, reader)
        out[number] = reader.read(chunk, complements, possessor)
        next_outer = number
    return out


def _possessor(chunk: Chunk, by_chunk: dict[int, int], out: list[Reading | None], reader: Reader) -> Reading | None:
    if chunk.possessor is None or chunk.possessor.pronoun:
        return None
    number = by_chunk.get(id(chunk.possessor))
    if number is None:
        return None
    out[number] = reading = reader.read(chunk.possessor, (), _possessor(chunk.possessor, by_chunk, out, reader))
    return reading


def _complements(words: Words, chunk: Chunk, found: Sequence[Chunk], out: Sequence[Reading | None], at: int, reader: Reader) -> list[tuple[str, Reading]]:
    got: list[tuple[str, Reading]] = []
    end = chunk.end
    last = reader.lexicon.roles.get(words.lower[end - 1])
    speaks = last is not None and last.speaks and last.weak
    while at < len(found) and len(got) < 2:
        follower = found[at]
        if follower.start == end + 1 and words.lower[end] in ("on", "about") and words.lower[chunk.end - 1] in words.vocabulary.topics and end == chunk.end:
            end = follower.end  # an expert on Chad at a university in Ghana
            at = _after(found, at)
            continue
        if follower.start != end + 1 or words.sent[end] != words.sent[chunk.start]:
            break
        if out[at] is None and words.lower[end] == "in" and (land := _of_possessor(follower, found, out)) is not None:
            got.append(("in", land))  # a scientist in Iran's nuclear programme
            break
        advises = words.lower[end] == "to" and end == chunk.end and words.lower[end - 1] in words.vocabulary.advising
        if words.lower[end] not in PREPOSITIONS and not advises:
            break
        reading = out[at]
        prep = words.lower[end]
        if reading is None and speaks and prep == "for":
            reading = reader.department(follower)
        if prep not in ("of", "for", "from", "to") and not chunk.start <= words.head[end] < chunk.end and not got:
            break
        if reading is not None:
            got.append((prep, reading))
        end = follower.end
        at = _after(found, at)
    return got


def _of_possessor(chunk: Chunk, found: Sequence[Chunk], out: Sequence[Reading | None]) -> Reading | None:
    """The country whose thing a phrase is that is nobody itself."""
    if chunk.possessor is None or chunk.possessor.pronoun:
        return None
    owner = next((r for c, r in zip(found, out, strict=False) if c is chunk.possessor), None)
    return Reading(chunk, country=owner.country) if owner is not None and owner.entry is not None and owner.entry.kind in ("country", "entity") else None


def _after(found: Sequence[Chunk], at: int) -> int:
    """The number of the first phrase behind a phrase and all within it."""
    end = found[at].end
    while at < len(found) and found[at].start < end:
        at += 1
    return at


def links(words: Words, found: Sequence[Chunk], readings: Sequence[Reading | None]) -> list[Link]:
    """Appositions and bracketed acronyms."""
    out: list[Link] = []
    by_token = {i: n for n, c in enumerate(found) if not c.pronoun for i in range(c.start, c.end)}
    for number, chunk in enumerate(found):
        if chunk.pronoun or readings[number] is None:
            continue
        before = by_token.get(chunk.start - 2, -1)
        sign = words.text[chunk.start - 1] if chunk.start else ""
        if before >= 0 and found[before].end == chunk.start - 1 and sign == "(" and _same_sentence(words, found[before], chunk):
            named = by_token.get(words.head[chunk.head], -1)
            if named >= 0 and not _is_house(readings[named]) and words.lower[found[named].start - 1] == "of":
                named = by_token.get(found[named].start - 2, -1)
            if _abbreviates(words, chunk, found[before]):
                out.append(Link(before, number, "acronym"))
            elif words.dep[chunk.head] == "appos" and named >= 0 and _is_short(words, chunk) and _is_house(readings[named]):
                out.append(Link(named, number, "acronym"))  # the Confederation of Portuguese Workers (CGTP)
            continue
        before_name = _introduced(words, chunk, by_token, found)
        if before_name >= 0 and _can_be_one(readings[before_name], readings[number]) and _someone(readings[before_name], readings[number]):
            out.append(Link(before_name, number, "apposition"))
            continue
        head = words.head[chunk.head]
        target = by_token.get(head, -1)
        if words.dep[chunk.head] == "appos" and target >= 0 and target != number and _can_be_one(readings[target], readings[number]):
            out.append(Link(target, number, "apposition"))
        elif (
            sign in (",", "—", "–", "--")
            and before >= 0
            and _same_sentence(words, found[before], chunk)
            and _can_be_one(readings[before], readings[number])
            and _someone(readings[before], readings[number])
            and _closed(words, chunk, found, number)
        ):
            out.append(Link(before, number, "apposition"))
        elif sign in (",",) and _same_sentence(words, found[max(0, number - 1)], chunk):
            # Zahra Ali, head of the X party / the head of the X party, Zahra Ali,
            target = _over_complement(words, chunk, found, number)
            if target >= 0 and _can_be_one(readings[target], readings[number]) and _closed(words, chunk, found, number):
                out.append(Link(target, number, "apposition"))
    return out


def _introduced(words: Words, chunk: Chunk, by_token: dict[int, int], found: Sequence[Chunk]) -> int:
    """The phrase that a name follows with ``named``, ``identified as`` between; -1 where there is none."""
    at = chunk.start - 1
    if at >= 0 and words.lower[at] == "as":
        at -= 1
    if at < 1 or words.lower[at] not in words.vocabulary.introduced or words.sent[at] != words.sent[chunk.start]:
        return -1
    at -= 1
    if words.text[at] == ",":
        at -= 1
    before = by_token.get(at, -1)
    return before if before >= 0 and found[before].end == at + 1 else -1


def _over_complement(words: Words, chunk: Chunk, found: Sequence[Chunk], number: int) -> int:
    at, end = number - 1, chunk.start - 1
    while at >= 0 and found[at].end == end and number - at < 5:
        if words.lower[found[at].start - 1] in PREPOSITIONS and found[at].start >= 2:
            end = found[at].start - 1
            at -= 1
            while at >= 0 and found[at].end > end:
                at -= 1
        else:
            return at
    return -1


def _closed(words: Words, chunk: Chunk, found: Sequence[Chunk], number: int) -> bool:
    """The phrase and its complements end at a comma, bracket or the sentence's end; a list (X, Y and Z) is none."""
    end, at = chunk.end, number + 1
    while at < len(found) and found[at].start == end + 1 and words.lower[end] in PREPOSITIONS:
        end = found[at].end
        at += 1
        while at < len(found) and found[at].start < end:
            at += 1
    if end >= len(words) or words.sent[end] != words.sent[chunk.start]:
        return True
    if words.text[end] in (",", ".", ")", ":", ";", "—", "–", '"'):
        return not (words.text[end] == "," and end + 1 < len(words) and words.lower[end + 1] in ("and", "or"))
    return words.lower[end] in ("who", "said", "says", "told", "whose")


def _same_sentence(words: Words, a: Chunk, b: Chunk) -> bool:
    return words.sent[a.start] == words.sent[b.start]


def _can_be_one(a: Reading | None, b: Reading | None) -> bool:
    """Whether two readings can be one somebody: a name and a singular description of the same kind."""
    if a is None or b is None or a.plural or b.plural:
        return False
    if {a.entry.kind if a.entry else "", b.entry.kind if b.entry else ""} & {"country", "entity", "capital", "demonym", "city"}:
        return False
    people = [_is_person(r) for r in (a, b)]
    named = [r.person is not None or r.label is not None or r.entry is not None for r in (a, b)]
    if all(named):
        return a.entry is not None and a.entry is b.entry
    if not any(named):
        return all(people) and a.role is not None and b.role is not None
    unnamed, full = (a, b) if named[1] else (b, a)
    if full.person is not None or (full.label is not None and full.entry is None):
        return unnamed.role is not None and (unnamed.role.kind in ("office", "person")) == (full.person is not None)
    return unnamed.role is not None and unnamed.role.kind in ("institution", "force", "party", "group")


def _someone(a: Reading | None, b: Reading | None) -> bool:
    return a is not None and b is not None and _is_person(a) and _is_person(b)


def _is_person(reading: Reading) -> bool:
    return reading.person is not None or (reading.role is not None and reading.role.kind in ("office", "person"))


def _is_short(words: Words, chunk: Chunk) -> bool:
    """An acronym alone between its brackets."""
    text = words.text[chunk.start]
    return chunk.end - chunk.start == 1 and 2 <= len(text) <= 8 and text.isupper() and chunk.end < len(words) and words.text[chunk.end] == ")"


def _is_house(reading: Reading | None) -> bool:
    return reading is not None and reading.label is not None and reading.entry is None


def _abbreviates(words: Words, short: Chunk, long: Chunk) -> bool:
    if short.end - short.start != 1:
        return False
    text = words.text[short.start]
    letters = [c.lower() for c in text if c.isalpha()]
    if not 2 <= len(letters) <= 8 or not (text.upper() == text or words.folded or sum(c.isupper() for c in text) >= 2):
        return False
    initials = "".join(w[0] for w in words.lower[max(0, long.start - 6) : long.end] if w[:1].isalpha())
    at = 0
    for letter in initials:
        if at < len(letters) and letter == letters[at]:
            at += 1
    return at >= max(2, len(letters) - 1)
