"""Drafts → articles: cleaned, measured, in a language asked for, dated; or a skip that says why not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.read.characters import clean, is_binary, is_blank
from onrecord.read.dates import dateline_date, published_date, updated_line_date
from onrecord.read.language import code_of, language_among, name_of, other_language
from onrecord.read.outcomes import Draft, LeftOut, Note, NoteKind, ReadOptions, Skip, SkipReason, where
from onrecord.read.where import Facts, day_of, host_of
from onrecord.records import Article

LONGEST_ASKED = 100_000
WORD = re.compile(r"\w+|[^\w\s]")
CHARACTERS, FEWEST = 4, 1_000
"""A text of the most characters may have a word or sign for every four of them, and so many in any case: coding takes its time by the word."""


def wanted(draft: Draft, path: str, options: ReadOptions) -> Iterator[Article | Skip | Note | LeftOut]:
    """What :func:`finished` gives of a draft that meets the run's condition, or that it was left out.

    It is asked of what the draft says, and only where that is too little of the finished article, whose language is
    then told by its text.
    """
    if options.where is None:
        yield from finished(draft, path, options)
        return
    facts = draft.facts or Facts(
        host=host_of(draft.url or options.url),
        language=code_of(draft.language),
        date=day_of(published_date(draft.published, day_first=options.day_first)),
        retrieved=day_of(draft.retrieved_at),
    )
    answer = options.where.of(facts)
    if answer is None:
        language = None if facts.language or "language" not in options.where.fields else language_among(clean(draft.text[:LONGEST_ASKED]), ())
        facts = facts.or_else(Facts(language=language))
        answer = options.where.of(facts)
    if answer is None:
        date, _, _ = _published(draft, clean(draft.text), path, "", options)
        answer = options.where.of(facts.or_else(Facts(date=day_of(date))))
    if answer:
        yield from finished(draft, path, options)
    else:
        yield LeftOut(path=path)


def finished(draft: Draft, path: str, options: ReadOptions) -> Iterator[Article | Skip | Note]:
    """The article of a draft, after the notes on it; or one skip."""
    place = where(path, draft.record, draft.unit)

    def skip(reason: SkipReason, message: str) -> Skip:
        return Skip(path=path, record=draft.record, reason=reason, message=message)

    if len(draft.text) > options.max_chars:
        yield skip(SkipReason.TOO_LONG, f"{place} has {len(draft.text):,} characters, more than {options.max_chars:,}: split it, or raise --max-chars")
        return
    if (many := max(options.max_chars // CHARACTERS, FEWEST)) < len(draft.text) and (words := sum(1 for _ in WORD.finditer(draft.text))) > many:
        message = (
            f"{place} has {words:,} words and signs, more than {many:,}, of {len(draft.text):,} characters: it is no running text; raise --max-chars to read it"
        )
        yield skip(SkipReason.TOO_LONG, message)
        return
    if is_binary(draft.text):
        yield skip(SkipReason.UNREADABLE, f"{place} is not text but binary data: give it the suffix of its format")
        return
    text = clean(draft.text)
    if is_blank(text):
        whole = draft.record is None
        yield skip(SkipReason.EMPTY if whole else SkipReason.NO_TEXT, f"{place} has no text: nothing to code")
        return
    if other := _other_language(draft, text, options):
        yield skip(
            SkipReason.OTHER_LANGUAGE,
            f"{place} is in {name_of(other)}, and {_names(options.languages)} is read: give a translation, or leave it out",
        )
        return
    published, reason, notes = _published(draft, text, path, place, options)
    yield from notes
    if draft.truncated:
        message = f"{place} was not fetched to its end ({clean(draft.truncated)[:40]}): what there is of it was read"
        yield Note(path=path, record=draft.record, kind=NoteKind.TRUNCATED, message=message)
    yield Article.make(
        text,
        id=clean(draft.id) if draft.id and not draft.id.isspace() else None,
        url=_line(draft.url) or options.url,
        title=_line(draft.title),
        published=published,
        published_reason=reason,
        publisher=_line(draft.publisher) or options.publisher,
        byline=_line(draft.byline),
        language=code_of(draft.language) or language_among(text, options.languages),
        retrieved_at=draft.retrieved_at,
    )


def _line(value: str | None) -> str | None:
    return " ".join(clean(value).split()) or None if value else None


def _other_language(draft: Draft, text: str, options: ReadOptions) -> str | None:
    if not options.languages:
        return None
    said = code_of(draft.language)
    if said in options.languages:
        return None
    return said or other_language(text, options.languages)


def _names(codes: tuple[str, ...]) -> str:
    return " or ".join(name_of(code) for code in codes)


def _published(draft: Draft, text: str, path: str, place: str, options: ReadOptions) -> tuple[str | None, str | None, list[Note]]:
    """The date of publication, where it comes from, and what to note: the document's own word first, then the
    run's, then what the text says, then when the file was made."""
    notes: list[Note] = []

    def note(kind: NoteKind, message: str) -> None:
        notes.append(Note(path=path, record=draft.record, kind=kind, message=message))

    if has_value(draft.published):
        if date := published_date(draft.published, day_first=options.day_first):
            return date, draft.published_reason, notes
        written = clean(str(draft.published))[:60]
        note(NoteKind.UNCLEAR_DATE, f"{place}: the publication date {written!r} is not a whole date that reads in one way; write it as YYYY-MM-DD")
    if date := published_date(options.published, day_first=options.day_first):
        return date, "given", notes
    if date := dateline_date(text):
        return date, "dateline", notes
    if date := updated_line_date(text):
        return date, "updated_line", notes
    if date := published_date(draft.file_date):
        note(NoteKind.FILE_DATE, f"{place}: taken as published on {date[:10]}, the day the file was made; --published gives another day")
        return date, "metadata", notes
    return None, None, notes


def has_value(value: object) -> bool:
    """Whether a date or cell holds anything."""
    return value is not None and not (isinstance(value, str) and is_blank(value)) and value != 0
