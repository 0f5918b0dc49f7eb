"""Sentences: where they end, what kind they are, and that they cover every word once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.datelines import DatelineTables, dateline
from pipeline.furniture import FurnitureTables, furniture_spans
from pipeline.languages import load_pack
from pipeline.records import Article, Document
from pipeline.sentences import SentenceTables, sentences
from pipeline.text import cut

PACK = load_pack("ar")
TABLES, FURNITURE, DATELINES = (
    SentenceTables.from_pack(PACK), FurnitureTables.from_pack(PACK), DatelineTables.from_pack(PACK),
)  # fmt: skip
LONG = "وقال متحدث باسم البلدية إن فرق الإنقاذ وصلت إلى الحي بعد ساعة من سقوط القذائف ونقلت المصابين."


def parse(text: str, title: str = "عنوان") -> tuple[Document, list[tuple[str, str]]]:
    raw = f"{title}\n{text}" if title else text
    words, starts, ends = cut(raw)
    document = Document(Article("a", date(2019, 4, 19), title, text), raw, words, starts, ends)
    line = dateline(document, DATELINES)
    found = sentences(document, furniture_spans(raw, FURNITURE), line, TABLES)
    return document, [(raw[s.start : s.end], s.kind) for s in found]


def body(text: str) -> list[str]:
    return [words for words, kind in parse(text)[1] if kind == "body"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("وصل الوفد. ثم غادر.", 2), ("أنقذته (سي.آي.إيه) بعد عام.", 1), ("بلغت النسبة 5.3 في المئة.", 1),
        ("قال د. سالم إنه بخير.", 1), ("نشره موقع العربية.نت أمس.", 1), ("هل انتهت الحرب؟ لا أحد يعلم!", 2),
        ("قال \"لن نعود.\" ثم خرج.", 2), ("غادر الوفد المدينة.ووصل وفد آخر.", 2), ("صمت... ثم تكلم.", 1),
        ("أفادت (أ.ف.ب) بذلك.", 1), ("بدأ عند الساعة 10.30 صباحا. وانتهى ظهرا.", 2), ("أين هم؟! لا جواب.", 2),
        ("انتهى الاجتماع .وبدأ آخر.", 2), ("1. وقف القتال فورا.", 1),
    ],
)  # fmt: skip
def test_ends(text: str, count: int) -> None:
    assert len(body(text)) == count


def test_a_closing_quote_belongs_to_its_sentence() -> None:
    assert body('قال "انتهى كل شيء." وسكت.') == ['قال "انتهى كل شيء."', "وسكت."]


def test_the_title_comes_first_and_whole() -> None:
    found = parse(LONG, "من يحكم المدينة؟ سؤال بلا جواب. إلى الآن")[1]
    assert found[0] == ("من يحكم المدينة؟ سؤال بلا جواب. إلى الآن", "title")


def test_without_title_the_text_begins() -> None:
    assert [kind for _, kind in parse(LONG, "")[1]] == ["body"]


def test_a_dateline_stands_apart() -> None:
    found = parse(f"سرت (رويترز) - {LONG}")[1]
    assert found[1:] == [("سرت (رويترز) -", "dateline"), (LONG, "body")]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("مخاوف من حصار طويل", "heading"), ("* دعوة إلى الهدنة", "heading"), ("وزارة في مهب الريح", "heading"),
        ("وأكد الناطق النبأ", "body"), ("* خرج الجرحى من المستشفى.", "bullet"), ("اعلان", "furniture"),
        ("دورية قرب الميناء - صورة من الأرشيف", "caption"), ("عاد الهدوء.", "body"),
    ],
)  # fmt: skip
def test_kinds_of_short_lines(line: str, kind: str) -> None:
    assert (line, kind) in parse(f"{LONG}\n{line}\n{LONG}")[1]


def test_neighbouring_bullets_are_a_list() -> None:
    found = parse(f"{LONG}\n* فتح المعابر\n* تبادل الأسرى\n{LONG}")[1]
    assert [kind for _, kind in found] == ["title", "body", "bullet", "bullet", "body"]


def test_without_full_stops_only_very_short_lines_are_headings() -> None:
    line = "وصلت قافلة من المساعدات إلى البلدة المحاصرة صباح أمس بعد انتظار طويل عند الحاجز"
    found = parse("\n".join(["شهدت " + line, "قرب الحاجز", line.replace("وصلت", "دخلت")]))[1]
    assert [kind for _, kind in found] == ["title", "body", "heading", "body"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="اب ت.\n؟!\"()*-،1٢ُـ", max_size=120), st.sampled_from(["", "عنوان"]))
def test_every_word_is_in_one_sentence(text: str, title: str) -> None:
    raw = f"{title}\n{text}" if title else text
    words, starts, ends = cut(raw)
    document = Document(Article("a", date(2019, 4, 19), title, text), raw, words, starts, ends)
    found = sentences(document, furniture_spans(raw, FURNITURE), dateline(document, DATELINES), TABLES)
    covered = [token for sentence in found for token in range(sentence.first, sentence.last)]
    assert covered == [token for token, word in enumerate(words) if word != "\n"]
    for sentence in found:
        assert raw[sentence.start : sentence.end] == document.text(sentence.first, sentence.last)
