"""The place stage: names with heads, relations and clitics, namesakes, and the words that are no places."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.romanise import arabic_key, latin_key
from pipeline.languages import LanguagePack, load_pack
from pipeline.places import PlaceTables, place_mentions
from pipeline.records import Article, Document, PlaceMention, PlaceReading, Sentence
from pipeline.text import cut

GAZETTEER = Gazetteer.load()
TABLES = PlaceTables.from_pack(load_pack("ar"))


def document_of(text: str, title: str = "") -> Document:
    raw = f"{title}\n{text}" if title else text
    return Document(Article("a", date(2019, 4, 19), title, text), raw, *cut(raw))


def sentences_of(document: Document) -> list[Sentence]:
    """Sentences at full stops and line breaks; the first line is the title when there is one."""
    found, first = [], 0
    for index, word in enumerate([*document.words, "\n"]):
        if word in (".", "\n"):
            last = min(index + (word == "."), len(document.words))
            if last > first:
                kind = "title" if document.article.title and not found else "body"
                found.append(Sentence(first, last, document.starts[first], document.ends[last - 1], kind, 0))
            first = index + 1
    return found


def read(text: str, title: str = "", country: str = "") -> PlaceReading:
    document = document_of(text, title)
    return place_mentions(document, sentences_of(document), GAZETTEER, TABLES, country=country)


def found(text: str, title: str = "", country: str = "") -> dict[str, PlaceMention]:
    """Mentions by place id."""
    return {mention.place.place_id: mention for mention in read(text, title, country).mentions}


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("اندلعت معارك في طرابلس بين قوات الجيش الليبي ومسلحين", "LY-tripoli"),
        ("اندلعت معارك في طرابلس شمال لبنان", "LB-tripoli"),
        ("هز انفجار مدينة البيضاء وسط اليمن", "YE-al-bayda"),
        ("هز انفجار مدينة البيضاء شرق ليبيا", "LY-al-bayda"),
        ("قصفت طائرات سورية بلدة دوما في الغوطة الشرقية", "SY-douma"),
        ("تقدمت القوات العراقية في القائم قرب الحدود السورية", "IQ-al-qaim"),
        ("انفجرت عبوة في مدينة الميادين بريف دير الزور", "SY-al-mayadin"),
        ("اعتقل الجيش اللبناني ثلاثة أشخاص في صور", "LB-tyre"),
        ("دخل مسلحون القنيطرة جنوب غربي سوريا", "SY-quneitra"),
        ("سيطر مسلحون على الزاوية غرب العاصمة الليبية", "LY-zawiya"),
    ],
)
def test_namesakes_follow_the_story(text: str, place_id: str) -> None:
    assert place_id in found(text)


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("وصلت التعزيزات للرقة", "SY-ar-raqqa"),
        ("قتل جنديان بطرابلس في ليبيا", "LY-tripoli"),
        ("معارك في حلب وإدلب", "SY-idlib"),
        ("معارك في تعز والحديدة", "YE-al-hudaydah"),
        ("غارات على #خان_شيخون", "SY-khan-shaykhun"),
        ("غارات على خَانْ شَيْخُون", "SY-khan-shaykhun"),
        ("اشتباكات في تل ابيض شمالي سوريا", "SY-tall-abyad"),
        ("معارك في ديرالزور السورية", "SY-deir-ez-zor"),
    ],
)
def test_clitics_marks_and_spellings(text: str, place_id: str) -> None:
    assert place_id in found(text)


def test_dual_head_covers_both_names() -> None:
    mentions = found("سيطرت القوات على مدينتي سرت ومصراتة في ليبيا")
    assert {"LY-sirte", "LY-misrata"} <= mentions.keys()
    assert mentions["LY-misrata"].geo_precision == 1


@pytest.mark.parametrize(
    ("text", "place_id", "relation", "precision"),
    [
        ("قصف الجيش الليبي مواقع جنوب طرابلس", "LY-tripoli", "direction", 2),
        ("انفجار في ضواحي بغداد", "IQ-baghdad", "part", 2),
        ("انفجار وسط بغداد", "IQ-baghdad", "in", 1),
        ("اشتباكات قرب مدينة سرت الليبية", "LY-sirte", "near", 2),
        ("قتلى في ريف حلب الغربي", "SY-aleppo-admin1", "rural", 2),
        ("قصف محافظة صعدة في اليمن", "YE-sadah-admin1", "in", 3),
        ("انفجار في اليمن", "YE", "in", 3),
    ],
)
def test_relations_and_precision(text: str, place_id: str, relation: str, precision: int) -> None:
    mention = found(text)[place_id]
    assert (mention.relation, mention.geo_precision) == (relation, precision)


def test_distance_is_computed_from_its_anchor() -> None:
    (mention,) = read("انفجر لغم على بعد 20 كلم شرق مدينة سرت").mentions
    sirte = GAZETTEER.place("LY-sirte")
    assert sirte is not None and sirte.longitude is not None and mention.place.longitude is not None
    assert mention.relation == "distance" and mention.location.place_id == "LY-sirte"
    assert 0.15 < mention.place.longitude - sirte.longitude < 0.27
    assert abs((mention.place.latitude or 0) - (sirte.latitude or 0)) < 0.01


def test_a_wider_place_is_a_container() -> None:
    mentions = found("سيطر الجيش على مديرية نهم شرق صنعاء")
    assert mentions["YE-sanaa"].role == "container"
    assert mentions["YE-nihm-admin2"].role == ""
    mentions = found("قصف بلدة راجو في محافظة حلب السورية")
    assert mentions["SY-aleppo-admin1"].role == "container" and mentions["SY-rajo"].role == ""


def test_border_between_two_places() -> None:
    mentions = read("احتشد محتجون على الحدود بين لبنان وسوريا").mentions
    assert [(m.place.place_id, m.relation) for m in mentions] == [("LB", "border"), ("SY", "border")]


@pytest.mark.parametrize(
    "text",
    [
        "قال عدنان الطرابلسي إن القوات تقدمت",
        "اعتقل الجيش الليبي خمسة",
        "أعلن تنظيم الدولة الإسلامية في العراق والشام مسؤوليته",
        "نقلت صحيفة القدس العربي عن مسؤول",
        "نشر ناشطون صور الضحايا عند الفجر",
        "قال علي صالح لوكالة فرانس برس",
        "حفر العمال عين ماء وزارت بنت القرية السوق",
        "انطلقت معركة غصن الزيتون قبل عام",
        "أعلنت قوات سوريا الديمقراطية التقدم",
        "فتحت القوات جبهة جديدة ضد المسلحين",
        "أضاف العبيدي أن الحملة مستمرة",
    ],
)
def test_no_place_here(text: str) -> None:
    assert [m for m in read(text).mentions if m.confidence >= 0.5] == []


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("قالت واشنطن إنها تراقب الوضع في دمشق", "US-washington-dc"),
        ("موسكو تنفي قصف مدنيين في إدلب", "RU-moscow"),
        ("قصفت إسرائيل مواقع في دمشق", "IL"),
        ("أعلن التحالف بقيادة السعودية قصف صنعاء", "SA"),
    ],
)
def test_governments_are_metonyms(text: str, place_id: str) -> None:
    assert found(text)[place_id].metonym
    assert any(not mention.metonym for mention in found(text).values())


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("لندن (رويترز) - قال مسؤول إن انفجارا وقع في بغداد", "GB-london"),
        ("القاهرة – قتل ثلاثة في انفجار بمدينة العريش", "EG-cairo"),
        ("دبي، الإمارات العربية المتحدة (CNN) – قتل ثلاثة في صنعاء", "AE-dubai"),
    ],
)
def test_datelines(text: str, place_id: str) -> None:
    mentions = found(text)
    assert mentions[place_id].role == "dateline"
    assert any(mention.role == "" for mention in mentions.values())


def test_source_city() -> None:
    assert found("قال المرصد السوري ومقره لندن إن غارات استهدفت حلب")["GB-london"].role == "source_city"


def test_country_adjectives() -> None:
    mentions = found("تقدمت القوات داخل الأراضي السورية")
    assert mentions["SY"].rule == "place.country_adjective"
    assert found("تظاهر مئات في العاصمة الليبية")["LY-tripoli"].geo_precision == 1
    assert "SA" not in found("أغلقت السلطات القنصلية السعودية")


def test_the_country_of_the_story() -> None:
    mention = found("قال الجيش الليبي إن ثلاثة قتلوا في جنوب البلاد")["LY"]
    assert mention.rule == "place.the_country"


def test_a_name_no_table_has_is_kept_without_confidence() -> None:
    (mention, *_) = read("سيطر الجيش اليمني على قرية القويزات").mentions
    assert (mention.rule, mention.place.place_id, mention.place.country) == ("place.unlisted", "", "YE")
    assert mention.place.latitude is None and mention.confidence < 0.5


def test_a_latin_name_is_reached_by_its_consonants() -> None:
    assert arabic_key(("قصر", "بن", "غشير")) == latin_key("Qasr bin Ghashir")
    assert arabic_key(("الشجره",)) == latin_key("Ash Shajarah")
    mention = found("قتل ثلاثة في بلدة أوزو شمالي تشاد")
    assert all(item.confidence <= 0.6 for item in mention.values() if item.rule == "place.romanised")


def test_story_country_needs_agreement() -> None:
    assert read("معارك في ليبيا وقال الجيش الليبي إن بنغازي آمنة").country == "LY"
    assert read("التقى وزيرا لبنان والأردن").country == ""
    assert read("زيارة", country="IQ").country == "IQ"


def test_squares_only_in_a_country_that_fits() -> None:
    tripoli = read("تظاهر المئات في ميدان الشهداء بالعاصمة الليبية طرابلس").mentions
    assert any(m.location.place_id == "LY-tripoli" and m.place.kind == "square" for m in tripoli)


def test_only_reads_the_sentences_asked_for() -> None:
    document = document_of("قصف في حلب.\nانفجار في بغداد.")
    parts = sentences_of(document)
    reading = place_mentions(document, parts, GAZETTEER, TABLES, only=frozenset((1,)))
    assert [m.place.country for m in reading.mentions] == ["IQ"]
    assert dict(reading.country_scores).keys() == {"SY", "IQ"}


def test_spans_index_the_raw_text() -> None:
    text = "قُتِل ثلاثة في مدينةِ حلب، وآخرون بإدلب"
    for mention in read(text).mentions:
        words = text[mention.start : mention.end]
        assert words.strip() == words and ("حلب" in words or "إدلب" in words)


def test_a_language_without_tables_finds_names_and_does_not_raise() -> None:
    document = document_of("fighting in Tripoli")
    tables = PlaceTables.from_pack(LanguagePack("xx"))
    assert place_mentions(document, sentences_of(document), GAZETTEER, tables).mentions == ()


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ ،.«»\"()#_-0123456789\n"), max_size=200))
def test_any_text_reads_without_error(text: str) -> None:
    document = document_of(text)
    for mention in place_mentions(document, sentences_of(document), GAZETTEER, TABLES).mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.first <= mention.name_first < mention.name_last <= mention.last


def test_random_strings_are_no_places() -> None:
    rng = random.Random(4)
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    words = ["".join(rng.choices(letters, k=rng.randint(5, 9))) for _ in range(100_000)]
    names = {word for word in words if word in GAZETTEER.names}
    text = "\n".join(word for word in words if word not in names)
    document = document_of(text)
    mentions = place_mentions(document, sentences_of(document), GAZETTEER, TABLES).mentions
    sure = [mention for mention in mentions if mention.confidence >= 0.8]
    assert len(sure) <= 3, [document.text(m.first, m.last) for m in sure]  # chance hits of a clitic and a name
    assert len(names) < 20


def test_an_unlisted_name_is_located_at_the_last_town_before_it() -> None:
    text = "قتل جندي قرب تعز في اليمن. وقصفت القوات قرية القويزات"
    (mention,) = (m for m in read(text).mentions if m.rule == "place.unlisted")
    assert (mention.place.place_id, mention.location.place_id) == ("", "YE-taizz")
    assert text[mention.start : mention.end] == "قرية القويزات" and mention.geo_precision == 2
    (alone,) = (m for m in read("سيطر الجيش اليمني على قرية القويزات").mentions if m.rule == "place.unlisted")
    assert (alone.location.place_id, alone.geo_precision) == ("YE", 3)


@pytest.mark.parametrize(
    ("text", "words", "place_id"),
    [
        ("قتل ثلاثة فلسطينيين في قطاع غزة. وقصفت الطائرات مواقع في القطاع", "القطاع", "PS-gaza-strip-admin1"),
        ("هز انفجار بغداد. وقتل ثلاثة من الجيش العراقي في العاصمة", "العاصمة", "IQ-baghdad"),
        ("سيطرت القوات على مدينة سراقب السورية. وقتل اثنان داخل المدينة", "المدينة", "SY-saraqib"),
    ],
)
def test_a_noun_stands_for_the_last_place_of_its_kind(text: str, words: str, place_id: str) -> None:
    last = read(text).mentions[-1]
    assert words in text[last.start : last.end]
    assert (last.place.place_id, last.rule) == (place_id, "place.anaphora") and last.confidence < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "هز انفجار بغداد. وصل مسافرون إلى المدينة المنورة",
        "هز انفجار بغداد. وقال وزير القطاع الخاص إنه مستقر",
        "هز انفجار بغداد ودمشق وقتل جنود في العاصمة",
    ],
)
def test_a_noun_with_its_own_name_or_two_countries_stands_for_nothing(text: str) -> None:
    assert [m for m in read(text).mentions if m.rule == "place.anaphora"] == []


def test_a_border_is_read_on_the_near_side() -> None:
    near = found("قصفت طائرات مواقع داعش في سوريا قرب الحدود العراقية")
    assert near["SY"].rule == "place.border" or near["SY"].relation == "near"
    assert "IQ" not in near
    lebanon = found("اعتقل الجيش اللبناني مسلحين على الحدود مع سوريا")
    assert lebanon["LB"].rule == "place.border" and "SY" not in lebanon
    across = found("أطلق الجيش اللبناني قذائف باتجاه الأراضي السورية")
    assert across["SY"].rule == "place.country_adjective"


def test_gaza_alone_is_the_strip() -> None:
    assert "PS-gaza-strip-admin1" in found("قتل ثلاثة فلسطينيين برصاص الجيش الإسرائيلي في غزة")
    assert "PS-gaza-city" in found("انفجرت سيارة في مدينة غزة")
    assert {"PS-gaza-city", "PS-rafah"} <= found("قصف الجيش الإسرائيلي مدينتي غزة ورفح").keys()


def test_territory_by_a_country_name_that_is_an_adjective() -> None:
    mention = found("أطلق الحوثيون صاروخا باتجاه الأراضي السعودية")["SA"]
    assert mention.rule == "place.country_adjective"


def test_a_site_of_another_country_needs_its_own_container() -> None:
    assert not [m for m in read("سقطت قذيفة قرب مسجد الأشرفية في تعز باليمن").mentions if m.place.country == "LB"]


@pytest.mark.parametrize(
    "text",
    ["عاد إلى مسقط رأسه", "انطلقت عاصفة الحزم", "نشرت القوات السورية صواريخ حديثة", "قال قيادي ميداني إن القصف توقف"],
)
def test_phrases_and_ordinary_words_are_no_places(text: str) -> None:
    assert [m for m in read(text).mentions if m.place.kind != "country"] == []


def test_a_distance_in_words_is_near_its_anchor_and_no_place_of_the_list() -> None:
    text = "أصيب أربعة جنود في تكريت الواقعة على بعد نحو مئة ميل من بغداد"
    near = found(text)["IQ-baghdad"]
    assert (near.relation, near.role, near.geo_precision) == ("near", "anchor", 2)
    assert text[near.start : near.end].startswith("على بعد")


def test_a_quarter_is_not_the_foreign_province_of_its_name() -> None:
    text = "قتل الأمن المغربي رجلا في الدار البيضاء. ووقع الحادث في حي كاليفورنيا في الدار البيضاء"
    (quarter,) = (m for m in read(text).mentions if text[m.start : m.end] == "حي كاليفورنيا")
    assert (quarter.place.place_id, quarter.location.place_id) == ("", "MA-casablanca")


def test_a_seat_of_power_that_struck_is_no_scene() -> None:
    struck = found("أدانت دمشق الغارات التي شنتها تل أبيب على مواقع في سوريا")["IL-tel-aviv"]
    assert struck.metonym and not found("وقع انفجار في تل أبيب")["IL-tel-aviv"].metonym


def test_a_noun_that_is_hit_stands_for_the_last_place_of_its_kind() -> None:
    mentions = read("قتل جنود في معسكر خالد في اليمن. وتعرض المعسكر لغارتين").mentions
    assert (mentions[-1].rule, mentions[-1].place) == ("place.anaphora", mentions[0].place)
