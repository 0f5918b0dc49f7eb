"""What no pipeline over a text can undercut: normalisation and one pass that looks for many words."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

PATTERNS = 50_000
FOLDED = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ي"), ("ة", "ه"))


def floor(texts: Sequence[str]) -> tuple[str, float]:
    """(what was measured, CPU seconds) of the pass over all texts, the best of three.

    With pyahocorasick (not among our dependencies: pip install pyahocorasick) an automaton of 50,000 words of the
    texts, as the shared speed_ratio.py has it; without it one set look-up a word, which is about as fast.
    """
    words = sorted({word for text in texts for word in text.split() if len(word) > 3})
    random.Random(5).shuffle(words)
    chosen = words[:PATTERNS]
    try:
        import ahocorasick  # type: ignore[import-not-found]
    except ImportError:
        known = set(chosen)
        return "normalisation + set look-up a word", min(_set_pass(texts, known) for _ in range(3))
    machine = ahocorasick.Automaton()
    for number, word in enumerate(chosen):
        machine.add_word(word, number)
    machine.make_automaton()
    return "normalisation + automaton", min(_automaton_pass(texts, machine) for _ in range(3))


def folded(text: str) -> str:
    """The text with the commonest spelling variants folded."""
    for old, new in FOLDED:
        text = text.replace(old, new)
    return text


def _set_pass(texts: Sequence[str], known: set[str]) -> float:
    begun = time.process_time()
    for text in texts:
        sum(map(known.__contains__, folded(text).split()))
    return time.process_time() - begun


def _automaton_pass(texts: Sequence[str], machine: object) -> float:
    begun = time.process_time()
    for text in texts:
        for _ in machine.iter(folded(text)):  # type: ignore[attr-defined]
            pass
    return time.process_time() - begun
