"""Names that follow a generic head and stand in no gazetteer: where they end, and what can be said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.gazetteer.load import TOWN_KINDS, Gazetteer
from pipeline.gazetteer.romanise import arabic_key, romanised
from pipeline.placing.draft import Draft
from pipeline.placing.named import Naming
from pipeline.placing.scan import Hit
from pipeline.placing.tables import PlaceTables
from pipeline.quick import replace
from pipeline.records import Place

_QUOTES = frozenset("\"'«“‘(")
_NO_NAME_ENDS = ("ها", "هم", "هن", "كم")
_NO_NAME_STARTS = ("لل", "وال", "بال", "فال", "كال", "ولل")


def name_after(words: list[str], index: int, last: int, starts: Mapping[int, Hit],
               tables: PlaceTables) -> tuple[int, int] | None:  # fmt: skip
    """The token range of a name that begins at the index (a quote may stand before it), or None when none does."""
    quoted = index < last and words[index] in _QUOTES
    first = index + 1 if quoted else index
    if first >= last:
        return None
    if first in starts and starts[first].kind in ("name", "not"):
        return None
    end = first + 1
    if words[first] in tables.name_first:
        if first + 1 >= last or not _is_word(words[first + 1]):
            return None
        if len(words[first + 1]) < 3 or (words[first + 1] in tables.common and not words[first + 1].startswith("ال")):
            return None
        end = first + 2
        if words[first + 1] in tables.name_first and end < last and _is_word(words[end]):
            end += 1
    elif first in starts or not _may_be_name(words[first], quoted, tables):
        return None
    if end < last and words[end] in tables.name_adjective and words[first].startswith("ال"):
        end += 1
    return first, end


def _is_word(word: str) -> bool:
    return "\u0621" <= word[:1] <= "\u064a"


def _may_be_name(word: str, quoted: bool, tables: PlaceTables) -> bool:
    if not _is_word(word) or len(word) < 3 or word in tables.common or word in tables.ordinary:
        return False
    if word[0] == "و" and len(word) > 5 and not quoted:
        return False
    if word.startswith(_NO_NAME_STARTS) or word.endswith(_NO_NAME_ENDS) or word in tables.metonym_verb:
        return False
    if word.startswith("ال") or quoted:
        return len(word) > 3
    if len(word) == 5 and word[1] == "ا" and word.endswith("ه"):  # an active participle: منطقة عازلة
        return False
    if len(word) <= 5 and word[0] in "تي":  # a verb: منطقة تكتسب
        return False
    if word[0] in "وبلف" and word[1:] in tables.common:
        return False
    if word.endswith(("ي", "يه", "ون", "ين", "ات", "تان", "يا", "تها", "وا")):
        return False
    return not word.endswith("ا") or (len(word) > 3 and word[:-1] not in tables.common)


def place_of(words: tuple[str, ...], kind: str, container: Place | None, story: str,
             gazetteer: Gazetteer) -> tuple[Place, str, float]:  # fmt: skip
    """The place of an unlisted name, its rule and confidence.

    A gazetteer place whose Latin name has the same consonants, when the country has exactly one; else a place without
    id and coordinates, named by a transcription, in the container's country or the story's.
    """
    country = container.country if container is not None and container.country else story
    key = arabic_key(words)
    if country and len(key.replace(" ", "")) >= 3:
        found = gazetteer.roman(country, key)
        if len(found) == 1:
            return found[0], "place.romanised", 0.6
    made = Place("", kind, romanised(words), country)
    if container is not None and container.country == country:
        made = replace(made, admin1=container.admin1, parent=container.place_id)
    return made, "place.unlisted", 0.35 if country else 0.2


def ground(draft: Draft, outer: Place | None, kept: Sequence[Draft], naming: Naming, story: str,
           gazetteer: Gazetteer) -> Place | None:  # fmt: skip
    """Where an unlisted name lies: in its container, else at the last town named before it, else at the story's main
    town, else somewhere in the country. None when neither a town nor the country is known."""
    if outer is not None and outer.kind != "country":
        return outer
    country = outer.country if outer is not None else story

    def fits(place: Place) -> bool:
        return place.kind in TOWN_KINDS and (not country or place.country == country)

    return naming.before(draft.first, fits, kept) or naming.main_town(country) or gazetteer.place(country)
