"""Words that may tell an event: the rows of triggers.csv found in a sentence, in all inflections.

A row names a head (a verb of verbs.csv or a noun of nouns.csv) and, for a phrase with a gap (شن … غارة), companions.
At one head word the row with a companion wins over one without, then the stronger, then the nearer companion;
a row of family "none" wins in the same way and tells nothing (إطلاق سراح is no shooting).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.languages import LanguagePack
from pipeline.lexicon import splits
from pipeline.morphology import Phrases, Reading, WordIndex
from pipeline.morphology.index import FINITE
from pipeline.records import Document, Sentence, TriggerMention
from pipeline.resources import Row
from pipeline.text import fold_key

STRENGTHS = ("weak", "medium", "strong")
ROLES = ("agent", "target", "weapon", "place", "toll", "none")
FORMS = ("verb", "past", "passive", "masdar", "noun", "participle")
STOPS = frozenset("\n.؟!؛:?")
CANCEL_REACH = 6  # words on either side in which a word of not_with cancels
DAMMA, FATHA = "\u064f", "\u064e"


@dataclass(frozen=True)
class Rule:
    """One row of triggers.csv, compiled. after and before: most words between the head and a companion, -1 for none."""

    trigger_id: str
    lemma: str
    family: str
    sub_event_type: str
    strength: str
    forms: frozenset[str]
    companions: Phrases | None
    after: int
    before: int
    cancels: Phrases | None
    roles: tuple[tuple[str, str], ...]
    transitive: bool
    toll: bool
    order: int

    def takes(self, reading: Reading) -> bool:
        form = reading.form
        if form.form in FINITE:
            return "verb" in self.forms or (form.form in self.forms and form.voice != "passive") or (
                "passive" in self.forms and form.voice != "active")  # fmt: skip
        return form.form in self.forms


@dataclass(frozen=True)
class TriggerTables:
    """Rules by head, and the words beside a trigger that decide between its readings."""

    index: WordIndex
    rules: dict[str, tuple[Rule, ...]]
    contexts: dict[str, frozenset[str]]
    memo: dict[str, tuple[tuple[Rule, tuple[Reading, ...]], ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> TriggerTables:
        index = WordIndex.of(pack)
        contexts: dict[str, set[str]] = {}
        classes: dict[str, tuple[str, ...]] = {}
        for row in pack.table("trigger_contexts"):
            classes[row["class"]] = (*classes.get(row["class"], ()), *row.listed("words"))
            contexts.setdefault(row["class"], set()).update(key[0] for item in row.listed("words") if (key := fold_key(item)))
        rules: dict[str, list[Rule]] = {}
        for order, row in enumerate(pack.table("triggers")):
            rules.setdefault(row["head"], []).append(_rule(row, index, classes, order))
        return cls(index, {head: tuple(found) for head, found in rules.items()},
                   {name: frozenset(words) for name, words in contexts.items()})  # fmt: skip

    def options(self, word: str) -> tuple[tuple[Rule, tuple[Reading, ...]], ...]:
        """The rules a folded word may begin, each with the readings it takes; memoised by the word."""
        known = self.memo.get(word)
        if known is not None:
            return known
        found: dict[int, tuple[Rule, list[Reading]]] = {}
        for reading in self.index.read(word):
            for rule in self.rules.get(reading.head, ()):
                if rule.takes(reading):
                    found.setdefault(rule.order, (rule, []))[1].append(reading)
        if len(self.memo) > 200_000:
            self.memo.clear()
        self.memo[word] = result = tuple((rule, tuple(readings)) for rule, readings in found.values())
        return result


def _phrases(row: Row, column: str, index: WordIndex, classes: dict[str, tuple[str, ...]]) -> Phrases | None:
    """The phrases of a cell; an item @name stands for the words of that class in trigger_contexts.csv."""
    items: list[str] = []
    for item in row.listed(column):
        if item.startswith("@") and item not in classes:
            raise row.error(f"no class {item!r} in trigger_contexts.csv")
        items.extend(classes[item] if item.startswith("@") else (item,))
    return Phrases.of(items, index) if items else None


def _rule(row: Row, index: WordIndex, classes: dict[str, tuple[str, ...]], order: int) -> Rule:
    """Compile one row; raises TableError when it names what is not there."""
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
    return Rule(
        row["trigger_id"], index.heads[row["head"]], row["family"], row["sub_event_type"], row["strength"], forms,
        _phrases(row, "with", index, classes), int(row["after"] or "-1"), int(row["before"] or "-1"),
        _phrases(row, "not_with", index, classes), tuple(item for item in roles if item[1]),
        row["object"] == "target", row["toll"] == "yes", order,
    )  # fmt: skip


@dataclass(frozen=True)
class _Found:
    rule: Rule
    readings: tuple[Reading, ...]
    first: int
    companion: tuple[int, int]

    @property
    def rank(self) -> tuple[bool, int, int, int, int]:
        """Companion before none, strong before weak, then the longer, then the nearer companion, then table order."""
        low, high = self.companion
        strength = STRENGTHS.index(self.rule.strength)
        return low >= 0, strength, high - low, -abs(low - self.first), -self.rule.order


def trigger_mentions(document: Document, sentence: Sentence, tables: TriggerTables) -> tuple[TriggerMention, ...]:
    """All triggers of one sentence in text order, at most one a head word, none inside another's companion."""
    words, found = document.words, []
    memo = tables.memo
    for token in range(sentence.first, sentence.last):
        word = words[token]
        options = memo[word] if word in memo else tables.options(word)
        if options:
            best = _best(words, token, sentence, options, tables)
            if best is not None:
                found.append(best)
    kept, covered = [], set[int]()
    for item in sorted(found, key=lambda item: item.rank, reverse=True) if len(found) > 1 else found:
        if item.first not in covered:
            kept.append(item)
            covered.update(range(*item.companion))
    kept.sort(key=lambda item: item.first)
    return tuple(_mention(document, sentence, item, tables) for item in kept if item.rule.family != "none")


def _best(words: list[str], token: int, sentence: Sentence, options: Iterable[tuple[Rule, tuple[Reading, ...]]],
          tables: TriggerTables) -> _Found | None:  # fmt: skip
    best: _Found | None = None
    previous = words[token - 1] if token > sentence.first else ""
    following = words[token + 1] if token + 1 < sentence.last else ""
    sure = _sure_form(options, previous, following, tables.contexts)
    for rule, readings in options:
        readings = tuple(r for r in readings if (r.form.form != "jussive" or r.prefix.endswith("ل")
                         or previous in tables.contexts.get("jussive", ()))
                         and (not sure or (sure == "verb") == (r.form.form in FINITE)))  # fmt: skip
        if not readings:
            continue
        companion = (-1, -1)
        if rule.companions is not None:
            companion = _companion(words, token, sentence, rule, tables.index)
            if companion[0] < 0:
                continue
        if rule.cancels is not None and _cancelled(words, token, sentence, rule.cancels, tables.index):
            continue
        item = _Found(rule, readings, token, companion)
        if best is None or item.rank > best.rank:
            best = item
    return best


def _companion(words: list[str], token: int, sentence: Sentence, rule: Rule, index: WordIndex) -> tuple[int, int]:
    """The nearest companion after the head, else before it; (-1, -1) when there is none."""
    phrases = rule.companions
    if phrases is None:
        return -1, -1
    for place in range(token + 1, min(token + 2 + rule.after, sentence.last)):
        if words[place] in STOPS:
            break
        end = phrases.at(words, place, sentence.last, index)
        if end:
            return place, end
    for place in range(token - 1, max(token - 2 - rule.before, sentence.first - 1), -1):
        if words[place] in STOPS:
            break
        end = phrases.at(words, place, token, index)
        if end:
            return place, end
    return -1, -1


def _cancelled(words: list[str], token: int, sentence: Sentence, phrases: Phrases, index: WordIndex) -> bool:
    low, high = max(sentence.first, token - CANCEL_REACH), min(sentence.last, token + CANCEL_REACH + 1)
    return any(phrases.at(words, place, sentence.last, index) for place in range(low, high) if place != token)


def _mention(document: Document, sentence: Sentence, item: _Found, tables: TriggerTables) -> TriggerMention:
    words, rule, token = document.words, item.rule, item.first
    previous = words[token - 1] if token > sentence.first else ""
    following = words[token + 1] if token + 1 < sentence.last else ""
    reading = _choose(item.readings, previous, following, tables)
    form, contexts = reading.form, tables.contexts
    name = form.form
    if name in ("present", "jussive"):
        if previous in contexts.get("jussive", ()):
            name = "jussive"
        elif reading.prefix.endswith("س") or previous in contexts.get("future", ()):
            name = "future"
        else:
            name = "present"
    finite = form.form in FINITE
    definite = not finite and (form.definite or bool(reading.suffix) or (
        following.startswith("ال") and len(following) > 3 and following not in contexts.get("not_idafa", ())))  # fmt: skip
    low, high = item.companion
    last = high if low == token + 1 else token + 1
    return TriggerMention(
        token, last, document.starts[token], document.ends[last - 1], rule.trigger_id, rule.lemma, rule.family,
        rule.sub_event_type, name, rule.strength, rule.roles, definite, form.number, form.gender,
        _voice(document, token, reading, following, rule, contexts) if finite else form.voice,
        reading.prefix, reading.suffix, low, high, rule.toll,
    )  # fmt: skip


def _sure_form(options: Iterable[tuple[Rule, tuple[Reading, ...]]], previous: str, following: str,
               contexts: dict[str, frozenset[str]]) -> str:  # fmt: skip
    """noun when the words beside say that a spelling of both kinds is the verbal noun (بعد قصف المدينة), else ""."""
    kinds = {(reading.form.form in FINITE, reading.prefix) for _, readings in options for reading in readings}
    if (True, "") not in kinds or (False, "") not in kinds:
        return ""
    if previous in contexts.get("before_noun", ()) or following in contexts.get("after_noun", ()):
        return "noun"
    adjective = following.endswith(("ي", "يه")) and len(following) > 3 and not following.startswith("ال")
    return "noun" if adjective and following not in contexts.get("counted", ()) else ""


def _choose(readings: tuple[Reading, ...], previous: str, following: str, tables: TriggerTables) -> Reading:
    """Between a verb and its verbal noun where nothing is sure: a verb begins a clause or follows a definite noun."""
    verbs = [r for r in readings if r.form.form in FINITE]
    nouns = [r for r in readings if r.form.form not in FINITE]
    if not verbs or not nouns:
        return readings[0]
    contexts = tables.contexts
    if following in contexts.get("after_noun", ()):
        return nouns[0]
    if verbs[0].prefix or not previous.isalpha() or previous in contexts.get("before_verb", ()):
        return verbs[0]
    return verbs[0] if any(stem.startswith("ال") for _, stem in splits(previous, ("و", "ب", "ل", "ف"))) else nouns[0]


def _voice(document: Document, token: int, reading: Reading, following: str, rule: Rule,
           contexts: dict[str, frozenset[str]]) -> str:  # fmt: skip
    """Active, passive or "": from the spelling, from a written vowel, or from the count that follows (قتل خمسة)."""
    if reading.form.voice:
        return reading.form.voice
    raw = document.raw[document.starts[token] : document.ends[token]]
    letters = len(reading.prefix)
    for index, char in enumerate(raw):
        if char in (DAMMA, FATHA) and sum(c.isalpha() for c in raw[:index]) == letters + 1:
            return "passive" if char == DAMMA else "active"
    if rule.transitive and not reading.suffix and (following in contexts.get("counted", ()) or following.isdigit()):
        return "passive"
    return ""
