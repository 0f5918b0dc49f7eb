"""The report page without a browser: what it carries, that it is whole, small, equal for equal tables, and offline."""

from __future__ import annotations

import base64
import gzip
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from report_rows import MARCHED, RUN, TEXT, ident, many, report, small, write_tables

from pipeline.build import BuildOptions, build
from pipeline.contracts.lint import problems
from pipeline.contracts.rulebook import load_rules
from pipeline.contracts.schema import load_contract
from pipeline.dataset.rulings import FIXED
from pipeline.report import data as data_module
from pipeline.report import write_report
from pipeline.report.columns import Listed, differences, joined
from pipeline.report.data import page_data
from pipeline.report.names import arabic_names
from pipeline.report.outlines import ASSET, outlines
from pipeline.report.page import ASSETS, SCRIPTS
from pipeline.resources import folder as table_folder
from pipeline.resources import read_rows

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ASSETS.parent
SAMPLE = ROOT / "datasets" / "sample" / "articles.jsonl"


def carried(page: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """core and detail of a page, unpacked."""
    text = page.read_text(encoding="utf-8")
    found = [re.search(rf'id="{name}">([^<]*)<', text) for name in ("core", "detail")]
    core, detail = (json.loads(gzip.decompress(base64.b64decode(match.group(1)))) for match in found if match)
    return core, detail


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tables(tmp_path_factory.mktemp("report"), small())


def words() -> dict[str, tuple[str, str]]:
    return {row["key"]: (row["en"], row["ar"]) for row in read_rows(PACKAGE / "words.csv")}


def test_the_page_carries_every_event_and_reason(tables: Path) -> None:
    core, detail = carried(write_report(tables, RUN))
    assert core["total"] == len(core["events"]["day"]) == 5
    assert core["reasons"] == [["coded", "event", 5], ["merged", "retelling", 1], ["dropped", "background", 1]]
    assert core["aside"]["counts"] == [["empty_text", 1]]
    assert detail["reports"]["event"].count(3) == 2  # the shelling and its retelling
    assert core["title"] == "own.jsonl"


def test_spans_point_at_the_words_of_the_values(tables: Path) -> None:
    _, detail = carried(write_report(tables, RUN))
    values, reports = detail["values"], detail["reports"]
    texts, at, found = detail["articles"]["text"], 0, set()
    for step, field, inside, start, length in zip(
        values["report"], values["field"], values["in"], values["start"], values["length"], strict=True
    ):
        at += step
        if inside == 1:
            begin = reports["start"][at] + start
            found.add((values["fields"][field], texts[reports["article"][at]][begin : begin + length]))
    rows = pq.read_table(tables / "values.parquet").to_pylist()
    assert found == {(row["field"], row["text"]) for row in rows if row["start"] is not None}
    assert ("event_date", "يوم الخميس") in found


def test_equal_tables_give_equal_pages(tables: Path) -> None:
    first = write_report(tables, RUN).read_bytes()
    assert write_report(tables, RUN | {"duration_seconds": 9, "started_at": "2030-01-01"}).read_bytes() == first


def test_a_run_of_a_dataset_has_its_title(tables: Path) -> None:
    run = RUN | {"title": "Libya, daily", "inputs": {"own.jsonl": "0" * 64}, "decider": "default"}
    core, _ = carried(write_report(tables, run))
    assert core["title"] == "Libya, daily"
    assert ["decider", "default"] in core["facts"] and ["events", "5"] in core["facts"]


def test_dropped_reports_are_capped_by_reason_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_module, "MAX_DROPPED", 4)
    rows = small()
    common = ("a2", MARCHED, MARCHED, "خرج", "Armed clash", "dropped", "future")
    rows["reports"] += [report(50 + i, *common) for i in range(9)]
    core, detail = carried(write_report(write_tables(tmp_path, rows), RUN))
    reason = detail["reasons"].index("future")
    shown = [i for i, r in enumerate(detail["reports"]["reason"]) if r == reason]
    assert len(shown) == 4
    assert ["dropped", "future", 9] in core["reasons"]


def test_the_latest_events_are_shown_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_module, "MAX_EVENTS", 2)
    core = page_data(write_tables(tmp_path, small())).core
    assert core["total"] == 5
    assert core["events"]["id"] == ident(101) + ident(105)


def test_corrections_of_a_run_are_told(tmp_path: Path) -> None:
    rows = small()
    common = {"event_id": ident(101), "who": "Layla", "why": "bulletin", "date": date(2021, 7, 1)}
    applied = {"applied_to": ident(101), "old": "3", "value": "4", "status": "applied"}
    rows["corrections"] = [
        common | applied | {"field": "fatalities", "line": 2},
        common | {"field": "injured", "value": "x", "status": "refused", "detail": "no number", "line": 3},
    ]
    core, _ = carried(write_report(write_tables(tmp_path, rows), RUN))
    assert core["corrected"] == {ident(101): [["fatalities", "3", "4", "Layla", "bulletin", "2021-07-01"]]}


def test_an_empty_build_has_a_page(tmp_path: Path) -> None:
    rows = {name: [] for name in ("articles", "reports", "values", "events", "quarantine")}
    core, detail = carried(write_report(write_tables(tmp_path, rows), RUN))
    assert core["total"] == 0 and detail["articles"]["text"] == []


def test_a_build_publishes_its_page(tmp_path: Path) -> None:
    articles = tmp_path / "in.jsonl"
    articles.write_text("".join(SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")
    build(BuildOptions((articles,), tmp_path / "one", engine="inline", decider="rules"))
    build(BuildOptions((articles,), tmp_path / "two", workers=2, decider="rules"))
    page = (tmp_path / "one" / "report.html").read_bytes()
    assert page == (tmp_path / "two" / "report.html").read_bytes()
    core, _ = carried(tmp_path / "one" / "report.html")
    assert core["total"] == pq.read_metadata(tmp_path / "one" / "events.parquet").num_rows
    assert len(page) < 1_500_000


def test_the_page_asks_for_nothing_and_runs_no_text(tmp_path: Path) -> None:
    rows = small()
    rows["articles"][1]["title"] = "</script><script>alert(1)</script>"
    text = write_report(write_tables(tmp_path, rows), RUN).read_text(encoding="utf-8")
    shell = re.sub(r'(<script type="application/octet-stream"[^>]*>)[^<]*', r"\1", text)
    assert "default-src 'none'" in shell
    assert re.findall(r"https?://(?!/)[a-z]", shell) == []
    calls = r"\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|innerHTML|eval)\b"
    assert re.findall(calls, shell) == []
    assert re.findall(r"<(?:img|iframe|object|embed|audio|video|base)\b|url\(|@import", shell) == []
    assert text.count("<script") == 3 and "alert(1)" not in text


def test_every_word_of_the_scripts_is_in_the_table_in_both_languages() -> None:
    told = words()
    source = "\n".join((ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    template = (ASSETS / "template.html").read_text(encoding="utf-8")
    keys = set(re.findall(r'\bt\("([a-z_0-9]+)"[,)]', source))
    keys |= set(re.findall(r'data-(?:t|label|hint)="([a-z_0-9]+)"', template))
    keys |= {f"{key}.{form}" for key in re.findall(r'plural\("([a-z_]+)"', source) for form in ("one", "few", "other")}
    keys |= {"sub:" + row["sub_event_type"] for row in read_rows(table_folder("schemas") / "families.csv")}
    keys |= {"type:" + row["event_type"] for row in read_rows(table_folder("schemas") / "families.csv")}
    keys |= {"reason:" + row["reason"] for row in read_rows(table_folder("schemas") / "reasons.csv")}
    keys |= {"field:" + name for name in load_contract("events").names if name not in FIXED}
    for row in read_rows(table_folder("schemas") / "quarantine_reasons.csv"):
        keys |= {"aside:" + row["reason"], "asidewhy:" + row["reason"]}
    assert keys - told.keys() == set()
    assert [key for key, pair in told.items() if not all(pair)] == []
    assert [key for key, (_, arabic) in told.items() if not re.search("[\u0621-\u064a]", arabic)] == []


def test_rules_have_arabic_words() -> None:
    told = {row["rule"] for row in read_rows(PACKAGE / "rule_words.csv")}
    wild = {rule for rule in load_rules() if f"{rule.rpartition('.')[0]}.*" in told}
    bare = sorted(load_rules().keys() - told - wild)  # these are told in English
    assert len(bare) <= 0.05 * len(load_rules()), f"add rows to pipeline/report/rule_words.csv: {bare}"


def test_the_tables_of_the_page_are_clean() -> None:
    assert problems(sorted(PACKAGE.glob("*.csv"))) == []


def test_arabic_names_come_from_the_gazetteer() -> None:
    actors = ["Police Forces of Egypt", "Protesters (Libya)", "Civilians (Libya); Rioters (Syria)", "Nobody Known"]
    names = arabic_names([("Libya", "West", "Tripoli", "Tripoli", None, None), (None, None, None, None)], actors)
    assert names["places"]["Libya|Tripoli"] == "طرابلس"
    assert names["countries"]["Libya"] == "ليبيا"
    assert names["actors"]["Protesters (Libya)"] == "متظاهرون (ليبيا)"
    assert names["actors"]["Police Forces of Egypt"] == "قوات الشرطة في مصر"
    assert names["actors"]["Civilians (Libya); Rioters (Syria)"] == "مدنيون (ليبيا)؛ مشاغبون (سوريا)"
    assert "Nobody Known" not in names["actors"]


def test_columns_are_compact() -> None:
    seen = Listed(["a"])
    assert seen.all(["a", None, "b", "a"]) == [0, -1, 1, 0] and seen.values == ["a", "b"]
    assert differences([5, 7, 4]) == [5, 2, -3]
    assert joined(["0" * 16, "1" * 16]) == "0" * 16 + "1" * 16
    assert joined(["short"]) == "\nshort"


def feature(name: str, iso: str, x: float) -> dict[str, Any]:
    square = [[x, 30], [x + 1, 30], [x + 1, 31], [x, 31], [x, 30]]
    properties = {"admin": name, "iso_a2": iso, "name": f"P{x}", "longitude": x + 0.5, "latitude": 30.5}
    return {"properties": properties, "geometry": {"type": "Polygon", "coordinates": [square]}}


def test_neighbours_share_their_line() -> None:
    made = outlines({"features": [feature("Libya", "LY", 20), feature("Libya", "LY", 21), feature("Egypt", "EG", 22)]})
    assert len(made["provinces"]) == 1 and len(made["borders"]) == 1
    assert made["arcs"][made["provinces"][0]][:2] == [21 * 200, 30 * 200]
    libya = next(country for country in made["countries"] if country["iso2"] == "LY")
    assert made["borders"][0] + 1 in {abs(number) for ring in libya["rings"] for number in ring}
    assert made["provinces"][0] + 1 not in {abs(number) for ring in libya["rings"] for number in ring}
    assert libya["en"] == "Libya" and libya["at"] == [20.5, 30.5]


def test_the_outlines_are_closed_and_cover_the_gazetteer() -> None:
    made = json.loads(ASSET.read_text(encoding="utf-8"))
    ends = []
    for flat in made["arcs"]:
        last = (sum(flat[0::2]), sum(flat[1::2]))
        ends.append(((flat[0], flat[1]), last))
    for country in made["countries"]:
        for ring in country["rings"]:
            walked = [ends[n - 1] if n > 0 else ends[-n - 1][::-1] for n in ring]
            assert [b for _, b in walked] == [a for a, _ in walked[1:]] + [walked[0][0]], country["iso2"]
    files = {path.stem for path in (table_folder("gazetteer") / "places").glob("??.csv")}
    assert files - {country["iso2"] for country in made["countries"]} == set()
    assert "public domain" in made["source"]


def test_the_page_of_many_events_is_small(tmp_path: Path) -> None:
    folder = write_tables(tmp_path, many(3000))
    assert write_report(folder, RUN).stat().st_size < 1_500_000
    assert TEXT in carried(folder / "report.html")[1]["articles"]["text"]
