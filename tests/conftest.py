"""What tests share: the shared folder, articles, and a small stand-in for the coding stages."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared evidence: MARSAD_SHARED, else ../shared beside the checkout. Skips where it is missing."""
    path = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared")
    if not (path / "gold" / "dev.jsonl").is_file():
        pytest.skip(f"needs the shared articles and gold, which are not at {path} (set MARSAD_SHARED)")
    return path


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Code with tests/stand_in.py in place of the stages, in this process and in forked workers."""
    import stand_in as stages

    from pipeline import coding

    monkeypatch.setitem(sys.modules, "pipeline.order", stages)
    monkeypatch.setitem(sys.modules, "pipeline.events", stages)
    coding.kit_of.cache_clear()
    yield
    coding.kit_of.cache_clear()


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    """For runs of datasets the version of code and tables stands still, whatever is edited while the tests run."""
    monkeypatch.setattr("pipeline.dataset.plan.coding_version", lambda *given: "one")
    monkeypatch.setattr("pipeline.dataset.plan.content_hash", lambda paths: "one")


@pytest.fixture
def write_articles(tmp_path: Path) -> Callable[..., Path]:
    """write_articles(texts, name) makes a JSONL file of articles a0, a1, … published on 3 June 2021."""

    def write(texts: Sequence[str], name: str = "articles.jsonl") -> Path:
        stamp = "2021-06-03T18:30:00+02:00"
        common = {"published_at": stamp, "title": "خبر من المدينة"}
        rows = [{"id": f"a{i}", **common, "text": text} for i, text in enumerate(texts)]
        path = tmp_path / name
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return path

    return write
