"""Spellings of a noun: article, accusative ا, dual, plurals, and the stem that takes a pronoun. All folded."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.morphology.spelling import Form


def _one(word: str, form: str, number: str, gender: str, voice: str) -> list[Form]:
    """Bare, with the article, in the accusative, and before a pronoun."""
    found = [
        Form(word, form, number, gender, voice),
        Form("ال" + word, form, number, gender, voice, definite=True),
    ]
    if word.endswith("ه"):
        found.append(Form(word[:-1] + "ت", form, number, gender, voice, alone=False, joined=True))
        return found
    if word.endswith("اء"):
        found.extend(Form(word[:-1] + seat, form, number, gender, voice, alone=False, joined=True) for seat in "ءوي")
        return found
    found.append(Form(word, form, number, gender, voice, alone=False, joined=True))
    if not word.endswith(("ات", "ا")):
        found.append(Form(word + "ا", form, number, gender, voice))
    return found


def _dual(word: str, form: str, gender: str, voice: str) -> list[Form]:
    stem = word[:-1] + "ت" if word.endswith("ه") else word
    found = []
    for ending in ("ان", "ين"):
        found.append(Form(stem + ending, form, "d", gender, voice))
        found.append(Form("ال" + stem + ending, form, "d", gender, voice, definite=True))
    if word.endswith("ه"):  # construct: غارتا، غارتي; of a masculine noun it would look like an adjective
        found.extend(Form(stem + ending, form, "d", gender, voice) for ending in ("ا", "ي"))
    return found


def noun_forms(word: str, plurals: Iterable[str] = (), gender: str = "m", form: str = "noun", voice: str = "",
               dual: bool = True) -> list[Form]:  # fmt: skip
    """All spellings of a noun. word and plurals are folded; a plural in ون gives ين and its construct too."""
    found = _one(word, form, "s", gender, voice)
    if dual:
        found.extend(_dual(word, form, gender, voice))
    for plural in plurals:
        if plural.endswith("ون") and len(plural) > 4:
            stem = plural[:-2]
            for ending in ("ون", "ين"):
                found.append(Form(stem + ending, form, "p", gender, voice))
                found.append(Form("ال" + stem + ending, form, "p", gender, voice, definite=True))
            found.append(Form(stem + "و", form, "p", gender, voice, joined=True))
        else:
            found.extend(_one(plural, form, "p", "f" if plural.endswith("ات") else gender, voice))
    return found


def participle_forms(word: str, voice: str, weak: bool) -> list[Form]:
    """A participle (folded, masculine singular) in both genders and all numbers.

    weak: the active participle of a defective verb, given with its ي, which falls off (معتد، معتدون).
    """
    stem = word[:-1] if weak else word
    found = [
        *noun_forms(word, (stem + "ون",), "m", "participle", voice),
        *noun_forms(word + "ه", (word + "ات",), "f", "participle", voice),
    ]
    return [Form(stem, "participle", "s", "m", voice), *found] if weak else found


def adjective_forms(word: str) -> list[Form]:
    """An adjective (folded, masculine singular) in both genders and all numbers."""
    feminine = word + "ه"
    return [
        *noun_forms(word, (word + "ون",)),
        *noun_forms(feminine, (word + "ات",), "f"),
    ]
