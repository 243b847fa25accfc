"""Closed sets of words that the room's rules ask for, from one table."""

from __future__ import annotations

import dataclasses

import msgspec

from onrecord import lexicons


class WordRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word of a set."""

    set: str
    word: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Sets of lower-case words, each named for the question it answers."""

    abroad: frozenset[str]
    """Nouns of what a country has in others, so that it does not say where police and officials are: embassy, tourists."""
    advising: frozenset[str]
    """Nouns of those who are *to* somebody what others are *of* somebody: an adviser to the president."""
    against: frozenset[str]
    """Before a hyphen, they turn a country into an opponent or object: anti-, pro-."""
    beside: frozenset[str]
    """Those who belong to somebody and are not of them: its allies, his rivals."""
    being: frozenset[str]
    """Forms of the verb that says what somebody is."""
    appointing: frozenset[str]
    """Participles and past forms of verbs that make somebody something."""
    body_nouns: frozenset[str]
    """Later names of an intergovernmental body: the bloc."""
    country_nouns: frozenset[str]
    counts: frozenset[str]
    """Numbers and quantifiers that stand alone for people named before."""
    capitals_only: frozenset[str]
    """Names that are ordinary words unless each of them has its capital: the Islamic State."""
    bystanders: frozenset[str]
    """Nouns that mostly bring in somebody new, even with an article: the driver, the judge."""
    cuts: frozenset[str]
    """Prepositions that end a base noun phrase."""
    determiners: frozenset[str]
    elsewhere: frozenset[str]
    """Nouns of people who are rarely of the country the article is about."""
    family: frozenset[str]
    """Relatives by blood, who mostly share a country both ways."""
    female: frozenset[str]
    forces: frozenset[str]
    """Weak nouns that are military once a country stands before them."""
    foreign: frozenset[str]
    """Modifiers that say it is not the country of the context: foreign, international."""
    former: frozenset[str]
    given_too: frozenset[str]
    """Names of countries and cities that are given names too."""
    governments: frozenset[str]
    """Nouns after whose leader's name it is the government of a country: the Obama administration."""
    group_nouns: frozenset[str]
    heading: frozenset[str]
    """Offices of those whose name a government goes by."""
    inquiries: frozenset[str]
    """Nouns before which a place's name is mostly what they look into: the Tripoli committee."""
    introduced: frozenset[str]
    """Participles between somebody and their name: a man named (as) X."""
    kin: frozenset[str]
    """Nouns of those who belong to the possessor: her brother, his lawyer."""
    leaders: frozenset[str]
    leading: frozenset[str]
    """Heads of anything: president, chairman, chief."""
    looking: frozenset[str]
    """Words between such a name and noun: select, investigative."""
    lower_starts: frozenset[str]
    """Words in lower case that a name may start with."""
    male: frozenset[str]
    members: frozenset[str]
    """What a state is called after a body's name: the OPEC member."""
    motion: frozenset[str]
    """Verbs whose object is a place."""
    names_in_lower: frozenset[str]
    """Names that are written without a capital: the euro zone."""
    nearby: frozenset[str]
    """Modifiers that say it is of the place the article is about: local, provincial."""
    not_of: frozenset[str]
    """After a hyphen, they make a country a backer and not the home: -backed, -style."""
    numbers: frozenset[str]
    object_forms: frozenset[str]
    one_each: frozenset[str]
    """What a country has one of, so that several are of several countries: governments."""
    ordinary_words: frozenset[str]
    """Names and acronyms that are ordinary words where case does not tell."""
    parties: frozenset[str]
    """What several that were named before are called together: the two sides, both leaders."""
    particles: frozenset[str]
    """Words in lower case inside personal names: de, bin."""
    people_by_state: frozenset[str]
    """Participles that stand for people after an article: the accused."""
    person_like: frozenset[str]
    place_nouns: frozenset[str]
    place_parts: frozenset[str]
    """Words before a town's name that leave it a town: Greater, Downtown."""
    place_prepositions: frozenset[str]
    portions: frozenset[str]
    """Words that take a part of those named after ``of``: some of the girls."""
    pronoun_words: frozenset[str]
    propositional: frozenset[str]
    """Verbs whose object, where it is *it*, is what was said or done and nobody."""
    quantity: frozenset[str]
    """Words before a number that belong to it: more than, at least."""
    seizing: frozenset[str]
    """Verbs after which they, in a clause of reason or time, are mostly those whom it was done to."""
    ships: frozenset[str]
    small_lands: frozenset[str]
    """Nouns for a land that is hardly a sovereign state where the article has a de facto one."""
    speech: frozenset[str]
    speech_of_persons: frozenset[str]
    stops: frozenset[str]
    """Words that end a phrase and what hangs on it."""
    third_person: frozenset[str]
    """Verbs that parsers take for plural nouns after the West or the North."""
    time_words: frozenset[str]
    topics: frozenset[str]
    """Nouns before which a country's name is what they are about: an Iran expert, a China correspondent."""
    travel: frozenset[str]
    """Verbs and nouns after which from and to are directions."""
    unstrange: frozenset[str]
    """Words that are no names though they stand where names do in a text without capitals."""

    @classmethod
    def load(cls, language: str = "en") -> Vocabulary:
        """The packaged sets of a language.

        Raises:
            LexiconError: a set is missing or unknown.
        """
        sets: dict[str, set[str]] = {}
        for row in lexicons.table("actors/words", WordRow, language=language):
            sets.setdefault(row.set, set()).add(row.word)
        wanted = {field.name for field in dataclasses.fields(cls)}
        if set(sets) != wanted:
            raise lexicons.LexiconError(f"actors/words: missing or unknown sets {', '.join(sorted(wanted ^ set(sets)))}")
        return cls(**{name: frozenset(words) for name, words in sets.items()})
