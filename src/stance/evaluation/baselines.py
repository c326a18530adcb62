"""Small predictors to stand beside: they write the same results, so they are scored alike.

All of them take the same sentences, actors and terms as stance, and hold every sentence that
names an actor for a claim of that actor; they differ in what they make of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from stance.errors import CallError, need
from stance.nli.calibration import curves_of
from stance.pipeline import Pipeline
from stance.steps import NliModel
from stance.types import Band, Claim, Decision, Document, Issue, Mention, NliProbs, Sentence

BASELINES = ("majority", "terms", "hypothesis-only", "zero-shot")

_NO = NliProbs(0.0, 1.0, 0.0)
_YES = NliProbs(1.0, 0.0, 0.0)


def baseline(name: str, pipeline: Pipeline, weights: str | None = None) -> Pipeline:
    """The pipeline in which the named baseline takes the place of claims and model.

    - `majority`: every actor is neutral, as most are;
    - `terms`: an actor supports every label that has a term in a sentence with the actor;
    - `hypothesis-only`: the same model, but it sees no text, only the sentence to be judged;
    - `zero-shot`: the zero-shot pipeline of transformers with the weights in the folder `weights`,
      each sentence against the wordings of support, asserted from 0.5.

    Raises:
        CallError: there is no such baseline, or zero-shot has no weights.
        MissingExtraError: zero-shot needs transformers.
    """
    even = {label.id: Band.around(0.5) for label in pipeline.issue.labels}
    half = Decision(even, even)
    reader = replace(pipeline.reader, find_claims=every_sentence)
    if name == "hypothesis-only":
        return replace(pipeline, reader=reader, nli=_Blind(pipeline.nli))
    models: dict[str, NliModel] = {
        "majority": _Never(),
        "terms": _Terms(pipeline.issue),
    }
    if name == "zero-shot":
        if weights is None:
            raise CallError("the baseline zero-shot needs a folder with weights")
        models[name] = _ZeroShot(weights)
    if name not in models:
        raise CallError(f"there is no baseline {name!r}; there are {', '.join(BASELINES)}")
    return replace(
        pipeline,
        reader=reader,
        nli=models[name],
        curves=curves_of({}, pipeline.issue),
        decision=half,
    )


def every_sentence(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[Claim, ...]:
    """A claim for each sentence and each actor that it names, in the order of the text."""
    first: dict[tuple[int, str], Mention] = {}
    for mention in mentions:
        if mention.actor is not None:
            first.setdefault((mention.sentence, mention.actor), mention)
    return tuple(
        Claim(document.sha256, actor, mention.span, (), None, (sentences[index].span,), (index,))
        for (index, actor), mention in first.items()
    )


class _Never:
    """Says no to everything."""

    name = "majority"
    sha256 = ""

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        return [_NO for _ in pairs]


class _Terms:
    """Says yes to every wording of support that it is asked about: a term was near."""

    name = "terms"
    sha256 = ""

    def __init__(self, issue: Issue) -> None:
        self._supports = tuple(
            wording.partition("{actor}")[2] for label in issue.labels for wording in label.supports
        )

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        return [_YES if hypothesis.endswith(self._supports) else _NO for _, hypothesis in pairs]


class _Blind:
    """The model without the premise."""

    def __init__(self, nli: NliModel) -> None:
        self.name, self.sha256, self._nli = f"{nli.name}, hypothesis only", nli.sha256, nli

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        known = sorted({hypothesis for _, hypothesis in pairs})
        probs = dict(zip(known, self._nli([("", one) for one in known]), strict=True))
        return [probs[hypothesis] for _, hypothesis in pairs]


class _ZeroShot:
    """The pipeline "zero-shot-classification" of transformers, several labels at once."""

    sha256 = ""

    def __init__(self, weights: str) -> None:
        transformers = need("transformers", "train")
        self.name = f"transformers zero-shot, {weights}"
        self._classify: Any = transformers.pipeline("zero-shot-classification", model=weights)

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        probs: list[NliProbs] = []
        for premise, group in groupby(pairs, key=lambda pair: pair[0]):
            wordings = [hypothesis for _, hypothesis in group]
            found = self._classify(
                premise, wordings, hypothesis_template="{}", multi_label=True, batch_size=16
            )
            scores = dict(zip(found["labels"], found["scores"], strict=True))
            probs += [NliProbs(scores[one], 0.0, 1.0 - scores[one]) for one in wordings]
        return probs
