"""How a batch is laid out and read: pair by pair, or packed for one-way attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from stance.nli.labels import CLASSES
from stance.nli.packed import Row, pack
from stance.training.one_way import INPUTS, one_way_logits

if TYPE_CHECKING:
    import torch

_ENTAILMENT = CLASSES.index("entailment")
_REST = [index for index, name in enumerate(CLASSES) if name != "entailment"]
_UNLABELLED = -100
"""What torch's cross-entropy passes over."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids of one pair, unpadded. Shape of `ids` and `types`: (tokens,)."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    label: int
    source: str

    @property
    def tokens(self) -> int:
        """The length of the sequence."""
        return len(self.ids)

    @property
    def pairs(self) -> int:
        """How many pairs it holds."""
        return 1


@dataclass(frozen=True, slots=True)
class Asked:
    """Hypotheses `first` to `last` (exclusive) of a row that are true together or not at all.

    `truth` is the class of the first of them.
    """

    first: int
    last: int
    truth: int


@dataclass(frozen=True, slots=True)
class Packed:
    """A premise with its hypotheses: each has a class, or they belong to `asked` questions."""

    row: Row
    labels: tuple[int, ...]
    source: str
    asked: tuple[Asked, ...] = ()

    @property
    def tokens(self) -> int:
        """The length of the sequence."""
        return self.row.tokens

    @property
    def pairs(self) -> int:
        """How many pairs it holds."""
        return len(self.row.hypotheses)


class Reader(Protocol):
    """Units of training → a batch → logits of each labelled pair."""

    def collate(self, units: Sequence[Any], device: Any) -> dict[str, torch.Tensor]:
        """The batch as tensors; `labels` (pairs,), -100 where there is none."""
        ...

    def logits(self, model: Any, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Shape of the result: (pairs, classes)."""
        ...

    def loss(self, logits: torch.Tensor, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """The mean loss of what is known in the batch, a scalar."""
        ...


class PairReader:
    """One sequence for each pair; the model's own way."""

    def collate(self, units: Sequence[Encoded], device: Any = "cpu") -> dict[str, torch.Tensor]:
        """Shapes: input_ids, token_type_ids, attention_mask (pairs, tokens); labels (pairs,)."""
        import torch

        width = max(unit.tokens for unit in units)
        padded = [(unit, width - unit.tokens) for unit in units]
        rows = {
            "input_ids": [unit.ids + (0,) * gap for unit, gap in padded],
            "token_type_ids": [unit.types + (0,) * gap for unit, gap in padded],
            "attention_mask": [(1,) * unit.tokens + (0,) * gap for unit, gap in padded],
            "labels": [unit.label for unit in units],
        }
        return {name: torch.tensor(values, device=device) for name, values in rows.items()}

    def logits(self, model: Any, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Shape of the result: (pairs, classes)."""
        inputs = {name: values for name, values in batch.items() if name != "labels"}
        result: torch.Tensor = model(**inputs).logits
        return result

    def loss(self, logits: torch.Tensor, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Cross-entropy."""
        import torch

        return torch.nn.functional.cross_entropy(logits.float(), batch["labels"])


class PackedReader:
    """One sequence for a premise and all its hypotheses, with one-way attention."""

    def collate(self, units: Sequence[Packed], device: Any = "cpu") -> dict[str, torch.Tensor]:
        """The batch of `PackedBatch`, and what is known of it.

        Shapes: labels, groups (rows * hypotheses,), -100 and -1 where there is none; truths
        (questions,).
        """
        import torch

        arrays = pack([unit.row for unit in units], 0)
        most = arrays.ends.shape[1]
        labels = torch.full((len(units), most), _UNLABELLED)
        groups = torch.full((len(units), most), -1)
        truths: list[int] = []
        for index, unit in enumerate(units):
            if not unit.asked:
                labels[index, : len(unit.labels)] = torch.tensor(unit.labels)
            for one in unit.asked:
                groups[index, one.first : one.last] = len(truths)
                truths.append(one.truth)
        known = {"labels": labels.flatten(), "groups": groups.flatten()}
        tensors = {name: torch.from_numpy(values) for name, values in arrays.feeds().items()}
        every = tensors | known | {"truths": torch.tensor(truths, dtype=torch.long)}
        return {name: values.to(device) for name, values in every.items()}

    def logits(self, model: Any, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Shape of the result: (rows * hypotheses, classes)."""
        return one_way_logits(model, *(batch[name] for name in INPUTS)).flatten(0, 1)

    def loss(self, logits: torch.Tensor, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Cross-entropy of pairs; of a question the likelihood that any of its wordings holds.

        P(a side is taken) = 1 - product over its wordings of (1 - P(entailment)), the noisy-or
        (Pearl 1988): a wording that says too much for this text costs nothing where another
        holds, and none may hold where the side is not taken. Half as much weighs the class of the
        question's first wording, its plainest.
        """
        import torch

        logs = logits.float().log_softmax(-1)
        labels, groups, truths = batch["labels"], batch["groups"], batch["truths"]
        total = torch.nn.functional.nll_loss(logs, labels, reduction="sum")
        count = (labels >= 0).sum() + len(truths)
        if len(truths):
            inside = groups >= 0
            rest = logs[inside][:, _REST].logsumexp(-1)
            none = logs.new_zeros(len(truths)).index_add(0, groups[inside], rest)
            some = torch.log1p(-none.clamp(max=-1e-6).exp())
            total = total - torch.where(truths == _ENTAILMENT, some, none).sum()
            first = torch.ones_like(inside)
            first[1:] = groups[1:] != groups[:-1]
            total = total + 0.5 * torch.nn.functional.nll_loss(
                logs[inside & first], truths, reduction="sum"
            )
        return total / count.clamp(min=1)
