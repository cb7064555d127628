"""A TimeMap's events are claims, its sources statements, its associations tags."""

from __future__ import annotations

import json
from pathlib import Path

from reviewer.model.records import ClaimRecord, StatementRecord
from reviewer.readers import chosen
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.wishes import Wishes
from tests.data import real

EVENT = {
    "id": "CIV1",
    "description": "Apartment block hit. ",
    "date": "3/2/2022",
    "time": "00:00",
    "location": "Kharkiv",
    "latitude": "50.0",
    "associations": ["asc1", "asc9"],
    "sources": ["src1", "srcHidden", "gone"],
}
SOURCES = {
    "src1": {
        "id": "src1",
        "title": "CIV1",
        "description": "Footage",
        "paths": ["https://twitter.com/Somebody/status/1?s=20", "https://t.me/c/2"],
    },
    "srcHidden": {"id": "srcHidden", "title": "-", "description": "", "paths": ["HIDDEN"]},
}
ASSOCIATIONS = [
    {"id": "asc1", "title": "Residential", "filter_paths": ["Kind of area", "Residential"]}
]


def rows(path: Path, wishes: Wishes | None = None) -> tuple[list[Row], list[str]]:
    with Given.open(path, wishes or Wishes()) as given:
        assert chosen(given).name == "timemap"
        return list(chosen(given).read(given)), given.remarks


def claims(found: list[Row]) -> list[ClaimRecord]:
    return [one for row in found for one in row.records if isinstance(one, ClaimRecord)]


def statements(found: list[Row]) -> list[StatementRecord]:
    return [one for row in found for one in row.records if isinstance(one, StatementRecord)]


def exported(folder: Path, **files: object) -> None:
    for name, content in files.items():
        (folder / f"export_{name}.json").write_text(json.dumps(content))


def test_the_export_of_bellingcat_comes_in_whole() -> None:
    folder = real("conflict", "bellingcat-timemap")
    events, remarks = rows(folder / "export_events.json")
    sources, _ = rows(folder / "export_sources.json")
    associations, _ = rows(folder / "export_associations.json")
    assert (len(events), len(claims(events))) == (330, 329)
    assert [(row.place, row.reason) for row in events if row.reason] == [
        ("event CIV0246", "its description is blank; there is nothing to judge")
    ]
    assert len(statements(sources)) == 663
    assert all(row.passed_over for row in associations)
    assert len(associations) == 20
    named = {id_ for claim in claims(events) for id_ in claim.statements}
    assert len(named) == 595 - 1  # one is only named by the event that is refused
    assert named <= {one.id for one in statements(sources)}
    assert {one.id: one for one in statements(sources)}.items() >= {
        one.id: one for one in statements(events)
    }.items()
    assert all(claim.date.startswith("2022-") for claim in claims(events))
    assert any("export_sources.json" in remark for remark in remarks)


def test_an_event_is_a_claim_with_its_sources_and_tags(tmp_path: Path) -> None:
    exported(tmp_path, events=[EVENT], sources=SOURCES, associations=ASSOCIATIONS)
    found, _ = rows(tmp_path / "export_events.json")
    (claim,) = claims(found)
    assert (claim.id, claim.text, claim.date) == (
        "export/CIV1", "Apartment block hit. ", "2022-03-02",
    )  # fmt: skip
    assert claim.tags == ("Kind of area: Residential",)
    assert claim.statements == ("export/src1", "export/srcHidden")
    assert claim.context.split("\n") == [
        "time: 00:00",
        "location: Kharkiv",
        "latitude: 50.0",
        "source: gone",
        "association: asc9",
    ]


def test_a_source_holds_the_words_of_the_map_and_nothing_invented(tmp_path: Path) -> None:
    exported(tmp_path, sources=SOURCES)
    found, _ = rows(tmp_path / "export_sources.json")
    first, hidden = statements(found)
    assert (first.source, first.held) == ("twitter.com/Somebody", "paraphrase")
    assert (first.text, first.url) == ("Footage", "https://twitter.com/Somebody/status/1?s=20")
    assert first.note == "paths: https://t.me/c/2"
    assert (hidden.text, hidden.url) == ("HIDDEN", "")
    assert hidden.source == "withheld by the map's makers"


def test_events_alone_name_what_the_other_files_hold(tmp_path: Path) -> None:
    exported(tmp_path, events=[EVENT])
    found, _ = rows(tmp_path / "export_events.json")
    (claim,) = claims(found)
    assert (claim.statements, claim.tags) == ((), ())
    assert {"source: src1", "association: asc1"} <= set(claim.context.split("\n"))


def test_a_broken_file_beside_the_events_is_said_and_does_not_stop_them(tmp_path: Path) -> None:
    exported(tmp_path, events=[EVENT])
    (tmp_path / "export_sources.json").write_text("{")
    found, remarks = rows(tmp_path / "export_events.json")
    assert len(claims(found)) == 1
    assert any(remark.startswith("export_sources.json lies beside it and") for remark in remarks)


def test_a_collection_that_a_person_names_stands_before_the_ids_of_all_files(
    tmp_path: Path,
) -> None:
    exported(tmp_path, events=[EVENT], sources=SOURCES)
    wishes = Wishes(collection="map")
    events, _ = rows(tmp_path / "export_events.json", wishes)
    sources, _ = rows(tmp_path / "export_sources.json", wishes)
    assert claims(events)[0].statements == tuple(one.id for one in statements(sources))
