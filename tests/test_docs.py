"""The pages for readers are true: their commands, their Python and the notebook run, their links lead somewhere."""

from __future__ import annotations

import ast
import contextlib
import csv
import importlib.util
import io
import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import COMMANDS, app

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = ("quickstart.md", "recipes.md", "manual.md")
BLOCK = re.compile(r"(?:<!-- needs: ([a-z ]+) -->\n)?```(sh|python|console)\n(.*?)```", re.S)


def marsad(line: str) -> str:
    words = shlex.split(line, comments=True)
    assert words[0] == "marsad", line
    done = CliRunner().invoke(app, words[1:])
    assert done.exit_code == 0, f"{line}\n{done.output}"
    return done.output


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the data sets and outputs/sample, as make dataset leaves the folder of Marsad."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "datasets", folder / "datasets")
    with contextlib.chdir(folder):
        marsad("marsad build datasets/sample/articles.jsonl --output outputs/sample --workers 1 --quiet")
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_python_of_a_page_run_in_order(page: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    space: dict[str, Any] = {"__name__": "page"}
    ran = 0
    for needs, language, code in BLOCK.findall((DOCS / page).read_text(encoding="utf-8")):
        if any(importlib.util.find_spec(name) is None for name in needs.split()):
            continue
        if language == "sh":
            for line in code.splitlines():
                marsad(line)
        elif language == "python":
            with contextlib.redirect_stdout(io.StringIO()) as told:
                exec(compile(code, f"{page}: {code[:40]!r}", "exec"), space)
            assert told.getvalue() or "print" not in code, code
        ran += language != "console"
    assert ran >= 3
    if page == "recipes.md":  # the sample joined with its own export, and the two corrections
        assert set(space["best"]["event_id"]) <= set(space["acled"]["event_id"])
        assert 0 < len(space["best"]) <= len(space["theirs"]) == len(space["acled"])
        assert (space["best"]["km"] <= 25).all()
        first, second = space["events"]["event_id"].iloc[:2]
        assert space["corrected"].loc[first, "fatalities"] == 3
        assert second not in space["corrected"].index


def test_the_page_without_a_date_is_the_one_that_the_quick_start_names(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    told = marsad("marsad build datasets/pages --output outputs/pages")
    assert re.search(r"^set aside +1  no_publication_date 1\n  pages/ye-2018-05-17.html:1: no publ", told, re.M)
    marsad("marsad export outputs/pages --to csv --table quarantine --output outputs/aside.csv")
    with (home / "outputs" / "aside.csv").open(encoding="utf-8-sig", newline="") as lines:
        (row,) = csv.DictReader(lines)
    text = (DOCS / "quickstart.md").read_text(encoding="utf-8")
    assert f"`{Path(row['file']).name}`" in text
    day = re.search(r"--published-at (\S+)", text)
    assert day is not None
    told = marsad(f"marsad build datasets/pages --output outputs/pages --published-at {day[1]}")
    assert re.search(r"^articles +4$", told, re.M)
    assert re.search(r"^set aside +0$", told, re.M)


def test_the_pages_hold_the_articles_of_the_sample() -> None:
    """The saved pages are our own: each is an article of the sample corpus in a site's furniture."""
    with (ROOT / "datasets" / "sample" / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = {record["id"]: record for record in map(json.loads, lines)}
    pages = sorted((ROOT / "datasets" / "pages").glob("*.html"))
    assert len(pages) == 4
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert all(line.strip() in text for line in articles[page.stem]["text"].split("\n"))


def run_cell(source: str, space: dict[str, Any]) -> str:
    """Run a cell as Jupyter does and give what it shows: its prints, then the value of its last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()) as told:
        exec(compile(tree, "cell", "exec"), space)
        value = None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), space)
    shown = "" if value is None else getattr(value, "_repr_html_", value.__repr__)()
    return told.getvalue() + shown


@pytest.mark.parametrize("start", [".", "docs"])
def test_the_notebook_runs_on_the_sample(start: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / start).mkdir(exist_ok=True)
    monkeypatch.chdir(home / start)
    notebook = json.loads((DOCS / "quickstart.ipynb").read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    space: dict[str, Any] = {"__name__": "__main__"}
    shown = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [], "clear the outputs; they would go stale"
            shown.append(run_cell("".join(cell["source"]), space))
    assert len(shown) >= 8
    assert sum("<table" in text for text in shown) >= 4
    assert (home / "outputs" / "events.xlsx").stat().st_size > 10_000


@pytest.mark.parametrize("page", sorted(path.name for path in DOCS.glob("*.md")))
def test_links_of_the_docs_lead_to_files(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    text = re.sub(r"`[^`]*`", "", text)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        file, _, part = target.partition("#")
        if file.startswith("https://"):
            continue
        path = DOCS / file if file else DOCS / page
        assert path.exists(), target
        if part:
            titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
            assert part in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}, target


def test_commands_that_the_pages_name_exist() -> None:
    for page in PAGES:
        text = (DOCS / page).read_text(encoding="utf-8")
        assert set(re.findall(r"(?:`|^)marsad ([a-z]+)", text, re.M)) <= COMMANDS.keys(), page


def test_the_manual_begins_in_arabic_and_tells_the_five_things() -> None:
    text = (DOCS / "manual.md").read_text(encoding="utf-8")
    arabic, english = text.split("\n# Manual\n")
    assert text.startswith("# دليل مرصد")
    assert re.findall(r"^## (.+)$", arabic, re.M) == ["ما هو مرصد", "التثبيت", "البناء", "القراءة", "التصحيح"]
    assert all(page in english for page in ("quickstart.md", "recipes.md", "codebook.md"))
