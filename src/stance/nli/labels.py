"""The three NLI classes, found by name and never by position."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stance.errors import ModelError

CLASSES = ("entailment", "neutral", "contradiction")
"""The order in which stance's own models emit their logits."""

_NOT_ENTAILMENT = {"not_entailment", "non_entailment", "notentailment"}
_SYNONYMS = {"entail": "entailment", "entails": "entailment", "contradict": "contradiction"}


@dataclass(frozen=True, slots=True)
class LabelOrder:
    """Where a model's logits stand: indices into its last axis.

    `neutral` is None for a two-class model (entailment, not entailment); `contradiction` then
    points at the "not entailment" logit.
    """

    entailment: int
    neutral: int | None
    contradiction: int

    @property
    def width(self) -> int:
        """Number of logits: 3, or 2 for a two-class model."""
        return 2 if self.neutral is None else 3


def label_order(id2label: Mapping[int, str], where: str) -> LabelOrder:
    """Resolve a model's `id2label` by name.

    Raises:
        ModelError: the names are not those of an NLI model, or more than one fits a class.
    """
    names: dict[str, int] = {}
    for index, raw in id2label.items():
        name = re.sub(r"[\s\-]+", "_", raw.strip().lower())
        name = _SYNONYMS.get(name, "not_entailment" if name in _NOT_ENTAILMENT else name)
        if name in names:
            raise ModelError(f"{where}: two logits are called {name!r}; each class may stand once")
        names[name] = int(index)
    if sorted(names.values()) == list(range(len(names))):
        if set(names) == set(CLASSES):
            return LabelOrder(names["entailment"], names["neutral"], names["contradiction"])
        if set(names) == {"entailment", "not_entailment"}:
            return LabelOrder(names["entailment"], None, names["not_entailment"])
    raise ModelError(
        f"{where}: its labels are {', '.join(map(repr, id2label.values()))}; an NLI model names "
        "entailment, neutral and contradiction, or entailment and not_entailment"
    )
