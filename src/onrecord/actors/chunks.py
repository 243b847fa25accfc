"""Base noun phrases: from the left edge to the head word or name, with what hangs on them.

Runs of tokens that can make up a noun phrase are cut by tag; the parse then says where one run holds two
phrases and which word is the head. Working from tags first keeps ``spokeswoman Hua Chunying`` and
``President Donald Trump`` whole however the parser attaches them.
"""

from __future__ import annotations

import dataclasses

from onrecord.actors.wording import Words

NOMINAL = frozenset(("NN", "NNS", "NNP", "NNPS"))
INSIDE = NOMINAL | {"DT", "PDT", "PRP$", "CD", "JJ", "JJR", "JJS", "POS", "HYPH", "$", "#", "WP$"}
OPENERS = frozenset(("DT", "PRP$", "WP$"))
PRONOUNS = frozenset(("PRP", "WP", "WDT"))
ARGUMENT = frozenset(("nsubj", "nsubjpass", "dobj", "dative", "iobj", "pobj", "attr", "oprd", "npadvmod", "csubj", "ROOT", "conj", "ccomp", "agent"))
MAX_WORDS = 40
LONGEST = 200
"""So many words of a phrase, counted from its end, are looked at for its head."""
POINTS = frozenset(("West", "East", "North", "South"))
"""Points of the compass that stand for states."""


@dataclasses.dataclass(slots=True)
class Chunk:
    """A base noun phrase on the tokens ``start:end``.

    ``head`` is its syntactic head (the token whose parse head lies outside); ``noun`` is the last word of
    the phrase that can be read as its noun; ``possessor`` is the phrase before ``'s`` within it.
    """

    start: int
    end: int
    head: int
    noun: int
    possessor: Chunk | None = None
    pronoun: bool = False
    possessive: bool = False


def chunks(words: Words) -> list[Chunk]:
    """All base noun phrases and pronouns of the live text in order, possessors before what they possess."""
    out: list[Chunk] = []
    size, at = len(words), 0
    tag, live = words.tag, words.live
    while at < size:
        if not live[at]:
            at += 1
        elif tag[at] in PRONOUNS or (tag[at] == "PRP$"):
            out.append(Chunk(at, at + 1, at, at, pronoun=True, possessive=tag[at] in ("PRP$", "WP$")))
            if tag[at] == "PRP$":
                stop = _run(words, at)
                if stop > at + 1:
                    _split(words, at, stop, out)
                    at = stop
                    continue
            at += 1
        elif _starts(words, at):
            stop = _run(words, at)
            _split(words, at, stop, out)
            at = stop
        else:
            at += 1
    return out


def _starts(words: Words, at: int) -> bool:
    tag = words.tag[at]
    if words.name[at] is not None:
        return True
    if at > 1 and words.lower[at] in words.vocabulary.third_person and words.text[at - 1] in POINTS and words.lower[at - 2] == "the":
        return False
    return (
        (tag in INSIDE and tag not in ("POS", "HYPH", "$", "#") and not _is_time(words, at))
        or (tag in ("VBN", "VBG") and words.dep[at] in ("amod", "compound"))
        or (tag == "RB" and words.dep[at] == "advmod" and words.tag[words.head[at]] in ("CD", "JJ") and words.head[at] == at + 1)
    )


def _run(words: Words, at: int) -> int:
    """Where the run of nominal tokens that starts at ``at`` ends."""
    tag, sent, size = words.tag, words.sent, len(words)
    stop, number = at + 1, sent[at]
    while stop < size and (sent[stop] == number or _broken(words, stop)) and words.live[stop] and stop - at < MAX_WORDS:
        number = sent[stop]
        t = tag[stop]
        if words.lower[stop] in words.vocabulary.third_person and stop - at == 2 and words.lower[at] == "the" and words.text[stop - 1] in POINTS:
            break  # arms that the West suspects Iran hides
        inside_name = (name := words.name[stop]) is not None and name.start < stop
        if inside_name:
            stop += 1
        elif t in OPENERS and tag[stop - 1] not in ("PDT", "POS") and not (words.text[stop].istitle() and words.text[stop] in ("Al", "El", "La", "Le")):
            break
        elif name is not None:
            stop += 1
        elif _is_time(words, stop) or (t == "JJR" and stop + 1 < size and words.lower[stop + 1] == "than"):
            break  # seized by Seleka | more than two years ago
        elif t in INSIDE:
            if t == "POS" and tag[stop - 1] not in NOMINAL and words.name[stop - 1] is None:
                break
            stop += 1
        elif _glue(words, stop):
            stop += 1
        else:
            break
    while stop > at + 1 and tag[stop - 1] in ("HYPH", "POS", "$", "#", ":"):
        stop -= 1
    return stop


def _broken(words: Words, i: int) -> bool:
    """Whether the parser begins a sentence in the middle of a phrase: ``EU | antitrust regulators`` after a dateline."""
    return words.text[i][:1].islower() and words.name[i - 1] is not None and words.idx[i] == words.end[i - 1] + 1


def _glue(words: Words, i: int) -> bool:
    """Words that stay inside a phrase: participles before a noun, initials, ``de`` and ``bin`` in names."""
    tag, size = words.tag, len(words)
    if i + 1 >= size:
        return False
    if (
        tag[i] in ("VBN", "VBG", "RB", "RBS", "RBR")
        and words.dep[i] in ("amod", "compound", "advmod")
        and i < words.head[i] <= i + 3
        and tag[words.head[i]] in INSIDE
    ):
        return True
    if tag[i] == "RB" and words.dep[i] == "advmod" and words.head[i] == i + 1 and tag[i + 1] in ("VBN", "VBG") and words.dep[i + 1] == "amod":
        return _glue(words, i + 1)  # Chad's newly elected parliament
    if (
        words.lower[i] in words.vocabulary.people_by_state
        and tag[i] in ("VBN", "VBD", "JJ")
        and words.tag[i + 1] not in INSIDE
        and words.lower[i - 1] in ("the", "all", "other")
    ):
        return True
    if words.lower[i] in words.vocabulary.particles and words.text[i - 1][:1].isupper() and words.text[i + 1][:1].isupper() and tag[i + 1] in NOMINAL:
        return True
    return (
        words.text[i] == "."
        and len(words.text[i - 1]) <= 4
        and tag[i + 1] == "NNP"
        and words.dep[i] in ("compound", "punct")
        and words.idx[i] == words.end[i - 1]
    )


def _is_time(words: Words, i: int) -> bool:
    word = words.lower[i]
    if word not in words.vocabulary.time_words or words.name[i] is not None:
        return False
    if words.folded:
        return word not in ("may", "march", "sun", "mar", "sat", "am", "wed", "pm", "jan")
    return (words.text[i][0].isupper() or word[0] == "t" or word[0] == "y") and not (
        i + 1 < len(words) and words.tag[i + 1] == "NNP" and word in ("may", "april", "june", "august", "jan", "jun") and words.dep[i] == "compound"
    )


def _split(words: Words, start: int, stop: int, out: list[Chunk]) -> None:
    """Cut a run where the parse sees several phrases and add them."""
    piece = start
    for i in range(start, stop - 1):
        if i < piece:
            continue
        name = words.name[i]
        if name is not None and i + 1 < name.end:
            continue
        head = words.head[i]
        if words.tag[i] in NOMINAL and words.dep[i] in ARGUMENT and not (piece <= head < stop and words.dep[i] not in ("nsubj", "dobj", "nsubjpass", "dative")):
            if _title_before_name(words, i, stop) or (words.dep[i] == "conj" and _modifies(words, head)):
                continue
            _emit(words, piece, i + 1, out)
            piece = i + 1
    _emit(words, piece, stop, out)


def _modifies(words: Words, i: int) -> bool:
    """Whether a first conjunct stands before a noun: ``Afghan`` in ``Afghan and US forces``."""
    steps = 0
    while words.dep[i] == "conj" and steps < 8:
        i = words.head[i]
        steps += 1
    return words.dep[i] in ("amod", "nmod", "compound")


def _title_before_name(words: Words, i: int, stop: int) -> bool:
    """``spokeswoman Hua Chunying``: the next word is capitalised and hangs on this one, or the other way round."""
    after = i + 1
    if after >= stop or words.tag[after] not in ("NNP", "NNPS", "NN", "HYPH"):
        return words.tag[after] in ("HYPH", "POS") if after < stop else False
    if (
        words.dep[i] in ("dative", "nsubj", "dobj")
        and words.dep[stop - 1] in ("dobj", "nsubj", "nsubjpass")
        and words.head[stop - 1] != i
        and not words.text[i][0].islower()
    ):
        return words.head[stop - 1] == words.head[i] and words.dep[stop - 1] == words.dep[i]
    last = stop - 1
    return (
        any(words.head[j] == i for j in range(after, stop))
        or words.head[i] == last
        or (words.text[after][0].isupper() and words.dep[last] in ("appos", "flat", "compound"))
    )


def _emit(words: Words, start: int, stop: int, out: list[Chunk]) -> None:
    while start < stop and words.tag[start] in ("HYPH", "POS", ",", "."):
        start += 1
    while stop > start and words.tag[stop - 1] in ("HYPH", "POS", ".") and words.name[stop - 1] is None:
        stop -= 1
    if start >= stop:
        return
    possessor: Chunk | None = None
    for i in range(stop - 1, start, -1):
        if words.tag[i] == "POS" and (words.name[i] is None or words.name[i].end <= i + 1):  # type: ignore[union-attr]
            before = len(out)
            _emit(words, start, i, out)
            if len(out) > before:
                possessor = out[-1]
                possessor.possessive = True
            break
    if possessor is None and start and out and words.tag[start] == "PRP$" and out[-1].pronoun and out[-1].start == start:
        possessor = out[-1]
    if possessor is None and start + 1 < stop and words.tag[start] in ("PDT", "DT") and words.tag[start + 1] == "PRP$":  # all its leaders
        possessor = Chunk(start + 1, start + 2, start + 1, start + 1, pronoun=True, possessive=True)
        out.append(possessor)
    start = _with_quantity(words, start, out)
    out.append(Chunk(start, stop, _head(words, start, stop, possessor), stop - 1, possessor))


def _with_quantity(words: Words, start: int, out: list[Chunk]) -> int:
    """The left edge with what the run left out: ``more than`` before a number, ``Kurdish and`` before ``Yezidi fighters``."""
    floor = start
    if start >= 2 and words.text[start - 1] == "-" and words.idx[start] == words.end[start - 1] and words.idx[start - 1] == words.end[start - 2]:
        if out and out[-1].end == start - 1 and not out[-1].pronoun:
            return out.pop().start
        return start - 2
    if words.tag[start] == "CD":
        while floor and words.lower[floor - 1] in words.vocabulary.quantity and words.sent[floor - 1] == words.sent[start]:
            floor -= 1
        while floor < start and words.lower[floor] in ("to", "as", "than", "by", "of", "and"):
            floor += 1
        while out and floor < start and out[-1].start >= floor and not out[-1].pronoun:
            out.pop()
    elif out and start >= 2 and out[-1].end == start - 1 and words.tag[start - 1] == "CC" and not out[-1].pronoun:
        before = out[-1]
        name = words.name[before.noun]
        if (
            (words.tag[before.noun] == "JJ" or (name is not None and name.form == "demonym"))
            and words.tag[before.noun] != "NNPS"
            and before.end - before.start <= 4
            and words.dep[before.noun] in ("amod", "nmod", "compound")
            and start <= words.head[before.noun] < start + 6
        ):
            floor = before.start
            out.pop()
    return floor


def _head(words: Words, start: int, stop: int, possessor: Chunk | None) -> int:
    first = max(possessor.end if possessor is not None else start, stop - LONGEST)
    outside = [i for i in range(first, stop) if not start <= words.head[i] < stop or words.head[i] == i]
    nominal = [i for i in outside if words.tag[i] in NOMINAL or words.tag[i] in ("CD", "JJ", "DT", "PRP$")]
    candidates = [i for i in nominal if words.tag[i] in NOMINAL] or nominal or outside
    return candidates[-1] if candidates else stop - 1
