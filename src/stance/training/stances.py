"""Examples of stances → sequences to train on."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from stance.actors.table import ActorTable
from stance.build import claim_reader
from stance.evaluation.texts import documents
from stance.issues import read_issue
from stance.measure.gold import read_gold
from stance.measure.passages import read_passages
from stance.nli.packed import Packer, Row
from stance.training.config import NliConfig, Passages, Stances, resolve
from stance.training.passages import (
    ENTAILED,
    Example,
    Labelled,
    Question,
    elsewhere,
    examples,
    labelled,
    statements,
    swapped,
)
from stance.training.readers import Asked, Packed
from stance.types import Issue

QUIET = ", no side"
"""What the source of a sequence ends with in which nobody takes a side."""


def stance_units(config_path: Path, config: NliConfig, packer: Packer) -> list[Packed]:
    """The sequences of all passages that the training file names.

    Raises:
        LabelError: a file of passages or labels is malformed, or its texts are not there.
    """
    if not config.passages:
        return []
    reader, _ = claim_reader()
    names = sorted(actor.name for actor in reader.table.actors.values() if actor.kind == "state")
    issues = [read_issue(resolve(config_path, passages.issue)) for passages in config.passages]
    read: list[list[Example]] = []
    for passages, issue in zip(config.passages, issues, strict=True):
        texts = _texts(config_path, passages, reader.table, [one.id for one in issue.labels])
        read.append(list(examples(texts, issue, reader)))
    found: list[Packed] = []
    for issue, own in zip(issues, read, strict=True):
        chance = random.Random(f"{config.seed}:{issue.id}")
        others = [one for one in chain.from_iterable(read) if one.issue != issue.id]
        found += units(
            chain(
                own,
                statements(issue, names, chance),
                _elsewhere(others, issue, len(own), config.stances, chance),
            ),
            packer,
            names,
            wordings=config.stances.wordings,
            swaps=config.stances.swaps,
            chance=chance,
        )
    return found


def _elsewhere(
    others: Sequence[Example], issue: Issue, own: int, stances: Stances, chance: random.Random
) -> Iterator[Example]:
    """Premises that say nothing of an issue: shares of its `own` examples, as the file says."""
    if not others:
        return
    for empty, share in ((False, stances.elsewhere), (True, stances.empty)):
        for one in chance.choices(others, k=round(share * own)):
            titled = chance.random() < 0.5
            found = elsewhere(one, issue, empty=empty, titled=titled)
            if found is not None:
                yield found


def _texts(
    config_path: Path, passages: Passages, table: ActorTable, labels: Sequence[str]
) -> Iterator[Labelled]:
    for name in passages.files:
        path = Path(resolve(config_path, name))
        yield from labelled(read_passages(path, labels, table.actors))
    for name in passages.labels:
        gold = read_gold(Path(resolve(config_path, name)), labels, table.actors)
        roots = [Path(resolve(config_path, root)) for root in passages.texts]
        yield from labelled(zip(documents(gold, roots), gold, strict=True))


def units(
    found: Iterable[Example],
    packer: Packer,
    names: Sequence[str],
    *,
    wordings: int,
    swaps: float,
    chance: random.Random,
) -> list[Packed]:
    """Examples as sequences; a share `swaps` of them once more with another of `names` as actor.

    Of each question the first wording is asked and others drawn at random, `wordings` in all.
    Premises that the model would read in pieces are left out.
    """
    made: list[Packed] = []
    for one in found:
        copies: list[Example | None] = [one]
        if chance.random() < swaps:
            copies.append(swapped(one, names, chance))
        for copy in copies:
            pieces = packer.premise(copy.premise) if copy else []
            if copy is not None and len(pieces) == 1:
                made.append(_unit(copy, pieces[0], packer, wordings, chance))
    return made


def _unit(
    one: Example,
    premise: tuple[int, ...],
    packer: Packer,
    wordings: int,
    chance: random.Random,
) -> Packed:
    drawn = [_drawn(question, wordings, chance) for question in one.questions]
    asked: list[Asked] = []
    at = 0
    for question, texts in zip(one.questions, drawn, strict=True):
        asked.append(Asked(at, at + len(texts), question.truth))
        at += len(texts)
    sided = any(question.truth == ENTAILED for question in one.questions)
    return Packed(
        Row(premise, tuple(packer.hypothesis(text) for text in chain.from_iterable(drawn))),
        (),
        one.issue if sided else one.issue + QUIET,
        tuple(asked),
    )


def _drawn(question: Question, wordings: int, chance: random.Random) -> list[str]:
    first, *others = question.hypotheses
    return [first, *chance.sample(others, min(wordings - 1, len(others)))]
