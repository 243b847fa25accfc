"""What coding at scale is made of, without Ray: shards, chunks, a worker, the output, and the output read back."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store_samples import SampleCoder, an_article
from typer.testing import CliRunner

if find_spec("fsspec") is None:
    pytest.skip("fsspec is not installed: pip install 'onrecord[scale]'", allow_module_level=True)

from onrecord.cli import app
from onrecord.export.write import NOTES, frames
from onrecord.read import Meter, Skip, read
from onrecord.records import Article, Report
from onrecord.scale import Saved, ScaleError, Settings, Tables
from onrecord.scale.chunks import Chunk, Item, chunks
from onrecord.scale.coding import Work, Worker
from onrecord.scale.finishing import finish
from onrecord.scale.leftover import clear
from onrecord.scale.parts import load, written
from onrecord.scale.settings import Partition, begin
from onrecord.scale.shards import FULL, SMALL, Shard, manifests, missing, shards
from onrecord.scale.storage import File, Folder, files
from onrecord.store import open_record

TABLES = Tables(frames=frames, notes=NOTES)


class Counts:
    """Attempts, counted here."""

    def __init__(self, **before: int) -> None:
        self.counts = Counter({what.replace("_", " "): n for what, n in before.items()})

    def begun(self, what: str) -> int:
        self.counts[what] += 1
        return self.counts[what] - 1

    def ended(self, what: str) -> None:
        del self.counts[what]


def write(path: Path, numbers: Iterable[int]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    found = [an_article(n) for n in numbers]
    path.write_text("".join(json.dumps({"id": a.id, "title": a.title, "published": a.published, "text": a.text}) + "\n" for a in found))
    return path


def worker(folder: Folder, attempts: Counts, coder: SampleCoder | None = None, *, with_text: bool = True) -> Worker:
    return Worker(Work(make=lambda: coder or SampleCoder(), tables=TABLES, folder=folder, attempts=attempts, with_text=with_text))


def output(source: Path, to: Path, *, partition: Partition = "year", coder: SampleCoder | None = None, with_text: bool = True) -> Folder:
    """What a run makes of a file, one step after the other."""
    folder, attempts = Folder(str(to)), Counts()
    begin(folder, Settings(partition=partition, with_text=with_text))
    [shard], _ = missing(files([str(source)]), folder)
    made = worker(folder, attempts, coder, with_text=with_text)
    found = list(chunks(shard, read, attempts, size=4, deaths=2))
    for number, chunk in enumerate(found):
        made.do(shard.version, number, chunk)
    finish(folder, shard, len(found), partition, TABLES.notes)
    return folder


def no_space(_: int) -> None:
    raise OSError("no space is left")


def test_a_file_appears_when_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(str(tmp_path))
    folder.write("a/b.txt", b"one")
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="no space"):
        folder.write("a/b.txt", b"half of")
    assert folder.read("a/b.txt") == b"one"
    assert os.listdir(tmp_path / "a") == ["b.txt"]
    folder.remove(["a/b.txt", "a/none.txt"])
    assert not folder.has("a/b.txt")


def test_storage_by_address() -> None:
    folder = Folder("memory://results/here")
    folder.write("a/b.txt", b"one")
    assert (folder.read("a/b.txt"), folder.names("a"), folder.names("none")) == (b"one", ["a/b.txt"], [])
    assert [f.size for f in files(["memory://results/**/*.txt"])] == [3]
    folder.clear("a")
    assert not folder.has("a/b.txt")
    with pytest.raises(ScaleError, match="nowhere"):
        Folder("nowhere://at-all/")


def test_files_are_listed_but_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", ".hidden.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    named = [str(tmp_path / "a" / "c.txt"), str(tmp_path / "b.txt")]
    assert [f.address for f in files([str(tmp_path)])] == named
    assert [f.address for f in files([str(tmp_path / "*"), str(tmp_path / "b.txt")])] == named
    with pytest.raises(ScaleError, match=r"none\.txt"):
        files([str(tmp_path / "none.txt")])


@given(st.lists(st.sampled_from([10, SMALL - 1, SMALL, 3 * SMALL, FULL // 3]), max_size=60), st.data())
def test_what_is_left_comes_in_the_same_shards(sizes: list[int], data: st.DataObject) -> None:
    given = [File(address=f"/news/{n:03}.jsonl", size=size, stamp="1") for n, size in enumerate(sizes)]
    whole = list(shards(given))
    assert sorted((f for s in whole for f in s.files), key=lambda f: f.address) == given
    assert len({s.id for s in whole}) == len(whole)
    done = data.draw(st.sets(st.sampled_from([s.id for s in whole]))) if whole else set()
    left = [f for s in whole if s.id not in done for f in s.files]
    assert {s.id for s in shards(sorted(left, key=lambda f: f.address))} == {s.id for s in whole} - done


def test_chunks_say_where_documents_stand(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", range(3))
    path.write_text("\n" + path.read_text() + "no JSON\n")
    [shard] = shards(files([str(path)]))
    found = list(chunks(shard, read, Counts(), size=2, deaths=2))
    assert [[(i.record, i.article is None) for i in chunk.items] for chunk in found] == [[(2, False), (3, False)], [(4, False), (5, True)]]
    assert {i.file for chunk in found for i in chunk.items} == {str(path)}


def test_what_is_not_asked_for_is_counted_and_not_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", range(9))
    [shard] = shards(files([str(path)]))
    found = list(chunks(shard, partial(read, where="date >= 2021"), Counts(), size=2, deaths=2))
    assert sum(len(chunk.items) for chunk in found) == 6
    assert sum(chunk.left_out for chunk in found) == 3
    assert [chunk.reached for chunk in found] == sorted(chunk.reached for chunk in found)
    assert found[-1].reached <= shard.size


def test_a_file_that_takes_readers_down_costs_its_rest(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", range(4)), write(tmp_path / "b.jsonl", range(4, 6))
    [shard] = shards(files([str(tmp_path)]))

    class KilledError(BaseException):
        pass

    def deadly(paths: Iterable[str], *, meter: Meter) -> Iterator[Article | Skip]:
        for document in read(paths, meter=meter):
            if isinstance(document, Article) and document.id == "a2":
                raise KilledError
            yield document

    attempts = Counts()
    for _ in range(4):
        with pytest.raises(KilledError):
            list(chunks(shard, deadly, attempts, size=2, deaths=2))
    [first, second, *rest] = list(chunks(shard, deadly, attempts, size=2, deaths=2))
    assert [i.article.id for i in first.items if i.article] == ["a0", "a1"]
    assert [i.skip.message for i in second.items if i.skip] == [f"{tmp_path}/a.jsonl: reading it past document 2 ended the process that did it, 2 times"]
    assert [i.article.id for c in (second, *rest) for i in c.items if i.article] == ["a4", "a5"]


def test_a_worker_sets_aside_what_takes_it_down(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    items = [Item(file="news.jsonl", record=n + 1, article=an_article(n)) for n in range(3)]
    attempts = Counts(code_v_0=2, code_v_0_1=2)
    done = worker(folder, attempts).do("v", 0, Chunk(items=items))
    assert (done.articles, done.skipped) == (2, 1)
    assert done.told == ("news.jsonl, 2: article a1: coding it ended the process that did it, 2 times",)
    assert not any(what in attempts.counts for what in ("code v 0", "code v 0 0"))


def test_an_article_that_fails_costs_itself(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    items = [Item(file="news.jsonl", record=n + 1, article=an_article(n, words="gibberish" if n == 1 else "")) for n in range(3)]
    done = worker(folder, Counts(), SampleCoder(fails_on="gibberish")).do("v", 0, Chunk(items=items))
    assert (done.articles, done.skipped) == (2, 1)
    assert "news.jsonl, 2" in done.told[0]
    assert "can't be read" in done.told[0]
    coder = SampleCoder()
    again = worker(folder, Counts(), coder).do("v", 0, Chunk(items=items))
    assert (again.articles, again.skipped, coder.coded) == (2, 1, [])
    assert written(folder, "v") == [0]
    assert load(folder, "v", 0).articles == 2


class Hanging(SampleCoder):
    """Never comes to an end with one article."""

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:
        for article in articles:
            while "endless" in article.text:
                time.sleep(0.01)
            yield from super().pipe([article], batch_size=batch_size)


def test_an_article_that_never_ends_is_stopped_and_counted(tmp_path: Path) -> None:
    items = [Item(file="news.jsonl", record=n + 1, article=an_article(n, words="endless" if n == 1 else "")) for n in range(3)]
    hanging = Work(make=Hanging, tables=TABLES, folder=Folder(str(tmp_path)), attempts=Counts(), with_text=True, patience=0.3)
    handler = signal.getsignal(signal.SIGALRM)
    done = Worker(hanging).do("v", 0, Chunk(items=items))
    assert (done.articles, done.skipped) == (2, 1)
    assert done.told == ("news.jsonl, 2: article a1: coding it took longer than 0.3 s",)
    assert signal.getsignal(signal.SIGALRM) is handler


def test_what_never_comes_back_to_python_ends_its_process() -> None:
    code = "import ctypes\nfrom onrecord.scale.patience import stopped_after\nwith stopped_after(0.2): ctypes.PyDLL(None).sleep(30)"
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=25)
    assert done.returncode != 0
    assert time.monotonic() - began < 20


def test_folders_of_killed_runs_are_removed_and_no_others(tmp_path: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True, text=True).stdout.strip()
    names = {"left": f"onrecord-ray-{gone}-a", "used": f"onrecord-ray-{gone}-b", "ours": f"onrecord-ray-{os.getpid()}-c", "other": f"onrecord-{gone}-d"}
    for name in names.values():
        (tmp_path / name / "session").mkdir(parents=True)
    running = [sys.executable, "-c", "print(flush=True); input()", str(tmp_path / names["used"] / "session")]
    using = subprocess.Popen(running, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert using.stdout is not None
    using.stdout.readline()  # a program that has only just been started has no arguments yet
    try:
        clear(str(tmp_path))
        assert {p.name for p in tmp_path.iterdir()} == set(names.values()) - {names["left"]}
    finally:
        using.communicate(b"\n", timeout=20)
    clear(str(tmp_path))
    assert not (tmp_path / names["used"]).exists()


def test_two_coders_do_not_mix(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    items = [Item(file="news.jsonl", record=1, article=an_article(1))]
    assert worker(folder, Counts()).do("v", 0, Chunk(items=items)).refused is None
    assert "give another folder" in (worker(folder, Counts(), SampleCoder("2")).do("v", 1, Chunk(items=items)).refused or "")
    begin(folder, Settings())
    with pytest.raises(ScaleError, match="partition was year, now shard"):
        begin(folder, Settings(partition="shard"))
    with pytest.raises(ScaleError, match=r"settings \(where was None, now date\)"):
        begin(folder, Settings(reading={"where": "date"}))


@pytest.mark.parametrize("partition", ["year", "shard"])
def test_the_output_has_the_findings_once(tmp_path: Path, partition: Partition) -> None:
    folder = output(write(tmp_path / "news.jsonl", range(10)), tmp_path / "out", partition=partition)
    [manifest] = manifests(folder)
    assert (manifest.articles, manifest.skipped, manifest.rows["reports"]) == (10, 0, 10)
    reports = [SampleCoder().report(a) for a in read([str(tmp_path / "news.jsonl")]) if isinstance(a, Article)]
    for what, frame in frames(reports).items():
        there = polars.read_parquet(tmp_path / "out" / what / "**" / "*.parquet", hive_partitioning=partition == "year")
        assert there.height == frame.height
        if partition == "year":
            assert (there["published"].str.head(4) == there["year"].cast(polars.String)).all()
            there = there.drop("year")
        assert there.sort(there.columns).equals(frame.sort(frame.columns))
    before = {p: p.read_bytes() for p in (tmp_path / "out").rglob("*.parquet")}
    [shard] = shards(manifest.files)
    assert finish(folder, shard, 3, partition, TABLES.notes) == manifest  # by a process that does not know that it is done
    shutil.rmtree(tmp_path / "out")
    output(tmp_path / "news.jsonl", tmp_path / "out", partition=partition)
    assert {p: p.read_bytes() for p in (tmp_path / "out").rglob("*.parquet")} == before


def test_a_file_that_changed_is_done_again(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", range(6))
    folder = output(path, tmp_path / "out")
    assert missing(files([str(path)]), folder)[0] == []
    write(path, range(5))
    [shard], kept = missing(files([str(path)]), folder)
    assert (kept, isinstance(shard, Shard)) == ([], True)
    assert not [*(tmp_path / "out").rglob("*.parquet")]


def test_loading_is_as_if_it_had_been_added(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", range(7))
    path.write_text(path.read_text() + "no JSON\n")
    output(path, tmp_path / "out")
    saved = Saved(str(tmp_path / "out"))
    with open_record(tmp_path / "loaded.db") as loaded, open_record(tmp_path / "added.db") as added:
        tally = loaded.add(saved.documents(), saved, batch=3)
        assert dataclasses.asdict(tally) == dataclasses.asdict(added.add(read([str(path)]), SampleCoder()))
        assert loaded.add(saved.documents(), saved).unchanged == 7
        assert loaded.add(read([str(path)]), SampleCoder()).unchanged == 7
        for n in range(7):
            assert loaded.report(f"a{n}") == added.report(f"a{n}") == SampleCoder().report(the(path, n))


def the(path: Path, number: int) -> Article:
    return next(a for a in read([str(path)]) if isinstance(a, Article) and a.id == f"a{number}")


def test_the_command_loads_once(tmp_path: Path) -> None:
    output(write(tmp_path / "news.jsonl", range(4)), tmp_path / "out")
    given = ["load", str(tmp_path / "out"), "--db", str(tmp_path / "record.db")]
    assert "4 added" in CliRunner().invoke(app, given).stderr
    assert "0 added, 4 unchanged" in CliRunner().invoke(app, given).stderr


def test_loading_can_be_logged(tmp_path: Path) -> None:
    output(write(tmp_path / "news.jsonl", range(4)), tmp_path / "out")
    given = ["load", str(tmp_path / "out"), "--db", str(tmp_path / "record.db"), "--log", "json"]
    done = subprocess.run([sys.executable, "-m", "onrecord.cli", *given], capture_output=True, check=True, text=True)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["added"] for line in lines if line["event"] == "batch"] == [4]


def test_without_texts_nothing_can_be_loaded(tmp_path: Path) -> None:
    output(write(tmp_path / "news.jsonl", range(4)), tmp_path / "out", with_text=False)
    result = CliRunner().invoke(app, ["load", str(tmp_path / "out"), "--db", str(tmp_path / "record.db")])
    assert (result.exit_code, "without the articles' texts" in result.stderr) == (2, True)
    result = CliRunner().invoke(app, ["load", str(tmp_path), "--db", str(tmp_path / "record.db")])
    assert (result.exit_code, "holds nothing" in result.stderr) == (2, True)


def test_without_the_extra_the_command_says_how_to_install_it(tmp_path: Path) -> None:
    given = ["onrecord", "scale", "news", str(tmp_path / "out")]
    code = f"import sys; sys.modules['ray'] = sys.modules['fsspec'] = None; sys.argv = {given!r}\nfrom onrecord.cli import main; main()"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "this needs fsspec and ray, not installed here: pip install 'onrecord[scale]'\n"


def test_there_is_a_report_of_every_article(tmp_path: Path) -> None:
    output(write(tmp_path / "news.jsonl", range(5)), tmp_path / "out")
    rows = polars.read_parquet(tmp_path / "out" / "reports" / "**" / "*.parquet").to_dicts()
    assert {(r["article_id"], r["file"], r["record"]) for r in rows} == {(f"a{n}", str(tmp_path / "news.jsonl"), n + 1) for n in range(5)}
    assert all(isinstance(Report.from_dict(json.loads(r["report"]), text=r["text"]), Report) for r in rows)
