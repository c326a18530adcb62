"""Which language a text is in: plain English by its commonest words, all else by py3langid."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from stance import tokens
from stance.types import Document

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 6000
"""Characters of a text that are looked at: its beginning, middle and end, a third each."""
FEWEST_WORDS = 8
"""Below this a text is names and figures as often as not: its language stays unknown."""
SURE = 0.9
"""Probability from which the identifier's answer is taken."""

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = tokens.words(
    "the of and that with for was were which this from by are have has not will their its"
)
"""Common in English and no word of its neighbours."""
_ENGLISH_SHARE = 0.12
"""Share of those words from which no identifier is asked: it takes a second to load, and English
prose has twice as many."""


def identified(document: Document) -> Document:
    """The document with its language in `meta.language`: ISO 639-1, or None where unsure.

    What the text shows overrides what the file declared, for pages often declare the language of
    their template; the declaration stands where the text is too short or mixed to tell.
    """
    found = language(document.text)
    if found is None or found == document.meta.language:
        return document
    return replace(document, meta=replace(document.meta, language=found))


def foreign(language: str, spoken: Collection[str]) -> str:
    """One line that says in which language a text is, and which ones are read."""
    return f"the text is in language {language!r}, and stance reads {', '.join(sorted(spoken))}"


def language(text: str) -> str | None:
    """The main language of a text (ISO 639-1), or None where it cannot be told.

    The identifier is py3langid (Lui and Baldwin 2012, langid.py; the fork by Barbaresi).
    """
    sample = _sample(text)
    words = _WORD.findall(sample.lower())
    if len(words) < FEWEST_WORDS:
        return None if not _scripts_without_spaces(sample) else _identify(sample)
    if sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    return _identify(sample)


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    part, middle = SAMPLE // 3, len(text) // 2
    return " ".join([text[:part], text[middle : middle + part], text[-part:]])


def _scripts_without_spaces(sample: str) -> bool:
    """Whether the text has few words only because its script does not part them."""
    return len(sample) >= 20 and sum(c.isalpha() and ord(c) > 0x0E00 for c in sample) >= 20


def _identify(sample: str) -> str | None:
    code, probability = _identifier().classify(sample)
    return code if probability >= SURE else None


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    # Imported here: plain English never needs it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Dialects with longer codes would share the probability of their language.
    identifier.set_languages([code for code in identifier.labels if len(code) == 2])
    return identifier
