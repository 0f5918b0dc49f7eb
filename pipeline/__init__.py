"""Marsad: Arabic news articles to conflict-event tables in the style of ACLED."""

__version__ = "0.1.0"
