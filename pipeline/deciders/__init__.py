"""Deciders: which candidates are events, which only retell one, which are none. Chosen by name, never by stages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from pipeline.candidates import Candidate, Decision, Reading
from pipeline.resources import TableError


class Decider(Protocol):
    """decide gives one Decision a candidate, in the same order. version changes whenever its answers may."""

    name: str
    version: str

    def decide(self, candidates: Sequence[Candidate], reading: Reading) -> tuple[Decision, ...]: ...


def _null() -> Decider:
    from pipeline.deciders.null import NullDecider

    return NullDecider()


def _rules() -> Decider:
    from pipeline.deciders.merging import Merging
    from pipeline.deciders.rules import RulesDecider

    return RulesDecider(Merging.load())


def _model() -> Decider:
    from pipeline.deciders.model import ModelDecider

    return ModelDecider.load()


DECIDERS: dict[str, Callable[[], Decider]] = {"default": _model, "model": _model, "null": _null, "rules": _rules}


def load_decider(name: str, cache: Path | None = None) -> Decider:
    """The decider of that name, its answers kept in the folder cache when one is given.

    Raises TableError with the known names when there is none of that name.
    """
    if name not in DECIDERS:
        raise TableError(f"no decider {name!r}; there are: {', '.join(sorted(DECIDERS))}")
    decider = DECIDERS[name]()
    if cache is None:
        return decider
    from pipeline.deciders.cached import CachedDecider

    return CachedDecider(decider, cache)
