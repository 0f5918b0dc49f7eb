"""Topics of sentences and of a story, and what the decider sees of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from pipeline.linear import names_of
from pipeline.reading.topics import Story, topic_groups
from pipeline.records import Article


@pytest.fixture(scope="module")
def kit() -> Any:
    from pipeline.order import load_kit

    return load_kit("ar", decider="null")


def topics_of(kit: Any, title: str, text: str) -> Any:
    from pipeline.order import read_article

    article = Article("a", datetime.fromisoformat("2019-05-02T10:00:00+00:00"), title, text)
    return read_article(article, kit)[0]


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("أوقفت الشرطة أمس شابين سرقا متجرا للمجوهرات", "crime"),
        ("ألقت الشرطة القبض على مهربين في الميناء", "crime"),
        ("اعتقلت الشرطة عنصرين بايعا تنظيم داعش", "militant"),
        ("اعتقلت قوات الأمن ناشطين معارضين", "opposition"),
        ("قتل سائق في حريق شب بعد اصطدام حافلتين", "accident"),
        ("هاجم المشجعون ملعب الفريق بعد المباراة", "sport"),
        ("وقعت الشركتان اتفاقا لزيادة الصادرات", "economy"),
        ("قصفت قوات الجيش مواقع المسلحين", "war"),
    ],
)
def test_a_sentence_has_the_topics_of_its_words(kit: Any, sentence: str, topic: str) -> None:
    topics = kit.language.topics
    assert topic in {name for word in topics_words(kit, sentence) for name in topics.of_word[word]}


def topics_words(kit: Any, sentence: str) -> list[str]:
    from pipeline.text import cut

    return cut(sentence)[0]


def test_words_of_one_topic_are_not_of_another(kit: Any) -> None:
    of_word = kit.language.topics.of_word
    assert of_word["مخدرات"] == ("crime",)
    assert of_word["والمخدرات"] == ("crime",)
    assert of_word["المدينه"] == ()


def test_a_story_of_crime_is_told_apart_from_one_of_militants(kit: Any) -> None:
    crime = topics_of(kit, "القبض على عصابة سرقت متاجر", "ألقت الشرطة القبض على أربعة أشخاص في صفاقس أمس.")
    militants = topics_of(kit, "القبض على خلية إرهابية", "ألقت الشرطة القبض على أربعة أشخاص في صفاقس أمس.")
    stories = [Story.of(found.topics, [s.kind for s in found.sentences]) for found in (crime, militants)]
    assert "crime" in stories[0].title and stories[0].political == "none"
    assert "militant" in stories[1].title and stories[1].political == "title"
    names = names_of(topic_groups(crime.topics, stories[0], 1, "arrest"))
    assert "topic_title_family=arrest/crime" in names and "topic_political_family=arrest/none" in names
    names = names_of(topic_groups(militants.topics, stories[1], 1, "arrest"))
    assert "topic_political_family=arrest/title" in names


def test_an_article_without_triggers_has_no_topics(kit: Any) -> None:
    found = topics_of(kit, "طقس", "ترتفع درجات الحرارة قليلا.")
    assert found.topics == () and topic_groups((), Story.of((), ()), 0, "arrest") == ()
