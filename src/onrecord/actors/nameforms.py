"""What words look like: a personal name, an institution's name, a misspelt country, a headline in capitals."""

from __future__ import annotations

from onrecord.actors.lexicon import LONG, Lexicon, shortened
from onrecord.actors.shapes import Entry
from onrecord.actors.wording import Words

LONGEST_HALF = 5
"""Letters of either half of a Korean or Chinese given name."""


class NameForms:
    """Tells names by their form in one text.

    Args:
        words: the text.
        lexicon: what the room knows.
    """

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words = words
        self.lexicon = lexicon
        self.common = frozenset() if words.folded else frozenset(w for w in words.text if w.islower())
        self.strange = _strange(words, lexicon) if words.folded else frozenset()

    def given(self, i: int) -> bool:
        """Whether the word before a town's name makes it a person's: ``Joseph Banda``, not ``Greater Manchester``."""
        words = self.words
        word = words.lower[i]
        return word in self.lexicon.given or (
            words.tag[i] == "NNP"
            and words.name[i] is None
            and word not in words.vocabulary.place_parts
            and word not in self.lexicon.roles
            and word not in self.lexicon.modifiers
        )

    def misspelt(self, word: str) -> tuple[Entry, str] | None:
        """The country whose long name is one letter off."""
        if len(word) < LONG or not word.isalpha() or word.lower() in self.lexicon.given:
            return None
        for short in shortened(word.lower()):
            for name in self.lexicon.misspellings.get(short, ()):
                if abs(len(name) - len(word)) <= 1 and _one_off(name.lower(), word.lower()):
                    return next((c for c in self.lexicon.names.candidates(name) if c[0].kind in ("country", "demonym")), None)
        return None

    def gender_of(self, start: int, stop: int) -> str:
        """The gender of a person's name by its given name, f, m or empty."""
        for i in range(start, max(start + 1, stop - 1)):
            gender = self.lexicon.given.get(self.words.lower[i])
            if gender:
                return gender
        return ""

    def capitalised(self, i: int) -> bool:
        """Whether a word is written as names are."""
        text = self.words.text[i]
        return (
            text[:1].isupper()
            or (self.words.folded and (self.words.tag[i] in ("NNP", "NNPS") or self.words.lower[i] in self.strange))
            or (len(text) > 2 and text[1:2] in "-'" and text[2:3].isupper())
            or self._second_half(i)
        )

    def _second_half(self, i: int) -> bool:
        """``seok`` in ``Lee Han-seok``: the small second half of a given name behind its surname."""
        words = self.words
        if i < 3 or words.text[i - 1] != "-" or words.idx[i] != words.end[i - 2] + 1 or not words.text[i].isalpha() or len(words.text[i]) > LONGEST_HALF:
            return False
        given = words.text[i - 2]
        return (
            given.istitle()
            and len(given) <= LONGEST_HALF
            and words.text[i - 3].istitle()
            and words.idx[i - 2] == words.end[i - 3] + 1
            and not _goes_on(words, i)
        )

    def shouting(self, i: int) -> bool:
        """Whether a word is in capitals and too long for an acronym."""
        text = self.words.text[i]
        return len(text) > 6 and text.isupper() and text.isalpha()

    def part_of_name(self, i: int) -> bool:
        """Whether a word can belong to a name of which the lexicon knows nothing."""
        words = self.words
        name = words.name[i]
        if name is not None and name.entry.kind in ("country", "entity", "demonym", "body", "nobody") and name.end - name.start < 2 and name.form != "acronym":
            return name.entry.kind != "demonym" and words.lower[i] in words.vocabulary.given_too
        if name is not None and name.entry.kind in ("country", "entity", "body", "group", "organisation", "demonym", "nobody"):
            return False
        return self.capitalised(i) or words.tag[i] == "HYPH" or words.text[i] == "." or words.lower[i] in words.vocabulary.particles

    def is_name(self, start: int, stop: int) -> bool:
        """Whether the words after a role noun can be its bearer's name."""
        words = self.words
        return (
            all(
                self.capitalised(i) or words.tag[i] in ("HYPH", ".") or words.lower[i] in words.vocabulary.particles or words.text[i] in (".", "'")
                for i in range(start, stop)
            )
            and self.capitalised(start)
            and words.tag[start] != "HYPH"
        )

    def is_proper_institution(self, span: tuple[int, int]) -> bool:
        """Whether all words of an institution are written as a name is."""
        return not self.words.folded and all(
            self.capitalised(i) or self.words.lower[i] in ("of", "and", "for", "the", "'s", "on", "'") for i in range(span[0], span[1])
        )

    def proper_start(self, first: int, span: tuple[int, int]) -> int:
        """Where the name of an institution begins that ends in a role noun: ``Madras`` in ``the Madras High Court``."""
        words, lexicon = self.words, self.lexicon
        begin, fresh = span[0], False
        while begin > first and self.capitalised(begin - 1):
            name, word = words.name[begin - 1], words.lower[begin - 1]
            if name is not None and name.entry.kind not in ("city", "demonym"):
                break
            fresh = fresh or (name.entry.kind == "city" if name is not None else word not in lexicon.modifiers and word not in lexicon.roles)
            begin -= 1
        role = lexicon.roles.get(words.lower[span[0]]) if span[1] - span[0] == 1 else None
        return begin if fresh or (role is not None and role.weak) else span[0]


def _goes_on(words: Words, i: int) -> bool:
    """Whether a noun follows in the same phrase, as after ``the Ivory Coast-born singer``."""
    return i + 1 < len(words) and words.head[i + 1] != i and words.tag[i + 1] in ("NN", "NNS") and words.sent[i + 1] == words.sent[i]


def _one_off(a: str, b: str) -> bool:
    """One letter more, less or other, or two neighbours swapped."""
    if len(a) == len(b):
        differing = [i for i in range(len(a)) if a[i] != b[i]]
        return len(differing) == 1 or (
            len(differing) == 2 and differing[1] == differing[0] + 1 and a[differing[0]] == b[differing[1]] and a[differing[1]] == b[differing[0]]
        )
    return True


def shouted(words: Words, start: int, stop: int) -> bool:
    """A run of words in a sentence all in capitals: a headline, whose nouns are no names."""
    if not all(w.isupper() for w in words.text[start:stop]):
        return False
    first, last = start, stop
    while first and words.sent[first - 1] == words.sent[start]:
        first -= 1
    while last < len(words) and words.sent[last] == words.sent[start]:
        last += 1
    sentence = [w for w in words.text[first:last] if w.isalpha()]
    return len(sentence) > 2 and all(w.isupper() for w in sentence)


def _strange(words: Words, lexicon: Lexicon) -> frozenset[str]:
    """Words of a text without capitals that must be names: bare subjects of speech verbs, what follows a title or given name."""
    found: set[str] = set()
    lower, tag = words.lower, words.tag

    def free(i: int) -> bool:
        return (
            lower[i].isalpha()
            and len(lower[i]) > 2
            and lower[i] not in lexicon.roles
            and lower[i] not in lexicon.modifiers
            and words.name[i] is None
            and tag[i] in ("NN", "NNP", "NNS", "JJ", "NNPS", "VB", "VBP", "FW", "UH")
        )

    for i in range(len(words) - 1):
        if (
            free(i)
            and words.dep[i] == "nsubj"
            and lower[words.head[i]] in words.vocabulary.speech_of_persons
            and (i == 0 or tag[i - 1] not in ("DT", "PRP$", "POS", "IN", "CD"))
        ):
            found.add(lower[i])
        role = lexicon.roles.get(lower[i])
        titled = (role is not None and role.kind == "office" and not role.plural) or lower[i] in ("leader", "chief", "mr", "supremo", "justice", "judge")
        if (titled or lower[i] in lexicon.given) and free(i + 1) and tag[i + 1] != "JJ":
            found.add(lower[i + 1])
            if titled and i + 2 < len(words) and free(i + 2) and words.head[i + 1] in (i + 2, words.head[i + 2]):
                found.add(lower[i + 2])
        if lower[i] in lexicon.given and free(i):
            found.add(lower[i])
    return frozenset(found - words.vocabulary.unstrange)
