"""Runs of a dataset: only what is new is coded, ids stay, corrections hold, failed assertions publish nothing."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from dataset_tools import SAID, Home, article
from typer.testing import CliRunner

from pipeline import coding
from pipeline.cli import app
from pipeline.dataset.config import load_dataset
from pipeline.explain import explanations

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.usefixtures("stand_in", "steady")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def coded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that are coded, in order."""
    found: list[str] = []
    real = coding.coded_rows

    def noted(one: coding.Article, kit: object) -> coding.Rows:
        found.append(one.id)
        return real(one, kit)

    monkeypatch.setattr(coding, "coded_rows", noted)
    return found


def test_a_second_run_with_no_new_input_changes_not_one_byte(home: Home) -> None:
    home.write(a=[article("a1", SAID[0]), article("a2", SAID[1])])
    assert home.run().published
    before, runs = home.bytes(), sorted(path.name for path in home.output.iterdir())
    again = home.run()
    assert not again.published
    assert "nothing new" in again.line()
    assert home.bytes() == before
    assert sorted(path.name for path in home.output.iterdir()) == runs


def test_only_new_and_changed_articles_are_coded(home: Home, coded: list[str]) -> None:
    home.write(a=[article("a1", SAID[0]), article("a2", SAID[1])])
    home.run()
    home.write(b=[article("b1", SAID[2])])
    home.run()
    home.write(a=[article("a1", SAID[0]), article("a2", SAID[3])])
    home.run()
    assert coded == ["a1", "a2", "b1", "a2"]
    assert len(home.rows("articles")) == 3


def test_articles_coded_by_a_run_that_failed_are_not_coded_again(home: Home, coded: list[str]) -> None:
    home.settings = '[[assertions]]\ncheck = "rows"\nminimum = 5\n'
    home.write(a=[article("a1", SAID[0])])
    assert home.run().failed
    home.write(b=[article(f"b{i}", line, day=4) for i, line in enumerate(SAID)])
    assert home.run().published
    assert coded == ["a1", "b0", "b1", "b2", "b3"]


def test_a_change_of_rules_codes_all_again_and_keeps_the_ids(
    home: Home, coded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write(a=[article("a1", SAID[0]), article("a2", SAID[1])])
    home.run()
    before = home.by_id()
    monkeypatch.setattr("pipeline.dataset.plan.coding_version", lambda *given: "another")
    assert home.run().published
    assert coded == ["a1", "a2", "a1", "a2"]
    assert home.by_id() == before
    assert home.rows("changes") == []


def test_a_new_report_joins_its_event(home: Home) -> None:
    home.settings = '[outlets]\n"Example News" = "National"\n"Wire" = "International"\n'
    home.write(a=[article("a1", SAID[0])])
    home.run()
    (event_id,) = home.by_id()
    home.write(b=[article("b1", SAID[0], hour=15, source="Wire")])
    home.run()
    event = home.by_id()[event_id]
    assert event["article_ids"] == ["a1", "b1"]
    assert (event["source"], event["source_scale"]) == ("Example News", "National")  # the copy is no second source
    assert {row["event_id"] for row in home.rows("reports")} == {event_id}
    assert {(row["change"], row["field"], row["cause"]) for row in home.rows("changes")} >= {
        ("changed", "article_ids", "new article")
    }
    assert [(row["one_article"], row["other_article"]) for row in home.rows("merges")] == [("a1", "b1")]


def test_two_outlets_that_are_no_copies_are_two_sources(home: Home) -> None:
    home.settings = '[outlets]\n"Example News" = "National"\n"Wire" = "International"\n'
    filler = "قال شهود إن النيران اندلعت ثم أخمدها رجال الإطفاء بعد ساعة من العمل المتواصل في المكان"
    home.write(a=[article("a1", SAID[0]), article("b1", filler, SAID[0], hour=15, source="Wire")])
    home.run()
    (event,) = home.rows()
    assert (event["source"], event["source_scale"]) == ("Example News; Wire", "National-International")


def test_a_merge_keeps_the_oldest_id_and_records_the_other(home: Home) -> None:
    home.write(a=[article("a1", SAID[0]), article("a2", SAID[1], hour=13)])
    home.run()
    oldest, other = home.events_of("a1") + home.events_of("a2")
    numbers = {key: row["event_id_cnty"] for key, row in home.by_id().items()}
    home.rule(f"same,{other},{oldest},an analyst,one school,2021-06-05")
    home.run()
    assert list(home.by_id()) == [oldest]
    (alias,) = home.rows("event_aliases")
    assert (alias["event_id"], alias["into"], alias["event_id_cnty"]) == (other, oldest, numbers[other])
    assert [(row["change"], row["new"], row["cause"]) for row in home.rows("changes") if not row["field"]] == [
        ("merged", oldest, "ruling")
    ]
    assert explanations(other, home.output)[0].event == home.by_id()[oldest]
    home.rule()
    home.run()
    assert {key: row["event_id_cnty"] for key, row in home.by_id().items()} == numbers
    assert home.rows("event_aliases") == []


def test_a_ruling_of_different_keeps_two_tellings_apart(home: Home) -> None:
    home.write(a=[article("a1", SAID[0]), article("a2", SAID[0], hour=13)])
    home.run()
    (event,) = home.rows()
    home.rule("different,{},{},an analyst,two schools,2021-06-05".format(*event["report_ids"]))
    home.run()
    assert sorted(row["article_ids"] for row in home.rows()) == [["a1"], ["a2"]]
    assert home.events_of("a1") == [event["event_id"]]


def test_a_withdrawn_article_leaves_a_tombstone_and_comes_back_with_its_id(home: Home) -> None:
    home.write(a=[article("a1", SAID[0])], b=[article("b1", SAID[1])])
    home.run()
    (gone,) = home.events_of("b1")
    number = home.by_id()[gone]["event_id_cnty"]
    home.write(b=[article("b2", SAID[2])])
    home.run()
    (stone,) = home.rows("tombstones")
    assert (stone["event_id"], stone["status"], stone["event_id_cnty"]) == (gone, "withdrawn", number)
    assert [(r["event_id"], r["cause"]) for r in home.rows("changes") if r["change"] == "withdrawn"] == [
        (gone, "withdrawn article")
    ]
    with pytest.raises(KeyError, match="this event is gone since run 000002"):
        explanations(gone, home.output)
    home.write(c=[article("b1", SAID[1])])
    home.run()
    assert home.events_of("b1") == [gone]
    assert home.by_id()[gone]["event_id_cnty"] == number
    assert home.rows("tombstones") == []


def test_a_number_is_never_given_again(home: Home) -> None:
    home.write(a=[article("a1", SAID[0])], b=[article("b1", SAID[1])])
    home.run()
    home.write(b=[article("b2", SAID[2])])
    home.run()
    numbers = {row["article_ids"][0]: row["event_id_cnty"] for row in home.rows()}
    assert numbers == {"a1": "LBY1", "b2": "LBY3"}


def test_an_event_outlives_the_article_that_founded_it(home: Home) -> None:
    home.write(a=[article("a1", SAID[0])], b=[article("b1", SAID[0], hour=15)])
    home.run()
    (event_id,) = home.by_id()
    home.write(a=[article("a2", SAID[1])])
    home.run()
    assert home.events_of("b1") == [event_id]


def test_an_unrelated_edit_of_an_article_keeps_its_ids(home: Home) -> None:
    home.write(a=[article("a1", SAID[0], SAID[1])])
    home.run()
    before = {row["fatalities"]: row["event_id"] for row in home.rows()}
    home.write(a=[article("a1", "سطر جديد في أول الخبر", SAID[0], SAID[1])])
    home.run()
    assert {row["fatalities"]: row["event_id"] for row in home.rows()} == before
    assert home.rows("tombstones") == []


def test_another_telling_at_the_same_place_of_the_text_is_another_event(home: Home) -> None:
    home.write(a=[article("a1", SAID[0])])
    home.run()
    (old,) = home.by_id()
    home.write(a=[article("a1", SAID[0].replace("حدث", "اتصال"))])
    home.run()
    (new,) = home.by_id()
    assert new != old
    assert [row["event_id"] for row in home.rows("tombstones")] == [old]


def test_the_newest_version_of_an_article_counts_whatever_the_order_of_files(home: Home) -> None:
    home.write(z=[article("a1", SAID[0])], b=[article("a1", SAID[1], hour=20)])
    home.run()
    assert [row["text"] for row in home.rows("articles")] == [SAID[1]]


def test_absent_articles_can_be_kept(home: Home) -> None:
    home.settings = 'absent = "keep"\n'
    home.write(a=[article("a1", SAID[0])])
    home.run()
    before = home.by_id()
    home.write(a=[article("a2", SAID[1], day=9)])
    home.run()
    assert before.items() <= home.by_id().items()
    assert len(home.rows()) == 2


def test_corrections_are_applied_last_and_shown(home: Home) -> None:
    home.write(a=[article("a1", SAID[0])])
    home.run()
    (event_id,) = home.by_id()
    home.correct(
        f"{event_id},fatalities,2,an analyst,the report names two,2021-06-05",
        f"{event_id},fatalities,many,an analyst,no number,2021-06-06",
        f"{event_id},geo_precision,9,an analyst,no such precision,2021-06-06",
        "00000000000000aa,fatalities,2,an analyst,an event of long ago,2021-06-05",
    )
    outcome = home.run()
    event = home.by_id()[event_id]
    assert (event["fatalities"], event["fatalities_rule"]) == (2, "correction")
    assert [row["status"] for row in home.rows("corrections")] == ["applied", "refused", "refused", "waiting"]
    assert len(outcome.warnings) == 3
    assert {(r["field"], r["old"], r["new"], r["cause"]) for r in home.rows("changes")} >= {
        ("fatalities", "6", "2", "correction")
    }
    told = CliRunner().invoke(app, ["explain", event_id, "-o", str(home.output)])
    assert "corrected (applied): fatalities: 6 → 2, by an analyst on 2021-06-05: the report names two" in told.output
    home.correct()
    home.run()
    assert home.by_id()[event_id]["fatalities"] == 6


def test_a_correction_follows_its_event_into_another_and_waits_while_it_is_gone(home: Home) -> None:
    home.write(a=[article("a1", SAID[0])], b=[article("b1", SAID[1], hour=13)])
    home.run()
    first, second = home.events_of("a1") + home.events_of("b1")
    home.correct(f"{second},injured,4,an analyst,hospital figures,2021-06-05")
    home.rule(f"same,{first},{second},an analyst,one event,2021-06-05")
    home.run()
    assert home.by_id()[first]["injured"] == 4
    home.rule()
    home.write(b=[article("b2", SAID[2])])
    home.run()
    (row,) = home.rows("corrections")
    assert (row["status"], row["applied_to"]) == ("waiting", None)
    home.write(b=[article("b1", SAID[1], hour=13)])
    home.run()
    assert home.by_id()[second]["injured"] == 4


def test_events_are_dropped_and_added_from_the_command_line(home: Home) -> None:
    home.write(a=[article("a1", SAID[0])])
    home.run()
    (event_id,) = home.by_id()
    common = ["-d", str(home.file), "--who", "an analyst", "--why", "seen", "--date", "2021-06-05"]
    runner = CliRunner()
    assert runner.invoke(app, ["review", "drop", event_id, *common]).exit_code == 0
    values = ["sub_event_type=Peaceful protest", "event_date=2021-06-04", "country=Libya", "admin1=West",
              "location=Tripoli", "latitude=32.89", "longitude=13.18", "geo_precision=1",
              "actor1=Protesters (Libya)", "inter1=Protesters"]  # fmt: skip
    done = runner.invoke(app, ["review", "add", *values, *common])
    assert done.exit_code == 0, done.output
    home.run()
    (added,) = home.rows()
    assert added["event_id"] in done.output
    assert (added["family"], added["event_type"], added["acled_scope"]) == ("protest", "Protests", True)
    assert (added["event_id_cnty"], added["iso"], added["article_ids"]) == ("LBY2", 434, [])
    assert [row["status"] for row in home.rows("tombstones")] == ["dropped"]
    assert "seen" in runner.invoke(app, ["review", "list", "-d", str(home.file)]).output
    assert runner.invoke(app, ["compare", str(home.output), str(home.output)]).exit_code == 0
    (home.decisions / "corrections.csv").unlink()
    home.run()
    assert list(home.by_id()) == [event_id]
    assert [(row["event_id"], row["status"]) for row in home.rows("tombstones")] == [(added["event_id"], "withdrawn")]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("x,fatalities,2,a,b,2021-06-05", "is no event id"),
        ("00000000000000aa,toll,2,a,b,2021-06-05", "is no column of events"),
        ("00000000000000aa,notes,2,a,b,2021-06-05", "follows from other fields"),
        ("00000000000000aa,fatalities,2,,b,2021-06-05", "who and why"),
        ("00000000000000aa,fatalities,2,a,b,5 June", "write it as"),
        ("00000000000000aa,drop,2,a,b,2021-06-05", "has no value"),
        ("00000000000000aa,drop", "2 cells"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line(home: Home, row: str, why: str) -> None:
    home.write(a=[article("a1", SAID[0])])
    home.correct(row)
    with pytest.raises(ValueError, match=f"corrections.csv:2: .*{why}"):
        home.run()


def test_review_refuses_a_row_that_cannot_be_used_and_leaves_the_file(home: Home) -> None:
    home.write(a=[article("a1", SAID[0])])
    home.correct("00000000000000aa,fatalities,2,a,b,2021-06-05")
    before = (home.decisions / "corrections.csv").read_bytes()
    words = ["review", "set", "00000000000000aa", "toll", "2", "-d", str(home.file), "--why", "x"]
    assert CliRunner().invoke(app, words).exit_code == 2
    assert (home.decisions / "corrections.csv").read_bytes() == before


def test_countries_and_families_are_a_choice(home: Home) -> None:
    home.settings = 'families = ["call"]\n'
    home.write(a=[article("a1", SAID[0], "اتصال بين رئيسين")])
    home.run()
    assert [row["family"] for row in home.rows()] == ["call"]
    assert [row["event_id_cnty"] for row in home.rows()] == [None]
    home.settings = ""
    home.write()
    home.run()
    assert {row["cause"] for row in home.rows("changes")} == {"dataset file"}
    assert len(home.rows()) == 2
    home.settings = 'countries = ["Syria"]\n'
    home.write()
    home.run()
    assert home.rows() == []
    assert {row["status"] for row in home.rows("tombstones")} == {"outside"}


def test_a_failed_assertion_publishes_nothing_and_a_warning_does(home: Home) -> None:
    drift, rows = 'check = "drift"\nmaximum = 0.5\n', 'check = "rows"\nlevel = "warn"\nmaximum = 0\n'
    home.settings = f"[[assertions]]\n{drift}[[assertions]]\n{rows}"
    home.write(a=[article("a1", SAID[0])])
    outcome = home.run()
    assert outcome.warnings == ("rows: the number of events is 1, more than 0",)
    before = home.bytes()
    home.write(b=[article("b1", SAID[1])])
    done = CliRunner().invoke(app, ["run", str(home.file), "-o", str(home.output), "--workers", "1"])
    assert done.exit_code == 1
    assert "fail: drift: the change in the number of events (1 → 2) is 1, more than 0.5" in done.output
    assert "FAILED, not published" in done.output
    assert home.bytes() == before


@pytest.mark.parametrize(
    ("check", "told"),
    [
        ('check = "rows_by_month"\nminimum = 1\nfrom = "2021-05"', "events of 2021-05 is 0, less than 1"),
        ('check = "share_geo_precision_3"\nmaximum = -1', "only to their province"),
        ('check = "share_unknown_actors"\nmaximum = 0.5', r"unidentified groups \(2 of 2\) is 1"),
        ('check = "share_quarantined"\nmaximum = 0.1', r"records set aside \(1 of 3\)"),
        ('check = "share_repeated"\nmaximum = 0', r"repeat date, place, type and actors \(1 of 2\)"),
    ],
)
def test_each_assertion_tells_what_it_found(home: Home, check: str, told: str) -> None:
    home.settings = f"[[assertions]]\n{check}\n"
    home.write(a=[article("a1", SAID[0]), article("a2", SAID[1]), {"id": "x", "text": "بلا تاريخ"}])
    (failed,) = home.run().failed
    assert re.search(told, failed), failed
    assert not (home.output / "events.parquet").exists()


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("colour = 1\n", "unknown key 'colour'"),
        ('countries = ["Lybia"]\n', "'Lybia' is not known; perhaps: "),
        ('[outlets]\n"X" = "Global"\n', "give one of: Local partner"),
        ('[[assertions]]\ncheck = "rows"\n', "nothing was given"),
        ('[[assertions]]\ncheck = "rows"\nlevel = "stop"\nminimum = 1\n', "give fail or warn"),
        ("keep_runs = 0\n", "keep at least 1"),
        ('absent = "forget"\n', "perhaps: "),
    ],
)
def test_a_wrong_dataset_file_is_refused_with_a_remedy(home: Home, settings: str, why: str) -> None:
    home.settings = settings
    home.write(a=[article("a1", SAID[0])])
    done = CliRunner().invoke(app, ["run", str(home.file), "-o", str(home.output)])
    assert done.exit_code == 2
    assert why in done.output
    assert done.output.count("\n") == 1


@pytest.mark.parametrize("path", sorted((ROOT / "datasets").glob("*.toml")), ids=lambda path: path.name)
def test_the_dataset_files_of_the_repository_can_be_read(path: Path) -> None:
    found = load_dataset(path)
    assert found.title
    assert found.assertions


def test_old_runs_are_kept_as_configured_and_latest_names_the_current(home: Home) -> None:
    home.settings = "keep_runs = 2\n"
    for number in range(4):
        home.write(**{f"f{number}": [article(f"a{number}", SAID[number])]})
        home.run()
    runs = sorted(path.name for path in home.output.iterdir() if path.is_dir() and path.name[0] != ".")
    latest = json.loads((home.output / "latest.json").read_text(encoding="utf-8"))
    assert [run[:6] for run in runs] == ["000003", "000004"]
    assert (latest["run"], latest["runs"]) == (runs[-1], runs)
    assert {name: data for name, data in home.bytes().items() if name != "latest.json"} == home.snapshot()
    done = CliRunner().invoke(app, ["compare", *(str(home.output / run) for run in runs)])
    assert "events: 1 gained, 0 lost, 0 changed" in done.output


def test_lost_state_codes_again_and_keeps_ids_and_numbers(home: Home) -> None:
    home.write(a=[article("a1", SAID[0]), article("a2", SAID[1])])
    home.run()
    before = home.by_id()
    shutil.rmtree(home.output / ".state")
    home.write(b=[article("b1", SAID[2], hour=20)])
    home.run()
    assert before.items() <= home.by_id().items()
    assert len(home.rows()) == 3


def test_a_plain_build_does_not_write_into_a_dataset(home: Home) -> None:
    home.write(a=[article("a1", SAID[0])])
    home.run()
    done = CliRunner().invoke(app, ["build", str(home.top / "feed"), "-o", str(home.output)])
    assert done.exit_code == 2
    assert "is the folder of a dataset" in done.output


def test_a_poisonous_article_stays_set_aside_and_is_not_coded_each_day(home: Home, coded: list[str]) -> None:
    home.write(a=[article("a1", SAID[0]), article("a2", "سم في المدينة")])
    home.run()
    home.write(b=[article("b1", SAID[1])])
    home.run()
    assert coded == ["a1", "a2", "b1"]
    assert [(row["article_id"], row["reason"]) for row in home.rows("quarantine")] == [("a2", "stage_error")]
