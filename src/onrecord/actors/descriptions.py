"""Descriptions linked to actors: ``the ministry``, ``two soldiers``, ``her lawyer``, ``dozens of protesters``."""

from __future__ import annotations

import dataclasses

from onrecord.actors import pronouns, varying
from onrecord.actors.chunks import Chunk
from onrecord.actors.discourse import Discourse
from onrecord.actors.drafts import LOOK_BACK_FAR, STATE_SECTORS, UNGUESSED, Draft, Seen, genders_fit, sectors_fit
from onrecord.actors.lexicon import slug
from onrecord.actors.reading import Reading, term_at
from onrecord.actors.shapes import BODY_COUNTRIES, Role
from onrecord.records import ActorKind

DIRECTIONS: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = ((("PRK", "KOR"), {"north": "PRK", "south": "KOR"}), (("SSD",), {"south": "SSD"}))
"""Pairs of states, and which of them the article means by a direction."""


def meant(discourse: Discourse, reading: Reading) -> tuple[Draft, str] | None:
    """The actor that a reading means, made if it is new, and the mention's reason; None where it is nobody."""
    role = reading.role
    if (reading.form == "place" or (reading.entry is not None and reading.entry.kind == "capital")) and (own := discourse.namesake(reading)) is not None:
        return own, "actors.coref.surname"
    if reading.entry is not None and reading.entry.kind != "person":
        draft = discourse.listed(reading)
        return (draft, draft.reason) if draft is not None else None
    span = reading.person or reading.label
    if span is not None:
        unsure = discourse.words.headline[span[0]] or "bracketed" in reading.whys
        if unsure and reading.entry is None and role is None and discourse.known(discourse.text_of(span), reading) is None:
            return None  # a headline's capitals and a bracket's say nothing
        if reading.label is not None and span[1] - span[0] == 1 and (body := _short_for_body(discourse, reading, span[0])) is not None:
            return body, "actors.coref.nominal"
        before = len(discourse.drafts)
        draft = discourse.register(reading)
        if draft is None:
            return None
        if len(discourse.drafts) > before or not draft.mentions:
            return draft, draft.reason
        return draft, "actors.coref.surname" if span[1] - span[0] == 1 and " " in draft.name else "actors.coref.name"
    if role is None:
        return None
    return direction(discourse, reading.chunk) if role.noun in ("north", "south") else _described(discourse, reading, role)


def _short_for_body(discourse: Discourse, reading: Reading, at: int) -> Draft | None:
    """``the Fund`` after the IMF, which is called so."""
    ids = discourse.lexicon.heads.get(discourse.words.lower[at], frozenset()) if discourse.words.lower[reading.chunk.start] == "the" else frozenset()
    return next((s.draft for s in reversed(discourse.seen) if s.draft.id in ids), None)


def _described(discourse: Discourse, reading: Reading, role: Role) -> tuple[Draft, str] | None:
    chunk, words = reading.chunk, discourse.words
    if role.kind == "container":
        return _contained(discourse, reading)
    if (state := _member_state(discourse, reading, role)) is not None:
        return state, "actors.coref.nominal"
    if (member := _member(discourse, reading, role)) is not None:
        return member, "actors.role|affiliation"
    bare = (
        role.kind in ("institution", "force")
        and not reading.plural
        and role.noun not in words.vocabulary.ships
        and (words.folded or chunk.end - chunk.start == 1)
    )
    based = words.lower[chunk.start] == "the" and "based" in words.lower[chunk.start : chunk.end]
    if (reading.country is None or based) and (reading.definite or bare) and (back := _look_back(discourse, reading, role)) is not None:
        return back, "actors.coref.nominal"
    if reading.country is None and (again := varying.meant(discourse, reading, role) or varying.relative(discourse, reading, role)) is not None:
        return again, "actors.coref.nominal|other_words"
    if (labelled := _by_label(discourse, reading, role)) is not None:
        return labelled, "actors.coref.name"
    if role.noun in words.vocabulary.country_nouns and reading.sector is None:
        return _land(discourse, reading, role)
    owner = discourse.at_token.get(chunk.possessor.head) if chunk.possessor is not None else None
    beyond = _goes_back(discourse, reading.within) if owner is None and reading.within is not None and reading.country is None else None
    if beyond is not None and beyond.kind == "body" and (reading.plural or role.weak):
        return beyond, "actors.role|complement"
    if beyond is not None and not beyond.plural:
        owner = beyond
    owner = owner or _house(discourse, reading)
    if owner is not None and role.noun in words.vocabulary.beside:
        return _others(discourse, reading, role, owner)
    if owner is not None and owner is not beyond and owner.kind in ("group", "body", "organisation") and (reading.plural or role.weak):
        return owner, "actors.role|possessor"
    owner = owner or _spoken_for(discourse, reading, role)
    country, sector, why = _codes(discourse, reading, role, owner)
    single = role.kind in ("office", "person") and not reading.plural
    if country in BODY_COUNTRIES and reading.affiliation_entry is not None and not single:
        entry = reading.affiliation_entry
        return discourse.draft(entry.id, entry.name, country, sector, "body", "actors.body"), "actors.role|affiliation"
    body = discourse.body_of(reading, country) or (owner.id if owner is not None and owner.kind == "body" and country in BODY_COUNTRIES else None)
    draft = _drafted(discourse, reading, role, country, sector, body)
    return draft, f"actors.role|{why}" if why else "actors.role"


def _by_label(discourse: Discourse, reading: Reading, role: Role) -> Draft | None:
    """``the Ocean Vigil ship``: the one of the article that has this name, before what it is."""
    words, span = discourse.words, reading.role_span
    if role.kind != "institution" or span is None or reading.plural or words.folded or role.noun in words.vocabulary.country_nouns:
        return None
    begin = span[0]
    while begin > reading.chunk.start and words.text[begin - 1][:1].isupper() and words.name[begin - 1] is None and words.tag[begin - 1] in ("NNP", "NNPS"):
        begin -= 1
    draft = discourse.by_name.get(slug(discourse.text_of((begin, span[0])))) if begin < span[0] else None
    return draft if draft is not None and not draft.person else None


def _goes_back(discourse: Discourse, reading: Reading) -> Draft | None:
    """Whom a complement or possessor that names no country means: ``the bloc's chief`` goes back to the bloc."""
    if reading.role is None or reading.country is not None:
        return None
    back = _look_back(discourse, reading, reading.role)
    return back if back is not None or reading.within is None else _goes_back(discourse, reading.within)


def _house(discourse: Discourse, reading: Reading) -> Draft | None:
    """The organisation of the article whose name, not in the lexicon, stands before ``spokesman``."""
    if reading.affiliation_span is None or reading.affiliation_entry is not None:
        return None
    return discourse.by_name.get(slug(discourse.text_of(reading.affiliation_span)))


def _spoken_for(discourse: Discourse, reading: Reading, role: Role) -> Draft | None:
    """``The UN welcomed the release, a spokesperson said``: the body or organisation that does something in the same sentence or the one before."""
    chunk, words = reading.chunk, discourse.words
    if not (role.speaks and role.weak) or reading.country is not None or reading.foreign or reading.within is not None or chunk.end - chunk.start > 2:
        return None
    if chunk.end < len(words) and words.lower[chunk.end] in ("for", "of", "at", "from"):
        return None
    sent = words.sent[chunk.start]
    for seen in reversed(discourse.seen):
        if sent - seen.sent > 1:
            return None
        if seen.subject and seen.chunk.start < chunk.start and not seen.draft.person and not seen.plural and seen.draft.sector != "JRN":
            return seen.draft if seen.draft.kind in ("body", "organisation") else None
    return None


def _others(discourse: Discourse, reading: Reading, role: Role, owner: Draft) -> tuple[Draft, str]:
    """``its allies``: a group of its own, neither the owner nor of its country."""
    id = f"_.UNK.{slug(role.noun)}-of-{slug(owner.id)}"
    draft = discourse.draft(id, discourse.text_of((reading.chunk.start, reading.chunk.end)), None, "UNK", "unresolved", "actors.role")
    draft.plural = draft.plural or reading.plural
    return draft, "actors.role|possessor"


def _member_state(discourse: Discourse, reading: Reading, role: Role) -> Draft | None:
    """``the OPEC member``: the state named last."""
    entry = reading.affiliation_entry
    if (
        entry is None
        or entry.kind != "body"
        or reading.plural
        or discourse.words.lower[reading.chunk.start] != "the"
        or role.noun not in discourse.words.vocabulary.members
    ):
        return None
    states = (s.draft for s in reversed(discourse.seen) if s.draft.kind in ("state", "de_facto") and s.draft.country and s.draft.sector in (None, "GOV"))
    draft = next(states, None)
    if draft is None or draft.country is None:
        return None
    return discourse.draft(f"{draft.country}.GOV", draft.name, draft.country, "GOV", draft.kind, "actors.role")


def _member(discourse: Discourse, reading: Reading, role: Role) -> Draft | None:
    """``Boko Haram fighters``, ``NATO forces``: the group or body itself."""
    entry = reading.affiliation_entry
    if entry is None or entry.kind not in ("group", "body", "organisation"):
        return None
    if not (reading.plural or role.kind in ("institution", "force", "group")) or not (role.weak or entry.kind == "group"):
        return None
    return discourse.listed(Reading(reading.chunk, entry=entry, term=reading.term or term_at(entry, discourse.article.published)[0]))


def _land(discourse: Discourse, reading: Reading, role: Role) -> tuple[Draft, str]:
    """``the country``, ``African nations``."""
    country = reading.country
    if country is None or reading.plural:
        return discourse.draft(f"_.{slug(role.noun)}", role.noun, None, None, "unresolved", "actors.role"), "actors.role"
    why = reading.whys[-1] if reading.whys else "premodifier"
    return discourse.draft(country, discourse.lexicon.country_names.get(country, country), country, None, "state", "actors.role"), f"actors.role|{why}"


def _codes(discourse: Discourse, reading: Reading, role: Role, owner: Draft | None) -> tuple[str | None, str | None, str]:
    """Country and sector of a description, with why: from the phrase, its possessor or the context."""
    country, sector, why = reading.country, reading.sector, reading.whys[-1] if reading.whys else ""
    if owner is not None:
        if country is None:
            country, why = owner.country, "possessor"
        if role.weak and sector in (None, "UNK"):
            sector = owner.sector or sector
    head = reading.chunk.head
    if (
        country is None
        and reading.loose
        and (reading.near or _guessable(discourse, role, sector, reading.chunk, plural=reading.plural))
        and not (discourse.kin(reading) and owner is not None)
    ):
        post = discourse.posts.get(role.noun)
        country, why = (
            (next(iter(post)), "country_from_same_noun") if post is not None and len(post) == 1 else discourse.guess(head, sector, role.among) or (None, why)
        )
    if sector == "UNK" and country is not None and role.kind in ("person", "people", "group") and country not in BODY_COUNTRIES:
        if role.kind == "people" and why in ("premodifier", "possessor"):
            sector = None
        elif role.noun not in discourse.words.vocabulary.leading:  # the chairman of a firm that nobody knows is no ordinary man
            sector = "CVL"
    return country, sector, why


def _drafted(discourse: Discourse, reading: Reading, role: Role, country: str | None, sector: str | None, body: str | None) -> Draft:
    """The actor of a description: a state's sector as such, or a group or person by its noun, within a body if it is of one."""
    chunk = reading.chunk
    sector = None if body is not None and sector == "GOV" else sector
    if reading.country is not None and sector is not None and role.noun not in discourse.words.vocabulary.abroad:
        discourse.lands[sector][reading.country] += 1
    single = role.kind in ("office", "person") and not reading.plural
    start = chunk.start + (discourse.words.tag[chunk.start] in ("DT", "PRP$") and chunk.end - chunk.start > 1)
    name = discourse.text_of((start, chunk.end))
    if sector in STATE_SECTORS and not single and country is not None:
        kind: ActorKind = "de_facto" if country in discourse.lexicon.entities else "state"
        name = discourse.lexicon.country_names.get(country, country) if sector == "GOV" else name
        draft = discourse.draft(f"{country}.{sector}", name, country, sector, kind, "actors.role")
    else:
        kind = "unresolved" if country is None else "person" if single else "group"
        draft = discourse.draft(".".join([body or country or "_", *([sector] if sector else []), slug(role.noun)]), name, country, sector, kind, "actors.role")
        draft.person = draft.person or single
        draft.plural = draft.plural or reading.plural
        draft.gender = draft.gender or reading.gender
        discourse.describe(draft, reading)
    draft.nouns.update((role.noun, role.head))
    return draft


def direction(discourse: Discourse, chunk: Chunk) -> tuple[Draft, str] | None:
    """``the North``: the one of two states that the article is about."""
    word = discourse.words.lower[chunk.end - 1]
    for pair, codes in DIRECTIONS:
        if word in codes and any(c in discourse.context.share for c in pair):
            code = codes[word]
            acting = f"{code}.GOV"
            return discourse.draft(
                acting, discourse.lexicon.country_names.get(code, code), code, "GOV", "state", "actors.country"
            ), "actors.country|country_from_context"
    return None


def some(discourse: Discourse, chunk: Chunk) -> tuple[Draft, str] | None:
    """``four``, ``some``, ``the other two``: out of the people named last."""
    sent = discourse.words.sent[chunk.start]
    for seen in reversed(discourse.seen):
        if sent - seen.sent > 2:
            return None
        if seen.plural and not seen.chunk.pronoun and seen.draft.sector not in STATE_SECTORS:
            return seen.draft, "actors.coref.nominal|some_of"
    return None


def _contained(discourse: Discourse, reading: Reading) -> tuple[Draft, str] | None:
    """``dozens of protesters``: the actor is whom the number is of."""
    inner = reading.affiliation
    if inner is None:
        return None
    owner, chunk = inner.chunk.possessor, reading.chunk
    if owner is not None and owner.pronoun and owner.start not in discourse.at_token:
        pronouns.link(discourse, owner)  # two of its ministers
    chunk = dataclasses.replace(chunk, possessor=chunk.possessor or owner)
    return meant(discourse, dataclasses.replace(inner, chunk=chunk, country=inner.country or reading.country, plural=True))


def _look_back(discourse: Discourse, reading: Reading, role: Role) -> Draft | None:
    """The actor a definite description goes back to."""
    sent = discourse.words.sent[reading.chunk.start]
    if role.noun in discourse.words.vocabulary.small_lands and not reading.plural:
        land = next((s.draft for s in reversed(discourse.seen) if s.draft.kind == "de_facto" and s.draft.country), None)
        if land is not None and land.country is not None:
            return discourse.draft(land.country, land.name, land.country, None, "de_facto", "actors.role")
    single = role.kind in ("office", "person") and not reading.plural
    for seen in reversed(discourse.seen):
        if sent - seen.sent > LOOK_BACK_FAR:
            break
        if seen.chunk is reading.chunk or seen.chunk.possessor is reading.chunk:
            continue
        if _is_him(seen, reading, role) if single else _is_it(discourse, seen, reading, role):
            return seen.draft
        draft = seen.draft
        if (
            not single
            and role.noun in discourse.words.vocabulary.country_nouns
            and draft.kind in ("state", "de_facto")
            and draft.country
            and draft.sector in (None, "GOV")
        ):
            return discourse.draft(draft.country, draft.name, draft.country, None, draft.kind, "actors.role")
    return None


def _is_him(seen: Seen, reading: Reading, role: Role) -> bool:
    draft = seen.draft
    return draft.person and not seen.plural and not draft.nouns.isdisjoint((role.noun, role.head)) and genders_fit(draft.gender, reading.gender)


def _is_it(discourse: Discourse, seen: Seen, reading: Reading, role: Role) -> bool:
    draft, noun, known = seen.draft, role.head, discourse.words.vocabulary
    if noun in draft.nouns and not draft.person and (role.sector is None or role.sector == draft.sector or role.weak or draft.kind == "body"):
        return True
    if draft.kind == "body":
        return draft.id in discourse.lexicon.heads.get(noun, frozenset()) or noun in known.body_nouns
    if noun in known.ships and not draft.plural and not draft.nouns.isdisjoint(known.ships):
        return True
    if (
        role.noun != noun
        and reading.role_span is not None
        and discourse.words.text[reading.role_span[0]][:1].isupper()
        and reading.role_span[0] > reading.chunk.start
    ):
        return False  # the Communist Party is a party of its own
    unnamed = draft.plural or (draft.nouns and draft.kind == "group" and " " not in draft.name and draft.name.islower())
    return noun in known.group_nouns and draft.kind in ("group", "organisation") and not unnamed and sectors_fit(role.sector, draft.sector)


def _among_lands(discourse: Discourse, chunk: Chunk) -> bool:
    """``Chad, Niger and others``: more countries, and no people of one."""
    words = discourse.words
    before = chunk.start - 1
    while before > 0 and words.text[before] in (",", "and", "among", "by", "or", "with"):
        before -= 1
    name = words.name[before] if before >= 0 else None
    return name is not None and before < chunk.start - 1 and name.entry.kind in ("country", "entity", "body", "capital")


def _guessable(discourse: Discourse, role: Role, sector: str | None, chunk: Chunk, *, plural: bool) -> bool:
    """Whether a description without a country is likely of the country the article is about."""
    known = discourse.words.vocabulary
    if plural and role.noun in known.one_each:
        return False
    if role.noun == "others" and _among_lands(discourse, chunk):
        return False
    if (sector in UNGUESSED and not role.local) or role.kind == "container" or (role.kind == "people" and sector is None) or role.noun in known.elsewhere:
        return False
    return not (role.weak and sector == "UNK") or (role.noun in known.leaders and not plural)
