"""Names that follow a generic head and stand in no gazetteer: where they end, and what can be said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.gazetteer.load import INNER_KINDS, TOWN_KINDS, Gazetteer
from pipeline.gazetteer.romanise import arabic_key, romanised
from pipeline.machinery.quick import replace
from pipeline.placing.draft import Draft
from pipeline.placing.named import Naming
from pipeline.placing.scan import Hit
from pipeline.placing.tables import Head, PlaceTables
from pipeline.records import Place

_QUOTES = frozenset("\"'«“‘(")
_NO_NAME_ENDS = ("ها", "هم", "هن", "كم")
_NO_NAME_STARTS = ("لل", "وال", "بال", "فال", "كال", "ولل")
_ADJECTIVE_ENDS = ("يه", "ين", "ون", "ات", "تان", "ها")
_FOREIGN_HEADS = frozenset(("مستوطنه", "مستوطنات", "مستوطنتي", "مستعمره", "كيبوتس"))
_BROAD_HEADS = frozenset(("جبال", "سلسله", "سلسله جبال", "مرتفعات", "صحراء", "نهر", "باديه", "سهول"))
_KIND_ORDER = ("village", "town", "admin2", "district", "mountain", "camp", "base", "square", "street")
_SOON = 12  # tokens
_VILLAGE = frozenset(("village", "town", "city"))  # no adjective of these ends in ين: قرية عبرين
_SONS = frozenset(("بن", "ابن", "ابو", "ابي", "ام", "ال"))  # وادي بن عبدالله
_FUNCTION = frozenset(("التي", "الذي", "الذين", "اللذين", "اللتين", "الان", "اليوم", "المذكور", "المجاور", "الواقع",
                       "المحاصر"))  # fmt: skip


def name_after(words: list[str], index: int, last: int, starts: Mapping[int, Hit],
               tables: PlaceTables, head: Head) -> tuple[int, int] | None:  # fmt: skip
    """The token range of a name that begins at the index (a quote may stand before it), or None when none does."""
    quoted = index < last and words[index] in _QUOTES
    first = index + 1 if quoted else index
    if first >= last:
        return None
    hit = starts.get(first)
    if hit is not None and (hit.kind == "not" or (hit.kind == "name" and not _only_begins(hit, words))):
        return None
    return named(words, first, words[first], last, starts, tables, head, quoted)


def _only_begins(hit: Hit, words: list[str]) -> bool:
    """Whether a listed name may be no more than the first word of a longer one (حوش of حوش الرند)."""
    return hit.last - hit.first == 1 and not hit.prefix and hit.strength < 3 and not words[hit.first].startswith("ال")


def named(words: list[str], first: int, word: str, last: int, starts: Mapping[int, Hit], tables: PlaceTables,
          head: Head, quoted: bool = False) -> tuple[int, int] | None:  # fmt: skip
    """The token range of a name whose first token reads as word (without clitics), or None when it is no name."""
    hit, end = starts.get(first), first + 1
    if word in tables.name_first:
        if hit is not None and hit.kind == "head" and end in starts and starts[end].kind == "name":
            return None  # وادي الفرات is a head of its own and a name
        if not _goes_on(words, end, last, starts, tables):
            return None
        end += 1
        if words[end - 1] in tables.name_first and _goes_on(words, end, last, starts, tables):
            end += 1
    elif (hit is not None and (hit.kind == "name" or word == words[first])) or not _may_be_name(
        word, quoted, tables, head
    ):
        return None
    elif not word.startswith("ال") and _belongs(words, end, last, starts, tables, head):
        end += 1
    if end < last and words[end].isdigit() and words[end - 1].endswith("كيلو"):
        end += 1  # الكيلو 16
    if end < last and words[end] in tables.name_adjective and (end - first > 1 or word.startswith("ال")):
        end += 1
    return first, end


def _goes_on(words: list[str], index: int, last: int, starts: Mapping[int, Hit], tables: PlaceTables) -> bool:
    """Whether a word may end a name that another word begins (كفر X)."""
    if index >= last or not _is_word(words[index]) or len(words[index]) < 3:
        return False
    hit = starts.get(index)
    if hit is not None and hit.kind in ("relation", "not", "demonym"):
        return False
    if words[index].startswith("و") and len(words[index]) > 4:
        return False
    if words[index].startswith("ال") or words[index] not in tables.common:
        return True
    return words[index - 1].startswith("الشيخ") or words[index - 1] in _SONS


def _belongs(words: list[str], index: int, last: int, starts: Mapping[int, Hit], tables: PlaceTables,
             head: Head) -> bool:  # fmt: skip
    """Whether a word goes on a name that stands without article: خشم العان, or a foreign name (مشور أدوميم)."""
    if index >= last or not _is_word(words[index]) or index in starts:
        return False
    word = words[index]
    if word in tables.common or word in tables.metonym_verb or len(word) < 4:
        return False
    if word.startswith("ال"):
        adjective = word.endswith(_ADJECTIVE_ENDS) or word.startswith("الم") or word in tables.name_adjective
        return len(word) > 4 and not adjective and word[2:] not in tables.common
    return head.word in _FOREIGN_HEADS and not word.startswith(("و", "ب", "ل", "ف", "ي", "ت"))


def _is_word(word: str) -> bool:
    return "\u0621" <= word[:1] <= "\u064a"


def _may_be_name(word: str, quoted: bool, tables: PlaceTables, head: Head) -> bool:
    if not _is_word(word) or len(word) < 3:
        return False
    definite = word.startswith("ال")
    if head.definite and definite and len(word) > 4 and word not in tables.heads and word not in tables.anaphora:
        return word not in _FUNCTION and not word.endswith(("تين", "تان", "ها")) and not (
            word.endswith("يه") and word in tables.common
        )
    if word in tables.common or word in tables.ordinary:
        return False
    if word[0] == "و" and len(word) > (5 if word[1] == "ا" else 4) and not quoted:
        return False
    if word.startswith(_NO_NAME_STARTS) or word in tables.metonym_verb or _is_owned(word, tables):
        return False
    if definite or quoted:
        return len(word) > 3
    if len(word) == 5 and word[1] == "ا" and word.endswith("ه"):  # an active participle: منطقة عازلة
        return False
    passive = len(word) > 5 and word[0] == "م" and word.endswith("ه")  # منطقة مأهولة
    if passive and "region" in head.kinds:
        return False
    village = "village" in head.kinds and head.kinds <= _VILLAGE and head.number != "p"
    if len(word) <= 5 and word[0] in "تي" and not (village and len(word) > 3):  # a verb: منطقة تكتسب
        return False
    if "admin1" in head.kinds and word.endswith("ت"):  # a verb: أول محافظة اكتوت
        return False
    if word[0] in "وبلف" and word[1:] in tables.common:
        return False
    if word.endswith(("يه", "تها", "وا") if village else ("ي", "يه", "ون", "ين", "ات", "تان", "يا", "تها", "وا")):
        return False
    return village or not word.endswith("ا") or word[:-1] not in tables.common


def _is_owned(word: str, tables: PlaceTables) -> bool:
    """Whether a word is a known one with a pronoun (قراهم), or may be (ها ends no name)."""
    if not word.endswith(_NO_NAME_ENDS):
        return False
    stem = word[:-2]
    known = any(form in tables.common for form in (stem, "ال" + stem, stem.removesuffix("ت") + "ه"))
    return known or word.endswith("ها") or len(stem) != 3  # دريهم is a name, لإمدادهم is none


def place_of(draft: Draft, words: tuple[str, ...], container: Place | None, story: str,
             gazetteer: Gazetteer) -> tuple[Place, str, float]:  # fmt: skip
    """The place of an unlisted name, its rule and confidence.

    The one gazetteer place of the country with this name and a kind that the head may have (a name that is an ordinary
    word, in a list), or whose Latin name has the same consonants; else a place without id and coordinates, named by a
    transcription, in the container's country or the story's.
    """
    country = container.country if container is not None and container.country else story
    head, kind = draft.head, "village"
    if head is not None:
        kind = next((k for k in _KIND_ORDER if k in head.kinds), "facility" if head.takes == "host" else "village")
        known = [use.place for use in gazetteer.uses(" ".join(words))]
        known = [place for place in known if place.country == country and place.kind in head.kinds]
        if len(known) == 1 and not draft.misfit:
            return known[0], "place.admin_word", 0.7
    key = arabic_key(words)
    if country and len(key.replace(" ", "")) >= 3 and not draft.misfit:
        found = gazetteer.roman(country, key)
        if len(found) == 1:
            return found[0], "place.romanised", 0.6
    made = Place("", kind, romanised(words), country)
    if container is not None and container.country == country:
        made = replace(made, admin1=container.admin1, parent=container.place_id)
    if container is not None and kind in INNER_KINDS and container.kind in TOWN_KINDS:
        return made, "place.unlisted", 0.5
    return made, "place.unlisted", 0.35 if country else 0.2


def ground(draft: Draft, outer: Place | None, kept: Sequence[Draft], naming: Naming, story: str,
           gazetteer: Gazetteer) -> Place | None:  # fmt: skip
    """Where an unlisted name lies: in its container, else at the last town named before it, or in the province when one
    was named since, else in a province named soon after it, else at the story's main town, else somewhere in the
    country; ranges, rivers and deserts lie in a province at best. None when nothing is known."""
    if outer is not None and outer.kind != "country":
        return outer
    country = outer.country if outer is not None else story

    def fits(place: Place) -> bool:
        return place.kind in TOWN_KINDS and (not country or place.country == country)

    def holds(place: Place) -> bool:
        return place.kind == "admin1" and (not country or place.country == country)

    town, province = naming.named_before(draft.first, fits, kept), naming.named_before(draft.first, holds, kept)
    last = max(town[0] if town else -1, province[0] if province else -1)
    if not kept or last < kept[0].first:  # nothing yet in this sentence
        for other in kept:
            soon = draft.last <= other.first <= draft.last + _SOON and not other.metonym
            if not soon or other.chosen is None or not other.chosen.place_id:
                continue
            if holds(other.chosen) or (fits(other.chosen) and (other.before == "في" or other.lead.endswith("ب"))):
                return other.chosen
    broad = draft.head is not None and draft.head.word in _BROAD_HEADS
    if province and (broad or not town or (town[0] < province[0] and town[1].admin1 != province[1].admin1)):
        return province[1]
    if broad:
        return gazetteer.place(country)
    return town[1] if town else naming.main_town(country) or gazetteer.place(country)


def agree(drafts: Sequence[Draft], words: list[str]) -> None:
    """Give every mention of one unlisted name the same place: the one that names what it lies in, else the first."""
    groups: dict[tuple[str, ...], list[Draft]] = {}
    for draft in drafts:
        if draft.rule == "place.unlisted":
            groups.setdefault(draft.name(words), []).append(draft)
    for group in groups.values():
        common = Counter(draft.within.place_id for draft in group if draft.within is not None)
        best = max(group, key=lambda draft: (_told(draft), common[draft.within.place_id if draft.within else ""]))
        assert best.chosen is not None
        for draft in group:
            assert draft.chosen is not None
            draft.chosen = replace(best.chosen, kind=draft.chosen.kind)
            draft.within, draft.confidence = best.within, best.confidence


def _told(draft: Draft) -> int:
    """How well the text says where an unlisted name lies: 2 in a wider place that follows it, 1 in a town or province
    named elsewhere, 0 in the country."""
    outer = draft.container.chosen if draft.container is not None else None
    if outer is not None and draft.within == outer and outer.kind != "country":
        return 2
    return int(draft.within is not None and draft.within.kind != "country")
