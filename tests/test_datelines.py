"""Datelines: agency, city and printed day at the start of the text, and nothing of running text."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.datelines import DatelineTables, dateline
from pipeline.languages import load_pack
from pipeline.records import Article, Dateline, Document
from pipeline.text import cut

TABLES = DatelineTables.from_pack(load_pack("ar"))
LEAD = "قالت مصادر محلية إن الطريق أغلق صباح الاثنين."


def read(text: str, title: str = "عنوان") -> tuple[Dateline | None, Document]:
    raw = f"{title}\n{text}" if title else text
    words, starts, ends = cut(raw)
    document = Document(Article("a", date(2019, 4, 19), title, text), raw, words, starts, ends)
    return dateline(document, TABLES), document


@pytest.mark.parametrize(
    ("head", "place", "agency"),
    [
        ("طرابلس (رويترز) - ", "طرابلس", "Reuters"), ("سان خوسيه (كاليفورنيا) (رويترز) - ", "سان خوسيه", "Reuters"),
        ("دبي، الإمارات العربية المتحدة (CNN)-- ", "دبي", "CNN"), ("(CNN)— ", "", "CNN"), ("غزة ـ ", "غزة", ""),
        ("دبي - العربية.نت\n", "دبي", "Al Arabiya"), ("القاهرة/ الأناضول/ ", "القاهرة", "Anadolu Agency"),
        ("(أ ف ب) - ", "", "AFP"), ("رويترز – ", "", "Reuters"), ("بيروت (أ.ف.ب) - ", "بيروت", "AFP"),
        ("صنعاء - ", "صنعاء", ""), ("الجزائر – د ب أ: ", "الجزائر", "DPA"),
        ("بغداد: «الشرق الأوسط» - ", "بغداد", "Asharq Al-Awsat"),
        ("رويترز- القاهرة: ", "", "Reuters"),
    ],
)  # fmt: skip
def test_shapes(head: str, place: str, agency: str) -> None:
    found, document = read(head + LEAD)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert document.raw[document.starts[found.first] :].startswith(head.strip()[:3])
    assert document.ends[found.last - 1] <= document.raw.index(LEAD)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("القاهرة في 5 مارس (أ ش أ) - ", date(2019, 3, 5)), ("طرابلس 19 نيسان (رويترز) - ", date(2019, 4, 19)),
        ("دمشق 30 ديسمبر (سانا) - ", date(2018, 12, 30)), ("تونس 2 جانفي 2017 (وات) - ", date(2017, 1, 2)),
        ("عدن 31 فبراير (رويترز) - ", None), ("عدن (رويترز) - ", None),
    ],
)  # fmt: skip
def test_the_printed_day(head: str, day: date | None) -> None:
    found, _ = read(head + LEAD)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "text",
    [
        LEAD, "قال مسؤول لوكالة رويترز إن الطريق مغلق.", "نقلت رويترز عن مصدر قوله إن المعبر فتح.",
        "طرابلس-غريان طريق مغلق منذ أيام.", "شهدت بنغازي - ثاني مدن البلاد - هدوءا.", "",
        "أعلنت الحكومة في بيان طويل جدا نشرته على صفحتها وأعادت نشره صحف كثيرة في البلاد أمس ثم عادت فسحبته بعد ساعات "
        "قليلة من النشر.\n"
        "طرابلس (رويترز) - لا شيء.",
    ],
)  # fmt: skip
def test_running_text_has_none(text: str) -> None:
    assert read(text)[0] is None


def test_furniture_may_stand_before_it() -> None:
    found, document = read("عنوان\nشارك هذا المقال\nمن هناء العبيدي\n\nبنغازي (رويترز) - " + LEAD)
    assert found is not None
    assert document.text(found.first, found.last) == "بنغازي (رويترز) -"


def test_an_article_without_title() -> None:
    found, _ = read("مسقط (رويترز) - " + LEAD, title="")
    assert found is not None
    assert found.first == 0
