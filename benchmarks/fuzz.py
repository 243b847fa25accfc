"""Bad documents by the thousand: ``python -m benchmarks.fuzz readers --minutes 10 --corpus DIR``.

Samples of every format (or texts, or reports) are damaged at random and given to what reads them. What raises, what breaks a law (each document is
counted, every text can be kept, every offset holds) and what takes too long is a finding: it is printed and kept in the corpus, which every later run
begins with. The same seed damages the same. ``--guided`` damages by what atheris (``pip install atheris``) sees of the code that runs, for as long.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import fuzz_mutating, fuzz_samples
from onrecord.parse import Parser
from onrecord.pipeline import Coder
from onrecord.read import Meter, Skip, read
from onrecord.records import NO_CHARACTER, Article, Report

SLOW = 5.0
"""Seconds that one small bad document may take."""
CONDITIONS = ((), (), (), "language = en", "date >= 2021-03-05", "host = *.example.org and language in (en, fr)", "not retrieved = 2021-03-03")

Case = tuple[str, bytes]
"""A name, whose part before the first ``~`` tells whose sample it was, and the bytes."""


class LawBrokenError(AssertionError):
    """A document came to something that it must not come to."""


def check_outcomes(found: list[Article | Skip], meter: Meter, *, given: int | None = None) -> None:
    """Check what reading came to.

    Args:
        found: what was read.
        meter: what was counted meanwhile.
        given: how many documents there were, where that is known.

    Raises:
        LawBrokenError: an outcome is not sound, or a document was not counted.
    """
    articles = [x for x in found if isinstance(x, Article)]
    skips = [x for x in found if isinstance(x, Skip)]
    if (meter.read, meter.skipped) != (len(articles), sum(s.count for s in skips)):
        raise LawBrokenError(f"{len(articles)} articles and {skips} came, and {meter} was counted")
    if not meter.documents or (given is not None and meter.documents != given):
        raise LawBrokenError(f"{given or 'some'} documents were given, and {meter.documents} were counted")
    if not all(s.message for s in skips):
        raise LawBrokenError("a skip says nothing")
    for article in articles:
        if not article.text.strip():
            raise LawBrokenError("an article has no text")
        for value in (article.text, article.id, article.title, article.byline, article.publisher, article.url, article.published, article.retrieved_at):
            if value is not None and NO_CHARACTER.search(value):
                raise LawBrokenError(f"no database takes {value[:80]!r}")


def read_case(case: Case, folder: Path, *, given: int | None = None) -> None:
    """Read one document of the name that its sample has."""
    name, data = case
    path = folder / name.partition("~")[0]
    path.write_bytes(data)
    chance = random.Random(len(data) + sum(data[:64]))
    meter, where = Meter(), chance.choice(CONDITIONS)
    found = list(read(path, where=where, languages=chance.choice((("en",), ())), on_note=lambda _: None, meter=meter))
    check_outcomes(found, meter, given=given)


def reader_cases(chance: random.Random) -> Iterator[Case]:
    """Damaged documents of every format without end."""
    samples = fuzz_samples.samples()
    others = list(samples.values())
    answers = [fuzz_samples.answer(n) for n in range(1, 5)]
    while True:
        for name, data in samples.items():
            yield f"{name}~bytes", fuzz_mutating.bytes_of(data, chance, others)
        packing = chance.choice((".gz", ".zst", ""))
        damaged = [fuzz_samples.record(fuzz_mutating.bytes_of(a, chance, answers), n) for n, a in enumerate(answers, 1)]
        yield f"pages.warc{packing}~inside", fuzz_samples.archive(damaged, packing)


def bad_documents(chance: random.Random, count: int) -> Iterator[tuple[Case, int]]:
    """Files that hold so many bad documents in all, each with how many it holds: files of one, lines, pages of archives."""
    line, answers = json.dumps(fuzz_samples.ROWS[0]).encode(), [fuzz_samples.answer(n) for n in range(1, 5)]
    single = ("plain.txt", "page.html", "one.rtf", "one.pdf", "one.docx")
    samples = fuzz_samples.samples()
    while count > 0:
        some = min(count, 20)
        rows = [row.replace(b"\n", b" ").replace(b"\r", b" ") for row in (fuzz_mutating.bytes_of(line, chance) for _ in range(some))]
        yield ("rows.jsonl~rows", b"\n".join(b"x" + row if index == 0 else row + b"x" for index, row in enumerate(rows))), some
        count -= some
        some = min(count, 5)
        if some:
            pages = [fuzz_samples.record(fuzz_mutating.bytes_of(chance.choice(answers), chance)[:8000], n) for n in range(some)]
            yield ("pages.warc.gz~pages", fuzz_samples.archive(pages)), some
            count -= some
        for name in single[: max(0, count)]:
            yield (f"{name}~one", fuzz_mutating.bytes_of(samples[name], chance)), 1
            count -= 1


def text_cases(chance: random.Random) -> Iterator[Case]:
    """Damaged texts without end."""
    texts = [fuzz_samples.TEXT, fuzz_samples.EXPORT, "\n\n".join([fuzz_samples.SAID] * 3), fuzz_samples.ODD]
    while True:
        yield "text~text", fuzz_mutating.text_of(chance.choice(texts), chance).encode("utf-8", "surrogatepass")


def parse_case(case: Case, _: Path) -> None:
    """Parse a text: blocks, sentences, quotations and words lie in it, in order."""
    parser = _kept("parser", Parser)
    text = case[1].decode("utf-8", "surrogatepass")
    if not text:
        return
    article = Article.make(text)
    parsed = parser.parse(article)
    if len(parsed.doc.text) != len(article.text):
        raise LawBrokenError(f"the parse has {len(parsed.doc.text)} characters, the article {len(article.text)}")
    for token in parsed.doc:
        if not 0 <= token.idx < token.idx + len(token) <= len(article.text):
            raise LawBrokenError(f"word {token.i} is not in the article")


def code_case(case: Case, _: Path) -> None:
    """Code a text: every span that a report has is checked when it is made, and again when it is read back."""
    coder = _kept("coder", Coder)
    report = coder.code(case[1].decode("utf-8", "surrogatepass"), published="2021-03-10")
    once = Report.from_dict(json.loads(report.to_json(with_text=True)))
    if Report.from_dict(json.loads(once.to_json(with_text=True))) != once:
        raise LawBrokenError("a report read back is another")


def report_cases(chance: random.Random) -> Iterator[Case]:
    """Damaged reports without end, as JSON."""
    text = f"{fuzz_samples.TEXT} Norland accused Sudmark of killing 12 people in Oslo on 9 March 2021."
    whole = json.loads(Coder(model="none").code(text, published="2021-03-10").to_json(with_text=True))
    while True:
        yield "report~json", json.dumps(fuzz_mutating.json_of(whole, chance)).encode()


def decode_case(case: Case, _: Path) -> None:
    """Read a report back: it is refused with a ``ValueError``, or it is sound and can be written again."""
    try:
        report = Report.from_dict(json.loads(case[1]))
    except ValueError:
        return
    Report.from_dict(json.loads(report.to_json(with_text=True)))


TARGETS: dict[str, tuple[Callable[[random.Random], Iterator[Case]], Callable[[Case, Path], None]]] = {
    "readers": (reader_cases, read_case),
    "parser": (text_cases, parse_case),
    "coder": (text_cases, code_case),
    "reports": (report_cases, decode_case),
}

_held: dict[str, Any] = {}


def _kept(name: str, make: Callable[[], Any]) -> Any:
    if name not in _held:
        _held[name] = make()
    return _held[name]


def finding(case: Case, run: Callable[[Case, Path], None], folder: Path) -> str | None:
    """What is wrong with how a case is taken; None where nothing is."""
    began = time.process_time()
    try:
        run(case, folder)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a panic of a library is no Exception
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {str(error)[:160]} ({Path(last.filename).name}:{last.lineno})"
    seconds = time.process_time() - began
    return f"took {seconds:.1f} s" if seconds > SLOW else None


def fuzz(target: str, *, minutes: float, corpus: Path, seed: int) -> int:
    """Damage for some minutes of processor time; how many findings there were."""
    cases, run = TARGETS[target]
    (corpus / target).mkdir(parents=True, exist_ok=True)
    kinds: Counter[str] = Counter()
    count, began, said = 0, time.process_time(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        kept = ((p.name, p.read_bytes()) for p in sorted((corpus / target).iterdir()))
        for source in (kept, cases(random.Random(seed))):
            for case in source:
                found = finding(case, run, Path(folder))
                count += 1
                if found is not None:
                    _keep(corpus / target, case, found, kinds)
                if time.monotonic() - said > 30:
                    said = time.monotonic()
                    print(f"{count:,} cases, {sum(kinds.values())} findings, {memory():.0f} MB at most", file=sys.stderr)
                if time.process_time() - began > 60 * minutes:
                    break
    print(f"{target}: {count:,} cases in {(time.process_time() - began) / 60:.1f} processor minutes, seed {seed}, {memory():.0f} MB at most")
    for kind, number in kinds.most_common():
        print(f"{number:6} {kind}")
    return sum(kinds.values())


def memory() -> float:
    """The most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _keep(corpus: Path, case: Case, found: str, kinds: Counter[str]) -> None:
    kinds[found] += 1
    if kinds[found] == 1:
        name, data = case
        stem = name.partition("~")[0]
        path = corpus / f"{stem}~{hashlib.sha256(data).hexdigest()[:12]}"
        path.write_bytes(data)
        print(f"{path}: {found}", file=sys.stderr)


def guided(minutes: float, corpus: Path) -> None:
    """Damage by the code that runs, with atheris; it ends the process itself, and writes what raises to the working directory."""
    atheris = import_module("atheris")

    with atheris.instrument_imports(include=["onrecord.read"], enable_loader_override=False):
        for name in ("characters", "dates", "exports", "rows", "webpage", "warc", "http_body", "where", "json_lines", "delimited"):
            sys.modules.pop(f"onrecord.read.{name}", None)
            import_module(f"onrecord.read.{name}")
    names = sorted(fuzz_samples.samples())
    started = corpus / "guided"
    started.mkdir(parents=True, exist_ok=True)
    for at, name in enumerate(names):
        (started / name).write_bytes(bytes([at]) + fuzz_samples.samples()[name])
    folder = Path(tempfile.mkdtemp())

    def once(data: bytes) -> None:
        if data:
            read_case((names[data[0] % len(names)], data[1:]), folder)

    atheris.Setup([sys.argv[0], str(started), f"-max_total_time={int(60 * minutes)}", "-timeout=20", "-max_len=20000", "-rss_limit_mb=3000"], once)
    atheris.Fuzz()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--minutes", type=float, default=1.0, help="of processor time")
    parser.add_argument("--corpus", type=Path, required=True, help="where findings are kept")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--guided", action="store_true", help="with atheris, readers only")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if given.guided:
        guided(given.minutes, given.corpus)
    elif fuzz(given.target, minutes=given.minutes, corpus=given.corpus, seed=given.seed):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
