"""Direct speech: whole quotations, the cue that introduces each, and quotations that go on without one."""

from __future__ import annotations

import bisect
import re

from spacy.tokens import Token

from onrecord.attribution.draft import Chars, Draft, source_chars, spans
from onrecord.attribution.lexicon import Cue, Use
from onrecord.attribution.syntax import cue_range, is_passive, run_after, subject
from onrecord.parse import Parsed

SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[A-Z“\"'‘(\[])")
DASH_CUE = re.compile(r"\s*[―—–]\s*(?=[A-Z])")
MIN_WORDS = 4
"""A shorter quotation is a quoted phrase unless it ends like a sentence."""
REACH = 45
"""Tokens between a quotation and its cue."""
SAID = Use("quote", "say", False)


def pieces(parsed: Parsed) -> list[Chars]:
    """The outermost quotations' parts with their marks, in text order."""
    out: list[Chars] = []
    text = parsed.text
    for quotation in parsed.quotations:
        if quotation.depth:
            continue
        last = len(quotation.parts) - 1
        for n, (start, end) in enumerate(quotation.parts):
            first = quotation.start if n == 0 else _mark_before(text, start)
            out.append((first, quotation.end if n == last and quotation.closed else end))
    out.sort()
    return [p for n, p in enumerate(out) if n == 0 or p[0] >= out[n - 1][1]]


def _mark_before(text: str, start: int) -> int:
    while start > 0 and text[start - 1] in "“\"'‘`«„”’":
        start -= 1
    return start


class Quotes:
    """The quotations of an article and where its tokens are."""

    __slots__ = ("doc", "offsets", "parsed", "parts", "speech", "starts", "text")

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.doc = parsed.doc
        self.text = parsed.text
        self.offsets: list[int] = self.doc.to_array("IDX").tolist() if False else [t.idx for t in self.doc]
        self.parts = pieces(parsed)
        self.starts = [s for s, _ in self.parts]
        self.speech = [self._speech(s, e) for s, e in self.parts]

    def token(self, offset: int) -> int:
        """The index of the first token that starts at or behind an offset."""
        return bisect.bisect_left(self.offsets, offset)

    def at(self, offset: int) -> Chars | None:
        """The quotation part that holds an offset."""
        i = bisect.bisect_right(self.starts, offset) - 1
        return self.parts[i] if i >= 0 and self.parts[i][0] <= offset < self.parts[i][1] else None

    def _speech(self, start: int, end: int) -> bool:
        inner = self.text[start:end].strip("“”\"'‘’`«»„ \n")
        words = len(inner.split())
        if not inner:
            return False
        return words >= MIN_WORDS or (inner[-1] in ".,!?…" and (inner[0].isupper() or words > 2))

    def snap(self, draft: Draft) -> None:
        """Widen a content to the whole of each quotation that it covers half of or that stands inside it."""
        cue = [c for c in draft.cue]
        out: list[Chars] = []
        for start, end in draft.content:
            i = max(0, bisect.bisect_right(self.starts, start) - 1)
            while i < len(self.parts) and self.parts[i][0] < end + 2:
                qs, qe = self.parts[i]
                i += 1
                over = min(end, qe) - max(start, qs)
                if over <= 0 or any(qs <= c[0] < qe for c in cue):
                    continue
                if over >= 0.5 * (qe - qs) or over >= 0.5 * (end - start):
                    start, end = min(start, qs), max(end, qe)
            out.append((start, end))
        draft.content = merged(out)


def merged(found: list[Chars]) -> list[Chars]:
    """Spans in order, overlapping ones made one."""
    out: list[Chars] = []
    for start, end in sorted(found):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def of_quotes(quotes: Quotes, drafts: list[Draft], cues: dict[int, Cue]) -> list[Draft]:
    """The drafts with every quotation given to the cue that introduces it.

    Args:
        quotes: the article's quotations.
        drafts: what the parse gave; contents grow where a quotation belongs to a cue already used.
        cues: the verbs by token index that may introduce a quotation.
    """
    by_head = {d.head: d for d in drafts}
    out = list(drafts)
    covered = _covered(quotes, drafts)
    heads = sorted(cues)
    last: Draft | None = None
    last_end = -1
    block_of = _blocks(quotes)
    for n, (start, end) in enumerate(quotes.parts):
        owner = covered.get(n)
        same = n > 0 and block_of[n - 1] == block_of[n]
        block = quotes.parsed.blocks[block_of[n]]
        if owner is not None:
            last, last_end = owner, end
            continue
        if not quotes.speech[n]:
            continue
        low = quotes.parts[n - 1][1] if same else block.start
        high = quotes.parts[n + 1][0] if n + 1 < len(quotes.parts) and block_of[n + 1] == block_of[n] else block.end
        head = _cue(quotes, heads, low, start, end, high)
        draft = by_head.get(head) if head is not None else None
        if draft is not None and draft.use.cue_class != "call":
            draft.content = merged([*draft.content, (start, end)])
        elif head is not None:
            draft = _direct(quotes.doc[head], cues[head], (start, end))
            if draft is not None:
                by_head[head] = draft
                out.append(draft)
        if draft is None:
            draft = _dashed(quotes, (start, end), high)
            if draft is not None:
                out.append(draft)
        if draft is None and last is not None and not last.carried and same and low == last_end:
            last.content = merged([*last.content, (start, end)])
            draft = last
        if draft is None:
            before = _before(out, block.start, start, quotes) or (last if last is not None and _adjacent(quotes, last, block_of[n]) and block.start >= start - 1 else None)
            if before is not None and before.source_span is not None and _alone(quotes, start, end, block.start, block.end):
                draft = Draft("attribution.quote_carried", before.head, SAID, before.source, before.source_span, [], [(start, end)], carried=True)
                out.append(draft)
        if draft is not None:
            last, last_end = draft, end
    return out


def _blocks(quotes: Quotes) -> list[int]:
    starts = [b.start for b in quotes.parsed.blocks]
    return [max(0, bisect.bisect_right(starts, s) - 1) for s, _ in quotes.parts]


def _covered(quotes: Quotes, drafts: list[Draft]) -> dict[int, Draft]:
    out: dict[int, Draft] = {}
    for draft in drafts:
        if quotes.at(draft.cue[0][0]) is not None:
            continue
        for start, end in draft.content:
            i = max(0, bisect.bisect_right(quotes.starts, start) - 1)
            while i < len(quotes.parts) and quotes.parts[i][0] < end:
                qs, qe = quotes.parts[i]
                if min(end, qe) - max(start, qs) > 0.5 * (qe - qs):
                    out[i] = draft
                i += 1
    return out


def _cue(quotes: Quotes, heads: list[int], low: int, start: int, end: int, high: int) -> int | None:
    """The verb that introduces the quotation ``start:end``; the nearest text on either side is ``low:high``."""
    text = quotes.text
    before = text[low:start]
    cut = max((m.end() for m in SENTENCE_END.finditer(before)), default=0)
    after = text[end:high]
    stop = SENTENCE_END.search(after)
    stop_at = stop.end() if stop else len(after)
    first = _among(quotes, heads, end, end + stop_at)
    opening = _among(quotes, heads, low + cut, start)
    closing_mark = text[max(start, end - 3) : end].rstrip("”\"'’ ")[-1:]
    leads = before.rstrip()[-1:] in (",", ":") or (opening and before.strip() != "" and opening[-1] >= quotes.token(start) - 6)
    if leads and opening:
        return opening[-1]
    if first and closing_mark != "." and quotes.doc[first[0]].i - quotes.token(end) < REACH:
        return first[0]
    if opening and before[cut:].strip():
        return opening[-1]
    return None


def _among(quotes: Quotes, heads: list[int], start: int, end: int) -> list[int]:
    low, high = quotes.token(start), quotes.token(end)
    return heads[bisect.bisect_left(heads, low) : bisect.bisect_left(heads, high)]


def _direct(verb: Token, cue: Cue, content: Chars) -> Draft | None:
    use = cue.frames["quote"]
    if is_passive(verb):
        return None
    source = subject(verb) or next((c for c in verb.children if c.dep_ in ("dobj", "attr", "npadvmod", "dative") and c.i > verb.i and c.pos_ in ("PROPN", "NOUN", "PRON")), None) or run_after(verb)
    if source is None or source.dep_ == "expl":
        return None
    return Draft("attribution.quote_cue", verb.i, use, source.i, source_chars(source), spans(verb.doc, [cue_range(verb)]), [content])


def _dashed(quotes: Quotes, content: Chars, high: int) -> Draft | None:
    """A name behind a dash behind a quotation."""
    found = DASH_CUE.match(quotes.text, content[1], high)
    if found is None:
        return None
    i = quotes.token(found.end())
    if i >= len(quotes.doc) or quotes.doc[i].pos_ not in ("PROPN", "NOUN", "DET"):
        return None
    head = quotes.doc[i]
    while head.head.i > head.i and head.dep_ in ("compound", "amod", "det", "nmod", "poss") and head.head.idx < high:
        head = head.head
    dash = found.group().strip()
    at = quotes.text.index(dash, content[1])
    return Draft("attribution.quote_cue", i, SAID, head.i, source_chars(head), [(at, at + len(dash))], [content], ["dash"])


def _before(drafts: list[Draft], low: int, high: int, quotes: Quotes) -> Draft | None:
    """The last speech before a quotation in its own paragraph."""
    best = None
    for draft in drafts:
        if draft.cue and low <= draft.cue[0][0] < high and quotes.at(draft.cue[0][0]) is None and not draft.use.weak and draft.rule in CARRIERS and (best is None or draft.head > best.head):
            best = draft
    return best


CARRIERS = frozenset({"attribution.verb_clause", "attribution.quote_cue", "attribution.parenthesis", "attribution.colon"})


def _adjacent(quotes: Quotes, last: Draft, block: int) -> bool:
    """Whether the last attributed quotation or its cue is in the paragraph right before."""
    blocks = quotes.parsed.blocks
    if block == 0:
        return False
    before = blocks[block - 1]
    return any(before.start <= s < before.end for s, _ in last.content) or (bool(last.cue) and before.start <= last.cue[0][0] < before.end)


def _alone(quotes: Quotes, start: int, end: int, low: int, high: int) -> bool:
    """Whether a quotation is a sentence of its own, not a phrase in somebody else's."""
    before = quotes.text[low:start].rstrip()
    return (not before or before[-1] in ".!?…:”\"'’") and (quotes.text[end - 2 : end].strip("”\"' ’")[-1:] in (".", "!", "?", "…", ",", "") or end >= high - 1)
