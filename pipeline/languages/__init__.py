"""A language pack: the tables of one language, and the few functions that tables cannot hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.resources import PACKAGE, Row, TableError, language_folder, read_rows


@dataclass(frozen=True)
class LanguagePack:
    """All knowledge of one language. table(name) gives the rows of pipeline/languages/<code>/<name>.csv."""

    code: str
    _tables: dict[str, tuple[Row, ...]] = field(default_factory=dict, repr=False, compare=False)

    def table(self, name: str) -> tuple[Row, ...]:
        """Rows of one table; an empty tuple when this language has no such table."""
        if name not in self._tables:
            path = language_folder(self.code) / f"{name}.csv"
            self._tables[name] = read_rows(path) if path.is_file() else ()
        return self._tables[name]

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Clitic strings that may stand before a word, from clitics.csv."""
        return tuple(row["prefix"] for row in self.table("clitics"))


def known_languages() -> tuple[str, ...]:
    """Codes of the languages that have a pack, sorted."""
    top = PACKAGE / "languages"
    return tuple(sorted(path.name for path in top.iterdir() if (path / "clitics.csv").is_file()))


def load_pack(code: str) -> LanguagePack:
    """The pack of a language code (ISO 639-1). Raises TableError when there is none."""
    if code not in known_languages():
        raise TableError(f"no language pack for {code!r}; there are: {', '.join(known_languages())}")
    return LanguagePack(code)
