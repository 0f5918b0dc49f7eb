"""Marsad: Arabic news articles to conflict-event tables in the style of ACLED."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from pipeline.writing.frames import read_events as read_events


def __getattr__(name: str) -> Any:
    """read_events, imported when it is first asked for, so that importing the package stays quick."""
    if name == "read_events":
        from pipeline.writing.frames import read_events

        return read_events
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
