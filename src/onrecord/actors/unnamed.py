"""Descriptions without a name, and the names that they mean: later, just before, or by the same age."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.actors.chunks import Chunk
from onrecord.actors.drafts import LOOK_BACK, STATE_SECTORS, Draft, Seen, genders_fit, sectors_fit
from onrecord.actors.reading import Reading
from onrecord.actors.scene import ARGUMENTS, Scene, Told, described, is_open
from onrecord.actors.wording import Words

NEAR = 2
"""How many sentences after an unnamed description the name may come."""


def _unnamed(scene: Scene) -> Iterator[tuple[Chunk, Reading, Draft, tuple[str, str | None]]]:
    """Descriptions of one person, with a country, that hang on no name."""
    for chunk, reading in scene.phrases:
        if reading is None or reading.role is None or reading.country is None or reading.person is not None or reading.entry is not None:
            continue
        if "based" in scene.words.lower[chunk.start : chunk.end]:
            continue  # where somebody works is not yet who he is
        said = described(scene.words, chunk, reading)
        draft = scene.draft_of(chunk)
        if said is not None and draft is not None and not scene.named(draft):
            yield chunk, reading, draft, said


def named_later(scene: Scene) -> Iterator[Told]:
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
        if len(able) == 1 and is_open(draft := next(iter(able.values()))) and not _same_clause(words, chunk, near, draft):
            yield Told(draft, *said)


def _can_be(draft: Draft, reading: Reading, sector: str | None) -> bool:
    return genders_fit(draft.gender, reading.gender) and (sectors_fit(sector, draft.sector) or sector == "CVL")


def _same_clause(words: Words, chunk: Chunk, near: list[Seen], draft: Draft) -> bool:
    """``Odeh met the Kenyan singer``: two roles of one verb are two people."""
    verb = words.head[chunk.head]
    return any(s.draft is draft and (words.head[s.chunk.head] == verb or s.sent == words.sent[chunk.start]) for s in near)


def named_next(scene: Scene) -> Iterator[Told]:
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
        if is_open(seen.draft) and not here and seen.draft.sector in (None, said[1]) and _introduces(words, seen):
            yield Told(seen.draft, *said)


def named_after_lead(scene: Scene) -> Iterator[Told]:
    """``Kenya's finance minister said prices would fall. Mary Otieno said ...``: the lead has the office, the next sentence the name."""
    words = scene.words
    first = min((s for s, seens in scene.by_sentence.items() if any(not words.headline[x.chunk.start] for x in seens)), default=-1)
    lead = [x for x in _unnamed(scene) if words.sent[x[0].start] == first and words.dep[x[0].head] == "nsubj" and words.lower[x[0].start] not in ("a", "an")]
    if len(lead) != 1 or any(s.draft.person and scene.named(s.draft) for s in scene.by_sentence.get(first, ())):
        return
    _, reading, _, said = lead[0]
    role = reading.role
    following = [s for s in scene.by_sentence.get(first + 1, ()) if s.draft.person and not s.chunk.pronoun]
    names = {id(s.draft): s for s in reversed(following)}
    if role is None or not (role.kind == "office" or role.noun in words.vocabulary.leading) or len(names) != 1:
        return
    seen = next(iter(names.values()))
    named = " " in seen.draft.name and seen.draft.role is None and scene.named(seen.draft) and genders_fit(seen.draft.gender, reading.gender)
    if named and is_open(seen.draft) and seen.subject and words.dep[words.head[seen.chunk.head]] in ("ROOT", "ccomp"):
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


def ages(scene: Scene) -> Iterator[Told]:
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
