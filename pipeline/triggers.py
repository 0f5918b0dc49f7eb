"""Words that may tell an event: the rows of triggers.csv found in a sentence, in all inflections.

A row names a head (a verb of verbs.csv or a noun of nouns.csv) and, for a phrase with a gap (شن … غارة), companions.
At one head word the row with a companion wins over one without, then the stronger, then the nearer companion;
a row of family "none" wins in the same way and tells nothing (إطلاق سراح is no shooting).
"""

from __future__ import annotations

from pipeline.machinery.quick import dataclass
from pipeline.morphology import Hits, Reading, phrase_end
from pipeline.morphology.choice import likely, surely_noun, voice
from pipeline.morphology.index import FINITE
from pipeline.morphology.rules import Rule, TriggerTables
from pipeline.records import Document, Sentence, TriggerMention

STOPS = frozenset("\n.؟!؛:?")  # no companion is looked for beyond
LIGHT = frozenset("،,\"'()[]«»“”‘’#-–—/…")  # punctuation that a window does not count
CANCEL_REACH, ALSO_REACH = 6, 12  # words on either side in which not_with cancels and also must stand


@dataclass(frozen=True, slots=True)
class _Found:
    rule: Rule
    readings: tuple[Reading, ...]
    first: int
    companion: tuple[int, int]
    rank: tuple[bool, int, bool, int, int, int]


def _rank(rule: Rule, token: int, low: int, high: int) -> tuple[bool, int, bool, int, int, int]:
    """Companion before none, strong before weak, then also, the longer, the nearer companion, table order."""
    return low >= 0, rule.level, rule.also >= 0, high - low, -abs(low - token), -rule.order


def trigger_mentions(document: Document, sentence: Sentence, tables: TriggerTables) -> tuple[TriggerMention, ...]:
    """All triggers of one sentence in text order, at most one a head word, none inside another's companion."""
    first, last = sentence.first, sentence.last
    words, options = document.words, tables.options
    heads = [token for token in document.tokens("triggers", first, last) if options[words[token]] is not None]
    if not heads:
        return ()
    hits: list[Hits | None] = [None] * (last - first)
    present = 0
    for token in document.tokens("companions", first, last):
        hits[token - first] = hit = tables.phrases.hits[words[token]]
        present |= hit.numbers if hit is not None else 0
    found = []
    for token in heads:
        best = _best(document, token, sentence, hits, present, tables)
        if best is not None:
            found.append(best)
    kept, covered = [], set[int]()
    for item in sorted(found, key=lambda item: item.rank, reverse=True) if len(found) > 1 else found:
        if item.first not in covered:
            kept.append(item)
            covered.update(range(*item.companion))
    kept.sort(key=lambda item: item.first)
    return tuple(_mention(document, sentence, item, tables) for item in kept if item.rule.family != "none")


def _best(document: Document, token: int, sentence: Sentence, hits: list[Hits | None], present: int,
          tables: TriggerTables) -> _Found | None:  # fmt: skip
    """The rule that wins at one head word, with the readings that fit its surroundings.

    hits are the phrase sets that begin at each word of the sentence, present their numbers as bits.
    """
    words = document.words
    options = tables.options[words[token]]
    assert options is not None
    possible = [item for item in options.rules if item[0].needed & present == item[0].needed]
    if not possible:
        return None
    best: _Found | None = None
    marbuta = document.raw[document.ends[token] - 1] == "ة"  # folding made it ه: no pronoun
    previous = words[token - 1] if token > sentence.first else ""
    following = words[token + 1] if token + 1 < sentence.last else ""
    noun = options.mixed and surely_noun(previous, following, tables.contexts)
    jussive = previous in tables.contexts.get("jussive", ())
    for rule, readings, hanging in possible:
        if noun or hanging:
            readings = tuple(r for r in readings if (r.form.form != "jussive" or jussive or r.prefix.endswith("ل"))
                             and not (noun and r.form.form in FINITE) and not (marbuta and r.suffix))  # fmt: skip
            if not readings:
                continue
        companion = (-1, -1)
        if rule.companions >= 0:
            companion = _companion(words, token, sentence, rule, hits)
            if companion[0] < 0:
                continue
        if rule.cancelling & present and _near(words, token, sentence, rule.cancels, CANCEL_REACH, hits):
            continue
        if rule.also >= 0 and not _near(words, token, sentence, rule.also, ALSO_REACH, hits):
            continue
        rank = _rank(rule, token, *companion)
        if best is None or rank > best.rank:
            best = _Found(rule, readings, token, companion, rank)
    return best


def _companion(words: list[str], token: int, sentence: Sentence, rule: Rule,
               hits: list[Hits | None]) -> tuple[int, int]:  # fmt: skip
    """The nearest companion after the head, else before it; (-1, -1) when there is none."""
    first, number, bit = sentence.first, rule.companions, 1 << rule.companions
    after = range(token + 1, sentence.last), rule.after, sentence.last
    before = range(token - 1, first - 1, -1), rule.before, token
    for places, left, limit in (after, before):
        for place in places if left >= 0 else ():
            if words[place] in LIGHT:
                continue
            if left < 0 or words[place] in STOPS:
                break
            left -= 1
            hit = hits[place - first]
            if hit is not None and hit.numbers & bit and (end := phrase_end(words, place, limit, hit.tails[number])):
                return place, end
    return -1, -1


def _near(words: list[str], token: int, sentence: Sentence, number: int, reach: int, hits: list[Hits | None]) -> bool:
    """Whether a phrase of the set begins within so many words of the token, on either side."""
    first, bit = sentence.first, 1 << number
    for place in range(max(first, token - reach), min(sentence.last, token + reach + 1)):
        hit = hits[place - first]
        if hit is None or not hit.numbers & bit or place == token:
            continue
        if phrase_end(words, place, sentence.last, hit.tails[number]):
            return True
    return False


def _mention(document: Document, sentence: Sentence, item: _Found, tables: TriggerTables) -> TriggerMention:
    words, rule, token, contexts = document.words, item.rule, item.first, tables.contexts
    previous = words[token - 1] if token > sentence.first else ""
    following = words[token + 1] if token + 1 < sentence.last else ""
    reading = likely(item.readings, previous, following, contexts)
    form, name = reading.form, reading.form.form
    if name in ("present", "jussive"):
        future = reading.prefix.endswith("س") or previous in contexts.get("future", ())
        name = "jussive" if previous in contexts.get("jussive", ()) else "future" if future else "present"
    finite = form.form in FINITE
    idafa = following.startswith("ال") and len(following) > 3 and following not in contexts.get("not_idafa", ())
    definite = not finite and (form.definite or bool(reading.suffix) or idafa)
    low, high = item.companion
    last = high if low == token + 1 else token + 1
    spoken = form.voice
    if finite and not spoken:
        raw = document.raw[document.starts[token] : document.ends[token]]
        spoken = voice(reading, raw, following, rule.transitive, contexts)
    return TriggerMention(
        token, last, document.starts[token], document.ends[last - 1], rule.trigger_id, rule.lemma, rule.family,
        rule.sub_event_type, name, rule.strength, rule.roles, definite, form.number, form.gender, spoken,
        reading.prefix, reading.suffix, low, high, rule.toll,
    )  # fmt: skip
