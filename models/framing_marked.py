"""Labelled text of our own: ``TEMPLATE | The {se:bombshell} memo was {ev:absurd}.`` → rows with character offsets.

One example a line. A mark is a loaded word or phrase with the code of its category; every loaded word of a
sentence is marked, so an unmarked word is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.marked import MarkedError, Row, examples

PIECE = re.compile(r"\{([a-z]{2}):([^{}]*)\}")
CODES = {
    "de": "delegitimising",
    "dh": "dehumanising",
    "do": "doubt",
    "eu": "euphemism",
    "ev": "evaluative",
    "ho": "honorific",
    "id": "ideological_label",
    "in": "intensifying",
    "le": "legal_status",
    "se": "sensational",
    "vi": "violence_label",
    "vs": "verb_of_saying",
}


def rows(path: Path) -> Iterator[Row]:
    """The examples of a file: ``{id, template, text, terms: [{category, span: [start, end]}]}``.

    Raises:
        MarkedError: an unknown category, an empty mark, or too many of one template.
    """
    yield from examples(path, "terms", read)


def read(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and the terms that the marks make.

    >>> read("A {ev:sordid} affair.")
    ('A sordid affair.', [{'category': 'evaluative', 'span': [2, 8]}])
    """
    text, at = "", 0
    found: list[dict[str, Any]] = []
    for piece in PIECE.finditer(marked):
        text += marked[at : piece.start()]
        code, words = piece.groups()
        if code not in CODES or not words.strip():
            raise MarkedError(f"what is {piece[0]}?")
        found.append({"category": CODES[code], "span": [len(text), len(text) + len(words)]})
        text += words
        at = piece.end()
    text += marked[at:]
    if "{" in text or "}" in text:
        raise MarkedError(f"a brace without a label in {text!r}")
    return text, found
