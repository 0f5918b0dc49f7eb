"""The gazetteer: places as data, compiled into one artefact and loaded from there."""

from pipeline.gazetteer.load import Country, Gazetteer, NameUse

__all__ = ["Country", "Gazetteer", "NameUse"]
