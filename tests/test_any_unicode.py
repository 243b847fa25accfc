"""Every finding's offsets hold on any text whatever, and no text takes longer than its length says."""

from __future__ import annotations

import json
import random
import time

import pytest
from benchmarks import fuzz_mutating
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.pipeline import Coder
from onrecord.records import Report

SAID = "Norway's foreign minister condemned the attack in Mali on Monday. “We want talks,” she said, and 12 people were killed near Mopti."
TEXTS = {
    "half characters": f"\ud800{SAID}\udfff “\udc00 no,” Norway said.",
    "combining marks": "Norwa\u0301y’s fore\u0308ign minister conde\u0301mned the a\u0336t\u0336t\u0336a\u0336c\u0336k\u0336 in Mali\u0301 on Monday. " + SAID,
    "emoji": f"👩‍👩‍👧‍👦 🇳🇴 {SAID} 🏳️‍🌈👍🏽 Mali 🇲🇱 thanked Norway 🙏.",
    "right to left": f"\u202eقالت النرويج: {SAID} שלום \u2067Mali\u2069 condemned Norway.\u202c",
    "invisible": SAID.replace(" ", "\u200b \u200d").replace("said", "sa\u00adid"),
    "odd spaces and line ends": SAID.replace(" on ", "\u3000on\u00a0").replace(". ", ".\u2028") + "\r\n\x85Mali\vsaid\fno.",
    "wide": f"\U0001d5ad\U0001d5c8\U0001d5cb\U0001d5d0\U0001d5ba\U0001d5d2 {SAID} 𠜎𠜱 條約",
    "letters that grow": f"İSTANBUL ŉorway ǰ ß ﬃ {SAID} İİİ Mali".swapcase(),
}
ALPHABET = st.sampled_from([*fuzz_mutating.CHARACTERS, *SAID.split(" "), " ", " ", " "]) | st.characters(codec=None)
MEGABYTE = 1_000_000


def sound(coder: Coder, text: str) -> Report:
    """The report on a text, whose spans are checked when it is made, written and read back."""
    report = coder.code(text, published="2021-03-09")
    assert len(report.article.text) == len(text)
    for span in report.spans():
        assert report.article.text[span.start : span.end] == span.text
    written = report.to_json(with_text=True)
    written.encode("utf-8")
    assert Report.from_dict(json.loads(written)) == Report.from_dict(json.loads(Report.from_dict(json.loads(written)).to_json(with_text=True)))
    return report


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_offsets_hold_on_odd_texts(coder: Coder, text: str) -> None:
    assert any(sound(coder, text).findings())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(ALPHABET, max_size=60).map("".join))
def test_offsets_hold_on_any_text(coder: Coder, text: str) -> None:
    sound(coder, text)


@pytest.mark.parametrize("seed", range(12))
def test_offsets_hold_on_damaged_texts(coder: Coder, seed: int) -> None:
    sound(coder, fuzz_mutating.text_of("\n\n".join(TEXTS.values()), random.Random(seed)))


@pytest.mark.parametrize("piece", ["Norway", "條約", "e\u0301", "."])
def test_a_megabyte_without_a_space_takes_seconds(coder: Coder, piece: str) -> None:
    text = (piece * MEGABYTE)[:MEGABYTE]
    began = time.process_time()
    sound(coder, text)
    assert time.process_time() - began < 30


@pytest.mark.parametrize("piece", ["“", "a-", "a\n", "(", "👩‍👩‍👧", "said,"])
def test_time_grows_with_the_length_and_not_with_its_square(coder: Coder, piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        began = time.process_time()
        coder.code(text, published="2021-03-09")
        return time.process_time() - began

    coder.code(piece)
    assert seconds(9_000) < 7 * max(seconds(3_000), 0.05)
