"""NLI on a processor with onnxruntime and tokenizers alone: the door to onnxruntime."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stance.errors import ModelError
from stance.nli.folder import ONNX, TOKENIZER, ModelFolder
from stance.nli.labels import label_order
from stance.nli.packed import PackedBatch, PackedScorer, Packer
from stance.nli.windows import Batch, Progress, Scorer
from stance.types import NliProbs


class OnnxNli:
    """A model folder of ours, ready to answer."""

    def __init__(
        self,
        folder: ModelFolder,
        *,
        threads: int | None = None,
        batch: int = 16,
        progress: Progress | None = None,
    ) -> None:
        """Load the model.

        Args:
            threads: processor threads; None for all.
            batch: the most pairs that are scored at once; no result depends on it.
            progress: called after each batch.

        Raises:
            ModelError: a file is no model, or the labels are not those of NLI.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        self.name = folder.name
        self.sha256 = folder.sha256
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or os.cpu_count() or 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors only: they are raised as well
        # Folds int8 weights into float32 once, here; the fused operators are in the file already.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        path = folder.path / ONNX
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
            tokenizer = Tokenizer.from_file(str(folder.path / TOKENIZER))
        except Exception as error:  # both libraries raise bare or private exceptions
            reason = (str(error) or repr(error)).splitlines()[0]
            raise ModelError(f"{folder.path}: cannot be loaded: {reason}") from None
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._inputs = {value.name for value in self._session.get_inputs()}
        order = label_order(dict(enumerate(folder.labels)), str(folder.path))
        self._score: Scorer | PackedScorer
        if folder.attention == "one-way":
            packer = Packer(tokenizer, folder.max_tokens)
            self._score = PackedScorer(
                str(path), packer, order, folder.pad_id, batch, self._packed, progress
            )
        else:
            self._score = Scorer(
                where=str(path),
                tokenizer=tokenizer,
                order=order,
                max_tokens=folder.max_tokens,
                pad_id=folder.pad_id,
                batch=batch,
                forward=self._forward,
                progress=progress,
            )

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        """Probabilities, one for each (premise, hypothesis) and in their order.

        Raises:
            CallError: a hypothesis leaves no room for a premise.
        """
        return self._score(pairs)

    def _forward(self, batch: Batch) -> NDArray[np.floating]:
        feeds = {
            "input_ids": batch.ids,
            "attention_mask": batch.mask,
            "token_type_ids": batch.types,
        }
        return self._run({name: value for name, value in feeds.items() if name in self._inputs})

    def _packed(self, batch: PackedBatch) -> NDArray[np.floating]:
        return self._run(batch.feeds())

    def _run(self, feeds: dict[str, NDArray[np.int64]]) -> NDArray[np.floating]:
        logits: NDArray[np.floating] = self._session.run(["logits"], feeds)[0]
        return logits
