"""Input: every format, publication times, and what is set aside with which reason."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.articles import ArticleReader, InputError, InputOptions, Quarantined, input_files
from pipeline.intake.html import page_fields
from pipeline.intake.published import PublicationError, publication_time
from pipeline.intake.recognise import language_of
from pipeline.records import Article

TEXT = "قال شهود من المدينة إن قذائف سقطت على السوق في الصباح"
STAMP = "2021-06-03T18:30:00+02:00"
GOOD: dict[str, Any] = {"id": "a", "published_at": STAMP, "title": "قصف على السوق", "text": TEXT}
PAGE = f"""<html><head><title>الموقع</title><meta property="article:published_time" content="{STAMP}">
<meta property="og:site_name" content="صحيفة المثال"><link rel="canonical" href="https://news.example/17"></head><body>
<nav><a href="/">الرئيسية</a></nav><article><h1>قصف على السوق القديم</h1>
<p>{TEXT} ولم ترد أنباء عن إصابات.</p><p>وأضاف الشهود أن الدخان غطى الشارع حتى المساء.</p>
<time datetime="2024-01-01">1 يناير 2024</time></article></body></html>"""


def read(path: Path, **options: Any) -> list[Article | Quarantined]:
    return list(ArticleReader(input_files([path]), InputOptions(**options)))


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def aside(path: Path, **options: Any) -> list[tuple[int, str]]:
    return [(item.line, item.reason) for item in read(path, **options) if isinstance(item, Quarantined)]


def test_every_format_gives_the_same_article(tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", GOOD)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress((tmp_path / "a.jsonl").read_bytes()))
    pq.write_table(pa.Table.from_pylist([GOOD]), tmp_path / "a.parquet")
    cells = ",".join(f'"{value}"' for value in GOOD.values())
    (tmp_path / "a.csv").write_text(f"\ufeff{','.join(GOOD)}\r\n{cells}\r\n", encoding="utf-8")
    (tmp_path / "a.tsv").write_text("\t".join(GOOD) + "\n" + "\t".join(GOOD.values()) + "\n", encoding="utf-8")
    for name in ("a.jsonl", "a.jsonl.gz", "a.parquet", "a.csv", "a.tsv"):
        (article,) = read(tmp_path / name)
        assert isinstance(article, Article), name
        assert (article.id, article.title, article.text) == ("a", GOOD["title"], TEXT), name
        assert article.published_at == datetime(2021, 6, 3, 18, 30, tzinfo=timezone(timedelta(hours=2))), name
        assert (article.file, article.language) == (name, "ar")


def test_csv_rows_keep_their_lines_when_cells_hold_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = f'{STAMP},"{TEXT}\nسطر ثان من الخبر"\n,"{TEXT}"\n{STAMP},"{TEXT}"\n'
    path.write_text(f"published_at,text\n{rows}", encoding="utf-8")
    items = read(path)
    assert [item.line for item in items] == [2, 4, 5]
    assert aside(path) == [(4, "no_publication_date")]


def test_a_saved_page_gives_its_text_and_the_time_of_its_metadata(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (article,) = read(tmp_path / "page.html")
    assert isinstance(article, Article)
    assert article.published_at == datetime(2021, 6, 3, 18, 30, tzinfo=timezone(timedelta(hours=2)))
    assert (article.title, article.source) == ("قصف على السوق القديم", "صحيفة المثال")
    assert article.url == "https://news.example/17"
    assert TEXT in article.text
    assert "الرئيسية" not in article.text


@pytest.mark.parametrize("head", [
    '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2021-06-03"}]}</script>',
    '<meta name="pubdate" content="2021-06-03">',
    '<meta itemprop="datePublished" content="2021-06-03">',
])  # fmt: skip
def test_other_metadata_that_tell_the_time(head: str) -> None:
    page = PAGE.replace(f'<meta property="article:published_time" content="{STAMP}">', head)
    assert page_fields(page.encode())["published_at"] == "2021-06-03"


def test_a_page_without_metadata_is_set_aside_though_a_date_is_visible(tmp_path: Path) -> None:
    page = PAGE.replace(f'<meta property="article:published_time" content="{STAMP}">', "")
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert aside(tmp_path / "page.html") == [(1, "no_publication_date")]


def test_an_old_arabic_code_page_is_read_as_declared() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1256">')
    assert TEXT in page_fields(page.encode("cp1256"))["text"]


def test_plain_text_takes_the_publication_time_of_the_option(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (article,) = read(tmp_path / "a.txt", published_at=date(2021, 6, 3))
    assert isinstance(article, Article)
    assert article.published_at == date(2021, 6, 3)
    assert aside(tmp_path / "a.txt") == [(1, "no_publication_date")]


def test_folders_are_walked_in_sorted_order_and_other_files_passed_over(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a/z.jsonl", "a/b.jsonl", ".hidden/c.jsonl", "style.css"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        lines(tmp_path / "in" / name, {**GOOD, "id": name})
    assert [file.name for file in input_files([tmp_path / "in"])] == ["in/a/b.jsonl", "in/a/z.jsonl", "in/b.jsonl"]


UNREADABLE = [("missing.jsonl", "no such file"), ("a.pdf", "not a format"), ("in", "no articles")]


@pytest.mark.parametrize(("name", "why"), UNREADABLE)
def test_inputs_that_cannot_be_opened_are_named(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(InputError, match=why):
        input_files([tmp_path / name])


BAD = [
    ({**GOOD, "published_at": None}, "no_publication_date"),
    ({**GOOD, "published_at": "أمس"}, "no_publication_date"),
    ({**GOOD, "published_at": "04/05/2018"}, "no_publication_date"),
    ({**GOOD, "text": " \n "}, "empty_text"),
    ({**GOOD, "text": "The shelling of the market went on until the evening, residents said."}, "not_arabic"),
    ({**GOOD, "text": "سازمان ملل متحد روز پنجشنبه اعلام کرد که درگیری‌ها در شمال کشور ادامه دارد"}, "not_arabic"),
    ({**GOOD, "text": "اقوام متحدہ نے جمعرات کو کہا کہ شمال میں لڑائی جاری ہے"}, "not_arabic"),
    ({**GOOD, "language": "fr"}, "unsupported_language"),
    ({**GOOD, "title": 7}, "unreadable_record"),
    ({**GOOD, "text": TEXT + " \ud800"}, "unreadable_encoding"),
]


@pytest.mark.parametrize(("row", "reason"), BAD)
def test_records_that_cannot_be_used_are_set_aside_and_the_rest_goes_on(
    tmp_path: Path, row: dict[str, Any], reason: str
) -> None:
    row = {**row, "id": "bad", "title": row["title"] if reason != "not_arabic" else ""}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row) + "\n" + json.dumps(GOOD) + "\n", encoding="utf-8")
    bad, good = read(path)
    assert isinstance(bad, Quarantined)
    assert (bad.line, bad.reason, bad.article_id, bad.file) == (1, reason, "bad", "a.jsonl")
    assert bad.raw is not None and '"bad"' in bad.raw
    assert isinstance(good, Article)


def test_languages_that_are_asked_for_are_told_apart_by_their_letters(tmp_path: Path) -> None:
    english = {**GOOD, "id": "b", "title": "", "text": "Shells fell on the market of the town on Thursday morning."}
    path = lines(tmp_path / "a.jsonl", GOOD, english, {**english, "id": "c", "language": "en-GB"})

    def read_as(*languages: str) -> list[str]:
        return [i.language if isinstance(i, Article) else i.reason for i in read(path, languages=languages)]

    assert read_as("ar") == ["ar", "not_arabic", "unsupported_language"]
    assert read_as("ar", "en") == ["ar", "en", "en"]
    assert read_as("en") == ["unsupported_language", "en", "en"]


def test_broken_lines_keep_their_number_and_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps(GOOD, ensure_ascii=False).encode()
    path.write_bytes(b"{broken\n\n[1]\n" + TEXT.encode("cp1256") + b"\n" + good + b"\n")
    assert aside(path) == [(1, "unreadable_record"), (3, "unreadable_record"), (4, "unreadable_encoding")]
    item = read(path)[2]
    assert isinstance(item, Quarantined) and item.raw is not None and "\\xde" in item.raw


def test_a_cut_archive_gives_what_was_read_and_a_row_for_the_rest(tmp_path: Path) -> None:
    rows = b"".join(json.dumps({**GOOD, "id": f"a{i}", "title": str(i) * 200}).encode() + b"\n" for i in range(200))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows)[:-60])
    items = read(tmp_path / "a.jsonl.gz")
    assert isinstance(items[0], Article)
    assert isinstance(items[-1], Quarantined) and "EOFError" in str(items[-1].detail)


def test_the_same_article_twice_is_passed_over_and_other_content_under_its_id_is_set_aside(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", GOOD, GOOD, {**GOOD, "text": TEXT + " أمس"})
    reader = ArticleReader(input_files([path]))
    items = list(reader)
    assert reader.repeated == 1
    assert [getattr(item, "reason", "read") for item in items] == ["read", "duplicate_id"]


def test_an_article_without_id_gets_one_from_its_content(tmp_path: Path) -> None:
    row = {key: value for key, value in GOOD.items() if key != "id"}
    first, second = read(lines(tmp_path / "a.jsonl", row, {**row, "text": TEXT + " أمس"}))
    (again,) = read(lines(tmp_path / "b.jsonl", {**row, "id": ""}))
    assert isinstance(first, Article) and isinstance(second, Article) and isinstance(again, Article)
    assert first.id == again.id != second.id
    assert len(first.id) == 16


@pytest.mark.parametrize(("given_text", "expected"), [
    ("2021-06-03", date(2021, 6, 3)),
    ("2021-06-03T18:30:00Z", datetime(2021, 6, 3, 18, 30, tzinfo=UTC)),
    ("2021-06-03 18:30", datetime(2021, 6, 3, 18, 30)),
    ("الخميس ٣ يونيو ٢٠٢١", date(2021, 6, 3)),
    ("3 حزيران/يونيو 2021", date(2021, 6, 3)),
    ("3 جوان 2021 14:30", datetime(2021, 6, 3, 14, 30)),
    ("7 كانون الثاني 2021", date(2021, 1, 7)),
    ("Thu, 03 Jun 2021 18:30:00 +0200", datetime(2021, 6, 3, 16, 30, tzinfo=UTC)),
    ("June 3, 2021", date(2021, 6, 3)),
    ("23/06/2021", date(2021, 6, 23)),
    ("06/23/2021", date(2021, 6, 23)),
    (1622737800, datetime(2021, 6, 3, 16, 30, tzinfo=UTC)),
    ("1622737800000", datetime(2021, 6, 3, 16, 30, tzinfo=UTC)),
])  # fmt: skip
def test_publication_times_in_many_forms(given_text: Any, expected: date) -> None:
    assert publication_time(given_text) == expected


GUESSES = ["", "yesterday", "منذ ساعتين", "يونيو 2021", "2021", "31 فبراير 2021", "6/7/2021", "soon"]


@pytest.mark.parametrize("text", GUESSES)
def test_publication_times_that_would_be_guesses_are_refused(text: str) -> None:
    with pytest.raises(PublicationError):
        publication_time(text)


@given(st.datetimes(timezones=st.just(timezone(timedelta(hours=3)))) | st.dates())
def test_iso_times_come_back_as_they_are(moment: datetime | date) -> None:
    assert publication_time(moment.isoformat()) == moment


@given(st.text(max_size=60))
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert language_of(text) in ("ar", "fa", "ur", "other", "")


def test_short_and_latin_sprinkled_arabic_is_arabic() -> None:
    assert language_of("قتل جندي برصاص") == "ar"
    assert language_of("قالت شركة Example News Agency في بيان إن Al Jadid توقفت") == "ar"


def test_the_shared_corpus_is_read_whole(shared: Path) -> None:
    for name in ("conflict", "other"):
        reader = ArticleReader(input_files([shared / "corpus" / f"{name}.jsonl.gz"]))
        assert [item for item in reader if isinstance(item, Quarantined)] == []
