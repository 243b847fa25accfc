"""What can keep articles from being coded at scale."""

from __future__ import annotations


class ScaleError(Exception):
    """The input or the output can't be used; the message says what to do."""
