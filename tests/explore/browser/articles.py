"""What the browser is shown: the bundled examples, one story in three outlets, and articles that mean harm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources

from onrecord.records import Article

STORY = (
    (
        "expulsion-a", "Peru expels Bolivia's ambassador", "2023-03-03", "Harbour Wire",
        "LIMA (Harbour Wire) - Peru expelled Bolivia's ambassador on Thursday and accused La Paz of interference in its affairs.\n\n"
        "Bolivia condemned the expulsion of its ambassador. Foreign Minister Rogelio Mayta called it a hostile act. "
        "“Bolivia will answer in due course,” Mayta said.\n\nColombia also criticised the expulsion, while Ecuador supported it.",
    ),
    (
        "expulsion-b", "Lima sends Bolivian ambassador home", "2023-03-03", "Andean Post",
        "LA PAZ - Peru expelled the ambassador of Bolivia on Thursday, the foreign ministry in Lima said.\n\n"
        "The Bolivian government condemned the so-called expulsion as a violation of diplomatic custom. "
        "Mexico rejected the expulsion, and Mexican President Andrés Manuel López Obrador said that Peru's government had no legitimacy.",
    ),
    (
        "expulsion-c", "Chile regrets expulsion of ambassador by Peru", "2023-03-04", "Cono Sur Noticias",
        "SANTIAGO - Chile on Friday regretted that Peru expelled Bolivia's ambassador a day earlier.\n\n"
        "Ecuador's Foreign Ministry welcomed the expulsion. Argentina condemned the expulsion of the ambassador by Peru and urged both sides to talk.",
    ),
)  # fmt: skip
SCRIPT = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"><svg/onload=alert(1)>"
HOSTILE = (
    ("hostile-script", f"{SCRIPT} Norway protests", f"OSLO - Norway condemned {SCRIPT} on Monday. “{SCRIPT}” Norway's Foreign Ministry said.\n\n{SCRIPT}"),
    (
        "hostile-long-word",
        "Sweden " + "x" * 400,
        "STOCKHOLM - Sweden condemned the " + "attack" * 400 + " on Monday. Sweden's government said that it was " + "y" * 3_000 + ".",
    ),
    (
        "hostile-huge",
        "A long day in parliament",
        "HELSINKI - Finland condemned the attack on Monday.\n\n" + "The debate in the chamber went on until late. " * 1_200,
    ),
    (
        "hostile-right-to-left",
        "دولت \u202egnihtyna\u202c محکوم کرد",
        "TEHRAN - Iran condemned the strike \u202eno yadnoM\u202c. \u2067وزارت خارجه\u2069 said “\u202ethis” on Monday.",
    ),
    (
        "hostile-zero-width",
        "Den\u200bmark con\u00addemns",
        "COPENHAGEN - Den\u200bmark con\u200cdemned the strike\ufeff on Monday.\u2028“No,” Denmark's govern\u00adment said.\u2060" + "a" + "\u0300" * 200,
    ),
    (
        "hostile-control",
        "Iceland \x07\x1b[31m protests",
        "REYKJAVIK - Iceland con\x00demned\x01 the strike\x0b on Monday.\x7f\x9b \ufffe\uffff “{{ 7 * 7 }} {% raw %} ${7*7}” Iceland said.\r\nEnd.",
    ),
    ('hostile <id> & "quotes" / é?#%2e', "An id that needs care", "DUBLIN - Ireland condemned the attack on Monday. “It must end,” Ireland's government said."),
)


def articles() -> Iterator[Article]:
    """All of them, the hostile last."""
    for line in (resources.files("onrecord") / "examples" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        yield Article.make(**json.loads(line), published_reason="given")
    for id, title, published, publisher, text in STORY:
        yield Article.make(text, id=id, title=title, published=published, published_reason="given", publisher=publisher)
    for id, title, text in HOSTILE:
        yield Article.make(text, id=id, title=title, published="2023-05-08", published_reason="given", publisher=f"Outlet {SCRIPT}")
