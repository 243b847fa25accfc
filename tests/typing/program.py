"""A program as users write them: mypy reads it as it reads the code, so that what users are told of types is so."""

from __future__ import annotations

import contextlib
from typing import Any, assert_type

from onrecord import Article, Coder, Report, Skip, open_record, read, report_schema
from onrecord.cluster.linker import Linker
from onrecord.issues import Issue
from onrecord.operating import OPERATING_POINTS, OperatingPoint, at_least
from onrecord.records import Event, Position, Veridicality
from onrecord.spacy_component import OnRecord
from onrecord.store import Dossier, QueryError, Record, Stands, Table


def main() -> None:
    """Code a text, keep it, and ask."""
    coder = Coder(model="none")
    report = coder.code("Ghana and Kenya condemned the coup in Niger on Sunday.", published="2023-07-31")
    assert_type(report, Report)
    assert_type(report.positions, tuple[Position, ...])
    assert_type(report.events[0].veridicality, Veridicality)
    assert_type(report.article, Article)
    surest: Report = at_least(report, OPERATING_POINTS["strict"])
    point: OperatingPoint = OperatingPoint(positions=0.5)
    assert at_least(report, point).positions
    again = Report.from_dict(report.to_dict(with_text=True))
    assert again == report
    assert surest.article == report.article
    for item in read([]):
        assert_type(item, Article | Skip)
    assert_type(report_schema(), dict[str, Any])
    component = OnRecord(model="none", rooms=["times"], publisher="Herald")
    assert_type(component.coder.code("Chad left on Sunday."), Report)
    with open_record("program.db") as record:
        assert_type(record, Record)
        record.add([report.article], coder, linker=Linker())
        found: Table = record.positions(country="GHA", stance="oppose", limit=5)
        assert found.rows
        dossier: Dossier | None = record.event(str(next(iter(record.events()))["id"]))
        assert dossier is not None
        stands: Stands = record.stands(Issue(question="Is the coup condemned?", terms=("coup",)))
        assert [h.latest.stance for h in stands.holders] == ["oppose", "oppose"]
        with contextlib.suppress(QueryError):
            record.positions(since="soon")


def wrongly(coder: Coder, event: Event) -> None:
    """What a type checker refuses: were it to let one pass, the comment that expects the error would itself be one."""
    coder.code(3)  # type: ignore[arg-type]
    OnRecord(colour="red")  # type: ignore[call-arg]
    event.type = "ACCUSE"  # type: ignore[misc]
    open_record("a.db").positions(colour="red")  # type: ignore[call-arg]


if __name__ == "__main__":
    main()
