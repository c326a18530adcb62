"""Idioms of refusal in plain words: "wants nothing to do with the plan" → "rejects the plan".

A small model hears in them what they speak of and not that it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

_ITS = r"(?:its|his|her|their|our|my|the)"
_WHAT = r"((?:(?!\b(?:to|that|who|not|no)\b)[^.;:!?\"“”]){3,140}?)"
"""What is called something: a phrase of the same clause."""

_MERE = (
    r"(?:(?:nothing|no|little)\s+(?:but|more\s+than|less\s+than|short\s+of)\s+|\w+ly\s+)?"
    r"(?:(?:a|an|another)\s+(?:(?!not\b)[\w-]+\s+){0,2}?)?"
)
_IS = r"(?:is|was|are|were|amounts?\s+to|amounted\s+to|constitutes?|remains?|remained|would\s+be)"
_ENDS = (
    r"(?=\W*$|\s*[.,;:!?)\"”’]"
    r"|\s+(?:and|but|which|because|when|after|in|for|on|of|by|meant|under)\b)"
)
_NO_OBJECT = r"(?!(?:on|for|upon|in|itself|themselves)\b)"
_NOT = (
    r"(?:(?:do(?:es)?|did|will|would|shall|can|could)\s+(?:not|never)|cannot|never|"
    r"(?:do(?:es)?|did|wo|would|sha|ca|could)n['’]t)"
)
_FEW_WORDS = r"(?:(?:(?!not\b|that\b|to\b|for\b|by\b|of\b|over\b)[\w'’-]+\s+){0,4}?)"
"""What may stand between a verb and the head of its object."""


class _Scorn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    calling: tuple[str, ...]
    saying: tuple[str, ...]
    words: tuple[str, ...]


class _Granted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: tuple[str, ...]
    words: tuple[str, ...]


class _Blamed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: tuple[str, ...]
    words: tuple[str, ...]
    ends: tuple[str, ...]


class PlainTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The idioms of a cue file.

    `verb` is what they come to; `forms`: a verb that is not regular → third person, past,
    participle, gerund. `doubting`: adjectives, read as its participle in front of a noun of
    `doubted`. `scorn`: verbs of calling and saying, and what nobody calls what he wants.
    `granted`: verbs that are refusals where they are negated, and what is refused then. `blamed`:
    verbs that come to refusal where they find fault with somebody's taking a side, the words for
    taking one, and what leads to the side. `clearer`: words of which a model hears only the half →
    others that say the same.
    """

    verb: str
    idioms: tuple[str, ...]
    doubting: tuple[str, ...]
    doubted: tuple[str, ...]
    forms: dict[str, tuple[str, ...]]
    scorn: _Scorn
    granted: _Granted
    blamed: _Blamed
    clearer: dict[str, str]


@dataclass(frozen=True, slots=True)
class Plain:
    """Patterns, each with what takes its place, in order."""

    changes: tuple[tuple[re.Pattern[str], str], ...]

    def __call__(self, text: str) -> str:
        """The text in plain words; most texts stay as they are."""
        for pattern, plain in self.changes:
            text = pattern.sub(plain, text)
        return text


def plain_words(table: PlainTable) -> Plain:
    """What makes text plain: "turned the plan down", "called it a farce" → "rejected".

    The verb keeps the form of the idiom: "would shut the door on" → "would reject".
    """
    participle = _inflected(table.verb, table.forms)[2]
    nouns = rf"(?:[\w-]+\s+){{0,2}}?(?:{'|'.join(table.doubted)})(?!\w)"
    doubting = _whole(rf"(?:{'|'.join(table.doubting)})(?=\s+{nouns})")
    scorned = "|".join(_spaced(word) for word in table.scorn.words)
    changes = [(doubting, participle), *_not_granted(table)]
    changes += [(_whole(_spaced(said)), meant) for said, meant in table.clearer.items()]
    side = rf"{_FEW_WORDS}(?:{'|'.join(table.blamed.words)})\s+(?:{'|'.join(table.blamed.ends)})\b"
    for mine, forms in _by_form(table):
        idioms = "|".join(f"{form}\\s+{rest}" for form, rest in forms(table.idioms))
        changes.append((_whole(f"(?:{idioms})"), mine))
        blamed = "|".join(
            rf"{form}\s+{rest}" if rest else form for form, rest in forms(table.blamed.verbs)
        )
        changes.append((_whole(rf"(?:{blamed})(?=\s+{side})"), mine))
        called = "|".join(form for form, _ in forms(table.scorn.calling))
        what = rf"{_NO_OBJECT}{_WHAT}\s+(?:as\s+)?({_MERE}(?:{scorned})){_ENDS}"
        said = "|".join(form for form, _ in forms(table.scorn.saying))
        that = rf"(?::|\s+that\b)?\s+{_WHAT}\s+{_IS}\s+({_MERE}(?:{scorned})){_ENDS}"
        changes.append((_whole(rf"(?:{said}){that}"), rf"{mine} \1 as \2"))
        changes.append((_whole(rf"(?:{called})\s+{what}"), rf"{mine} \1 as \2"))
    return Plain(tuple(changes))


def _not_granted(table: PlainTable) -> Iterator[tuple[re.Pattern[str], str]]:
    """ "Does not recognise the annexation" → "rejects the annexation"; "did not" → "rejected"."""
    third, past, _, _ = _inflected(table.verb, table.forms)
    verbs = "|".join(table.granted.verbs)
    what = rf"(?=,?\s+{_FEW_WORDS}(?:{'|'.join(table.granted.words)})(?!\w))"
    for helper, mine in ((r"(?:did|could)(?:\s+not|\s+never|n['’]t)", past), (_NOT, third)):
        yield _whole(rf"{helper}(?:\s+\w+ly)?\s+(?:{verbs}){what}"), mine


def _by_form(table: PlainTable) -> Iterator[tuple[str, _FormsOf]]:
    """Each form of the plain verb, and what gives that form of other verbs.

    The base comes last: "shut" is more often the past.
    """
    ours = (table.verb, *_inflected(table.verb, table.forms))
    for number in (1, 2, 3, 4, 0):
        yield ours[number], _FormsOf(number, table.forms)


@dataclass(frozen=True, slots=True)
class _FormsOf:
    """Gives one form of the first words of idioms, and the rest of each as a pattern."""

    number: int
    irregular: Mapping[str, tuple[str, ...]]

    def __call__(self, idioms: Iterable[str]) -> Iterator[tuple[str, str]]:
        for idiom in idioms:
            first, *rest = idiom.split()
            form = (first, *_inflected(first, self.irregular))[self.number]
            yield form, r"\s+".join(_ITS if word == "its" else _one_of(word) for word in rest)


def _inflected(verb: str, irregular: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Third person, past, participle and gerund of a verb."""
    if verb in irregular:
        return irregular[verb]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb[:-1]}ied", f"{verb}ing")
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"
    past = f"{verb}d" if verb.endswith("e") else f"{verb}ed"
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    return third, past, past, f"{stem}ing"


def _one_of(word: str) -> str:
    return rf"(?:{word.replace('/', '|')})"


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE)
