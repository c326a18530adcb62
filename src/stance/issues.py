"""Issue packs: a question, its labels, and the sentences that would state them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from stance.errors import ConfigError
from stance.shipped import shipped
from stance.tables import read_toml
from stance.types import NEUTRAL, Issue, Label


class _Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    short: str
    supports: tuple[str, ...]
    opposes: tuple[str, ...]
    terms: tuple[str, ...] = ()
    never_supports: tuple[str, ...] = ()
    never_opposes: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


class _Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    title: str
    terms: tuple[str, ...]
    label: tuple[_Label, ...]
    more_terms: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


def read_issue(name: str) -> Issue:
    """A shipped issue by name (`western_sahara`), or an issue file by path (`mine.toml`).

    Raises:
        ConfigError: there is no such issue, or the file is malformed: unknown key, no label, a
            label twice, a wording without `{actor}`, no terms.
    """
    path = Path(name)
    if path.suffix != ".toml":
        path = shipped("configs", "issues", f"{name}.toml")
        if not path.is_file():
            raise ConfigError(
                f"there is no issue {name!r}; known issues: {', '.join(shipped_issues())}; "
                "or give the path of an issue file that ends in .toml"
            )
    pack = read_toml(path, _Pack)
    _check(path, pack)
    labels = tuple(
        Label(
            label.id,
            label.short,
            label.supports,
            label.opposes,
            label.terms,
            label.never_supports,
            label.never_opposes,
            label.rivals,
        )
        for label in pack.label
    )
    return Issue(pack.id, pack.title, labels, pack.terms, pack.more_terms, pack.exceptions)


def shipped_issues() -> list[str]:
    """The names of the issues that ship, sorted."""
    return sorted(path.stem for path in shipped("configs", "issues").glob("*.toml"))


def _check(path: Path, pack: _Pack) -> None:
    if not pack.label:
        raise ConfigError(f"{path}: has no [[label]]; an issue needs at least one")
    if not pack.terms:
        raise ConfigError(f"{path}: `terms` is empty; name the words by which texts speak of it")
    for terms in (pack.terms, pack.more_terms, *(label.terms for label in pack.label)):
        if any(not term.strip(" *") for term in terms):
            raise ConfigError(f"{path}: `terms` holds a blank term, which would match everything")
    plain = term_pattern((*pack.terms, *pack.more_terms))
    for phrase in pack.exceptions:
        if not plain.search(phrase):
            raise ConfigError(
                f"{path}: the exception {phrase!r} holds none of the `terms`, so it changes nothing"
            )
    seen: set[str] = set()
    for label in pack.label:
        where = f"{path}: label {label.id!r}"
        if not re.fullmatch(r"[a-z][a-z0-9_]*", label.id) or label.id == NEUTRAL:
            raise ConfigError(
                f"{where}: a label is written in a-z, 0-9 and _, and `{NEUTRAL}` is taken"
            )
        if label.id in seen:
            raise ConfigError(f"{where}: stands twice; each label may stand once")
        seen.add(label.id)
        for side, wordings in (("supports", label.supports), ("opposes", label.opposes)):
            if not wordings:
                raise ConfigError(f"{where}: `{side}` has no wording; give at least one sentence")
            for number, wording in enumerate(wordings, start=1):
                if wording.count("{actor}") != 1 or re.search(
                    r"[{}]", wording.replace("{actor}", "")
                ):
                    raise ConfigError(
                        f"{where}: wording {number} of `{side}` must hold {{actor}} once and no "
                        f"other brace: {wording!r}"
                    )
            both = set(label.never_supports) & set(label.never_opposes)
            if both:
                raise ConfigError(
                    f"{where}: {', '.join(sorted(both))} stands in `never_supports` and in "
                    "`never_opposes`; an actor is of one side by what it is"
                )
            if len(set(wordings)) < len(wordings):
                raise ConfigError(f"{where}: `{side}` holds the same wording twice")


def term_pattern(terms: tuple[str, ...], exceptions: tuple[str, ...] = ()) -> re.Pattern[str]:
    """One pattern for all `terms`: whole words, any case; a final `*` stands for any ending.

    A term that stands in one of the phrases `exceptions` is none.
    """
    found = rf"(?<!\w)(?:{'|'.join(_body(term) for term in _longest_first(terms))})"
    inside = [
        rf"(?!(?<={re.escape(phrase[: term.start()])}){re.escape(phrase[term.start() :])}(?!\w))"
        for phrase in exceptions
        for term in re.finditer(found, phrase, re.IGNORECASE)
    ]
    return re.compile("".join(inside) + found, re.IGNORECASE)


def _longest_first(terms: tuple[str, ...]) -> list[str]:
    return sorted(terms, key=len, reverse=True)


def _body(term: str) -> str:
    # A line may end at a space or behind a hyphen.
    words = (re.escape(word).replace(r"\-", r"-\s*") for word in term.rstrip("*").split())
    return r"\s+".join(words) + (r"\w*" if term.endswith("*") else r"(?!\w)")


def plain(label: str) -> str:
    """A label's id as people read it, where its short name is not known: "un process"."""
    return label.removeprefix("supports_").replace("_", " ")


def find_issue(issue: str, called: str = "") -> Issue | None:
    """The issue with this id: the file or name by which it was called, or one that ships."""
    for name in (called, issue):
        try:
            pack = read_issue(name)
        except ConfigError:
            continue
        if pack.id == issue:
            return pack
    return None


def label_shorts(issue: str, called: str, labels: Iterable[str] = ()) -> dict[str, str]:
    """The short names of the labels of `find_issue`, and what the ids tell of other `labels`."""
    pack = find_issue(issue, called)
    shorts = {label.id: label.short for label in pack.labels} if pack else {}
    return shorts | {label: plain(label) for label in sorted(labels) if label not in shorts}
