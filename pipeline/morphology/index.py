"""The spellings of all verbs and nouns of a pack in one dictionary, and the readings of a word of the text."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.languages import LanguagePack
from pipeline.lexicon import splits, splitter
from pipeline.machinery.memo import Memo
from pipeline.machinery.quick import dataclass
from pipeline.morphology.nouns import adjective_forms, noun_forms
from pipeline.morphology.spelling import Form
from pipeline.morphology.verbs import verb_forms
from pipeline.resources import Row
from pipeline.text import fold_key

FINITE = ("past", "present", "jussive")
# Particles joined to a finite verb (وسيقصف, ليقصف); those of nouns are the pack's clitics.
VERB_PREFIXES = ("و", "ف", "س", "وس", "فس", "ل", "ول", "فل")
PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا")
_PRONOUN_ENDS = frozenset(pronoun[-1] for pronoun in PRONOUNS)
_NO_HEADS: frozenset[str] = frozenset()
_RECENT = 2_000  # words whose readings are remembered: the tables ask for the same words one after another


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a word: whose form it is, with the clitics around it. head is a verb_id or noun_id."""

    head: str
    form: Form
    prefix: str
    suffix: str


def _one_word(row: Row, text: str) -> str:
    key = fold_key(text)
    if len(key) != 1:
        raise row.error(f"{text!r} must be one word")
    return key[0]


def _listed(row: Row) -> list[Form]:
    """Forms that a table gives one by one: form:spelling, or form/voice:spelling."""
    found = []
    for item in row.listed("forms"):
        kind, _, spelling = item.partition(":")
        form, _, voice = kind.partition("/")
        if form not in ("past", "present", "jussive", "masdar", "noun", "participle") or not spelling:
            raise row.error(f"{item!r} is not form:spelling")
        found.append(Form(_one_word(row, spelling), form, "", "", voice or "active"))
    return found


class WordIndex:
    """All heads of a pack. heads maps verb_id and noun_id to the lemma as printed in the table."""

    def __init__(self, pack: LanguagePack) -> None:
        self.heads: dict[str, str] = {}
        self._arabic = pack.code == "ar"
        self._prefixes = tuple(sorted(set(pack.prefixes), key=lambda p: (len(p), p)))
        self._forms: dict[str, list[tuple[str, Form]]] = {}
        self._of_head: dict[str, list[Form]] = {}
        self._joined = splitter(tuple(sorted({*self._prefixes, *VERB_PREFIXES}, key=lambda p: (len(p), p))))
        self._memo = Memo(self._read, _RECENT)
        for row in pack.table("verbs"):
            forms = _listed(row)
            if row["root"]:
                masdars = ["/".join(_one_word(row, part) for part in item.split("/")) for item in row.listed("masdars")]
                try:
                    forms += verb_forms(row["root"].replace(" ", ""), row["measure"], row["vowel"] or "u", masdars,
                                        row["passive"] == "yes", row["participles"] == "yes")  # fmt: skip
                except ValueError as problem:
                    raise row.error(str(problem)) from problem
            self._add(row, row["verb_id"], row["lemma"], forms)
        for row in pack.table("nouns"):
            forms = _listed(row)
            if row["inflection"] == "regular":
                plurals = [_one_word(row, plural) for plural in row.listed("plurals")]
                forms += noun_forms(_one_word(row, row["singular"]), plurals, row["gender"], dual=row["dual"] == "yes")
            elif row["inflection"] == "adjective":
                forms += adjective_forms(_one_word(row, row["singular"]))
            elif row["inflection"] != "listed":
                raise row.error(f"inflection {row['inflection']!r} must be regular, adjective or listed")
            self._add(row, row["noun_id"], row["singular"], forms)

    @classmethod
    def of(cls, pack: LanguagePack) -> WordIndex:
        """The index of a pack, made once a process for the tables of the pack as they are loaded."""
        key = (pack.code, id(pack.table("verbs")), id(pack.table("nouns")))
        if key not in _MADE:
            _MADE[key] = cls(pack), (pack.table("verbs"), pack.table("nouns"))  # the rows keep their ids alive
        return _MADE[key][0]

    def _add(self, row: Row, head: str, lemma: str, forms: Iterable[Form]) -> None:
        if head in self.heads:
            raise row.error(f"{head!r} is there twice")
        self.heads[head] = lemma
        self._of_head[head] = forms = list(forms)
        for form in forms:
            self._forms.setdefault(form.spelling, []).append((head, form))

    def spellings(self, head: str, kinds: Iterable[str] = FINITE) -> list[str]:
        """All spellings of a head that may stand alone, in the forms asked for."""
        wanted = set(kinds)
        return [form.spelling for form in self._of_head.get(head, ()) if form.form in wanted and form.alone]

    def read(self, word: str) -> tuple[Reading, ...]:
        """All readings of a folded word, the one with the fewest clitics first."""
        return self._memo[word]

    def _read(self, word: str) -> tuple[Reading, ...]:
        found: list[Reading] = []
        for prefix, stem in self._joined[word] if self._arabic else (("", word),):
            found.extend(self._stem(prefix, stem))
        return tuple(dict.fromkeys(found)) if found else ()

    def keys(self, word: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """The heads the word may be a form of, and its stems without clitics."""
        readings = self.read(word)
        heads = frozenset(r.head for r in readings if r.form.form != "jussive") if readings else _NO_HEADS
        return heads, self.stems([stem for _, stem in splits(word, self._prefixes)])

    def stems(self, stems: Iterable[str]) -> tuple[str, ...]:
        """The stems with what else a table's word may stand for."""
        stems = list(stems)
        if self._arabic:  # table words stand for themselves with the article and with the accusative ا too
            stems += [stem[2:] for stem in stems if stem.startswith("ال") and len(stem) > 4]
            stems += [stem[:-1] for stem in stems if stem.endswith("ا") and len(stem) > 3]
        return tuple(dict.fromkeys(stems))

    def _stem(self, prefix: str, stem: str) -> list[Reading]:
        found = []
        if stem in self._forms:
            found = [Reading(head, form, prefix, "") for head, form in self._forms[stem] if form.alone
                     and self._fits(prefix, form)]  # fmt: skip
        if self._arabic and stem[-1:] in _PRONOUN_ENDS:
            for suffix in PRONOUNS:
                if stem.endswith(suffix) and len(stem) > len(suffix) + 1:
                    items = self._forms.get(stem[: -len(suffix)])
                    if not items:
                        continue
                    found.extend(Reading(head, form, prefix, suffix) for head, form in items
                                 if form.joined and self._fits(prefix, form))  # fmt: skip
        return found

    def _fits(self, prefix: str, form: Form) -> bool:
        if not prefix:
            return True
        if form.form not in FINITE:
            return prefix in self._prefixes
        if prefix.endswith("س"):
            return form.form == "present"
        if prefix.endswith("ل"):
            return form.form in ("present", "jussive")
        return prefix in VERB_PREFIXES


_MADE: dict[tuple[str, int, int], tuple[WordIndex, tuple[tuple[Row, ...], tuple[Row, ...]]]] = {}
