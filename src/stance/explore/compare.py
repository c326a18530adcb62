"""One labelled set: its gold, its predictions and its texts, in one data frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stance.build import actor_table
from stance.errors import need
from stance.evaluation.texts import documents
from stance.explore.passage import Passage
from stance.issues import read_issue
from stance.measure.gold import GoldText, read_gold
from stance.measure.metrics import Counts, count
from stance.measure.predictions import PredictedText, prediction_of, read_predictions
from stance.measure.units import units
from stance.output import jsonl
from stance.types import Document, Issue

if TYPE_CHECKING:
    from pandas import DataFrame

    from stance.pipeline import Pipeline

_MISTAKES = {
    (True, True): "right",
    (False, True): "wrong",
    (True, False): "missed",
    (False, False): "absent",
}


class Comparison:
    """Gold, predictions and texts of one labelled set.

    `frame` has a row for each scored question: text, actor, label, side, gold, predicted, score,
    `mistake` (right, wrong, missed or absent), how far the score is from the truth (`error`), and a
    column for each slice.
    """

    def __init__(
        self,
        gold: Sequence[GoldText],
        predictions: Mapping[str, PredictedText],
        texts: Sequence[Document],
        issue: Issue,
    ) -> None:
        pandas = need("pandas", "notebook")
        self.gold, self.predictions, self.issue = list(gold), predictions, issue
        self.texts = {text.id: text for text in texts}
        labels = [label.id for label in issue.labels]
        rows = [
            {
                "text": one.text, "actor": one.actor, "label": one.label, "side": one.side,
                "gold": one.gold, "predicted": one.predicted, "score": one.score,
                "mistake": _MISTAKES[one.gold, one.predicted], "error": abs(one.score - one.gold),
                **one.slices,
            }
            for one in units(self.gold, predictions, labels).units
        ]  # fmt: skip
        self.frame: DataFrame = pandas.DataFrame(rows)

    def show(self, text: str, actor: str) -> Passage:
        """A text with the claims of an actor marked, as gold and as prediction have them."""
        labelled = next(one for one in self.gold if one.id == text)
        found = prediction_of(labelled, self.predictions)
        gold = [
            span for one in labelled.claims or () if one.holder == actor for span in one.content
        ]
        ours = [
            span
            for one in (found.claims if found else ())
            if one.holder == actor
            for span in one.content
        ]
        return Passage(self.texts[text].text, [(s.start, s.end) for s in gold], [
            (s.start, s.end) for s in ours
        ])  # fmt: skip


def compare(
    labels: str | Path,
    predictions: str | Path,
    texts: Sequence[str | Path],
    issue: str = "western_sahara",
) -> Comparison:
    """Read gold labels, a file of results, and the texts (folders or tar archives).

    Raises:
        LabelError: a file is malformed, or a text is missing or another one.
        MissingExtraError: pandas is not installed.
    """
    question = read_issue(issue)
    names = [label.id for label in question.labels]
    gold = read_gold(Path(labels), names, actor_table().actors)
    found = list(documents(gold, [Path(root) for root in texts]))
    return Comparison(gold, read_predictions(Path(predictions)), found, question)


def predict_labelled(
    pipeline: Pipeline, labels: str | Path, texts: Sequence[str | Path], out: str | Path
) -> Path:
    """Write results for all labelled texts, to a temporary name first; returns the file."""
    names = [label.id for label in pipeline.issue.labels]
    gold = read_gold(Path(labels), names, pipeline.table.actors)
    path = Path(out)
    jsonl.write_file(pipeline.many(documents(gold, [Path(root) for root in texts])), path)
    return path


def counts(frame: DataFrame) -> DataFrame:
    """Gold, right, wrong, missed, precision, recall and F1 for each side and label of `frame`."""
    pandas = need("pandas", "notebook")
    rows = []
    for (side, label), group in frame.groupby(["side", "label"], sort=False):
        found = count(group["gold"].to_numpy(bool), group["predicted"].to_numpy(bool))
        rows.append({"side": side, "label": label, **_figures(found)})
    table: DataFrame = pandas.DataFrame(rows)
    return table


def with_threshold(frame: DataFrame, threshold: float) -> DataFrame:
    """`frame` as it would be if every stance were asserted from `threshold`; no model is run."""
    changed = frame[frame["label"] != "neutral"].copy()
    changed["predicted"] = changed["score"] >= threshold
    changed["mistake"] = [
        _MISTAKES[bool(gold), bool(predicted)]
        for gold, predicted in zip(changed["gold"], changed["predicted"], strict=True)
    ]
    return changed


def wordings(pipeline: Pipeline, text: Document, actor: str) -> DataFrame:
    """What each wording of the issue said about the claims of an actor: a row for each question."""
    pandas = need("pandas", "notebook")
    claims = {claim.id: claim for claim in pipeline.reader(text).claims}
    rows = [
        {
            "label": pair.label, "side": pair.side, "hypothesis": pair.hypothesis,
            "premise": pair.premise, "entailment": round(answer.entailment, 3),
            "contradiction": round(answer.contradiction, 3),
        }
        for pair, answer in pipeline.asked(text)
        if claims[pair.claim].holder == actor
    ]  # fmt: skip
    table: DataFrame = pandas.DataFrame(rows)
    return table


def _figures(found: Counts) -> dict[str, float]:
    return {
        "gold": int(found.positives),
        "right": int(found.right),
        "wrong": int(found.wrong),
        "missed": int(found.missed),
        "precision": round(found.precision, 3),
        "recall": round(found.recall, 3),
        "F1": round(found.f1, 3),
    }
