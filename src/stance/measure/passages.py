"""Our own labelled passages, text and labels in one line (`seeds/README.md` says the format)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import msgspec

from stance.measure.gold import GoldSpan, GoldStance, GoldText, problems_of
from stance.measure.lines import decoded, refuse
from stance.types import NEUTRAL, Document, Meta


class _Stance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    labels: tuple[str, ...]
    opposes: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    evidence: dict[str, str | tuple[str, ...]] = {}

    def proofs(self, label: str) -> tuple[str, ...]:
        """The words that prove a label."""
        found = self.evidence.get(label, ())
        return (found,) if isinstance(found, str) else found


class _Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    style: str
    speaker: str | None
    text: str
    actors: dict[str, _Stance]
    kinds: tuple[str, ...]
    note: str = ""


def read_passages(
    path: Path, labels: Sequence[str], actors: Collection[str]
) -> list[tuple[Document, GoldText]]:
    """Read and check a file of passages: each as a document, with its gold.

    Args:
        path: JSON Lines, one passage a line.
        labels: the ids of the issue's labels, without `neutral`.
        actors: all ids of actors that are known.

    Raises:
        LabelError: the file cannot be read, or a line is malformed; its text lists the problems
            of all lines with their numbers.
    """
    found: list[tuple[Document, GoldText]] = []
    problems: list[str] = []
    for number, passage in decoded(path, _Passage):
        where = f"{path}:{number}"
        if isinstance(passage, str):
            problems.append(f"{where}: {passage}")
            continue
        pair = _gold(passage)
        problems += [f"{where}: {what}" for what in problems_of(pair[1], labels, actors)]
        problems += [f"{where}: {what}" for what in _unproved(passage)]
        found.append(pair)
    refuse(problems)
    return found


def _gold(passage: _Passage) -> tuple[Document, GoldText]:
    document = Document.from_text(passage.text, passage.id, Meta(speaker=passage.speaker))
    stances = {
        actor: GoldStance(
            one.labels,
            one.opposes,
            one.open,
            {label: _spans(one.proofs(label), passage.text) for label in one.evidence},
        )
        for actor, one in passage.actors.items()
    }
    digest, length = document.sha256, len(document.text)
    speaker = passage.speaker
    return document, GoldText(passage.id, digest, digest, length, stances, speaker=speaker)


def _spans(proofs: Sequence[str], text: str) -> tuple[GoldSpan, ...]:
    return tuple(
        GoldSpan(*match.span())
        for proof in filter(None, proofs)
        for match in re.finditer(re.escape(proof), text)
    )


def _unproved(passage: _Passage) -> Iterator[str]:
    """Evidence that the text does not hold."""
    for actor, one in passage.actors.items():
        sided = (set(one.labels) - {NEUTRAL}) | set(one.opposes)
        for label in one.evidence:
            if label in sided and not all(
                proof and proof in passage.text for proof in one.proofs(label)
            ):
                yield f"{actor}: the evidence of {label!r} is not in the text"
