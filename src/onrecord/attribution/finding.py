"""Every attribution of an article: cues from the parse, quotations, then who speaks and what lies in what."""

from __future__ import annotations

import re

from onrecord.attribution.draft import Chars, Draft, source_chars, spans
from onrecord.attribution.lexicon import Cue, Lexicon, Use
from onrecord.attribution.nominals import of_according, of_adjective, of_noun
from onrecord.attribution.quoted import Quotes, merged, of_quotes
from onrecord.attribution.speakers import Voices
from onrecord.attribution.syntax import beside
from onrecord.attribution.verbs import of_verb
from onrecord.parse import Parsed
from onrecord.records import Attribution, AttributionKind, Cast, finding_id

COLON = re.compile(r"(?P<who>(?:[A-Z][\w.'’\-]*|of|the|de|al)(?:[ ](?:[A-Z][\w.'’\-]*|of|the|de|al|and|&)){0,6}(?:[ ]?\([^)\n]{1,30}\))?)(?P<cue>:)\s+(?=\S)")
OWN = frozenset({"i", "we", "me", "us", "you"})
REPORTING = frozenset({"attribution.verb_clause", "attribution.quote_cue", "attribution.parenthesis", "attribution.according_to", "attribution.colon", "attribution.post", "attribution.as_clause"})
UTTERED, DIRECTED, HELD, WEAK, CARRIED = 0.9, 0.65, 0.5, 0.35, 0.6
"""Confidence: words reported in a clause or a quotation; an act of speech with its object (*urged X to*); what somebody
believes, wants, praises or opposes; a cue that only sometimes attributes; a quotation that goes on without a cue."""


def find(parsed: Parsed, cast: Cast, *, lexicon: Lexicon) -> tuple[Attribution, ...]:
    """Who says what in an article.

    Args:
        parsed: the parsed article.
        cast: its actors; a source that none of them is keeps its own words as the speaker's name.
        lexicon: the room's lexicon.

    Returns:
        The attributions in order of their cues. An attribution inside another's content names it as its
        ``parent``. One without a source (*it was reported that*) has no source spans.
    """
    quotes = Quotes(parsed)
    drafts, introducers = _from_parse(parsed, quotes, lexicon)
    drafts += _colons(parsed, quotes, lexicon)
    _end_before_joined(parsed, drafts)
    drafts += _tweets(parsed, quotes) + _trailing(parsed, quotes, drafts, introducers)
    for draft in drafts:
        quotes.snap(draft)
    drafts = of_quotes(quotes, drafts, {i: c for i, c in introducers.items() if parsed.doc[i].pos_ in ("VERB", "AUX")})
    for draft in drafts:
        _outside(parsed, quotes, draft)
    return _records(parsed, cast, quotes, _distinct(drafts, quotes), lexicon)


def _from_parse(parsed: Parsed, quotes: Quotes, lexicon: Lexicon) -> tuple[list[Draft], dict[int, Cue]]:
    doc = parsed.doc
    drafts: list[Draft] = []
    introducers: dict[int, Cue] = {}
    for i, form in enumerate(doc.to_array("LOWER").tolist()):
        cues = lexicon.cues.get(form)
        if cues is None:
            continue
        token = doc[i]
        tag = token.tag_
        found = None
        for cue in cues:
            if cue.word_class == "verb" and (tag.startswith("VB") or tag in ("MD",)):
                found = of_verb(token, cue, lexicon)
                if "quote" in cue.frames and cue.particle is None and quotes.at(token.idx) is None:
                    introducers[i] = cue
            elif cue.word_class == "verb" and "that" in cue.frames and "quote" in cue.frames and cue.particle is None and tag in ("NN", "NNS") and i + 1 < len(doc) and doc[i + 1].text in ".,":
                introducers.setdefault(i, cue)
            elif cue.word_class == "noun" and tag in ("NN", "NNS", "NNP"):
                found = of_noun(token, cue, lexicon)
            elif cue.word_class == "adjective" and tag in ("JJ", "VBN"):
                found = of_adjective(token, cue, lexicon)
            if found is not None:
                drafts.append(found)
                break
    carried = {d.source for d in drafts if d.why == ["light_verb"]}
    carriers = {parsed.doc[d.head].head.i for d in drafts if d.why == ["light_verb"]}
    drafts = [d for d in drafts if d.head not in carriers or d.rule != "attribution.verb_object" or d.source not in carried]
    drafts += [d for t in _according(doc) if (d := of_according(t)) is not None]
    return drafts, introducers


def _according(doc):  # type: ignore[no-untyped-def]
    key = doc.vocab.strings["according"] if "according" in doc.vocab.strings else None
    return [doc[i] for i, form in enumerate(doc.to_array("LOWER").tolist()) if form == key] if key else []


def _colons(parsed: Parsed, quotes: Quotes, lexicon: Lexicon) -> list[Draft]:
    """Lines that open with a name and a colon: transcripts and headlines."""
    out: list[Draft] = []
    for block in parsed.blocks:
        if block.kind not in ("body", "headline"):
            continue
        found = COLON.match(parsed.text, block.start, block.end)
        if found is None or found.end() >= block.end:
            continue
        start, end = found.span("who")
        if found.group("who").lower() in lexicon.lists["label"]:
            continue
        i = quotes.token(end)
        content = (found.end(), block.end)
        out.append(Draft("attribution.colon", max(0, i - 1), Use("quote", "say", False), max(0, i - 1), (start, end), [found.span("cue")], [content]))
    return out


def _outside(parsed: Parsed, quotes: Quotes, draft: Draft) -> None:
    """Take a source from beside the cue where the parser found it inside the quotation that the cue introduces."""
    if draft.source_span is None or not draft.cue or draft.carried:
        return
    inside = quotes.at(draft.source_span[0])
    if inside is None or quotes.at(draft.cue[0][0]) is not None or inside[1] - inside[0] <= draft.source_span[1] - draft.source_span[0] + 2:
        return
    source = beside(parsed.doc[draft.head])
    if source is not None and quotes.at(source.idx) is None:
        draft.source, draft.source_span = source.i, source_chars(source)
        if draft.source_span is not None and quotes.at(draft.source_span[0]) is not None:
            draft.source_span = (source.idx, source.idx + len(source.text))


def _end_before_joined(parsed: Parsed, drafts: list[Draft]) -> None:
    """End a content before *and said*, which is joined to its cue and not to it."""
    by_head = {d.head: d for d in drafts}
    for draft in drafts:
        within = by_head.get(draft.outer) if draft.outer is not None else None
        if within is None or not draft.cue:
            continue
        at = draft.cue[0][0]
        kept = [(s, min(e, at)) for s, e in within.content if s < at]
        text = parsed.text
        within.content = [(s, s + len(JOINER.sub("", text[s:e]))) for s, e in kept if JOINER.sub("", text[s:e])] or within.content


JOINER = re.compile(r"[\s,;]*\b(?:and|but|then|also|or)?[\s,]*(?:also|then|later)?\s*$")
TWEET = re.compile(r"\s*(?P<cue>[—–―-]{1,2})\s*(?P<who>[^—–―@()]{1,60}\(@\w{1,30}\))[^\n]{0,30}$")


def _tweets(parsed: Parsed, quotes: Quotes) -> list[Draft]:
    """A post with its author and their handle behind a dash."""
    out: list[Draft] = []
    for block in parsed.blocks:
        if block.kind != "body" or "(@" not in parsed.text[block.start : block.end]:
            continue
        found = TWEET.search(parsed.text, block.start, block.end)
        if found is None or found.start() <= block.start:
            continue
        i = quotes.token(found.start("who"))
        out.append(Draft("attribution.post", max(0, i), Use("quote", "say", False), max(0, i), found.span("who"), [found.span("cue")], [(block.start, found.start())]))
    return out


def _trailing(parsed: Parsed, quotes: Quotes, drafts: list[Draft], introducers: dict[int, Cue]) -> list[Draft]:
    """*…, the agency said.* where the parser saw no content: the sentence before the comma is."""
    doc = parsed.doc
    taken = {d.head for d in drafts}
    out: list[Draft] = []
    for i, cue in introducers.items():
        use = cue.frames.get("that") or cue.frames["quote"]
        follower = doc[i + 1].text if i + 1 < len(doc) else "."
        if i in taken or use.weak or follower not in (".", ",", "!", "?", ";"):
            continue
        start = i
        while start > 0 and i - start < 9 and doc[start - 1].pos_ in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "PART", "AUX", "ADV", "ADP") and not doc[start].is_sent_start:
            start -= 1
        sent = doc[i].sent
        source = next((doc[j] for j in range(i - 1, start - 1, -1) if doc[j].pos_ in ("NOUN", "PROPN", "PRON")), None)
        if source is None or start <= sent.start or doc[start - 1].text != "," or start - sent.start < 4 or source.lower_ in ("which", "who", "that"):
            continue
        while source.dep_ in ("pobj", "prep", "poss") and start <= source.head.i < i:
            source = source.head
        ranges = [(sent.start, start - 1)] + ([(i + 2, sent.end)] if follower == "," and sent.end - i > 5 else [])
        where = (doc[start].idx, doc[i - 1].idx + len(doc[i - 1].text))
        out.append(Draft("attribution.parenthesis", i, use, source.i, where, [(doc[i].idx, doc[i].idx + len(doc[i].text))], spans(doc, ranges)))
    return [d for d in out if d.content]


def _distinct(drafts: list[Draft], quotes: Quotes) -> list[Draft]:
    """One draft for a cue, none that says nothing, none of a speaker's own wishes inside their own quotation."""
    seen: set[tuple[object, ...]] = set()
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.cue[0] if d.cue else d.content[0], d.rule)):
        draft.content = merged([c for c in draft.content if c[0] < c[1]])
        if not draft.content:
            continue
        if draft.source_span is not None and draft.cue and quotes.at(draft.cue[0][0]) is not None:
            who = quotes.text[draft.source_span[0] : draft.source_span[1]].lower()
            if who in OWN:
                continue
        key = (draft.cue[0] if draft.cue else None, tuple(draft.content) if not draft.cue else None)
        if key in seen:
            continue
        seen.add(key)
        out.append(draft)
    return out


def _records(parsed: Parsed, cast: Cast, quotes: Quotes, drafts: list[Draft], lexicon: Lexicon) -> tuple[Attribution, ...]:
    article = parsed.article
    voices = Voices(parsed, cast, lexicon)
    made: list[tuple[Draft, Attribution]] = []
    used: set[str] = set()
    for draft in drafts:
        source = (article.span(*draft.source_span),) if draft.source_span is not None else ()
        content = tuple(article.span(*c) for c in draft.content)
        cue = tuple(article.span(*c) for c in draft.cue)
        speaker, channel = voices.of(draft)
        kind = _kind(draft.content, quotes)
        id = finding_id("at", article.id, kind, (*cue, *content), [s.text for s in source])
        if id in used:
            continue
        used.add(id)
        confidence = _confidence(draft, kind, lexicon)
        reason = "|".join([draft.rule, *draft.why])
        made.append((draft, Attribution(id=id, kind=kind, source=source, cue=cue, content=content, speaker=speaker, channel=channel, cue_class=draft.use.cue_class, confidence=confidence, reason=reason)))
    return tuple(_nested(made))


def _confidence(draft: Draft, kind: AttributionKind, lexicon: Lexicon) -> float:
    if draft.carried:
        return CARRIED
    if draft.use.weak:
        return WEAK
    if lexicon.classes[draft.use.cue_class].speech == "no":
        return HELD if kind != "direct" else DIRECTED
    return UTTERED if draft.rule in REPORTING else DIRECTED


def _kind(content: list[Chars], quotes: Quotes) -> AttributionKind:
    size = sum(e - s for s, e in content)
    inside = sum(max(0, min(e, qe) - max(s, qs)) for s, e in content for qs, qe in quotes.parts if qs < e and s < qe)
    share = inside / size if size else 0.0
    return "direct" if share >= 0.8 else "mixed" if share >= 0.15 else "indirect"


def _nested(made: list[tuple[Draft, Attribution]]) -> list[Attribution]:
    import dataclasses

    out: list[Attribution] = []
    sizes = [sum(s.end - s.start for s in a.content) for _, a in made]
    for n, (draft, mine) in enumerate(made):
        best: int | None = None
        spots = [(c.start, c.end) for c in (mine.cue or mine.content[:1])]
        for m, (_, other) in enumerate(made):
            if m == n or sizes[m] <= sizes[n] and not mine.cue:
                continue
            if any(other.covers(*spot) for spot in spots) and (best is None or sizes[m] < sizes[best]) and not (mine.covers(other.cue[0].start, other.cue[0].end) if other.cue else False):
                best = m
        out.append(mine if best is None else dataclasses.replace(mine, parent=made[best][1].id))
    return out
