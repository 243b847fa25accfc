"""onrecord as a component of a spaCy pipeline."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from onrecord import Coder
from onrecord.parse import UnfitDocError
from onrecord.parse.parser import MODEL
from onrecord.records import Event, Position, Report
from onrecord.spacy_component import GROUPS

MARITIME = str(Path(__file__).parent.parent / "examples" / "maritime.toml")
SHORT = "Ghana and Kenya condemned the coup in Niger on Sunday."
TEXTS = (
    SHORT,
    'Chile rejects border plan\n\nSANTIAGO (Wire) - Chile\'s foreign minister said on Monday: "We reject this plan." Peru said it would re-open talks.',
    "“Mali will not apply the sanctions,” said Mali’s prime minister, who’s visiting Accra. ‘Nobody’, he told the Herald, ‘was asked.’\nTogo agreed.",
    "Police in Lima detained 14 ex-soldiers, Lt. Gen. Rojas among them, on 3 March 2021. Bolivia denied that it had sent pro-government fighters.",
    "The so-called republic was not recognised by Norway, the EU and Japan.\r\n\r\n  The vote was 'a sham', the envoy of Norway  told reporters.",
)
ODD = ("Bolivia\u00a0denied that it had\u200b sent ex\u00adsoldiers to\u2003Lima.", "Norway called the vote ''a sham''. Chad  \u00a0 left ``at once''.")


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The packaged pipeline as a user would set it up, by rules alone."""
    made = spacy.load(MODEL, exclude=["ner"])
    made.add_pipe("onrecord_layout", first=True)
    made.add_pipe("onrecord", config={"model": "none"})
    return made


@pytest.fixture(scope="module")
def whole() -> Language:
    """The same with the packaged encoder, and with spaCy's names."""
    made = spacy.load(MODEL)
    made.add_pipe("onrecord_layout", first=True)
    made.add_pipe("onrecord")
    return made


def test_what_it_needs_and_gives_is_declared(whole: Language) -> None:
    found = whole.analyze_pipes()
    assert not any(found["problems"].values())
    assert found["summary"]["onrecord"]["assigns"] == ["doc.spans", "doc._.onrecord", "doc._.onrecord_json", "span._.onrecord"]
    bare = spacy.blank("en")
    bare.add_pipe("onrecord")
    assert bare.analyze_pipes()["problems"]["onrecord"] == ["token.dep", "token.head", "token.tag", "token.lemma", "doc.sents"]


@pytest.mark.parametrize("text", TEXTS)
def test_it_finds_what_the_coder_finds(text: str, whole: Language, learned: Coder) -> None:
    doc = whole(text)
    assert doc._.onrecord == learned.code(text)
    assert doc.text == text


@pytest.mark.parametrize("text", [*TEXTS, *ODD])
def test_without_the_layout_every_finding_still_says_what_the_text_says(text: str, coder: Coder) -> None:
    plain = spacy.load(MODEL)
    plain.add_pipe("onrecord", config={"model": "none"})
    report = plain(text)._.onrecord
    assert {a.id for a in report.actors} & {a.id for a in coder.code(text).actors}
    assert all(text[s.start : s.end] == s.text for s in report.spans())


def test_spans_lead_to_findings(nlp: Language) -> None:
    doc = nlp(SHORT)
    assert set(doc.spans) == {f"onrecord/{group}" for group in GROUPS}
    actors = [(s.text, s.label_, s.kb_id_) for s in doc.spans["onrecord/actors"]]
    assert actors == [("Ghana", "state", "GHA.GOV"), ("Kenya", "state", "KEN.GOV"), ("Niger", "state", "NER")]
    condemned = doc.spans["onrecord/events"][0]
    assert (condemned.text, condemned.label_) == ("condemned", "ACCUSE")
    assert isinstance(condemned._.onrecord, Event)
    assert condemned._.onrecord.id == condemned.id_
    ghana, kenya = doc.spans["onrecord/positions"]
    assert isinstance(ghana._.onrecord, Position)
    assert [(s.text, s.label_, s._.onrecord.holder.text) for s in (ghana, kenya)] == [
        ("the coup in Niger", "condemn", "Ghana"),
        ("the coup in Niger", "condemn", "Kenya"),
    ]
    assert doc[0:2]._.onrecord is None


def test_a_finding_can_be_less_than_a_word(nlp: Language) -> None:
    doc = nlp("Ghana condemned the U.S.-backed coup.")
    assert [(s.text, s._.onrecord.text) for s in doc.spans["onrecord/places"]] == [("Ghana", "Ghana"), ("U.S.-backed", "U.S.")]


def test_documents_that_fail_go_to_the_handler() -> None:
    made = spacy.load(MODEL, exclude=["ner"])
    made.add_pipe("onrecord", config={"model": "none"})
    failed: list[str] = []
    made.default_error_handler = lambda _name, _component, docs, _error: failed.extend(doc.text for doc in docs)
    given = [(SHORT, {"published": "no day"}), ("Chad condemned it.", {"published": "2021-03-09"})]
    assert [doc.text for doc, _ in made.pipe(given, as_tuples=True)] == ["Chad condemned it."]
    assert failed == [SHORT]


def test_displacy_draws_the_spans(nlp: Language) -> None:
    page = displacy.render(nlp(SHORT), style="span", options={"spans_key": "onrecord/events"}, page=True, jupyter=False)
    assert "ACCUSE" in page


@pytest.mark.parametrize("text", ODD)
def test_odd_spaces_and_marks_cost_no_character(text: str, nlp: Language, coder: Coder) -> None:
    report = nlp(text)._.onrecord
    assert {a.id for a in report.actors} & {a.id for a in coder.code(text).actors}
    assert all(text[s.start : s.end] == s.text for s in report.spans())


@pytest.mark.parametrize("text", TEXTS)
def test_a_document_is_written_and_read_with_its_report(text: str, nlp: Language) -> None:
    doc = nlp(text)
    kept = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    for again in (
        Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        pickle.loads(pickle.dumps(doc)),
        doc.copy(),
        next(DocBin().from_bytes(kept).get_docs(nlp.vocab)),
    ):
        assert again._.onrecord == doc._.onrecord
        assert again._.onrecord is again._.onrecord
        assert [(s.text, s.label_, s.id_) for s in again.spans["onrecord/events"]] == [(s.text, s.label_, s.id_) for s in doc.spans["onrecord/events"]]
        assert all(s._.onrecord.id == s.id_ for s in again.spans["onrecord/actors"])


def test_what_json_is_told_is_the_report(nlp: Language) -> None:
    doc = nlp(SHORT)
    body = doc.to_json(underscore=["onrecord_json"])["_"]["onrecord_json"]
    assert "text" not in body["article"]
    assert Report.from_dict(body, text=doc.text) == doc._.onrecord


def test_a_document_that_was_cut_out_does_not_pass_for_the_one_that_was_coded(nlp: Language) -> None:
    doc = nlp("It rained. " + SHORT)
    part = doc[3:].as_doc(copy_user_data=True)
    assert part._.onrecord is None
    part._.onrecord_json = doc._.onrecord_json
    with pytest.raises(ValueError, match="can't be read for it"):
        _ = part._.onrecord


def test_a_document_that_was_not_coded_has_no_report(nlp: Language) -> None:
    assert nlp.make_doc(SHORT)._.onrecord is None


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n", ".", "x", "\ud800 said.", "a\x00b"])
def test_next_to_nothing_gives_an_empty_report(text: str, nlp: Language) -> None:
    if text.startswith("\ud800"):
        pytest.skip("spaCy's strings are UTF-8")
    report = nlp(text)._.onrecord
    assert report is not None
    assert not report.events
    assert len(report.article.text) == len(text)


@pytest.mark.parametrize(
    "context", [{"published": "2021-03-09", "publisher": "Herald"}, {"published": datetime.date(2021, 3, 9), "publisher": "Herald", "row": 7}]
)
def test_what_is_known_of_an_article_comes_as_context(context: dict[str, object], nlp: Language, coder: Coder) -> None:
    [(doc, given)] = nlp.pipe([(SHORT, context)], as_tuples=True)
    assert given == context
    assert doc._.onrecord == coder.code(SHORT, published="2021-03-09", publisher="Herald")
    assert doc._.onrecord.times[0].value == "2021-03-07"


def test_or_with_the_document(nlp: Language, coder: Coder) -> None:
    doc = nlp.make_doc(SHORT)
    doc._.onrecord_article = {"id": "a1", "published": "2021-03-09", "title": None}
    assert nlp(doc)._.onrecord == coder.code(SHORT, id="a1", published="2021-03-09")
    for wrong, why in (({"date": "2021-03-09"}, "has 'date'"), ("2021-03-09", "is str"), ({"published": "soon"}, "'soon' can't be read")):
        doc = nlp.make_doc(SHORT)
        doc._.onrecord_article = wrong
        with pytest.raises(ValueError, match=why):
            nlp(doc)


def test_contexts_of_other_shapes_and_empty_cells_say_nothing(nlp: Language) -> None:
    for context in ("2021-03-09", ("a", 1), {"published": float("nan"), "publisher": " ", "url": None}):
        [(doc, _)] = nlp.pipe([(SHORT, context)], as_tuples=True)
        assert doc._.onrecord.article.published is None
        assert doc._.onrecord.article.publisher is None


def test_settings_are_the_coders(coder: Coder) -> None:
    made = spacy.load(MODEL, exclude=["ner"])
    made.add_pipe("onrecord_layout", first=True)
    config = {"model": "none", "operating_point": {"events": 0.99}, "publisher": "Herald", "codebook": [MARITIME], "spans_key": "found"}
    made.add_pipe("onrecord", config=config)
    text = "Navy crews boarded the trawler off Togo. Ghana condemned the raid."
    doc = made(text)
    assert not doc._.onrecord.events
    assert "maritime.toml#" in doc._.onrecord.coder
    assert doc._.onrecord.article.publisher == "Herald"
    assert "found/positions" in doc.spans


def test_one_room_alone() -> None:
    made = spacy.load(MODEL, exclude=["ner"])
    times = made.add_pipe("onrecord", config={"rooms": ["times"]})
    report = made(SHORT)._.onrecord
    assert times.rooms == ("times",)  # type: ignore[attr-defined]
    assert [t.text for t in report.times] == ["Sunday"]
    assert not report.actors
    assert "rooms times" in report.coder


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ({"operating_point": "wide"}, "no operating point 'wide'"),
        ({"operating_point": {"event": 0.5}}, "not \\['event'\\]"),
        ({"operating_point": {"events": 80}}, "between 0 and 1, not at 80"),
        ({"rooms": ["quotes"]}, "no room 'quotes': choose of actors"),
        ({"codebook": [str(Path(__file__))]}, "test_spacy.py"),
    ],
)
def test_settings_that_can_not_be_are_refused_at_once(config: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        spacy.blank("en").add_pipe("onrecord", config=config)


def test_a_codebook_that_is_not_there_is_missed() -> None:
    made = spacy.load(MODEL, exclude=["ner"])
    made.add_pipe("onrecord", config={"model": "none", "codebook": ["nowhere.toml"]})
    with pytest.raises(ValueError, match=r"nowhere\.toml"):
        made(SHORT)


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="reads English, this pipeline is for 'de'"):
        spacy.blank("de").add_pipe("onrecord")


@pytest.mark.parametrize(
    ("without", "why"),
    [
        (["parser"], "no dependency labels \\(a parser\\)"),
        (["lemmatizer"], "no lemmas \\(a lemmatizer\\)"),
        (["tagger", "attribute_ruler", "lemmatizer"], "no fine part-of-speech tags .*, no parts of speech .*, no lemmas"),
        (["attribute_ruler", "lemmatizer"], "no parts of speech \\(an attribute_ruler or a morphologizer\\), no lemmas"),
    ],
)
def test_what_a_pipeline_lacks_is_named(without: list[str], why: str) -> None:
    made = spacy.load(MODEL, exclude=["ner", *without])
    made.add_pipe("onrecord", config={"model": "none"})
    with pytest.raises(UnfitDocError, match=why):
        made(SHORT)
    assert made(" ")._.onrecord is not None


def test_universal_dependencies_are_refused(nlp: Language) -> None:
    words = ["Chad", "condemned", "it"]
    doc = Doc(nlp.vocab, words=words, tags=["NNP", "VBD", "PRP"], pos=["PROPN", "VERB", "PRON"], lemmas=words, heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"])
    with pytest.raises(UnfitDocError, match="Universal Dependencies \\(obj\\)"):
        nlp.get_pipe("onrecord")(doc)


def test_the_layout_must_come_first() -> None:
    made = spacy.load(MODEL, exclude=["ner"])
    made.add_pipe("onrecord_layout")
    with pytest.raises(ValueError, match="must come before the tagger"):
        made(SHORT)


def test_any_pipeline_with_a_parser_will_do(nlp: Language, tmp_path: Path, coder: Coder) -> None:
    """One put together of parts of another and saved under another name."""
    source = spacy.load(MODEL)
    made = spacy.blank("en")
    for name in ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"):
        made.add_pipe(name, source=source)
    made.meta["name"] = "core_web_other"
    made.add_pipe("onrecord_layout", first=True)
    made.add_pipe("onrecord", config={"model": "none"})
    made.to_disk(tmp_path / "other")
    assert spacy.load(tmp_path / "other")(SHORT)._.onrecord == coder.code(SHORT)


def test_a_document_made_by_hand(nlp: Language) -> None:
    words = ["Chad", "condemned", "the", "attack", ".", "Togo", "left", "."]
    doc = Doc(
        nlp.vocab,
        words=words,
        tags=["NNP", "VBD", "DT", "NN", ".", "NNP", "VBD", "."],
        pos=["PROPN", "VERB", "DET", "NOUN", "PUNCT", "PROPN", "VERB", "PUNCT"],
        lemmas=["Chad", "condemn", "the", "attack", ".", "Togo", "leave", "."],
        heads=[1, 1, 3, 1, 1, 6, 6, 6],
        deps=["nsubj", "ROOT", "det", "dobj", "punct", "nsubj", "ROOT", "punct"],
    )
    report = nlp.get_pipe("onrecord")(doc)._.onrecord
    assert [(p.holder.text, p.act, p.object.text) for p in report.positions] == [("Chad", "condemn", "the attack")]
    assert [t.head.i for t in doc] == [1, 1, 3, 1, 1, 6, 6, 6]


def test_the_parse_of_a_document_is_left_as_it_is(nlp: Language) -> None:
    parsed = spacy.load(MODEL, exclude=["ner"])
    text = "On Monday, Chile, the African Union and Norway condemned the vote."
    assert [(t.head.i, t.dep_) for t in nlp(text)] == [(t.head.i, t.dep_) for t in parsed(text)]


def test_a_saved_pipeline_has_its_codebooks(tmp_path: Path, nlp: Language) -> None:
    book = tmp_path / "mine.toml"
    book.write_bytes(Path(MARITIME).read_bytes())
    made = spacy.load(MODEL, exclude=["ner"])
    made.add_pipe("onrecord", config={"model": "none", "codebook": str(book)})
    text = "Navy crews boarded the trawler off Togo."
    wanted = made(text)._.onrecord
    assert wanted.events
    made.to_disk(tmp_path / "saved")
    data = made.get_pipe("onrecord").to_bytes()  # type: ignore[attr-defined]
    book.unlink()
    assert spacy.load(tmp_path / "saved")(text)._.onrecord == wanted
    again = spacy.load(MODEL, exclude=["ner"])
    again.add_pipe("onrecord", config={"model": "none", "codebook": str(book)})
    again.get_pipe("onrecord").from_bytes(data)  # type: ignore[attr-defined]
    assert again(text)._.onrecord == wanted
    assert pickle.loads(pickle.dumps(made.get_pipe("onrecord")))(nlp(text))._.onrecord.events == wanted.events


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_several_processes_find_the_same(nlp: Language) -> None:
    given = [(text, {"published": "2021-03-09"}) for text in TEXTS * 2]
    one = [doc._.onrecord for doc, _ in nlp.pipe(given, as_tuples=True)]
    two = [doc._.onrecord for doc, _ in nlp.pipe(given, as_tuples=True, n_process=2, batch_size=3)]
    assert two == one
    assert one[0].article.published == "2021-03-09"


@pytest.fixture
def told(nlp: Language) -> Iterator[list[str]]:
    """What an error handler that goes on is told."""
    out: list[str] = []
    with nlp.select_pipes(enable="onrecord"):  # spaCy 3.8 can't give its own parser a handler
        nlp.set_error_handler(lambda name, proc, docs, error: out.append(f"{name}: {error}"))  # type: ignore[arg-type, return-value]
    yield out
    with nlp.select_pipes(enable="onrecord"):
        nlp.set_error_handler(spacy.util.raise_error)


def test_a_document_that_fails_is_the_error_handlers(nlp: Language, told: list[str]) -> None:
    given = [(SHORT, {}), (SHORT, {"published": "soon"}), (SHORT, {})]
    assert len(list(nlp.pipe(given, as_tuples=True))) == 2
    assert told == ["onrecord: the publication date 'soon' can't be read: write it as 2021-03-09"]


def test_a_long_document(nlp: Language, coder: Coder) -> None:
    text = "\n\n".join(TEXTS * 40)
    assert nlp(text)._.onrecord == coder.code(text)
