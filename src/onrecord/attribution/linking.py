"""The rules' drafts, decided by the attribution head: kept, respanned, dropped, and those that the rules don't see."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from onrecord.attribution.candidates import Candidate
from onrecord.attribution.draft import Chars, Draft
from onrecord.attribution.head import Head
from onrecord.attribution.joining import Range, Relation, relations
from onrecord.attribution.lexicon import CLAUSE_FRAMES, Lexicon, Use
from onrecord.attribution.pieces import content_words, source_words
from onrecord.attribution.quoted import Quotes, merged
from onrecord.encoder import States, anchor_of, heads_of, spans_of, touched
from onrecord.parse import Parsed

Ints = NDArray[np.int32]

RULE = "attribution.encoder"
"""An attribution that no rule proposed."""
UNCLASSED = Use("obj", "unclassed", False)
"""A cue that the lexicon doesn't know."""
MARKS = frozenset({"that", "whether", "how", "why"})
QUOTED = 0.5
"""The share of a content between quotation marks above which an unknown cue is a cue of speech."""


def linked(parsed: Parsed, drafts: Sequence[Draft], quotes: Quotes, *, states: States, head: Head, lexicon: Lexicon, sure: Sequence[bool]) -> list[Draft]:
    """The attributions that the head decides for.

    Args:
        parsed: the article.
        drafts: what the rules found.
        quotes: its quotations.
        states: the encoder's states.
        head: the attribution head.
        lexicon: the room's lexicon; gives the class of a cue that no rule proposed.
        sure: for each draft whether its rule is sure of it (words, not an attitude or a weak cue).

    Returns:
        The head's attributions, with rule, class and frame of the rule that proposed the same cue; the rules' own
        inside others' contents (the head reads the outermost only), in what was not read, and quotations
        that go on without a cue.
    """
    article = _Article(parsed, quotes, states, lexicon)
    proposed = [candidate_of(d, article.spans, article.heads, sure=ok) for d, ok in zip(drafts, sure, strict=True)]
    found = relations(head.score(states, article.heads, proposed), least=head.least)
    matched = list(zip(found, _matches(found, drafts, proposed), strict=True))
    pairs = [(article.draft(relation, rule), rule) for relation, rule in matched]
    made = [draft for draft, _ in pairs if draft.content]
    used = {id(rule) for _, rule in pairs if rule is not None}
    inside = {w for r in found for a, b in r.content for w in range(a, b)}
    made += [d for d, c in zip(drafts, proposed, strict=True) if id(d) not in used and article.stays(d, c, inside)]
    _add_quotations([(draft, rule) for draft, rule in pairs if rule is not None and draft.content], made, quotes)
    return made


def _matches(found: Sequence[Relation], drafts: Sequence[Draft], proposed: Sequence[Candidate]) -> list[Draft | None]:
    """For each relation the rule's draft with the same cue, each draft once."""
    by_anchor = {c.anchor: d for c, d in zip(proposed, drafts, strict=True) if c.anchor >= 0}
    by_word = {w: d for c, d in zip(proposed, drafts, strict=True) for w in c.cue}
    out: list[Draft | None] = []
    used: set[int] = set()
    for relation in found:
        words = [w for a, b in relation.cue for w in range(a, b)]
        near = by_anchor.get(relation.anchor) or next((by_word[w] for w in words if w in by_word), None)
        if near is not None and id(near) in used:
            near = None
        if near is not None:
            used.add(id(near))
        out.append(near)
    return out


def _add_quotations(given: Sequence[tuple[Draft, Draft]], made: Sequence[Draft], quotes: Quotes) -> None:
    """Add to a cue the quotations that its rule gave it and that nobody else has."""
    taken = {q for d in made for s, e in d.content for q in quotes.near(s, e) if min(e, q[1]) > max(s, q[0])}
    for draft, rule in given:
        more = [q for q in quotes.parts if q not in taken and any(s <= q[0] and q[1] <= e for s, e in rule.content)]
        if more and not any(quotes.at(c[0]) for c in draft.cue):
            draft.content = merged([*draft.content, *more])
            taken.update(more)


def candidate_of(draft: Draft, spans: Ints, heads: Ints, *, sure: bool) -> Candidate:
    """A draft in word numbers, given the start and end of each word in characters and the number of its head."""
    source, cue, content = (touched(spans, c) for c in ([draft.source_span] if draft.source_span else [], draft.cue, draft.content))
    return Candidate(anchor_of(cue, heads) if cue else -1, source, cue, content, sure)


class _Article:
    """An article between word numbers, in which the head thinks, and characters, in which drafts are."""

    __slots__ = ("doc", "heads", "lexicon", "quotes", "read", "spans", "tokens", "words")

    def __init__(self, parsed: Parsed, quotes: Quotes, states: States, lexicon: Lexicon) -> None:
        self.doc = parsed.doc
        self.quotes = quotes
        self.lexicon = lexicon
        self.tokens: list[int] = states.words.tokens.tolist()
        self.words = [self.doc[i] for i in self.tokens]
        self.spans = spans_of(parsed, states.words)
        self.heads = heads_of(parsed, states.words)
        self.read = {n for start, end in states.windows for n in range(start, end)}

    def stays(self, draft: Draft, candidate: Candidate, inside: set[int]) -> bool:
        """Whether a rule's draft that the head did not take up stands all the same; ``inside`` are the words of contents."""
        if draft.carried:
            return bool(candidate.content) and not any(w in inside for w in candidate.content)
        return candidate.anchor not in self.read or candidate.anchor in inside

    def draft(self, relation: Relation, rule: Draft | None) -> Draft:
        """A relation in characters; its content is empty where only commas and dashes are left of it."""
        others = {w for a, b in (*relation.source, *relation.cue) for w in range(a, b)}
        content = merged([self.chars(r) for found in relation.content if (r := content_words(self.words, found, others))[0] < r[1]])
        cue = [self.chars(r) for r in relation.cue]
        source = source_span = None
        if relation.source:
            first, last = source_words(self.words, relation.source[0])
            source_span = self.chars((first, last))
            source = self.tokens[anchor_of(range(first, last), self.heads)]
        if rule is not None:
            made = Draft(rule.rule, rule.head, rule.use, source, source_span, cue, content, [*rule.why, "encoder"], outer=rule.outer)
        else:
            made = Draft(RULE, self.tokens[relation.anchor], self.use(self.words[relation.anchor], content), source, source_span, cue, content)
        self.quotes.snap(made)
        return made

    def chars(self, found: Range) -> Chars:
        """The characters of a range of words."""
        return int(self.spans[found[0], 0]), int(self.spans[found[1] - 1, 1])

    def use(self, cue: Token, content: list[Chars]) -> Use:
        """The class of a cue that no rule proposed, by the frame that its content looks like."""
        share = sum(self.quotes.covered(s, e) for s, e in content) / max(1, sum(e - s for s, e in content))
        opens = self.doc[bisect.bisect_left(self.quotes.offsets, content[0][0])] if content else cue
        before = self.doc[opens.i - 1].lower_ if opens.i > 0 else ""
        for known in self.lexicon.cues.get(cue.lower, ()):
            if known.particle is not None and known.particle != before:
                continue
            frames = known.frames
            wanted = ["quote"] if share >= QUOTED else []
            wanted += ["that"] if opens.lower_ in MARKS else ["to", "np_to"] if opens.lower_ == "to" else []
            wanted += [before] if before not in CLAUSE_FRAMES else []
            wanted += ["obj", "that", "to", "quote"]
            return next((frames[f] for f in wanted if f in frames), next(iter(frames.values())))
        return Use("quote", "say", False) if share >= QUOTED else UNCLASSED
