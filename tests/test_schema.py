"""Contracts: what the check finds, what tables carry, and that the reference tables agree with one another."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.contracts.lint import CONTRACTS, problems
from pipeline.contracts.schema import ContractError, documentation, load_contract
from pipeline.resources import folder, read_rows
from pipeline.writing.tables import TABLES, TableWriter, contract_of, to_table

ACLED = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
]  # fmt: skip
VALUE: dict[str, Any] = {"report_id": "r", "field": "location", "rule": "place.named"}


def cells_of(name: str) -> dict[str, Any]:
    """A row that keeps the contract: the examples of the contract itself."""
    row = {column.name: column.example for column in load_contract(name).columns}
    for column in load_contract(name).columns:
        if column.type == "date32":
            row[column.name] = date.fromisoformat(row[column.name])
        if "[0-9a-f]{16}" in column.pattern:
            row[column.name] = "0123456789abcdef"
    return row


@pytest.mark.parametrize("name", ["articles", "reports", "values", "events", "quarantine"])
def test_the_examples_keep_their_own_contract_and_every_column_is_told(name: str) -> None:
    assert to_table([cells_of(name)], name).num_rows == 1
    for column in load_contract(name).columns:
        assert column.description.endswith("."), column.name
        assert column.null, column.name
        assert column.required == column.null.startswith("never"), column.name


def test_events_begin_with_acleds_columns_in_acleds_order() -> None:
    assert list(load_contract("events").names[:31]) == ACLED


def test_reports_have_the_columns_of_the_scorer_first() -> None:
    names = load_contract("reports").names
    assert names[:7] == ("report_id", "article_id", "event_id", "merged_into", "decision", "reason", "family")
    assert names.index("confidence") < names.index("evidence_in")


BROKEN = [
    ({"rule": None}, "values.rule: null where the contract allows none"),
    ({"rule": "Place Named"}, "values.rule: does not match"),
    ({"confidence": 1.5}, "values.confidence: above 1"),
    ({"start": -1}, "values.start: below 0"),
    ({"span_in": "footer"}, "values.span_in: value not in the table"),
    ({"start": "x"}, "values.start: "),
    ({"colour": "red"}, r"columns \['colour'\] are not in schemas/values.toml"),
]


@pytest.mark.parametrize(("change", "why"), BROKEN)
def test_a_broken_row_is_named_with_its_rule(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ContractError, match=re.escape(why) if "\\" not in why else why):
        to_table([VALUE, {**VALUE, **change}], "values")


def test_a_repeated_key_is_found() -> None:
    row = cells_of("events")
    with pytest.raises(ContractError, match="1 rows repeat a key"):
        to_table([row, row], "events")


def test_acled_columns_may_be_null_only_outside_its_scope() -> None:
    row = {**cells_of("events"), "iso": None}
    with pytest.raises(ContractError, match=r"events\.iso: null where acled_scope is true"):
        to_table([row], "events")
    assert to_table([{**row, "acled_scope": False}], "events").num_rows == 1


def test_files_carry_descriptions_and_empty_tables_are_readable(tmp_path: Path) -> None:
    for name in TABLES:
        with TableWriter(tmp_path / f"{name}.parquet", name):
            pass
        schema = pq.read_schema(tmp_path / f"{name}.parquet")
        assert schema.names == list(contract_of(name).names)
        assert schema.field(0).metadata[b"description"]
    assert pq.ParquetFile(tmp_path / "events.parquet").num_row_groups <= 1


def test_cutting_into_tables_does_not_change_the_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.writing.tables.ROW_GROUP", 10)
    rows = [{**VALUE, "report_id": f"r{i % 7}", "value": str(i) if i % 3 else None} for i in range(64)]
    for cut in (1, 3, 10, 64):
        with TableWriter(tmp_path / f"{cut}.parquet", "values") as writer:
            for start in range(0, len(rows), cut):
                writer.add(to_table(rows[start : start + cut], "values"))
    assert len({(tmp_path / f"{cut}.parquet").read_bytes() for cut in (1, 3, 10, 64)}) == 1
    assert pq.ParquetFile(tmp_path / "1.parquet").num_row_groups == 7


@pytest.mark.parametrize("name", CONTRACTS)
def test_documentation_names_every_column(name: str) -> None:
    text = documentation(name)
    assert all(f"| `{column}` |" in text for column in load_contract(name).names)


def test_every_table_of_the_repository_is_in_order() -> None:
    assert problems() == []


LINTED = [
    ("name,note\nb,\na,\n", "out of order"),
    ("name,note\na,\na,\n", "stands there twice"),
    ("name,note\na,x \n", "blanks"),
    ("name,note\nکلب,\n", "letter U\\+06A9"),
    ("name,note\nﻻ,\n", "presentation form U\\+FEFB"),
    ("name,note\na\n", "1 cells, the header has 2"),
    ("name,note\r\na,\r\n", "carriage return"),
    ("name,name\na,b\n", "repeats a name"),
    ("name,note\na,b", "no line end"),
    ("name,note\na,b\u200f\n", "unseen character U\\+200F"),
]


@pytest.mark.parametrize(("text", "why"), LINTED)
def test_the_lint_finds(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    assert any(re.search(why, line) for line in problems([path])), problems([path])


def test_the_lint_lets_variants_be(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name,variants\nكلب,کلب\nكلب|کلب,\n", encoding="utf-8")
    assert problems([tmp_path / "t.csv"]) == []


def test_interactions_cover_every_pair_of_labels() -> None:
    top = folder("schemas")
    labels = [row["label"] for row in read_rows(top / "inter.csv")]
    pairs = {frozenset((row["inter1"], row["inter2"])) for row in read_rows(top / "interactions.csv")}
    assert {frozenset((a, b)) for a in labels for b in [*labels, ""]} - pairs == set()
