"""Reading the place drafts of one sentence: containers, verdicts, choices and roles."""

from __future__ import annotations

from pipeline.gazetteer.load import Gazetteer
from pipeline.machinery.quick import dataclass, replace
from pipeline.placing.border import border_side
from pipeline.placing.choose import choose
from pipeline.placing.containers import link_containers
from pipeline.placing.country import CountryScores
from pipeline.placing.draft import STORY, Draft
from pipeline.placing.judge import dateline_role, is_adjective, is_dropped, is_metonym, source_city
from pipeline.placing.misfit import is_misfit, is_name_of_its_own
from pipeline.placing.named import Naming
from pipeline.placing.tables import PlaceTables
from pipeline.placing.unlisted import ground, place_of
from pipeline.records import Place, Sentence


@dataclass(frozen=True)
class Context:
    """What the whole document says: its country scores, the places it names surely, and the tables."""

    words: list[str]
    gazetteer: Gazetteer
    tables: PlaceTables
    scores: CountryScores
    story: str
    capitals: frozenset[str]
    sure: tuple[Place, ...]
    known: frozenset[str]
    naming: Naming


def read_sentence(context: Context, sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """The drafts that are places here, chosen and with their roles, in text order."""
    words, tables = context.words, context.tables
    link_containers(words, drafts, tables.container_gap)
    local = frozenset(
        use.place.country for draft in drafts for use in draft.uses if use.place.kind == "country" and use.strength == 3
    ) | frozenset(draft.demonym or draft.territory or draft.capital for draft in drafts) - {"", STORY}
    kept: list[Draft] = []
    for draft in drafts:
        if draft.listed and (not kept or kept[-1].last < draft.first - 2):
            draft.listed = False
        if is_adjective(words, draft, context.gazetteer.adjectives, tables):
            draft.dropped = "adjective"
            continue
        if is_misfit(words, draft, context.scores, local, context.story):
            draft.take_head(words, tables)
            held = draft.head is not None and draft.head.unlisted and draft.container is not None
            if draft.head is None or (not held and draft.strength < (2 if draft.head.unlisted else 3)):
                continue
            draft.unlist()
        draft.dropped = is_dropped(words, draft, context.scores, tables, local, context.known, context.capitals)
        if draft.dropped in ("elsewhere", "weak", "ordinary") and is_name_of_its_own(words, draft, tables):
            draft.unlist()
            draft.dropped = ""
        if not draft.dropped:
            kept.append(draft)
    for draft in sorted(kept, key=lambda d: d.unlisted):
        _choose(context, draft, kept, local)
    kept = [draft for draft in kept if draft.chosen is not None]
    for draft in kept:
        border_side(words, draft, kept, context.story, context.scores, context.gazetteer)
    _second_look(context, kept, local)
    kept = _merged(kept)
    for position, draft in enumerate(kept):
        _role(context, sentence, draft, kept[position - 1] if position else None)
    return kept


def _choose(context: Context, draft: Draft, kept: list[Draft], local: frozenset[str]) -> None:
    if draft.territory:
        story = draft.territory == STORY
        home = _beside(draft, kept) or context.story if story else draft.territory
        draft.chosen = context.gazetteer.place(home)
        draft.rule, draft.confidence = ("place.the_country", 0.7) if story else ("place.country_adjective", 0.9)
    elif draft.capital:
        draft.chosen = context.gazetteer.capital(draft.capital)
        draft.rule, draft.confidence = "place.capital", 0.9
    elif draft.unlisted and draft.head is not None:
        outer = draft.container.chosen if draft.container is not None else None
        home = draft.demonym or context.story
        draft.chosen, draft.rule, draft.confidence = place_of(
            draft, draft.name(context.words), outer, home, context.gazetteer
        )
        if draft.rule == "place.unlisted":
            draft.within = ground(draft, outer, kept, context.naming, home, context.gazetteer)
            if draft.within is None:
                draft.chosen = None
            elif not draft.chosen.country:
                draft.chosen = replace(draft.chosen, country=draft.within.country)
    elif draft.uses:
        choose(draft, context.scores, local, context.sure)


def _beside(draft: Draft, kept: list[Draft]) -> str:
    """The country of the place that stands directly before شمال البلاد, or ""."""
    for before in kept:
        place = before.chosen
        near = 0 <= draft.first - before.last <= 1 and not before.metonym
        if near and place is not None and place.kind not in ("country", "region", "sea"):
            return place.country
    return ""


def _merged(kept: list[Draft]) -> list[Draft]:
    """Neighbours that name one place are one mention: العاصمة الليبية طرابلس."""
    found: list[Draft] = []
    for draft in kept:
        before = found[-1] if found else None
        if before is not None and before.last == draft.first and before.chosen == draft.chosen and not draft.hit.prefix:
            draft.first, draft.head = before.first, draft.head or before.head
            draft.relation = draft.relation or before.relation
            found.pop()
        found.append(draft)
    return found


def _second_look(context: Context, kept: list[Draft], local: frozenset[str]) -> None:
    """Choose ambiguous drafts again in the light of the sentence's other choices."""
    sure = tuple(d.chosen for d in kept if d.chosen is not None and d.confidence >= 0.9 and d.chosen.kind != "country")
    if not sure:
        return
    for draft in kept:
        if len(draft.uses) > 1 and draft.confidence < 0.85 and draft.rule != "place.containment":
            choose(draft, context.scores, local, (*sure, *context.sure))


def _fits(inner: Place, outer: Place) -> bool:
    if inner.place_id == outer.place_id:
        return False
    if inner.kind == "country" and outer.kind != "region":
        return False
    return not inner.country or not outer.country or inner.country == outer.country


def _role(context: Context, sentence: Sentence, draft: Draft, before: Draft | None) -> None:
    words, tables = context.words, context.tables
    assert draft.chosen is not None
    if dateline_role(words, draft, sentence, tables):
        draft.role = "dateline"
        return
    inner = draft.inside
    if inner is not None and not inner.dropped and inner.chosen is not None and _fits(inner.chosen, draft.chosen):
        draft.role = "anchor" if draft.distance is not None else "container"
        if draft.distance is None and inner.role in ("dateline", "source_city"):
            draft.role = inner.role
        return
    if source_city(words, draft, sentence.first, tables):
        draft.role = "source_city"
        return
    draft.metonym = is_metonym(
        words, draft, context.capitals, context.gazetteer, tables, sentence.first, sentence.last
    )
    speaks = draft.chosen.kind == "country" or draft.chosen.place_id in context.capitals
    if before is not None and draft.listed and before.metonym and before.relation is None and speaks:
        draft.metonym = True
