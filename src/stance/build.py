"""Configuration → pipeline: the only place where parts are wired together."""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from stance.actors.finder import Guards, RuleMentions
from stance.actors.persons import read_persons
from stance.actors.table import ActorTable, read_actors
from stance.claims.by_words.finder import RuleClaims
from stance.claims.cues import Cues, read_cues
from stance.claims.finder import ParsedClaims
from stance.errors import CallError, ConfigError
from stance.issues import read_issue
from stance.nli.calibration import SIDES, Curves, curves_of
from stance.nli.choose import choose_model
from stance.nli.hypotheses import Questions
from stance.pipeline import ClaimReader, Pipeline
from stance.reading import FileNames
from stance.segment import Sentences
from stance.segment.exceptions import read_exceptions
from stance.shipped import shipped
from stance.steps import ClaimFinder
from stance.tables import read_toml
from stance.types import Band, Decision, Fingerprint, Issue, Side

DEFAULT_ISSUE = "western_sahara"


def load(
    issue: str = DEFAULT_ISSUE,
    model: str | None = None,
    *,
    threshold: float | None = None,
    min_precision: float | None = None,
    threads: int | None = None,
) -> Pipeline:
    """A pipeline, ready to read.

    Args:
        issue: the name of a shipped issue, or the path of an issue file (`.toml`).
        model: None for the model that ships; a name in `models/`; or a folder or hub name of any
            Hugging Face NLI model (needs the extra `train`).
        threshold: one threshold in 0 to 1 for all labels and sides, instead of the model's own.
        min_precision: assert only from where at least this share, 0 to 1, was right on development
            data; what would be asserted without is uncertain then.
        threads: processor threads; None for all.

    Raises:
        ConfigError: the issue or an actor file is malformed.
        ModelError: the model is missing, incomplete, altered, or no NLI model.
        MissingExtraError: the model needs a package that is not installed.
        CallError: `threshold` or `min_precision` lies outside 0 to 1, or both are given.
    """
    for name, value in (("threshold", threshold), ("least precision", min_precision)):
        if value is not None and not 0.0 <= value <= 1.0:
            raise CallError(f"the {name} is {value}; allowed is 0 to 1")
    if threshold is not None and min_precision is not None:
        raise CallError("a threshold and a least precision were given; one of them decides")
    question = read_issue(issue)
    folder = shipped("configs")
    chosen = choose_model(model, threads or os.cpu_count() or 1)  # fails soonest
    reader, losses = claim_reader()
    _known(question, reader.table)
    curves = curves_of(chosen.calibration, question)
    return Pipeline(
        issue=question,
        reader=reader,
        questions=Questions(question),
        nli=chosen.nli,
        curves=curves,
        asking=chosen.asking,
        decision=_decision(question, curves, threshold, min_precision),
        losses=losses,
        languages=frozenset(path.stem for path in folder.glob("cues/*.toml")),
        fingerprint=Fingerprint(
            package_version(), chosen.nli.name, chosen.nli.sha256, _configuration(folder, question)
        ),
    )


def _known(issue: Issue, table: ActorTable) -> None:
    for label in issue.labels:
        for side in SIDES:
            unknown = [actor for actor in label.never(side) if actor not in table.actors]
            if unknown:
                raise ConfigError(
                    f"issue {issue.id!r}, label {label.id!r}: `never_{side}` names "
                    f"{', '.join(unknown)}, which is no actor's id; those of states are ISO codes"
                )


def claim_reader() -> tuple[ClaimReader, tuple[str, ...]]:
    """All that stands before the model, and what it does worse than it could."""
    folder = shipped("configs")
    table = actor_table()
    cues = read_cues(folder / "cues" / "en.toml")
    find_claims, losses = claim_finder(cues, table)
    guards = read_toml(folder / "actors" / "guards.toml", Guards)
    persons = read_persons(folder / "actors" / "persons.toml", table.actors)
    find_mentions = RuleMentions(table, guards, persons)
    return ClaimReader(table, cues, segmenter(), find_mentions, find_claims), losses


def actor_table() -> ActorTable:
    """The shipped actor tables: states, organisations, parties."""
    folder = shipped("configs", "actors")
    names = ("states.toml", "organisations.toml", "parties.toml")
    return read_actors([folder / name for name in names])


NO_PARSER = (
    "spaCy and its English model are not installed: claims are found by the order of words alone, "
    "a quarter fewer, and more are wrong;  pip install 'stance-nli[parser]'  brings both"
)


def claim_finder(cues: Cues, table: ActorTable) -> tuple[ClaimFinder, tuple[str, ...]]:
    """What finds claims: on parsed sentences, else by words; and what is lost without a parser."""
    from stance.parsing.spacy_parser import SpacyParser, is_installed

    if not is_installed():
        return RuleClaims(cues), (NO_PARSER,)
    states = frozenset(actor.id for actor in table.actors.values() if actor.kind == "state")
    return ParsedClaims(cues, SpacyParser(), states, table.nouns), ()


def file_names(table: ActorTable) -> FileNames:
    """The shipped patterns for the names of files."""
    return FileNames.read(shipped("configs", "reading", "file_names.toml"), table.actors)


def segmenter() -> Sentences:
    """The shipped segmenter."""
    return Sentences(read_exceptions(shipped("configs", "sentences", "en.toml")))


def package_version() -> str:
    """The installed version of stance."""
    try:
        return version("stance-nli")
    except PackageNotFoundError:
        return "0+unknown"


def _decision(
    issue: Issue, curves: Curves, threshold: float | None, least: float | None
) -> Decision:
    """Where each stance is asserted, by the caller's wish and the curves."""

    def of(side: Side) -> dict[str, Band]:
        return {label.id: curves[side, label.id].band(threshold, least) for label in issue.labels}

    return Decision(of("supports"), of("opposes"))


def _configuration(folder: Path, issue: Issue) -> str:
    """Hash of all that decides a result beside the model: the issue, the tables, the cues."""
    digest = hashlib.sha256(repr(issue).encode())
    for path in sorted(folder.glob("*/*.toml")):
        if path.parent.name == "issues":  # the one that was asked for is in already
            continue
        digest.update(path.read_bytes())
    return digest.hexdigest()
