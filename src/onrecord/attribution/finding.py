"""Every attribution of an article: cues from the parse, quotations, then who speaks and what lies in what."""

from __future__ import annotations

import dataclasses
import re

from onrecord.attribution.draft import Chars, Draft, source_chars
from onrecord.attribution.head import Head
from onrecord.attribution.lexicon import ACCORDING, Cue, Lexicon
from onrecord.attribution.linking import linked
from onrecord.attribution.nominals import of_according, of_adjective, of_noun
from onrecord.attribution.plausible import implausible
from onrecord.attribution.quoted import Quotes, merged, of_quotes
from onrecord.attribution.speakers import Voices
from onrecord.attribution.surface import of_lines, of_sentence_ends
from onrecord.attribution.syntax import beside, is_passive, relays, turn
from onrecord.attribution.verbs import of_verb
from onrecord.encoder import States
from onrecord.parse import Parsed
from onrecord.records import WORDS_OF, Attribution, AttributionKind, Cast, finding_id

REPORTING = frozenset(f"attribution.{rule}" for rule in ("verb_clause", "quote_cue", "parenthesis", "according_to", "colon", "post", "as_clause"))
UTTERED, DIRECTED, HELD, WEAK, CARRIED = 0.9, 0.65, 0.5, 0.35, 0.6
"""Confidence: words reported in a clause or a quotation; an act of speech with its object (*urged X to*); what somebody
believes, wants, praises or opposes; a cue that only sometimes attributes; a quotation that goes on without a cue."""
OWN = frozenset({"i", "we", "me", "us", "you"})
JOINER = re.compile(r"[\s,;]*\b(?:and|but|then|also|or)?[\s,]*(?:also|then|later)?\s*$")


def find(parsed: Parsed, cast: Cast, *, lexicon: Lexicon, states: States | None = None, head: Head | None = None) -> tuple[Attribution, ...]:
    """Who says what in an article.

    Args:
        parsed: the parsed article.
        cast: its actors; a source that none of them is keeps its own words as the speaker's name.
        lexicon: the room's lexicon.
        states: the encoder's states of the article; without them the rules decide alone.
        head: the attribution head that reads them.

    Returns:
        The attributions in order of their cues. An attribution inside another's content names it as its
        ``parent``. One without a source (*it was reported that*) has no source spans. ``confidence`` is at
        least 0.6 where somebody utters the content and below where they hold it (belief, wish, praise).
    """
    quotes = Quotes(parsed)
    drafts = propose(parsed, cast, quotes, lexicon=lexicon)
    if states is not None and head is not None:
        drafts = linked(parsed, drafts, quotes, states=states, head=head, lexicon=lexicon, sure=[is_sure(d, quotes, lexicon) for d in drafts])
    return _records(parsed, cast, quotes, drafts, lexicon)


def propose(parsed: Parsed, cast: Cast, quotes: Quotes, *, lexicon: Lexicon) -> list[Draft]:
    """What the rules find: cues of the parse, lines, ends of sentences, and quotations with their cues."""
    drafts, introducers = _from_parse(parsed, quotes, lexicon)
    drafts = [d for d in drafts if not implausible(d, parsed.doc, cast, lexicon)]
    _end_before_joined(parsed, drafts)
    _end_before_other_speakers(parsed, drafts, lexicon)
    drafts += of_lines(parsed, quotes, lexicon)
    drafts += of_sentence_ends(parsed, drafts, introducers)
    for draft in drafts:
        quotes.snap(draft)
    drafts = of_quotes(quotes, drafts, {i: c for i, c in introducers.items() if parsed.doc[i].pos_ in ("VERB", "AUX")})
    for draft in drafts:
        _outside(parsed, quotes, draft)
    return _distinct(drafts, quotes)


def is_sure(draft: Draft, quotes: Quotes, lexicon: Lexicon) -> bool:
    """Whether a draft attributes words, not only an attitude."""
    return _confidence(draft, _kind(draft.content, quotes), lexicon) >= WORDS_OF


def _from_parse(parsed: Parsed, quotes: Quotes, lexicon: Lexicon) -> tuple[list[Draft], dict[int, Cue]]:
    """What the parse shows, and the words by token index that may introduce a quotation."""
    doc = parsed.doc
    drafts: list[Draft] = []
    introducers: dict[int, Cue] = {}
    for i, form in enumerate(doc.to_array("LOWER").tolist()):
        if form == ACCORDING:
            according = of_according(doc[i])
            if according is not None:
                drafts.append(according)
            continue
        cues = lexicon.cues.get(form)
        if cues is None:
            continue
        token = doc[i]
        tag = token.tag_
        if relays(token) and is_passive(token):  # the verb of speech behind it is the cue
            continue
        found = None
        for cue in cues:
            if cue.word_class == "verb" and (tag.startswith("VB") or tag == "MD"):
                found = of_verb(token, cue, lexicon)
            elif cue.word_class == "noun" and tag in ("NN", "NNS", "NNP"):
                found = of_noun(token, cue, lexicon)
            elif cue.word_class == "adjective" and tag in ("JJ", "VBN"):
                found = of_adjective(token, cue)
            if cue.word_class == "verb" and "quote" in cue.frames and cue.particle is None and _introduces(quotes, i, tag):
                introducers.setdefault(i, cue)
            if found is not None:
                drafts.append(found)
                break
    return _without_carriers(parsed, drafts), introducers


def _introduces(quotes: Quotes, i: int, tag: str) -> bool:
    """Whether a word may introduce a quotation; *report* and *comment* are often taken for nouns at a sentence's end."""
    if tag.startswith("VB") or tag == "MD":
        return quotes.at(quotes.offsets[i]) is None
    return tag in ("NN", "NNS") and i + 1 < len(quotes.doc) and quotes.doc[i + 1].text in (".", ",") and quotes.at(quotes.offsets[i]) is None


def _without_carriers(parsed: Parsed, drafts: list[Draft]) -> list[Draft]:
    """*Voiced support for* is one attribution, the noun's."""
    light = [d for d in drafts if d.why == ["light_verb"]]
    sources = {d.source for d in light}
    carriers = {parsed.doc[d.head].head.i for d in light}
    return [d for d in drafts if d.head not in carriers or d.rule != "attribution.verb_object" or d.source not in sources]


def _end_before_joined(parsed: Parsed, drafts: list[Draft]) -> None:
    """End a content before *and said*, which is joined to its cue and not to it."""
    by_head = {d.head: d for d in drafts}
    text = parsed.text
    for draft in drafts:
        within = by_head.get(draft.outer) if draft.outer is not None else None
        if within is None or not draft.cue:
            continue
        at = draft.cue[0][0]
        kept = [(s, s + len(JOINER.sub("", text[s : min(e, at)]))) for s, e in within.content if s < at]
        within.content = [(s, e) for s, e in kept if s < e] or within.content


def _end_before_other_speakers(parsed: Parsed, drafts: list[Draft], lexicon: Lexicon) -> None:
    """End a content before *…, and the EU said* or *…, with Berlin saying*, where somebody else begins to speak."""
    doc, text = parsed.doc, parsed.text
    speaking = [d for d in drafts if d.rule == "attribution.verb_clause" and not d.use.weak and lexicon.classes[d.use.cue_class].speech == "yes"]
    starts = [(at, d) for d in speaking if (at := turn(doc[d.head])) is not None]
    for at, other in starts:
        for draft in drafts:
            if draft is other or draft.rule not in TURNED or not draft.cue or draft.cue[0][0] >= doc[at].idx or doc[draft.head].sent != doc[at].sent:
                continue
            if not any(s < doc[at].idx < e for s, e in draft.content):
                continue
            cut = [(s, s + len(text[s : min(e, doc[at].idx)].rstrip(" ,;\n—–-"))) for s, e in draft.content if s < doc[at].idx]
            draft.content = [c for c in cut if c[0] < c[1]] or draft.content


TURNED = frozenset({"attribution.verb_clause", "attribution.verb_infinitive", "attribution.verb_object", "attribution.noun"})


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


def _distinct(drafts: list[Draft], quotes: Quotes) -> list[Draft]:
    """One draft for a cue, none that says nothing, none of a speaker's own wishes inside their own quotation."""
    seen: set[object] = set()
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.cue[0] if d.cue else d.content[0], d.rule)):
        draft.content = merged([c for c in draft.content if c[0] < c[1]])
        if not draft.content:
            continue
        if draft.source_span is not None and draft.cue and quotes.at(draft.cue[0][0]) is not None:
            who = quotes.text[draft.source_span[0] : draft.source_span[1]].lower()
            if who in OWN:
                continue
        key: object = draft.cue[0] if draft.cue else tuple(draft.content)
        if key not in seen:
            seen.add(key)
            out.append(draft)
    return out


def _records(parsed: Parsed, cast: Cast, quotes: Quotes, drafts: list[Draft], lexicon: Lexicon) -> tuple[Attribution, ...]:
    article = parsed.article
    voices = Voices(parsed, cast, lexicon, quotes)
    made: dict[str, Attribution] = {}
    for draft in drafts:
        source = (article.span(*draft.source_span),) if draft.source_span is not None else ()
        content = tuple(article.span(*c) for c in draft.content)
        cue = tuple(article.span(*c) for c in draft.cue)
        speaker, channel = voices.of(draft)
        kind = _kind(draft.content, quotes)
        found = Attribution(
            id=finding_id("at", article.id, kind, (*cue, *content), [s.text for s in source]),
            kind=kind,
            source=source,
            cue=cue,
            content=content,
            speaker=speaker,
            channel=channel,
            cue_class=draft.use.cue_class,
            confidence=_confidence(draft, kind, lexicon),
            reason="|".join(dict.fromkeys([draft.rule, *draft.why])),
        )
        made.setdefault(found.id, found)
    return _nested(list(made.values()))


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
    inside = sum(quotes.covered(s, e) for s, e in content)
    share = inside / size if size else 0.0
    return "direct" if share >= 0.8 else "mixed" if share >= 0.15 else "indirect"


def _nested(made: list[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with the smallest other whose content holds their cue as parent."""
    sizes = [sum(s.end - s.start for s in a.content) for a in made]
    opened = sorted((s.start, -s.end, n) for n, a in enumerate(made) for s in a.content)
    spots = [((a.cue or a.content)[0].start, (a.cue or a.content)[0].end) for a in made]
    parents: dict[int, int] = {}
    active: list[tuple[int, int]] = []
    at = 0
    for n in sorted(range(len(made)), key=lambda k: spots[k]):
        start, end = spots[n]
        while at < len(opened) and opened[at][0] <= start:
            active.append((-opened[at][1], opened[at][2]))
            at += 1
        active = [(until, m) for until, m in active if until > start]
        holders = [m for until, m in active if until >= end and m != n and (made[n].cue or sizes[m] > sizes[n]) and not _holds(made[n], made[m])]
        if holders:
            parents[n] = min(holders, key=lambda m: (sizes[m], m))
    return tuple(dataclasses.replace(a, parent=made[parents[n]].id) if n in parents else a for n, a in enumerate(made))


def _holds(one: Attribution, other: Attribution) -> bool:
    return bool(other.cue) and one.covers(other.cue[0].start, other.cue[0].end)
