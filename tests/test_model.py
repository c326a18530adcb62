"""The shipped model on real text: our retellings, and the seed articles where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance import Pipeline, load
from stance.reading import read_document
from stance.shipped import shipped
from stance.types import Analysis

ROOT = Path(__file__).resolve().parents[1]
RETOLD = ROOT / "seeds" / "retold"
SEEDS = ROOT.parent / "shared" / "seeds"

SOVEREIGNTY, PROCESS = "supports_sovereignty", "supports_un_process"

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(
        not shipped("models", "stance-minilm").is_dir(), reason="the model is not in this checkout"
    ),
]


MISTAKEN = pytest.mark.xfail(
    strict=True, reason="the model errs on an actor that a supporter's sentence only names"
)
"""Known mistakes of the model that ships: one that is mended must leave this list."""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load(threads=2)


def labels(analysis: Analysis) -> dict[str, set[str]]:
    return {one.actor.id: set(analysis.decision.labels(one.scores)) for one in analysis.actors}


@pytest.mark.parametrize(
    ("name", "actor", "expected"),
    [
        ("kazakhstan", "KAZ", {SOVEREIGNTY, PROCESS}),
        ("harris", "USA", {PROCESS}),
        pytest.param("mauritania", "MRT", {"neutral"}, marks=MISTAKEN),
    ],
)
def test_retold_articles(pipeline: Pipeline, name: str, actor: str, expected: set[str]) -> None:
    analysis = pipeline(read_document(str(RETOLD / f"{name}.txt")))
    assert labels(analysis)[actor] == expected


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not beside this checkout")
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("000", {"JPN": {SOVEREIGNTY, PROCESS}, "MRT": {"neutral"}}),
        ("001", {"USA": {SOVEREIGNTY, PROCESS}, "MRT": {"neutral"}}),
        ("002", {"USA": {PROCESS}}),
        ("003", {"KAZ": {SOVEREIGNTY, PROCESS}}),
        (
            "004",
            {
                "DEU": {SOVEREIGNTY},
                "ESP": {SOVEREIGNTY},
                "GBR": {SOVEREIGNTY},
                "USA": {SOVEREIGNTY},
                "MRT": {"neutral"},
            },
        ),
    ],
)
def test_seed_articles(pipeline: Pipeline, number: str, expected: dict[str, set[str]]) -> None:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    found = labels(pipeline(read_document(str(path))))
    for actor, held in expected.items():
        assert held <= found[actor] if held != {"neutral"} else found[actor] == held, actor
    for opponent in ("POLISARIO", "DZA"):
        assert SOVEREIGNTY not in found.get(opponent, set())


def test_a_pair_does_not_depend_on_its_batch(pipeline: Pipeline) -> None:
    short = ("Kenya backs the plan.", "Kenya supports the plan.")
    long = ("Kenya, after many long talks in many places, " * 6 + "backs the plan.", "It rains.")
    alone = pipeline.nli([short])[0]
    together = pipeline.nli([long, short, long])[1]
    assert alone.entailment == pytest.approx(together.entailment, abs=1e-3)
    assert alone.contradiction == pytest.approx(together.contradiction, abs=1e-3)


def test_a_result_is_the_same_alone_and_among_others(pipeline: Pipeline) -> None:
    documents = [read_document(str(path)) for path in sorted(RETOLD.glob("*.txt"))]
    for alone, among in zip(
        (pipeline(document) for document in documents), pipeline.many(documents), strict=True
    ):
        assert labels(alone) == labels(among)
