"""Spellings of Arabic names and the forms of demonyms, for the compiled gazetteer."""

from __future__ import annotations

from pipeline.gazetteer.sources import ARAB, country_rows
from pipeline.text import fold_key

_FATHERS = (("ابو", ("ابي", "ابا")),)


def foreign(country: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of places outside the Arab countries also with ج for غ and the other way: both write a hard g."""
    if country in ARAB:
        return names
    found = dict.fromkeys(names)
    for name in names:
        if len(name) > 4 and "غ" in name:
            found[name.replace("غ", "ج")] = None
    return tuple(found)


def spellings(key: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The phrase itself and the case forms of a first word ابو."""
    found = [key]
    for word, others in _FATHERS:
        if key[:1] == (word,) and len(key) > 1:
            found += [(other, *key[1:]) for other in others]
    return found


def demonym_forms() -> tuple[dict[str, str], set[str]]:
    """Every regular form of the demonyms of countries.csv, folded, to its ISO code; and the country names that are
    such forms too (السعودية).

    ليبي gives ليبية, ليبيون, ليبيين, ليبيان, ليبيتان, ليبيتين, ليبيات and each of them with the article.
    """
    found: dict[str, str] = {}
    for row in country_rows():
        forms = list(row.listed("demonym_forms"))
        for base in row.listed("demonyms"):
            words = base.split()
            for ending in ("", "ة", "ون", "ين", "ان", "تان", "تين", "ات", "ا"):
                one = [word + ending for word in words]
                forms += [" ".join(one), " ".join("ال" + word for word in one)]
        for form in forms:
            text = " ".join(fold_key(form))
            found.setdefault(text, row["iso2"])
    both = set()
    for row in country_rows():  # ليبيا is the country, not an accusative of ليبي
        for name in (*row.listed("names_ar"), *row.listed("weak_names_ar")):
            text = " ".join(fold_key(name))
            if found.pop(text, None) and not text.endswith("ا"):
                both.add(text)
    return found, both
