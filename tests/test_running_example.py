"""The running example: the Reuters story of 19 April 2019 gives its four events, right in every field, and no other."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.intake.articles import ArticleReader, input_files
from pipeline.measuring.evaluate import scored
from pipeline.measuring.scoring import Measures
from pipeline.order import code_article, load_kit
from pipeline.records import Article


def test_the_story_gives_its_events_and_no_other(shared: Path) -> None:
    article = next(iter(ArticleReader(input_files([shared / "articles" / "reuters_2019-04-19.jsonl"]))))
    assert isinstance(article, Article)
    coded = [row for row in code_article(article, load_kit()).reports if row["decision"] == "coded"]
    lines = (shared / "articles" / "reuters_2019-04-19.gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = json.loads(lines[0])
    measures = Measures.load(shared / "gold" / "actor_aliases.csv")
    figures = scored([gold | {"id": article.id}], {article.id: coded}, measures).summary()
    assert len(coded) == len(gold["events"])
    assert figures["detection"]["f1"] == figures["strict"]["f1"] == 1.0
    assert {name: share for name, (share, _) in figures["fields"].items() if share != 1.0} == {}
