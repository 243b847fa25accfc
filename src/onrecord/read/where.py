"""Which documents of an archive are wanted, decided by host, language and dates before anything else is done with them.

``host in (bbc.co.uk, *.gov.uk) and language = en and date >= 2021-01`` is read once; a document is then asked with what is
known of it. What is not known yet makes the answer None, and the document is asked again once more is known.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import operator
import re
from collections.abc import Callable, Iterable
from typing import TypeAlias
from urllib.parse import urlsplit

from onrecord.read.language import NAMES, code_of

FIELDS = ("host", "language", "date", "retrieved")
COMPARED: dict[str, Callable[[str, str], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
WORDS = ("and", "or", "not", "in")
DEEPEST = 50
"""Brackets within brackets."""

_TOKEN = re.compile(r"\s*(?:(?P<sign><=|>=|!=|[=<>(),])|\"(?P<quoted>[^\"]*)\"|(?P<word>[^\s()<>=!,\"]+)|(?P<wrong>\S))")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_HOST = re.compile(r"(?:\*\.)?[^\s.*/:@?#]+(?:\.[^\s.*/:@?#]+)*\.?")


class WhereError(ValueError):
    """A condition can't be understood; the message says at which character and what could stand there."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a document: None is not known (yet).

    Attributes:
        host: of its address, in lower case, without ``www.``.
        language: a two-letter code.
        date: the day it was published on, ``2021-03-09``.
        retrieved: the day it was fetched on.
    """

    host: str | None = None
    language: str | None = None
    date: str | None = None
    retrieved: str | None = None

    def or_else(self, other: Facts) -> Facts:
        """These, with those of another where these are not known."""
        return Facts(**{name: getattr(self, name) or getattr(other, name) for name in FIELDS})


_Test: TypeAlias = Callable[[Facts], bool | None]


@dataclasses.dataclass(frozen=True, slots=True)
class Where:
    """A condition on documents; :meth:`parse` reads one."""

    text: str
    _test: _Test = dataclasses.field(repr=False, compare=False)
    fields: frozenset[str] = dataclasses.field(default=frozenset(), compare=False)

    @classmethod
    def parse(cls, conditions: str | Iterable[str]) -> Where | None:
        """The condition that some expressions make together; None where there are none.

        Raises:
            WhereError: an expression can't be understood.

        >>> wanted = Where.parse("host in (bbc.co.uk, *.gov.uk) and date >= 2021-03")
        >>> wanted.of(Facts(host="news.gov.uk", date="2021-03-09"))
        True
        >>> wanted.of(Facts(host="example.org")), wanted.of(Facts(host="bbc.co.uk"))
        (False, None)
        """
        given = [conditions] if isinstance(conditions, str) else list(conditions)
        if not given:
            return None
        readers = [_Reader(text) for text in given]
        tests = [reader.whole() for reader in readers]
        return cls(" and ".join(f"({text.strip()})" for text in given) if len(given) > 1 else given[0].strip(), _all(tests), _union(readers))

    def of(self, facts: Facts) -> bool | None:
        """Whether a document is wanted; None where too little is known of it."""
        return self._test(facts)


def host_of(address: str | None) -> str | None:
    """The host of an address as conditions compare it: in lower case, in ASCII, without ``www.``."""
    if not address:
        return None
    try:
        host = urlsplit(address.strip() if "//" in address[:40] else f"//{address.strip()}").hostname
    except ValueError:
        return None
    return _ascii(host).removeprefix("www.") if host else None


def day_of(date: str | None) -> str | None:
    """The day of an ISO 8601 date, or nothing."""
    return date[:10] if date and len(date) >= 10 else None


def _ascii(host: str) -> str:
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _union(readers: Iterable[_Reader]) -> frozenset[str]:
    return frozenset(field for reader in readers for field in reader.fields)


def _all(tests: list[_Test]) -> _Test:
    if len(tests) == 1:
        return tests[0]

    def test(facts: Facts) -> bool | None:
        sure = True
        for one in tests:
            answer = one(facts)
            if answer is False:
                return False
            sure = sure and answer is not None
        return True if sure else None

    return test


def _any(tests: list[_Test]) -> _Test:
    return tests[0] if len(tests) == 1 else _not(_all([_not(test) for test in tests]))


def _not(inner: _Test) -> _Test:
    def test(facts: Facts) -> bool | None:
        answer = inner(facts)
        return None if answer is None else not answer

    return test


@dataclasses.dataclass(frozen=True, slots=True)
class _Token:
    at: int
    text: str
    word: bool = False

    def says(self, word: str) -> bool:
        return self.word and self.text.lower() == word


class _Reader:
    """Reads one expression: ``or`` binds less than ``and``, ``and`` less than ``not``."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[_Token] = []
        self._at = 0
        self._depth = 0
        self.fields: set[str] = set()
        for found in _TOKEN.finditer(text):
            start = found.start(found.lastgroup or 0)
            if found["wrong"]:
                raise self._error(start, "a quotation mark is not closed" if found["wrong"] == '"' else f"{found['wrong']!r} means nothing here")
            quoted = found["quoted"]
            self._tokens.append(_Token(start, quoted if quoted is not None else found["sign"] or found["word"], word=bool(found["word"])))
        self._tokens.append(_Token(len(text.rstrip()), ""))

    def whole(self) -> _Test:
        """The whole expression."""
        test = self._or()
        if self._at < len(self._tokens) - 1:
            raise self._error(self._now.at, f"{self._now.text!r} is one too many: write `and` or `or` between conditions")
        return test

    @property
    def _now(self) -> _Token:
        return self._tokens[self._at]

    def _next(self) -> _Token:
        token = self._tokens[self._at]
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _took(self, word: str) -> bool:
        if self._now.says(word):
            self._next()
            return True
        return False

    def _or(self) -> _Test:
        tests = [self._and()]
        while self._took("or"):
            tests.append(self._and())
        return _any(tests)

    def _and(self) -> _Test:
        tests = [self._one()]
        while self._took("and"):
            tests.append(self._one())
        return _all(tests)

    def _one(self) -> _Test:
        turned = False
        while self._took("not"):
            turned = not turned
        test = self._inside() if self._sign("(") else self._comparison()
        return _not(test) if turned else test

    def _inside(self) -> _Test:
        opened = self._next()
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(opened.at, f"there are more than {DEEPEST} brackets within brackets")
        test = self._or()
        if not self._sign(")"):
            raise self._error(self._now.at, f"the bracket of character {opened.at + 1} is not closed")
        self._next()
        self._depth -= 1
        return test

    def _sign(self, sign: str) -> bool:
        return not self._now.word and self._now.text == sign and self._text[self._now.at : self._now.at + 1] == sign

    def _comparison(self) -> _Test:
        name = self._next()
        field = name.text.lower()
        if not name.word or field not in FIELDS:
            shown = f"there is no {name.text!r}" if name.text else "something is missing"
            raise self._error(name.at, f"{shown}: a condition begins with {', '.join(FIELDS[:-1])} or {FIELDS[-1]}")
        self.fields.add(field)
        turned = self._took("not")
        if self._took("in"):
            test = _any([_test(field, "=", value) for value in self._values(field)])
            return _not(test) if turned else test
        sign = self._next()
        dates = field in ("date", "retrieved")
        if turned or sign.word or sign.text not in COMPARED or not (dates or sign.text in ("=", "!=")):
            able = "=, !=, <, <=, >, >= or in (…)" if dates else "=, != or in (…)"
            raise self._error(sign.at, f"{field} is compared with {able}" if not turned else f"`not` stands before the condition, or in `{field} not in (…)`")
        return _test(field, sign.text, self._value(field))

    def _values(self, field: str) -> list[str]:
        if not self._sign("("):
            raise self._error(self._now.at, f"a list in brackets follows `in`: {field} in (…, …)")
        opened = self._next()
        values = [self._value(field)]
        while self._sign(","):
            self._next()
            values.append(self._value(field))
        if not self._sign(")"):
            raise self._error(self._now.at, f"the list of character {opened.at + 1} is not closed: its values are parted by commas")
        self._next()
        return values

    def _value(self, field: str) -> str:
        token = self._next()
        if not token.text or self._text[token.at : token.at + 1] in "(),<>=!" or (token.word and token.text.lower() in WORDS):
            raise self._error(token.at, f"a {'date' if field == 'retrieved' else field} is missing")
        return {"host": self._host, "language": self._language}.get(field, self._date)(token)

    def _host(self, token: _Token) -> str:
        if not _HOST.fullmatch(token.text):
            raise self._error(token.at, f"{token.text!r} is no host: write bbc.co.uk, or *.gov.uk for all hosts below gov.uk")
        return _ascii(token.text).removeprefix("www.")

    def _language(self, token: _Token) -> str:
        code = code_of(token.text)
        if code not in NAMES:
            raise self._error(token.at, f"{token.text!r} is no language that is known: write a two-letter code, as en")
        return code

    def _date(self, token: _Token) -> str:
        found = _DATE.fullmatch(token.text)
        try:
            if found is None:
                raise ValueError
            dt.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        except ValueError:
            raise self._error(token.at, f"{token.text!r} is no date: write 2021-03-09, 2021-03 or 2021") from None
        return token.text

    def _error(self, at: int, message: str) -> WhereError:
        shown = self._text if len(self._text) <= 160 else f"{self._text[:157]}…"
        return WhereError(f"character {at + 1} of `{shown}`: {message}")


def _test(field: str, sign: str, value: str) -> _Test:
    if field == "host":
        below = "." + value.removeprefix("*.") if value.startswith("*.") else None

        def same(host: str) -> bool:
            return host == value if below is None else host == below[1:] or host.endswith(below)

        return lambda facts: None if facts.host is None else same(facts.host) == (sign == "=")
    compare, length = COMPARED[sign], len(value)
    if field == "language":
        return lambda facts: None if facts.language is None else compare(facts.language, value)

    def dated(facts: Facts) -> bool | None:
        day: str | None = getattr(facts, field)
        return None if day is None else compare(day[:length], value)

    return dated
