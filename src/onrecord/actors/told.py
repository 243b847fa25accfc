"""What the article tells elsewhere of somebody whose own phrases name no country.

A name is often given bare and described sentences away: by ``is``, by a later ``the Kenyan singer``, by an
unnamed ``Kenyan singer`` just before, by the same age, by a relative, by the house that somebody leads, by a
flag. Runs when everybody has been read and only fills gaps: whoever has a country keeps it, and where one
rule finds two countries nobody is told anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.actors import stated, unnamed
from onrecord.actors.chunks import Chunk
from onrecord.actors.discourse import Discourse
from onrecord.actors.drafts import Seen
from onrecord.actors.reading import Reading
from onrecord.actors.scene import Scene, Told, is_open
from onrecord.actors.shapes import BODY_COUNTRIES
from onrecord.actors.wording import Words
from onrecord.parse import Parsed

ROUNDS = 3
"""How often what was told is passed on: from a daughter to her father to his brother."""


def tell(parsed: Parsed, discourse: Discourse, found: list[Chunk], readings: list[Reading | None]) -> None:
    """Give those without a country the one that the article tells.

    Args:
        parsed: the article.
        discourse: everybody, with their mentions.
        found: the article's phrases.
        readings: what each of them says.
    """
    if not any(is_open(d) for d in discourse.drafts.values()):
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


def _apply(discourse: Discourse, why: str, told: Iterator[Told]) -> int:
    """Tell each actor what all findings of one rule agree on; how many were told."""
    findings: dict[int, list[Told]] = {}
    for finding in told:
        findings.setdefault(id(finding.draft), []).append(finding)
    done = 0
    for of_one in findings.values():
        first = of_one[0]
        if is_open(first.draft) and all(t.country == first.country for t in of_one):
            discourse.tell(first.draft, first.country, next((t.sector for t in of_one if t.sector), None), why)
            done += 1
    return done


def _relatives(scene: Scene) -> Iterator[Told]:
    """``her father``: of her country, and she of his, where nothing else is said of them."""
    for draft, owner, both in scene.discourse.relatives:
        if owner.country is not None and owner.person and is_open(draft):
            yield Told(draft, owner.country, None)
        elif both and draft.country is not None and owner.person and is_open(owner):
            yield Told(owner, draft.country, None)


def _houses(scene: Scene) -> Iterator[Told]:
    """``the company's chairman Mary Otieno``, ``its leader``: of the country of what they head or speak for."""
    words = scene.words
    for chunk, reading in scene.phrases:
        role = reading.role if reading is not None else None
        if reading is None or role is None or reading.plural or role.kind not in ("office", "person") or reading.country is not None:
            continue
        draft = scene.draft_of(chunk)
        if draft is None or not is_open(draft) or not scene.named(draft) or _apart(words, role.noun):
            continue
        within = reading.within.chunk if reading.within is not None else chunk.possessor
        house = scene.draft_of(within) if within is not None and _means(scene, within) else None
        if (
            house is not None
            and not house.person
            and house.country is not None
            and house.country not in BODY_COUNTRIES
            and house.kind in ("organisation", "group")
        ):
            yield Told(draft, house.country, house.sector if role.weak else None)


def _means(scene: Scene, chunk: Chunk) -> bool:
    """Whether a phrase goes back to a house or names it: ``the Agency for Energy`` is not the agency of before."""
    noun, house = scene.words.text[chunk.end - 1], scene.draft_of(chunk)
    return chunk.pronoun or noun[:1].islower() or (house is not None and noun in house.name)


def _apart(words: Words, noun: str) -> bool:
    known = words.vocabulary
    return noun in known.beside or noun in known.elsewhere or noun in known.kin


def _flags(scene: Scene) -> Iterator[Told]:
    """The one ship of the article that has a name, and the one flag that a ship of it flies."""
    words, ships = scene.words, scene.words.vocabulary.ships
    told_of = {id(s.draft) for seens in scene.by_sentence.values() for s in seens if not words.headline[s.chunk.start]}
    named = [d for d in scene.discourse.drafts.values() if id(d) in told_of and d.kind == "organisation" and not d.nouns.isdisjoint(ships) and scene.named(d)]
    if len(named) != 1 or not is_open(named[0]):
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
    ("country_from_copula", stated.copulas),
    ("country_from_appointment", stated.appointments),
    ("country_from_home", stated.homes),
    ("country_from_age", unnamed.ages),
    ("country_from_later_description", unnamed.named_later),
    ("country_from_description_before", unnamed.named_next),
    ("country_from_lead", unnamed.named_after_lead),
    ("country_from_flag", _flags),
)
"""Rules by how outright they are, each with the reason that it leaves."""
PASSED_ON: tuple[tuple[str, Rule], ...] = (
    ("country_from_relative", _relatives),
    ("country_from_house", _houses),
)
