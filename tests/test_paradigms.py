"""Inflection against hand-written tables, by root class."""

from __future__ import annotations

import pytest

from pipeline.languages import load_pack
from pipeline.morphology import WordIndex, noun_forms, verb_forms
from pipeline.morphology.index import FINITE
from pipeline.morphology.spelling import spell
from pipeline.morphology.stems import stems
from pipeline.text import fold_key

# root, measure, vowel, then: past 3ms 3fs 3md 3mp 3fp; present 3ms 3fs 3mp 3fp; subjunctive 3mp
TABLE = [
    ("قصف", "I", "i", "قصف قصفت قصفا قصفوا قصفن", "يقصف تقصف يقصفون يقصفن يقصفوا"),
    ("فجر", "II", "", "فجّر فجّرت فجّرا فجّروا فجّرن", "يفجّر تفجّر يفجّرون يفجّرن يفجّروا"),
    ("هجم", "III", "", "هاجم هاجمت هاجما هاجموا هاجمن", "يهاجم تهاجم يهاجمون يهاجمن يهاجموا"),
    ("طلق", "IV", "", "أطلق أطلقت أطلقا أطلقوا أطلقن", "يطلق تطلق يطلقون يطلقن يطلقوا"),
    ("قدم", "V", "", "تقدّم تقدّمت تقدّما تقدّموا تقدّمن", "يتقدّم تتقدّم يتقدّمون يتقدّمن يتقدّموا"),
    ("ظهر", "VI", "", "تظاهر تظاهرت تظاهرا تظاهروا تظاهرن", "يتظاهر تتظاهر يتظاهرون يتظاهرن يتظاهروا"),
    ("سحب", "VII", "", "انسحب انسحبت انسحبا انسحبوا انسحبن", "ينسحب تنسحب ينسحبون ينسحبن ينسحبوا"),
    ("شبك", "VIII", "", "اشتبك اشتبكت اشتبكا اشتبكوا اشتبكن", "يشتبك تشتبك يشتبكون يشتبكن يشتبكوا"),
    ("هدف", "X", "", "استهدف استهدفت استهدفا استهدفوا استهدفن", "يستهدف تستهدف يستهدفون يستهدفن يستهدفوا"),
    ("سيطر", "Q", "", "سيطر سيطرت سيطرا سيطروا سيطرن", "يسيطر تسيطر يسيطرون يسيطرن يسيطروا"),
    ("جمهر", "Qt", "", "تجمهر تجمهرت تجمهرا تجمهروا تجمهرن", "يتجمهر تتجمهر يتجمهرون يتجمهرن يتجمهروا"),
    ("طول", "I", "u", "طال طالت طالا طالوا طلن", "يطول تطول يطولون يطلن يطولوا"),
    ("سير", "I", "i", "سار سارت سارا ساروا سرن", "يسير تسير يسيرون يسرن يسيروا"),
    ("غور", "IV", "", "أغار أغارت أغارا أغاروا أغرن", "يغير تغير يغيرون يغرن يغيروا"),
    ("غول", "VIII", "", "اغتال اغتالت اغتالا اغتالوا اغتلن", "يغتال تغتال يغتالون يغتلن يغتالوا"),
    ("عود", "X", "", "استعاد استعادت استعادا استعادوا استعدن", "يستعيد تستعيد يستعيدون يستعدن يستعيدوا"),
    ("شنن", "I", "u", "شن شنت شنا شنوا شننن", "يشن تشن يشنون يشننن يشنوا"),
    ("حلل", "VIII", "", "احتل احتلت احتلا احتلوا احتللن", "يحتل تحتل يحتلون يحتللن يحتلوا"),
    ("لقي", "I", "a", "لقي لقيت لقيا لقوا لقين", "يلقى تلقى يلقون يلقين يلقوا"),
    ("رمي", "I", "i", "رمى رمت رميا رموا رمين", "يرمي ترمي يرمون يرمين يرموا"),
    ("دعو", "I", "u", "دعا دعت دعوا دعوا دعون", "يدعو تدعو يدعون يدعون يدعوا"),
    ("ولي", "X", "", "استولى استولت استوليا استولوا استولين", "يستولي تستولي يستولون يستولين يستولوا"),
    ("صدي", "V", "", "تصدى تصدت تصديا تصدوا تصدين", "يتصدى تتصدى يتصدون يتصدين يتصدوا"),
    ("ءسر", "I", "i", "أسر أسرت أسرا أسروا أسرن", "يأسر تأسر يأسرون يأسرن يأسروا"),
    ("نشء", "IV", "", "أنشأ أنشأت أنشآ أنشؤوا أنشأن", "ينشئ تنشئ ينشئون ينشئن ينشئوا"),
    ("وقع", "I", "a", "وقع وقعت وقعا وقعوا وقعن", "يقع تقع يقعون يقعن يقعوا"),
    ("وصل", "VIII", "", "اتصل اتصلت اتصلا اتصلوا اتصلن", "يتصل تتصل يتصلون يتصلن يتصلوا"),
    ("صدم", "VIII", "", "اصطدم اصطدمت اصطدما اصطدموا اصطدمن", "يصطدم تصطدم يصطدمون يصطدمن يصطدموا"),
]
# root, measure, vowel, passive past 3ms, passive present 3ms, masdar (derived measures), active participle
DERIVED = [
    ("قتل", "I", "u", "قتل", "يقتل", "", "قاتل"),
    ("هجم", "III", "", "هوجم", "يهاجم", "مهاجمة", "مهاجم"),
    ("صوب", "IV", "", "أصيب", "يصاب", "إصابة", "مصيب"),
    ("غول", "VIII", "", "اغتيل", "يغتال", "اغتيال", "مغتال"),
    ("عود", "X", "", "استعيد", "يستعاد", "استعادة", "مستعيد"),
    ("نفذ", "II", "", "نفّذ", "ينفّذ", "تنفيذ", "منفّذ"),
    ("ظهر", "VI", "", "تظوهر", "يتظاهر", "تظاهر", "متظاهر"),
    ("فجر", "VII", "", "انفجر", "ينفجر", "انفجار", "منفجر"),
    ("عدو", "VIII", "", "اعتدي", "يعتدى", "اعتداء", "معتدي"),
    ("ولي", "X", "", "استولي", "يستولى", "استيلاء", "مستولي"),
    ("لقي", "IV", "", "ألقي", "يلقى", "إلقاء", "ملقي"),
    ("وقف", "IV", "", "أوقف", "يوقف", "إيقاف", "موقف"),
    ("خلو", "IV", "", "أخلي", "يخلى", "إخلاء", "مخلي"),
]


def folded(word: str) -> str:
    return fold_key(word)[0]


@pytest.mark.parametrize(("root", "measure", "vowel", "past", "present"), TABLE, ids=[row[0] + row[1] for row in TABLE])
def test_third_persons(root: str, measure: str, vowel: str, past: str, present: str) -> None:
    forms = verb_forms(root, measure, vowel or "u")
    spelled = {(f.spelling, f.form, f.number, f.gender) for f in forms if f.alone and f.voice != "passive"}
    persons = [("s", "m"), ("s", "f"), ("d", "m"), ("p", "m"), ("p", "f")]
    for word, (number, gender) in zip(past.split(), persons, strict=True):
        assert (folded(word), "past", number, gender) in spelled, word
    persons = [("s", "m"), ("s", "f"), ("p", "m"), ("p", "f"), ("p", "m")]
    for word, (number, gender) in zip(present.split(), persons, strict=True):
        assert (folded(word), "present", number, gender) in spelled, word


@pytest.mark.parametrize("row", DERIVED, ids=[row[0] + row[1] for row in DERIVED])
def test_passive_masdar_participle(row: tuple[str, ...]) -> None:
    root, measure, vowel, past, present, masdar, participle = row
    forms = verb_forms(root, measure, vowel or "u")
    by_form: dict[str, set[str]] = {}
    for form in forms:
        by_form.setdefault(form.form, set()).add(form.spelling)
        if form.form in FINITE and form.voice != "active":
            by_form.setdefault("not_active", set()).add(form.spelling)
    assert {folded(past), folded(present)} <= by_form["not_active"]
    assert folded(participle) in by_form["participle"]
    if masdar:
        assert {folded(masdar), folded("ال" + masdar)} <= by_form["masdar"]


def test_voice_is_told_apart_only_where_the_spelling_does() -> None:
    voices = {(f.spelling, f.form): f.voice for f in verb_forms("صوب", "IV") if f.number == "s" and f.gender == "m"}
    assert voices[("اصاب", "past")] == "active"
    assert voices[("اصيب", "past")] == "passive"
    plain = {(f.spelling, f.form): f.voice for f in verb_forms("قتل", "I") if f.number == "s" and f.gender == "m"}
    assert plain[("قتل", "past")] == ""


def test_pronoun_stems() -> None:
    joined = {f.spelling for f in verb_forms("رمي", "I", "i") if f.joined and f.form in FINITE}
    assert {"رما", "رمت", "رمو", "يرمي"} <= joined
    assert not any(f.alone for f in verb_forms("رمي", "I", "i") if f.spelling == "رمو")


def test_jussive_is_short_for_weak_roots_only() -> None:
    assert "يغر" in {f.spelling for f in verb_forms("غور", "IV") if f.form == "jussive"}
    assert not [f for f in verb_forms("قصف", "I", "i") if f.form == "jussive"]


@pytest.mark.parametrize(
    ("stem", "word"),
    [("بaدaءa", "بدأ"), ("ءaسaرa", "أسر"), ("تaءaخaرa", "تأخر"), ("بuءiسa", "بئس"), ("ءاكiل", "آكل"), ("بaدء", "بدء"),
     ("سuءال", "سؤال"), ("مaسءuول", "مسؤول"), ("قaرaءuوا", "قرؤوا"), ("مaلaءaت", "ملأت")],
)  # fmt: skip
def test_hamza_seats(stem: str, word: str) -> None:
    assert spell(stem) == folded(word)


def test_noun_forms() -> None:
    raid = {(f.spelling, f.number, f.definite) for f in noun_forms("غاره", ("غارات",), "f") if f.alone}
    expected = {("غاره", "s", False), ("الغاره", "s", True), ("غارتان", "d", False), ("غارتين", "d", False),
                ("غارتي", "d", False), ("غارات", "p", False), ("الغارات", "p", True)}  # fmt: skip
    assert expected <= raid
    gunman = {f.spelling for f in noun_forms("مسلح", ("مسلحون",)) if f.alone}
    assert {"مسلح", "مسلحا", "مسلحان", "مسلحين", "مسلحون", "مسلحو", "المسلحين"} <= gunman
    assert "غاراتا" not in {f.spelling for f in noun_forms("غاره", ("غارات",), "f")}


def test_unknown_measures_are_errors() -> None:
    with pytest.raises(ValueError, match="no measure"):
        stems("قصف", "XI")
    with pytest.raises(ValueError, match="radicals"):
        stems("سيطر", "I")


@pytest.mark.parametrize(
    ("word", "head", "form", "prefix", "suffix"),
    [
        ("وقصفتها", "قصف", "past", "و", "ها"),
        ("سيستهدف", "استهدف", "present", "س", ""),
        ("ليشن", "شنّ", "present", "ل", ""),
        ("للغارات", "غارة", "noun", "ل", ""),
        ("بهجماتهم", "هجوم", "noun", "ب", "هم"),
        ("فقتلوه", "قتل", "past", "ف", "ه"),
        ("مصرعهم", "مصرع", "noun", "", "هم"),
        ("بقصف", "قصف", "masdar", "ب", ""),
        ("باعتقاله", "اعتقل", "masdar", "ب", "ه"),
        ("انفجاران", "انفجر", "masdar", "", ""),
        ("اغتيل", "اغتال", "past", "", ""),
    ],
)
def test_readings_of_words(word: str, head: str, form: str, prefix: str, suffix: str) -> None:
    index = WordIndex.of(load_pack("ar"))
    found = {(r.head, r.form.form, r.prefix, r.suffix) for r in index.read(folded(word))}
    assert (head, form, prefix, suffix) in found


def test_a_word_without_reading_has_none() -> None:
    index = WordIndex.of(load_pack("ar"))
    assert index.read("برتقاله") == ()
    assert index.read("") == ()
