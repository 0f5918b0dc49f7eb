"""The command line as a user meets it: help, exit codes, errors in one line, and the commands on a build."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from pipeline.build import BuildOptions, build
from pipeline.cli import COMMANDS, app
from pipeline.contracts.schema import load_contract

Write = Callable[..., Path]
ROOT = Path(__file__).resolve().parent.parent
TEXTS = [
    "قال سكان إن القصف مستمر في المدينة\nحدث كبير جدا\nتكرار في المدينة\nخلفية من العام",
    "اتصال بين رئيسين في المنطقة",
]


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def built(stand_in: None, write_articles: Write, tmp_path: Path) -> Path:
    build(BuildOptions((write_articles(TEXTS),), tmp_path / "out"))
    return tmp_path / "out"


def test_help_teaches_and_names_every_command() -> None:
    page = run("--help")
    assert page.exit_code == 0
    assert all(f"  {name} " in page.output for name in COMMANDS)
    assert "published_at is the article's clock" in page.output
    assert "marsad build articles.jsonl --output outputs/mine" in page.output


@pytest.mark.parametrize("name", ["build", "explain", "compare", "evaluate", "export", "codebook", "lint"])
def test_every_command_has_help(name: str) -> None:
    page = run(name, "--help")
    assert page.exit_code == 0
    assert f"Usage: root {name}" in page.output or f" {name} " in page.output
    assert name in COMMANDS


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from pipeline.cli import main; sys.argv = ['marsad', '--help']\n"
    code += "try: main()\nexcept SystemExit: pass\n"
    code += "print([m for m in ('pandas', 'pyarrow', 'dateparser', 'trafilatura', 'geopy') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert out.splitlines()[-1] == "[]"


def test_help_comes_quickly() -> None:
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "pipeline", "--help"], capture_output=True, check=True, cwd=ROOT)
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.7 * 3, "the aim is 0.7 s; three times that is surely a heavy import"


USAGE = [
    (["build", "missing.jsonl", "--output", "x"], "marsad: missing.jsonl: no such file or folder; check the path"),
    (["build", "--output", "x"], "Missing argument"),
    (["build", "missing.jsonl"], "Missing option '--output'"),
    (["frobnicate"], "No such command 'frobnicate'"),
    (["explain", "abc", "--output", "missing"], "no such table; name the folder of a build"),
    (["compare", "missing", "missing"], "no such table; name the folder of a build"),
    (["export", "missing", "--to", "xls", "--output", "x"], "no form 'xls'; there are: acled-csv, plover, csv"),
    (["evaluate", "missing.jsonl", "--reports", "x"], "missing.jsonl: no such gold file"),
    ([], "Usage:"),
]


@pytest.mark.parametrize(("words", "told"), USAGE)
def test_bad_usage_leaves_with_two_and_says_what_to_do(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_build_prints_what_came_out_in_plain_lines(stand_in: None, write_articles: Write, tmp_path: Path) -> None:
    result = run("build", write_articles(TEXTS), "--output", tmp_path / "out", "--workers", 1)
    assert result.exit_code == 0, result.output
    assert re.search(r"^articles +2$", result.output, re.M)
    assert re.search(r"^events +2  call 1, shelling 1$", result.output, re.M)
    assert "\x1b" not in result.output


def test_build_leaves_with_one_when_nothing_could_be_read(tmp_path: Path, stand_in: None) -> None:
    (tmp_path / "a.txt").write_text("نص بلا تاريخ نشر", encoding="utf-8")
    result = run("build", tmp_path / "a.txt", "--output", tmp_path / "out", "--workers", 1)
    assert result.exit_code == 1
    assert "no article could be used; 1 are in quarantine.parquet" in result.output
    assert "  a.txt:1: no published_at; give the publication time in ISO 8601" in result.output
    given = run("build", tmp_path / "a.txt", "--output", tmp_path / "out", "--published-at", "2021-06-03", "-q")
    assert (given.exit_code, given.output) == (0, "")


def test_an_unknown_engine_is_named(stand_in: None, write_articles: Write, tmp_path: Path) -> None:
    result = run("build", write_articles(TEXTS), "--output", tmp_path / "out", "--engine", "spark")
    assert (result.exit_code, result.output) == (2, "marsad: no engine 'spark'; there are: dask, inline, processes\n")


def test_explain_marks_the_words_and_names_the_rules(built: Path) -> None:
    (shelling,) = pq.read_table(built / "shelling.parquet").to_pylist()
    result = run("explain", shelling["event_id"], "--output", built)
    assert result.exit_code == 0, result.output
    assert "⟦حدث⟧ كبير جدا" in result.output
    assert "sub_event_type   Shelling/artillery/missile attack  [kind.trigger]" in result.output
    assert "injured          null  [quantity.none]" in result.output
    assert result.output.count("report ") == 2, "the telling that was merged is explained too"
    beginning = run("explain", shelling["event_id"][:12], "--output", built)
    assert beginning.output == result.output


def test_explain_tells_why_a_candidate_was_dropped(built: Path) -> None:
    dropped = [r for r in pq.read_table(built / "reports.parquet").to_pylist() if r["decision"] == "dropped"]
    result = run("explain", dropped[0]["report_id"], "--output", built)
    assert "dropped → background" in result.output
    assert "⟦خلفية⟧ من العام" in result.output


def test_an_id_that_is_not_there_or_not_unique_is_told(built: Path) -> None:
    assert "no event or report" in run("explain", "zzzz", "--output", built).output
    assert "rows have ids that begin so" in run("explain", "", "--output", built).output


def test_compare_shows_gained_lost_and_changed_with_sentences(
    built: Path, write_articles: Write, tmp_path: Path
) -> None:
    same = run("compare", built, built)
    assert same.output.splitlines() == [
        "events: 0 gained, 0 lost, 0 changed", "reports: 0 gained, 0 lost, 0 changed"]  # fmt: skip
    changed = [TEXTS[0].replace("كبير جدا", "كبير"), "حدث في السوق القديم"]
    build(BuildOptions((write_articles(changed, "other.jsonl"),), tmp_path / "after"))
    result = run("compare", built, tmp_path / "after", "--table", "events")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[-1] == "events: 0 gained, 0 lost, 2 changed"
    assert "    fatalities: 2 → 1" in lines
    assert "    حدث كبير" in lines
    assert "    family: call → shelling" in lines


def test_compare_limits_what_it_prints(built: Path, write_articles: Write, tmp_path: Path) -> None:
    build(BuildOptions((write_articles(["ليس في هذا الخبر شيء من القصف"], "none.jsonl"),), tmp_path / "after"))
    result = run("compare", built, tmp_path / "after", "--table", "events", "--limit", 1)
    assert "  … 1 more events lost" in result.output
    assert result.output.splitlines()[-1] == "events: 0 gained, 2 lost, 0 changed"


def rows_of(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines))


def test_export_in_acleds_form_has_its_columns_and_no_calls(built: Path, tmp_path: Path) -> None:
    assert run("export", built, "--to", "acled-csv", "--output", tmp_path / "a.csv").exit_code == 0
    (row,) = rows_of(tmp_path / "a.csv")
    assert tuple(row) == load_contract("events").names[:31]
    assert (row["event_date"], row["latitude"], row["iso"], row["actor2"]) == ("3 June 2021", "32.8925", "434", "")


def test_export_to_plover_gives_the_same_events_with_their_codes(built: Path, tmp_path: Path) -> None:
    assert run("export", built, "--to", "plover", "--output", tmp_path / "p.csv").exit_code == 0
    rows = {row["sub_event_type"]: row for row in rows_of(tmp_path / "p.csv")}
    assert (rows["Phone call"]["plover_event"], rows["Phone call"]["cameo_code"]) == ("CONSULT", "041")
    shelling = rows["Shelling/artillery/missile attack"]
    assert (shelling["plover_event"], shelling["cameo_code"]) == ("ASSAULT", "194")


def test_export_of_all_columns_opens_in_excel_and_comes_back(built: Path, tmp_path: Path) -> None:
    run("export", built, "--to", "csv", "--table", "articles", "--output", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row["text"] for row in rows_of(tmp_path / "a.csv", "utf-8-sig")] == TEXTS


def test_lint_leaves_with_one_when_a_table_is_out_of_order(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name\nb\na\n", encoding="utf-8")
    result = run("lint", tmp_path / "t.csv")
    assert result.exit_code == 1
    assert f"{tmp_path / 't.csv'}:3: out of order" in result.output
