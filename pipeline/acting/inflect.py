"""Surface forms of an Arabic noun or adjective, by the pattern its table row names.

Patterns: m sound masculine (مسلح: مسلحون, مسلحة, مسلحات …); b broken or single form (جنود: الجنود, جنودا);
f feminine in ة (دورية: دوريتان, دوريات); n nisba adjective (سوري: سورية, سوريون, السوريين …);
a noun and adjective that take the article together (قوات حكومية: القوات الحكومية); x as written.
"""

from __future__ import annotations

from pipeline.text import fold_key

PATTERNS = ("m", "b", "f", "n", "a", "x")
Phrase = tuple[str, ...]
_SOUND = ("", "ا", "ان", "ين", "ون", "ه", "تان", "تين", "ات")
_ARTICLE = "ال"


def forms(phrase: str, pattern: str) -> list[tuple[Phrase, bool]]:
    """Folded phrases with a mark whether each is definite by the article; the first word inflects, the rest stays.

    Raises KeyError for an unknown pattern and ValueError for a phrase without words.
    """
    words = fold_key(phrase)
    if not words:
        raise ValueError(f"no words in {phrase!r}")
    if pattern == "x":
        return [(words, words[0].startswith(_ARTICLE))]
    if pattern == "a":
        return [(words, False), (tuple(_ARTICLE + word for word in words), True)]
    head, rest = words[0], words[1:]
    bare, construct = _STEMS[pattern](head)
    found = [((stem, *rest), False) for stem in (*bare, *construct)]
    found += [((_ARTICLE + stem, *rest), True) for stem in bare]
    return list(dict.fromkeys(found))


def _sound(head: str) -> tuple[list[str], list[str]]:
    return [head + end for end in _SOUND], [head + "و", head + "ي", head + "تا", head + "تي"]


def _broken(head: str) -> tuple[list[str], list[str]]:
    return [head] if head.endswith(("ه", "ا", "اء")) else [head, head + "ا"], []


def _feminine(head: str) -> tuple[list[str], list[str]]:
    stem = head.removesuffix("ه")
    return [head, stem + "تان", stem + "تين", stem + "ات"], [stem + "تا", stem + "تي"]


def _nisba(head: str) -> tuple[list[str], list[str]]:
    return [head + end for end in _SOUND], [head + "و"]


_STEMS = {"m": _sound, "b": _broken, "f": _feminine, "n": _nisba}
