"""Direct speech: whole quotations, the cue that introduces each, and quotations that go on without one."""

from __future__ import annotations

import bisect
import re

from spacy.tokens import Token

from onrecord.attribution.draft import Chars, Draft, source_chars, spans
from onrecord.attribution.lexicon import Cue, Use
from onrecord.attribution.syntax import cue_range, is_passive, own_subject, relayed, run_after, subject
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
        self.offsets: list[int] = [t.idx for t in self.doc]
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

    def near(self, start: int, end: int) -> list[Chars]:
        """The quotations that may share a character with ``start:end``."""
        first = max(0, bisect.bisect_right(self.starts, start) - 1)
        return self.parts[first : bisect.bisect_left(self.starts, end)]

    def covered(self, start: int, end: int) -> int:
        """How many characters of ``start:end`` are quoted."""
        return sum(max(0, min(end, qe) - max(start, qs)) for qs, qe in self.near(start, end))

    def snap(self, draft: Draft) -> None:
        """Widen a content to the whole of each quotation that it covers half of or that stands inside it."""
        out: list[Chars] = []
        for start, end in draft.content:
            low, high = start, end
            for qs, qe in self.near(start, end + 2):
                over = min(end, qe) - max(start, qs)
                if over <= 0 or any(qs <= c[0] < qe for c in draft.cue):
                    continue
                if over >= 0.5 * (qe - qs) or over >= 0.5 * (end - start):
                    low, high = min(low, qs), max(high, qe)
            out.append((low, high))
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
    giving = _Giving(quotes, drafts, cues)
    covered = _covered(quotes, drafts)
    for n, (_, end) in enumerate(quotes.parts):
        draft = covered.get(n)
        if draft is None and quotes.speech[n]:
            draft = giving.introduced(n) or giving.dashed(n) or giving.going_on(n) or giving.carried(n)
        if draft is not None:
            giving.last, giving.last_end = draft, end
    return giving.drafts


class _Giving:
    """Gives quotations to speakers, in text order."""

    __slots__ = ("block_of", "by_head", "carriers", "cues", "drafts", "heads", "last", "last_end", "quotes")

    def __init__(self, quotes: Quotes, drafts: list[Draft], cues: dict[int, Cue]) -> None:
        self.quotes = quotes
        self.drafts = list(drafts)
        self.cues = cues
        self.heads = sorted(cues)
        self.by_head = {d.head: d for d in drafts}
        self.block_of = _blocks(quotes)
        self.carriers: list[tuple[int, int]] = sorted((d.cue[0][0], d.head) for d in drafts if _carries(d, quotes))
        self.last: Draft | None = None
        self.last_end = -1

    def gaps(self, n: int) -> Chars:
        """Where the unquoted text before the quotation starts and that behind it ends."""
        parts, blocks = self.quotes.parts, self.block_of
        block = self.quotes.parsed.blocks[blocks[n]]
        low = parts[n - 1][1] if n > 0 and blocks[n - 1] == blocks[n] else block.start
        high = parts[n + 1][0] if n + 1 < len(parts) and blocks[n + 1] == blocks[n] else block.end
        return low, high

    def introduced(self, n: int) -> Draft | None:
        """By a verb before or behind it."""
        part = self.quotes.parts[n]
        head = _cue(self.quotes, self.heads, part, self.gaps(n))
        if head is None:
            return None
        draft = self.by_head.get(head)
        if draft is not None:
            draft.content = merged([*draft.content, part])
            return draft
        draft = _direct(self.quotes, self.quotes.doc[head], self.cues[head], part)
        if draft is not None:
            self.by_head[head] = draft
            self.drafts.append(draft)
            bisect.insort(self.carriers, (draft.cue[0][0], head))
        return draft

    def dashed(self, n: int) -> Draft | None:
        """By a name behind a dash."""
        draft = _dashed(self.quotes, self.quotes.parts[n], self.gaps(n)[1])
        if draft is not None:
            self.drafts.append(draft)
        return draft

    def another(self, n: int) -> bool:
        """Whether a verb of speech with a subject of its own follows in the quotation's sentence."""
        quotes, end = self.quotes, self.quotes.parts[n][1]
        if quotes.text[max(0, end - 3) : end].rstrip("”\"'’ ")[-1:] not in (",", "?", "!"):
            return False
        until = self.gaps(n)[1]
        stop = SENTENCE_END.search(quotes.text, end, until)
        heads = _among(quotes, self.heads, end, stop.end() if stop else until)
        return any(own_subject(relayed(quotes.doc[i]) or quotes.doc[i]) is not None for i in heads)

    def going_on(self, n: int) -> Draft | None:
        """By the cue of the quotation before it in the paragraph."""
        if self.another(n):
            return None
        if self.last is None or self.last.carried or n == 0 or self.gaps(n)[0] != self.last_end or self.block_of[n - 1] != self.block_of[n]:
            return None
        self.last.content = merged([*self.last.content, self.quotes.parts[n]])
        return self.last

    def carried(self, n: int) -> Draft | None:
        """By nobody, but it stands alone behind somebody's words."""
        quotes, (start, end) = self.quotes, self.quotes.parts[n]
        block = quotes.parsed.blocks[self.block_of[n]]
        at = bisect.bisect_left(self.carriers, (start, -1)) - 1
        first = block.start
        if block.start >= start - 1 and self.block_of[n] > 0:  # a paragraph of its own: the one before may say whose
            first = quotes.parsed.blocks[self.block_of[n] - 1].start
        before = self.by_head.get(self.carriers[at][1]) if at >= 0 and self.carriers[at][0] >= first else None
        if before is None and self.last is not None and block.start >= start - 1 and _adjacent(quotes, self.last, self.block_of[n]):
            before = self.last
        if before is None or before.source_span is None or self.another(n) or not _alone(quotes, start, end, block.start, block.end):
            return None
        draft = Draft("attribution.quote_carried", before.head, SAID, before.source, before.source_span, [], [(start, end)], carried=True)
        self.drafts.append(draft)
        return draft


def _carries(draft: Draft, quotes: Quotes) -> bool:
    return bool(draft.cue) and not draft.use.weak and draft.rule in CARRIERS and quotes.at(draft.cue[0][0]) is None


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


def _cue(quotes: Quotes, heads: list[int], part: Chars, gaps: Chars) -> int | None:
    """The verb that introduces a quotation, in the unquoted text from ``gaps`` on either side of it."""
    (start, end), (low, high), text = part, gaps, quotes.text
    before = text[low:start]
    cut = max((m.end() for m in SENTENCE_END.finditer(text[low : start + 1])), default=0)
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


def _direct(quotes: Quotes, verb: Token, cue: Cue, content: Chars) -> Draft | None:
    use = cue.frames["quote"]
    if is_passive(verb):
        return None
    source = subject(verb) or _left_of(verb, quotes.token(content[1])) or _inverted(verb) or run_after(verb)
    if source is None or source.dep_ == "expl":
        return None
    return Draft("attribution.quote_cue", verb.i, use, source.i, source_chars(source), spans(verb.doc, [cue_range(verb)]), [content])


def _inverted(verb: Token) -> Token | None:
    """The subject behind a cue that the parser took for an object."""
    return next((c for c in verb.children if c.dep_ in ("dobj", "attr", "npadvmod", "dative") and c.i > verb.i and c.pos_ in ("PROPN", "NOUN", "PRON")), None)


def _left_of(verb: Token, start: int) -> Token | None:
    """The noun phrase between a quotation and its cue that the parser did not see as the subject (*“…,” Ms. Osei, whose party won, told reporters*)."""
    doc, found = verb.doc, None
    for i in range(start, verb.i):
        if doc[i].pos_ in ("PROPN", "NOUN", "PRON"):
            found = doc[i]
        elif found is not None or (doc[i].pos_ not in ("DET", "ADJ", "NUM", "PUNCT", "SPACE", "PART") and doc[i].tag_ not in ("VBG", "VBN", "HYPH")):
            break
    return found


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
