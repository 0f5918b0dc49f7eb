"""Places named in a document: found, disambiguated in the light of the whole story, and given a role."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.gazetteer.load import Gazetteer
from pipeline.placing.anaphora import with_anaphors
from pipeline.placing.country import scored, weights_of
from pipeline.placing.draft import Draft
from pipeline.placing.drafts import drafts_of
from pipeline.placing.emit import mention_of
from pipeline.placing.judge import dateline_tokens
from pipeline.placing.named import Named, Naming
from pipeline.placing.scan import Hit, scanner_for
from pipeline.placing.sentence import Context, read_sentence
from pipeline.placing.tables import PlaceTables
from pipeline.placing.unlisted import agree
from pipeline.records import Document, PlaceReading, Sentence

__all__ = ["PlaceTables", "place_mentions"]


def place_mentions(
    document: Document,
    sentences: Sequence[Sentence],
    gazetteer: Gazetteer,
    tables: PlaceTables,
    only: frozenset[int] | None = None,
    country: str = "",
) -> PlaceReading:
    """All places of the document, or of the sentences whose indices are in only, each with its place and rule.

    The story's country is always scored on the whole document; country is a known one (ISO 3166 alpha-2) that
    outweighs the text's hints. Never raises on any text.
    """
    words = document.words
    hits = scanner_for(gazetteer, tables).hits(words, document.tokens("places", 0, len(words)), len(words))
    skip = dateline_tokens(words, hits, sentences, tables)
    scores = scored(hits, weights_of(sentences, len(words)), gazetteer.hint_weights, skip, country)
    story, story_rule = (country, "place.given_country") if country else scores.story
    named = _sure(hits, scores.ranked, skip)
    sure = tuple({place.place_id: place for _, place in named if place.latitude is not None}.values())[:12]
    context = Context(
        words, gazetteer, tables, scores, story,
        gazetteer.capitals, sure, frozenset(place.place_id for place in sure),
        Naming(named),
    )  # fmt: skip
    starts = [hit.first for hit in hits]
    nouns = sorted(_anaphors(words, tables))
    read: list[Draft] = []
    every: list[Draft] = []
    for index, sentence in enumerate(sentences):
        if only is not None and index not in only:
            continue
        inner = hits[bisect_left(starts, sentence.first) : bisect_left(starts, sentence.last)]
        inner = [hit for hit in inner if hit.last <= sentence.last]
        at = nouns[bisect_left(nouns, sentence.first) : bisect_left(nouns, sentence.last)]
        if not at and not any(_may_place(hit, words, tables) for hit in inner):
            continue
        drafts = drafts_of(words, inner, sentence.first, sentence.last, tables)
        every += drafts
        found = read_sentence(context, sentence, drafts)
        if at:
            found = with_anaphors(context, sentence, found, inner, at)
        context.naming.add(found)
        read += found
    agree(read, words)
    mentions = [mention_of(document, draft, gazetteer) for draft in read]
    for draft in every:
        draft.inside = None  # a container and what it holds name one another: parted, they go without the collector
    return PlaceReading(tuple(mentions), story, story_rule, scores.ranked, scores.hints)


def _may_place(hit: Hit, words: list[str], tables: PlaceTables) -> bool:
    """Whether a hit alone may make a mention."""
    if hit.kind in ("name", "demonym") or (hit.head is not None and hit.head.unlisted):
        return True
    return hit.relation is not None and hit.last < len(words) and words[hit.last] in tables.the_country


def _anaphors(words: list[str], tables: PlaceTables) -> Iterator[int]:
    """The tokens of المدينة, القطاع and the like."""
    for word in tables.anaphora.keys() & set(words):
        at = -1
        for _ in range(words.count(word)):
            at = words.index(word, at + 1)
            yield at


def _sure(hits: Sequence[Hit], ranked: Sequence[tuple[str, float]], skip: frozenset[int]) -> list[Named]:
    """Names with one strong place in the countries that the story is most about, in text order, without datelines."""
    top = {country for country, score in ranked[:3] if score >= 0.4 * ranked[0][1]} if ranked else set()
    found = []
    for hit in hits:
        if hit.kind == "name" and len(hit.uses) == 1 and hit.uses[0].strength == 3 and hit.first not in skip:
            place = hit.uses[0].place
            if place.country in top and place.kind != "country":
                found.append((hit.first, place))
    return found
