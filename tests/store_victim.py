"""Adds articles to a record in processes that can be killed: a nursery that has loaded all there is to load, and forks a writer for each line it reads.

A line is the path of a record; the answer is the writer's process id, then ``done`` or ``killed``.
"""

from __future__ import annotations

import os
import sys

from tests.store_samples import SampleCoder, an_article

from onrecord.store import open_record

ARTICLES = 60
BATCH = 3


def write(path: str) -> None:
    with open_record(path) as record:
        record.add((an_article(n) for n in range(ARTICLES)), SampleCoder(), batch=BATCH)


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            write(line.strip())
            os._exit(0)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "done" if status == 0 else "failed", flush=True)


if __name__ == "__main__":
    main()
