"""The examples of a page of the docs, run as a reader would run them.

A fenced block says by its language what it is. ``console`` has commands behind ``$`` and what they print, ``bash`` commands alone,
``python`` a script (full-line comments are what it prints) or a session with ``>>>``, ``sql`` a question to ``record.db``; ``toml`` and ``json`` must be
whole documents of their kind. All others are for reading. A block that is not run has ``<!-- not run: why -->`` before it, one that is a
file of the reader's ``<!-- file: NAME -->``. The blocks of a page are run one after the other in one folder. In what is printed ``…`` stands
for anything, and on a line of its own for any lines.

``python -m tests.doc_examples PAGE…`` writes what is printed into the pages where it is something else now.
"""

from __future__ import annotations

import contextlib
import doctest
import functools
import io
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from markdown_it import MarkdownIt
from typer.testing import CliRunner

from onrecord import cli, pipeline

ROOT = Path(__file__).parent.parent
WIDTH = "100"
RUN = ("console", "bash", "python", "sql", "toml", "json")
READ = ("text", "ini", "yaml", "sparql", "html", "xml", "r")
NOT_RUN = re.compile(r"<!--\s*not run: (.+?)\s*-->", re.DOTALL)
FILE = re.compile(r"<!--\s*file: (\S+)\s*-->")
FOR_A_SHELL = re.compile(r"[|&;$`*~(]|2>|<<")
STARTS_EMPTY = ("tutorial.md",)
"""Pages that make everything they use; the others find what :func:`furnish` makes."""


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block.

    Attributes:
        line: the number of the first line within it, from 0.
        language: what its fence says.
        text: what is in it.
        why_not: why it is not run.
        file: the name of the file that it is.
    """

    line: int
    language: str
    text: str
    why_not: str | None = None
    file: str | None = None


def examples(page: Path) -> Iterator[Example]:
    """The fenced blocks of a page."""
    before = ""
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type == "fence":
            assert token.map is not None
            why_not, file = NOT_RUN.search(before), FILE.search(before)
            yield Example(token.map[0] + 1, token.info.strip(), token.content, why_not and why_not[1], file and file[1])
        before = token.content if token.type == "html_block" else ""


@contextlib.contextmanager
def loading_once() -> Iterator[None]:
    """Let everything that a coder loads be loaded once, however many examples make coders."""
    with (
        mock.patch.object(pipeline.Lexicons, "load", functools.cache(pipeline.Lexicons.load)),
        mock.patch.object(pipeline, "Parser", functools.cache(pipeline.Parser)),
        mock.patch.object(pipeline, "Encoder", functools.cache(pipeline.Encoder)),
    ):
        yield


def furnish(folder: Path) -> None:
    """What pages speak of: the bundled articles, a record of them, reports on them, and the example codebook."""
    with contextlib.chdir(folder):
        say("onrecord demo --db record.db --articles articles/examples.jsonl")
        say("onrecord code articles/ --format jsonl --with-text -o reports.jsonl")
    (folder / "examples").symlink_to(ROOT / "examples")


def laid_out(furnished: Path, folder: Path, page: Path) -> Path:
    """The folder that the examples of a page are run in."""
    if page.name in STARTS_EMPTY:
        folder.mkdir()
    else:
        shutil.copytree(furnished, folder, symlinks=True)
    return folder


class WrongError(AssertionError):
    """An example does not do what the page says."""


@dataclass(slots=True)
class Page:
    """The examples of a page being run, in the folder that is the working directory."""

    path: Path
    names: dict[str, Any]

    def run(self, example: Example) -> str | None:
        """Run an example; gives what stands in its place if it is written anew, or None where it is right as it stands."""
        if example.file:
            Path(example.file).parent.mkdir(parents=True, exist_ok=True)
            Path(example.file).write_text(example.text, encoding="utf-8")
        return getattr(self, example.language)(example) if example.language in RUN else None

    def console(self, example: Example) -> str | None:
        """Commands, and what they print."""
        written: list[str] = []
        right = True
        for command, promised in commands(example.text):
            status, printed = say(command)
            if status:
                raise WrongError(f"{self.path.name}:{example.line}: status {status} of {command}\n{printed}")
            right = right and (not promised.strip() or alike(promised, printed))
            written += [*(f"{'> ' if i else '$ '}{line}" for i, line in enumerate(command.splitlines())), *(tidy(printed) if promised.strip() else [])]
        return None if right else "\n".join(written) + "\n"

    def bash(self, example: Example) -> None:
        """Commands, whatever they print."""
        for command in joined(example.text):
            status, printed = say(command)
            if status:
                raise WrongError(f"{self.path.name}:{example.line}: status {status} of {command}\n{printed}")

    def python(self, example: Example) -> str | None:
        """A script with comments of what it prints, or a session."""
        if ">>> " in example.text:
            test = doctest.DocTestParser().get_doctest(example.text, self.names, self.path.name, str(self.path), example.line)
            runner, said = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False), io.StringIO()
            if runner.run(test, out=said.write, clear_globs=False).failed:
                raise WrongError(said.getvalue())
            self.names.update(test.globs)
            return None
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(example.text, f"{self.path.name}:{example.line}", "exec"), self.names)
        promised = "\n".join(line[2:] for line in example.text.splitlines() if line.startswith("# "))
        if not out.getvalue().strip() or alike(promised, out.getvalue()):
            return None
        kept = [line for line in example.text.splitlines() if not line.startswith("# ")]
        return "\n".join([*kept, *(f"# {line}" for line in tidy(out.getvalue()))]) + "\n"

    def sql(self, example: Example) -> None:
        """A question to the record."""
        with contextlib.closing(sqlite3.connect("file:record.db?mode=ro", uri=True)) as record:
            record.execute(example.text).fetchall()

    def toml(self, example: Example) -> None:
        """A whole document."""
        tomllib.loads(example.text)

    def json(self, example: Example) -> None:
        """A whole document."""
        json.loads(example.text)


def commands(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console, each with what it is said to print."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        last = 0
        while lines[last].endswith("\\") or (last + 1 < len(lines) and lines[last + 1].startswith("> ")):
            last += 1
        yield "\n".join(line.removeprefix("> ") for line in lines[: last + 1]), "\n".join(lines[last + 1 :])


def joined(text: str) -> Iterator[str]:
    """The commands of a script, those of several lines whole."""
    yield from (command for command in re.split(r"(?<!\\)\n", text) if command.strip() and not command.startswith("#"))


def say(command: str) -> tuple[int, str]:
    """Run a command; its status and all that it prints. onrecord's own are run here where no shell is needed, others by bash."""
    own, _, rest = command.partition(" | ")
    words = [] if FOR_A_SHELL.search(own) else shlex.split(own, comments=True)
    if words[:1] != ["onrecord"]:
        return by_bash(command)
    files = {}
    for sign in ("<", ">"):
        if sign in words:
            files[sign] = Path(words.pop(words.index(sign) + 1))
            words.remove(sign)
    given = files["<"].read_bytes() if "<" in files else None
    result = CliRunner().invoke(cli.app, words[1:], input=given, env={"COLUMNS": WIDTH}, catch_exceptions=False)
    if rest and not result.exit_code:
        status, printed = by_bash(rest, result.stdout)
        return status, result.stderr + printed
    if ">" in files:
        files[">"].write_bytes(result.stdout_bytes)
    return result.exit_code, result.stderr if ">" in files else result.output


def by_bash(command: str, given: str = "") -> tuple[int, str]:
    """Run a command by bash, which finds the programs of this environment first; its status and all that it prints."""
    environment = os.environ | {"COLUMNS": WIDTH, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], env=environment, input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=120
    )
    return done.returncode, done.stdout


def alike(promised: str, printed: str) -> bool:
    """Whether what is printed is what the page says, but for blanks at the ends of lines and for what ``…`` stands for."""
    pattern = ""
    for line in promised.strip("\n").splitlines():
        pattern += r"(.*\n)*?" if line.strip() == "…" else ".*?".join(re.escape(p) for p in line.rstrip().split("…")) + r"\n"
    return re.fullmatch(pattern, "".join(line + "\n" for line in tidy(printed))) is not None


def tidy(printed: str) -> list[str]:
    """The lines of what is printed, without blanks at their ends and without empty ones around them."""
    return "\n".join(line.rstrip() for line in printed.splitlines()).strip("\n").splitlines()


def write(path: Path) -> int:
    """Write what the examples of a page print into it where it is something else now; how many blocks were written."""
    page = Page(path, {"__name__": "__main__"})
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = 0
    for example in [e for e in examples(path) if not e.why_not]:
        if (new := page.run(example)) is not None:
            old = len(example.text.splitlines())
            lines[example.line : example.line + old] = [new, *[""] * (old - 1)]
            changed += 1
    path.write_text("".join(lines), encoding="utf-8")
    return changed


def main() -> None:
    """Write what is printed into the pages that are given."""
    with loading_once(), tempfile.TemporaryDirectory() as temporary:
        furnished = Path(temporary) / "furnished"
        furnished.mkdir()
        furnish(furnished)
        for number, path in enumerate(Path(given).resolve() for given in sys.argv[1:]):
            with contextlib.chdir(laid_out(furnished, Path(temporary) / str(number), path)):
                try:
                    print(f"{path.name}: {write(path)} written")
                except Exception as error:
                    print(f"{path.name}: {type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
