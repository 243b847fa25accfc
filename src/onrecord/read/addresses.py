"""Addresses of the web: which of them are one and the same."""

from __future__ import annotations

from urllib.parse import urlsplit

from courlan import extract_domain, normalize_url

LONGEST = 4_000


def plain(address: str) -> str:
    """An address as it is compared: without what only tells by which way a reader came, its fragment and the port that goes without saying.

    >>> plain("HTTPS://News.example.org:443/a?utm_source=rss&id=3#top")
    'https://news.example.org/a?id=3'
    """
    address = address.strip()
    kept = normalize_url(address).partition("#")[0] if len(address) <= LONGEST else address
    return kept if urlsplit(kept).path else f"{kept}/"


def is_address(text: str) -> bool:
    """Whether something is to be fetched and not a path.

    >>> [is_address(x) for x in ("https://news.example.org/", "HTTP://x", "news/today.txt")]
    [True, True, False]
    """
    return text.strip().lower().startswith(("http://", "https://"))


def own_address(said: str | None, came_from: str) -> str:
    """The address of a page: the one that it gives as its own where that can be believed, else the one that it came from.

    A page can't speak for another site, and one that gives its site's front page as its own is mistaken.

    Args:
        said: what the page says (``rel=canonical``).
        came_from: whence it came, after redirects.
    """
    came_from = plain(came_from)
    if not said or not is_address(said):
        return came_from
    said = plain(said)
    front = urlsplit(said).path in ("", "/") and not urlsplit(said).query
    if len(said) > LONGEST or not same_site(said, came_from) or (front and said != came_from):
        return came_from
    return said


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one owner: one host, or hosts of one registered domain (``m.news.example`` and ``www.news.example``)."""
    hosts = [(urlsplit(a).hostname or "").lower() for a in (one, other)]
    if not all(hosts):
        return False
    domains = [extract_domain(a) for a in (one, other)]
    return hosts[0] == hosts[1] or (domains[0] is not None and domains[0] == domains[1])
