"""Distances that stand before a name: على بعد 20 كلم شرق X, على مسافة مئة كيلومتر من X."""

from __future__ import annotations

from pipeline.placing.draft import Draft
from pipeline.placing.tables import PlaceTables, Relation

_NUMBER_LIMIT = 3
_MEASURES = frozenset(("بعد", "مسافه", "بمسافه", "يبعد", "تبعد"))
_NEAR = Relation("near", 2)
_FAR = 6  # words between the measure and its unit


def distance(words: list[str], draft: Draft, first: int, tables: PlaceTables) -> None:
    """على بعد 20 كلم شرق X: the distance before the direction."""
    index = draft.first - 1
    if index >= first and words[index] in ("الي", "الى"):
        index -= 1
    if index < first or words[index] not in tables.units:
        return
    metres = tables.units[words[index]]
    number = words[index - 1] if index - 1 >= first else ""
    value = number.replace("٫", ".").replace(",", ".")
    if value.replace(".", "", 1).isdigit():
        draft.distance, draft.first = metres * float(value), index - 1
    elif metres == 2000.0:
        draft.distance, draft.first = metres, index
    else:
        return
    for back in range(draft.first - 1, max(first, draft.first - _NUMBER_LIMIT) - 1, -1):
        if words[back] in ("بعد", "مسافه", "علي", "نحو", "حوالي"):
            draft.first = back
        else:
            break


def away(words: list[str], draft: Draft, first: int, tables: PlaceTables) -> None:
    """على بعد نحو مئة كيلومتر من X: near X, at a distance that need not be a figure (0 when it is none)."""
    index = draft.first - 2
    if index <= first or words[index + 1] not in ("من", "عن") or words[index] not in tables.units:
        return
    for back in range(index - 1, max(first, index - _FAR) - 1, -1):
        if words[back] in _MEASURES:
            number = words[index - 1]
            draft.distance = tables.units[words[index]] * float(number) if number.isdigit() else 0.0
            draft.relation = _NEAR
            draft.first = back - 1 if back > first and words[back - 1] == "علي" else back
            return
