"""Who is meant in a text: several at once, by their posts, by their bodies, by what stands around them."""

from __future__ import annotations

import pytest

from onrecord import actors
from onrecord.parse import Parser
from onrecord.pipeline import Coder
from onrecord.records import Article, Cast


@pytest.fixture(scope="module")
def lexicon() -> actors.Lexicon:
    return actors.Lexicon.load()


@pytest.fixture(scope="module")
def cast(parser: Parser, lexicon: actors.Lexicon):
    def find(text: str, **fields: str) -> Cast:
        return Cast(actors.find(parser.parse(Article.make(text, **fields)), lexicon=lexicon))

    return find


def meant(found: Cast, text: str) -> set[str]:
    """Everybody whom a mention with exactly this text means."""
    return {a.id for a in found for m in a.mentions if m.text == text}


@pytest.mark.parametrize(
    ("text", "mention", "ids"),
    [
        ("Kenya and Uganda held talks. The two sides signed a treaty.", "The two sides", {"KEN.GOV", "UGA.GOV"}),
        ("Kenya accused Uganda of theft. Both countries recalled envoys.", "Both countries", {"KEN.GOV", "UGA.GOV"}),
        ("Kenya met Uganda and Chad on Monday. The two sides signed a treaty.", "The two sides", {"_.UNK.sides"}),
        (
            "Kenyan President William Ruto received French President Emmanuel Macron. The two leaders signed a treaty.",
            "The two leaders",
            {"KEN.GOV.william-ruto", "FRA.GOV.emmanuel-macron"},
        ),
        ("Kenya and Uganda held talks on Monday. They condemned the raid.", "They", {"KEN.GOV", "UGA.GOV"}),
    ],
)
def test_a_phrase_can_mean_several(cast, text: str, mention: str, ids: set[str]) -> None:
    assert meant(cast(text, published="2023-06-01"), mention) == ids


def test_both_parties_take_part() -> None:
    coder = Coder(model="none")
    event = next(e for e in coder.code("Kenya and Uganda held talks. Both countries condemned the raid.").events if e.type == "ACCUSE")
    assert [p.country for p in event.actors] == ["KEN", "UGA"]
    event = next(e for e in coder.code("Kenyan and Ugandan soldiers attacked the rebels in Goma.").events if e.type == "ASSAULT")
    assert [(p.country, p.sector) for p in event.actors] == [("KEN", "MIL"), ("UGA", "MIL")]


@pytest.mark.parametrize(
    ("text", "mention", "id"),
    [
        ("Militants shelled the consulate in Herat. The Danish consulate was empty.", "the consulate", "DNK.GOV"),
        ("Local officials in Kenya blamed the floods.", "Local officials", "KEN.GOV"),
        ("A local shopkeeper in Kenya blamed the army.", "A local shopkeeper", "KEN.BUS.shopkeeper"),
        ("A spokesman for the Danish military joint forces command blamed the rebels.", "A spokesman", "DNK.MIL.spokesman"),
        ("A spokesman for the regional police zone in Kenya blamed gangs.", "A spokesman", "KEN.COP.spokesman"),
        ("The African Union praised Kenya, a spokeswoman said.", "a spokeswoman", "IGO.AU.spokeswoman"),
        ("A NATO spokesman condemned the raid in Kenya.", "A NATO spokesman", "IGO.NATO.MIL.spokesman"),
        ("Chad's newly elected parliament met.", "Chad's newly elected parliament", "TCD.LEG"),
        ("Kenya's police chief resigned after Uganda protested. A Kenya expert at Lagos University was surprised.", "A Kenya expert", "NGA.EDU.expert"),
        ("Cai Wen, an expert on Kenya at a university in Ghana, was surprised.", "an expert", "GHA.EDU.cai-wen"),
        ("The Obama administration rejected the offer.", "The Obama administration", "USA.GOV"),
        ("Many Nigerians condemned the raid.", "Many Nigerians", "NGA.CVL"),
        ("Labour Party activists in London blocked a road.", "Labour Party activists", "GBR.PTY.party-activist"),
        ("The IMF lent Ghana a billion. The Fund urged caution.", "The Fund", "IGO.IMF"),
        ("The World Bank lent Ghana a billion. The Washington-based lender urged caution.", "The Washington-based lender", "IGO.WB"),
        ("Iran cut its output. The OPEC member rejected blame.", "The OPEC member", "IRN.GOV"),
        ("Algeria's ministry of foreign affairs spoke. Chad's president left. The ministry then apologised.", "The ministry", "DZA.GOV"),
        ("Congress rejected a law on trade with China, the United States said.", "Congress", "USA.LEG"),
        ("Kenya's finance minister said prices would fall. Mary Otieno said taxes would too.", "Mary Otieno", "KEN.GOV.mary-otieno"),
        ("Central bank Deputy Governor Wei Gang said China was pushing ahead.", "Wei Gang", "CHN.GOV.wei-gang"),
        ("In Portugal the Social Democrats rejected the law.", "the Social Democrats", "PRT.PTY.social-democrats"),
        ("The Confederation of Kenyan Workers (XGTP) protested. XGTP leader Mary Otieno spoke.", "XGTP leader Mary Otieno", "KEN.LAB.mary-otieno"),
        ("A scientist in Iran's nuclear programme was shot.", "A scientist", "IRN.EDU.scientist"),
        ("Chad, Niger and others condemned the raid.", "others", "_.UNK.others"),
    ],
)
def test_a_mention_means(cast, text: str, mention: str, id: str) -> None:
    found = cast(text, published="2015-06-01")
    assert any(a.id == id and m.text.endswith(mention) for a in found for m in a.mentions)


@pytest.mark.parametrize(("date", "id"), [("2016-03-01", "AFG.REB.taliban"), ("2023-03-01", "AFG.GOV.taliban")])
def test_fighters_are_their_groups_of_the_day(cast, date: str, id: str) -> None:
    assert meant(cast("Taliban fighters shelled a town in Afghanistan.", published=date), "Taliban fighters") == {id}


def test_attackers_fight_for_the_one_armed_group_of_the_article(cast) -> None:
    found = cast("The Taliban claimed the raid in Herat, Afghanistan. The attackers killed two guards.", published="2015-03-01")
    assert meant(found, "The attackers") == {"AFG.REB.attackers"}
    found = cast("The army of Afghanistan fought in Herat. The attackers killed two guards.", published="2015-03-01")
    assert meant(found, "The attackers") == {"AFG.UAF.attackers"}


def test_a_title_tells_whose_ministers_they_are(cast) -> None:
    text = "The government rejected the plan of Israel. The finance minister left the room."
    assert meant(cast(text, title="Kenya's Kenyan budget: Kenya and the Kenyan plan"), "The government") == {"KEN.GOV"}


@pytest.mark.parametrize(
    ("text", "pronoun", "id"),
    [
        ("The United States urged Tehran to give up its arms.", "its", "IRN.GOV"),
        ("Chad bombed a town held by Niger, and it fled.", "it", "TCD.GOV"),
    ],
)
def test_a_pronoun_in_what_somebody_is_urged_to_do(cast, text: str, pronoun: str, id: str) -> None:
    assert meant(cast(text), pronoun) == {id}


def test_a_pronoun_beside_a_thing_is_nobody(cast) -> None:
    assert not meant(cast("Farmers in Kenya are poor. Cuts are planned but they hurt Kenya."), "they")


def test_captions_are_no_part_of_what_is_said(cast) -> None:
    found = cast("The army in Kenya spoke.\nImage copyright Somebody Image caption Doctors said they were tired.")
    assert meant(found, "Doctors")


def test_a_word_in_title_case_is_no_acronym(cast) -> None:
    assert not any(a.id in ("LBR.REB.model", "IGO.PACE") for a in cast("Model Jane Kos met coach Ryan Pace."))


def test_who_acts_for_a_state_in_a_body_speaks_for_the_state(cast) -> None:
    actor = next(a for a in cast("Iran's OPEC governor Omar Kos rejected the figures.") if a.name == "Omar Kos")
    assert (actor.country, actor.affiliation_id) == ("IRN", "IRN.GOV")


def test_a_town_behind_a_word_that_is_no_given_name_stays_a_town(coder: Coder) -> None:
    report = coder.code("Radio Lima reported the vote. Protesters marched through Lima on Monday, and shops in Lima closed early.", published="2021-03-09")
    assert [p.text for p in report.places if p.use == "place"][-1:] == ["Lima"]
    assert not [a for a in report.actors if a.kind == "person"]
