"""Properties of the date stage: any weekday, dateline, script of digits and clitic; exact offsets; no crash."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dates import find_dates
from pipeline.languages import load_pack
from pipeline.resources import language_folder, read_rows

WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
MONTHS = ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر")
LEVANT = ("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول",
          "تشرين الثاني", "كانون الأول")  # fmt: skip
SCRIPTS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
GRANULARITIES = {"day", "week", "month", "season", "year", "decade", "century"}
KINDS = {"point", "range", "bound", "duration", "anchored", "vague"}
CLITICS = ("", *load_pack("ar").prefixes)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WORDS = (
    *WEEKDAYS, *MONTHS, *LEVANT, *CLITICS, "يوم", "أيام", "من", "إلى", "منذ", "قبل", "بعد", "حتى", "بين", "و", "أمس",
    "اليوم", "غدا", "أول", "آخر", "الماضي", "المقبل", "عام", "شهر", "أسبوع", "ساعة", "القرن", "ليل", "صباح", "هذا",
    "رمضان", "1439", "2011", "31", "30", "12", "0", "/", "-", "،", ".", "\n", "(", ")", "الـ", "نحو", "ثلاثة", "مليون",
    "هـ", "نفسه", "التالي", "العام", "الأيام", "عيد الفطر", "سيعقد", "99999999999", "9.9.9", "الأول", "ونصف",
    *(row.cells.get("phrase") or row.cells.get("word") or "9"
      for path in sorted(language_folder("ar").glob("calendar_*")) for row in read_rows(path)),
)  # fmt: skip


def written(number: int, script: str) -> str:
    return "".join(script[int(digit)] for digit in str(number))


@given(DAYS, st.integers(0, 6), st.sampled_from(CLITICS), st.sampled_from(("", "يوم ", "مساء ", "فجر يوم ")))
def test_any_weekday_and_any_dateline(day: date, number: int, clitic: str, before: str) -> None:
    text = f"اندلع حريق {clitic}{before}{WEEKDAYS[number]} قرب السوق"
    (found,) = find_dates(text, day)
    expected = day - timedelta(days=(day.weekday() - number) % 7)
    assert (found["first_day"], found["last_day"]) == (expected.isoformat(), expected.isoformat())
    assert found["text"] == text[int(found["start"] or 0) : int(found["end"] or 0)]
    assert str(found["text"]).endswith(WEEKDAYS[number])


@given(DAYS, DAYS, st.sampled_from(SCRIPTS), st.sampled_from((MONTHS, LEVANT)), st.sampled_from(("", " من", " من شهر")))
def test_digits_of_every_script_and_months_of_every_set(
    day: date, published: date, script: str, months: tuple[str, ...], link: str
) -> None:
    words = f"{written(day.day, script)}{link} {months[day.month - 1]} {written(day.year, script)}"
    (found,) = find_dates(f"وقع الاتفاق في {words} بعد جولات", published)
    assert (found["text"], found["first_day"], found["granularity"]) == (words, day.isoformat(), "day")


@given(DAYS, DAYS, st.sampled_from(SCRIPTS), st.sampled_from("/-"))
def test_dates_in_figures(day: date, published: date, script: str, mark: str) -> None:
    for parts in ((day.year, day.month, day.day), (day.day, day.month, day.year)):
        words = mark.join(written(part, script) for part in parts)
        (found,) = find_dates(f"صدر القرار في {words} رسميا", published)
        assert (found["text"], found["first_day"]) == (words, day.isoformat())


@given(DAYS, st.integers(1, 400), st.sampled_from(SCRIPTS), st.sampled_from(("قبل", "منذ")))
def test_days_ago(day: date, count: int, script: str, word: str) -> None:
    (found,) = find_dates(f"عاد الوفد {word} {written(count, script)} يوما إلى المدينة", day)
    assert found["first_day"] == found["last_day"] == (day - timedelta(days=count)).isoformat()


@given(st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)), st.integers(1, 31), st.integers(0, 11))
def test_a_day_without_a_year_is_never_in_the_future(stamp: datetime, number: int, month: int) -> None:
    for row in find_dates(f"وقع الهجوم في {number} {MONTHS[month]} قرب الحدود", stamp):
        assert str(row["first_day"]) <= stamp.date().isoformat()


def check(text: str, published: date | datetime) -> None:
    """What holds of the rows of any text at all."""
    end = 0
    for row in find_dates(text, published):
        assert end <= int(row["start"] or 0) < int(row["end"] or 0) <= len(text)
        assert row["text"] == text[int(row["start"] or 0) : int(row["end"] or 0)]
        assert row["granularity"] in GRANULARITIES and row["kind"] in KINDS
        assert (row["first_day"] is None) == (row["last_day"] is None)
        assert row["first_day"] is None or str(row["first_day"]) <= str(row["last_day"])
        assert row["first_day"] is not None or row["kind"] in ("duration", "anchored", "vague")
        end = int(row["end"] or 0)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.lists(st.sampled_from(("", " ")), min_size=14, max_size=14),
       st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)))  # fmt: skip
def test_calendar_words_in_any_order(words: list[str], gaps: list[str], stamp: datetime) -> None:
    check("".join(word + (gap or " ") for word, gap in zip(words, gaps, strict=False)), stamp)


ARABIC = st.characters(min_codepoint=0x600, max_codepoint=0x6FF) | st.sampled_from(" 0123/-.،\n\u200f")


@given(st.text(ARABIC, max_size=80), st.dates())
def test_any_arabic_text(text: str, day: date) -> None:
    check(text, day)


@given(st.text(max_size=60), st.dates())
def test_any_text(text: str, day: date) -> None:
    check(text, day)
