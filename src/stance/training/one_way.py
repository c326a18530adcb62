"""A BERT classifier read one way: the premise alone, each hypothesis with the premise.

See `stance.nli.packed` for the sequence. The last layer is computed for the last tokens of the
hypotheses only, since nothing else of it is read. Attention is not dropped out: on a processor
that takes another path and half of the speed (LOG.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from stance.errors import ModelError
from stance.nli.folder import ModelFolder
from stance.nli.labels import CLASSES, label_order
from stance.nli.packed import PackedBatch, PackedScorer, Packer
from stance.training.encoder import load_classifier, read_tokenizer
from stance.types import NliProbs

if TYPE_CHECKING:
    import torch

INPUTS = ("input_ids", "segments", "position_ids", "ends")


def one_way_logits(
    model: Any,
    input_ids: torch.Tensor,
    segments: torch.Tensor,
    position_ids: torch.Tensor,
    ends: torch.Tensor,
) -> torch.Tensor:
    """Logits of all hypotheses. Shapes as in `PackedBatch`; result: (rows, hypotheses, classes)."""
    bert = model.bert
    hidden = bert.embeddings(
        input_ids=input_ids, token_type_ids=(segments > 0).long(), position_ids=position_ids
    )
    seen = (segments == 0)[:, None, :] | (segments[:, :, None] == segments[:, None, :])
    *layers, last = bert.encoder.layer
    for layer in layers:
        hidden = _layer(layer, hidden, hidden, seen)
    picked = hidden.gather(1, ends[:, :, None].expand(-1, -1, hidden.shape[-1]))
    rows = seen.gather(1, ends[:, :, None].expand(-1, -1, seen.shape[-1]))
    picked = _layer(last, picked, hidden, rows)
    pooled = bert.pooler.activation(bert.pooler.dense(picked))
    logits: torch.Tensor = model.classifier(model.dropout(pooled))
    return logits


def must_be_bert(model: Any) -> None:
    """Refuse an encoder that `one_way_logits` cannot read.

    Raises:
        ModelError: it is no BERT classifier with token types and absolute positions.
    """
    kind = type(model).__name__
    if kind != "BertForSequenceClassification" or model.config.type_vocab_size < 2:
        raise ModelError(f"one-way attention is made for BERT with two token types, not for {kind}")


def _layer(
    layer: Any, asking: torch.Tensor, context: torch.Tensor, seen: torch.Tensor
) -> torch.Tensor:
    """One encoder layer for the tokens `asking`, which look at `context` where `seen` allows.

    Shapes: asking (rows, queries, hidden), context (rows, tokens, hidden), seen (rows, queries,
    tokens); result as `asking`.
    """
    import torch

    own = layer.attention.self
    heads = own.num_attention_heads

    def split(values: torch.Tensor) -> torch.Tensor:
        return values.reshape(*values.shape[:2], heads, -1).transpose(1, 2)

    mixed = torch.nn.functional.scaled_dot_product_attention(
        split(own.query(asking)),
        split(own.key(context)),
        split(own.value(context)),
        attn_mask=seen[:, None],
    )
    attended = layer.attention.output(mixed.transpose(1, 2).flatten(-2), asking)
    result: torch.Tensor = layer.output(layer.intermediate(attended), attended)
    return result


def one_way_nli(folder: ModelFolder) -> OneWayNli:
    """The half-precision weights of a folder of ours, run in float32."""
    return OneWayNli(load_classifier(str(folder.path), 0.0), packer_of(folder), folder.name)


def packer_of(folder: ModelFolder) -> Packer:
    """The packer with a folder's tokenizer and length limit."""
    return Packer(read_tokenizer(folder.path), folder.max_tokens)


class OneWayNli:
    """A one-way model in torch, as it stands in training: answers like the exported one."""

    sha256 = ""

    def __init__(self, model: Any, packer: Packer, name: str, batch: int = 32) -> None:
        self.name = name
        self._model = model
        order = label_order(dict(enumerate(CLASSES)), name)
        self._score = PackedScorer(name, packer, order, 0, batch, self._forward)

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        """Probabilities, one for each (premise, hypothesis) and in their order."""
        return self._score(pairs)

    def _forward(self, batch: PackedBatch) -> NDArray[np.floating]:
        import torch

        self._model.eval()
        with torch.inference_mode():
            tensors = {name: torch.from_numpy(values) for name, values in batch.feeds().items()}
            logits: NDArray[np.floating] = one_way_logits(self._model, **tensors).float().numpy()
        return logits
