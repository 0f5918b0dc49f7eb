"""The words of a candidate's sentence as features, alone and with the candidate's family.

Words are cut to light stems: one prefix and one suffix off, as in the light stemmers of Arabic retrieval (Larkey,
Ballesteros and Connell 2007, light10). The affixes are a table of the language pack (light_affixes.csv: affix, side,
keeps: letters that must be left).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.candidates import Reading
from pipeline.languages import known_languages, load_pack
from pipeline.linear import Names
from pipeline.machinery.memo import Memo

WORD = "word="
FAMILY_WORD = "/word="


class Wording:
    """The light stems of sentences. Affixes of all languages are told apart by their letters."""

    def __init__(self, prefixes: Sequence[tuple[str, int]], suffixes: Sequence[tuple[str, int]]) -> None:
        """(affix, letters left) of prefixes and suffixes."""
        self._prefixes, self._suffixes = (sorted(a, key=lambda one: (-len(one[0]), one)) for a in (prefixes, suffixes))
        self._stems = Memo(self.stem)

    @classmethod
    def load(cls) -> Wording:
        """Read light_affixes.csv of every language pack that has one."""
        rows = [row for code in known_languages() for row in load_pack(code).table("light_affixes")]
        prefixes, suffixes = (
            [(row["affix"], int(row["keeps"])) for row in rows if row["side"] == side] for side in ("prefix", "suffix")
        )
        return cls(prefixes, suffixes)

    def stem(self, word: str) -> str:
        """A folded word without its longest prefix and its longest suffix; "" for what is no word of two letters."""
        if len(word) < 2 or not word.isalpha():
            return ""
        for affix, keeps in self._prefixes:
            if word.startswith(affix) and len(word) - len(affix) >= keeps:
                word = word[len(affix) :]
                break
        for affix, keeps in self._suffixes:
            if word.endswith(affix) and len(word) - len(affix) >= keeps:
                return word[: -len(affix)]
        return word

    def names(self, reading: Reading, sentence: int, family: str) -> Names:
        """What is on for the candidates of one family in one sentence: each of its stems once, in order."""
        span = reading.sentences[sentence]
        stems = dict.fromkeys(map(self._stems.__getitem__, reading.document.words[span.first : span.last]))
        stems.pop("", None)
        return (*[f"{WORD}{stem}" for stem in stems], *[f"{family}{FAMILY_WORD}{stem}" for stem in stems])


class WordWeights:
    """What a table of weights says of the words of a sentence: the same names, looked up by stem."""

    def __init__(self, wording: Wording, weights: Mapping[str, float]) -> None:
        rows: dict[str, dict[str, float]] = {}  # stem → family, "" for the stem alone → weight
        for name, weight in weights.items():
            family, found, stem = name.partition(WORD)
            if found:
                rows.setdefault(stem, {})[family.removesuffix("/")] = weight
        numbers = {stem: number for number, stem in enumerate(rows)}
        self._rows = list(rows.values())
        self._number_of = Memo(lambda word: numbers.get(wording.stem(word), -1))

    def sums(self, reading: Reading, wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], float]:
        """(sentence, family) → the weights of its names added up."""
        found: dict[tuple[int, str], float] = {}
        rows: dict[int, list[dict[str, float]]] = {}
        for sentence, family in dict.fromkeys(wanted):
            here = rows.get(sentence)
            if here is None:
                span = reading.sentences[sentence]
                words = reading.document.words[span.first : span.last]
                numbers = dict.fromkeys(map(self._number_of.__getitem__, words))
                here = rows[sentence] = [self._rows[number] for number in numbers if number >= 0]
            found[sentence, family] = sum([row[name] for name in ("", family) for row in here if name in row])
        return found
