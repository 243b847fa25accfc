"""robots.txt: what a site lets programs ask for (RFC 9309), and how long it wants to be left alone in between."""

from __future__ import annotations

import dataclasses
import functools
from http import HTTPStatus
from urllib.parse import urlsplit

from protego import Protego

from onrecord.read.characters import decode

NAME = "onrecord"
"""What rules for this program begin with: ``User-agent: onrecord``."""
MOST = 512_000
"""Bytes of a robots.txt that are read (RFC 9309 asks for 500 KiB at least)."""
EVERYTHING, NOTHING = "", "User-agent: *\nDisallow: /\n"
"""The rules that forbid nothing, and that forbid everything."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a site lets programs ask for.

    Attributes:
        text: its robots.txt, as far as it was read.
        sure: whether the site said so; where it could not say, nothing may be asked, and it is to be asked for its rules again soon.
    """

    text: str
    sure: bool = True

    def allows(self, address: str) -> bool:
        """Whether an address may be asked."""
        return _parsed(self.text).can_fetch(address, NAME)

    @property
    def pause(self) -> float:
        """The seconds between two requests that the site asks for; 0 where it asks for none."""
        parsed = _parsed(self.text)
        rate = parsed.request_rate(NAME)
        asked = (parsed.crawl_delay(NAME) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)
        return max(0.0, *asked)


def rules(status: int | None, content: bytes = b"") -> Rules:
    """The rules of a site by what it answered when asked for ``/robots.txt``.

    Where there is none (4xx) everything may be asked; where the site fails (5xx), can't be reached, or asks to be left alone (429), nothing (RFC 9309,
    2.3.1.3 and 2.3.1.4).

    Args:
        status: what it answered; None where it can't be reached.
        content: the document.

    >>> rules(404).allows("https://news.example.org/a"), rules(503).allows("https://news.example.org/a")
    (True, False)
    """
    if status == HTTPStatus.OK:
        return Rules(text=decode(content[:MOST]).replace("\x00", ""))
    if status is not None and 400 <= status < 500 and status != HTTPStatus.TOO_MANY_REQUESTS:
        return Rules(text=EVERYTHING)
    return Rules(text=NOTHING, sure=False)


def site(address: str) -> str:
    """The site to which an address belongs, which has rules of its own: ``https://news.example.org``, with its port where that is not the usual one."""
    parts = urlsplit(address)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


@functools.lru_cache(maxsize=256)
def _parsed(text: str) -> Protego:
    return Protego.parse(text)
