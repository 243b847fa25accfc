"""Some rooms without the others."""

from __future__ import annotations

import pytest

from onrecord.parse import Parser
from onrecord.pipeline import ROOMS, Coder, rooms_for

TEXT = 'The so-called talks in Niger ended on Sunday. "Ghana condemns the coup," said Ghana\'s foreign minister. Kenya denied that it had sent troops.'
FIELDS = {"attribution": "attributions"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_finds_what_it_finds_beside_all_others(room: str, parser: Parser, learned: Coder) -> None:
    alone = Coder(parser=parser, lexicons=learned.lexicons, rooms=[room])
    found, whole = alone.code(TEXT, published="2023-07-31"), learned.code(TEXT, published="2023-07-31")
    for name in ROOMS:
        field = FIELDS.get(name, name)
        assert getattr(found, field) == (getattr(whole, field) if name in alone.rooms else ())
    assert getattr(found, FIELDS.get(room, room))
    assert (found.coder == whole.coder) == (alone.rooms == tuple(ROOMS))


def test_each_room_comes_behind_those_that_it_reads() -> None:
    order = list(ROOMS)
    for room, reads in ROOMS.items():
        assert all(order.index(other) < order.index(room) for other in reads)
        assert rooms_for([room])[-1] == room
        assert rooms_for(room) == rooms_for([room])


def test_what_reads_no_states_costs_none(parser: Parser, learned: Coder) -> None:
    alone = Coder(parser=parser, lexicons=learned.lexicons, rooms=["places", "times"])
    assert alone.states(parser.parse(learned.code(TEXT).article)) is None
    assert "session" not in vars(alone.encoder)
