"""Surface forms of an Arabic noun or adjective, by the pattern its table row names.

Patterns: m sound masculine (مسلح: مسلحون, مسلحين …); c common, with the feminine too (متظاهر: متظاهرة, متظاهرات …);
p the plurals and duals of m alone (إرهابي: إرهابيون, إرهابيين), for words whose singular is mostly an adjective;
j their singular, indefinite unless written with the article (الهجوم الإرهابي is no person); b broken or single form
(جنود: الجنود, جنودا); f feminine in ة (دورية: دوريتان, دوريات); n nisba adjective (سوري: سورية, سوريون, السوريين …);
a noun and adjective that take the article together (قوات حكومية: القوات الحكومية); x as written.
"""

from __future__ import annotations

from pipeline.text import fold_key

PATTERNS = ("m", "c", "p", "j", "b", "f", "n", "a", "x")
Phrase = tuple[str, ...]
_PLURAL = ("ان", "ين", "ون")
_FEMININE = ("ه", "تان", "تين", "ات")
_ARTICLE = "ال"
_PRONOUNS = ("ه", "ها", "هم", "نا")


def forms(phrase: str, pattern: str) -> list[tuple[Phrase, bool]]:
    """Folded phrases with a mark whether each is definite by the article; the first word inflects, the rest stays.

    Raises KeyError for an unknown pattern and ValueError for a phrase without words.
    """
    words = fold_key(phrase)
    if not words:
        raise ValueError(f"no words in {phrase!r}")
    if pattern == "x":
        return [(words, words[0].startswith(_ARTICLE) or words[-1].startswith(_ARTICLE))]
    if pattern == "j":
        given = words[0].startswith(_ARTICLE)
        return [(words, given)] if given else [(words, False), ((words[0] + "ا", *words[1:]), False)]
    if pattern == "a":
        return [(words, False), (tuple(_ARTICLE + word for word in words), True)]
    head, rest = words[0], words[1:]
    bare, construct = _stems(head, pattern)
    found = [((stem, *rest), False) for stem in (*bare, *construct)]
    found += [((_ARTICLE + stem, *rest), True) for stem in bare]
    return list(dict.fromkeys(found))


def possessed(phrase: str, pattern: str) -> list[Phrase]:
    """One-word forms with a possessive pronoun (قواته، مقاتليها), none for phrases and for patterns as written."""
    words = fold_key(phrase)
    if len(words) != 1 or pattern not in ("m", "p", "b", "f"):
        return []
    head = words[0]
    stems = {"m": (head + "ي", head + "و"), "p": (head + "ي", head + "و"), "b": (head,),
             "f": (head.removesuffix("ه") + "ت", head.removesuffix("ه") + "ات")}[pattern]  # fmt: skip
    return [(stem + pronoun,) for stem in stems for pronoun in _PRONOUNS if not stem.endswith(("ه", "ا"))]


def _stems(head: str, pattern: str) -> tuple[list[str], list[str]]:
    """Forms that may take the article, and forms of the construct state that may not."""
    plural = [head + end for end in _PLURAL]
    short = [head + "و", head + "ي"]
    feminine = [head + end for end in _FEMININE]
    if pattern == "b":
        return ([head] if head.endswith(("ه", "ا", "اء")) else [head, head + "ا"]), []
    if pattern == "f":
        stem = head.removesuffix("ه")
        return [head, stem + "تان", stem + "تين", stem + "ات"], [stem + "تا", stem + "تي"]
    return {
        "m": ([head, head + "ا", *plural], short),
        "c": ([head, head + "ا", *plural, *feminine], [*short, head + "تا", head + "تي"]),
        "n": ([head, head + "ا", *plural, *feminine], [head + "و"]),
        "p": (plural, short),
    }[pattern]
