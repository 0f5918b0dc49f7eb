"""The order of the stages: the one file that knows what comes after what."""

from __future__ import annotations

from typing import Any

from pipeline.actors import actor_mentions
from pipeline.candidates import Reading
from pipeline.casualties import counted
from pipeline.cues import cue_mentions
from pipeline.datelines import dateline
from pipeline.dates import date_mentions
from pipeline.furniture import furniture_spans
from pipeline.gate import Gate
from pipeline.kit import Kit, load_kit
from pipeline.machinery.quick import dataclass
from pipeline.places import place_mentions
from pipeline.quantities import quantity_mentions
from pipeline.reading.topics import sentence_topics
from pipeline.records import Article, Clock, Dateline, Document
from pipeline.reports import event_candidates
from pipeline.retelling import completed
from pipeline.rows import ValueRow, article_row, report_rows
from pipeline.sentences import sentences
from pipeline.text import cut
from pipeline.triggers import trigger_mentions
from pipeline.weapons import weapon_mentions

__all__ = ["CodedArticle", "code_article", "load_kit", "read_article"]


@dataclass(frozen=True)
class CodedArticle:
    """The rows of one article: by the column names of schemas/, values as tuples in the order of their columns."""

    article: dict[str, Any]
    reports: list[dict[str, Any]]
    values: list[ValueRow]


def document_of(article: Article, gate: Gate) -> Document:
    """The article's raw text (title, line break, text) cut into folded words."""
    raw = f"{article.title}\n{article.text}" if article.title else article.text
    words, starts, ends = cut(raw)
    return Document(article, raw, words, starts, ends, gate.begins(words))


def read_article(article: Article, kit: Kit) -> tuple[Reading, Dateline | None]:
    """All mentions of one article, and its dateline.

    Days and sides are sought only in sentences with a trigger, places also in the sentence before, numbers also in
    the next; in an article without any trigger only the places that tell its country.
    """
    tables = kit.language
    document, clock = document_of(article, kit.gate), Clock.of(article.published_at)
    furniture = furniture_spans(document.raw, tables.furniture)
    line = dateline(document, tables.dateline)
    parts = sentences(document, furniture, line, tables.sentences)
    triggers = tuple(trigger_mentions(document, part, tables.triggers) for part in parts)
    told = frozenset(index for index, found in enumerate(triggers) if found)
    near = told | {index - 1 for index in told if index} | {0} if told else told
    places = place_mentions(document, parts, kit.gazetteer, tables.places, near)
    by_sentence: list[list[Any]] = [[] for _ in parts]
    at = 0
    for mention in sorted(places.mentions, key=lambda m: m.first):
        while at < len(parts) and mention.first >= parts[at].last:
            at += 1
        if at < len(parts):
            by_sentence[at].append(mention)
    reading = Reading(
        document=document,
        clock=clock,
        sentences=tuple(parts),
        triggers=triggers,
        weapons=tuple(weapon_mentions(document, p, tables.weapons) if i in told else () for i, p in enumerate(parts)),
        cues=tuple(cue_mentions(document, p, tables.cues) if i in told else () for i, p in enumerate(parts)),
        dates=tuple(date_mentions(document, p, clock, tables.dates) if i in near else () for i, p in enumerate(parts)),
        places=tuple(tuple(row) for row in by_sentence),
        actors=tuple(
            actor_mentions(document, p, clock, places.country, tables.actors) if i in told else ()
            for i, p in enumerate(parts)
        ),
        quantities=tuple(
            quantity_mentions(document, p, tables.quantities) if i in told or i - 1 in told else ()
            for i, p in enumerate(parts)
        ),
        story_country=places.country,
        country_rule=places.country_rule,
        topics=sentence_topics(document, parts, tables.topics) if told else (),
    )
    return reading, line


def code_article(article: Article, kit: Kit) -> CodedArticle:
    """Code one article: its row, its reports (coded, merged and dropped) and the values behind their fields."""
    reading, line = read_article(article, kit)
    candidates = event_candidates(reading, kit.language.reading, kit.gazetteer.country_name, kit.scheme.family)
    decisions = kit.decider.decide(candidates, reading)
    candidates = counted(candidates, decisions, reading, kit.language.reading)
    candidates = completed(candidates, decisions)
    reports, values = report_rows(reading, candidates, decisions, kit.scheme, kit.gazetteer)
    return CodedArticle(article_row(reading, line, kit.pack.code, reports), reports, values)
