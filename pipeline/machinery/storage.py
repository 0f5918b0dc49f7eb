"""Places that are no local paths: fsspec URLs (s3://…, gs://…, file://…, memory://…), read, written and published."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeGuard

Place = Path | str  # a str is an fsspec URL
MARK = "://"


class StorageError(ValueError):
    """A place that cannot be read or written; the message names it and the remedy."""


def located(text: str) -> Place:
    """What a user names: an fsspec URL as it is, anything else as a local path."""
    return text.rstrip("/") if MARK in text else Path(text)


def is_url(place: Place) -> TypeGuard[str]:
    return isinstance(place, str)


def inside(place: Place, name: str) -> Place:
    """The place of that name below a folder."""
    return f"{place}/{name}" if is_url(place) else Path(place) / name


def exists(place: Place) -> bool:
    """Raises StorageError."""
    if not is_url(place):
        return Path(place).exists()
    with _told(place):
        files, path = _files(place)
        return bool(files.exists(path))


def read_bytes(place: Place) -> bytes:
    """The content of a file. Raises OSError or StorageError."""
    if not is_url(place):
        return Path(place).read_bytes()
    with _told(place):
        files, path = _files(place)
        content: bytes = files.cat_file(path)
        return content


def write_bytes(url: str, content: bytes) -> None:
    """A file with that content, there whole or not at all. Raises StorageError."""
    with _told(url):
        files, path = _files(url)
        _put(files, [(content, path)])


def remove(url: str) -> None:
    """Remove a folder with all that is in it; what cannot be removed stays."""
    with contextlib.suppress(StorageError), _told(url):
        files, path = _files(url)
        files.rm(path, recursive=True)


def fetched(inputs: Sequence[Place], scratch: Path) -> list[Path]:
    """The inputs as local paths: what a URL names (a file or a folder) is copied below scratch, under its own name.

    All are there before the first is read, so that a network that fails sets no article aside. Raises StorageError.
    """
    local = []
    for number, given in enumerate(inputs):
        if not is_url(given):
            local.append(Path(given))
            continue
        target = scratch / f"{number:06}" / given.rsplit("/", 1)[1]
        target.parent.mkdir(parents=True)
        with _told(given):
            files, path = _files(given)
            if not files.exists(path):
                raise StorageError(f"{given}: no such file or folder; check the address")
            files.get(path, str(target), recursive=bool(files.isdir(path)))
        local.append(target)
    return local


def deliver(stage: Path, url: str, last: str) -> list[str]:
    """Copy every file of the stage to the place, the file named last at the end; gives back their names.

    All are written before the first appears under its name, where the place has such transactions (local disks, memory,
    S3, Google); so a copy that fails leaves what was there. Raises StorageError.
    """
    names = sorted((path.name for path in stage.iterdir()), key=lambda name: (name == last, name))
    with _told(url):
        files, path = _files(url)
        _put(files, [(stage / name, f"{path}/{name}") for name in names])
    return names


def _put(files: Any, wanted: Sequence[tuple[bytes | Path, str]]) -> None:
    files.makedirs(wanted[0][1].rsplit("/", 1)[0], exist_ok=True)
    with files.transaction:
        for content, path in wanted:
            with files.open(path, "wb") as out:
                if isinstance(content, bytes):
                    out.write(content)
                else:
                    with content.open("rb") as source:
                        shutil.copyfileobj(source, out, 1 << 20)


def _files(url: str) -> tuple[Any, str]:
    """(file system, path in it) of a URL."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise StorageError(f"{url}: addresses need fsspec: pip install 'marsad[dask]'") from error
    files, path = url_to_fs(url)
    return files, str(path)


@contextlib.contextmanager
def _told(url: str) -> Iterator[None]:
    """Whatever a file system raises, in one line that names the place."""
    try:
        yield
    except StorageError:
        raise
    except ImportError as error:
        raise StorageError(f"{url}: {error}") from error
    except Exception as error:
        told = (str(error).splitlines() or [""])[0]
        raise StorageError(f"{url}: {type(error).__name__}: {told}; check the address and the permissions") from error
