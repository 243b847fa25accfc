"""Every attribution of an article: cues from the parse, quotations, then who speaks and what lies in what."""

from __future__ import annotations

import re

from onrecord.attribution.draft import Chars, Draft
from onrecord.attribution.lexicon import Cue, Lexicon, Use
from onrecord.attribution.nominals import of_according, of_adjective, of_noun
from onrecord.attribution.quoted import Quotes, merged, of_quotes
from onrecord.attribution.speakers import Voices
from onrecord.attribution.verbs import of_verb
from onrecord.parse import Parsed
from onrecord.records import Attribution, AttributionKind, Cast, finding_id

COLON = re.compile(r"(?P<who>(?:[A-Z][\w.'’\-]*|of|the|de|al)(?:[ ](?:[A-Z][\w.'’\-]*|of|the|de|al|and|&)){0,6}(?:[ ]?\([^)\n]{1,30}\))?)(?P<cue>:)\s+(?=\S)")
OWN = frozenset({"i", "we", "me", "us", "you"})
FIRM, WEAK, CARRIED = 0.8, 0.35, 0.5


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
    for draft in drafts:
        quotes.snap(draft)
    drafts = of_quotes(quotes, drafts, introducers, lexicon)
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
            elif cue.word_class == "noun" and tag in ("NN", "NNS", "NNP"):
                found = of_noun(token, cue, lexicon)
            elif cue.word_class == "adjective" and tag in ("JJ", "VBN"):
                found = of_adjective(token, cue, lexicon)
            if found is not None:
                drafts.append(found)
                break
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
        confidence = CARRIED if draft.carried else WEAK if draft.use.weak else FIRM
        reason = "|".join([draft.rule, *draft.why])
        made.append((draft, Attribution(id=id, kind=kind, source=source, cue=cue, content=content, speaker=speaker, channel=channel, cue_class=draft.use.cue_class, confidence=confidence, reason=reason)))
    return tuple(_nested(made))


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
