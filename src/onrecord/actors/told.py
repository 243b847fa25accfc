"""What the article tells elsewhere of somebody whose own phrases name no country.

A name is often given bare and described sentences away: by ``is``, by a later ``the Kenyan singer``, by an
unnamed ``Kenyan singer`` just before, by the same age, by a relative, by the house that somebody leads, by a
flag. Runs when everybody has been read and only fills gaps: whoever has a country keeps it, and where one
rule finds two countries nobody is told anything.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

from onrecord.actors.chunks import Chunk
from onrecord.actors.discourse import Discourse
from onrecord.actors.drafts import BODY_COUNTRIES, I_WORDS, LOOK_BACK, STATE_SECTORS, Draft, Seen, genders_fit, sectors_fit
from onrecord.actors.lexicon import slug
from onrecord.actors.reading import Reading
from onrecord.actors.wording import Words
from onrecord.parse import Parsed

REACH = 30
"""How many tokens a clause is searched for its subject."""
AFTER = 8
"""How many tokens after a phrase hold what completes it."""
NEAR = 2
"""How many sentences after an unnamed description the name may come."""
ROUNDS = 3
"""How often what was told is passed on: from a daughter to her father to his brother."""
LANDS = frozenset(("country", "entity", "capital", "city"))
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
ARGUMENTS = SUBJECTS | {"dobj"}


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """A country (and perhaps sector) that the article tells of an actor."""

    draft: Draft
    country: str
    sector: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class Scene:
    """An article when everybody has been read: its phrases with their readings, and mentions by sentence."""

    discourse: Discourse
    phrases: list[tuple[Chunk, Reading | None]]
    by_sentence: dict[int, list[Seen]]
    quoted: list[tuple[int, int]]

    @property
    def words(self) -> Words:
        """The article's words."""
        return self.discourse.words

    def draft_of(self, chunk: Chunk) -> Draft | None:
        """Whom a phrase was read as."""
        return self.discourse.at_token.get(chunk.head)

    def is_quoted(self, chunk: Chunk) -> bool:
        """Whether a phrase is in somebody's words."""
        at = self.words.idx[chunk.start]
        return any(start <= at < end for start, end in self.quoted)

    def named(self, draft: Draft) -> bool:
        """Whether an actor is known by a name and not only by a description."""
        return self.discourse.by_name.get(slug(draft.name)) is draft


def tell(parsed: Parsed, discourse: Discourse, found: list[Chunk], readings: list[Reading | None]) -> None:
    """Give those without a country the one that the article tells.

    Args:
        parsed: the article.
        discourse: everybody, with their mentions.
        found: the article's phrases.
        readings: what each of them says.
    """
    if not any(_open(d) for d in discourse.drafts.values()):
        return
    by_sentence: dict[int, list[Seen]] = {}
    for seen in sorted(discourse.seen, key=lambda s: s.chunk.start):
        by_sentence.setdefault(seen.sent, []).append(seen)
    scene = Scene(discourse, list(zip(found, readings, strict=True)), by_sentence, [(q.start, q.end) for q in parsed.quotations])
    for why, rule in RULES:
        _apply(discourse, why, rule(scene))
    for _ in range(ROUNDS):
        if not sum(_apply(discourse, why, rule(scene)) for why, rule in PASSED_ON):
            break


def _open(draft: Draft) -> bool:
    return draft.country is None and bool(draft.mentions) and (draft.person or draft.kind == "organisation")


def _apply(discourse: Discourse, why: str, told: Iterator[Told]) -> int:
    """Tell each actor what all findings of one rule agree on; how many were told."""
    findings: dict[int, list[Told]] = {}
    for finding in told:
        findings.setdefault(id(finding.draft), []).append(finding)
    done = 0
    for of_one in findings.values():
        first = of_one[0]
        if _open(first.draft) and all(t.country == first.country for t in of_one):
            discourse.tell(first.draft, first.country, next((t.sector for t in of_one if t.sector), None), why)
            done += 1
    return done


# -- what is said outright ------------------------------------------------------------------------


def _copulas(scene: Scene) -> Iterator[Told]:
    """``Odeh is a Jordanian nurse``, ``she is Jordanian``, ``he was from Chad``."""
    words = scene.words
    for chunk, reading in scene.phrases:
        dep = words.dep[chunk.head]
        if dep not in ("attr", "acomp", "pobj") or chunk.pronoun:
            continue
        said = _of_land(scene, chunk, reading) if dep == "pobj" else _described(words, chunk, reading)
        if said is None:
            continue
        verb = words.head[chunk.head]
        if dep == "pobj":
            verb = words.head[verb] if words.lower[verb] == "from" else verb
        subject = _subject(words, verb, chunk) if words.lower[verb] in words.vocabulary.being else None
        draft = scene.discourse.at_token.get(subject) if subject is not None else None
        if draft is None or subject is None or not draft.person or not _open(draft) or words.tag[subject] in ("NNS", "NNPS"):
            continue
        if words.lower[subject] in I_WORDS or not scene.is_quoted(chunk):  # others say of somebody that he is a Russian agent
            yield Told(draft, *said)


def _described(words: Words, chunk: Chunk, reading: Reading | None) -> tuple[str, str | None] | None:
    """The country and sector that a description of one person names in its own words."""
    if reading is not None and reading.role is not None:
        if reading.country is None or reading.plural or reading.role.kind not in ("office", "person") or reading.country in BODY_COUNTRIES:
            return None
        if reading.whys[-1:] == ("office",) or (reading.whys[-1:] == ("complement",) and _of_town(words, chunk)):
            return None
        return reading.country, _sector(reading)
    name = words.name[chunk.end - 1]
    if name is not None and name.entry.kind == "demonym" and chunk.end - chunk.start <= 2 and name.entry.country is not None:
        return name.entry.country, None
    return None


def _of_town(words: Words, chunk: Chunk) -> bool:
    """``president of the listed arm Chalco``: only a town's name tells of the country, and firms have towns' names."""
    kinds = [name.entry.kind for name in words.name[chunk.end : chunk.end + AFTER] if name is not None]
    return bool(kinds) and kinds[0] == "city"


def _sector(reading: Reading) -> str | None:
    role = reading.role
    return "CVL" if reading.sector == "UNK" and role is not None and role.kind == "person" and not role.weak else reading.sector


def _of_land(scene: Scene, chunk: Chunk, reading: Reading | None) -> tuple[str, str | None] | None:
    name = scene.words.name[chunk.end - 1]
    if reading is None or reading.role is not None or name is None or name.entry.kind not in LANDS or scene.words.lower[chunk.start - 1] != "from":
        return None
    return (name.entry.country, None) if name.entry.country is not None else None


def _subject(words: Words, verb: int, chunk: Chunk) -> int | None:
    """The subject of a verb that says what somebody is; None where that is denied, asked or supposed."""
    if any(words.dep[i] == "neg" or words.lower[i] in ("no", "not", "never") for i in range(verb + 1, chunk.start + 1)):
        return None
    subject: int | None = None
    for i in range(verb - 1, max(-1, verb - REACH), -1):
        if words.sent[i] != words.sent[verb]:
            break
        if words.head[i] == verb:
            if words.dep[i] in ("mark", "aux", "neg") and words.lower[i] not in ("that", "has", "had"):
                return None
            if words.dep[i] in SUBJECTS and subject is None:
                subject = i
    return subject


def _homes(scene: Scene) -> Iterator[Told]:
    """``Omar Said, from Sudan,``: where somebody is from, straight after the name."""
    words = scene.words
    for chunk, reading in scene.phrases:
        if words.dep[chunk.head] != "pobj" or chunk.start < 2 or (said := _of_land(scene, chunk, reading)) is None:
            continue
        at = chunk.start - 2
        while at > 0 and (words.text[at] == "," or words.tag[at] == "CD"):
            at -= 1
        draft = scene.discourse.at_token.get(at)
        if draft is not None and draft.person and _open(draft) and words.tag[at] == "NNP" and words.pos[words.head[chunk.start - 1]] not in ("VERB", "AUX"):
            yield Told(draft, *said)


# -- descriptions without a name ------------------------------------------------------------------


def _unnamed(scene: Scene) -> Iterator[tuple[Chunk, Reading, Draft, tuple[str, str | None]]]:
    """Descriptions of one person, with a country, that hang on no name."""
    for chunk, reading in scene.phrases:
        if reading is None or reading.role is None or reading.country is None or reading.person is not None or reading.entry is not None:
            continue
        said = _described(scene.words, chunk, reading)
        draft = scene.draft_of(chunk)
        if said is not None and draft is not None and not scene.named(draft):
            yield chunk, reading, draft, said


def _named_later(scene: Scene) -> Iterator[Told]:
    """``The Kenyan singer`` after ``Mary Otieno``, the only one near whom it can mean."""
    words = scene.words
    for chunk, reading, _, said in _unnamed(scene):
        if words.lower[chunk.start] != "the" or said[1] in STATE_SECTORS or chunk.possessor is not None:
            continue
        sent = words.sent[chunk.start]
        near = [
            s for back in range(LOOK_BACK) for s in scene.by_sentence.get(sent - back, ()) if s.chunk.start < chunk.start and s.draft.person and not s.plural
        ]
        able = {id(s.draft): s.draft for s in near if scene.named(s.draft) and _can_be(s.draft, reading, said[1])}
        if len(able) == 1 and _open(draft := next(iter(able.values()))) and not _same_clause(words, chunk, near, draft):
            yield Told(draft, *said)


def _can_be(draft: Draft, reading: Reading, sector: str | None) -> bool:
    return genders_fit(draft.gender, reading.gender) and (sectors_fit(sector, draft.sector) or sector == "CVL")


def _same_clause(words: Words, chunk: Chunk, near: list[Seen], draft: Draft) -> bool:
    """``Odeh met the Kenyan singer``: two roles of one verb are two people."""
    verb = words.head[chunk.head]
    return any(s.draft is draft and (words.head[s.chunk.head] == verb or s.sent == words.sent[chunk.start]) for s in near)


def _named_next(scene: Scene) -> Iterator[Told]:
    """``a Kenyan singer was freed. Mary Otieno had been held``: first described, then named."""
    words = scene.words
    unnamed = list(_unnamed(scene))
    for chunk, reading, mine, said in unnamed:
        if words.lower[chunk.start] not in ("a", "an") or not _matters(words, chunk):
            continue
        sent = words.sent[chunk.start]
        others = {id(d) for c, r, d, _ in unnamed if -1 <= words.sent[c.start] - sent <= NEAR and d is not mine and genders_fit(r.gender, reading.gender)}
        if others:
            continue
        following = [s for after in range(1, NEAR + 1) for s in scene.by_sentence.get(sent + after, ()) if s.draft.person and not s.chunk.pronoun]
        names = {id(s.draft): s for s in reversed(following) if scene.named(s.draft) and genders_fit(s.draft.gender, reading.gender)}
        if len(names) != 1:
            continue
        seen = next(iter(names.values()))
        here = any(s.draft is seen.draft for s in scene.by_sentence.get(sent, ()))
        if _open(seen.draft) and not here and seen.draft.sector in (None, said[1]) and _introduces(words, seen):
            yield Told(seen.draft, *said)


def _matters(words: Words, chunk: Chunk) -> bool:
    """Whether a description is of somebody the sentence is about: an argument of its verb, or with a clause of its own."""
    after = chunk.end + (chunk.end < len(words) and words.text[chunk.end] == ",")
    if words.dep[chunk.head] == "conj" or (chunk.end < len(words) and words.lower[chunk.end] in ("and", "or")):
        return False
    return words.dep[chunk.head] in ARGUMENTS or (after < len(words) and words.tag[after] in ("WP", "WP$"))


def _introduces(words: Words, seen: Seen) -> bool:
    """Whether a full name that nothing describes is given for somebody known, and not for who says something of them."""
    chunk = seen.chunk
    return (
        " " in seen.draft.name
        and seen.draft.role is None
        and words.dep[chunk.head] in ARGUMENTS
        and not seen.speaker
        and words.pos[words.head[chunk.head]] in ("VERB", "AUX")
        and not (chunk.start and words.text[chunk.start - 1] == "(")
    )


def _ages(scene: Scene) -> Iterator[Told]:
    """``a 16-year-old Kenyan girl`` and ``Mary Otieno, 16,`` are one, wherever they stand."""
    words = scene.words
    described: dict[str, set[tuple[str, str | None]]] = {}
    for chunk, _, _, said in _unnamed(scene):
        for i in range(chunk.start, chunk.end):
            if words.lower[i] == "old" and i >= 4 and words.lower[i - 2] == "year" and words.text[i - 1] == "-":
                described.setdefault(words.text[i - 4], set()).add(said)
    if not described:
        return
    bearers: dict[str, dict[int, Draft]] = {}
    for seens in scene.by_sentence.values():
        for seen in seens:
            at = seen.chunk.end
            if seen.draft.person and at + 1 < len(words) and words.text[at] == "," and words.text[at + 1] in described and scene.named(seen.draft):
                closed = at + 2 >= len(words) or words.text[at + 2] in (",", ".", ")", ";")
                if closed:
                    bearers.setdefault(words.text[at + 1], {})[id(seen.draft)] = seen.draft
    for age, drafts in bearers.items():
        countries = {country for country, _ in described[age]}
        if len(drafts) == 1 and len(countries) == 1:
            yield Told(next(iter(drafts.values())), *sorted(described[age], key=lambda x: x[1] or "~")[0])


# -- relatives, houses, flags ---------------------------------------------------------------------


def _relatives(scene: Scene) -> Iterator[Told]:
    """``her father``: of her country, and she of his, where nothing else is said of them."""
    for draft, owner, both in scene.discourse.relatives:
        if owner.country is not None and owner.person and _open(draft):
            yield Told(draft, owner.country, None)
        elif both and draft.country is not None and owner.person and _open(owner):
            yield Told(owner, draft.country, None)


def _family_names(scene: Scene) -> Iterator[Told]:
    """Two people of one surname, in sentences that speak of a father or sister."""
    words = scene.words
    people = [d for d in scene.discourse.drafts.values() if d.person and d.mentions and " " in d.name and scene.named(d)]
    bearers: dict[str, list[Draft]] = {}
    for draft in people:
        bearers.setdefault(slug(draft.name).rsplit("-", 1)[-1], []).append(draft)
    shared = {name: drafts for name, drafts in bearers.items() if len(drafts) > 1 and any(d.country for d in drafts) and any(not d.country for d in drafts)}
    if not shared:
        return
    family = {words.sent[i] for i, word in enumerate(words.lower) if word in words.vocabulary.family}
    for drafts in shared.values():
        for draft in drafts:
            if _open(draft) and any(s.draft is draft for sent in family for s in scene.by_sentence.get(sent, ())):
                yield from (Told(draft, d.country, None) for d in drafts if d.country is not None)


def _houses(scene: Scene) -> Iterator[Told]:
    """``the company's chairman Mary Otieno``, ``its leader``: of the country of what they head or speak for."""
    words = scene.words
    for chunk, reading in scene.phrases:
        role = reading.role if reading is not None else None
        if reading is None or role is None or reading.plural or role.kind not in ("office", "person") or reading.country is not None:
            continue
        draft = scene.draft_of(chunk)
        if draft is None or not _open(draft) or not scene.named(draft) or _apart(words, role.noun):
            continue
        within = reading.within.chunk if reading.within is not None else chunk.possessor
        house = scene.draft_of(within) if within is not None else None
        if (
            house is not None
            and not house.person
            and house.country is not None
            and house.country not in BODY_COUNTRIES
            and house.kind in ("organisation", "group")
        ):
            yield Told(draft, house.country, house.sector if role.weak else None)


def _apart(words: Words, noun: str) -> bool:
    known = words.vocabulary
    return noun in known.beside or noun in known.elsewhere or noun in known.kin


def _flags(scene: Scene) -> Iterator[Told]:
    """The one ship of the article that has a name, and the one flag that a ship of it flies."""
    words, ships = scene.words, scene.words.vocabulary.ships
    named = [d for d in scene.discourse.drafts.values() if d.kind == "organisation" and d.mentions and not d.nouns.isdisjoint(ships) and scene.named(d)]
    if len(named) != 1 or not _open(named[0]):
        return
    for chunk, reading in scene.phrases:
        flies = reading is not None and reading.role is not None and reading.role.noun in ships and not reading.plural and reading.country is not None
        if (
            flies
            and reading is not None
            and reading.country is not None
            and any(words.lower[i] in ("flagged", "registered") for i in range(chunk.start, chunk.end))
        ):
            yield Told(named[0], reading.country, None)


Rule = Callable[[Scene], Iterator[Told]]
RULES: tuple[tuple[str, Rule], ...] = (
    ("country_from_copula", _copulas),
    ("country_from_home", _homes),
    ("country_from_age", _ages),
    ("country_from_later_description", _named_later),
    ("country_from_description_before", _named_next),
    ("country_from_flag", _flags),
)
"""Rules by how outright they are, each with the reason that it leaves."""
PASSED_ON: tuple[tuple[str, Rule], ...] = (
    ("country_from_relative", _relatives),
    ("country_from_surname", _family_names),
    ("country_from_house", _houses),
)
