"""Thousands of bad documents, the same each time: none stops the reading, and each is counted.

``ONRECORD_BAD_DOCUMENTS=10000`` reads as many as the project promises; ``python -m benchmarks.fuzz`` goes on without end.
"""

from __future__ import annotations

import os
import random
from itertools import islice
from pathlib import Path

import pytest
from benchmarks import fuzz, fuzz_samples

from onrecord.read import Meter, Skip, SkipReason, read

COUNT = int(os.environ.get("ONRECORD_BAD_DOCUMENTS", "1500"))
PORTION = 250


PORTIONS = [(seed, min(PORTION, COUNT - PORTION * seed)) for seed in range(-(-COUNT // PORTION))]


def _broken(case: fuzz.Case, _: Path) -> None:
    raise IndexError(case[0])


@pytest.mark.parametrize(("seed", "count"), PORTIONS)
def test_each_of_many_bad_documents_is_counted(tmp_path: Path, seed: int, count: int) -> None:
    total = 0
    for case, given in fuzz.bad_documents(random.Random(seed), count):
        fuzz.read_case(case, tmp_path, given=given)
        total += given
    assert total == count


def test_damaged_files_of_every_format_raise_nothing(tmp_path: Path) -> None:
    names = set()
    for case in islice(fuzz.reader_cases(random.Random(7)), 3 * (len(fuzz_samples.samples()) + 1)):
        fuzz.read_case(case, tmp_path)
        names.add(case[0].partition("~")[0])
    assert names >= set(fuzz_samples.samples())


@pytest.mark.parametrize("name", list(fuzz_samples.samples()))
def test_the_samples_are_read_as_they_are(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(fuzz_samples.samples()[name])
    meter = Meter()
    found = list(read(path, on_note=lambda _: None, meter=meter))
    fuzz.check_outcomes(found, meter)
    assert meter.read
    assert {x.reason for x in found if isinstance(x, Skip)} <= {SkipReason.NO_PAGE}


def test_damaged_reports_are_refused_or_sound(tmp_path: Path) -> None:
    for case in islice(fuzz.report_cases(random.Random(0)), 100):
        fuzz.decode_case(case, tmp_path)


def test_a_panic_of_a_library_costs_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panic(*_: object) -> object:
        raise PanicException("left == right")

    (tmp_path / "a.parquet").write_bytes(fuzz_samples.samples()["rows.parquet"])
    (tmp_path / "b.jsonl").write_bytes(fuzz_samples.samples()["rows.jsonl"])
    monkeypatch.setattr("polars.scan_parquet", panic)
    first, *rest = read(tmp_path)
    assert isinstance(first, Skip)
    assert first.reason is SkipReason.UNREADABLE
    assert len(rest) == len(fuzz_samples.ROWS)


def test_a_law_that_is_broken_is_found(tmp_path: Path) -> None:
    with pytest.raises(fuzz.LawBrokenError):
        fuzz.check_outcomes([], Meter(read=1))
    with pytest.raises(fuzz.LawBrokenError):
        fuzz.read_case(("rows.jsonl", b"{}\n{}"), tmp_path, given=3)
    found = fuzz.finding(("x~x", b""), _broken, tmp_path)
    assert found is not None
    assert found.startswith("IndexError")
