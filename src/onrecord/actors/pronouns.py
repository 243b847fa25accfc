"""Pronouns: he, she, it, they and who, linked to whom they mean."""

from __future__ import annotations

from onrecord.actors import several
from onrecord.actors.chunks import Chunk
from onrecord.actors.discourse import Discourse
from onrecord.actors.drafts import FIRST_PERSON, HE, IT, LOOK_BACK, SHE, THEY, Draft, Seen, genders_fit
from onrecord.actors.lexicon import slug

DISTANCE, SUBJECT, SPEAKER, SAME_GENDER = 1.3, 0.9, 0.3, 0.6
"""What a sentence between costs, and what speaks for an earlier mention: that it acts, that it speaks, that its gender is known and the same."""


def link(discourse: Discourse, chunk: Chunk) -> None:
    """Link a pronoun to whom it means, where that can be told."""
    words = discourse.words
    lower = words.lower[chunk.start]
    if words.tag[chunk.start] in ("WP", "WDT", "WP$"):
        _relative(discourse, chunk)
        return
    if lower in FIRST_PERSON:
        return
    if lower == "it" and _is_expletive(discourse, chunk):
        return
    if lower == "it" and words.dep[chunk.head] == "dobj" and words.lower[words.head[chunk.head]] in words.vocabulary.propositional:
        return
    if lower in ("it", "they") and _parallel_thing(discourse, chunk):
        return
    bracketed = _in_brackets(discourse, chunk, lower)
    if bracketed is not None:
        discourse.mention(bracketed, chunk, "pronoun", "actors.coref.pronoun|bracketed", plural=False)
        return
    wanted = "m" if lower in HE else "f" if lower in SHE else ""
    best = _likeliest(discourse, chunk, lower, wanted)
    if best is None:
        return
    why = "nearest_subject" if best.subject else "nearest"
    if wanted and not best.draft.gender:
        best.draft.gender = wanted
    both = several.beside(discourse, best) if lower in THEY else []
    for draft in (best.draft, *both):
        discourse.mention(draft, chunk, "pronoun", f"actors.coref.pronoun|{why}", best.plural or bool(both))


def _likeliest(discourse: Discourse, chunk: Chunk, lower: str, wanted: str) -> Seen | None:
    """The mention that a pronoun most likely goes back to; None where none fits.

    Args:
        discourse: the article so far.
        chunk: the pronoun.
        lower: it in lower case.
        wanted: the gender it asks for (``m``, ``f``); empty for none.
    """
    words = discourse.words
    best: Seen | None = None
    spoken_of: set[str] = set()
    best_score = -9.0
    sent = words.sent[chunk.start]
    speaks = words.head[chunk.head] if words.dep[chunk.head] == "nsubj" and words.lower[words.head[chunk.head]] in words.vocabulary.speech else None
    speaker = discourse.quoted.get(chunk.start)  # nobody calls himself *he*
    for seen in reversed(discourse.seen):
        distance = sent - seen.sent
        if distance > LOOK_BACK:
            break
        if seen.draft is speaker or seen.chunk.start <= chunk.start < seen.chunk.end or not _fits(discourse, seen, lower, wanted):
            continue
        if (
            distance == 0
            and lower in words.vocabulary.object_forms
            and words.dep[chunk.head] in ("dobj", "pobj", "dative")
            and seen.subject
            and words.head[seen.chunk.head] == _clause(discourse, chunk.head)
        ):
            continue
        score = -DISTANCE * distance + SUBJECT * seen.subject + SPEAKER * seen.speaker - 0.002 * (chunk.start - seen.chunk.start)
        if wanted and seen.draft.gender == wanted:
            score += SAME_GENDER
        if wanted and seen.draft.role is None and seen.draft.country is None:
            score -= 0.3 if seen.subject else 0.9
        if distance == 0 and speaks is not None and seen.chunk.start < chunk.start and _said(discourse, seen.chunk.head, speaks):
            spoken_of.add(seen.draft.id)
        if seen.draft.id in spoken_of:
            continue
        if lower in THEY and distance == 0 and _undergoes(discourse, seen, chunk):
            score += 1.2
        if distance == 0 and (chunk.possessive or lower not in words.vocabulary.object_forms) and _controls(discourse, seen, chunk):
            score += 1.6
        if distance and seen.draft.sector == "JRN" and not wanted:
            score -= 0.8  # what reports is rarely what is reported on
        if score > best_score:
            best, best_score = seen, score
    return best


def _in_brackets(discourse: Discourse, chunk: Chunk, lower: str) -> Draft | None:
    """``he (Obama)``: the editor says who is meant."""
    words, at = discourse.words, chunk.end
    if lower not in HE | SHE or at + 2 >= len(words) or words.text[at] not in ("(", "["):
        return None
    stop = next((i for i in range(at + 1, min(at + 5, len(words))) if words.text[i] in (")", "]")), at)
    for begin in range(at + 1, stop):
        key = slug(discourse.text_of((begin, stop)))
        if (draft := discourse.by_name.get(key) or discourse.by_surname.get(key)) is not None and draft.person:
            return draft
    return None


def _undergoes(discourse: Discourse, seen: Seen, chunk: Chunk) -> bool:
    """Whether an earlier phrase is who was arrested, killed or attacked, and the pronoun is in the clause that says when or why."""
    words = discourse.words
    verb = words.head[seen.chunk.head]
    if words.dep[seen.chunk.head] not in ("dobj", "nsubjpass") or words.lower[verb] not in words.vocabulary.seizing:
        return False
    clause = _clause(discourse, chunk.head)
    return clause != verb and words.dep[clause] == "advcl" and words.head[clause] == verb and words.dep[chunk.head] in ("nsubj", "nsubjpass", "poss")


def _controls(discourse: Discourse, seen: Seen, chunk: Chunk) -> bool:
    """Whether an earlier phrase is who is to do something: ``urged Iran to give up *its* arms``."""
    words = discourse.words
    verb = words.head[seen.chunk.head]
    clause = _clause(discourse, chunk.head)
    led = words.dep[clause] == "xcomp" and words.head[clause] == verb
    return led and words.dep[seen.chunk.head] == "dobj" and seen.chunk.start < clause


def _parallel_thing(discourse: Discourse, chunk: Chunk) -> bool:
    """``Cuts are popular, but they hurt``: the subject of the clause it is joined to is no actor, and the pronoun most likely means it."""
    words = discourse.words
    verb = words.head[chunk.head]
    if words.dep[chunk.head] not in ("nsubj", "nsubjpass") or words.dep[verb] != "conj":
        return False
    above = words.head[verb]
    plural = words.lower[chunk.start] in THEY
    for i in range(max(0, above - 25), above):
        if words.head[i] == above and words.dep[i] in ("nsubj", "nsubjpass") and words.sent[i] == words.sent[above]:
            return words.tag[i] == ("NNS" if plural else "NN") and i not in discourse.at_token
    return False


def _said(discourse: Discourse, i: int, verb: int) -> bool:
    """Whether a word is in what a verb of speech reports: ``Meyer is wrong, he said`` is not Meyer speaking."""
    words, steps = discourse.words, 0
    while words.head[i] != i and steps < 25:
        if words.head[i] == verb:
            return words.dep[i] in ("ccomp", "parataxis", "dep")
        i = words.head[i]
        steps += 1
    return False


def _clause(discourse: Discourse, i: int) -> int:
    words, steps = discourse.words, 0
    while words.pos[i] not in ("VERB", "AUX") and words.head[i] != i and steps < 20:
        i = words.head[i]
        steps += 1
    return i


def _fits(discourse: Discourse, seen: Seen, lower: str, wanted: str) -> bool:
    draft = seen.draft
    if wanted:
        return draft.person and not seen.plural and genders_fit(draft.gender, wanted)
    if lower in IT:
        return (not draft.person and not seen.plural and seen.chunk.pronoun is False) or (
            not draft.person and seen.chunk.pronoun and discourse.words.lower[seen.chunk.start] in IT
        )
    return (
        seen.plural
        or (not seen.chunk.pronoun and several.coordinated(discourse.words, seen.chunk))
        or (not draft.person and draft.kind in ("group", "body", "organisation") and draft.sector is not None)
        or (not draft.person and draft.sector in ("MIL", "COP", "LEG", "GOV", "JUD") and discourse.words.tag[seen.chunk.head] not in ("NNP",))
    )


def _is_expletive(discourse: Discourse, chunk: Chunk) -> bool:
    words = discourse.words
    i = chunk.start
    if words.dep[i] == "expl":
        return True
    verb = words.head[i]
    if words.lower[verb] in ("is", "was", "'s", "be", "seems", "seemed", "appears", "appeared", "remains"):
        return any(words.head[j] == verb and words.dep[j] in ("ccomp", "xcomp", "advcl", "csubj") for j in range(verb + 1, min(len(words), verb + 15)))
    return False


def _relative(discourse: Discourse, chunk: Chunk) -> None:
    words = discourse.words
    i, steps = chunk.start, 0
    while words.dep[i] != "relcl" and words.head[i] != i and steps < 8:
        i = words.head[i]
        steps += 1
    before = chunk.start - 1 - (chunk.start > 1 and words.text[chunk.start - 1] == ",")
    head = words.head[i] if words.dep[i] == "relcl" else before
    if head < 0 or (words.dep[i] != "relcl" and words.lower[chunk.start] not in ("who", "whose")):
        return
    antecedent = discourse.at_token.get(head)
    if antecedent is not None and (words.dep[i] == "relcl" or antecedent.person):
        plural = words.tag[head] in ("NNS", "NNPS")
        discourse.mention(antecedent, chunk, "pronoun", "actors.coref.relative", plural)
