"""Classes are found by name: every order, two classes, other spellings; the unclear is refused."""

from __future__ import annotations

from itertools import permutations

import pytest

from stance.errors import ModelError
from stance.nli.labels import CLASSES, LabelOrder, label_order


@pytest.mark.parametrize("order", list(permutations(CLASSES)), ids="-".join)
def test_every_order_of_three_classes(order: tuple[str, ...]) -> None:
    found = label_order(dict(enumerate(order)), "model")
    assert order[found.entailment] == "entailment"
    assert found.neutral is not None and order[found.neutral] == "neutral"
    assert order[found.contradiction] == "contradiction"
    assert found.width == 3


def test_the_order_of_the_mapping_does_not_matter() -> None:
    names = {2: "contradiction", 0: "neutral", 1: "entailment"}
    assert label_order(names, "model") == LabelOrder(entailment=1, neutral=0, contradiction=2)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("ENTAILMENT", "Neutral", "contradiction"), LabelOrder(0, 1, 2)),
        ((" entail ", "neutral", "contradict"), LabelOrder(0, 1, 2)),
        (("contradiction", "entails", "neutral"), LabelOrder(1, 2, 0)),
    ],
)
def test_other_spellings_of_three_classes(names: tuple[str, ...], expected: LabelOrder) -> None:
    assert label_order(dict(enumerate(names)), "model") == expected


@pytest.mark.parametrize(
    "no", ["not_entailment", "not entailment", "Not-Entailment", "non_entailment"]
)
@pytest.mark.parametrize("first", [True, False])
def test_two_classes_have_no_neutral(no: str, first: bool) -> None:
    names = ("entailment", no) if first else (no, "entailment")
    found = label_order(dict(enumerate(names)), "model")
    assert found.neutral is None and found.width == 2
    assert names[found.entailment] == "entailment"
    assert names[found.contradiction] == no


@pytest.mark.parametrize(
    "names",
    [
        {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"},
        {0: "entailment", 1: "neutral"},
        {0: "entailment"},
        {},
        {0: "POSITIVE", 1: "NEGATIVE"},
        {0: "entailment", 1: "neutral", 2: "contradiction", 3: "not_entailment"},
        {0: "entailment", 1: "contradiction"},
        {0: "entailment", 1: "neutral", 3: "contradiction"},
        {1: "entailment", 2: "neutral", 3: "contradiction"},
    ],
)
def test_what_is_no_nli_model_is_refused(names: dict[int, str]) -> None:
    with pytest.raises(ModelError, match=r"^some/model: .*entailment") as caught:
        label_order(names, "some/model")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "names",
    [
        {0: "entailment", 1: "entail", 2: "neutral"},
        {0: "entailment", 1: "not_entailment", 2: "non entailment"},
        {0: "neutral", 1: "Neutral", 2: "contradiction"},
    ],
)
def test_a_class_that_stands_twice_is_refused(names: dict[int, str]) -> None:
    with pytest.raises(ModelError, match="may stand once"):
        label_order(names, "some/model")
