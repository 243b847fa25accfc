"""Quotations: what stands between quotation marks, over several paragraphs where they go on.

Marks are read by shape and position, not by counting, so that one stray or missing mark costs one
quotation and not the rest of the article. A quotation that is not closed in its paragraph goes on in
the next where that one opens with a mark again (the custom of English papers), and ends with its
paragraph otherwise.
"""

from __future__ import annotations

import dataclasses
import re

from onrecord.parse.layout import Block

PAIRS = {"“": "”", "”": "”", "«": "»", "„": "“”", "‘": "’"}
MARK = re.compile(r"''|``|[“”„«»\"‘’´`ʹ']")
MAX_SINGLE = 600
DEEPEST = 6


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One quotation. ``start`` is its opening mark's offset, ``end`` is behind its closing mark.

    ``parts`` are the pieces between the marks, one a paragraph. ``closed`` says whether a closing mark was
    found; ``depth`` is 0 outside any other quotation.
    """

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]
    closed: bool
    depth: int = 0


@dataclasses.dataclass(slots=True)
class _Open:
    mark: str
    start: int
    inner: int
    parts: list[tuple[int, int]]


def quotations(text: str, blocks: tuple[Block, ...]) -> tuple[Quotation, ...]:
    """The quotations of a text, in order of their opening marks.

    Args:
        text: the article's text.
        blocks: its layout.
    """
    out: list[Quotation] = []
    carried: _Open | None = None
    for block in blocks:
        marks = list(MARK.finditer(text, block.start, block.end))
        stack: list[_Open] = []
        skip_first = False
        if carried is not None:
            if marks and marks[0].start() == block.start and _same_mark(marks[0].group(), carried.mark):
                carried.inner = marks[0].end()
                stack.append(carried)
                skip_first = True
            else:
                out.append(Quotation(start=carried.start, end=carried.parts[-1][1], parts=tuple(carried.parts), closed=False))
            carried = None
        for mark in marks[skip_first:]:
            _step(text, block, mark, stack, out)
        if stack and stack[0].mark not in ("'", "‘", "’", "´", "`", "ʹ"):
            first = stack[0]
            if first.inner < block.end:
                first.parts.append((first.inner, block.end))
            if first.parts:
                carried = first
    if carried is not None:
        out.append(Quotation(start=carried.start, end=carried.parts[-1][1], parts=tuple(carried.parts), closed=False))
    return tuple(sorted(out, key=lambda q: (q.start, -q.end)))


def _step(text: str, block: Block, mark: re.Match[str], stack: list[_Open], out: list[Quotation]) -> None:
    sign, start, end = mark.group(), mark.start(), mark.end()
    if stack and _starts_anew(text, block, stack[-1], sign, start, end):
        # the one before was never closed: it ends with the sentence it stands in
        unfinished = stack.pop()
        unfinished.parts.append((unfinished.inner, len(text[:start].rstrip())))
        out.append(Quotation(start=unfinished.start, end=unfinished.parts[-1][1], parts=tuple(unfinished.parts), closed=False, depth=len(stack)))
    for depth in range(len(stack) - 1, -1, -1):
        if _closes(text, block, stack[depth], sign, start, end):
            opened = stack[depth]
            if opened.inner < start:
                opened.parts.append((opened.inner, start))
            del stack[depth:]
            if opened.parts:
                out.append(Quotation(start=opened.start, end=end, parts=tuple(opened.parts), closed=True, depth=depth))
            return
    if len(stack) < DEEPEST and _opens(text, block, sign, start, end):
        stack.append(_Open(sign, start, end, []))


def _starts_anew(text: str, block: Block, opened: _Open, sign: str, start: int, end: int) -> bool:
    """Whether a straight mark opens although its like is open: behind a full sentence and a space, before a capital (*…informed. "It is good*)."""
    if opened.mark not in ('"', "``", "''") or sign not in ('"', "``", "''") or not block.start < start < end < block.end:
        return False
    before = text[opened.inner : start].rstrip()
    return text[start - 1].isspace() and text[end].isupper() and before[-1:] in (".", "!", "?") and len(before) > 1


def _opens(text: str, block: Block, sign: str, start: int, end: int) -> bool:
    before = text[start - 1] if start > block.start else " "
    after = text[end] if end < block.end else " "
    if sign == "”" and start == block.start and after.isalnum():  # a closing mark typed for an opening one
        return text.find("”", end, block.end) > 0
    if sign in ("”", "»", "’", "´", "ʹ"):
        return False
    if after.isspace():
        return False
    if sign in ("“", "„", "«", "``"):
        return True
    free_before = before.isspace() or before in "([{—–―-:\"'“‘,/"
    if sign in ("'", "‘", "`"):  # an apostrophe, unless it stands before a word and a partner follows
        return free_before and (after.isalnum() or after in '"“[(') and _single_partner(text, end, block.end)
    return free_before


def _single_partner(text: str, start: int, end: int) -> bool:
    for m in re.compile(r"['’´](?!\w)").finditer(text, start, min(end, start + MAX_SINGLE)):
        before = text[m.start() - 1]
        if before in ".,!?…;:" or before.isalnum():
            return True
    return False


def _closes(text: str, block: Block, opened: _Open, sign: str, start: int, end: int) -> bool:
    before = text[start - 1] if start > block.start else " "
    after = text[end] if end < block.end else " "
    if opened.mark in ("'", "‘", "`"):
        if sign not in ("'", "’", "´", "ʹ") or after.isalnum():
            return False
        # a plural genitive (the rebels' demands) closes nothing while a better partner follows
        genitive = before == "s" and after == " " and end + 1 < block.end and text[end + 1].islower()
        return not (genitive and _single_partner(text, end, block.end))
    if opened.mark in PAIRS:
        return sign in PAIRS[opened.mark] or (sign == '"' and opened.mark == "“" and not before.isspace())
    if opened.mark in ("''", "``"):
        return sign in ("''", '"') and not before.isspace()
    if opened.mark == '"':
        return sign in ('"', "”", "''") and (not before.isspace() or after.isspace() or not after.isalnum())
    return False


def _same_mark(sign: str, opened: str) -> bool:
    return sign == opened or {sign, opened} <= {'"', "“", "”"} or {sign, opened} <= {"''", "``", '"'}
