"""Verbs that less their *e* are verbs too: *hope* and *hop*, *fine* and *fin*.

spaCy's English lemmatizer strips endings and prefers the shorter of two verbs that it knows, so *raped* is of *rap* and *stages* of *stag*.
English spelling tells them apart: a verb of one short syllable doubles its last letter before *-ed* and *-ing* (*hopped*), and takes
*-es* only after a hissing sound. What has one letter there is of the longer verb. An exception in the lemmatizer's own table does not
help, for it comes first only where the rules do not give it.
"""

from __future__ import annotations

DOUBLING = """
bare bate bide blate cane chine code cone cope crape cube dine dote fate fine gage gape gripe hate hope jibe kite lame lope luge mate mope pale pare pine pipe
plane plate prime rage rape rate ride rime robe scare scrape shame shine site slate slime slope snipe spare spite stage stare stripe swage tape tope tote
twine wade wage wane ware wine
"""
"""All such verbs of the lemmatizer's list whose shorter verb doubles its last letter."""
ALIKE = ("bathe", "lambaste", "premiere", "route", "singe", "swinge", "tinge")
"""Those whose shorter verb does not: they differ before -s only."""
VERB_TAGS = ("VBD", "VBG", "VBN", "VBZ")

WHOLE = {verb[:-1] + ending: verb for verb in DOUBLING.split() for ending in ("ed", "ing", "es")} | {f"{verb}s": verb for verb in ALIKE}
"""A verb's form in small letters, and its lemma."""


def whole(form: str, lemma: str) -> str:
    """The lemma of a word that some lemmatizer gave one: of *hoped* it is *hope* where that one gave *hop*.

    Args:
        form: the word, in any case.
        lemma: what it was given.
    """
    longer = WHOLE.get(form.lower())
    return longer if longer is not None and lemma.lower() == longer[:-1] else lemma
