"""Training on gold of one's own: what is learned from, what is refused, and, where torch is, a run of a few steps on made-up gold."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.parse import Parser
from onrecord.pipeline import Coder
from onrecord.train import TrainError
from onrecord.train.labels import attributions, count, events, parts

Row = dict[str, Any]
WHO = ("Norland", "Estmark", "Ana Ruiz", "The envoy", "Bo Lin", "The council")
WHAT = ("it would wait", "the road was closed", "talks had failed", "the bridge must open", "nobody was hurt")


def article(n: int) -> Row:
    who, what = WHO[n % len(WHO)], WHAT[n % len(WHAT)]
    text = f"{who} said on day {n} that {what}. The rain went on."

    def at(words: str) -> list[list[int]]:
        return [[text.index(words), text.index(words) + len(words)]]

    return {"id": f"a{n}", "text": text, "attributions": [{"source": at(who), "cue": at("said"), "content": at(f"that {what}")}]}


def pair(n: int) -> Row:
    one, other = WHO[n % len(WHO)], WHO[(n + 1) % len(WHO)]
    text = f"{one} blamed {other} on day {n}."
    start = text.index(" blamed ") + len(" blamed ")
    return {"id": f"p{n}", "text": text, "source": [[0, len(one)]], "target": [[start, start + len(other)]], "type": "ACCUSE"}


def body(coder: Coder, text: str, id: str) -> Row:
    found: Row = json.loads(coder.code(text, id=id, published="2031-03-09").to_json(with_text=True))
    return found


def test_no_article_is_in_two_parts() -> None:
    rows = [article(n) for n in range(20)]
    made = parts(rows, seed=1)
    ids = [{r["id"] for r in some} for some in (made.train, made.dev, made.held_out)]
    assert [len(i) for i in ids] == [13, 3, 4]
    assert len(set.union(*ids)) == 20
    assert parts(rows[::-1], seed=1).held_out[::-1] == made.held_out
    assert parts(rows, seed=2).held_out != made.held_out


def test_reports_give_their_outermost_attributions(coder: Coder) -> None:
    report = body(coder, "Norland said that Estmark had said it would wait. Norland condemned the raid.", "r")
    (row,) = attributions([report])
    (outer,) = [a for a in row["attributions"] if row["text"][slice(*a["content"][0])].startswith("that Estmark")]
    assert [row["text"][s:e] for s, e in outer["source"]] == ["Norland"]
    assert count("attribution", [row]) == len([a for a in report["attributions"] if a["parent"] is None and a["cue"] and a["content"]])
    assert attributions([article(1)]) == [article(1)]
    assert attributions([pair(1)]) == []


def test_reports_give_sentences_with_events_and_as_many_without(coder: Coder, parser: Parser) -> None:
    text = "It was a warm day in the hills. Norland condemned Estmark on Monday. The rain went on and on. Nobody was there."
    report = body(coder, text, "r")
    rows = events([report, pair(3)], parser, seed=1)
    told = [r for r in rows if r.get("events")]
    assert [r["text"] for r in told] == ["Norland condemned Estmark on Monday."]
    (event,) = told[0]["events"]
    assert (event["type"], event["veridicality"], told[0]["text"][slice(*event["trigger"])]) == ("ACCUSE", "asserted", "condemned")
    assert [told[0]["text"][s:e] for s, e in event["actors"]] == ["Norland"]
    assert len([r for r in rows if r.get("events") == []]) == 1
    assert pair(3) in rows
    assert count("events", rows) == 2


def test_events_of_types_that_the_head_has_no_place_for_are_left_out(coder: Coder, parser: Parser) -> None:
    report = body(coder, "Norland condemned Estmark on Monday.", "r")
    for event in report["events"]:
        event["type"] = "BLOCKADE"
    assert count("events", events([report], parser, seed=1)) == 0


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([article(n) for n in range(9)], "9 articles .* are too few: 10 are needed"),
        ([{"phrase": "x", "expect": None}], "rows of actors don't mark what they learn"),
        ([{"id": "a"}], "shape of no gold"),
        ([article(n % 11) for n in range(12)], "article a0 comes 2 times"),
        ([*(article(n) for n in range(11)), {"article": {"id": "r", "text": "Short."}, "times": [{"start": 0, "end": 9}]}], "0 to 9 is not in its text"),
    ],
)
def test_gold_that_cannot_be_split_is_refused(rows: list[Row], why: str) -> None:
    with pytest.raises(TrainError, match=why):
        parts(rows, seed=1)


def written(path: Path, rows: list[Row]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


def test_without_torch_the_command_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in sys.modules if n.startswith("onrecord.train.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "torch", None)
    gold = written(tmp_path / "g.jsonl", [article(1)])
    real = importlib.import_module

    def missing(name: str, package: str | None = None) -> Any:
        if name.startswith("onrecord.train."):
            raise ModuleNotFoundError("No module named 'torch'", name="torch")
        return real(name, package)

    import onrecord.cli.training as command

    monkeypatch.setattr(command, "import_module", missing)
    result = CliRunner().invoke(app, ["train", str(gold), "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "pip install 'onrecord[train]'" in result.stderr


class TestWithTorch:
    """What needs torch, which is an extra: skipped where it is not installed."""

    @pytest.fixture(autouse=True)
    def torch(self) -> Any:
        return pytest.importorskip("torch", reason="torch is in the extra `train`, which is not installed")

    def test_too_little_gold_is_refused_with_how_much_is_needed(self, tmp_path: Path) -> None:
        from onrecord.train import train

        with pytest.raises(TrainError, match=r"\d+ labels to train attribution on, and 100 are needed, \d+ labels to train events on, and 100"):
            train([article(n) for n in range(12)], tmp_path / "out")
        assert not (tmp_path / "out").exists()

    def test_heads_learn_and_their_weights_are_used(self, tmp_path: Path, parser: Parser) -> None:
        from onrecord.train import Options, train
        from onrecord.train.fitting import mean_loss
        from onrecord.train.learning import read_loss, window_loss  # noqa: F401

        assert mean_loss.__doc__
        out, said = tmp_path / "out", []
        gold = [*(article(n) for n in range(24)), *(pair(n) for n in range(24))]
        options = Options(epochs=2, batch=4, rate=1e-3)
        made = train(gold, out, options=options, least={"attribution": 5, "events": 5}, say=said.append)
        assert set(made.heads) == {"attribution", "events"}
        assert {f.stage for f in made.figures} == {"attribution", "relation"}
        log = [json.loads(line) for line in (out / "checkpoints" / "log.jsonl").read_text(encoding="utf-8").splitlines()]
        first, last = ([row["dev_loss"] for row in log if row["head"] == "attribution"][n] for n in (0, -1))
        assert last < first
        coder = Coder(parser=parser, model=out)
        assert made.id in coder.name
        assert coder.code("Norland said that it would wait.").attributions
        assert coder.leanings(coder.code("Norland blamed Estmark.").article) is not None
        card = (out / "CARD.md").read_text(encoding="utf-8")
        assert "Apache License 2.0" in card
        assert "| attribution | relation |" in card

    def test_a_run_that_was_interrupted_goes_on(self, tmp_path: Path) -> None:
        import torch
        from torch import nn

        from onrecord.train.fitting import Options, fit

        def head() -> nn.Module:
            torch.manual_seed(0)
            return nn.Linear(3, 1)

        data = [(torch.tensor([float(n), 1.0, n % 2]), torch.tensor([2.0 * n])) for n in range(12)]

        def loss(of: nn.Module, item: Any) -> Any:
            return ((of(item[0]) - item[1]) ** 2).sum(), 1

        def run(folder: Path, epochs: int) -> nn.Module:
            folder.mkdir(exist_ok=True)
            made = head()
            fit(made, data[:8], data[8:], loss, Options(epochs=epochs, batch=4, rate=0.1, warmup=0.0, patience=9), folder, "h", lambda _: None)
            return made

        def stopped(folder: Path) -> None:
            folder.mkdir()
            asked = 0

            def failing(of: nn.Module, item: Any) -> Any:
                nonlocal asked
                asked += 1
                if asked > 4 + 3 * 12 + 5:
                    raise KeyboardInterrupt
                return loss(of, item)

            with pytest.raises(KeyboardInterrupt):
                fit(head(), data[:8], data[8:], failing, Options(epochs=6, batch=4, rate=0.1, warmup=0.0, patience=9), folder, "h", lambda _: None)

        stopped(tmp_path / "two")
        one, two = run(tmp_path / "one", 6), run(tmp_path / "two", 6)
        assert torch.equal(one.weight, two.weight)

    def test_another_runs_folder_is_refused(self, tmp_path: Path) -> None:
        from onrecord.train.training import _same

        _same(tmp_path, {"options": 1})
        _same(tmp_path, {"options": 1})
        with pytest.raises(TrainError, match="holds what other options"):
            _same(tmp_path, {"options": 2})
