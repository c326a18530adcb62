"""What thresholds are fitted on: every claim counts, whatever the pipeline would assert."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from stance.evaluation.scored import raw_units, scored_units
from stance.measure.gold import GoldStance, GoldText
from stance.nli.calibration import Curve
from stance.nli.contexts import Contexts
from stance.nli.hypotheses import Questions
from stance.nli.stances import TENTATIVE
from stance.pipeline import Claimed, ClaimReader, Pipeline
from stance.types import Band, Decision, Document, Fingerprint, NliProbs

from .harbour import ISSUE, FirstWord

LABELS = ("harbour", "bridge")
TEXT = "Peru backs the harbour."


class Says:
    """Of every claim: 0.8 for support, 0.2 for rejection."""

    name = "fake"
    sha256 = "0" * 64

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        sure = [
            0.2 if "rejects" in hypothesis or " no " in hypothesis else 0.8
            for _, hypothesis in pairs
        ]
        return [NliProbs(one, 1 - one, 0.0) for one in sure]


class Unsure(FirstWord):
    """All its claims are tentative."""

    def __call__(self, document: Document, contexts: Contexts | None = None) -> Claimed:
        found = super().__call__(document, contexts)
        return replace(found, claims=tuple(replace(one, tentative=True) for one in found.claims))


def pipeline(*, tentative: bool) -> Pipeline:
    """Asserts from 0.5 on, far above what a tentative claim can score."""
    bands = {label: Band.around(0.5) for label in LABELS}
    return Pipeline(
        issue=ISSUE,
        reader=cast(ClaimReader, Unsure() if tentative else FirstWord()),
        questions=Questions(ISSUE),
        nli=Says(),
        curves={("supports", "harbour"): Curve(slope=2.0)},
        decision=Decision(bands, bands),
        fingerprint=Fingerprint("1", "fake", "0" * 64, "c"),
    )


def texts() -> list[tuple[Document, GoldText]]:
    document = Document.from_text(TEXT)
    actors = {"PER": GoldStance(("harbour",))}
    return [(document, GoldText("p", document.sha256, document.sha256, len(TEXT), actors))]


@pytest.mark.parametrize("tentative", [False, True])
def test_every_claim_counts_below_the_thresholds_too(*, tentative: bool) -> None:
    share = TENTATIVE if tentative else 1.0
    found = {
        (one.label, one.side): (one.score, one.other)
        for one in raw_units(pipeline(tentative=tentative), texts(), LABELS)
    }
    assert found["harbour", "supports"] == pytest.approx((share * 0.8, share * 0.2), abs=1e-4)
    assert found["harbour", "opposes"] == (0.0, 0.0)  # the surer side takes all


def test_scores_are_those_of_the_curves_where_the_pipeline_has_them() -> None:
    found = {
        (one.label, one.side): one.score
        for one in scored_units(pipeline(tentative=False), texts(), LABELS)
    }
    assert found["harbour", "supports"] == pytest.approx(16 / 17, abs=1e-4)
