"""Text of others on a page: always as text, and what can't be seen in it made visible."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
"""What does something to a text and can't be seen: controls, turns of direction, characters without width, tags. (Joiners, which scripts need, stay.)"""


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
