"""How an event is put, by what its own clause says and by what governs it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.pipeline import Coder

PUT = [
    # what the clause itself says
    ("Togo may expel the ambassador of Benin.", "expel", "hypothetical"),
    ("Perhaps Togo will expel the ambassador of Benin.", "expel", "hypothetical"),
    ("Togo allegedly expelled the ambassador of Benin.", "expelled", "asserted"),
    ("Togo not only expelled the ambassador of Benin but closed the border.", "expelled", "asserted"),
    ("Did Togo expel the ambassador of Benin?", "expel", "hypothetical"),
    ("Why did Togo expel the ambassador of Benin?", "expel", "asserted"),
    # conditions
    ("If Benin protests, Togo will expel its ambassador.", "expel", "hypothetical"),
    ("Had Benin protested, Togo would have expelled its ambassador.", "expelled", "hypothetical"),
    ("Togo will keep the border shut until Benin releases the prisoners.", "releases", "hypothetical"),
    ("Togo kept the border shut until Benin released the prisoners.", "released", "asserted"),
    # the future of what was said
    ("The minister said that Togo would expel the ambassador of Benin.", "expel", "planned"),
    ("Officials fear that Togo will attack Benin.", "attack", "hypothetical"),
    ("The ministry would not confirm that Togo will attack Benin.", "attack", "hypothetical"),
    # what governs it
    ("Togo stopped short of condemning Benin.", "condemning", "denied"),
    ("Togo left the talks without condemning Benin.", "condemning", "denied"),
    ("Togo has yet to condemn Benin.", "condemn", "denied"),
    ("Togo is to expel the ambassador of Benin.", "expel", "planned"),
    ("Togo wants Benin to release the prisoners.", "release", "demanded"),
    ("Togo is trying to expel the ambassador of Benin.", "expel", "planned"),
    ("Rebels tried to seize the town of Gao but were driven back.", "seize", "denied"),
    ("The rebels came home only to be arrested by the army of Togo.", "arrested", "asserted"),
    ("Any state that attacks Benin will face sanctions.", "attacks", "hypothetical"),
    # nouns that are taken for granted, and nouns that are not
    ("Togo has not condemned the attack on Benin.", "attack", "asserted"),
    ("Togo did not launch the attack on Benin.", "attack", "denied"),
    ("The commission was set up to investigate the massacre of Tuareg civilians.", "massacre", "asserted"),
    ("Ahead of Sunday’s election, Togo is closing its borders.", "election", "planned"),
    # what is said to be untrue
    ("Togo rejected allegations that it had attacked Benin.", "attacked", "denied"),
    ("The claims that Togo attacked Benin are false, the minister said.", "attacked", "denied"),
    ("The claims that Togo attacked Benin are true, the minister said.", "attacked", "asserted"),
]


@pytest.mark.parametrize(("text", "trigger", "standing"), PUT)
def test_how_an_event_is_put(coder: Coder, text: str, trigger: str, standing: str) -> None:
    start = text.index(trigger)
    here = [e for e in coder.code(text).events if e.trigger.start < start + len(trigger) and start < e.trigger.end]
    assert [e.veridicality for e in here[:1]] == [standing]


def test_quoted_commands_are_demands(coder: Coder) -> None:
    events = coder.code("“Release the prisoners,” the president of Togo told Benin.").events
    assert [(e.type, e.veridicality) for e in events if e.trigger.text.startswith("Release")] == [("RETREAT", "demanded")]


def test_the_occasion_of_a_demand_is_not_demanded(coder: Coder) -> None:
    report = coder.code("The union urged Togo to release its members after police arrested two of them in Lomé.")
    arrest = next(e for e in report.events if e.trigger.text == "arrested")
    assert (arrest.veridicality, arrest.claimed_by) == ("asserted", None)


ODD = ["if", "unless", "not", "never", "attacked", "Togo", "Benin", "?", "“", "”", "to", "be", "without", "wants", "that", "claims", ",", "had", "would"]


@given(st.lists(st.sampled_from(ODD), max_size=20))
def test_odd_word_orders_raise_nothing(coder: Coder, words: list[str]) -> None:
    for event in coder.code(" ".join(words)).events:
        assert event.veridicality in ("asserted", "denied", "hypothetical", "planned", "demanded")
