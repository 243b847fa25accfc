"""Pronouns: he, she, it, they and who, linked to whom they mean."""

from __future__ import annotations

from onrecord.actors.chunks import Chunk
from onrecord.actors.discourse import Discourse
from onrecord.actors.drafts import FIRST_PERSON, HE, IT, LOOK_BACK, SHE, Seen, genders_fit
from onrecord.records import MentionForm


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
    best: Seen | None = None
    best_score = -9.0
    sent = words.sent[chunk.start]
    wanted = "m" if lower in HE else "f" if lower in SHE else ""
    for seen in reversed(discourse.seen):
        distance = sent - seen.sent
        if distance > LOOK_BACK:
            break
        if seen.chunk.start <= chunk.start < seen.chunk.end or not _fits(discourse, seen, lower, wanted):
            continue
        if (
            distance == 0
            and lower in words.vocabulary.object_forms
            and words.dep[chunk.head] in ("dobj", "pobj", "dative")
            and seen.subject
            and words.head[seen.chunk.head] == _clause(discourse, chunk.head)
        ):
            continue
        score = -1.0 * distance + 0.9 * seen.subject + 0.5 * seen.speaker - 0.002 * (chunk.start - seen.chunk.start)
        if wanted and seen.draft.gender == wanted:
            score += 0.6
        if wanted and seen.draft.role is None and seen.draft.country is None:
            score -= 0.3
        if score > best_score:
            best, best_score = seen, score
    if best is None:
        return
    form: MentionForm = "pronoun"
    why = "nearest_subject" if best.subject else "nearest"
    if wanted and not best.draft.gender:
        best.draft.gender = wanted
    discourse.mention(best.draft, chunk, form, f"actors.coref.pronoun|{why}", best.plural)


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
    if words.dep[i] != "relcl":
        return
    antecedent = discourse.at_token.get(words.head[i])
    if antecedent is not None:
        plural = words.tag[words.head[i]] in ("NNS", "NNPS")
        discourse.mention(antecedent, chunk, "pronoun", "actors.coref.relative", plural)
