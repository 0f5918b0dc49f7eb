"""Calendar words: what each phrase of the tables means, and which words a date can hang on or begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pipeline.languages import LanguagePack
from pipeline.resources import Row
from pipeline.text import fold_key

# Without one of these kinds a sentence holds no date; two-valued words such as هذا or من are not among them.
_ANCHORS = frozenset(
    ("weekday", "month", "unit", "relative", "season", "decade", "holiday", "vague", "earlier", "later",
     "hijri_mark")
)
# No expression begins with one of these, and with one of the second only when what follows can begin one.
INNER = frozenset((
    "of", "in", "and", "to", "from_event", "and_half", "roughly", "several_after", "now", "hijri_mark", "era_mark",
    "whole", "only", "or", "of_it", "time", "both", "distance",
))  # fmt: skip
_LEADING = frozenset((
    "from", "between", "since", "until", "by", "before", "after", "during", "about", "more", "less", "several", "half",
    "quarter_of", "every", "that", "passing", "modifier", "daypart", "edge", "eve", "last", "corresponding",
    "after_it", "before_it",
))  # fmt: skip
# What a word can be, as bits: an anchor; head and second word of a longer phrase that is one; the beginning of an
# expression; the same when what follows can begin one; head and second word of any longer phrase.
ANCHOR, ANCHOR_HEAD, ANCHOR_SECOND, START, LEAD, HEAD, SECOND = 1, 2, 4, 8, 16, 32, 64

# Triggers (triggers.csv) that tell of what happened where no word says otherwise: the nouns of violence, other verbs.
VIOLENCE = frozenset(("shelling", "air_strike", "bombing", "clash", "attack"))
OUTLOOKS = ("lasting", "present", "plan", "call", "was", "vote", "that")
TOLD = frozenset(("abduction", "protest", "riot", "destruction"))
_SENSES = frozenset((
    "future", "past", "relative", "lasting", "verb_prefix", "not_verb", "not_verb_stem", "ongoing", "ongoing_prefix",
    "not_ongoing", "past_suffix", "not_past_suffix", "over", "present", "plan", "call", "was",
    "present_prefix", "vote", "that",
))  # fmt: skip


def senses_of(rows: Iterable[Row]) -> dict[str, list[str]]:
    """Folded first words of calendar_future_words.csv by sense; raises TableError on an unknown sense."""
    senses: dict[str, list[str]] = {}
    for row in rows:
        if row["sense"] not in _SENSES:
            raise row.error("unknown sense")
        senses.setdefault(row["sense"], []).append(fold_key(row["word"])[0])
    return senses


@dataclass(frozen=True, slots=True)
class Atom:
    """A calendar word's meaning: kind names its table, value and sub what the table says of it."""

    kind: str
    value: int = 0
    sub: str = ""
    use: str = ""
    definite: bool = False
    month: int = 0
    length: int = 0


def whole_number(row: Row, column: str) -> int:
    try:
        return int(row[column])
    except ValueError as error:
        raise row.error(f"{column} must be a whole number, not {row[column]!r}") from error


# How a row of each table becomes an atom.
_READERS: dict[str, tuple[str, Callable[[Row], Atom]]] = {
    "weekdays": ("word", lambda r: Atom("weekday", whole_number(r, "day") - 1, definite=r["form"] == "definite")),
    "months": ("word", lambda r: Atom("month", whole_number(r, "month"), r["calendar"], r["alone"],
                                       r["region"] == "levant")),
    "units": ("word", lambda r: Atom("unit", whole_number(r, "count"), r["unit"], definite=r["definite"] == "yes",
                                 use=r["definite"])),
    "relatives": ("phrase", lambda r: Atom("relative", whole_number(r, "offset"), r["midnight"], r["use"])),
    "modifiers": ("word", lambda r: Atom("modifier", whole_number(r, "step"), r["sense"], r["position"])),
    "dayparts": ("phrase", lambda r: Atom("daypart", 0, r["part"], r["position"])),
    "edges": ("word", lambda r: Atom("edge", 0, r["edge"])),
    "bounds": ("phrase", lambda r: Atom(r["role"])),
    "ordinals": ("phrase", lambda r: Atom("ordinal", whole_number(r, "value"))),
    "seasons": ("word", lambda r: Atom("season", whole_number(r, "first_month"), definite=r["definite"] == "yes")),
    "decades": ("word", lambda r: Atom("decade", whole_number(r, "decade"), definite=r["definite"] == "yes")),
    "holidays": ("phrase", lambda r: Atom("holiday", whole_number(r, "day"), r["calendar"],
                                          month=whole_number(r, "month"), length=whole_number(r, "length"))),
    "vague": ("phrase", lambda r: Atom("vague", sub=r["means"])),
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """All meanings of one phrase: by kind, and by kind and use. Two are the same only when they are one object."""

    kinds: frozenset[str]
    atoms: dict[str, Atom]
    uses: dict[tuple[str, str], Atom]

    @classmethod
    def of(cls, atoms: list[Atom]) -> Meaning:
        by_kind: dict[str, Atom] = {}
        for atom in atoms:
            by_kind.setdefault(atom.kind, atom)
        return cls(frozenset(by_kind), by_kind, {(atom.kind, atom.use): atom for atom in reversed(atoms)})


NO_MEANING = Meaning.of([])
NOTHING: frozenset[str] = frozenset()
NUMBER = frozenset(("number",))
UNDECIDED = frozenset(("undecided",))
# What stands at a word: the meaning of the longest phrase there, its number of words, its clitics, and its kinds with
# "number" where a number begins; kinds are UNDECIDED where the words after it must be asked for that.
Reading = tuple[Meaning, int, str, frozenset[str]]


def read_as(meaning: Meaning, length: int, clitics: str) -> Reading:
    return meaning, length, clitics, UNDECIDED if "the" in meaning.kinds else meaning.kinds


@dataclass(frozen=True)
class Vocabulary:
    """Every phrase of the calendar tables with its meaning, and the bits of its first and second words."""

    phrases: dict[tuple[str, ...], Meaning] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, int] = field(default_factory=dict)

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> Vocabulary:
        """Read the tables of _READERS; raises TableError naming file and line of a wrong row."""
        atoms: dict[tuple[str, ...], list[Atom]] = {}
        for name, (column, atom) in _READERS.items():
            for row in pack.table(f"calendar_{name}"):
                key = fold_key(row[column])
                if not key:
                    raise row.error(f"{column} is empty")
                atoms.setdefault(key, []).append(atom(row))
        made = cls({key: Meaning.of(found) for key, found in atoms.items()})
        for key, found in atoms.items():
            anchor = any(_anchors(atom) for atom in found)
            if len(key) > 1:
                made.heads[key[0]] = made.heads.get(key[0], 0) | HEAD | (ANCHOR_HEAD if anchor else 0)
                made.seconds[key[1]] = made.seconds.get(key[1], 0) | SECOND | (ANCHOR_SECOND if anchor else 0)
                continue
            kinds = {atom.kind for atom in found}
            bits = (ANCHOR if anchor else 0) | (START if kinds - INNER - _LEADING or anchor else 0)
            made.heads[key[0]] = made.heads.get(key[0], 0) | bits | (LEAD if kinds & _LEADING else 0)
        return made


def _anchors(atom: Atom) -> bool:
    """Whether a date can hang on the word: a kind of _ANCHORS, or a modifier that tells past from future."""
    told = atom.kind == "modifier" and atom.use == "after" and atom.sub in ("past", "previous", "current", "future")
    return told or atom.kind in _ANCHORS


def told_by(pack: LanguagePack) -> frozenset[str]:
    """The heads of triggers that tell of the past where no other word says of what time a sentence is."""
    rows = pack.table("triggers")
    heads = [r["head"] for r in rows if r["family"] in VIOLENCE or (r["family"] in TOLD and "noun" not in r["forms"])]
    return frozenset(fold_key(head)[-1] for head in heads)
