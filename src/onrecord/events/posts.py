"""Posts that an article prints with who wrote them and when: "We welcome the truce. — Ada Obi (@adaobi) May 3, 2019"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.events.setting import because, iso_value
from onrecord.parse import Parsed
from onrecord.records import Event, EventDate, Time

SIGNED = re.compile(r"[—–-]{1,2} ?[^\n—–]{2,60} \(@\w{2,20}\) $")
LONGEST = 600
"""Characters that a post has at most."""


class Posts:
    """The posts of one article, each with its stretch of text and its day."""

    def __init__(self, parsed: Parsed, when: Mapping[int, Sequence[tuple[Time, Token]]]) -> None:
        text = parsed.flat
        self.found: list[tuple[int, int, str]] = []
        for here in when.values():
            for time, _ in here:
                day = iso_value(time)
                signed = SIGNED.search(text[max(0, time.start - 90) : time.start]) if day is not None else None
                block = parsed.block_at(time.start)
                if day is not None and signed is not None and block is not None:
                    end = time.start - len(signed[0])
                    self.found.append((max(block.start, end - LONGEST), end, day))

    def date(self, event: Event, word: Token) -> EventDate | None:
        """The day of the post that an event is written in, for one in the present: "we *welcome*"."""
        if word.tag_ not in ("VBP", "VBZ"):
            return None
        return next((because("post", day) for start, end, day in self.found if start <= event.trigger.start < end), None)
