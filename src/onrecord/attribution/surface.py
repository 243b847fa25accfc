"""What the parse doesn't show: lines with a name and a colon, posts with a handle, *…, the agency said.*"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.attribution.draft import Draft, spans
from onrecord.attribution.lexicon import Cue, Lexicon, Use
from onrecord.attribution.quoted import Quotes
from onrecord.parse import Parsed

_NAME = r"(?:[A-Z][\w.'’\-]*|of|the|de|al)"
COLON = re.compile(rf"(?P<who>{_NAME}(?:[ ](?:{_NAME}|and|&)){{0,6}}(?:[ ]?\([^)\n]{{1,30}}\))?)(?P<cue>:)\s+(?=\S)")
POST = re.compile(r"\s*(?P<cue>[—–―-]{1,2})\s*(?P<who>[^—–―@()\n]{1,60}\(@\w{1,30}\))[^\n]{0,30}$")
SAID = Use("quote", "say", False)
NOMINAL = ("NOUN", "PROPN", "PRON")
PHRASE = frozenset({*NOMINAL, "DET", "ADJ", "NUM", "PART", "AUX", "ADV", "ADP"})
LONGEST = 9
"""Words of a source in front of *said*."""


def of_lines(parsed: Parsed, quotes: Quotes, lexicon: Lexicon) -> list[Draft]:
    """Lines that open with a name and a colon (transcripts, headlines) and posts signed with a handle."""
    out: list[Draft] = []
    for block in parsed.blocks:
        if block.kind not in ("body", "headline"):
            continue
        found = COLON.match(parsed.flat, block.start, block.end)
        if found is not None and found.end() < block.end and found.group("who").lower() not in lexicon.lists["label"]:
            head = max(0, quotes.token(found.end("who")) - 1)
            out.append(Draft("attribution.colon", head, SAID, head, found.span("who"), [found.span("cue")], [(found.end(), block.end)]))
        if block.kind == "body" and parsed.flat.find("(@", block.start, block.end) > 0:
            found = POST.search(parsed.flat, block.start, block.end)
            if found is not None and found.start() > block.start:
                head = min(quotes.token(found.start("who")), len(parsed.doc) - 1)
                out.append(Draft("attribution.post", head, SAID, head, found.span("who"), [found.span("cue")], [(block.start, found.start())]))
    return out


def of_sentence_ends(parsed: Parsed, drafts: list[Draft], introducers: dict[int, Cue]) -> list[Draft]:
    """*…, the agency said.* where the parser saw no content: what stands before the comma is."""
    doc = parsed.doc
    taken = {d.head for d in drafts}
    out: list[Draft] = []
    for i, cue in introducers.items():
        use = cue.frames.get("that") or cue.frames["quote"]
        follower = doc[i + 1].text if i + 1 < len(doc) else "."
        if i in taken or use.weak or follower not in (".", ",", "!", "?", ";"):
            continue
        sent = doc[i].sent
        start = i
        while start > sent.start and i - start < LONGEST and doc[start - 1].pos_ in PHRASE:
            start -= 1
        source = _named(doc[start:i])
        if source is None or start <= sent.start or doc[start - 1].text != "," or start - sent.start < 4:
            continue
        ranges = [(sent.start, start - 1)] + ([(i + 2, sent.end)] if follower == "," and sent.end - i > 5 else [])
        content = spans(doc, ranges)
        if content:
            where = (doc[start].idx, doc[i - 1].idx + len(doc[i - 1].text))
            out.append(Draft("attribution.parenthesis", i, use, source.i, where, [(doc[i].idx, doc[i].idx + len(doc[i].text))], content))
    return out


def _named(words: Iterable[Token]) -> Token | None:
    """The head of the noun phrase that some words end in."""
    tokens = list(words)
    source = next((t for t in reversed(tokens) if t.pos_ in NOMINAL), None)
    if source is None or source.lower_ in ("which", "who", "that"):
        return None
    first = tokens[0].i
    while source.dep_ in ("pobj", "prep", "poss") and first <= source.head.i < source.i:
        source = source.head
    return source
