"""Asking Nominatim for a name that the gazetteer has not: off unless asked for, slow on purpose, and remembered."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from pipeline.gazetteer.sources import cache_folder

USER_AGENT = "marsad-event-data (places of Arabic news)"
SECONDS_BETWEEN = 1.1  # Nominatim's usage policy allows one request a second


class OnlineLookup:
    """Answers by Nominatim, one a second, each name and country asked once ever (the cache is one JSON file).

    server: host and port of another Nominatim, for tests and own installations; scheme http or https.
    """

    def __init__(self, server: str = "", scheme: str = "https", cache: Path | None = None) -> None:
        from geopy.extra.rate_limiter import RateLimiter
        from geopy.geocoders import Nominatim

        options: dict[str, Any] = {"user_agent": USER_AGENT, "timeout": 10, "scheme": scheme}
        if server:
            options["domain"] = server
        pause = 0.0 if server else SECONDS_BETWEEN
        self._ask = RateLimiter(
            Nominatim(**options).geocode, min_delay_seconds=pause, max_retries=1, error_wait_seconds=pause,
            swallow_exceptions=True,
        )  # fmt: skip
        self._path = cache or cache_folder() / "nominatim.json"
        self._known: dict[str, Any] = {}
        if self._path.is_file():
            self._known = json.loads(self._path.read_text(encoding="utf-8"))

    def find(self, name: str, country: str) -> dict[str, Any] | None:
        """Latitude, longitude and display name of a name in a country (ISO alpha-2 or ""), or None. Never raises."""
        key = f"{country}|{name}"
        if key not in self._known:
            answer = self._ask(name, country_codes=country.lower() or None, exactly_one=True)
            self._known[key] = (
                {"latitude": round(answer.latitude, 4), "longitude": round(answer.longitude, 4), "name": answer.address}
                if answer is not None
                else None
            )
            self._save()
        found: dict[str, Any] | None = self._known[key]
        return found

    def _save(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._path.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(json.dumps(self._known, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        os.replace(temporary, self._path)
