"""Configuration → pipeline: the only place where parts are wired together."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from stance.actors.finder import Guards, RuleMentions
from stance.actors.table import ActorTable, read_actors
from stance.claims.by_words.finder import RuleClaims
from stance.claims.cues import Cues, read_cues
from stance.claims.finder import ParsedClaims
from stance.errors import CallError
from stance.issues import read_issue
from stance.nli.choose import Chosen, choose_model
from stance.nli.hypotheses import Questions
from stance.pipeline import Pipeline
from stance.reading import FileNames
from stance.segment import Sentences
from stance.segment.exceptions import read_exceptions
from stance.shipped import shipped
from stance.steps import ClaimFinder
from stance.tables import read_toml
from stance.types import Decision, Fingerprint, Issue

DEFAULT_ISSUE = "western_sahara"
DEFAULT_THRESHOLD = 0.5
"""Where a model brings no threshold for an issue: entailment more likely than not."""


def load(
    issue: str = DEFAULT_ISSUE,
    model: str | None = None,
    *,
    threshold: float | None = None,
    threads: int | None = None,
) -> Pipeline:
    """A pipeline, ready to read.

    Args:
        issue: the name of a shipped issue, or the path of an issue file (`.toml`).
        model: None for the model that ships; a name in `models/`; or a folder or hub name of any
            Hugging Face NLI model (needs the extra `train`).
        threshold: one threshold in 0 to 1 for all labels and sides, instead of the model's own.
        threads: processor threads; None for all.

    Raises:
        ConfigError: the issue or an actor file is malformed.
        ModelError: the model is missing, incomplete, altered, or no NLI model.
        MissingExtraError: the model needs a package that is not installed.
        CallError: `threshold` lies outside 0 to 1.
    """
    if threshold is not None and not 0.0 <= threshold <= 1.0:
        raise CallError(f"the threshold is {threshold}; allowed is 0 to 1")
    question = read_issue(issue)
    folder = shipped("configs")
    table = actor_table()
    cues = read_cues(folder / "cues" / "en.toml")
    chosen = choose_model(model, threads or os.cpu_count() or 1)
    find_claims, losses = claim_finder(cues, table)
    return Pipeline(
        issue=question,
        table=table,
        cues=cues,
        segment=segmenter(),
        find_mentions=RuleMentions(table, read_toml(folder / "actors" / "guards.toml", Guards)),
        find_claims=find_claims,
        questions=Questions(question),
        nli=chosen.nli,
        decision=_decision(question, chosen, threshold),
        losses=losses,
        languages=frozenset(path.stem for path in folder.glob("cues/*.toml")),
        fingerprint=Fingerprint(
            package_version(), chosen.nli.name, chosen.nli.sha256, _configuration(folder, question)
        ),
    )


def actor_table() -> ActorTable:
    """The shipped actor tables: states, organisations, parties."""
    folder = shipped("configs", "actors")
    return read_actors([folder / "states.toml", folder / "organisations.toml"])


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


def _decision(issue: Issue, chosen: Chosen, threshold: float | None) -> Decision:
    """Thresholds per label and side: the caller's, else the model's for the issue, else 0.5."""
    stored = chosen.thresholds.get(issue.id, {})

    def of(side: str) -> Mapping[str, float]:
        given: Mapping[str, float] = stored.get(side, {})
        return {
            label.id: threshold if threshold is not None else given.get(label.id, DEFAULT_THRESHOLD)
            for label in issue.labels
        }

    return Decision(of("supports"), of("opposes"))


def _configuration(folder: Path, issue: Issue) -> str:
    """Hash of all that decides a result beside the model: the issue, the tables, the cues."""
    digest = hashlib.sha256(repr(issue).encode())
    for path in sorted(folder.glob("*/*.toml")):
        if path.parent.name == "issues":  # the one that was asked for is in already
            continue
        digest.update(path.read_bytes())
    return digest.hexdigest()
