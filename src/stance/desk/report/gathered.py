"""Saved results → all that a page shows of them, in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile

from stance.desk.report.attribution import name_of, said_by, short
from stance.desk.report.held import Gathered, Held, Position, Run, Take, Text
from stance.desk.report.passages import segments_of
from stance.desk.saved import Saved
from stance.errors import CallError
from stance.issues import plain
from stance.output.records import SavedActor, SavedClaim, SavedModel, SavedSentence, SavedText
from stance.types import Side

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?(?![0-9])")
_FOLDER = re.compile(r"[^/\\]*[/\\]")
_NAME = 200
"""Code points that are shown of a title or the name of a document."""


def gather(saved: Saved) -> Gathered:
    """Read the results, in two passes.

    Raises:
        CallError: there are none, they are damaged, or on more than one issue.
    """
    least, folder = _survey(saved)
    labels: dict[str, None] = {}
    runs: dict[tuple[SavedModel, str, str], int] = {}
    texts, positions, claims = [], [], []
    names: dict[str, str] = {}
    kinds: dict[str, str] = {}
    unclear: dict[str, int] = {}
    written: dict[str, str] = {}
    issue: str | None = None
    for index, one in enumerate(saved):
        if issue not in (None, one.issue):
            raise CallError(
                f"{saved.path}: holds results on {issue} and on {one.issue}; a report shows one "
                "issue: write those of each issue to a file of their own"
            )
        issue = one.issue
        made = (one.model, one.version, one.configuration)
        runs[made] = runs.get(made, 0) + 1
        for judged in (*one.actors, *one.claims):
            labels.update(dict.fromkeys((*judged.scores, *judged.opposes)))
        own_names = {actor.id: actor.name for actor in one.actors}
        texts.append(_text(one, folder, own_names))
        sentences = {sentence.index: sentence for sentence in one.sentences}
        for actor in one.actors:
            names.setdefault(actor.id, name_of(actor.id, own_names))
            kinds.setdefault(actor.id, short(actor.kind))
            takes = tuple(_takes(actor, one, least))
            positions.append(Position(actor.id, index, takes, actor.uncertain, bool(actor.open)))
        for claim in one.claims:
            names.setdefault(claim.holder, name_of(claim.holder, own_names))
            takes = tuple(_takes(claim, one, least))
            claims.append(_held(claim, index, takes, own_names, sentences))
        for span in one.unresolved:
            words = short(span.text)
            words = written.setdefault(words.casefold(), words)
            unclear[words] = unclear.get(words, 0) + 1
    if issue is None:
        raise CallError(f"{saved.path}: holds the results of no document; predict something first")
    return Gathered(
        issue,
        folder,
        tuple(labels),
        tuple(Run(*made, documents) for made, documents in runs.items()),
        tuple(texts),
        names,
        kinds,
        tuple(positions),
        tuple(claims),
        unclear,
    )


_Floors = dict[tuple[str, str, str, Side], float]


def _survey(saved: Saved) -> tuple[_Floors, str]:
    """The lowest probability that is certain somewhere, and the folder of all documents.

    The mark `uncertain` of a record stands for all labels together. A side whose probability is
    certain elsewhere in the same results is certain here too, whatever made the mark. The folder
    is nothing that a page which is passed on need tell.
    """
    least: _Floors = {}
    shared: list[str] | None = None
    for one in saved:
        folders = _FOLDER.findall(one.document.id)
        shared = folders if shared is None else _alike(shared, folders)
        judgements: tuple[SavedActor | SavedClaim, ...] = (*one.actors, *one.claims)
        for judged in judgements:
            if judged.uncertain or one.reviewed:
                continue
            for label, side, probability in _asserted(judged):
                key = (one.model.sha256, one.configuration, label, side)
                least[key] = min(least.get(key, 1.0), probability)
    folder = "".join(shared or ())
    return least, "" if "://" in folder else folder


def _alike(left: list[str], right: list[str]) -> list[str]:
    """What two lists begin with."""
    both = takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    return [name for name, _ in both]


def _asserted(judged: SavedClaim | SavedActor) -> Iterator[tuple[str, Side, float]]:
    for label in judged.labels:
        if label in judged.scores:
            yield label, "supports", judged.scores[label]
    for label in judged.opposed:
        if label in judged.opposes:
            yield label, "opposes", judged.opposes[label]


def _takes(judged: SavedClaim | SavedActor, one: SavedText, least: _Floors) -> Iterator[Take]:
    for label, side, probability in _asserted(judged):
        floor = least.get((one.model.sha256, one.configuration, label, side), 2.0)
        yield Take(label, side, probability, judged.uncertain and probability < floor)


def _held(
    claim: SavedClaim,
    text: int,
    takes: tuple[Take, ...],
    names: Mapping[str, str],
    sentences: Mapping[int, SavedSentence],
) -> Held:
    return Held(
        actor=claim.holder,
        text=text,
        takes=takes,
        near=claim.uncertain and not takes,
        voice=short(claim.voice),
        said=said_by(claim, names),
        notes=tuple(_notes(claim)),
        segments=segments_of(claim, sentences),
    )


def _notes(claim: SavedClaim) -> Iterator[str]:
    """What is not as usual with a claim, in words."""
    if claim.polarity == "negated":
        yield "negated"
    if claim.modality == "hypothetical":
        yield "conditional or hypothetical"
    if claim.modality == "demanded":
        yield "a demand"
    if claim.time == "past":
        yield "a past position"
    if claim.quoted:
        yield "quoted"
    for label in claim.open:
        yield f"left open by the reviewer: {short(plain(label))}"
    if claim.confidence < 1:
        yield f"confidence in who holds it: {claim.confidence:.2f}"


def _text(one: SavedText, folder: str, names: Mapping[str, str]) -> Text:
    document = one.document
    date = _DATE.match(document.date or "")
    return Text(
        name=short(document.id.removeprefix(folder), _NAME),
        title=short(document.title or "", _NAME),
        outlet=short(document.outlet or ""),
        date=date[0] if date else "",
        speaker=name_of(document.speaker, names) if document.speaker else "",
        warnings=tuple(short(warning, _NAME) for warning in one.warnings),
        reviewed=one.reviewed,
    )
