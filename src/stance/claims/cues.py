"""Cue words by kind, and every form in which they appear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import msgspec

from stance.claims.plain import Plain, PlainTable, plain_words
from stance.errors import ConfigError
from stance.tables import read_toml

CueKind = Literal["says", "supports", "opposes", "demands", "denies", "thanks"]
Frame = Literal["quotation", "clause", "object", "infinitive"]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: dict[str, tuple[str, ...]]
    irregular: dict[str, str]
    nouns: dict[str, tuple[str, ...]]
    frames: _Frames
    light: dict[str, tuple[str, ...]]
    adjectives: dict[str, tuple[str, ...]]
    deeds: dict[str, tuple[str, ...]]
    attitudes: dict[str, tuple[str, ...]]
    plain: PlainTable
    gist: dict[str, tuple[str, ...]] = {}  # a language may go without, and without these
    works: dict[str, tuple[str, ...]] = {}
    acts: dict[str, tuple[str, ...]] = {}


class _Frames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    quotation: tuple[str, ...]
    clause: tuple[str, ...]
    object: tuple[str, ...]
    infinitive: tuple[str, ...]
    preposition: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Cues:
    """Which words are cues, of which kind, and in which construction.

    `verbs`: any form in lower case → kind; `bases`: any form → base form; `kinds`: base form →
    kind. `nouns`: a noun that says the same of its owner → kind. `light`: verbs that lend
    themselves to such a noun. `adjectives`: of an attitude → kind. `deeds`: a verb → the objects
    with which it takes a side. `spoken`: nouns that are cues behind a light verb only;
    `received`: verbs whose subject is what the noun is about ("won the support of");
    `had`: nouns that the subject of "have" has itself ("has faith in").
    `attitudes`: verbs that tell what somebody thinks or does, not that it is said. `plain`: what
    reads idioms of refusal in plain words. `works`: nouns of what is somebody's own, in either
    number → what the owner does with it ("initiative" → "proposes"); `acts`: nouns of what
    somebody does → the verb that says the same. `gist`: verbs, nouns and adjectives that say only
    that what they speak of is supported.
    """

    verbs: Mapping[str, CueKind]
    bases: Mapping[str, str]
    kinds: Mapping[str, CueKind]
    nouns: Mapping[str, CueKind]
    light: frozenset[str]
    adjectives: Mapping[str, CueKind]
    deeds: Mapping[str, frozenset[str]]
    spoken: Mapping[str, CueKind]
    attitudes: frozenset[str]
    received: frozenset[str]
    had: frozenset[str]
    frames: Mapping[str, frozenset[str]]
    prepositions: Mapping[str, frozenset[str]]
    plain: Plain
    works: Mapping[str, str]
    acts: Mapping[str, str]
    gist: frozenset[str]

    def base(self, form: str, lemma: str) -> str:
        """The base form of a verb: from the tables where they have the form, else `lemma`."""
        return self.bases.get(form, lemma)

    def takes(self, verb: str, frame: Frame) -> bool:
        """Whether a verb (base form) is a cue in a construction."""
        return verb in self.frames[frame]

    def takes_preposition(self, verb: str, preposition: str) -> bool:
        """Whether a verb (base form) is a cue with a preposition: "call for"."""
        return verb in self.prepositions.get(preposition, frozenset())


def read_cues(path: Path) -> Cues:
    """Read a cue file, such as `configs/cues/en.toml`.

    Raises:
        ConfigError: it is malformed, names an unknown kind, or an irregular form of no verb.
    """
    table = read_toml(path, _Table)
    unknown = (set(table.verbs) | set(table.nouns)) - set(get_args(CueKind))
    if unknown:
        raise ConfigError(
            f"{path}: there is no kind {sorted(unknown)[0]!r}; "
            f"kinds are {', '.join(get_args(CueKind))}"
        )
    kinds = _by_word(table.verbs)
    strays = [form for form, verb in table.irregular.items() if verb not in kinds]
    if strays:
        verb = table.irregular[strays[0]]
        raise ConfigError(f"{path}: [irregular] {strays[0]!r} belongs to {verb!r}, which is no cue")
    _check_known(path, table, kinds)
    regular = {
        form: verb
        for verb in kinds
        for form in (verb, _third_person(verb), _past(verb), _gerund(verb))
    }
    bases = {**regular, **table.irregular}
    return Cues(
        {form: kinds[verb] for form, verb in bases.items()},
        bases,
        kinds,
        _by_word(table.nouns),
        frozenset(table.light["verbs"]),
        _by_word(table.adjectives),
        {verb: frozenset(nouns) for verb, nouns in table.deeds.items()},
        _by_word({"says": table.light["nouns"]}),
        frozenset(table.attitudes["verbs"]),
        frozenset(table.light["received"]),
        frozenset(table.light["had"]),
        {frame: frozenset(getattr(table.frames, frame)) for frame in get_args(Frame)},
        {word: frozenset(verbs) for word, verbs in table.frames.preposition.items()},
        plain_words(table.plain),
        _with_plurals(table.works),
        _with_plurals(table.acts),
        frozenset(word for group in table.gist.values() for word in group),
    )


def _check_known(path: Path, table: _Table, kinds: Mapping[str, CueKind]) -> None:
    """Refuse a verb of the frames or attitudes that stands under no kind."""
    frames = {
        "frames.quotation": table.frames.quotation,
        "frames.clause": table.frames.clause,
        "frames.object": table.frames.object,
        "frames.infinitive": table.frames.infinitive,
        "attitudes": table.attitudes["verbs"],
        **{f"frames.preposition.{word}": v for word, v in table.frames.preposition.items()},
    }
    for name, verbs in frames.items():
        for verb in verbs:
            if verb.split()[0] not in kinds:
                raise ConfigError(
                    f"{path}: [{name}] has {verb!r}, which stands under no kind in [verbs]"
                )


def _with_plurals(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Noun → the verb that it stands under, for both numbers; the plural is formed as a verb's."""
    return {
        form: verb
        for verb, nouns in words.items()
        for noun in nouns
        for form in (noun, _third_person(noun))
    }


def _by_word(words: Mapping[str, tuple[str, ...]]) -> dict[str, CueKind]:
    """Word → kind; a word of two kinds is of the first."""
    kinds: dict[str, CueKind] = {}
    for kind in get_args(CueKind):
        for word in words.get(kind, ()):
            kinds.setdefault(word, kind)
    return kinds


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return verb + "es"
    return verb[:-1] + "ies" if _ends_in_consonant_y(verb) else verb + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if _ends_in_consonant_y(verb) else verb + "ed"


def _gerund(verb: str) -> str:
    return verb[:-1] + "ing" if verb.endswith("e") and not verb.endswith("ee") else verb + "ing"


def _ends_in_consonant_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2] not in "aeiou"
