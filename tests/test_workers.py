"""Several processes code like one coder, also where one is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from onrecord.operating import OperatingPoint
from onrecord.records import Article, Report
from onrecord.workers import WorkerError, Workers


class Stub:
    """Makes empty reports; kills its process at articles that say so, once or always."""

    name = "stub 1"
    point = OperatingPoint()

    def __init__(self, marks: Path) -> None:
        self.marks = marks

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:
        for article in articles:
            mark = self.marks / article.id
            if article.text == "deadly" or (article.text == "deadly once" and not mark.exists()):
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            if article.text == "wrong":
                raise ValueError("no report")
            yield Report(article=article, coder=f"{self.name} {os.getpid()}")


def make(marks: Path) -> Stub:
    return Stub(marks)


def some(*texts: str) -> list[Article]:
    return [Article.make(text, id=f"a{n}") for n, text in enumerate(texts)]


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    with Workers(partial(make, tmp_path), 2, portion=2) as made:
        yield made


def test_reports_come_in_order_from_several_processes(workers: Workers) -> None:
    found = list(workers.pipe(some(*("fine" for _ in range(20)))))
    assert [r.article.id for r in found] == [f"a{n}" for n in range(20)]
    assert str(os.getpid()) not in {r.coder.split()[-1] for r in found}
    assert (workers.name, workers.point) == ("stub 1", OperatingPoint())


def test_a_killed_process_costs_nothing(workers: Workers) -> None:
    found = list(workers.pipe(some("fine", "deadly once", "fine", "fine", "fine")))
    assert [r.article.id for r in found] == [f"a{n}" for n in range(5)]


def test_an_article_that_kills_every_process_is_named_and_the_others_can_be_coded(workers: Workers) -> None:
    with pytest.raises(WorkerError, match="a1"):
        list(workers.pipe(some("fine", "deadly", "fine")))
    assert len(list(workers.pipe(some("fine", "fine")))) == 2


def test_what_goes_wrong_in_a_process_goes_wrong_here(workers: Workers) -> None:
    with pytest.raises(ValueError, match="no report"):
        list(workers.pipe(some("fine", "wrong")))


def test_there_is_at_least_one_process(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="got 0"):
        Workers(partial(make, tmp_path), 0)
