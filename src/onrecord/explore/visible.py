"""Text of others on a page: always as text, and what can't be seen in it made visible."""

from __future__ import annotations

import unicodedata

from markupsafe import Markup, escape

from onrecord.read.characters import UNSEEN


def visible(text: str) -> Markup:
    """Text for a page: escaped, and with characters that can't be seen marked and kept from turning what stands around them.

    >>> visible("<b>")
    Markup('&lt;b&gt;')
    """
    if not UNSEEN.search(text):
        return escape(text)
    out: list[str] = []
    at = 0
    for found in UNSEEN.finditer(text):
        character = found[0]
        name = unicodedata.name(character, "control character")
        out.append(escape(text[at : found.start()]))
        out.append(f'<bdi class="unseen" data-code="U+{ord(character):04X}" title="{name.lower()}">{character}</bdi>')
        at = found.end()
    return Markup("".join([*out, escape(text[at:])]))
