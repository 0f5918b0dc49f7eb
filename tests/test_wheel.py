"""The wheel holds all it needs: built, installed into an empty environment outside the checkout, run on the sample."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "datasets" / "sample" / "articles.jsonl"


def run(*words: object, cwd: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run([str(word) for word in words], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (path,) = folder.glob("marsad-*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an empty environment with the wheel; its dependencies are lent by this one's site-packages."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(folder, with_pip=True)  # its own pip, since an environment that uv made has none
    python = folder / "bin" / "python"
    words = ("install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", wheel)
    run(python, "-m", "pip", *words, cwd=folder)
    purelib = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    (purelib / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin"


def test_tables_schemas_and_licence_travel_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = {
        "pipeline/_data/" + str(path.relative_to(ROOT))
        for top in ("schemas", "gazetteer")
        for path in (ROOT / top).rglob("*.*")
        if path.is_file()
    } | {str(path.relative_to(ROOT)) for path in (ROOT / "pipeline").rglob("*.csv")}
    tracked |= {str(path.relative_to(ROOT)) for path in (ROOT / "pipeline" / "report" / "assets").iterdir()}
    assert tracked - names == set()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "outputs/")) for name in names)


def test_the_wheel_asks_for_what_the_lock_pins(wheel: Path) -> None:
    (name,) = (n for n in zipfile.ZipFile(wheel).namelist() if n.endswith("/METADATA"))
    text = zipfile.ZipFile(wheel).read(name).decode()
    asked = {re.split(r"[^A-Za-z0-9._-]", m)[0].lower() for m in re.findall(r"^Requires-Dist: (.+)$", text, re.M)}
    pinned = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), re.M))
    assert {a.replace("_", "-") for a in asked} - pinned == set()
    assert "Name: marsad" in text


def test_the_lock_holds_hashes_and_no_address_or_path() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"(^|\s)(-i|--index-url|--extra-index-url|--find-links|--trusted-host|-e|/)", text)
    pins = re.split(r"\n(?=[a-z])", text)
    assert len(pins) > 40
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)


def test_the_installed_command_builds_the_sample_as_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import pipeline; print(pipeline.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    told = run(installed / "marsad", "build", SAMPLE, "--output", tmp_path / "wheel", "--workers", 1, cwd=tmp_path)
    assert re.search(r"^events +[1-9]", told, re.M)
    run(sys.executable, "-m", "pipeline", "build", SAMPLE, "-o", tmp_path / "checkout", "--workers", 2, cwd=ROOT)
    code = "from pipeline.machinery.versions import release; print(release())"
    assert run(installed / "python", "-c", code, cwd=tmp_path) == run(sys.executable, "-c", code, cwd=ROOT)
    for name in ("articles", "reports", "values", "events"):
        here, there = (tmp_path / side / f"{name}.parquet" for side in ("checkout", "wheel"))
        assert here.read_bytes() == there.read_bytes(), name
    assert pq.read_table(tmp_path / "wheel" / "events.parquet").num_rows > 0
