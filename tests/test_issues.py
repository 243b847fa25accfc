"""Issues: from a file, proposed from positions, and which side a stand is on."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.issues import About, Issue, IssueError, Matcher, Stand, proposed, sided, to_toml

DAY = datetime.date(2021, 3, 9)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "issue.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_issue_from_a_file(tmp_path: Path) -> None:
    issue = Issue.read(
        written(
            tmp_path,
            'question = "Is the vote recognised?"\nterms = ["vote", "election*"]\nsince = 2021-03-01\n[[about]]\nterms = ["boycott"]\nside = "against"\n',
        )
    )
    assert (issue.question, issue.since, issue.id[:3]) == ("Is the vote recognised?", datetime.date(2021, 3, 1), "is-")
    assert [m.side for m in issue.matters] == ["for", "against"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("question = ", "issue.toml"),
        ('terms = ["vote"]', "question"),
        ('question = " "\nterms = ["vote"]', "write the question"),
        ('question = "Is it?"', "say what belongs"),
        ('question = "Is it?"\nterms = ["vote"]\ntopic = 1', "topic"),
        ('question = "Is it?"\nterms = ["vote"]\nsince = 2021-03-09\nuntil = 2020-01-01', "before since"),
        ('question = "Is it?"\n[[about]]\nterms = ["vote"]\nside = "left"', "left"),
    ],
)
def test_what_is_wrong_with_an_issue_is_said(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(IssueError, match=says):
        Issue.read(written(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(IssueError, match=r"none\.toml"):
        Issue.read(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("object", "side"),
    [
        ("the vote in Abkhazia", "for"),
        ("Votes held on Sunday", "for"),
        ("the electoral commission", "for"),
        ("a boycott", "against"),
        ("the devotees", None),
        ("the talks, which followed the vote", None),
        ("the protests after the vote", None),
    ],
)
def test_which_objects_belong_to_an_issue(object: str, side: str | None) -> None:
    issue = Issue(question="Is it recognised?", terms=("vote", "elect*"), about=(About(terms=("boycott",), side="against"),))
    assert Matcher(issue).side(object) == side


def test_an_event_belongs_to_an_issue_whatever_it_is_called() -> None:
    matcher = Matcher(Issue(question="Is it recognised?", events=("ev-1",)))
    assert matcher.side("this charade", event_id="ev-1") == "for"
    assert matcher.side("this charade", event_id="ev-2") is None


def test_a_context_keeps_other_votes_out() -> None:
    matcher = Matcher(Issue(question="Is it recognised?", terms=("vote",), context=("Abkhazia", "Sukhumi")))
    assert matcher.side("the vote", article_text="A vote was held in Abkhazia.") == "for"
    assert matcher.side("the vote", article_text="A vote was held in Chile.") is None


def test_who_supports_what_is_against_is_against() -> None:
    assert sided("support", "against") == "oppose"
    assert sided("oppose", "for") == "oppose"
    assert sided("neutral", "against") == "neutral"


def stand(holder: str, object: str, *, event: str | None = None, story: str = "s") -> Stand:
    return Stand(holder=holder, object=object, event_id=event, story=story, said=DAY)


def test_what_several_take_a_stand_on_is_proposed() -> None:
    found = proposed([stand("NOR.GOV", "the election"), stand("SWE.GOV", "Sunday's elections in Abkhazia"), stand("FIN.GOV", "this charade", event="e"),
                      stand("DNK.GOV", "the election", event="e"), stand("NOR.GOV", "fishing quotas")])  # fmt: skip
    (proposal,) = found
    assert (proposal.holders, proposal.positions) == (4, 4)
    assert proposal.issue.question == "Who stands where on the election?"
    assert proposal.issue.terms == ("election", "elections")
    assert proposal.issue.events == ("e",)


def test_two_stories_are_two_issues() -> None:
    found = proposed([stand(h, "the election", story=s) for s in "ab" for h in ("NOR.GOV", "SWE.GOV")])
    assert len(found) == 2


@given(st.text(min_size=1).filter(str.strip), st.lists(st.text(min_size=1), min_size=1, max_size=3))
def test_a_proposal_is_read_back_as_it_was(question: str, terms: list[str]) -> None:
    import tempfile

    issue = Issue(question=question, id="is-1", terms=tuple(terms), since=DAY)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "issue.toml"
        path.write_bytes(to_toml(issue).encode("utf-8", "surrogatepass"))
        assert Issue.read(path) == issue
