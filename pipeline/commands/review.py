"""marsad review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

HELP = """\
Correct a dataset: write rows of decisions/corrections.csv and decisions/merges.csv.

\b
marsad review set EVENT_ID fatalities 3 --dataset datasets/libya.toml --why "the report names three"
marsad review drop EVENT_ID --dataset datasets/libya.toml --why "an exercise"
marsad review add sub_event_type="Peaceful protest" event_date=2019-04-19 country=Libya … --dataset … --why …
marsad review same EVENT_A EVENT_B --dataset … --why …
marsad review different EVENT_A EVENT_B --dataset … --why …
marsad review list --dataset datasets/libya.toml

Rows are applied by the next marsad run, last of all, and always win.
"""

app = typer.Typer(rich_markup_mode=None, add_completion=False, help=HELP, no_args_is_help=True)

File = Annotated[Path, typer.Option("--dataset", "-d", metavar="FILE", help="The dataset's file.")]
Why = Annotated[str, typer.Option(metavar="TEXT", help="The reason, for those who read the row later.")]
Who = Annotated[str, typer.Option(metavar="NAME", help="Who says so. [default: the name of your account]")]
Day = Annotated[str, typer.Option("--date", metavar="DAY", help="The day of the decision. [default: today]")]
Id = Annotated[str, typer.Argument(metavar="EVENT_ID", help="16 digits, as in events.parquet.")]


@app.command("set")
def set_value(
    event_id: Id,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="A column of events.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help='The right value; "" for null.')],
    dataset: File,
    why: Why,
    who: Who = "",
    date: Day = "",
) -> None:
    """Give a field of an event another value."""
    _correct(dataset, [(event_id, field, value)], who, why, date)


@app.command()
def drop(event_id: Id, dataset: File, why: Why, who: Who = "", date: Day = "") -> None:
    """Take an event out of the dataset; a tombstone stays."""
    _correct(dataset, [(event_id, "drop", "")], who, why, date)


@app.command()
def add(
    fields: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="sub_event_type and event_date first.")],
    dataset: File,
    why: Why,
    who: Who = "",
    date: Day = "",
) -> None:
    """Add an event that no article told the machine."""
    from pipeline.rows import short_hash

    pairs = [one.partition("=") for one in fields]
    if wrong := [name for name, sign, _ in pairs if not sign]:
        raise ValueError(f"{wrong[0]!r}: write FIELD=VALUE")
    given = {name: value for name, _, value in pairs}
    if missing := [name for name in ("sub_event_type", "event_date") if not given.get(name)]:
        raise ValueError(f"an added event needs {' and '.join(missing)}")
    event_id = short_hash("added", *sorted(fields), why)
    order = sorted(given, key=lambda name: (name not in ("sub_event_type", "event_date"), name))
    rows = [(event_id, "add", ""), *((event_id, name, given[name]) for name in order)]
    _correct(dataset, rows, who, why, date)
    typer.echo(f"the new event is {event_id}")


@app.command()
def same(
    event_a: Id, event_b: Annotated[str, typer.Argument(metavar="EVENT_ID")], dataset: File, why: Why, who: Who = "",
    date: Day = "",
) -> None:  # fmt: skip
    """Rule that two events (or reports) are the same event."""
    _rule(dataset, "same", event_a, event_b, who, why, date)


@app.command()
def different(
    event_a: Id, event_b: Annotated[str, typer.Argument(metavar="EVENT_ID")], dataset: File, why: Why, who: Who = "",
    date: Day = "",
) -> None:  # fmt: skip
    """Rule that two events (or reports) are different events."""
    _rule(dataset, "different", event_a, event_b, who, why, date)


@app.command("list")
def list_rows(dataset: File) -> None:
    """Show the corrections and rulings of a dataset."""
    from pipeline.dataset.config import load_dataset
    from pipeline.dataset.rulings import read_corrections, read_rulings

    folder = load_dataset(dataset).decisions
    for row in read_corrections(folder):
        typer.echo(f"{row.date}  {row.event_id}  {row.field} = {row.value!r}  ({row.who}: {row.why})")
    for ruling in read_rulings(folder):
        typer.echo(
            f"{ruling.date}  {ruling.event_a} and {ruling.event_b}  {ruling.ruling}  ({ruling.who}: {ruling.why})"
        )


def _correct(file: Path, rows: list[tuple[str, str, str]], who: str, why: str, day: str) -> None:
    from pipeline.dataset.config import load_dataset
    from pipeline.dataset.rulings import Correction, add_rows

    name, day = _signed(who, day)
    written = [Correction(event_id, field, value, name, why, day) for event_id, field, value in rows]
    path = add_rows(load_dataset(file).decisions, written)
    typer.echo(f"{path}: {len(written)} {'row' if len(written) == 1 else 'rows'} added; marsad run {file} applies them")


def _rule(file: Path, ruling: str, event_a: str, event_b: str, who: str, why: str, day: str) -> None:
    from pipeline.dataset.config import load_dataset
    from pipeline.dataset.rulings import Ruling, add_rows

    name, day = _signed(who, day)
    path = add_rows(load_dataset(file).decisions, [Ruling(ruling, event_a, event_b, name, why, day)])
    typer.echo(f"{path}: 1 row added; marsad run {file} applies it")


def _signed(who: str, day: str) -> tuple[str, str]:
    import getpass
    from datetime import date

    return who or getpass.getuser(), day or date.today().isoformat()
