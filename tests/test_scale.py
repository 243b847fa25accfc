"""What comes out at scale is the same whatever was killed on the way: a worker, the one who waits for them, the whole machine."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars
import pytest
from tests.store_samples import an_article

if find_spec("ray") is None:
    pytest.skip("Ray is not installed: pip install 'onrecord[scale]'", allow_module_level=True)

import fsspec

ROOT = Path(__file__).parent.parent
PADDING = "Nothing else was reported on that day. " * 1100
ARTICLES = 60
FILES = 2


def lines(numbers: range, **more: str) -> str:
    return "".join(
        json.dumps({"id": a.id, "title": a.title, "published": a.published, "text": a.text}) + "\n" for a in (an_article(n, **more) for n in numbers)
    )


def wait_for(what: Callable[[], Any], seconds: float = 240) -> Any:
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.02)
    return found


@pytest.fixture(scope="module")
def store() -> Iterator[str | None]:
    """The address of an object store on this machine; None where none is installed."""
    if find_spec("moto") is None or find_spec("s3fs") is None:
        yield None
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    names = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_DEFAULT_REGION": "us-east-1"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in names.items():
            patch.setenv(name, value)
        yield names["AWS_ENDPOINT_URL"]
    server.kill()
    server.wait()


class Nursery:
    """One Ray for many runs, in a process of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.scale_victim"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def begin(self, source: Path | str, output: Path | str, marks: Path, seconds: float = 0.0) -> None:
        assert self._process.stdin is not None
        marks.mkdir(exist_ok=True)
        self._process.stdin.write(shlex.join([str(source), str(output), str(marks), str(seconds)]) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def run(self, source: Path | str, output: Path | str, marks: Path) -> dict[str, Any]:
        self.begin(source, output, marks)
        return self.answer()

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def nursery(store: str | None) -> Iterator[Nursery]:  # its processes must know of the store
    made = Nursery()
    yield made
    made.close()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two large files, and small ones that are coded as one; some lines are bad."""
    folder = tmp_path_factory.mktemp("news")
    each = ARTICLES // FILES
    for file in range(FILES):
        written = lines(range(file * each, (file + 1) * each), words=PADDING)
        (folder / f"{file}.jsonl").write_text(written + "no JSON\n")
    (folder / "small").mkdir()
    (folder / "small" / "undated.jsonl").write_text('\n{"text": "This one is unreadable."}\n{"text": "Nothing is to be found in this one."}\n')
    (folder / "small" / "empty.html").write_text("")
    return folder


@pytest.fixture(scope="module")
def undisturbed(nursery: Nursery, source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    output = tmp_path_factory.mktemp("out")
    tally = nursery.run(source, output, output.parent / "marks")
    assert (tally["shards"], tally["finished"], tally["articles"], tally["skipped"]) == (FILES + 1, FILES + 1, ARTICLES + 1, FILES + 2)
    return content(output)


def content(output: Path) -> dict[str, bytes]:
    return {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def descendants(process: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            parents.setdefault(int((entry / "stat").read_text().rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found = parents.get(process, [])
    return [*found, *(d for child in found for d in descendants(child))]


@contextlib.contextmanager
def alone(source: Path, output: Path, marks: Path, seconds: float) -> Iterator[subprocess.Popen[bytes]]:
    """A run of its own, with a Ray of its own, to be killed once it has come so far that parts are there; what Ray leaves behind is removed."""
    marks.mkdir()
    given = [str(source), str(output), str(marks), str(seconds)]
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "tests.scale_victim", *given], cwd=ROOT, stdout=subprocess.DEVNULL)
    folders: set[str] = set()
    try:
        wait_for(lambda: len([*output.glob("_parts/*/*")]) >= 3)
        for child in descendants(process.pid):
            with contextlib.suppress(OSError):
                folders.update(re.findall(r"/tmp/onrecord-ray-\w+", Path(f"/proc/{child}/cmdline").read_text()))
        yield process
    finally:
        process.kill()
        process.wait()
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_worker_costs_nothing(nursery: Nursery, source: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    nursery.begin(source, tmp_path / "out", marks, 0.05)
    killed = int(wait_for(lambda: [*marks.iterdir()] if marks.exists() else [])[0].name)
    wait_for(lambda: [*(tmp_path / "out").glob("_parts/*/*")])
    os.kill(killed, signal.SIGKILL)
    tally = nursery.answer()
    assert tally["articles"] == ARTICLES + 1
    assert tally["told"] == [m for m in tally["told"] if "no sense in it" in m]
    assert content(tmp_path / "out") == undisturbed


def test_a_killed_driver_costs_what_it_had_not_written(nursery: Nursery, source: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    output = tmp_path / "out"
    with alone(source, output, tmp_path / "before", 0.1) as process:
        process.kill()
    tally = nursery.run(source, output, tmp_path / "after")
    assert tally["articles"] < ARTICLES
    assert content(output) == undisturbed


def test_a_restarted_machine_goes_on_where_it_was(nursery: Nursery, source: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    output = tmp_path / "out"
    with alone(source, output, tmp_path / "before", 0.1) as process:
        all_of_it = [process.pid, *descendants(process.pid)]
        assert len(all_of_it) > 5
        for one in all_of_it:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        process.wait()
        wait_for(lambda: not any(map(alive, all_of_it)))
    tally = nursery.run(source, output, tmp_path / "after")
    assert tally["articles"] < ARTICLES
    assert content(output) == undisturbed


def test_what_is_there_is_not_done_again(nursery: Nursery, source: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    news, output, marks = tmp_path / "news", tmp_path / "out", tmp_path / "marks"
    shutil.copytree(source / "small", news)
    assert nursery.run(news, output, marks)["articles"] == 1
    before = content(output)
    tally = nursery.run(news, output, marks)
    assert (tally["shards"], tally["before"], tally["articles"]) == (0, 1, 0)
    assert content(output) == before
    (news / "new.jsonl").write_text(lines(range(3)))
    assert nursery.run(news, output, marks)["articles"] == 3
    assert content(output).items() > before.items()
    (news / "new.jsonl").write_text(lines(range(2)))
    assert nursery.run(news, output, marks)["articles"] == 2
    reports = polars.read_parquet(output / "reports" / "**" / "*.parquet")
    assert sorted(reports["article_id"].to_list())[-2:] == ["a0", "a1"]
    assert reports.height == 3


def test_a_document_that_takes_workers_down_is_set_aside_and_told(nursery: Nursery, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(lines(range(2)) + '{"id": "x", "text": "A deadly one."}\n' + lines(range(2, 7)))
    tally = nursery.run(news, tmp_path / "out", tmp_path / "marks")
    assert (tally["articles"], tally["skipped"]) == (7, 1)
    assert tally["told"] == [f"{news}, 3: article x: coding it ended the process that did it, 2 times"]
    [row] = polars.read_parquet(tmp_path / "out" / "skips" / "*.parquet").to_dicts()
    assert (row["file"], row["record"]) == (str(news), 3)


@pytest.mark.filterwarnings("ignore")
def test_an_object_store_is_read_and_written(nursery: Nursery, store: str | None, source: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    if store is None:
        pytest.skip("there is no object store: pip install s3fs 'moto[server]'")
    system = fsspec.filesystem("s3")
    wait_for(lambda: reached(store))
    system.mkdir("news")
    system.put(str(source), "news/in", recursive=True)
    tally = nursery.run("s3://news/in", "s3://news/out", tmp_path / "marks")
    assert (tally["finished"], tally["articles"], tally["skipped"]) == (FILES + 1, ARTICLES + 1, FILES + 2)
    names = [name.removeprefix("news/out/") for name in system.find("news/out")]
    assert not [name for name in names if name.startswith("_parts")]
    for table in ("events", "positions", "actors"):
        there = polars.concat(polars.read_parquet(system.cat_file(f"news/out/{name}")) for name in names if name.startswith(f"{table}/"))
        expected = polars.concat(polars.read_parquet(body) for name, body in undisturbed.items() if name.startswith(f"{table}/"))
        assert there.sort(there.columns).equals(expected.sort(expected.columns))
    skipped = polars.concat(polars.read_parquet(system.cat_file(f"news/out/{name}")) for name in names if name.startswith("skips/"))
    assert sorted(skipped["file"])[0] == "s3://news/in/0.jsonl"
    assert nursery.run("s3://news/in", "s3://news/out", tmp_path / "marks")["shards"] == 0


def reached(address: str) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=1):
        return True
    return False
