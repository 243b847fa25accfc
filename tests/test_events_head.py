"""Labelled text of events, what the event head reads, and what it decides about the rules' proposals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from models import event_marked
from models.marked import MarkedError

from onrecord.events.candidates import ACTOR, RECIPIENT, TYPES, UNTOUCHED, WEAKER, Candidate, flags, ruled
from onrecord.records import Cast

DATA = Path(__file__).parent.parent / "models" / "data" / "events"


def test_marks_become_offsets() -> None:
    text, (accused, shelled) = event_marked.read("{a1:Oman} {t1=ACCUSE.allege:accused} {r1a2:rebels} of {t2=ASSAULT/hypothetical:shelling} {r2:Duqm}.")
    assert text == "Oman accused rebels of shelling Duqm."
    assert (accused["type"], accused["mode"], accused["veridicality"]) == ("ACCUSE", "allege", "asserted")
    assert shelled["veridicality"] == "hypothetical"
    assert accused["recipients"] == shelled["actors"] == [[13, 19]]


@pytest.mark.parametrize(
    "marked",
    ["{t1=BOAST:bragged}", "{t1=ACCUSE.visit:accused}", "{t1=ASSAULT/perhaps:hit}", "{a1:Oman} said no", "a {brace", "{t1=AID:gave} {t1=AID:lent}"],
)
def test_marks_that_mean_nothing_are_refused(marked: str) -> None:
    with pytest.raises(MarkedError):
        event_marked.read(marked)


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("x | {a1:Peru} {t1=AID:fed} {r1:refugees}.\nx | {a2:Peru} {t1=AID:fed}\n", encoding="utf-8")
    with pytest.raises(MarkedError, match="line 2"):
        list(event_marked.rows(path))


@pytest.mark.parametrize("path", sorted(DATA.glob("*.txt")), ids=lambda p: p.stem)
def test_our_own_text_reads(path: Path) -> None:
    """Types, modes and participants fit, and no template has more than five examples."""
    rows = list(event_marked.rows(path))
    assert len(rows) > 600
    assert all(row["text"][slice(*e["trigger"])].strip() for row in rows for e in row["events"])


def test_flags_tell_what_a_rule_keeps_from_what_it_only_proposes() -> None:
    kept = Candidate(1, "ACCUSE", True, (0,), (2,))
    dropped = Candidate(3, "AID", False, (), (2,))
    spans = np.array([(0, 4), (5, 12), (13, 17), (18, 22)], np.int32)
    found = flags([kept, dropped], Cast(()), spans)
    assert found[1, TYPES.index("ACCUSE")] == 1
    assert found[3, TYPES.index("AID")] == 0
    assert found[3, len(TYPES) + TYPES.index("AID")] == 1


def test_a_trigger_s_words_have_the_roles_its_rule_gives_them() -> None:
    proposed = [Candidate(1, "ACCUSE", True, (0,), (2,)), Candidate(3, "AID", False, (), (2,))]
    assert ruled(proposed, 1, 4).tolist() == [ACTOR, UNTOUCHED, RECIPIENT, UNTOUCHED]
    assert ruled(proposed, 3, 4).tolist() == [UNTOUCHED, UNTOUCHED, RECIPIENT + WEAKER, UNTOUCHED]
    assert not ruled(proposed, 0, 4).any()
