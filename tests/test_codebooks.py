"""Codebooks of users' own: what they add, what is said of their mistakes, and that they stay their own."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from onrecord import cli, ontology
from onrecord.cli import coders
from onrecord.cli.app import RULE_FAILS
from onrecord.events import Codebook, CodebookError, Lexicon, extended
from onrecord.export.page import page
from onrecord.parse import Parser
from onrecord.pipeline import Coder
from onrecord.records import Article, Report

MARITIME = Path(__file__).parent.parent / "examples" / "maritime.toml"
INTERCEPTED = "The Philippine coast guard intercepted a Chinese trawler off Palawan."
TYPE = """
[[type]]
name = "INTERCEPT"
definition = "A ship stops another"
quad = 4
"""
RULE = """
[[rule]]
id = "sea.stop"
type = "INTERCEPT"
verbs = ["intercept trawler"]
examples = ["The Philippine coast guard intercepted a Chinese trawler off Palawan."]
"""

Write = Callable[..., Path]
Coded = Callable[..., Coder]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a codebook and gives its path."""

    def written(text: str, name: str = "own.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def with_codebook(parser: Parser, coder: Coder) -> Coded:
    """A coder by rules alone with codebooks, on the session's lexicons."""

    def made(*paths: Path, model: str = "none") -> Coder:
        return Coder(parser=parser, lexicons=coder.lexicons, model=model, codebook=paths)

    return made


def problems_of(path: Path) -> tuple[str, ...]:
    with pytest.raises(CodebookError) as caught:
        extended(Lexicon.load(), [Codebook.read(path)])
    return caught.value.problems


# What a codebook adds


def test_a_type_of_ones_own_has_its_quad_class_and_code_and_names_its_rule(with_codebook: Coded) -> None:
    (event,) = with_codebook(MARITIME).code(INTERCEPTED, published="2024-05-06").events
    assert (event.type, event.mode, event.quad, event.cameo, event.reason) == ("INTERCEPT", None, 4, "170", "maritime.intercept.stop")
    assert [p.country for p in (*event.actors, *event.recipients)] == ["PHL", "CHN"]


def test_a_type_without_a_code_has_none(write: Write, with_codebook: Coded) -> None:
    (event,) = with_codebook(write(TYPE + RULE)).code(INTERCEPTED).events
    assert (event.quad, event.cameo) == (4, None)


def test_an_occurrence_has_neither_quad_class_nor_code(with_codebook: Coded) -> None:
    (event,) = with_codebook(MARITIME).code("An oil spill off Peru reached the beaches.").events
    assert (event.type, event.quad, event.cameo) == ("SPILL", None, None)


def test_a_new_mode_of_a_packaged_type_keeps_the_types_quad_class_and_code(with_codebook: Coded) -> None:
    events = with_codebook(MARITIME).code("Fishermen from France sailed in protest against the quota.").events
    assert ("PROTEST", "flotilla", 4, "140") in {(e.type, e.mode, e.quad, e.cameo) for e in events}


def test_things_can_be_what_it_is_done_to(write: Write, with_codebook: Coded) -> None:
    text, rule = "The Philippine coast guard intercepted a balloon.", RULE.replace('trawler"]', '"]\nobject = ["balloon"]', 1)
    (without,) = with_codebook(write(TYPE + rule)).code(text).events
    (with_things,) = with_codebook(write(TYPE + "things = true\n" + rule)).code(text).events
    assert [p.text for p in without.recipients] == []
    assert [p.text for p in with_things.recipients] == ["a balloon"]


def test_a_rule_of_one_codebook_can_have_the_type_of_another_in_any_order(write: Write, with_codebook: Coded) -> None:
    paths = write(RULE, "rules.toml"), write(TYPE, "types.toml")
    assert [e.type for e in with_codebook(*paths).code(INTERCEPTED).events] == ["INTERCEPT"]


def test_reports_name_the_codebook_they_were_made_with(write: Write, with_codebook: Coded) -> None:
    assert re.search(r" codebook own\.toml#[0-9a-f]{8}$", with_codebook(write(TYPE + RULE)).code(INTERCEPTED).coder)


# Precedence


def test_an_own_phrase_beats_a_packaged_one_that_is_as_special(coder: Coder, write: Write, with_codebook: Coded) -> None:
    text = "Chad condemned the attack."
    rule = '[[rule]]\nid = "own.blame"\ntype = "INTERCEPT"\nverbs = ["condemn"]\nexamples = ["x"]\n'
    assert "events.accuse.condemn" in coder.code(text).rules()
    assert [e.reason for e in with_codebook(write(TYPE + rule)).code(text).events if e.trigger.text == "condemned"] == ["own.blame"]


def test_a_more_special_packaged_phrase_beats_an_own_one(write: Write, with_codebook: Coded) -> None:
    own = write('[[rule]]\nid = "own.impose"\ntype = "COERCE"\nverbs = ["impose"]\nexamples = ["x"]\n')
    assert [e.reason for e in with_codebook(own).code("Canada imposed sanctions on Belarus.").events] == ["events.sanction.impose"]


def test_what_an_own_rule_says_of_the_object_counts_as_named(coder: Coder, write: Write, with_codebook: Coded) -> None:
    text = "Iranian commandos boarded a Greek tanker."
    own = write('[[rule]]\nid = "own.board"\ntype = "ASSAULT"\nverbs = ["board"]\nobject = ["tanker"]\nexamples = ["x"]\n')
    assert [e.reason for e in coder.code(text).events] == ["events.coerce.seize"]
    assert [e.reason for e in with_codebook(own).code(text).events] == ["own.board"]


# Coders don't influence each other


def test_coders_with_different_codebooks_know_nothing_of_each_other(coder: Coder, write: Write, with_codebook: Coded) -> None:
    before = coder.code(INTERCEPTED)
    first = with_codebook(write(TYPE + RULE))
    second = with_codebook(write((TYPE + RULE).replace("INTERCEPT", "STOP").replace("sea.stop", "sea.other"), "other.toml"))
    assert {e.type for e in first.code(INTERCEPTED).events} == {"INTERCEPT"}
    assert {e.type for e in second.code(INTERCEPTED).events} == {"STOP"}
    assert {e.type for e in first.code(INTERCEPTED).events} == {"INTERCEPT"}
    assert coder.code(INTERCEPTED) == before
    assert "INTERCEPT" not in ontology.EVENT_TYPES
    assert "INTERCEPT" not in coder.lexicons.events.ontology.types


def test_without_a_codebook_the_lexicons_stay_the_same_object(coder: Coder) -> None:
    assert coder.lexicons.extended(()) is coder.lexicons


# The event head


def test_the_head_leaves_own_phrases_to_the_rules(learned: Coder, with_codebook: Coded) -> None:
    text = f"{INTERCEPTED} China condemned the decision. An oil spill off Peru reached the beaches."
    by_rules = with_codebook(MARITIME).code(text)
    by_head = Coder(parser=learned.parser, lexicons=learned.lexicons, codebook=MARITIME).code(text)
    own = [[(e.type, e.actors, e.recipients, e.reason) for e in r.events if e.reason.startswith("maritime.")] for r in (by_rules, by_head)]
    assert own[0] == own[1]
    assert [x[0] for x in own[1]] == ["INTERCEPT", "SPILL"]
    assert "ACCUSE" in {e.type for e in by_head.events}


def test_the_type_between_two_is_plovers_with_a_codebook_too(learned: Coder) -> None:
    coder = Coder(parser=learned.parser, lexicons=learned.lexicons, codebook=MARITIME)
    parsed = coder.parser.parse(Article.make(INTERCEPTED))
    assert coder.relation(parsed, [(4, 26)], [(41, 56)]) in ontology.PLOVER


# What comes after coding


@pytest.fixture
def report(with_codebook: Coded) -> Report:
    text = f"{INTERCEPTED} An oil spill off Peru reached the beaches. China condemned the interception of the trawler."
    return with_codebook(MARITIME).code(text, published="2024-05-06")


def test_a_report_with_own_types_is_read_back(report: Report) -> None:
    assert Report.from_dict(json.loads(report.to_json(with_text=True))).events == report.events


def test_the_page_shows_own_types(report: Report) -> None:
    assert "INTERCEPT" in page([report])


def test_positions_are_tied_to_own_events_that_their_objects_name(with_codebook: Coded) -> None:
    report = with_codebook(MARITIME).code("China condemned the interception of its trawler by the Philippine navy.")
    (position,) = report.positions
    assert position.object.event_id == next(e.id for e in report.events if e.type == "INTERCEPT")


# The command line


@pytest.fixture
def run(parser: Parser, coder: Coder, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command line by rules alone, on the session's parser and lexicons."""

    def by_rules(**options: Any) -> Coder:
        return Coder(**{**options, "parser": parser, "lexicons": coder.lexicons, "model": "none"})

    monkeypatch.setattr(coders, "Coder", by_rules)
    return lambda *words, **options: CliRunner().invoke(cli.app, [str(w) for w in words], **options)


def test_code_takes_codebooks(run: Callable[..., Result], write: Write) -> None:
    more = write('[[rule]]\nid = "own.laud"\ntype = "SUPPORT"\nverbs = ["applaud"]\nexamples = ["Chad applauded Mali."]\n')
    result = run("code", "-", "--codebook", MARITIME, "--codebook", more, "--what", "events", "-f", "csv", input=f"{INTERCEPTED} Chad applauded Mali.")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(r["type"], r["quad"], r["reason"]) for r in rows] == [("INTERCEPT", "4", "maritime.intercept.stop"), ("SUPPORT", "1", "own.laud")]


@pytest.mark.parametrize("form", ["table", "html", "jsonl"])
def test_every_text_format_writes_own_types(run: Callable[..., Result], form: str) -> None:
    result = run("code", "-", "--codebook", MARITIME, "-f", form, input=INTERCEPTED)
    assert result.exit_code == 0
    assert "INTERCEPT" in result.stdout


def test_parquet_has_no_quad_class_for_an_own_occurrence(run: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "events.parquet"
    run("code", "-", "--codebook", MARITIME, "-f", "parquet", "-o", out, input="An oil spill off Peru reached the beaches.")
    assert polars.read_parquet(out)["quad"].to_list() == [None]


def test_why_explains_an_own_rule_where_its_codebook_is_given(run: Callable[..., Result], tmp_path: Path) -> None:
    saved = tmp_path / "report.jsonl"
    run("code", "-", "--codebook", MARITIME, "-f", "jsonl", "-o", saved, input="Iranian commandos boarded a Greek tanker on Friday.")
    id = json.loads(saved.read_text())["events"][0]["id"]
    told = run("why", id, saved, "--codebook", MARITIME).stdout
    assert "maritime.intercept.board" in told
    assert re.search(r"the rule stands in .*maritime\.toml, line \d+:", told)
    assert "INTERCEPT is a type of" in told
    assert "Somebody of the one goes aboard the other" in told
    assert "with --codebook FILE" in run("why", id, saved).stdout


def test_an_unusable_codebook_is_exit_2_with_its_problems_on_stderr(run: Callable[..., Result], write: Write) -> None:
    path = write(RULE)
    for words in (("code", "-", "--codebook", path), ("lexicon", "check", path)):
        result = run(*words, input=INTERCEPTED)
        assert result.exit_code == 2
        assert "there is no event type INTERCEPT" in result.stderr
        assert result.stdout == ""


def test_the_problems_of_several_codebooks_are_told_at_once(run: Callable[..., Result], write: Write) -> None:
    result = run("lexicon", "check", write("colour = 1", "a.toml"), write("[[rule", "b.toml"))
    assert "a.toml, line 1, colour" in result.stderr
    assert "b.toml: is not TOML" in result.stderr


def test_check_passes_the_documented_codebook(run: Callable[..., Result]) -> None:
    result = run("lexicon", "check", MARITIME)
    assert result.exit_code == 0, result.stdout
    assert "all as they should be" in result.stdout
    assert "Iranian commandos boarded" in result.stdout


def test_check_passes_what_the_documentation_shows(run: Callable[..., Result], write: Write) -> None:
    shown = re.findall(r"```toml\n(.*?)```", (MARITIME.parent.parent / "docs" / "codebooks.md").read_text(encoding="utf-8"), re.DOTALL)
    result = run("lexicon", "check", write("\n".join(shown)))
    assert (result.exit_code, len(shown)) == (0, 3), result.output


def test_check_fails_with_what_was_found_instead(run: Callable[..., Result], write: Write) -> None:
    path = write(TYPE + RULE.replace('Palawan."]', 'Palawan.", "Chad condemned the attack."]\ncounterexamples = ["Norway intercepted a trawler."]'))
    result = run("lexicon", "check", path)
    assert result.exit_code == RULE_FAILS
    assert result.stdout.count("FAILS") == 2
    assert "2 FAIL" in result.stdout
    assert "ACCUSE disapprove by events.accuse.condemn" in " ".join(result.stdout.split())
    assert "read as: chad condemn the attack ." in result.stdout
    assert "ok" not in run("lexicon", "check", "--failing", path).stdout.split()


def test_check_without_a_file_tries_the_packaged_rules(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    rule = {"id": "events.sanction.impose", "examples": ["Chad imposed sanctions on Mali."]}
    monkeypatch.setattr("onrecord.export.check.all_rules", lambda: [("events/sanction", rule)])
    result = run("lexicon", "check")
    assert result.exit_code == 0
    assert "1 examples and 0 counterexamples of 1 rules" in result.stdout


@pytest.fixture(scope="module")
def packaged() -> Lexicon:
    return Lexicon.load()


# What is said of mistakes: each names the file, the line, the table and what to do


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RULE, r"line 2, \[\[rule\]\] sea\.stop: there is no event type INTERCEPT: take a packaged type .* or define it"),
        (TYPE + RULE.replace('"INTERCEPT"', '"INTERCPT"'), r"no event type INTERCPT \(did you mean INTERCEPT\?\)"),
        (TYPE + RULE + 'mode = "hail"', r"INTERCEPT has no mode hail: take one that it has \(none\) or define it in a \[\[mode\]\] table"),
        (TYPE + RULE.replace("verbs", "verb"), r"line 10, \[\[rule\]\] sea\.stop: there is no key verb \(did you mean verbs\?\)"),
        (TYPE + RULE.replace("examples", "counterexamples"), r"line 7, .*examples is missing: give sentences on which the rule must fire"),
        (TYPE + RULE.replace('["The Philippine', '[] #["The Philippine'), r"at least one example"),
        (TYPE + RULE.replace('["intercept trawler"]', '"intercept trawler"'), r"line 10, .*verbs: expected a list in brackets, got text in quotes"),
        (TYPE + RULE.replace('verbs = ["intercept trawler"]', ""), r"there are no phrases: give verbs, nouns or adjectives"),
        (TYPE + RULE.replace("intercept trawler", "Intercept trawler"), r"has capitals: write the words as a dictionary lists them"),
        (TYPE + RULE.replace("intercept trawler", "stop|intercept trawler"), r"its first word must be one word"),
        (TYPE + RULE.replace("intercept trawler", "intercept @vesel"), r"there is no class @vesel: define it in a \[\[class\]\] table"),
        (TYPE + RULE.replace("sea.stop", "sea stop"), r"the id 'sea stop' needs at least two parts"),
        (TYPE + RULE.replace("sea.stop", "events.sanction.impose"), r"there is a packaged rule events\.sanction\.impose: choose another name"),
        (TYPE + RULE + RULE, r"line 13, .*own\.toml, line 7 has the same rule sea\.stop"),
        (TYPE + TYPE + RULE, r"line 7, \[\[type\]\] INTERCEPT: .*own\.toml, line 2 has the same type INTERCEPT"),
        (TYPE.replace("quad = 4", ""), r"line 2, \[\[type\]\] INTERCEPT: say either quad = 1 .* or occurrence = true"),
        (TYPE + "occurrence = true", r"say either quad"),
        (TYPE.replace("4", "5"), r"line 5, .*quad: invalid enum value 5"),
        (TYPE.replace("INTERCEPT", "ASSAULT"), r"there is a packaged type ASSAULT: use it as it is, or choose another name"),
        (TYPE.replace("INTERCEPT", "Intercept"), r"named in capitals"),
        (TYPE + 'cameo = "boat"', r"two to four digits, not 'boat'"),
        ('[[mode]]\ntype = "PROTEST"\nname = "strike"\ndefinition = "x"', r"there is a packaged mode PROTEST strike"),
        ('[[class]]\nname = "forces"\nwords = ["boat"]', r"there is a packaged class forces"),
        ('[[class]]\nname = "craft"\nwords = ["row boat"]', r"give single words in small letters"),
        ('[rule]\nid = "a.b"', r"write \[\[rule\]\] with two brackets"),
        ("", r"is empty"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_to_do(write: Write, text: str, said: str) -> None:
    path = write(text)
    (problem,) = problems_of(path)
    assert problem.startswith(str(path))
    assert re.search(said, problem), problem


def test_all_mistakes_of_a_file_are_told_at_once(write: Write) -> None:
    assert len(problems_of(write(TYPE.replace("quad = 4", "") + RULE.replace("verbs", "verb") + "confidence = 7"))) == 2


def told(packaged: Lexicon, path: Path) -> tuple[str, ...]:
    """The problems of a codebook; none where it can be used."""
    try:
        extended(packaged, [Codebook.read(path)])
    except CodebookError as error:
        return error.problems
    return ()


KEYS = st.sampled_from(["id", "name", "definition", "quad", "occurrence", "cameo", "words", "type", "verbs", "nouns", "examples", "confidence", "colour"])
WORDS = st.text(alphabet="ab AB|@:+.-5", max_size=8)
VALUES = st.one_of(WORDS, st.integers(-1, 5), st.booleans(), st.lists(WORDS, max_size=3), st.just({}))


@given(st.dictionaries(st.sampled_from(["type", "mode", "class", "rule", "other"]), st.lists(st.dictionaries(KEYS, VALUES, max_size=9), max_size=2)))
def test_whatever_a_codebook_says_it_is_used_or_its_problems_are_told(
    packaged: Lexicon, tmp_path_factory: pytest.TempPathFactory, body: dict[str, Any]
) -> None:
    path = tmp_path_factory.getbasetemp() / "law.toml"
    path.write_text("".join(f"[[{key}]]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in table.items()) for key, some in body.items() for table in some))
    assert all(problem.startswith(str(path)) for problem in told(packaged, path))


@given(verbs=st.lists(WORDS, max_size=3), nouns=st.lists(WORDS, max_size=3), adjectives=st.lists(WORDS, max_size=3))
def test_whatever_its_phrases_are_a_codebook_is_used_or_its_problems_are_told(
    packaged: Lexicon, tmp_path_factory: pytest.TempPathFactory, verbs: list[str], nouns: list[str], adjectives: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "law.toml"
    phrases = "".join(f"{kind} = {json.dumps(some)}\n" for kind, some in (("verbs", verbs), ("nouns", nouns), ("adjectives", adjectives)))
    path.write_text(f'[[rule]]\nid = "a.b"\ntype = "AID"\nexamples = ["Chad helped Mali."]\n{phrases}')
    assert all("[[rule]] a.b" in problem for problem in told(packaged, path))


def test_a_missing_codebook_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"nowhere\.toml: can't be read"):
        Codebook.read(tmp_path / "nowhere.toml")


def test_a_codebook_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CodebookError, match="not UTF-8"):
        Codebook.read(tmp_path / "own.toml")
