"""The gate leaves out only words that begin nothing: with it and without it the stages find the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline import order
from pipeline.intake.articles import ArticleReader, input_files
from pipeline.machinery.quick import replace
from pipeline.records import Article, Document

SAMPLE = Path(__file__).resolve().parent.parent / "datasets" / "sample" / "articles.jsonl"


@pytest.fixture(scope="module")
def kit() -> Any:
    return order.load_kit("ar", "rules")


def articles() -> list[Article]:
    return [item for item in ArticleReader(input_files([SAMPLE])) if isinstance(item, Article)]


def test_with_and_without_the_gate_the_stages_find_the_same(kit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    gated = [order.read_article(article, kit)[0] for article in articles()]
    made = order.document_of

    def open_document(article: Article, gate: Any) -> Document:
        return replace(made(article, gate), begins=None)

    monkeypatch.setattr(order, "document_of", open_document)
    for article, one in zip(articles(), gated, strict=True):
        assert one.document.begins is not None
        every = order.read_article(article, kit)[0]
        assert every.document.begins is None
        assert replace(one, document=every.document) == every


def test_most_words_begin_nothing_in_a_table(kit: Any) -> None:
    words = [word for article in articles() for word in order.document_of(article, kit.gate).words]
    begins = kit.gate.begins(words)
    for stage in ("triggers", "weapons", "cues", "actors"):
        codes = begins.codes.translate(begins.masks[stage])
        assert 0 < len(codes) - codes.count(0) < 0.5 * len(words)


def test_a_document_nobody_has_looked_at_may_begin_anything_anywhere() -> None:
    document = Document(articles()[0], "قتل رجل", ["قتل", "رجل"], [0, 4], [3, 7])
    assert list(document.tokens("triggers", 0, 2)) == [0, 1]
