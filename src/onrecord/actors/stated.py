"""Countries of people that the article states outright: by ``is``, by ``from``, by what somebody is made."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.actors.chunks import Chunk
from onrecord.actors.drafts import I_WORDS, STATE_SECTORS
from onrecord.actors.reading import Reading
from onrecord.actors.scene import SUBJECTS, Scene, Told, described, is_open
from onrecord.actors.wording import Words

REACH = 30
"""How many tokens a clause is searched for its subject."""
LANDS = frozenset(("country", "entity", "capital", "city"))


def copulas(scene: Scene) -> Iterator[Told]:
    """``Odeh is a Jordanian nurse``, ``she is Jordanian``, ``he was from Chad``."""
    words = scene.words
    for chunk, reading in scene.phrases:
        dep = words.dep[chunk.head]
        if dep not in ("attr", "acomp", "pobj") or chunk.pronoun:
            continue
        said = _of_land(scene, chunk, reading) if dep == "pobj" else described(words, chunk, reading)
        if said is None:
            continue
        verb = words.head[chunk.head]
        if dep == "pobj":
            verb = words.head[verb] if words.lower[verb] == "from" else verb
        subject = _subject(words, verb, chunk) if words.lower[verb] in words.vocabulary.being else None
        draft = scene.discourse.at_token.get(subject) if subject is not None else None
        if draft is None or subject is None or not draft.person or not is_open(draft) or words.tag[subject] in ("NNS", "NNPS"):
            continue
        if words.lower[subject] in I_WORDS or not scene.is_quoted(chunk):  # others say of somebody that he is a Russian agent
            country, sector = said
            over = words.lower[verb] in ("was", "were") and sector in STATE_SECTORS  # who was a judge need not be one
            yield Told(draft, country, None if over else sector)


def _of_land(scene: Scene, chunk: Chunk, reading: Reading | None) -> tuple[str, str | None] | None:
    name = scene.words.name[chunk.end - 1]
    if reading is None or reading.role is not None or name is None or name.entry.kind not in LANDS or scene.words.lower[chunk.start - 1] != "from":
        return None
    words, country = scene.words, name.entry.country
    if chunk.end + 1 < len(words) and words.text[chunk.end] == "," and (wider := words.name[chunk.end + 1]) is not None and wider.entry.kind in LANDS:
        country = wider.entry.country  # Paris, Idaho
    return (country, None) if country is not None else None


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


def appointments(scene: Scene) -> Iterator[Told]:
    """``named Omar Haddad as Chad's envoy``, ``Haddad was elected president of Chad``."""
    words = scene.words
    for chunk, reading in scene.phrases:
        dep, verb = words.dep[chunk.head], words.head[chunk.head]
        if reading is None or dep not in ("pobj", "oprd", "attr", "dobj") or reading.role is None or scene.is_quoted(chunk):
            continue
        if dep == "pobj" and words.lower[verb] == "as":
            verb = words.head[verb]
            verb = verb if words.pos[verb] in ("VERB", "AUX") else words.head[verb]  # parsers hang "as" on the name too
        if words.lower[verb] not in words.vocabulary.appointing or (said := described(words, chunk, reading)) is None:
            continue
        for i in range(max(0, verb - REACH), chunk.start):
            made = words.head[i] == verb and words.dep[i] in ("nsubjpass", "dobj", "oprd", "nsubj") and words.sent[i] == words.sent[verb]
            draft = scene.discourse.at_token.get(i) if made and (words.dep[i] == "nsubjpass" or i > verb) else None
            if draft is not None and draft.person and is_open(draft):
                yield Told(draft, *said)


def homes(scene: Scene) -> Iterator[Told]:
    """``Omar Said, from Sudan,``: where somebody is from, straight after the name."""
    words = scene.words
    for chunk, reading in scene.phrases:
        if words.dep[chunk.head] != "pobj" or chunk.start < 2 or (said := _of_land(scene, chunk, reading)) is None:
            continue
        at = chunk.start - 2
        while at > 0 and (words.text[at] == "," or words.tag[at] == "CD"):
            at -= 1
        draft = scene.discourse.at_token.get(at)
        if draft is not None and draft.person and is_open(draft) and words.tag[at] == "NNP" and words.pos[words.head[chunk.start - 1]] not in ("VERB", "AUX"):
            yield Told(draft, *said)
