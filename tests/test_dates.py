"""The date stage: every case of tests/cases/dates.csv, every row of the calendar tables, and the named rules."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from pipeline.dates import DateTables, date_mentions, find_dates
from pipeline.intake.published import PublicationError
from pipeline.languages import load_pack
from pipeline.lexicon import splits
from pipeline.records import Article, Clock, DateMention, Document, Sentence
from pipeline.resources import folder, language_folder, read_rows
from pipeline.text import cut, fold_key

CASES = Path(__file__).parent / "cases" / "dates.csv"
FRIDAY = "2019-04-19"
FUTURE_RULES = ("_next", "_future", "date.tomorrow", "date.ahead", "date.next_units", "date.anchored")


@lru_cache(maxsize=1)
def tables() -> DateTables:
    return DateTables.from_pack(load_pack("ar"))


@lru_cache(maxsize=1)
def cases() -> dict[tuple[str, str], list[tuple[str, str, str, str, str]]]:
    """(text, published_at) → expected (text, first_day, last_day, granularity, kind), none for a negative case."""
    found: dict[tuple[str, str], list[tuple[str, str, str, str, str]]] = defaultdict(list)
    with CASES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            expected = found[row["text"], row["published_at"]]
            if row["expected_text"]:
                expected.append((row["expected_text"], row["first_day"], row["last_day"], row["granularity"],
                                 row["kind"]))  # fmt: skip
    return found


def mentions(text: str, published: str = FRIDAY) -> tuple[DateMention, ...]:
    """The mentions of a text read as one sentence."""
    stamp = datetime.fromisoformat(published) if len(published) > 10 else date.fromisoformat(published)
    words, starts, ends = cut(text)
    document = Document(Article("", stamp, "", text), text, words, starts, ends)
    return date_mentions(document, Sentence(0, len(words), 0, len(text), "body", 0), Clock.of(stamp), tables())


def only(text: str, published: str = FRIDAY) -> DateMention:
    (found,) = mentions(text, published)
    return found


def test_there_are_enough_cases() -> None:
    assert len(cases()) >= 600
    assert sum(not expected for expected in cases().values()) >= 150


def test_every_case() -> None:
    wrong = []
    for (text, published), expected in cases().items():
        found = sorted(
            (row["text"], row["first_day"] or "", row["last_day"] or "", row["granularity"], row["kind"])
            for row in find_dates(text, published)
        )
        if found != sorted(expected):
            wrong.append(f"{text} ({published}): expected {sorted(expected)}, found {found}")
    assert not wrong, "\n".join(wrong)


def test_every_row_of_every_calendar_table_is_in_a_case() -> None:
    prefixes = tables().prefixes
    grams: set[tuple[str, ...]] = set()
    for text, _ in cases():
        words = cut(text)[0]
        for index, word in enumerate(words):
            for _, stem in splits(word, prefixes):
                grams.update((stem, *words[index + 1 : index + length]) for length in range(1, 6))
                grams.update((stem[:length],) for length in range(2, len(stem)))  # verb prefixes and stems
    missing = []
    for path in sorted(language_folder("ar").glob("calendar_*.csv")):
        if path.name == "calendar_settings.csv":
            continue
        for row in read_rows(path):
            phrase = row["phrase"] if "phrase" in row.cells else row["word"]
            sense = row["sense"] if path.name == "calendar_future_words.csv" else ""
            if sense in ("ongoing_prefix", "past_suffix", "present_prefix"):
                whole = [gram[0] for gram in grams if len(gram) == 1]
                found = any(word.startswith(phrase) if "prefix" in sense else word.endswith(phrase) for word in whole)
            else:
                found = fold_key(phrase) in grams
            if not found:
                missing.append(f"{path.name}:{row.line} {phrase}")
    assert not missing, "\n".join(missing)


def test_every_rule_is_in_the_table_and_in_a_case() -> None:
    listed = {row["rule"] for row in read_rows(folder("schemas") / "date_rules.csv")}
    used = {str(row["rule"]) for text, published in cases() for row in find_dates(text, published)}
    assert used == listed


def test_examples_of_the_rules_hold_a_date() -> None:
    for row in read_rows(folder("schemas") / "date_rules.csv"):
        assert find_dates(row["example"], FRIDAY), row["example"]


def test_the_past_trap() -> None:
    """A weekday that is the dateline's own is that day, and with الماضي seven days back: all 2,555 pairs of 2019."""
    names = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
    pairs = 0
    for offset in range(365):
        day = date(2019, 1, 1) + timedelta(days=offset)
        for number, name in enumerate(names):
            back = (day.weekday() - number) % 7
            found = only(f"اندلع حريق {name} في المدينة", day.isoformat())
            assert (found.first_day, found.last_day) == (day - timedelta(days=back),) * 2
            past = only(f"اندلع حريق {name} الماضي في المدينة", day.isoformat())
            assert past.first_day == day - timedelta(days=back or 7)
            pairs += 1
    assert pairs == 2555


@pytest.mark.parametrize("hour", range(24))
def test_after_midnight_a_story_speaks_from_the_evening_before(hour: int) -> None:
    stamp = f"2019-04-19T{hour:02}:30:00+03:00"
    early = hour < 6
    today = date(2019, 4, 18) if early else date(2019, 4, 19)
    spoken = date(2019, 4, 18) if hour < 2 else date(2019, 4, 19)  # by the morning yesterday is the day before
    for words, day, name in (("اليوم", today, "today"), ("هذا المساء", today, "today"),
                             ("أمس", spoken - timedelta(days=1), "yesterday")):  # fmt: skip
        suffix = "_after_midnight" if (early if name == "today" else hour < 2) else ""
        found = only(f"أعلن الناطق {words} الهدنة", stamp)
        assert (found.first_day, found.rule) == (day, f"date.{name}{suffix}")
    assert only("أعلن الناطق الجمعة الهدنة", stamp).first_day == date(2019, 4, 19)


def test_a_bare_date_is_no_midnight() -> None:
    assert only("قتل جندي أمس", "2019-04-19").first_day == date(2019, 4, 18)
    assert only("قتل جندي أمس", "2019-04-19T00:00:00").first_day == date(2019, 4, 17)


def test_weekday_that_contradicts_its_date_is_flagged() -> None:
    good, bad = only("وصل الثلاثاء 9 أبريل"), only("وصل الأربعاء 9 أبريل")
    assert (good.first_day, good.conflict) == (date(2019, 4, 9), False)
    assert (bad.first_day, bad.conflict) == (date(2019, 4, 9), True)
    impossible = only("وصل في 19 مايو المنصرم", "2019-05-06")
    assert impossible.conflict and impossible.first_day == date(2018, 5, 19)


def test_edges_keep_the_whole_period() -> None:
    for words, edge in (("مطلع", "start"), ("منتصف", "middle"), ("أواخر", "end")):
        found = only(f"نزح السكان في {words} مارس")
        assert (found.edge, found.first_day, found.last_day) == (edge, date(2019, 3, 1), date(2019, 3, 31))


def test_future_is_flagged() -> None:
    for text in ("يصل الأحد المقبل", "سيصل الأحد", "يصل غدا", "يصل في 12 مايو المقبل", "يصل في 12 مايو 2019"):
        found = only(text)
        assert found.future and found.first_day is not None and found.first_day > date(2019, 4, 19), text
    assert not only("وصل الأحد").future


def test_what_stands_between_other_words_is_not_swallowed() -> None:
    found = mentions("قال المتحدث الجمعة إن ثلاثة يوم الاثنين قتلوا، وأصيب اثنان أمس")
    assert [m.first_day for m in found] == [date(2019, 4, 19), date(2019, 4, 15), date(2019, 4, 18)]


def test_an_anchor_is_found_in_the_sentence_before() -> None:
    text = "سقطت البلدة في 3 مارس. وفي اليوم التالي نزح أهلها."
    rows = find_dates(text, FRIDAY)
    assert [(row["first_day"], row["kind"]) for row in rows] == [("2019-03-03", "point"), ("2019-03-04", "anchored")]


def test_a_language_without_calendar_tables_has_no_dates() -> None:
    words, starts, ends = cut("Three died on Monday, 4 May 2019")
    document = Document(Article("", date(2019, 5, 5), "", ""), "", words, starts, ends)
    empty = DateTables.from_pack(load_pack("en"))
    if empty.heads:
        pytest.skip("the English pack has calendar tables of its own")
    assert date_mentions(document, Sentence(0, len(words), 0, 0, "body", 0), Clock(date(2019, 5, 5)), empty) == ()


@pytest.mark.parametrize("given", ["19-04", "", "أمس", "2019-13-40"])
def test_a_publication_time_is_never_guessed(given: str) -> None:
    with pytest.raises(PublicationError):
        find_dates("قتل ثلاثة أمس", given)


def test_nothing_lies_after_publication_without_a_future_word(shared: Path) -> None:
    """3,000 real articles: a day after publication is told by a future word, or printed with its year or weekday."""
    path = shared / "corpus" / "conflict.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"needs {path}")
    told = ("date.full", "date.figures", "date.year", "date.bare_year", "date.month_year", "date.range", "date.holiday",
            "date.day_month_current", "date.day_of_month", "date.day_month_of_year", "date.weekday_date",
            "date.weekday_chose_year", "date.season_current", "date.season_year", "date.edge_", "date.part_of_period",
            "date.month_current", "date.counted_in_period", "date.weekend_current")  # fmt: skip
    wrong, count = [], 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            day = article["published_at"][:10]
            for row in find_dates(article["title"] + "\n" + article["text"], article["published_at"]):
                count += 1
                rule = str(row["rule"])
                if row["kind"] == "bound" or not row["first_day"] or str(row["first_day"]) <= day:
                    continue
                if rule == "date.weekday_dawned":  # the next day, which has begun east of Greenwich
                    late = str(article["published_at"])[11:13] >= "20"
                    assert late and date.fromisoformat(str(row["first_day"])) - date.fromisoformat(day) == timedelta(1)
                    continue
                if not rule.startswith(told) and not any(part in rule for part in FUTURE_RULES):
                    wrong.append(f"{article['id']} {row['start']}-{row['end']} {rule}")
    assert count > 10_000
    assert not wrong, "\n".join(wrong)
