"""Numbers read at a token: digits, words of every gender and case, duals, compounds."""

from __future__ import annotations

import pytest

from pipeline.languages import load_pack
from pipeline.numbers import NumberTables, digits, number_at
from pipeline.text import cut

TABLES = NumberTables.from_pack(load_pack("ar"))


def read(text: str, tables: NumberTables = TABLES) -> tuple[int, int, int] | None:
    words, _, _ = cut(text)
    found = number_at(words, 0, len(words), tables)
    return None if found is None else (found[0], found[1], len(words))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5), ("٢٥", 25), ("1,200", 1200), ("1.200", 1200), ("12,500", 12500), ("١٬٢٠٠", 1200),
        ("2 مليون", 2_000_000),
        ("1.5 مليون", 1_500_000), ("3 آلاف", 3000), ("20 ألفا", 20_000), ("20 ألف", 20_000), ("3 آلاف و500", 3500),
        ("واحد", 1), ("اثنان", 2), ("اثنتين", 2), ("ثلاث", 3), ("أربعة", 4), ("ثماني", 8), ("ثمانية", 8), ("عشرة", 10),
        ("أحد عشر", 11), ("إحدى عشرة", 11), ("اثنا عشر", 12), ("اثنتي عشرة", 12), ("ثلاثة عشر", 13), ("تسع عشرة", 19),
        ("عشرون", 20), ("تسعين", 90), ("خمسة وعشرون", 25), ("خمسة و عشرين", 25), ("اثنين وثلاثين", 32),
        ("مئة", 100), ("مائة", 100), ("مئتان", 200), ("مائتي", 200), ("ثلاثمئة", 300), ("ثمانمائة", 800),
        ("ثلاث مئة", 300), ("مئة وثلاثين", 130), ("مئة وخمسة وعشرين", 125), ("مئة و30", 130), ("مئتين وستة", 206),
        ("مئة وخمسة عشر", 115), ("ألف", 1000), ("ألفان", 2000), ("ألفين", 2000), ("ألفي", 2000), ("ألفا", 2000),
        ("ثلاثة آلاف", 3000), ("خمسون ألفا", 50_000), ("خمسة وعشرين ألف", 25_000), ("مئة ألف", 100_000),
        ("مئتي ألف", 200_000), ("مئة وخمسون ألفا", 150_000), ("ألف ومئة", 1100), ("ألف و200", 1200),
        ("ألف وخمسون", 1050),
        ("ألفين وثلاثمئة وخمسة", 2305), ("خمسة آلاف وخمسمئة وخمسة وعشرين", 5525), ("اثنا عشر ألفا", 12_000),
        ("نصف مليون", 500_000), ("مليون ونصف المليون", 1_500_000), ("مليون ومئتا ألف", 1_200_000),
        ("ربع مليون", 250_000),
        ("مليونا", 2_000_000), ("ثلاثة ملايين", 3_000_000), ("وخمسة", 5), ("بثلاثين", 30), ("لعشرة", 10),
        ("فألف", 1000),
    ],
)  # fmt: skip
def test_a_whole_number(text: str, value: int) -> None:
    found = read(text)
    assert found is not None
    assert found == (value, found[2], found[2])


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [
        ("ألفا شخص", 2000, 1), ("ثلاثة وأربعة جرحى", 3, 1), ("5 و7", 5, 1), ("20 وإصابة", 20, 1), ("خمسة وقتل", 5, 1),
        ("عشرين و30", 20, 1), ("مئة ومئة", 100, 1), ("مئة وألف", 100, 1), ("3 آلاف و5000", 3000, 2),
        ("ثلاثة و عشرة", 3, 1), ("ألف وثلاثة آلاف", 1000, 1), ("سبعة أشخاص", 7, 1), ("مئة و", 100, 1),
    ],
)  # fmt: skip
def test_the_number_ends_where_another_word_begins(text: str, value: int, end: int) -> None:
    assert (read(text) or ())[:2] == (value, end)


@pytest.mark.parametrize(
    "text",
    ["آلاف", "مئات", "عشرات", "أحد الجنود", "لست", "وست بالم", "كتاب", "و", "إحدى القرى", "1.5", "نصف القرية"],
)
def test_words_that_are_no_number(text: str) -> None:
    assert read(text) is None


def test_last_is_exclusive() -> None:
    words, _, _ = cut("خمسة وعشرون قتيلا")
    assert number_at(words, 0, 1, TABLES) == (5, 1)
    assert number_at(words, 0, 2, TABLES) == (25, 2)


@pytest.mark.parametrize(("text", "value"), [("10:30", None), ("1.2.3", None), ("007", 7), ("0.5", 0.5), ("1,5", 1.5)])
def test_digit_strings(text: str, value: float | None) -> None:
    found = digits(text)
    assert found == value


def test_english_numbers_need_only_a_table() -> None:
    english = NumberTables.from_pack(load_pack("en"))
    assert read("twenty-five", english) == (25, 3, 3)
    assert read("three hundred and five", english) == (305, 4, 4)
    assert read("two thousand", english) == (2000, 2, 2)
