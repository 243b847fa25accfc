"""How far reading is: what came of the documents so far, and how many of the bytes have been read."""

from __future__ import annotations

import dataclasses
from typing import BinaryIO


@dataclasses.dataclass(slots=True)
class Meter:
    """What a run of :func:`onrecord.read.read` has done; give it one to look at while the run goes on.

    Attributes:
        read: articles.
        skipped: documents that gave none, by the counts of their skips.
        left_out: documents that were not asked for (``where``).
        record: of the article that was given last: the line, row, record or article in its file that it is, where there are several.
        total: the bytes of all files, where somebody counted them; :func:`onrecord.read.size_of` does.
    """

    read: int = 0
    skipped: int = 0
    left_out: int = 0
    record: int | None = None
    total: int | None = None
    _before: int = 0
    _file: BinaryIO | None = None
    _share: int = 0

    @property
    def documents(self) -> int:
        """All documents so far."""
        return self.read + self.skipped + self.left_out

    @property
    def done(self) -> int:
        """The bytes that have been read, as they stand in the files: of compressed files the compressed ones."""
        if self._file is None or self._file.closed:
            return self._before + self._share
        return self._before + max(self._share, self._file.tell())

    def watch(self, file: BinaryIO) -> None:
        """Look at a file that is being read."""
        self._file = file

    def reach(self, position: int) -> None:
        """Note how far reading is in a file that others open."""
        self._share = position

    def end(self, size: int) -> None:
        """Note that a file of some size is done with."""
        self._file, self._share = None, 0
        self._before += size
