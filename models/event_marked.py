"""Labelled text of our own: ``TEMPLATE | {a1:Chad} {t1=ACCUSE.disapprove:condemned} {r1:Libya}`` → rows with character offsets.

One example a line; ``t`` is a trigger with its type, its mode if it has one and, behind ``/``, its standing
unless it is asserted; ``a`` an actor, ``r`` a recipient, the digits the events it belongs to (``{a1r2:…}``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.marked import MarkedError, Row, examples
from onrecord.ontology import EVENT_TYPES

PIECE = re.compile(r"\{((?:[ar]\d+)+|t\d=[A-Z_]+(?:\.[a-z-]+)?(?:/[a-z]+)?):([^{}]*)\}")
TRIGGER = re.compile(r"t(\d)=([A-Z_]+)(?:\.([a-z-]+))?(?:/([a-z]+))?")
STANDINGS = frozenset({"denied", "hypothetical", "planned", "demanded"})


def rows(path: Path) -> Iterator[Row]:
    """The examples of a file: ``{id, template, text, events: [{type, mode, veridicality, trigger, actors, recipients}]}``.

    Raises:
        MarkedError: an unknown type, mode or standing, a participant without a trigger, or too many of one template.
    """
    yield from examples(path, "events", read)


def read(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and the events that the marks make.

    >>> read("{a1:Chad} {t1=ACCUSE.disapprove:blamed} {r1:Libya}.")[1]
    [{'type': 'ACCUSE', 'mode': 'disapprove', 'veridicality': 'asserted', 'trigger': [5, 11], 'actors': [[0, 4]], 'recipients': [[12, 17]]}]
    """
    text, at = "", 0
    found: dict[str, dict[str, Any]] = {}
    parts: list[tuple[str, str, list[int]]] = []
    for piece in PIECE.finditer(marked):
        text += marked[at : piece.start()]
        label, words = piece.groups()
        span = [len(text), len(text) + len(words)]
        trigger = TRIGGER.fullmatch(label)
        if trigger:
            number, name, mode, standing = trigger.groups()
            if name not in EVENT_TYPES or (mode and mode not in EVENT_TYPES[name].modes) or (standing and standing not in STANDINGS) or number in found:
                raise MarkedError(f"what is {label}?")
            found[number] = {"type": name, "mode": mode, "veridicality": standing or "asserted", "trigger": span, "actors": [], "recipients": []}
        else:
            parts += [(role, number, span) for role, numbers in re.findall(r"([ar])(\d+)", label) for number in numbers]
        text += words
        at = piece.end()
    text += marked[at:]
    if "{" in text or "}" in text:
        raise MarkedError(f"a brace without a label in {text!r}")
    for role, number, span in parts:
        if number not in found:
            raise MarkedError(f"a participant of event {number}, which has no trigger")
        found[number]["actors" if role == "a" else "recipients"].append(span)
    return text, [found[k] for k in sorted(found)]
