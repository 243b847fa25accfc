"""Windows of consecutive sentences: what the encoder reads at once, every sentence in one window."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.encoder.features import Words

Range = tuple[int, int]
"""Word numbers, end exclusive."""
LEAST = 0.6
"""How full a window must be before it ends at a paragraph's end."""


def windows(words: Words, pieces: Sequence[int], *, most: int, wanted: frozenset[int] | None = None) -> list[Range]:
    """Cut words into windows.

    Args:
        words: the words of an article.
        pieces: how many word pieces each word has.
        most: how many pieces a window holds at most; a longer sentence is cut.
        wanted: the numbers of the sentences to read; None for all. A window holds no gap.

    Returns:
        Ranges of words in order. A window ends with a paragraph where that leaves it more than
        :data:`LEAST` full and no quotation open, else with a sentence.
    """
    units = _units(words, pieces, most)
    kept = [wanted is None or int(words.sentences[first]) in wanted for first, _ in units]
    out: list[Range] = []
    at = 0
    while at < len(units):
        if not kept[at]:
            at += 1
            continue
        size, last, best = 0, at, -1
        while last < len(units) and kept[last] and size + units[last][1] <= most:
            size += units[last][1]
            last += 1
            whole = last == len(units) or words.blocks[units[last][0]] != words.blocks[units[last][0] - 1]
            if whole and size >= LEAST * most and not _goes_on(words, units, last):
                best = last
        if last < len(units) and kept[last] and best > at:
            last = best
        last = max(last, at + 1)  # a word that no window holds has one of its own
        out.append((units[at][0], units[last][0] if last < len(units) else len(words.texts)))
        at = last
    return out


def _goes_on(words: Words, units: list[tuple[int, int]], last: int) -> bool:
    """Whether a quotation is open between two units."""
    if last == len(units):
        return False
    first = units[last][0]
    return bool(words.quotations[first] >= 0 and words.quotations[first] == words.quotations[first - 1])


def _units(words: Words, pieces: Sequence[int], most: int) -> list[tuple[int, int]]:
    """The first word and the size of each sentence, long ones in parts."""
    out: list[tuple[int, int]] = []
    sentence = -1
    for n, size in enumerate(pieces):
        if words.sentences[n] != sentence or out[-1][1] + size > most:
            sentence = int(words.sentences[n])
            out.append((n, 0))
        out[-1] = (out[-1][0], out[-1][1] + size)
    return out
