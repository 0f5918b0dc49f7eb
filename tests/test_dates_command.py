"""marsad dates: a table for text, the same lines out for a file, errors named and the other lines done."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipeline.commands.dates import dates, dates_command

app = typer.Typer()
app.command()(dates)
runner = CliRunner()


def test_text_gives_a_table() -> None:
    result = runner.invoke(app, ["وصل الوفد الخميس الماضي وعاد أمس", "--published-at", "2019-04-19"])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert "2019-04-18" in lines[1] and "date.weekday_past" in lines[1] and lines[1].endswith("الخميس الماضي")
    assert "date.yesterday" in lines[2]


def test_text_without_a_date_says_so() -> None:
    result = runner.invoke(app, ["وصل الوفد", "--published-at", "2019-04-19"])
    assert (result.exit_code, result.stdout) == (0, "no date expression found\n")


def test_text_needs_a_publication_time() -> None:
    with pytest.raises(ValueError, match="--published-at"):
        dates_command("أمس")


@pytest.mark.parametrize("packed", [False, True])
def test_file_gives_the_same_lines_with_dates(tmp_path: Path, packed: bool) -> None:
    rows = [{"id": 7, "text": "قتل ثلاثة أمس"}, {"text": "هدوء"}]
    rows = [{**row, "published_at": "2019-04-19"} for row in rows]
    raw = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    path = tmp_path / ("in.jsonl.gz" if packed else "in.jsonl")
    path.write_bytes(gzip.compress(raw) if packed else raw)
    result = runner.invoke(app, [str(path)])
    assert result.exit_code == 0
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [{key: row[key] for key in row if key != "dates"} for row in found] == rows
    assert found[0]["dates"] == [
        {"text": "أمس", "start": 10, "end": 13, "first_day": "2019-04-18", "last_day": "2019-04-18",
         "granularity": "day", "kind": "point", "rule": "date.yesterday"}
    ]  # fmt: skip
    assert found[1]["dates"] == []


def test_bad_lines_are_named_and_the_others_done(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    good = json.dumps({"text": "أمس", "published_at": "2019-04-19"}, ensure_ascii=False)
    bad = ["{", '{"text": "غدا"}', '{"published_at": "2019-04-19"}', '[1]', '{"text": "غدا", "published_at": "soon"}']
    path.write_text("\n".join([good, *bad, "", good]) + "\n", encoding="utf-8")
    result = runner.invoke(app, [str(path)])
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 2
    errors = result.stderr.splitlines()
    assert len(errors) == len(bad)
    for number, error in enumerate(errors, start=2):
        assert error.startswith(f"marsad: {path}:{number}: ")


def test_a_line_may_take_its_clock_from_the_option(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"text": "غدا"}) + "\n", encoding="utf-8")
    result = runner.invoke(app, [str(path), "--published-at", "2019-04-19"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["dates"][0]["first_day"] == "2019-04-20"


def test_a_file_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes('{"text": "أمس"}'.encode("cp1256"))
    result = runner.invoke(app, [str(path), "--published-at", "2019-04-19"])
    assert result.exit_code == 2
    assert "UTF-8" in result.stderr
