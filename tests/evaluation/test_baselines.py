"""The baselines: each says what it is meant to say, on the sentences and actors of stance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

import stance.build
from stance import Pipeline
from stance.errors import CallError
from stance.evaluation.baselines import BASELINES, baseline
from stance.nli.choose import Chosen
from stance.types import NliProbs

TEXT = "Kenya praised the autonomy plan for Western Sahara. Peru sent men to the UN process."


class Recorder:
    """A model that remembers what it was asked, and entails everything that has a premise."""

    name = "recorder"
    sha256 = "0" * 64

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        self.asked += pairs
        return [
            NliProbs(0.9, 0.1, 0.0) if premise else NliProbs(0.2, 0.8, 0.0) for premise, _ in pairs
        ]


@pytest.fixture
def model() -> Recorder:
    return Recorder()


@pytest.fixture
def pipeline(model: Recorder, monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    monkeypatch.setattr(stance.build, "choose_model", lambda name, threads: Chosen(model))
    return stance.build.load()


def labels(pipeline: Pipeline, actor: str) -> tuple[str, ...]:
    analysis = pipeline(TEXT)
    one = next(found for found in analysis.actors if found.actor.id == actor)
    return analysis.decision.labels(one.scores)


def test_majority_is_neutral_for_everyone(pipeline: Pipeline) -> None:
    assert labels(baseline("majority", pipeline), "KEN") == ("neutral",)


def test_terms_near_the_actor_are_support(pipeline: Pipeline) -> None:
    terms = baseline("terms", pipeline)
    assert labels(terms, "KEN") == ("supports_sovereignty",)
    # Sovereignty is asked about everywhere near the issue: the label has no terms of its own.
    assert labels(terms, "PER") == ("supports_sovereignty", "supports_un_process")
    assert all(not one.decision.opposed(a.opposes) for one in [terms(TEXT)] for a in one.actors)


def test_hypothesis_only_shows_the_model_no_text(pipeline: Pipeline, model: Recorder) -> None:
    assert labels(baseline("hypothesis-only", pipeline), "KEN") == ("neutral",)
    assert model.asked and {premise for premise, _ in model.asked} == {""}


def test_every_sentence_is_a_claim_of_each_actor_in_it(pipeline: Pipeline) -> None:
    analysis = baseline("majority", pipeline)("Kenya and Peru spoke of Peru. Kenya left.")
    assert [(claim.holder, claim.sentences) for claim in analysis.claims] == [
        ("KEN", (0,)),
        ("PER", (0,)),
        ("KEN", (1,)),
    ]


def test_other_names_are_refused(pipeline: Pipeline) -> None:
    with pytest.raises(CallError, match=BASELINES[0]):
        baseline("luck", pipeline)
    with pytest.raises(CallError, match="weights"):
        baseline("zero-shot", pipeline)


def test_zero_shot_asks_the_pipeline_of_transformers(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def classify(premise, wordings, **options):  # type: ignore[no-untyped-def]
        calls.append((premise, options))
        return {
            "labels": wordings[::-1],
            "scores": [0.8 if "plan" in w else 0.1 for w in wordings[::-1]],
        }

    monkeypatch.setattr(
        "stance.evaluation.baselines.need",
        lambda *names: type("fake", (), {"pipeline": staticmethod(lambda *a, **k: classify)}),
    )
    found = baseline("zero-shot", replace(pipeline), "folder")
    assert labels(found, "KEN") == ("supports_sovereignty",)
    assert all(
        options["multi_label"] and options["hypothesis_template"] == "{}" for _, options in calls
    )
