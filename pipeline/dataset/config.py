"""The file of a dataset: what it holds, from which inputs, and what must be true of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.contracts.schema import load_contract
from pipeline.languages import known_languages
from pipeline.resources import folder, read_rows

KEYS = {
    "title", "description", "inputs", "countries", "families", "languages", "decider", "decisions", "keep_runs",
    "absent", "outlets", "assertions",
}  # fmt: skip
CHECKS: dict[str, tuple[str, ...]] = {
    "rows": ("minimum", "maximum"),
    "rows_by_month": ("minimum", "maximum", "from", "to"),
    "share_geo_precision_3": ("maximum",),
    "share_unknown_actors": ("maximum",),
    "share_quarantined": ("maximum",),
    "share_repeated": ("maximum",),
    "drift": ("maximum",),
    "share_withdrawn": ("maximum",),
}


class DatasetError(ValueError):
    """A dataset file or a file of rulings that cannot be used; the message names file, place and remedy."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """One thing that must be true: a check of CHECKS with its limits; level is fail or warn."""

    check: str
    level: str
    limits: Mapping[str, Any]


@dataclass(frozen=True)
class Dataset:
    """A dataset file. Paths are absolute; empty countries and families mean all of them."""

    path: Path
    title: str
    inputs: tuple[str, ...]
    countries: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ("ar",)
    decider: str = "default"
    decisions: Path = Path()
    keep_runs: int = 30
    absent: str = "withdraw"
    scales: Mapping[str, str] = field(default_factory=dict)
    assertions: tuple[Assertion, ...] = ()

    @property
    def name(self) -> str:
        return self.path.stem

    def files(self) -> list[Path]:
        """The inputs as paths; a pattern (*, ?) gives the files that match it, sorted."""
        found: list[Path] = []
        for given in self.inputs:
            if any(mark in given for mark in "*?["):
                matching = sorted(self.path.parent.glob(given))
                if not matching:
                    raise DatasetError(f"{self.path}: inputs: nothing matches {given!r}; correct the pattern")
                found += matching
            else:
                found.append(self.path.parent / given)
        return found


def load_dataset(path: Path) -> Dataset:
    """Read and check a dataset file. Raises DatasetError."""
    if not path.is_file():
        raise DatasetError(f"{path}: no such dataset file; see docs/datasets.md for how to write one")
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: no valid TOML: {error}") from error
    if unknown := sorted(raw.keys() - KEYS):
        raise DatasetError(f"{path}: unknown key {unknown[0]!r}; there are: {', '.join(sorted(KEYS))}")
    title = _typed(path, raw, "title", str, "")
    inputs = _names(path, raw, "inputs")
    if not title or not inputs:
        raise DatasetError(f"{path}: title and inputs are needed; add the one that is missing")
    families = {row["family"] for row in read_rows(folder("schemas") / "families.csv")}
    countries = {row["name_en"] for row in read_rows(folder("gazetteer") / "countries.csv")}
    languages = _names(path, raw, "languages") or ("ar",)
    _known(path, "families", _names(path, raw, "families"), families)
    _known(path, "countries", _names(path, raw, "countries"), countries)
    _known(path, "languages", languages, set(known_languages()))
    absent = _typed(path, raw, "absent", str, "withdraw")
    _known(path, "absent", (absent,), {"withdraw", "keep"})
    keep = _typed(path, raw, "keep_runs", int, 30)
    if keep < 1:
        raise DatasetError(f"{path}: keep_runs is {keep}; keep at least 1")
    home = path.absolute().parent
    return Dataset(
        path.absolute(),
        title,
        inputs,
        frozenset(_names(path, raw, "countries")),
        frozenset(_names(path, raw, "families")),
        languages,
        _typed(path, raw, "decider", str, "default"),
        home / _typed(path, raw, "decisions", str, f"{path.stem}/decisions"),
        keep,
        absent,
        _scales(path, _typed(path, raw, "outlets", dict, {})),
        tuple(_assertion(path, one) for one in _typed(path, raw, "assertions", list, [])),
    )


def _typed(path: Path, raw: dict[str, Any], key: str, kind: type, default: Any) -> Any:
    value = raw.get(key, default)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise DatasetError(f"{path}: {key} must be of type {kind.__name__}, not {value!r}")
    return value


def _names(path: Path, raw: dict[str, Any], key: str) -> tuple[str, ...]:
    values = _typed(path, raw, key, list, [])
    if not all(isinstance(value, str) and value for value in values):
        raise DatasetError(f"{path}: {key} must be a list of texts")
    return tuple(values)


def _known(path: Path, key: str, names: tuple[str, ...], known: set[str]) -> None:
    for name in names:
        if name not in known:
            near = [one for one in sorted(known) if one.lower().startswith(name[:3].lower())] or sorted(known)[:9]
            raise DatasetError(f"{path}: {key}: {name!r} is not known; perhaps: {', '.join(near[:9])}")


def _scales(path: Path, outlets: dict[str, Any]) -> dict[str, str]:
    allowed = next(c.values for c in load_contract("events").columns if c.name == "source_scale")
    scales: dict[str, str] = {}
    for name, scale in outlets.items():
        if scale not in allowed or "-" in scale:
            single = ", ".join(one for one in allowed if "-" not in one)
            raise DatasetError(f"{path}: outlets: the scale of {name!r} is {scale!r}; give one of: {single}")
        scales[name] = scale
    return scales


def _assertion(path: Path, raw: Any) -> Assertion:
    if not isinstance(raw, dict) or raw.get("check") not in CHECKS:
        raise DatasetError(f"{path}: assertions: check must be one of {', '.join(CHECKS)}, not {raw!r}")
    check, level = raw["check"], raw.get("level", "fail")
    if level not in ("fail", "warn"):
        raise DatasetError(f"{path}: assertions: {check}: level is {level!r}; give fail or warn")
    limits = {key: value for key, value in raw.items() if key not in ("check", "level")}
    if not limits or (wrong := sorted(limits.keys() - set(CHECKS[check]))):
        given = wrong[0] if limits else "nothing"
        raise DatasetError(f"{path}: assertions: {check} takes {', '.join(CHECKS[check])}; {given} was given")
    if not {"minimum", "maximum"} & limits.keys():
        raise DatasetError(f"{path}: assertions: {check} needs a minimum or a maximum")
    for key, value in limits.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (number if key in ("minimum", "maximum") else isinstance(value, str)):
            raise DatasetError(f"{path}: assertions: {check}: {key} is {value!r}; give a number, months as 2019-04")
    return Assertion(check, level, limits)
