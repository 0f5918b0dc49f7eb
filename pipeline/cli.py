"""The marsad command: its page of help, its commands, and how errors are told. Exit codes 0 done, 1 failed, 2 usage."""

from __future__ import annotations

import importlib
import importlib.util
import os
from typing import Any

import typer

HELP = """\
Marsad turns Arabic news articles into event tables in the style of ACLED.

\b
Start here:
  marsad build articles.jsonl --output outputs/mine
        read articles, write articles, reports, values, events … as Parquet
  marsad explain EVENT_ID --output outputs/mine --rules
        why a row is there: each value, its rule, its words in the sentence
  marsad export outputs/mine --to xlsx --output events.xlsx
        for Excel; other forms are ACLED's CSV, GeoJSON, GeoParquet, PLOVER
  marsad compare outputs/before outputs/mine
        what a change of rules or tables gained, lost and changed

\b
An article is one JSON object a line (or a CSV or Parquet row, or a saved .html page):
  {"published_at": "2021-06-03T18:30:00+02:00", "title": "…", "text": "…"}
published_at is the article's clock: أمس and الجمعة are read against it, never against today.
What cannot be used is set aside in quarantine.parquet with its reason; the rest goes on.

\b
The tables are Parquet; with the Python of the environment that marsad is in:
  python -c "import pipeline; print(pipeline.read_events('outputs/mine'))"
codebook.md beside them tells what every column, event type and rule means.

\b
Exit codes:
  0  done
  1  done, but an assertion of the dataset failed (nothing could be read, a stage broke, a score is too low)
  2  bad usage or unreadable input
"""

# Command → module and what one line of help says; the order is that of the help page.
COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("pipeline.commands.build", "Turn articles into event tables."),
    "run": ("pipeline.commands.run", "Run a dataset that lives: code what is new, merge, correct, publish."),
    "review": ("pipeline.commands.review", "Correct a dataset: values, dropped and added events, same or different."),
    "explain": ("pipeline.commands.explain", "Show why an event or report is as it is."),
    "compare": ("pipeline.commands.compare", "Show what two builds differ in, each row with its sentence."),
    "evaluate": ("pipeline.commands.evaluate", "Score reports against hand-coded events."),
    "export": ("pipeline.commands.export", "Write events for ACLED's users, Excel, maps, PLOVER."),
    "codebook": ("pipeline.commands.codebook", "Print what every column, event type, rule and reason means."),
    "dates": ("pipeline.commands.dates", "Read the date expressions of a text."),
    "geocode": ("pipeline.commands.geocode", "Look places up in the gazetteer."),
    "gazetteer": ("pipeline.commands.gazetteer", "Add places, report on the gazetteer, build its artefact."),
    "lint": ("pipeline.commands.lint", "Check the tables of languages, gazetteer and schemas."),
}


class Lazy(typer.core.TyperGroup):
    """Imports a command's module only when that command is asked for; the help page needs none of them."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for name, (module, _) in COMMANDS.items() if importlib.util.find_spec(module)]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.list_commands(ctx):
            return None
        found = importlib.import_module(COMMANDS[cmd_name][0])
        app = getattr(found, "app", None)
        if app is None:
            app = typer.Typer(rich_markup_mode=None, add_completion=False)
            app.command(cmd_name, help=getattr(found, cmd_name).__doc__)(getattr(found, cmd_name))
        command = typer.main.get_command(app)
        command.name = cmd_name
        return command

    def invoke(self, ctx: Any) -> Any:
        """Run the command; expected errors are told in one line on standard error, with exit code 2."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os._exit(0)
        except (ValueError, KeyError, OSError) as error:
            if os.environ.get("MARSAD_TRACEBACK"):
                raise
            typer.echo(f"marsad: {_told(error)}", err=True)
            raise typer.Exit(2) from error
        except KeyboardInterrupt:
            typer.echo("marsad: interrupted; nothing was published", err=True)
            raise typer.Exit(2) from None


app = typer.Typer(
    cls=Lazy, help=HELP, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)  # fmt: skip


@app.callback(invoke_without_command=True)
def top(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version and leave."),
) -> None:
    if version:
        from pipeline import __version__

        typer.echo(f"marsad {__version__}")
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
        raise typer.Exit(2)


def _told(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        remedy = {28: "free some space and run again", 13: "check the permissions"}.get(error.errno or 0)
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}" + (f"; {remedy}" if remedy else "")
    return str(error.args[0] if isinstance(error, KeyError) and error.args else error)


def main() -> None:
    """Run the command line."""
    app(prog_name="marsad")
