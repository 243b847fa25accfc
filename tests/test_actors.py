"""Who: names, titles, seats, descriptions and pronouns, and the actor each means."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import actors
from onrecord.actors.names import NameIndex, key_of
from onrecord.actors.reading import term_at
from onrecord.actors.shapes import Entry, Term
from onrecord.export.plover import plover_codes
from onrecord.parse import Parser
from onrecord.records import Actor, Article, Cast, Report


@pytest.fixture(scope="module")
def lexicon() -> actors.Lexicon:
    return actors.Lexicon.load()


@pytest.fixture(scope="module")
def who(parser: Parser, lexicon: actors.Lexicon):
    def find(text: str, **fields: str) -> dict[str, list[str]]:
        """Actor ids with the texts of their mentions."""
        found = actors.find(parser.parse(Article.make(text, **fields)), lexicon=lexicon)
        return {a.id: [m.text for m in a.mentions] for a in found}

    return find


@pytest.fixture(scope="module")
def cast(parser: Parser, lexicon: actors.Lexicon):
    def find(text: str, **fields: str) -> Cast:
        return Cast(actors.find(parser.parse(Article.make(text, **fields)), lexicon=lexicon))

    return find


def one(found: Cast, text: str) -> Actor:
    """The actor that has a mention with exactly this text."""
    return next(a for a in found for m in a.mentions if m.text == text)


@pytest.mark.parametrize(
    ("text", "mention", "id"),
    [
        ("Bolivia rejected the offer.", "Bolivia", "BOL.GOV"),
        ("The envoys met in Bolivia.", "Bolivia", "BOL"),
        ("Lima recalled its envoy.", "Lima", "PER.GOV"),
        ("The Kremlin denied the report.", "The Kremlin", "RUS.GOV"),
        ("Talks with Somaliland resumed.", "Somaliland", "XSL.GOV"),
        ("The Peruvians left early.", "The Peruvians", "PER"),
        ("Two Kenyan soldiers were killed.", "Two Kenyan soldiers", "KEN.MIL"),
        ("The ministry of foreign affairs of Chile protested.", "The ministry of foreign affairs", "CHL.GOV"),
        ("The defence ministry in Lima protested.", "The defence ministry", "PER.GOV"),
        ("The Malian offensive failed.", "Malian", "MLI.GOV"),
        ("US-backed rebels seized a town in Yemen.", "US-backed rebels", "YEM.REB.rebels"),
        ("BOLIVIA REJECTS OFFER", "BOLIVIA", "BOL.GOV"),
        ("Kazakstan said it would sign, but Kazakhstann did not.", "Kazakhstann", "KAZ.GOV"),
    ],
)
def test_a_mention_means(cast, text: str, mention: str, id: str) -> None:
    assert one(cast(text), mention).id == id


@pytest.mark.parametrize(
    ("text", "mention", "id"),
    [
        ("Peru met Chile in Lima. The Foreign Ministry condemned Chile. Chile was silent.", "The Foreign Ministry", "PER.GOV"),
        ("Portugal asked for aid. Euro zone finance ministers met on Monday. The ministers praised Portugal.", "The ministers", "IGO.EUROZONE"),
        ("European lawmakers urged Hungary to act.", "European lawmakers", "IGO.EP"),
        ("G20 leaders met in Brazil. The leaders condemned the attack.", "The leaders", "IGO.G20"),
        ("The European Union froze the aid to Georgia. A spokesperson for the bloc's trade chief explained it.", "A spokesperson", "IGO.EU"),
        ("France backed the plan. Other governments rejected it.", "Other governments", "_.GOV.government"),
        ("Diplomats said that Norway would refuse.", "Diplomats", "_.GOV.diplomat"),
        ("China closed the site. Hackers had copied it.", "Hackers", "_.CRM.hacker"),
        ("The United States fined it. A Mardle Bank spokesman declined to comment.", "A Mardle Bank spokesman", "_.BUS.spokesman"),
        ("The Texas governor signed it.", "The Texas governor", "USA.GOV.governor"),
        ("The Catalan president called a vote.", "The Catalan president", "ESP.GOV.president"),
        ("The Zambian leader resigned.", "The Zambian leader", "ZMB.GOV.leader"),
        ("The China Air Transport Association protested.", "The China Air Transport Association", "CHN.BUS.air-transport-association"),
        ("Transnistria held a vote and Moldova protested. The republic's foreign ministry was pleased.", "The republic's foreign ministry", "XTR.GOV"),
        ("The talks failed. The Foreign Ministry condemned Chile, which Peru had defended on Monday in Lima.", "The Foreign Ministry", "PER.GOV"),
    ],
)
def test_a_guess_is_made_only_where_one_country_can_be_meant(cast, text: str, mention: str, id: str) -> None:
    assert one(cast(text), mention).id == id


def test_allies_are_a_group_of_their_own(cast) -> None:
    found = cast("Iran refused. Its allies agreed.")
    assert one(found, "Its allies").country is None


@pytest.mark.parametrize(
    ("text", "date", "nobody"),
    [
        ("The turbine ran at 99% Power.", "2014-01-01", "USA.GOV.samantha-power"),
        ("The envoy bought the Islamic state's oil.", "2015-01-01", "IMG.REB.islamic-state"),
        ("Canada voiced its opposition to the deal.", "2015-01-01", "CAN.OPP.opposition"),
        ("Carlos Lima, a Brazilian banker, resigned. Lima left.", "2012-01-01", "PER.GOV"),
        ("MILLIONS PROTEST IN EGYPT", "2012-01-01", "EGY.UNK.protest"),
    ],
)
def test_what_only_looks_like_a_name_is_nobody(who, text: str, date: str, nobody: str) -> None:
    assert nobody not in who(text, published=date)


def test_a_teaser_in_capitals_is_no_part_of_a_name(cast) -> None:
    found = cast("INCREASINGLY UNPOPULAR Merkel visited Greece.\n\nChancellor Angela Merkel spoke.", published="2012-10-09")
    assert one(found, "Chancellor Angela Merkel") is one(found, "INCREASINGLY UNPOPULAR Merkel")


def test_who_is_named_as_somebody_is_that_person(cast) -> None:
    found = cast("The Palestinian teenager, named as Sami Odeh, was freed. His cousin was not.")
    assert one(found, "Sami Odeh") is one(found, "The Palestinian teenager")
    assert (one(found, "Sami Odeh").country, one(found, "His cousin").country) == ("PSE", "PSE")


def test_a_flag_gives_a_ship_its_country_and_a_vessel_goes_back_to_it(cast) -> None:
    found = cast("Pirates seized a Panama-flagged tanker on Monday. The vessel was freed later.")
    assert (one(found, "The vessel").country, one(found, "The vessel").sector) == ("PAN", "BUS")


def test_they_are_who_was_arrested(cast) -> None:
    found = cast("Police arrested protesters after they occupied a bank in Chile.")
    assert one(found, "they") is one(found, "protesters")


def test_the_editor_says_in_brackets_who_he_is(cast) -> None:
    found = cast("Joe Biden met Xi Jinping, and a spokesman said he (Biden) would return.", published="2022-11-15")
    assert one(found, "he").name == "Joe Biden"


def test_whoever_is_spoken_of_does_not_speak(cast) -> None:
    found = cast("Erik Lund met Omar Haddad, a Jordanian envoy. Haddad has lied, he said.")
    assert one(found, "he").name == "Erik Lund"


def test_a_capital_that_is_only_a_place_is_no_actor(who) -> None:
    assert "PER.GOV" not in who("The weather in Lima improved.")


def test_a_title_gives_country_sector_role_and_affiliation(cast) -> None:
    found = cast("State Department spokesman Aldo Ferri declined to comment. Ferri left.")
    ferri = one(found, "State Department spokesman Aldo Ferri")
    assert (ferri.country, ferri.sector, ferri.role, ferri.kind) == ("USA", "GOV", "spokesman", "person")
    assert ferri.affiliation == "State Department"
    assert one(found, "Ferri") is ferri


def test_a_spokesman_is_of_whom_he_speaks_for(cast) -> None:
    found = cast("A spokesman for the Peruvian army denied it.")
    assert (one(found, "A spokesman").country, one(found, "A spokesman").sector) == ("PER", "MIL")


def test_apposition_both_ways(cast) -> None:
    before = cast("Ali Dembele, the foreign minister of Mali, resigned.")
    after = cast("The Malian foreign minister, Ali Dembele, resigned.")
    for found in (before, after):
        assert one(found, "Ali Dembele").id == "MLI.GOV.ali-dembele"


def test_an_analyst_speaks_for_nobody_but_has_a_country(cast) -> None:
    found = cast("Sunil Rana, a Nepali analyst, doubted it.")
    assert (one(found, "Sunil Rana").country, one(found, "Sunil Rana").sector) == ("NPL", "EDU")


def test_two_countries_before_one_noun_are_two_actors(who) -> None:
    found = who("Kenyan and Zambian troops crossed the border.")
    assert "KEN.MIL" in found
    assert "ZMB.MIL" in found


def test_an_acronym_introduced_in_brackets_means_the_same(cast) -> None:
    found = cast("The Forward Union Movement (FUM) rejected the vote. The FUM will appeal.")
    assert one(found, "The FUM") is one(found, "The Forward Union Movement")


def test_pronouns_find_subject_and_gender(cast) -> None:
    found = cast("Zambian Foreign Minister Mary Phiri met Joseph Banda, a teacher. She said he was tired.")
    assert one(found, "She").name == "Mary Phiri"
    assert one(found, "he").name == "Joseph Banda"


def test_a_relative_pronoun_is_its_antecedent(cast) -> None:
    found = cast("The Kenyan minister who resigned on Monday was arrested.")
    assert one(found, "who") is one(found, "The Kenyan minister")


def test_we_in_a_quotation_is_the_speaker(cast) -> None:
    found = cast('"We reject this offer," Bolivian minister Juan Quispe said.')
    assert one(found, "We").name == "Juan Quispe"


def test_the_army_is_of_the_country_the_article_is_about(cast) -> None:
    found = cast("CONAKRY, Guinea (Reuters) - The army seized power in Guinea on Sunday.\nThe army said it would stay.")
    assert one(found, "The army").id == "GIN.MIL"


def test_whose_office_it_is_depends_on_the_date(cast) -> None:
    assert one(cast("The Taliban seized a town.", published="2019-05-01"), "The Taliban").sector == "REB"
    assert one(cast("The Taliban closed a school.", published="2022-05-01"), "The Taliban").sector == "GOV"
    assert one(cast("Angela Merkel visited Kyiv.", published="2015-02-05"), "Angela Merkel").sector == "GOV"
    assert one(cast("Angela Merkel visited Kyiv.", published="2023-02-05"), "Angela Merkel").sector == "ELI"


def test_text_without_capitals_still_has_names(cast) -> None:
    text = "lima: the peruvian opposition on monday rejected the vote, party leader marta quispe said. quispe said the government in peru must go."
    found = cast(text)
    assert one(found, "the peruvian opposition").country == "PER"
    assert one(found, "quispe") is one(found, "party leader marta quispe")


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("Accra police", "GHA", "COP"),
        ("Buddhist leaders in Laos", "LAO", "REL"),
        ("a group of men", None, "UNK"),
        ("hundreds of Chilean students", "CHL", "EDU"),
        ("a former Chilean minister", "CHL", "ELI"),
        ("Peru's navy", "PER", "MIL"),
        ("Peru's Defense Department", "PER", "GOV"),
        ("Abkhazia", "XAB", None),
        ("the International Court of Justice", "UNO", "JUD"),
        ("gunmen", None, "UAF"),
        ("Swiss farmers", "CHE", "AGR"),
        ("the Norwegian prime minister", "NOR", "GOV"),
        ("an opposition senator", None, "LEG"),
    ],
)
def test_a_phrase_alone_resolves(lexicon, phrase: str, country: str | None, sector: str | None) -> None:
    found = actors.resolve(phrase, lexicon=lexicon)
    assert found is not None
    assert (found.country, found.sector) == (country, sector)


@pytest.mark.parametrize("phrase", ["kittens", "a dog named Rex", "Tomas Verhelst", "", "influenza", "  "])
def test_nobody_resolves_to_nobody(lexicon, phrase: str) -> None:
    assert actors.resolve(phrase, lexicon=lexicon) is None


def test_plover_writes_a_de_facto_entity_as_its_nominal_sovereign() -> None:
    assert plover_codes("XAB", "MIL", "XAB.MIL") == ("GEO", "PRE")
    assert plover_codes("TWN", "GOV", "TWN.GOV") == ("TWN", "GOV")
    assert plover_codes("XKX", None, "XKX") == ("XKX", "")
    assert plover_codes(None, None, "IGO.NATO") == ("IGO", "")


def test_a_name_is_found_however_it_is_written(lexicon) -> None:
    index = NameIndex(lexicon.vocabulary)
    entry = Entry("group", "X.REB.al-nahda", "Al-Nahda", (Term("X", "REB"),), "group")
    index.add("Al-Nahda", entry, "name")
    assert key_of("AL NAHDA") == key_of("al-Nahda") == "al nahda"
    assert index.candidates("al-nahda")[0][0] is entry


def test_a_term_is_over_the_day_after_it_ends() -> None:
    entry = Entry("person", "x", "X", (Term("CHL", "GOV", "2010-03-11", "2014-03-10"),), "person")
    assert term_at(entry, "2014-03-10") == (entry.terms[0], False)
    assert term_at(entry, "2014-03-11") == (entry.terms[0], True)
    assert term_at(entry, None) == (entry.terms[0], False)


PIECES = [
    "China",
    "'s",
    " U.S.-backed ",
    "the ",
    "President ",
    " of ",
    ", ",
    "(UN)",
    '"',
    "“",
    "’",
    " he said. ",
    "\n",
    "We ",
    "two ",
    "soldiers ",
    "Ltd.",
    "😀",
    "- ",
    "ISRAEL ",
    "who ",
    "former ",
    "é",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_mention_is_the_text_at_its_span(parser: Parser, lexicon, text: str) -> None:
    article = Article.make(text)
    found = actors.find(parser.parse(article), lexicon=lexicon)
    Report(article=article, actors=found)
    assert len({a.id for a in found}) == len(found)
    assert actors.find(parser.parse(article), lexicon=lexicon) == found
