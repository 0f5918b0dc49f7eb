"""The codebook is current and complete: columns, kinds, triggers, and every rule id that the code can emit."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.build import BuildOptions, build
from pipeline.contracts.codebook import codebook, package_text
from pipeline.contracts.lint import CONTRACTS, problems, table_paths
from pipeline.contracts.rulebook import WILD, load_rules, meaning, parts_of, rule_of
from pipeline.contracts.schema import load_contract
from pipeline.deciders import DECIDERS
from pipeline.events import merge_events
from pipeline.order import code_article, load_kit
from pipeline.records import Article
from pipeline.resources import PACKAGE, folder, read_rows
from pipeline.writing.tables import TABLES, contract_of
from pipeline.writing.tableschema import csvw, data_package

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "datasets" / "sample" / "articles.jsonl"
RULE_COLUMNS = ("date_rule", "place_rule", "fatalities_rule", "actor_rule")


def test_the_page_in_the_docs_is_current() -> None:
    told = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert told == codebook(), "run make codebook and commit docs/codebook.md"


def test_every_column_stands_in_it_with_its_null_and_example() -> None:
    lines = codebook().split("\n")
    for name in CONTRACTS:
        for column in load_contract(name).columns:
            rows = [line for line in lines if line.startswith(f"| `{column.name}` | {column.type} |")]
            assert any(column.null in row and column.description in row for row in rows), f"{name}.{column.name}"


def test_numbers_and_days_that_have_a_unit_name_it() -> None:
    for name in ("articles", "reports", "values", "events"):
        for column in load_contract(name).columns:
            if column.type in ("float64", "date32"):
                assert column.unit, f"{name}.{column.name}: add unit to schemas/{name}.toml"


def test_every_kind_has_definition_triggers_and_our_own_examples() -> None:
    text = codebook()
    own = {row["example"] for row in read_rows(PACKAGE / "languages" / "ar" / "triggers.csv")}
    kinds = read_rows(folder("schemas") / "kinds.csv")
    assert len(kinds) == 26
    for row in kinds:
        assert row["example"] in own, f"{row.path}:{row.line}: take the example from triggers.csv"
        assert row["example_en"]
        section = text.split(f"#### {row['sub_event_type']}\n", 1)[1].split("\n#", 1)[0]
        assert row["definition"] in section
        assert re.search(r"^- (strong|medium|weak) triggers \(\d+\): \S", section, re.M), row["sub_event_type"]
        assert "\n- told by: " in section or row["sub_event_type"] in ("Grenade",), row["sub_event_type"]


def test_kinds_and_families_without_meaning_are_a_problem_of_the_lint(tmp_path: Path, monkeypatch: Any) -> None:
    import shutil

    from pipeline import resources
    from pipeline.contracts import lint

    copy = tmp_path / "schemas"
    shutil.copytree(folder("schemas"), copy)
    rows = (copy / "family_meanings.csv").read_text(encoding="utf-8").split("\n")
    (copy / "family_meanings.csv").write_text("\n".join(r for r in rows if not r.startswith("riot,")), encoding="utf-8")
    monkeypatch.setattr(lint, "folder", lambda name: copy if name == "schemas" else resources.folder(name))
    found = list(lint._of_schemas())
    assert [line.split(": ", 1)[1] for line in found] == ["no row for family 'riot' of families.csv"]


# Rules: what the code writes as literals, and what articles give.


def literals() -> Iterator[tuple[Path, str]]:
    """Rule ids that stand as literals in the code; beginnings that the code only compares with are left out."""
    compared = {"date.hijri", "date.name", "date.edge_"}
    rule = re.compile(r'"((?:kind|place|actor|quantity|fatalities|date)\.[a-z_]+)"')
    for path in sorted(PACKAGE.rglob("*.py")):
        for found in rule.findall(path.read_text(encoding="utf-8")):
            if found not in compared:
                yield path, found


def test_every_rule_in_the_code_is_documented() -> None:
    found = list(literals())
    assert len(found) > 100
    missing = {f"{path.relative_to(ROOT)}: {rule}" for path, rule in found if rule_of(rule) is None}
    assert missing == set(), "add rows to schemas/rules.csv (dates: date_rules.csv)"


def test_rules_that_the_code_composes_are_documented() -> None:
    top = folder("schemas")
    rows = read_rows(PACKAGE / "languages" / "ar" / "weapons.csv")
    weapons = {row["weapon"] for row in rows if row["sub_event_type"]}
    vague = {row["class"] for row in read_rows(top / "vague_tolls.csv")}
    tolls = {row["rule"] for row in read_rows(top / "vague_tolls.csv")}
    composed = {f"kind.weapon.{w}" for w in weapons} | {f"quantity.vague.{c}" for c in vague} | tolls
    composed |= {f"{toll}_in_war" for toll in tolls}
    assert {rule for rule in composed if rule_of(rule) is None} == set()


def test_every_documented_rule_names_columns_that_exist() -> None:
    columns = {column.name for name in CONTRACTS for column in load_contract(name).columns}
    for rule in load_rules().values():
        assert set(rule.fields.split()) <= columns, rule.rule
        assert rule.meaning, rule.rule
        assert rule.rule.endswith(WILD) or re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)?(\.[a-z0-9_]+)?", rule.rule)


def articles() -> Iterator[Article]:
    with SAMPLE.open(encoding="utf-8") as lines:
        for line in lines:
            r = json.loads(line)
            yield Article(r["id"], datetime.fromisoformat(r["published_at"]), r["title"], r["text"], r["source"])


@pytest.mark.parametrize("decider", ["default", "rules"])
def test_every_rule_and_reason_of_the_sample_is_documented(decider: str) -> None:
    kit = load_kit(decider=decider)
    reasons = {row["reason"] for row in read_rows(folder("schemas") / "reasons.csv")}
    seen: set[tuple[str, str]] = set()
    for article in articles():
        coded = code_article(article, kit)
        assert {report["reason"] for report in coded.reports} <= reasons
        events, _ = merge_events(coded.reports, [coded.article], kit)
        seen |= {(name, row[name]) for row in (*coded.reports, *events) for name in RULE_COLUMNS if row.get(name)}
        seen |= {(field, rule) for _, field, _, _, _, _, rule, _, _ in coded.values}
        seen.add(("country_rule", coded.article["country_rule"] or "place.none"))
        nulls = [report["null_reasons"] for report in coded.reports if report["null_reasons"]]
        seen |= {("null", pair.split("=", 1)[1]) for text in nulls for pair in text.split("; ")}
    assert len(seen) > 60
    unknown = {(field, part) for field, rule in seen for part in parts_of(rule) if rule_of(part) is None}
    assert unknown == set(), "add rows to schemas/rules.csv (dates: date_rules.csv)"


def test_a_composed_rule_is_told_part_by_part() -> None:
    assert parts_of("actor.agent+actor.name; actor.none") == ("actor.agent", "actor.name", "actor.none")
    assert meaning("place.unique+clause").startswith("the only place of the name; its words stand in the sentence")
    assert meaning("kind.weapon.car_bomb") == load_rules()["kind.weapon.*"].meaning
    assert meaning("no.such") == "no.such"
    assert rule_of("quantity.vague.no_such") is None


def test_the_examples_of_rule_columns_are_documented_rules() -> None:
    for name in ("reports", "events", "articles", "values"):
        for column in load_contract(name).columns:
            if column.name.endswith("_rule") or column.name == "rule":
                assert all(rule_of(part) for part in parts_of(column.example)), f"{name}.{column.name}"


# The same for programs.


def test_the_data_package_describes_every_table_and_column() -> None:
    package = json.loads(package_text())
    assert package == data_package()
    tables = [name for name in CONTRACTS if name != "article"]
    lists = {resource["name"]: resource for resource in package["resources"] if "data" in resource}
    held = [resource for resource in package["resources"] if "path" in resource]
    paths = [resource["path"] for resource in held]
    assert paths[: len(TABLES)] == [f"{name}.parquet" for name in TABLES]
    assert set(paths) >= {f"{name}.parquet" for name in tables}
    for resource in held:
        contract = contract_of(resource["name"])
        fields = resource["schema"]["fields"]
        assert tuple(field["name"] for field in fields) == contract.names
        kinds = {"string", "integer", "number", "boolean", "date", "array"}
        assert {field["type"] for field in fields} <= kinds
        assert set(resource["schema"].get("primaryKey", [])) <= set(contract.names)
    assert set(lists) == {"rules", "families", "kinds", "reasons", "quarantine_reasons"}
    assert {row["rule"] for row in lists["rules"]["data"]} == set(load_rules())
    for resource in lists.values():
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert all(list(row) == names for row in resource["data"])
    events = {field["name"]: field for field in held[3]["schema"]["fields"]}
    assert events["fatalities"]["constraints"] == {"required": True, "minimum": 0}
    assert (events["latitude"]["unit"], events["latitude"]["requiredWhere"]) == ("degrees", "acled_scope")
    assert "Battles" in events["event_type"]["constraints"]["enum"]


def test_csvw_names_the_columns_of_its_file_in_order() -> None:
    described = csvw("events", "events.csv")
    columns = {column["name"]: column for column in described["tableSchema"]["columns"]}
    assert tuple(columns) == load_contract("events").names
    assert columns["acled_scope"]["datatype"] == {"base": "boolean", "format": "TRUE|FALSE"}
    assert columns["article_ids"]["separator"] == "; "
    assert described["url"] == "events.csv"


def test_every_build_puts_both_beside_its_tables(stand_in: None, write_articles: Any, tmp_path: Path) -> None:
    build(BuildOptions((write_articles(["حدث كبير"]),), tmp_path / "out"))
    assert (tmp_path / "out" / "codebook.md").read_text(encoding="utf-8") == codebook()
    assert (tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8") == package_text(TABLES)


def test_the_new_tables_are_linted() -> None:
    paths = {path.name for path in table_paths()}
    assert {"rules.csv", "kinds.csv", "family_meanings.csv"} <= paths
    ours = [folder("schemas") / name for name in ("rules.csv", "kinds.csv", "family_meanings.csv")]
    assert problems(ours) == []
    assert "rules" in DECIDERS
    with ours[0].open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == ["rule", "field", "meaning", "example"]
