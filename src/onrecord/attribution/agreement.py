"""Whether a pronoun and whom it may mean agree: in gender, in number, and in being a person at all."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.attribution.lexicon import Lexicon
from onrecord.records import Actor

Gender = Literal["male", "female"]

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
WE = frozenset({"we", "our", "us", "ours"})
I = frozenset({"i", "me", "my", "mine"})  # noqa: E741 - the pronoun
PRONOUNS = HE | SHE | IT | THEY
PLURAL_TAGS = ("NNS", "NNPS")
MASSES = frozenset({"police", "people", "staff", "family", "public", "media", "crew"})
"""Nouns whose singular takes *they*."""


@dataclasses.dataclass(frozen=True, slots=True)
class Traits:
    """What is known of somebody that a pronoun has to agree with; ``gender`` and ``person`` are None where it isn't known."""

    person: bool | None
    plural: bool
    gender: Gender | None = None


def fits(pronoun: str, traits: Traits) -> bool:
    """Whether a pronoun (lower case) can mean somebody with these traits."""
    if pronoun in HE:
        return traits.person is not False and not traits.plural and traits.gender != "female"
    if pronoun in SHE:
        return traits.person is not False and not traits.plural and traits.gender != "male"
    if pronoun in IT:
        return not traits.person and not traits.plural
    return traits.plural or traits.person is False


def gender_of(head: Token, lexicon: Lexicon) -> Gender | None:
    """The gender that a noun phrase itself shows: *Mr.*, *spokeswoman*, *King*; pronouns too."""
    words = {head.lower_, *(c.lower_ for c in head.children if c.dep_ in ("compound", "nmod", "appos"))}
    return _marked(words, lexicon)


def genders(actors: Mapping[str, Actor], doc: Doc, tokens: Mapping[int, int], lexicon: Lexicon) -> dict[str, Gender]:
    """The genders of the persons of an article, as far as titles, nouns, given names and pronouns tell, in that order.

    Args:
        actors: the article's actors by id.
        doc: its parse.
        tokens: the index of the token at each mention's head.
        lexicon: the room's lexicon.
    """
    out: dict[str, Gender] = {}
    for actor in actors.values():
        if actor.kind != "person" and not (actor.kind == "unresolved" and actor.name[:1].isupper()):
            continue
        pronouns = 0
        found: Gender | None = _marked(set((actor.role or "").lower().split()), lexicon)
        for mention in actor.mentions:
            if found is not None:
                break
            if mention.form == "pronoun":
                pronouns += (mention.text.lower() in HE) - (mention.text.lower() in SHE)
                continue
            i = tokens.get(mention.head)
            found = _marked(set(mention.text.lower().split()), lexicon) or (gender_of(doc[i], lexicon) if i is not None else None)
        if found is None:
            first = lexicon.given.get(actor.name.lower().split()[0] if actor.name.split() else "")
            found = "male" if first == "m" else "female" if first == "f" else None
        if found is None and pronouns:
            found = "male" if pronouns > 0 else "female"
        if found is not None:
            out[actor.id] = found
    return out


def _marked(words: set[str], lexicon: Lexicon) -> Gender | None:
    male, female = words & lexicon.lists["male"], words & lexicon.lists["female"]
    return None if bool(male) == bool(female) else "male" if male else "female"


def is_plural(head: Token) -> bool:
    """Whether a noun phrase means several: a plural, *both*, or *A and B*."""
    if head.tag_ in PLURAL_TAGS and head.pos_ != "PROPN":
        return True
    if head.lower_ in THEY or head.lower_ in WE or head.lower_ in ("both", "many", "some", "several", "others", "most", "few"):
        return True
    return len(joined(head)) > 1


def joined(head: Token) -> list[Token]:
    """The heads of *A, B and C*, the first included; only the first where nothing is joined to it with *and*."""
    out = [head]
    at = head
    linked = False
    while len(out) < 20:
        linked = linked or any(c.dep_ == "cc" and c.lower_ in ("and", "&", "nor") for c in at.children)
        following = next((c for c in at.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN", "PRON")), None)
        if following is None:
            break
        out.append(following)
        at = following
    return out if linked else out[:1]


def listed(names: list[str]) -> str:
    """*A, B and C*."""
    return " and ".join(x for x in (", ".join(names[:-1]), names[-1]) if x)
