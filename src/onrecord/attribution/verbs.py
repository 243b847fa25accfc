"""Verbs that attribute: *said that*, *promised to*, *called for*, *described X as Y*."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.attribution.draft import Draft, source_chars, spans
from onrecord.attribution.lexicon import CLAUSE_FRAMES, Cue, Lexicon, Use
from onrecord.attribution.syntax import Range, agent, antecedent, cue_range, is_passive, object_end, outer, own_subject, participle_subject, run_after, without

FOLLOW = frozenset({"oprd", "xcomp", "acomp", "prep"})
"""What belongs to the content behind an object."""
REPORTED = frozenset({"say", "report", "claim", "believe", "announce", "accuse", "admit"})
"""Classes whose passive is an attribution even where nobody is named (*it was reported that*)."""


def of_verb(verb: Token, cue: Cue, lexicon: Lexicon) -> Draft | None:
    """The attribution a verb makes, if it makes one in this sentence."""
    if verb.dep_ == "amod":
        return None
    children = list(verb.children)
    particle = None
    if cue.particle is not None:
        particle = _particle(verb, cue.particle)
        if particle is None:
            return None
    passive = is_passive(verb)
    found = (
        _purpose(verb, cue, children)
        or _clause(verb, cue, children, lexicon)
        or _whatever(verb, cue)
        or _marked(verb, cue)
        or _infinitive(verb, cue, children)
        or _object(verb, cue, children, lexicon, passive)
        or _prepositional(verb, cue, children, lexicon)
    )
    if found is None:
        return None
    rule, use, ranges, cue_end = found
    owner = None if passive else outer(verb)
    source = agent(verb) if passive else _subject(owner or verb, children, rule, lexicon)
    if source is not None and own_subject(verb) is source and source.dep_ == "expl":
        source = None
    if source is None and not _sourceless(verb, use, rule, passive):
        return None
    doc = verb.doc
    start, end = cue_range(verb)
    end = max(end, cue_end, particle.i + 1 if particle is not None else 0)
    if source is not None:
        holes = (source.left_edge.i, source.right_edge.i + 1)
        if rule == "attribution.verb_clause" and _inside(ranges, source):
            ranges = without(ranges, (min(holes[0], start), max(end, holes[1])))
    ranges = without(ranges, (start, end))
    content = spans(doc, ranges)
    if not content:
        return None
    cue_spans = spans(doc, [(start, end)])
    return Draft(
        rule, verb.i, use, source.i if source is not None else None, source_chars(source), cue_spans, content, outer=owner.i if owner is not None else None
    )


def _particle(verb: Token, particle: str) -> Token | None:
    doc = verb.doc
    for i in range(verb.i + 1, min(verb.i + 4, len(doc))):
        if doc[i].lower_ == particle and doc[i].head in (verb, verb.head):
            return doc[i]
    return None


def _inside(ranges: list[Range], token: Token) -> bool:
    return any(s <= token.i < e for s, e in ranges)


def _subject(verb: Token, children: list[Token], rule: str, lexicon: Lexicon) -> Token | None:
    found = participle_subject(verb, lexicon.lists["document"], lexicon.lists["indefinite"])
    if found is None and rule == "attribution.verb_clause":  # "…", said Ali: the parser takes an inverted subject for an object
        found = next(
            (c for c in children if c.dep_ in ("dobj", "attr", "dative", "npadvmod") and c.i > verb.i and c.pos_ in ("PROPN", "NOUN", "PRON")), None
        ) or run_after(verb)
    return found


def _sourceless(verb: Token, use: Use, rule: str, passive: bool) -> bool:
    if not passive or use.weak or use.cue_class not in REPORTED or rule not in ("attribution.verb_clause", "attribution.verb_infinitive"):
        return False
    first = own_subject(verb)
    return first is not None and (rule == "attribution.verb_infinitive" or first.lower_ == "it")


Found = tuple[str, Use, list[Range], int]


def _whole(token: Token) -> Range:
    return token.left_edge.i, token.right_edge.i + 1


def _clause(verb: Token, cue: Cue, children: list[Token], lexicon: Lexicon) -> Found | None:
    use = cue.frames.get("that") or cue.frames.get("quote")
    if use is None:
        return None
    if (
        verb.dep_ == "advcl"
        and use.frame == "that"
        and not use.weak
        and lexicon.classes[use.cue_class].speech == "yes"
        and any(c.lower_ == "as" and c.dep_ in ("mark", "advmod", "prep") and c.i < verb.i for c in children)
        and not any(c.dep_ in ("ccomp", "xcomp", "dobj") for c in children)
    ):
        return "attribution.as_clause", use, without([_whole(verb.head)], _whole(verb)), 0
    objects = any(c.dep_ == "dobj" for c in children)
    clauses = [c for c in children if c.dep_ == "ccomp" and not _to(c) and (c.i > verb.i or not (objects or _colon_between(c, verb)) or _quoted(c))]
    if clauses:
        if "that" not in cue.frames and not any(_quoted(c) for c in clauses):
            return None
        return "attribution.verb_clause", use, _joined([_whole(c) for c in clauses]), 0
    if (
        verb.dep_ in ("parataxis", "ccomp", "advcl", "dep", "conj")
        and verb.tag_ in ("VBD", "VBZ", "VBP")
        and own_subject(verb) is not None
        and _parenthetical(verb)
        and not any(c.dep_ in ("dobj", "xcomp", "acomp", "attr") for c in children)
    ):
        return "attribution.parenthesis", use, without([_whole(verb.head)], _whole(verb)), 0
    return None


def _purpose(verb: Token, cue: Cue, children: list[Token]) -> Found | None:
    """An infinitive right behind the cue outranks a clause somewhere else."""
    return _infinitive(verb, cue, children) if any(c.dep_ == "xcomp" and c.left_edge.i == verb.i + 1 for c in children) else None


def _colon_between(clause: Token, verb: Token) -> bool:
    return any(verb.doc[i].text == ":" for i in range(clause.right_edge.i, verb.i))


def _whatever(verb: Token, cue: Cue) -> Found | None:
    """*What it said was an attack*: the content follows the cue without a clause of its own."""
    doc, use = verb.doc, cue.frames.get("that")
    if use is None or verb.i + 1 >= len(doc) or doc[verb.i + 1].lemma_ != "be" or doc[verb.i + 1].tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    be = doc[verb.i + 1]
    if not any(doc[i].lower_ in ("what", "which") for i in range(max(0, verb.i - 7), verb.i)):
        return None
    end = max(
        [
            be.right_edge.i + 1 if be.pos_ == "AUX" and be.head.i <= be.i else be.i + 1,
            *(c.right_edge.i + 1 for c in be.children if c.i > be.i),
            *((be.head.right_edge.i + 1,) if be.dep_ in ("aux", "auxpass") else ()),
        ]
    )
    return ("attribution.verb_clause", use, [(be.i, end)], 0) if end > be.i + 1 else None


def _marked(verb: Token, cue: Cue) -> Found | None:
    """A clause that the parser hung elsewhere, told by the word it opens with right behind the cue."""
    use, doc = cue.frames.get("that"), verb.doc
    at = verb.i + 1
    marks = MARKS | ASKED if use is not None and use.cue_class in ("question", "doubt", "know") else MARKS
    while at < min(len(doc), verb.i + 8) and doc[at].lower_ not in marks and doc[at].pos_ not in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ", "SPACE"):
        at += 1
    if use is None or at >= len(doc) or doc[at].lower_ not in marks or doc[at].pos_ not in ("SCONJ", "ADV") or doc[at].head.i <= at:
        return None
    end = max(verb.right_edge.i + 1, doc[at].head.right_edge.i + 1)
    return ("attribution.verb_clause", use, [(at, end)], 0) if end - at > 2 else None


MARKS = frozenset({"that", "whether", "how", "why"})
ASKED = frozenset({"if"})


def _parenthetical(verb: Token) -> bool:
    doc, (start, end) = verb.doc, _whole(verb)
    before = doc[start - 1].text if start else ""
    if start < end and doc[start].text in (",", '"'):
        before = doc[start].text
    return before in (",", "—", "–", "-", '"', "--") and end - start < 14


def _quoted(clause: Token) -> bool:
    start, end = _whole(clause)
    doc = clause.doc
    return any(doc[i].text == '"' for i in range(max(0, start - 1), min(end + 2, len(doc))))


def _to(clause: Token) -> bool:
    return clause.tag_ == "VB" and any(c.tag_ == "TO" and c.dep_ == "aux" for c in clause.children)


def _joined(ranges: list[Range]) -> list[Range]:
    ranges.sort()
    out = ranges[:1]
    for start, end in ranges[1:]:
        if start <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _infinitive(verb: Token, cue: Cue, children: list[Token]) -> Found | None:
    frames = cue.frames
    for child in children:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and _to(child) and child.i > verb.i:
            thing = next((c for c in children if c.dep_ in ("dobj", "dative", "nsubjpass") and c.i < child.i), None)
            own = next((c for c in child.children if c.dep_ == "nsubj"), None)
            on = next((c for c in children if c.dep_ == "prep" and c.lower_ in ("on", "upon") and c.i < child.i), None)
            if (thing is not None or own is not None) and "np_to" in frames and child.dep_ != "advcl":
                start = min(child.left_edge.i, thing.left_edge.i if thing is not None and thing.i > verb.i else child.left_edge.i)
                return "attribution.verb_infinitive", frames["np_to"], [(start, child.right_edge.i + 1)], 0
            if on is not None and "on_to" in frames:
                return "attribution.verb_infinitive", frames["on_to"], [(on.i + 1, child.right_edge.i + 1)], on.i + 1
            if thing is None and "to" in frames and child.dep_ != "advcl":
                return "attribution.verb_infinitive", frames["to"], [_whole(child)], 0
        if "ing" in frames and child.dep_ == "xcomp" and child.tag_ == "VBG" and child.i > verb.i:
            return "attribution.verb_infinitive", frames["ing"], [_whole(child)], 0
    return None


def _object(verb: Token, cue: Cue, children: list[Token], lexicon: Lexicon, passive: bool) -> Found | None:
    frames = cue.frames
    use = frames.get("obj") or frames.get("as") or frames.get("call")
    if use is None:
        return None
    things = [c for c in children if c.dep_ in ("dobj", "nsubjpass" if passive else "dobj", "oprd", "ccomp") and (c.dep_ == "nsubjpass" or c.i > verb.i)]
    if not things:
        return None
    if "obj" not in frames:
        second = any(
            c.dep_ == "oprd" or (c.dep_ == "ccomp" and "call" in frames) or (c.dep_ == "prep" and c.lower_ == "as" and "as" in frames) for c in children
        )
        if not second:
            return _named(verb, things[0], use) if "call" in frames and not passive else None
    if passive and agent(verb) is None:
        return None
    if things[0].lower_ in RELATIVE_OBJECTS and antecedent(things[0]) is None:
        return None
    start = min(c.left_edge.i for c in things)
    if things[0].lower_ in lexicon.lists["document"] and things[0].dep_ == "dobj" and any(c.dep_ == "acl" for c in things[0].children):
        return None
    end = max(object_end(c) if c.dep_ == "dobj" else c.right_edge.i + 1 for c in things)
    ranges = [(start, end)]
    for child in children:
        if child.i > verb.i and child.dep_ in FOLLOW and child.left_edge.i >= end - 1 and not (child.dep_ == "prep" and _temporal(child, lexicon)):
            if child.dep_ == "prep" and child.lower_ in ("in", "at", "during", "after", "before", "by", "since", "amid"):
                break
            ranges.append(_whole(child))
            end = child.right_edge.i + 1
    return "attribution.verb_object", use, _joined(ranges), 0


def _named(verb: Token, thing: Token, use: Use) -> Found | None:
    """*Called the vote “a farce”*, where the parser saw no second object."""
    doc, at = verb.doc, thing.right_edge.i + 1
    quote = next((i for i in range(at, min(at + 4, len(doc))) if doc[i].text == '"'), None)
    if quote is None or thing.i < verb.i:
        return None
    close = next((i for i in range(quote + 1, min(quote + 60, len(doc))) if doc[i].text == '"'), None)
    return ("attribution.verb_object", use, [(thing.left_edge.i, close + 1)], 0) if close is not None else None


RELATIVE_OBJECTS = frozenset({"which", "that", "whom", "what"})


def _prepositional(verb: Token, cue: Cue, children: list[Token], lexicon: Lexicon) -> Found | None:
    for child in children:
        if child.dep_ in ("prep", "prt", "advmod", "dative") and child.i > verb.i and child.lower_ in cue.frames and child.lower_ not in CLAUSE_FRAMES:
            if (
                _temporal(child, lexicon)
                or (child.lower_ == "to" and cue.frames["to"].cue_class not in ANSWERING)
                or (child.lower_ == "to" and any(c.lower_ in lexicon.lists["unanswered"] for c in child.children))
            ):
                continue
            if child.right_edge.i > child.i:
                return "attribution.verb_preposition", cue.frames[child.lower_], [(child.i + 1, child.right_edge.i + 1)], child.i + 1
    return None


ANSWERING = frozenset({"say", "claim", "admit", "agree", "oppose", "deny"})
"""Classes in which *to* may be a preposition (*referred to*), not only an infinitive's."""


def _temporal(preposition: Token, lexicon: Lexicon) -> bool:
    times = lexicon.lists["time"]
    return any(c.lower_ in times or c.ent_type_ == "DATE" for c in preposition.children)
