"""Names of the lexicon in running words: longest match over normalised word keys, by hash.

A name's key is its words in lower case without accents or punctuation, so that ``Al-Shabaab``,
``al Shabaab`` and ``AL SHABAAB`` are one, and ``Côte d'Ivoire`` is ``cote d ivoire``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from onrecord.actors.shapes import Entry
from onrecord.actors.vocabulary import Vocabulary

WORD = re.compile(r"[^\W_]+")
APART = {c: " " for c in range(128) if not chr(c).isalnum()}
"""What parts the words of a name in plain letters."""
TIGHT = frozenset(("", " ", "-", ".", ". ", "'", "’", "´", "ʹ", "`", "–", ".-", " - ", "&", " & ", "/", ", ", "' ", "’ ", "  "))


def plain_word(word: str) -> str:
    """A word in lower case and without accents."""
    word = word.lower()
    if word.isascii():
        return word
    return "".join(
        c
        for c in unicodedata.normalize("NFKD", word.replace("ı", "i").replace("ø", "o").replace("đ", "d").replace("ł", "l").replace("ə", "e"))
        if not unicodedata.combining(c)
    )


def plain_words(name: str) -> list[str]:
    """The words of a name in lower case and without accents."""
    if name.isascii():  # nearly all names, and the load is in every start
        return name.translate(APART).lower().split()
    return [plain_word(w) for w in WORD.findall(name)]


def key_of(name: str) -> str:
    """The key of a name: its plain words with one space between them."""
    return " ".join(plain_words(name))


class NameIndex:
    """Keys of names, looked up longest first."""

    __slots__ = ("_by_key", "_cased", "_lengths", "_vocabulary")

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._by_key: dict[str, list[tuple[Entry, str]]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._cased: dict[str, set[str]] = {}

    def add(self, name: str, entry: Entry, form: str) -> None:
        """Index one name of an entry. An acronym matches only as it is written (or in all capitals)."""
        words = plain_words(name)
        if not words:
            return
        key = " ".join(words)
        known = self._by_key.get(key)
        if known is None:  # so that the most is done once for each name: the load is in every start
            self._by_key[key] = [(entry, form)]
            lengths = self._lengths.get(words[0], ())
            if len(words) not in lengths:
                self._lengths[words[0]] = tuple(sorted((*lengths, len(words)), reverse=True))
        elif all(e.id != entry.id or f != form for e, f in known):
            known.append((entry, form))
        if form == "acronym":
            self._cased.setdefault(key, set()).add(name)

    def candidates(self, name: str) -> list[tuple[Entry, str]]:
        """Who a whole name can stand for."""
        return self._by_key.get(key_of(name), [])

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def find(self, text: str, words: Sequence[re.Match[str]], *, folded: bool) -> Iterator[tuple[int, int, tuple[tuple[Entry, str], ...]]]:
        """The names in a text, longest first, not overlapping.

        Args:
            text: the text.
            words: its words, as matched by :data:`WORD`.
            folded: the text is all in lower case, so that case tells nothing.

        Yields:
            Offsets of each name with whom it can stand for, and in which form.
        """
        plain = [plain_word(m.group()) for m in words]
        at, count = 0, len(plain)
        while at < count:
            options = self._lengths.get(plain[at])
            if options is None:
                at += 1
                continue
            step = 1
            if folded or text[words[at].start()].isupper() or plain[at] in self._vocabulary.lower_starts:
                for size in options:
                    if at + size <= count and (fitting := self._fitting(text, words, plain, at, at + size, folded=folded)):
                        end = words[at + size - 1].end()
                        if end < len(text) and text[end] == "." and "." in text[words[at].start() : end]:
                            end += 1
                        yield words[at].start(), end, fitting
                        step = size
                        break
            at += step

    def _fitting(self, text: str, words: Sequence[re.Match[str]], plain: Sequence[str], at: int, stop: int, *, folded: bool) -> tuple[tuple[Entry, str], ...]:
        key = plain[at] if stop - at == 1 else " ".join(plain[at:stop])
        found = self._by_key.get(key)
        if found is None or (stop - at > 1 and not _tight(text, words, at, stop)):
            return ()
        surface = text[words[at].start() : words[stop - 1].end()]
        if folded:
            return () if key in self._vocabulary.ordinary_words else tuple(found)
        if not any(c.isupper() for c in surface):
            return tuple(found) if key in self._vocabulary.names_in_lower else ()
        if key in self._vocabulary.capitals_only and surface.rsplit(" ", 1)[-1][:1].islower():
            return ()
        return tuple(x for x in found if x[1] != "acronym" or self._case_fits(key, surface))

    def _case_fits(self, key: str, surface: str) -> bool:
        bare = surface.replace(".", "").replace(" ", "")
        if any(bare == known.replace(".", "").replace(" ", "") for known in self._cased.get(key, ())):
            return True
        return len(bare) > 3 and key not in self._vocabulary.ordinary_words and (bare.isupper() or bare.istitle())


def _tight(text: str, words: Sequence[re.Match[str]], at: int, stop: int) -> bool:
    return all(text[words[i].end() : words[i + 1].start()] in TIGHT for i in range(at, stop - 1))
