"""Text cut where marks begin and end: nothing is lost, and every character has the marks that cover it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.marking import Mark, pieces

TEXT = "Chad and Niger signed the accord, “at last,” an envoy said."


@given(
    st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20), st.sampled_from(["who", "trigger", "content"])), max_size=12),
    st.lists(st.integers(0, len(TEXT)), max_size=4),
)
def test_pieces_are_the_text_and_know_what_covers_them(spans: list[tuple[int, int, str]], cuts: list[int]) -> None:
    found = [Mark(start, min(start + length, len(TEXT)), role, str(n)) for n, (start, length, role) in enumerate(spans)]
    cut = list(pieces(TEXT, found, cuts=cuts))
    assert "".join(p.text for p in cut) == TEXT
    for piece in cut:
        end = piece.start + len(piece.text)
        assert piece.roles == tuple(sorted({m.role for m in found if m.start < end and m.end > piece.start}))
        assert all((m.start <= piece.start and end <= m.end) or m.end <= piece.start or end <= m.start for m in found)
    assert sorted(m.id for p in cut for m in p.begins) == sorted(m.id for m in found)
