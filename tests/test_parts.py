"""A build that was interrupted goes on from its finished parts, and ends in the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

import pipeline.build as build_module
from pipeline import coding
from pipeline.build import BuildOptions, Progress, build
from pipeline.writing.parts import Numbered, Parts
from pipeline.writing.tables import TABLES

TEXTS = ["حدث أول", "خلفية", "حدث\nتكرار", "اتصال", "سم", "حدث ثالث", "حدث رابع", "خلفية\nحدث"] * 3


@pytest.fixture
def small(stand_in: None, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Batches of five articles; the list has how many each coded batch held."""
    coded: list[int] = []
    work = coding.code_batch

    def noted(items: list[coding.Item], decider: str) -> coding.CodedBatch:
        coded.append(len(items))
        return work(items, decider)

    monkeypatch.setattr(build_module, "BATCH", 5)
    monkeypatch.setattr(coding, "code_batch", noted)
    return coded


def stopping(after: int) -> Callable[[Progress], None]:
    seen: list[Progress] = []

    def watch(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == after:
            raise KeyboardInterrupt

    return watch


def content(folder: Path) -> dict[str, bytes]:
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


def test_an_interrupted_build_codes_only_what_is_left(
    small: list[int], tmp_path: Path, write_articles: Callable[..., Path]
) -> None:
    articles = write_articles([f"{text} {number}" for number, text in enumerate(TEXTS)])
    build(BuildOptions((articles,), tmp_path / "whole"))
    assert small == [5, 5, 5, 5, 4]
    small.clear()
    options = BuildOptions((articles,), tmp_path / "out", parts=tmp_path / "parts")
    with pytest.raises(KeyboardInterrupt):
        build(options, stopping(3))
    assert small == [5, 5, 5] and not (tmp_path / "out").exists()
    small.clear()
    run = build(options)
    assert small == [5, 4]
    assert content(tmp_path / "out") == content(tmp_path / "whole")
    assert run["counts"]["articles"]["read"] + sum(run["counts"].get("quarantine", {}).values()) == len(TEXTS)
    assert list((tmp_path / "parts").iterdir()) == []  # published: nothing to go on from


def test_other_inputs_or_options_begin_anew(
    small: list[int], tmp_path: Path, write_articles: Callable[..., Path]
) -> None:
    articles = write_articles(["حدث أول", "حدث ثان"])
    for stop, name, decider in ((True, "a", "default"), (False, "b", "null")):
        options = BuildOptions((articles,), tmp_path / name, decider=decider, parts=tmp_path / "parts")
        if stop:
            with pytest.raises(KeyboardInterrupt):
                build(options, stopping(1))
        else:
            build(options)
    assert small == [2, 2]


def test_two_workers_go_on_from_the_parts_of_one(
    stand_in: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, write_articles: Callable[..., Path]
) -> None:
    monkeypatch.setattr(build_module, "BATCH", 5)
    articles = write_articles([f"{text} {number}" for number, text in enumerate(TEXTS)])
    build(BuildOptions((articles,), tmp_path / "whole"))
    with pytest.raises(KeyboardInterrupt):
        build(BuildOptions((articles,), tmp_path / "out", parts=tmp_path / "parts"), stopping(2))
    build(BuildOptions((articles,), tmp_path / "out", parts=tmp_path / "parts", workers=2))
    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_a_damaged_part_is_no_part(tmp_path: Path) -> None:
    parts = Parts.of(tmp_path, {"inputs": "one"})
    tables, counts = {"events": pa.table({"a": [1, 2]}), "values": pa.table({"b": ["x"]})}, Counter({("s", "r"): 2})
    assert parts.read(0) is None
    parts.write(0, tables, counts)
    assert parts.read(0) == (tables, counts)
    (path,) = parts.folder.iterdir()
    whole = path.read_bytes()
    for size in (0, 5, len(whole) // 2, len(whole) - 20):
        path.write_bytes(whole[:size])
        assert parts.read(0) is None
    assert Parts.of(tmp_path, {"inputs": "two"}).folder != parts.folder


def test_a_slice_of_a_batch_is_no_part() -> None:
    import pickle

    batch = Numbered(["a", "b", "c"], 7)
    again = pickle.loads(pickle.dumps(batch))
    assert (list(again), again.number) == (["a", "b", "c"], 7)
    assert not isinstance(batch[:2], Numbered)
