"""Does a country, capital or people stand for its government here, or is it a place?"""

from __future__ import annotations

from onrecord.actors.reading import Reading
from onrecord.actors.wording import Words


def state_acts(words: Words, reading: Reading) -> bool:
    """Whether a country's, capital's or people's name stands for its government by its place in the sentence."""
    chunk, entry = reading.chunk, reading.entry
    head = chunk.head
    if entry is not None and entry.kind == "demonym" and reading.plural:
        return False
    dep = words.dep[head]
    steps = 0
    while dep in ("conj", "appos") and words.head[head] != head and steps < 12:
        head = words.head[head]
        dep = words.dep[head]
        steps += 1
    governor = words.head[head]
    if dep == "poss" or chunk.possessive:
        return words.lower[governor] not in words.vocabulary.place_nouns
    if dep in ("nsubj", "agent", "nsubjpass", "dative"):
        return True
    if dep == "dobj":
        return words.lower[governor] not in words.vocabulary.motion
    if dep in ("compound", "amod", "nmod"):
        return words.lower[governor] not in words.vocabulary.place_nouns
    if dep == "pobj":
        prep = words.lower[governor]
        above = words.lower[words.head[governor]]
        if prep in words.vocabulary.place_prepositions:
            return False
        if prep in ("from", "to"):
            return above not in words.vocabulary.travel and words.tag[words.head[governor]] not in ("NNS",)
        if prep == "of":
            return above not in words.vocabulary.place_nouns
        return True
    return dep in ("ROOT", "nmod", "npadvmod", "dep", "attr", "oprd")
