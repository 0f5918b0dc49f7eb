"""Everything compiled that coding an article needs, loaded once a process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.actors import ActorTables
from pipeline.contracts.scheme import Scheme
from pipeline.cues import CueTables
from pipeline.datelines import DatelineTables
from pipeline.dates import DateTables
from pipeline.deciders import Decider, load_decider
from pipeline.events import TollRules
from pipeline.furniture import FurnitureTables
from pipeline.gate import Gate
from pipeline.gazetteer import Gazetteer
from pipeline.languages import LanguagePack, load_pack
from pipeline.morphology import WordIndex
from pipeline.morphology.rules import TriggerTables
from pipeline.notes import NoteForms
from pipeline.places import PlaceTables
from pipeline.placing.scan import scanner_for
from pipeline.quantities import QuantityTables
from pipeline.reading.tables import ReadingTables
from pipeline.reading.topics import TopicTables
from pipeline.resources import folder, read_rows
from pipeline.sentences import SentenceTables
from pipeline.weapons import WeaponTables


@dataclass(frozen=True)
class LanguageKit:
    """The compiled tables of one language, one record a stage."""

    pack: LanguagePack
    furniture: FurnitureTables
    dateline: DatelineTables
    sentences: SentenceTables
    triggers: TriggerTables
    weapons: WeaponTables
    cues: CueTables
    dates: DateTables
    places: PlaceTables
    actors: ActorTables
    quantities: QuantityTables
    reading: ReadingTables
    topics: TopicTables

    @classmethod
    def load(cls, code: str) -> LanguageKit:
        """Raises TableError when there is no pack of that code or a table is wrong."""
        pack = load_pack(code)
        return cls(
            pack,
            FurnitureTables.from_pack(pack),
            DatelineTables.from_pack(pack),
            SentenceTables.from_pack(pack),
            TriggerTables.from_pack(pack),
            WeaponTables.from_pack(pack),
            CueTables.from_pack(pack),
            DateTables.from_pack(pack),
            PlaceTables.from_pack(pack),
            ActorTables.from_pack(pack),
            QuantityTables.from_pack(pack),
            ReadingTables.from_pack(pack),
            TopicTables.from_pack(pack),
        )


@dataclass(frozen=True)
class Kit:
    """What the stages share: the gazetteer, the event scheme, the decider and one language's tables at a time."""

    language: LanguageKit
    gazetteer: Gazetteer
    scheme: Scheme
    decider: Decider
    toll_rules: TollRules
    note_forms: NoteForms
    countries: dict[str, tuple[int, str]] = field(repr=False)
    gate: Gate = field(repr=False)

    @property
    def pack(self) -> LanguagePack:
        return self.language.pack

    def country_facts(self, country: str) -> tuple[int | None, str | None]:
        """(ISO numeric code, ACLED region) of an English country name; nulls when it is not in countries.csv."""
        return self.countries.get(country, (None, None))


def load_kit(language: str = "ar", decider: str = "default", decision_cache: Path | None = None) -> Kit:
    """The kit of a language code (ISO 639-1) with the decider of that name, its answers kept in decision_cache.

    Raises TableError for a wrong table, an unknown language or an unknown decider.
    """
    rows = read_rows(folder("gazetteer") / "countries.csv")
    countries = {row["name_en"]: (int(row["iso_numeric"]), row["region"]) for row in rows}
    tables, gazetteer = LanguageKit.load(language), Gazetteer.load()
    return Kit(
        tables,
        gazetteer,
        Scheme.load(),
        load_decider(decider, decision_cache),
        TollRules.load(),
        NoteForms.load(),
        countries,
        _gate(tables, gazetteer),
    )


def _gate(tables: LanguageKit, gazetteer: Gazetteer) -> Gate:
    """The gate of the stages that look at single words, each by the name it asks for."""
    return Gate(WordIndex.of(tables.pack), tables.pack.prefixes, {
        "triggers": tables.triggers.may_begin,
        "companions": tables.triggers.phrases.may_begin,
        "weapons": tables.weapons.phrases.may_begin,
        "cues": tables.cues.lexicon.may_begin,
        "clauses": tables.reading.clauses.lexicon.may_begin,
        "quantities": tables.quantities.may_begin,
        "actors": tables.actors.may_begin,
        "places": scanner_for(gazetteer, tables.places).may_begin,
    })  # fmt: skip
