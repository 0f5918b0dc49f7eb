"""Inflection: all spellings of the verbs and nouns of a language pack's tables, and the reading of one word.

Arabic is generated from roots (stems.py, verbs.py, nouns.py); a language without paradigms lists its forms.
"""

from pipeline.morphology.index import Reading, WordIndex
from pipeline.morphology.nouns import noun_forms
from pipeline.morphology.phrases import Hits, PhraseIndex, phrase_end
from pipeline.morphology.verbs import verb_forms

__all__ = ["Hits", "PhraseIndex", "Reading", "WordIndex", "noun_forms", "phrase_end", "verb_forms"]
