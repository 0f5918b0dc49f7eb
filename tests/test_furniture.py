"""Page furniture: what is marked, and what of an article's text is not."""

from __future__ import annotations

import pytest

from pipeline.furniture import FurnitureTables, furniture_spans
from pipeline.languages import load_pack

TABLES = FurnitureTables.from_pack(load_pack("ar"))
BODY = "قال شهود إن المسيرة مرت في هدوء. " * 6


def marked(raw: str) -> list[tuple[str, str]]:
    return [(raw[span.start : span.end], span.why) for span in furniture_spans(raw, TABLES)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("اعلان", "advertisement"), ("إعلان", "advertisement"), ("شارك هذا المقال", "share"), ("Close Button", "share"),
        ("شارك هذا المقالمحادثة", "share"), ("بقلم: سالم العماري", "byline"), ("(رويترز)", "agency"),
        ("المصدر: وكالات", "agency"), ("-----------", "separator"), ("* * *", "separator"),
        ("رابط الخبر: https://example.org/1", "link"), ("للمزيد - أبرز محطات الأزمة", "link"),
        ("حملوا تطبيق الصحيفة على هواتفكم", "application"), ("#ليبيا #طرابلس_الغرب", "hashtags"),
        ("نشر في: 12/04/2019 - 10:30", "stamp"), ("قد يهمك.. خريطة السيطرة بعد عام", "related"),
        ("جندي في شارع خال - صورة من الأرشيف", "caption"), ("Copyright (Getty)", "caption"),
        ("رجال إطفاء يخمدون حريقا في مستودع (الأناضول)", "caption"),
        ("من هناء العبيدي", "byline"), ("http://example.org/a?b=1", "link"),
    ],
)  # fmt: skip
def test_a_line_of_furniture(line: str, why: str) -> None:
    raw = f"عنوان الخبر\n{line}\n{BODY}"
    assert (line, why) in marked(raw)


@pytest.mark.parametrize(
    "line",
    [
        "قال الناطق إن الحكومة لا تعلق على الإعلان.", "من الجانب الآخر نفت الوزارة الأمر.",
        "#ليبيا تدخل عاما جديدا من القتال.", "بنغازي (رويترز)",
        "وأخمد رجال الإطفاء حريقا في المستودع. (رويترز)", "نقلت (رويترز) عن رجال الإطفاء أن الحريق انتهى",
        "شاركت وحدات من الشرطة في العملية.", "وتطبيق القانون مطلب المتظاهرين.", "مصدر الصوت ما زال مجهولا.",
    ],
)  # fmt: skip
def test_text_is_no_furniture(line: str) -> None:
    assert marked(f"عنوان الخبر\n{line}\n{BODY}") == []


def test_the_title_is_never_furniture_but_its_repetition_is() -> None:
    raw = f"إعلان\nإعلان\n{BODY}"
    assert [(span.start, span.why) for span in furniture_spans(raw, TABLES)] == [(6, "repeated_title")]


def test_headlines_below_a_mark_are_related_up_to_the_next_paragraph() -> None:
    raw = f"عنوان\n{BODY}\nاقرأ أيضا:\nغارة تقتل خمسة في بلدة أخرى\nسفينة تغرق قبالة الساحل\n{BODY}"
    assert marked(raw) == [
        ("اقرأ أيضا:", "related"),
        ("غارة تقتل خمسة في بلدة أخرى", "related"),
        ("سفينة تغرق قبالة الساحل", "related"),
    ]


def test_headlines_at_the_foot_need_no_mark() -> None:
    raw = "\n".join(["عنوان", BODY, BODY, BODY, "هجوم على سوق في بلدة بعيدة", "مؤتمر للمانحين في جنيف"])
    assert [why for _, why in marked(raw)] == ["related", "related"]


def test_a_phrase_inside_a_paragraph_is_marked_alone() -> None:
    raw = f"عنوان\n{BODY} (صورة أرشيفية)\n{BODY}"
    assert marked(raw) == [("(صورة أرشيفية)", "caption")]


def test_spans_lead_back_to_raw_text_with_marks() -> None:
    raw = f"عُنوانٌ\nإعْــلان\n{BODY}"
    assert marked(raw) == [("إعْــلان", "advertisement")]


def test_empty_and_blank_texts_have_none() -> None:
    assert furniture_spans("", TABLES) == ()
    assert furniture_spans("\n \n", TABLES) == ()
