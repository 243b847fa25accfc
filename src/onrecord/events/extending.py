"""The lexicon with what users' codebooks add.

The packaged lexicon is never changed: :func:`extended` gives a new one, so two coders with different codebooks know
nothing of each other.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any, Literal

from onrecord.events.codebook import Codebook, CodebookError, Table, meant, place
from onrecord.events.codebook_tables import OwnClass, OwnMode, OwnType
from onrecord.events.lexicon import Entry, Lexicon, TriggerRule, captures, compiled, indexed, named_alone
from onrecord.lexicons import LexiconError, all_rules
from onrecord.ontology import EventType, Mode


def extended(lexicon: Lexicon, books: Sequence[Codebook]) -> Lexicon:
    """A lexicon that knows what codebooks add, too.

    A rule of one codebook can have the types, modes and classes of another, in whatever order they are given.

    Raises:
        CodebookError: a name is taken, or a rule names a type, mode or class that there is not.
    """
    problems = [*_taken(lexicon, books), *_unknown(lexicon, books)]
    if problems:
        raise CodebookError(problems)
    ontology = lexicon.ontology.extended(
        [_event_type(t.value) for b in books for t in b.types],
        [Mode(m.value.type, m.value.name, m.value.cameo) for b in books for m in b.modes],
    )
    classes = {**lexicon.classes, **{c.value.name: frozenset(c.value.words) for b in books for c in b.classes}}
    own: dict[str, list[Entry]] = {}
    for table in (r for b in books for r in b.rules):
        try:
            for entry in compiled(table.value, classes, ontology, own=True):
                own.setdefault(entry.head, []).append(entry)
        except LexiconError as error:
            problems.append(f"{table.where}: {str(error).removeprefix(f'rule {table.value.id}: ')}: define it in a [[class]] table, or name the words")
    if problems:
        raise CodebookError(problems)
    entries = {**lexicon.entries, **indexed(e for head, some in own.items() for e in (*lexicon.entries.get(head, ()), *some))}
    return dataclasses.replace(
        lexicon,
        captures=captures(entries),
        ontology=ontology,
        classes=MappingProxyType(classes),
        entries=MappingProxyType(entries),
        nouns=MappingProxyType(named_alone(entries)),
    )


def _event_type(own: OwnType) -> EventType:
    kind: Literal["own", "occurrence"] = "occurrence" if own.occurrence else "own"
    return EventType(name=own.name, kind=kind, quad=own.quad, cameo=own.cameo, things=own.things, definition=own.definition)


def _taken(lexicon: Lexicon, books: Sequence[Codebook]) -> Iterator[str]:
    """Names that something else has already."""
    packaged = {rule["id"] for _, rule in all_rules()}
    first: dict[tuple[str, str], Table[Any]] = {}
    for table in (t for b in books for t in b.tables()):
        value = table.value
        match value:
            case OwnType():
                kind, name, known = "type", value.name, value.name in lexicon.ontology.types
            case OwnMode():
                kind, name = "mode", f"{value.type} {value.name}"
                known = value.type in lexicon.ontology.types and value.name in lexicon.ontology.types[value.type].modes
            case OwnClass():
                kind, name, known = "class", value.name, value.name in lexicon.classes
            case TriggerRule():
                kind, name, known = "rule", value.id, value.id in packaged
        other = first.setdefault((kind, name), table)
        if known:
            yield f"{table.where}: there is a packaged {kind} {name}: {'use it as it is, or ' if kind != 'rule' else ''}choose another name"
        elif other is not table:
            yield f"{table.where}: {place(other.path, other.line)} has the same {kind} {name}: keep one, or choose another name"


def _unknown(lexicon: Lexicon, books: Sequence[Codebook]) -> Iterator[str]:
    """Types and modes that there are not."""
    modes = {name: set(known.modes) for name, known in lexicon.ontology.types.items()}
    for book in books:
        modes.update((t.value.name, set()) for t in book.types if t.value.name not in modes)
    types = "take a packaged type (docs/codebook-events.md) or define it in a [[type]] table"
    for mode in (m for b in books for m in b.modes):
        if mode.value.type not in modes:
            yield f"{mode.where}: there is no event type {mode.value.type}{meant(mode.value.type, modes)}: {types}"
        else:
            modes[mode.value.type].add(mode.value.name)
    for table in (r for b in books for r in b.rules):
        rule = table.value
        for name in dict.fromkeys((rule.type, rule.negated_type or rule.type)):
            if name not in modes:
                yield f"{table.where}: there is no event type {name}{meant(name, modes)}: {types}"
        if rule.mode is not None and rule.type in modes and rule.mode not in modes[rule.type]:
            known = ", ".join(sorted(modes[rule.type])) or "none"
            close = meant(rule.mode, modes[rule.type])
            yield f"{table.where}: {rule.type} has no mode {rule.mode}{close}: take one that it has ({known}) or define it in a [[mode]] table"
