"""The component: a parsed document in, the document with its report out."""

# no "from __future__ import annotations": spaCy reads the types of a factory's arguments

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.actors import ActorTable
from onrecord.events import Codebook
from onrecord.operating import OperatingPoint
from onrecord.operating import operating_point as named_point
from onrecord.parse import Parser, adopt
from onrecord.pipeline import ROOMS, Coder, rooms_for
from onrecord.spacy_component import extensions
from onrecord.spacy_component.articles import article_of
from onrecord.spacy_component.files import opened, read
from onrecord.spacy_component.spans import fill

FACTORY = "onrecord"
LANGUAGES = ("en", "xx")
FILES = "files.msgpack"

extensions.register()


class OnRecord:
    """Codes documents that a pipeline has parsed.

    Each document gets a report (``doc._.onrecord``) and a group of spans for each kind of finding (``doc.spans["onrecord/events"]`` …).
    What the coder needs is loaded with the first document, in each process.

    Args:
        model: as for :class:`onrecord.Coder`, and so are ``operating_point`` and ``rooms``.
        operating_point: a name or thresholds.
        rooms: the rooms to use, by their names.
        publisher: who published the documents, where nothing given with a document says so.
        codebook: files with codes of your own, as for :class:`onrecord.Coder`; a saved pipeline keeps them.
        actor_table: files with actors of your own, likewise.
        spans_key: what the keys of the span groups begin with.

    Raises:
        ActorTableError, CodebookError: a file can't be used. One that isn't there is missed with the first document only:
            a pipeline that is loaded brings its own.
        ValueError: there is no such operating point or room.
    """

    def __init__(
        self,
        *,
        model: str = "small",
        operating_point: str | OperatingPoint = "broad",
        rooms: Iterable[str] = tuple(ROOMS),
        publisher: str | None = None,
        codebook: Iterable[str] = (),
        actor_table: Iterable[str] = (),
        spans_key: str = "onrecord",
    ) -> None:
        self.model, self.publisher, self.spans_key = model, publisher, spans_key
        self.point = named_point(operating_point)
        self.rooms = rooms_for(rooms)
        self.codebook, self.actor_table = tuple(codebook), tuple(actor_table)
        self.files = {**read(Codebook, self.codebook), **read(ActorTable, self.actor_table)}
        self._coder: Coder | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Code one document, in place; gives the same document.

        Raises:
            UnfitDocError: the document has no parse that can be read; the message names what it lacks.
            ValueError: what is given with the document can't be used.
        """
        article = article_of(doc, publisher=self.publisher)
        report = self.coder.report(adopt(doc, article))
        extensions.keep(doc, report)
        fill(doc, report, key=self.spans_key)
        return doc

    @property
    def coder(self) -> Coder:
        """The coder, made when it is first asked for. Its own parser is never loaded: it reads the document's parse."""
        if self._coder is None:
            self._coder = Coder(
                parser=Parser(),
                model=self.model,
                codebook=[opened(Codebook, path, self.files) for path in self.codebook],
                actor_table=[opened(ActorTable, path, self.files) for path in self.actor_table],
                operating_point=self.point,
                rooms=self.rooms,
            )
        return self._coder

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The codebooks and tables of actors; all else is in the pipeline's configuration or in the package."""
        return msgspec.msgpack.encode(self.files)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "OnRecord":
        """Take what :meth:`to_bytes` gave; gives the component."""
        self.files = {**self.files, **msgspec.msgpack.decode(data, type=dict[str, bytes])}
        self._coder = None
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the codebooks and tables of actors into a folder, which is made; nothing where there are none."""
        if self.files:
            Path(path).mkdir(parents=True, exist_ok=True)
            (Path(path) / FILES).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "OnRecord":
        """Take what :meth:`to_disk` wrote; gives the component."""
        file = Path(path) / FILES
        return self.from_bytes(file.read_bytes()) if file.exists() else self

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_coder": None}  # a network in memory can't go to another process: each makes its own


@Language.factory(
    FACTORY,
    # a parser, a tagger and a lemmatizer; token.pos too, but spaCy's attribute_ruler, which sets it, does not declare that
    requires=["token.dep", "token.head", "token.tag", "token.lemma", "doc.sents"],
    assigns=["doc.spans", f"doc._.{extensions.REPORT}", f"doc._.{extensions.JSON}", f"span._.{extensions.REPORT}"],
    default_config={
        "model": "small",
        "operating_point": "broad",
        "rooms": list(ROOMS),
        "publisher": None,
        "codebook": [],
        "actor_table": [],
        "spans_key": "onrecord",
    },
)
def make(
    nlp: Language,
    name: str,
    model: str,
    operating_point: str | dict[str, float],
    rooms: list[str],
    publisher: str | None,
    codebook: str | list[str],
    actor_table: str | list[str],
    spans_key: str,
) -> OnRecord:
    """The component for a pipeline, by the settings of its configuration.

    Raises:
        ValueError: the pipeline is for another language than English, or a setting can't be used.
    """
    if nlp.lang not in LANGUAGES:
        raise ValueError(f"onrecord reads English, this pipeline is for {nlp.lang!r}: load an English one, such as en_core_web_sm")
    try:
        point = OperatingPoint(**operating_point) if isinstance(operating_point, dict) else operating_point
    except TypeError as error:
        raise ValueError(f"operating_point may have thresholds for attributions, events, positions and framing, not {sorted(operating_point)}") from error
    if isinstance(operating_point, dict) and (odd := [value for value in operating_point.values() if not 0 <= value <= 1]):
        raise ValueError(f"a confidence lies between 0 and 1, not at {odd[0]}")
    return OnRecord(
        model=model,
        operating_point=point,
        rooms=rooms,
        publisher=publisher,
        codebook=[codebook] if isinstance(codebook, str) else codebook,
        actor_table=[actor_table] if isinstance(actor_table, str) else actor_table,
        spans_key=spans_key,
    )
