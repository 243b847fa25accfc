"""What killed runs leave behind on this machine."""

from __future__ import annotations

import contextlib
import os
import shutil

FOLDER = "onrecord-ray-"
"""What the folders of Ray are called, before the number of the process that made them."""


def clear(place: str) -> None:
    """Remove the folders of runs that were killed: those of this user whose program is gone, and which no running process names.

    Args:
        place: the folder that they are in.
    """
    if not os.path.isdir("/proc/self"):  # nothing else tells which programs run, neither on a Mac nor on Windows
        return
    with contextlib.suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            made_by = entry.name.removeprefix(FOLDER).partition("-")[0]
            if not entry.name.startswith(FOLDER) or not made_by.isdecimal() or not entry.is_dir(follow_symlinks=False):
                continue
            if entry.stat(follow_symlinks=False).st_uid == os.getuid() and not os.path.exists(f"/proc/{made_by}") and not _is_used(entry.path):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_used(folder: str) -> bool:
    """Whether a process was started with a path in a folder; where that can't be told, it may be."""
    try:
        numbers = [name for name in os.listdir("/proc") if name.isdecimal()]
    except OSError:
        return True
    for number in numbers:
        with contextlib.suppress(OSError), open(f"/proc/{number}/cmdline", "rb") as file:
            if os.fsencode(folder) in file.read():
                return True
    return False
