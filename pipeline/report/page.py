"""report.html: one file that shows a build, works from disk and asks for nothing from the network."""

from __future__ import annotations

import base64
import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.report.data import page_data
from pipeline.report.names import arabic_names
from pipeline.resources import folder, read_rows

ASSETS = Path(__file__).with_name("assets")
SCRIPTS = ("base", "store", "charts", "table", "map", "mapkeys", "texts", "detail", "dropped", "main")
NAME = "report.html"


def write_report(stage: Path, run: dict[str, Any]) -> Path:
    """Write report.html beside the tables of a build and return its path. run is the content of its run.json.

    Equal tables, inputs and code give an equal page: times and the number of workers stay out. Raises OSError.
    """
    data = page_data(stage)
    core = data.core | {
        "title": _title(run),
        "facts": _facts(run),
        "words": _pairs(Path(__file__).with_name("words.csv"), "key", "en", "ar"),
        "rule_words": _rule_words(),
        "reason_words": _pairs(folder("schemas") / "reasons.csv", "reason", "meaning", "meaning_ar"),
        "arabic": arabic_names(data.core["places"], _actors(data.core["actors"], data.detail["strings"])),
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
    """What rules mean, in English and Arabic; the English of date rules stands in their own table."""
    dates = _pairs(folder("schemas") / "date_rules.csv", "rule", "meaning")
    ours = _pairs(Path(__file__).with_name("rule_words.csv"), "rule", "en", "ar")
    told = {rule: [english or dates.get(rule, [""])[0], arabic] for rule, (english, arabic) in ours.items()}
    return {rule: [meaning, ""] for rule, (meaning,) in dates.items()} | told


def _actors(named: list[str], strings: list[str]) -> set[str]:
    return {*named, *strings}


def _title(run: dict[str, Any]) -> str:
    files = [entry["file"] for entry in run["inputs"]]
    return ", ".join(files[:3]) + (f" + {len(files) - 3:,}" if len(files) > 3 else "")


def _facts(run: dict[str, Any]) -> list[list[str]]:
    counts: dict[str, dict[str, int]] = run["counts"]
    reports = counts.get("reports", {})
    files = [f"{entry['file']} ({entry['sha256'][:12]})" for entry in run["inputs"][:20]]
    versions = run["versions"]
    return [
        ["inputs", "; ".join(files) + (" …" if len(run["inputs"]) > 20 else "")],
        ["languages", ", ".join(run["languages"])],
        ["read", f"{counts.get('articles', {}).get('read', 0):,}"],
        ["events", f"{reports.get('coded', 0):,}"],
        ["merged", f"{reports.get('merged', 0):,}"],
        ["dropped", f"{reports.get('dropped', 0):,}"],
        ["decider", f"{run['decider']['name']} {run['decider']['version']}"],
        ["marsad", run["marsad"]],
        ["tables", f"{versions['code']} · {versions['tables']}"],
    ]
