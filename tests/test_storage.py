"""fsspec URLs as inputs, output and place of parts: the same bytes as from disk, and one line when they fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline import build as build_module
from pipeline import coding
from pipeline.build import BuildOptions, Progress, build
from pipeline.cli import app
from pipeline.machinery import storage
from pipeline.writing.tables import TABLES

fsspec = pytest.importorskip("fsspec")
Write = Callable[..., Path]
TEXTS = [f"حدث {'كبير ' * (i % 4)}\nتكرار في المدينة" for i in range(12)]


@pytest.fixture
def memory() -> object:
    """An object store that lives in this process, empty."""
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    return files


def content(folder: storage.Place) -> dict[str, bytes]:
    return {name: storage.read_bytes(storage.inside(folder, f"{name}.parquet")) for name in TABLES}


@pytest.mark.parametrize("scheme", ["memory://desk", "file://"])
def test_a_build_from_url_to_url_gives_the_bytes_of_one_on_disk(
    scheme: str, memory: object, stand_in: None, write_articles: Write, tmp_path: Path
) -> None:
    top = f"{scheme}{tmp_path}" if scheme == "file://" else scheme
    folder = tmp_path / "year"
    folder.mkdir()
    write_articles(TEXTS[:5], "year/a.jsonl")
    write_articles([f"{text} أيضا" for text in TEXTS[5:]], "year/b.jsonl")
    (tmp_path / "alone.jsonl").write_text('{"text": "نص بلا تاريخ"}\n', encoding="utf-8")
    build(BuildOptions((folder, tmp_path / "alone.jsonl"), tmp_path / "out"))
    for path in (folder / "a.jsonl", folder / "b.jsonl", tmp_path / "alone.jsonl"):
        storage.write_bytes(f"{top}/in/{path.relative_to(tmp_path)}", path.read_bytes())
    inputs = (f"{top}/in/year", f"{top}/in/alone.jsonl")
    build(BuildOptions(inputs, f"{top}/out", parts=f"{top}/parts"))
    assert content(f"{top}/out") == content(tmp_path / "out")
    assert storage.exists(f"{top}/out/run.json") and storage.exists(f"{top}/out/report.html")
    assert pq.read_table(tmp_path / "out" / "quarantine.parquet")["file"].to_pylist()[-1] == "alone.jsonl"


def test_a_build_goes_on_from_parts_at_a_url(
    memory: object, stand_in: None, monkeypatch: pytest.MonkeyPatch, write_articles: Write, tmp_path: Path
) -> None:
    monkeypatch.setattr(build_module, "BATCH", 3)
    coded = []
    work = coding.code_batch
    monkeypatch.setattr(coding, "code_batch", lambda items, decider: coded.append(len(items)) or work(items, decider))

    def stop(progress: Progress) -> None:
        if progress.records == 6:
            raise KeyboardInterrupt

    options = BuildOptions((write_articles(TEXTS),), "memory://out", parts="memory://parts")
    with pytest.raises(KeyboardInterrupt):
        build(options, stop)
    assert coded == [3, 3] and not storage.exists("memory://out")
    build(options)
    assert coded == [3, 3, 3, 3]
    assert not any("part" in name for name in fsspec.filesystem("memory").store)
    build(BuildOptions((write_articles(TEXTS),), tmp_path / "out"))
    assert content("memory://out") == content(tmp_path / "out")


def test_a_copy_that_fails_leaves_the_tables_that_were_there(
    memory: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    storage.write_bytes("memory://out/events.parquet", b"old")
    for name in ("articles.parquet", "events.parquet", "run.json"):
        (tmp_path / name).write_bytes(b"new")
    real = storage.shutil.copyfileobj
    copied = []

    def full(source: object, out: object, size: int) -> None:
        copied.append(source)
        if len(copied) == 3:
            raise OSError(28, "No space left on device")
        real(source, out, size)  # type: ignore[arg-type]

    with monkeypatch.context() as disk:
        disk.setattr(storage.shutil, "copyfileobj", full)
        with pytest.raises(storage.StorageError, match=r"memory://out: OSError: .*No space left on device"):
            storage.deliver(tmp_path, "memory://out", "run.json")
    assert storage.read_bytes("memory://out/events.parquet") == b"old"
    assert not storage.exists("memory://out/articles.parquet")
    assert storage.deliver(tmp_path, "memory://out", "run.json")[-1] == "run.json"
    assert storage.read_bytes("memory://out/events.parquet") == b"new"


BAD = [
    ("memory://nowhere/a.jsonl", "memory://nowhere/a.jsonl: no such file or folder; check the address"),
    ("pigeon://a/b.jsonl", "pigeon://a/b.jsonl: ValueError: Protocol not known: pigeon; check the address and the "
                           "permissions"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "told"), BAD)
def test_a_url_that_cannot_be_read_is_told_in_one_line(url: str, told: str, memory: object, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["build", url, "--output", str(tmp_path / "out")])
    assert (result.exit_code, result.output) == (2, f"marsad: {told}\n")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_dataset_at_a_url_is_refused(memory: object, write_articles: Write) -> None:
    storage.write_bytes("memory://set/latest.json", b"{}")
    result = CliRunner().invoke(app, ["build", str(write_articles(TEXTS)), "--output", "memory://set/"])
    assert result.exit_code == 2
    assert result.output.startswith("marsad: memory://set/: is the folder of a dataset")
