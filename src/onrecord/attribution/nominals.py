"""Nouns, adjectives and prepositions that attribute: *his call for*, *is confident that*, *according to*."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.attribution.draft import Draft, source_chars, spans
from onrecord.attribution.lexicon import CLAUSE_FRAMES, Cue, Lexicon, Use
from onrecord.attribution.syntax import Range, cue_range, object_end, subject, without

VERBAL = ("VERB", "AUX")


def of_noun(noun: Token, cue: Cue, lexicon: Lexicon) -> Draft | None:
    """The attribution a noun makes with what depends on it."""
    found = _complement(noun, cue)
    if found is None:
        return None
    use, ranges, preposition = found
    source, verb, why = _holder(noun, preposition, lexicon)
    if source is None:
        return None
    content = spans(noun.doc, ranges)
    if not content:
        return None
    end = preposition.i + 1 if preposition is not None and preposition.i == noun.i + 1 else noun.i + 1
    cue_at = (cue_range(verb)[0], end) if verb is not None and 0 < noun.i - verb.i < 6 else (noun.i, end)
    return Draft("attribution.noun", noun.i, use, source.i, source_chars(source), spans(noun.doc, [cue_at]), content, [why])


def _complement(noun: Token, cue: Cue) -> tuple[Use, list[Range], Token | None] | None:
    for child in noun.children:
        if child.i < noun.i:
            continue
        whole = [(child.left_edge.i, child.right_edge.i + 1)]
        if child.dep_ in ("acl", "ccomp", "relcl", "xcomp"):
            if "to" in cue.frames and child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children):
                return cue.frames["to"], whole, None
            if "that" in cue.frames and child.dep_ in ("acl", "ccomp") and any(c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in child.children):
                return cue.frames["that"], whole, None
        if child.dep_ == "prep" and child.lower_ in cue.frames and child.lower_ not in CLAUSE_FRAMES and child.right_edge.i > child.i:
            thing = next((c for c in child.children if c.dep_ == "pobj" and c.i > child.i), None)
            return cue.frames[child.lower_], [(child.i + 1, object_end(thing) if thing is not None else child.right_edge.i + 1)], child
    return None


def _holder(noun: Token, used: Token | None, lexicon: Lexicon) -> tuple[Token | None, Token | None, str]:
    """Whose it is: a possessor, *by* or *from* somebody, or the subject of a verb that only carries the noun."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child, None, "possessor"
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child is not used and child.i > noun.i and child.lower_ in ("by", "from", "among"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return inner, None, "by_phrase"
    for child in noun.children:
        if (child.dep_ == "compound" and child.pos_ == "PROPN") or (child.dep_ == "amod" and child.text[:1].isupper() and child.i > noun.sent.start):
            return child, None, "named_before"
    head = noun.head
    if noun.dep_ in ("dobj", "attr") and head.pos_ in VERBAL and head.lemma_ in lexicon.lists["light"]:
        return subject(head, lexicon.lists["document"]), head, "light_verb"
    return None, None, ""


def of_adjective(adjective: Token, cue: Cue) -> Draft | None:
    """The attribution an adjective makes in *X is confident that*."""
    verb = _copula(adjective)
    if verb is None:
        return None
    found = _of_what(adjective, verb, cue)
    if found is None:
        return None
    use, ranges, end = found
    source = subject(verb)
    if source is None or source.dep_ == "expl" or (source.lower_ == "it" and use.frame == "that"):
        return None
    start = cue_range(verb)[0] if 0 <= adjective.i - verb.i < 6 else adjective.i
    content = spans(adjective.doc, without(ranges, (start, end)))
    if not content:
        return None
    return Draft("attribution.adjective", adjective.i, use, source.i, source_chars(source), spans(adjective.doc, [(start, end)]), content)


def _copula(adjective: Token) -> Token | None:
    """The verb an adjective is said with: *be*, *feel*, or itself where it was taken for a participle."""
    verb = adjective.head
    if adjective.dep_ == "conj" and verb.dep_ in ("acomp", "oprd"):
        verb = verb.head
    elif adjective.dep_ not in ("acomp", "oprd", "ROOT", "ccomp", "relcl", "conj", "acl", "advcl"):
        return None
    if adjective.tag_ == "VBN" and adjective.dep_ not in ("acomp", "oprd") and not any(c.dep_ == "auxpass" for c in adjective.children):
        return None
    if adjective.tag_ == "VBN" or adjective.dep_ not in ("acomp", "oprd", "conj"):
        return adjective
    return verb if verb.pos_ in VERBAL else None


def _of_what(adjective: Token, verb: Token, cue: Cue) -> tuple[Use, list[Range], int] | None:
    frames = cue.frames
    for child in [*adjective.children, *(verb.children if verb is not adjective else ())]:
        if child.i < adjective.i:
            continue
        whole = [(child.left_edge.i, child.right_edge.i + 1)]
        if child.dep_ in ("ccomp", "xcomp", "advcl"):
            to = child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children)
            if to and "to" in frames:
                return frames["to"], whole, adjective.i + 1
            marked = child.dep_ == "ccomp" or any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children)
            if not to and child.dep_ != "xcomp" and "that" in frames and marked:
                return frames["that"], whole, adjective.i + 1
        elif child.dep_ in ("prep", "agent") and child.lower_ in frames and child.lower_ not in CLAUSE_FRAMES and child.right_edge.i > child.i:
            return frames[child.lower_], [(child.i + 1, child.right_edge.i + 1)], child.i + 1
    return None


def of_according(word: Token) -> Draft | None:
    """The attribution of *according to X*: the clause it stands in."""
    to = next((c for c in word.children if c.lower_ == "to"), None)
    if to is None and word.i + 1 < len(word.doc) and word.nbor().lower_ == "to":
        to = word.nbor()
    source = next((c for c in to.children if c.dep_ in ("pobj", "pcomp")), None) if to is not None else None
    if to is None or source is None:
        return None
    clause = word.head
    for _ in range(12):
        if clause.dep_ in ("ROOT", "ccomp", "parataxis") or (
            clause.dep_ == "conj" and clause.pos_ in VERBAL and any(c.dep_ == "nsubj" for c in clause.children)
        ):
            break
        clause = clause.head
    hole = (word.left_edge.i, max(word.right_edge.i, source.right_edge.i) + 1)
    whole = (clause.left_edge.i, clause.right_edge.i + 1)
    content = spans(word.doc, without([whole], hole))
    if not content:
        return None
    return Draft("attribution.according_to", word.i, Use("to", "report", False), source.i, source_chars(source), spans(word.doc, [(word.i, to.i + 1)]), content)
