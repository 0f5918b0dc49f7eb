"""Publication times as inputs give them: ISO 8601, a timestamp, or a date in free form. Never a guess."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timezone
from functools import lru_cache
from typing import Any

from pipeline.text import fold, fold_key

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})(?!\d)")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_JOINED = re.compile(r"\s*([:./+-])\s*")  # a clock or a numeric date that the cut into words took apart


class PublicationError(ValueError):
    """A publication time that cannot be read without a guess; the message says what to write instead."""


def publication_time(given: Any) -> datetime | date:
    """The publication time, its zone kept; a bare date stays a date.

    Takes text, datetime, date, or Unix seconds or milliseconds (read as UTC). Raises PublicationError for anything
    that is no absolute day: relative words (yesterday), day and month that could be exchanged (04/05/2018).
    """
    if isinstance(given, datetime | date):
        return given
    text = fold(str(given if given is not None else "")).text.strip()
    if not text or text.lower() in ("none", "nan", "nat", "null"):
        raise PublicationError("no published_at; give the publication time in ISO 8601")
    return _read(text)


@lru_cache(maxsize=65_536)
def _read(text: str) -> datetime | date:
    try:
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)
        return datetime.fromisoformat(text)
    except ValueError:
        return _free(text)


def _free(text: str) -> datetime | date:
    """A date in free form, read by dateparser: day, month and year must all be printed."""
    import dateparser

    numeric = _NUMERIC.search(text)
    if numeric and int(numeric[1]) <= 12 and int(numeric[2]) <= 12 and numeric[1] != numeric[2]:
        raise PublicationError(f"published_at {text!r}: day and month could be exchanged; write {numeric[3]}-MM-DD")
    order = "MDY" if numeric and int(numeric[2]) > 12 else "DMY"
    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": order}
    spelled = f" {' '.join(fold_key(text))} "
    for name, english in _names():
        spelled = spelled.replace(f" {name} ", f" {english} ")
    spelled = re.sub(r"\b([A-Z][a-z]+) / \1\b", r"\1", spelled)  # أبريل/نيسان
    spelled = _JOINED.sub(r"\1", spelled).strip()
    found: datetime | None = dateparser.parse(spelled, languages=["en", "ar", "fr"], settings=settings)
    if found is None:
        raise PublicationError(f"published_at {text!r} is no date; write the publication time in ISO 8601")
    if not _CLOCK.search(text):
        return found.date()
    offset = found.utcoffset()
    return found if offset is None else found.replace(tzinfo=timezone(offset))


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, str], ...]:
    """Folded Arabic names of months (of every region) and weekdays with the English ones, longest first."""
    from babel import Locale

    found = {}
    english = Locale.parse("en")
    for region in ("ar_EG", "ar_SY", "ar_DZ", "ar_MA"):
        locale = Locale.parse(region)
        for names, spoken in ((locale.months, english.months), (locale.days, english.days)):
            for number, name in names["format"]["wide"].items():
                found[" ".join(fold_key(name))] = spoken["format"]["wide"][number]
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))
