"""The commands with what each does in a line, so that they can be listed without loading them: a command is loaded when it is given."""

from __future__ import annotations

import gc
from importlib import import_module
from typing import Any

import click
from typer.core import TyperGroup
from typer.main import get_group

COMMANDS: dict[str, tuple[str, str]] = {
    "code": ("coding", "Code articles: who did what to whom, who said what, who stands where."),
    "add": ("recording", "Add articles to a record, from files or addresses; what it has already, coded by the same coder, is not coded again."),
    "watch": ("watching", "Watch feeds: what is new in them is added to a record, each item once and each revision as a version."),
    "scale": ("scaling", "Code an archive with many workers into partitioned Parquet; what is there already is not done again."),
    "load": ("scaling", "Bring what `onrecord scale` found into a record, linked as if it had been added there; what it has already stays as it is."),
    "forget": ("recording", "Remove articles from a record with everything derived from them; they are not added again."),
    "events": ("asking", "List events, the latest first: who took part, where it was reported, who stands where on it."),
    "positions": ("asking", "List positions, the last said first: who stands where on what, in whose words."),
    "quotes": ("asking", "List who says what, of the articles published last first."),
    "statements": ("asking", "List what was said once, however many articles carry it: the best quotation, who signs it, who reports it."),
    "actors": ("asking", "List actors, those first that are in the most articles."),
    "articles": ("asking", "List articles, the last published first, with how much is on record in each."),
    "stands": ("standing", "Say who stands where on an event or an issue, by what each holder said last."),
    "issues": ("standing", "Propose questions on which several holders of a record take a stand."),
    "brief": ("briefing", "Write a brief: who reports what, who stands where, who denies it, each with its quotation and source."),
    "counts": ("counting", "Count events by dyad, actor, type or country and period, with how much was published beside it."),
    "changes": ("counting", "List what is new, changed or gone in a record, oldest first."),
    "serve": ("serving", "Open a web explorer on a record, to be looked at with a browser; Ctrl-C ends it."),
    "mcp": ("answering", "Answer programs that ask by the Model Context Protocol: what is on record, with quotations and sources; it only reads."),
    "review": ("reviewing", "Confirm, correct or reject a finding; what was rejected is left out from then on, also when its article is coded again."),
    "reviews": ("reviewing", "List the reviews in a record, the last first."),
    "correct": ("reviewing", "Note that an article was corrected or retracted; every finding in it is marked with that."),
    "backup": ("keeping", "Copy a record into a file, also while it is written to, and look through the copy before it takes its name."),
    "check": ("keeping", "Look through a record's file for damage: every page, every index against its table, every reference."),
    "recover": ("keeping", "Save what can still be read of a damaged record into a new one, each article checked; the damaged file stays as it is."),
    "export": ("exporting", "Write events as GDELT, POLECAT, ICEWS, ACLED or UCDP have them, or findings for annotation tools, maps and data frames."),
    "import": ("importing", "Read annotations back as gold: reports with their texts, each with who annotated and what they changed."),
    "evaluate": ("evaluating", "Compare findings with labelled articles: precision, recall and F1 with intervals, calibration, and what is wrong."),
    "train": ("training", "Train the heads further on labelled articles of one's own, and say what that gains on articles that were held out."),
    "freeze": ("freezing", "Write a replication package of a record: tables, codebook, manifest, counts by outlet and day; no article's words."),
    "hydrate": ("freezing", "Put the words back into a replication package from the articles that it was made of, told by their hashes."),
    "resolve": ("resolving", 'Say who, where or when phrases are: `onrecord resolve actors "Kyiv police"`.'),
    "schema": ("describing", "Print the JSON Schema of a report, with its version."),
    "why": ("explaining", "Say which rule, words and reasons made a finding."),
    "lexicon": ("explaining", "The rules that findings name, and codebooks of your own."),
    "memory": ("remembering", "What coded articles tell of who holds which office; it proposes and codes nothing by itself."),
    "demo": ("demonstrating", "Make a record of the bundled example articles, show who stands where on each event in it and write the page."),
}
"""By name the module of this package that has it, and what it does."""


class Later(TyperGroup):
    """A group whose commands are loaded when they are given, and listed from :data:`COMMANDS`."""

    def list_commands(self, _ctx: Any) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """A command as far as it is loaded: with its line of help at least."""
        if cmd_name in self.commands or cmd_name not in COMMANDS:
            return self.commands.get(cmd_name)
        return click.Command(cmd_name, help=COMMANDS[cmd_name][1])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is given, loaded."""
        if args and args[0] in COMMANDS:
            self.load(args[0])
        return super().resolve_command(ctx, args)

    def load(self, name: str) -> Any:
        """Load a command."""
        collects = gc.isenabled()
        gc.disable()  # modules are loaded for good: to look through them again and again costs a tenth of the time that it takes
        try:
            import_module(f"onrecord.cli.{COMMANDS[name][0]}")
        finally:
            gc.freeze()
            if collects:
                gc.enable()
        self.commands.update(get_group(import_module("onrecord.cli.app").app).commands)
        return self.commands[name]
