"""The place stage on what it does not know: unlisted names, lists, sites named after cities, borders, common words."""

from __future__ import annotations

import pytest
from test_places import found, read

from pipeline.records import PlaceMention


def unlisted(text: str, country: str = "") -> list[tuple[str, str]]:
    """The words of unlisted names and the id of their location, in text order."""
    mentions = read(text, country=country).mentions
    return [(text[m.start : m.end], m.location.place_id) for m in mentions if m.rule == "place.unlisted"]


@pytest.mark.parametrize(
    ("text", "words", "location"),
    [
        ("قصفت طائرات بلدة حوش الرند في ريف دمشق", "بلدة حوش الرند", "SY-rural-damascus-admin1"),
        ("قتل شخصان في قرية كفر شلايا بريف إدلب", "قرية كفر شلايا", "SY-idlib-admin1"),
        ("اندلعت اشتباكات في حي السوق بمدينة تعز", "حي السوق", "YE-taizz"),
        ("اشتباكات في حي النور بمدينة حلب السورية", "حي النور", "SY-aleppo"),
        ("معارك في عقبة المحجرة بمحافظة صعدة اليمنية", "عقبة المحجرة", "YE-sadah-admin1"),
        ("غارات على منطقة عقبة الظاهر بمحافظة صعدة", "منطقة عقبة الظاهر", "YE-sadah-admin1"),
        ("اقتحم مسلحون حارة بني يعقوب غرب الحديدة", "حارة بني يعقوب", "YE-al-hudaydah"),
        ("قتل جندي في مفرق الوعلة بمحافظة الضالع", "مفرق الوعلة", "YE-ad-dali-admin1"),
        ("اقتحم جنود مستوطنة مشور أدوميم في الضفة الغربية", "مستوطنة مشور أدوميم", "PS-west-bank-admin1"),
        ("قصف الجيش الإسرائيلي بلدة عبرين الفوقا جنوبي لبنان", "بلدة عبرين الفوقا", "LB-southern-lebanon"),
    ],
)
def test_an_unlisted_name_is_taken_whole_and_lies_in_its_container(text: str, words: str, location: str) -> None:
    assert unlisted(text) == [(words, location)]


def test_a_given_country_keeps_an_unlisted_name_at_home() -> None:
    assert unlisted("قصفت طائرات بلدة حوش الرند", country="SY") == [("بلدة حوش الرند", "SY")]


def test_a_quarter_of_a_named_town_is_known_to_the_town() -> None:
    (mention,) = (m for m in read("سقطت قذيفة على حارة المصلى في تعز").mentions if m.rule == "place.unlisted")
    assert mention.geo_precision == 1 and mention.confidence == 0.5


def test_every_name_of_a_list_is_taken() -> None:
    assert [words for words, _ in unlisted("غارات على قرى بيت شنين وبيت مغلس وجب الحنش في ريف حماة")] == [
        "قرى بيت شنين", "بيت مغلس", "جب الحنش"
    ]  # fmt: skip
    assert unlisted("سيطر الجيش على بلدات تل زعيتر وعين الجوزة ورأس الحصن بريف حلب") == [
        (words, "SY-aleppo-admin1") for words in ("بلدات تل زعيتر", "عين الجوزة", "رأس الحصن")
    ]
    assert "كفر زعتر" in [words for words, _ in unlisted("تقدم الجيش السوري في بلدات (مرعيان وكفر زعتر) بريف إدلب")]


def test_a_list_ends_where_the_text_goes_on() -> None:
    words = [words for words, _ in unlisted("دخلت القوات السورية قرى بيت شنين وقتلت ثلاثة ونزحت عائلات")]
    assert words == ["قرى بيت شنين"]


def test_weak_names_count_in_a_list_of_their_country() -> None:
    assert {"YE-hayran", "YE-abs"} <= found("قصفت مقاتلات التحالف حيران وعبس في اليمن").keys()
    assert "PS-silat-al-harithiyah" in found("اقتحم الجيش بلدة قباطية واليامون وسيلة الحارثية")


def test_the_two_countrysides_of_a_dual() -> None:
    places = found("قصف الجيش السوري ريفي حماة الشمالي وإدلب الشرقي")
    assert places["SY-hama-admin1"].geo_precision == places["SY-idlib-admin1"].geo_precision == 2


def test_one_unlisted_name_has_one_place_in_a_text() -> None:
    text = "قصفت طائرات قرية القويزات. وقال سكان إن قتلى سقطوا في قرية القويزات بمحافظة صعدة اليمنية"
    places: list[PlaceMention] = [m for m in read(text).mentions if m.rule == "place.unlisted"]
    assert [m.location.place_id for m in places] == ["YE-sadah-admin1"] * 2
    assert places[0].place.admin1 == "Sadah"


@pytest.mark.parametrize(
    ("text", "abroad", "location"),
    [
        ("قصف مستشفى القدس في حلب", "PS-jerusalem", "SY-aleppo"),
        ("هجوم على جامع دمشق في صنعاء", "SY-damascus", "YE-sanaa"),
        ("انفجار في شارع عدن بصنعاء", "YE-aden", "YE-sanaa"),
        ("انفجار في شارع الجزائر بصنعاء", "DZ-algiers", "YE-sanaa"),
        ("إطلاق نار أمام مسجد القدس في هامبورغ", "PS-jerusalem", "DE-hamburg"),
        ("مدرسة حلب في غزة تعرضت لقصف إسرائيلي", "SY-aleppo", "PS-gaza-strip-admin1"),
        ("اشتباكات في منطقة الروضة في محافظة مأرب", "YE-ar-rawdah-shabwah", "YE-marib-admin1"),
    ],
)
def test_a_site_or_village_of_another_place_is_no_namesake(text: str, abroad: str, location: str) -> None:
    assert abroad not in found(text)
    assert [where for _, where in unlisted(text)] == [location]


def test_a_site_in_its_own_town_and_a_great_city_stay() -> None:
    assert "SY-damascus" in found("انفجار قرب جامعة دمشق في سوريا")
    assert "SA-riyadh" in found("وصل الوزير المصري إلى الرياض")
    assert "IQ-kirkuk" in found("انفجار في مدينة كركوك شمال بغداد")


@pytest.mark.parametrize(
    ("text", "near", "beyond"),
    [
        ("قصف منطقة جبلية متاخمة للحدود التركية شمالي سوريا", "SY", "TR"),
        ("هجوم على المناطق المحاذية للحدود السعودية في صعدة باليمن", "YE", "SA"),
        ("قصفت الطائرات السورية قرية محاذية لتركيا", "SY", "TR"),
        ("قصف تلال مطلة على الحدود اللبنانية في القلمون بسوريا", "SY", "LB"),
    ],
)
def test_what_lies_beside_a_country_does_not_lie_in_it(text: str, near: str, beyond: str) -> None:
    assert beyond not in found(text) and found(text)[near].rule in ("place.border", "place.country")
    assert any(m.rule == "place.border" and m.geo_precision == 2 for m in read(text).mentions)


@pytest.mark.parametrize(
    "text",
    ["لم يبق فينا من يقاتل", "يرتدي درعا واقيا من الرصاص", "تنازل الأمير للوليد بن طلال", "طائرة لشركة قزوين أير لاينز",
     "كتيبة عقبة بن نافع", "قتل ثلاثة في منطقة مأهولة بالسكان", "كتلة الحرة في البرلمان", "لاعب ليستر سيتي"],
)  # fmt: skip
def test_more_words_that_are_no_places(text: str) -> None:
    assert [m.place.name for m in read(text, country="SY").mentions] == []


@pytest.mark.parametrize(
    ("text", "place_ids"),
    [
        ("قصف مدينة الأبيض وأم روابة والخوي في السودان", {"SD-el-obeid", "SD-um-ruwaba", "SD-al-khiwai"}),
        ("قتلى عند دوار الكويت وقصف مستشفى كمال عدوان في غزة",
         {"PS-gaza-city-kuwait-roundabout", "PS-kamal-adwan-hospital"}),
        ("غارات على ميس الجبل وحولا ومركبا في لبنان", {"LB-mays-al-jabal", "LB-hula", "LB-markaba"}),
        ("قصف بوتشا وإيربين وبوكروفسك في أوكرانيا", {"UA-bucha", "UA-irpin", "UA-pokrovsk"}),
    ],
)  # fmt: skip
def test_places_of_later_news(text: str, place_ids: set[str]) -> None:
    assert place_ids <= found(text).keys()


def test_the_country_follows_the_place_before_it() -> None:
    text = "قالت الولايات المتحدة إن جنديا أميركيا قتل في منبج شمالي البلاد. وقال مسؤول أميركي إنه من تكساس"
    (mention,) = (m for m in read(text).mentions if m.rule == "place.the_country")
    assert mention.place.place_id == "SY"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("سيطر الجيش السوري على بلدات الحارة وسملين وزمرين في درعا", ["سملين", "زمرين"]),
        ("قصف الحوثيون قريتي (المحاريق، والكدف) في الحديدة باليمن", ["قريتي (المحاريق", "الكدف"]),
        ("خرجت مظاهرات في إيران في عبادان ومعشور والشبيشة والحميدية", ["الشبيشة"]),
        ("هاجم مسلحون دورية ببلدة ترال في الهند", ["بلدة ترال"]),
        ("قصفت الطائرات وادي دريهم ووادي بن عبدالله في اليمن", ["وادي دريهم", "وادي بن عبدالله"]),
        ("قتل جندي في ولاية بدغيس في أفغانستان", ["ولاية بدغيس"]),
        ("سيطر الجيش اليمني على منطقة العريش بمديرية موزع", ["منطقة العريش"]),
    ],
)
def test_names_of_lists_and_heads_that_no_table_has(text: str, words: list[str]) -> None:
    assert [name for name, _ in unlisted(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "كانت تعز أول محافظة اكتوت بالحرب في اليمن",
        "قطع الجيش اليمني آخر منفذ لإمدادهم بالسلاح",
        "وصل وفد إلى دمشق واستقبل مسؤولين في سوريا وزار حلب",
        "سيطر الجيش السوري على بلدات الحارة وتقدم نحو درعا",
    ],
)
def test_words_after_heads_and_between_towns_that_are_no_names(text: str) -> None:
    assert unlisted(text) == []
