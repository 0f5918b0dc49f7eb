"""What the kinds of a name's places say of it: names of sites and parts of towns repeat in every country."""

from __future__ import annotations

from pipeline.gazetteer.load import INNER_KINDS
from pipeline.gazetteer.sources import ARAB
from pipeline.placing.draft import Draft
from pipeline.placing.tables import PlaceTables

_TOWNS = frozenset(("city", "town", "admin1", "admin2", "country"))
_LANDS = frozenset(("mountain", "valley", "island", "camp", "base", "village", "river"))
_SITES = frozenset(("base", "camp", "crossing", "port", "oilfield", "airport", "facility", "mountain", "valley"))


def small(draft: Draft) -> bool:
    """Whether the name means parts of towns only: such names repeat in every country (ساحة الشهداء، مجلس النواب)."""
    return all(use.place.kind in INNER_KINDS for use in draft.uses)


def foreign(draft: Draft) -> bool:
    """Whether the name is one word that means only GeoNames' towns outside the Arab countries: bare, it is a person's
    surname (هندرسون)."""
    if draft.name_last - draft.name_first > 1 or draft.demonym or draft.container is not None or not draft.uses:
        return False
    return all("-gn" in use.place.place_id and use.place.country not in ARAB for use in draft.uses)


def generic(words: list[str], draft: Draft, tables: PlaceTables) -> bool:
    """Whether a site's name is made of ordinary words (قاعدة الدفاع الجوي), so that other countries have it too."""
    if draft.name_last - draft.name_first < 2 or not all(use.place.kind in _SITES for use in draft.uses):
        return False
    for word in words[draft.name_first : draft.name_last]:
        bare = word.removeprefix("لل").removeprefix("ال")
        known = word in tables.common or word in tables.ordinary or word in tables.heads
        if not known and "ال" + bare not in tables.common and bare not in tables.common:
            return False
    return True


def other_kind(draft: Draft) -> bool:
    """Whether the head before a name says that it is another thing than every place of the name (شعب صوران)."""
    head = draft.head
    if head is None or not draft.own_head or head.takes != "self" or head.kinds & _TOWNS or not head.kinds & _LANDS:
        return False
    return not any(use.place.kind in head.kinds for use in draft.uses)
