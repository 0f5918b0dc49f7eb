"""report.html: one file that shows a build, works from disk and asks for nothing from the network."""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.contracts.rulebook import WILD, load_rules
from pipeline.report.data import page_data
from pipeline.report.names import arabic_names
from pipeline.resources import folder, read_rows

ASSETS = Path(__file__).with_name("assets")
SCRIPTS = ("base", "store", "charts", "table", "map", "marks", "mapkeys", "texts", "detail", "dropped", "main")
NAME = "report.html"


def write_report(stage: Path, run: dict[str, Any]) -> Path:
    """Write report.html beside the tables of a build and return its path. run is the content of its run.json.

    Equal tables, inputs and code give an equal page: times and the number of workers stay out. Raises OSError.
    """
    data = page_data(stage)
    core = data.core | {
        "title": _title(run),
        "facts": _facts(run, data.core),
        "words": _pairs(Path(__file__).with_name("words.csv"), "key", "en", "ar"),
        "rule_words": _rule_words(),
        "reason_words": _pairs(folder("schemas") / "reasons.csv", "reason", "meaning", "meaning_ar"),
        "arabic": arabic_names(data.places, {*data.core["actors"], *data.detail["strings"]}),
        "outlines": json.loads((ASSETS / "outlines.json").read_text(encoding="utf-8")),
    }
    path = stage / NAME
    filled = {"css": _asset("report.css"), "js": _script(), "core": _packed(core), "detail": _packed(data.detail)}
    page = _asset("template.html")
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for piece in page.split("{{"):
            name, closed, rest = piece.partition("}}")
            out.write(filled[name] + rest if closed and name in filled else piece)
    return path


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _script() -> str:
    return "\n".join(_asset(f"{name}.js") for name in SCRIPTS)


def _packed(value: Any) -> str:
    """Gzipped JSON as base64; the bytes depend on the value alone."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), 6, mtime=0)).decode("ascii")


def _pairs(path: Path, key: str, *columns: str) -> dict[str, list[str]]:
    return {row[key]: [row[column] for column in columns] for row in read_rows(path)}


def _rule_words() -> dict[str, list[str]]:
    """What each rule means, in English (the rule book) and Arabic ("" where rule_words.csv has none)."""
    arabic = {row["rule"]: row["ar"] for row in read_rows(Path(__file__).with_name("rule_words.csv"))}
    wild = {rule: f"{rule.rpartition('.')[0]}{WILD}" for rule in load_rules()}
    return {
        rule: [found.meaning, arabic.get(rule) or arabic.get(wild[rule], "")] for rule, found in load_rules().items()
    }


def _title(run: dict[str, Any]) -> str:
    """A dataset's own title; else the names of the input files."""
    files = [name for name, _ in _inputs(run)]
    return run.get("title") or ", ".join(files[:3]) + (f" + {len(files) - 3:,}" if len(files) > 3 else "")


def _inputs(run: dict[str, Any]) -> list[tuple[str, str]]:
    """(name, hash) of the input files; runs of a dataset keep them as a mapping."""
    inputs = run["inputs"]
    if isinstance(inputs, dict):
        return [(name, str(value) if isinstance(value, str) else "") for name, value in sorted(inputs.items())]
    return [(entry["file"], entry["sha256"]) for entry in inputs]


def _facts(run: dict[str, Any], core: dict[str, Any]) -> list[list[str]]:
    """Lines of the page's "About": what was read by what. Nothing here differs between equal builds."""
    inputs = _inputs(run)
    files = [f"{name} ({digest[:12]})" if digest else name for name, digest in inputs[:20]]
    told: dict[str, int] = Counter()
    for decision, _, number in core["reasons"]:
        told[decision] += number
    decider = run["decider"]
    versions = run["versions"]
    facts = [
        ["inputs", "; ".join(files) + (" …" if len(inputs) > 20 else "")],
        ["languages", ", ".join(run.get("languages", ()))],
        ["read", f"{core['articles']:,}"],
        ["events", f"{core['total']:,}"],
        ["merged", f"{told['merged']:,}"],
        ["dropped", f"{told['dropped']:,}"],
        ["decider", decider if isinstance(decider, str) else f"{decider['name']} {decider['version']}"],
        ["marsad", run.get("marsad", __version__)],
        ["tables", " · ".join(versions[name] for name in ("code", "tables") if name in versions)],
    ]
    return [[name, value] for name, value in facts if value]
