"""The rows of triggers.csv compiled: which forms of a head each takes, and what must or must not stand around it."""

from __future__ import annotations

from functools import cached_property

from pipeline.languages import LanguagePack
from pipeline.machinery.memo import Memo
from pipeline.machinery.quick import dataclass
from pipeline.morphology.choice import Contexts
from pipeline.morphology.index import FINITE, Reading, WordIndex
from pipeline.morphology.phrases import PhraseIndex
from pipeline.resources import Row
from pipeline.text import fold_key

STRENGTHS = ("weak", "medium", "strong")
ROLES = ("agent", "target", "weapon", "place", "toll", "none")
FORMS = ("verb", "past", "present", "passive", "masdar", "noun", "participle")


@dataclass(frozen=True)
class Rule:
    """One row of triggers.csv, compiled.

    companions, cancels and also are numbers of phrase sets, -1 for none; after and before: most words between the head
    and a companion on that side, -1 when it may not stand there; transitive: the object is the target.
    """

    trigger_id: str
    lemma: str
    family: str
    sub_event_type: str
    strength: str
    forms: frozenset[str]
    companions: int
    after: int
    before: int
    cancels: int
    also: int
    roles: tuple[tuple[str, str], ...]
    transitive: bool
    toll: bool
    order: int
    level: int  # strength as a number
    needed: int  # bits (1 << number) of the phrase sets without which the row cannot win
    cancelling: int  # the bit of cancels

    def takes(self, reading: Reading) -> bool:
        """Whether the row admits this form of its head."""
        form = reading.form
        if form.form not in FINITE:
            return form.form in self.forms
        tense = "past" if form.form == "past" else "present"
        return ("verb" in self.forms or (tense in self.forms and form.voice != "passive")
                or ("passive" in self.forms and form.voice != "active"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What a word may begin: rules, each with the readings it takes and whether these hang on the words around.

    mixed: read without clitics, the word is a verb and a noun.
    """

    rules: tuple[tuple[Rule, tuple[Reading, ...], bool], ...]
    mixed: bool


@dataclass(frozen=True)
class TriggerTables:
    """Rules by head, their phrases, and the words beside a trigger that decide between its readings."""

    index: WordIndex
    phrases: PhraseIndex
    rules: dict[str, tuple[Rule, ...]]
    contexts: Contexts

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> TriggerTables:
        """Compile triggers.csv and trigger_contexts.csv; raises TableError for a row that names what is not there."""
        index = WordIndex.of(pack)
        phrases = PhraseIndex(index)
        classes: dict[str, tuple[str, ...]] = {}
        for row in pack.table("trigger_contexts"):
            classes[row["class"]] = (*classes.get(row["class"], ()), *row.listed("words"))
        rules: dict[str, list[Rule]] = {}
        for order, row in enumerate(pack.table("triggers")):
            rules.setdefault(row["head"], []).append(_rule(row, index, phrases, classes, order))
        contexts = {name: frozenset(fold_key(word)[0] for word in words) for name, words in classes.items()}
        return cls(index, phrases, {head: tuple(found) for head, found in rules.items()}, contexts)

    @cached_property
    def options(self) -> Memo[Options | None]:
        """The rules a folded word may begin, each with the readings it takes, by the word."""
        return Memo(self._options)

    def may_begin(self, word: str, stems: object, readings: tuple[Reading, ...]) -> bool:
        """The test of a gate for heads; that for companions is the one of phrases."""
        return any(reading.head in self.rules for reading in readings)

    def _options(self, word: str) -> Options | None:
        if not self.index.read(word):
            return None
        found: dict[int, tuple[Rule, list[Reading]]] = {}
        for reading in self.index.read(word):
            for rule in self.rules.get(reading.head, ()):
                if rule.takes(reading):
                    found.setdefault(rule.order, (rule, []))[1].append(reading)
        if not found:
            return None
        kinds = {r.form.form in FINITE for _, readings in found.values() for r in readings if not r.prefix}
        return Options(
            tuple((rule, tuple(readings), any(r.form.form == "jussive" or r.suffix for r in readings))
                  for rule, readings in found.values()),
            len(kinds) > 1,
        )  # fmt: skip


def _set(row: Row, column: str, phrases: PhraseIndex, classes: dict[str, tuple[str, ...]]) -> int:
    """The phrase set of a cell, -1 for an empty one; @name stands for the words of that class."""
    items: list[str] = []
    for item in row.listed(column):
        if item.startswith("@") and item not in classes:
            raise row.error(f"no class {item!r} in trigger_contexts.csv")
        items.extend(classes[item] if item.startswith("@") else (item,))
    return phrases.add(items) if items else -1


def _bit(number: int) -> int:
    return 1 << number if number >= 0 else 0


def _rule(row: Row, index: WordIndex, phrases: PhraseIndex, classes: dict[str, tuple[str, ...]], order: int) -> Rule:
    if row["head"] not in index.heads:
        raise row.error(f"head {row['head']!r} is in neither verbs.csv nor nouns.csv")
    forms = frozenset(row.listed("forms")) or frozenset(("verb", "masdar", "noun"))
    if row["strength"] not in STRENGTHS or not forms <= set(FORMS):
        raise row.error(f"strength must be one of {STRENGTHS}, forms some of {FORMS}")
    roles = [("subject", row["subject"]), ("object", row["object"])]
    for item in row.listed("preps"):
        preposition, _, role = item.partition(":")
        roles.append((" ".join(fold_key(preposition)), role))
    if any(role and role not in ROLES for _, role in roles):
        raise row.error(f"roles are {ROLES}")
    companions, also = _set(row, "with", phrases, classes), _set(row, "also", phrases, classes)
    cancels = _set(row, "not_with", phrases, classes)
    return Rule(
        row["trigger_id"], index.heads[row["head"]], row["family"], row["sub_event_type"], row["strength"], forms,
        companions, int(row["after"] or "-1"), int(row["before"] or "-1"), cancels, also,
        tuple(item for item in roles if item[1]), row["object"] == "target", row["toll"] == "yes", order,
        STRENGTHS.index(row["strength"]), _bit(companions) | _bit(also), _bit(cancels),
    )  # fmt: skip
