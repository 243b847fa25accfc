"""Labelled text of our own: ``TEMPLATE | text with {s1:source} {c1:cue} {t1:content}`` → rows with character offsets.

One example a line; ``¶`` is a paragraph break; the digits name the relations that a piece belongs to.
"""

from __future__ import annotations

import collections
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PIECE = re.compile(r"\{([sct])(\d+):([^{}]*)\}")
ROLES = {"s": "source", "c": "cue", "t": "content"}
MOST = 5
"""Examples of one template at most."""


class MarkedError(ValueError):
    """A line that can't be read: names file and line."""


Row = dict[str, Any]


def rows(path: Path) -> Iterator[Row]:
    """The examples of a file: ``{id, template, text, attributions}``.

    Raises:
        MarkedError: a brace without a label, a relation without a cue or content, or too many of one template.
    """
    yield from examples(path, "attributions", read)


def examples(path: Path, kind: str, read: Callable[[str], tuple[str, list[Any]]]) -> Iterator[Row]:
    """The examples of a file whose marks a function reads: ``{id, template, text, kind: what the marks make}``.

    Raises:
        MarkedError: a line has no template, there are too many of one, or the marks can't be read; names file and line.
    """
    seen: collections.Counter[str] = collections.Counter()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        template, bar, marked = line.partition("|")
        template = template.strip()
        if not bar:
            raise MarkedError(f"{path}, line {number}: no template before a bar")
        seen[template] += 1
        if seen[template] > MOST:
            raise MarkedError(f"{path}, line {number}: more than {MOST} examples of template {template}")
        try:
            text, found = read(marked.strip())
        except MarkedError as error:
            raise MarkedError(f"{path}, line {number}: {error}") from None
        yield {"id": f"{path.stem}-{number}", "template": f"{path.stem}-{template}", "text": text, kind: found}


def read(marked: str) -> tuple[str, list[dict[str, list[list[int]]]]]:
    """Plain text and the attributions that the marks make.

    >>> read("{s1:Chad} {c1:said} {t1:no}.")
    ('Chad said no.', [{'source': [[0, 4]], 'cue': [[5, 9]], 'content': [[10, 12]]}])
    """
    marked = re.sub(r"\s*¶\s*", "\n\n", marked)
    text, at = "", 0
    found: dict[str, dict[str, list[list[int]]]] = {}
    for piece in PIECE.finditer(marked):
        text += marked[at : piece.start()]
        role, relations, words = piece.groups()
        if not words.strip():
            raise MarkedError("an empty piece")
        span = [len(text), len(text) + len(words)]
        for relation in relations:
            found.setdefault(relation, {"source": [], "cue": [], "content": []})[ROLES[role]].append(span)
        text += words
        at = piece.end()
    text += marked[at:]
    if "{" in text or "}" in text:
        raise MarkedError(f"a brace without a label in {text!r}")
    for relation, roles in found.items():
        if len(roles["cue"]) != 1 or not roles["content"]:
            raise MarkedError(f"relation {relation} wants one cue and content")
    return text, [found[k] for k in sorted(found)]
