"""Which sentences can hold an attribution: the encoder reads only these."""

from __future__ import annotations

from onrecord.attribution.lexicon import ACCORDING, Lexicon
from onrecord.parse import Parsed

MARKS = frozenset({'"', ":", "—", "--", "“", "”"})


def matters(parsed: Parsed, *, lexicon: Lexicon) -> frozenset[int]:
    """The numbers of the sentences that hold a cue, a quotation or a mark that may introduce one.

    Args:
        parsed: the article; its sentences are counted as :meth:`Parsed.sentences` gives them.
        lexicon: the room's lexicon.
    """
    forms = parsed.doc.to_array("LOWER").tolist()
    spoken = [(q.start, q.end) for q in parsed.quotations if not q.depth]
    out = []
    at = 0
    for number, (sent, _) in enumerate(parsed.sentences()):
        while at < len(spoken) and spoken[at][1] <= sent.start_char:
            at += 1
        quoted = at < len(spoken) and spoken[at][0] < sent.end_char
        if quoted or any(f in lexicon.cues or f == ACCORDING for f in forms[sent.start : sent.end]) or any(t.text in MARKS for t in sent):
            out.append(number)
    return frozenset(out)
