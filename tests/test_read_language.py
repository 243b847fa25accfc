"""Another language is told where it is sure, and English is never given up."""

from __future__ import annotations

import subprocess
import sys

import pytest

from onrecord.read.language import code_of, english_share, other_language
from read_samples import CHAD, FRENCH, UNION

NAMES = "Abdallahi Mohamed Ould Cheikh Ahmed Sidi Ould Tah Pierre Dupont Hans Müller José García Giovanni Rossi Nguyen Van Thieu Kim Yong Nam"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "fr"),
        ("Der Bundeskanzler verurteilte den Angriff auf das Dorf und sagte, dass Deutschland mit seinen Verbündeten darauf reagieren werde.", "de"),
        ("El presidente condenó el ataque contra el pueblo y dijo que España respondería junto con sus aliados en la región del Sahel.", "es"),
        ("Presiden mengutuk serangan itu dan mengatakan bahwa negara akan merespons bersama sekutunya di kawasan tersebut.", "id"),
        ("Cumhurbaşkanı köye yapılan saldırıyı kınadı ve ülkenin bölgedeki müttefikleriyle birlikte karşılık vereceğini söyledi.", "tr"),
        ("Президент осудил нападение на деревню и заявил, что страна ответит.", "ru"),
        ("ندد الرئيس بالهجوم وقال إن البلاد سترد مع حلفائها في المنطقة.", "ar"),
        ("总统谴责了这次袭击，并表示该国将与盟国一道作出回应，外交部也发表了声明。", "zh"),
    ],
)
def test_other_languages(text, language):
    assert other_language(text, ("en",)) == language


@pytest.mark.parametrize(
    "text",
    [
        CHAD,
        CHAD.upper(),
        f"{CHAD} « {FRENCH} »",
        "Le président a dit non.",
        NAMES,
        f"Members present: {NAMES}, {NAMES}",
        "Real Madrid 3 Barcelona 2, Atlético 1 Sevilla 0, Villarreal 2 Valencia 2, Getafe 0 Osasuna 1, Celta Vigo 1 Mallorca 1",
        "",
        "1234 5678 90",
    ],
)
def test_english_short_texts_and_lists_of_names_are_kept(text):
    assert other_language(text, ("en",)) is None


def test_function_words_tell_english_apart():
    assert english_share(f"{CHAD} {UNION}") > 0.15
    assert english_share(FRENCH) < 0.02


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ENGLISH; ENGLISH", "en"),
        ("en-GB", "en"),
        ("eng", "en"),
        ("Englisch", "en"),
        ("Français", "fr"),
        ("pt_BR", "pt"),
        ("xx", None),
        ("", None),
        (None, None),
    ],
)
def test_names_of_languages(name, code):
    assert code_of(name) == code


def test_english_never_loads_the_classifier():
    code = f"import sys; from onrecord.read.language import other_language as o; assert o({CHAD!r}, ('en',)) is None; assert 'py3langid' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
