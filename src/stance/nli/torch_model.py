"""Any Hugging Face NLI model, on torch (the extra `train`): the door to torch and transformers."""

from __future__ import annotations

import hashlib
import inspect
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from stance.errors import ModelError, need
from stance.nli.folder import is_hugging_face, unrecognised
from stance.nli.labels import label_order
from stance.nli.windows import Batch, Progress, Scorer
from stance.types import NliProbs

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_LONGEST = 512
"""Relative positions have no end, but few models were trained on more than this many tokens."""


class TorchNli:
    """A folder or hub name of a sequence classifier with NLI labels, ready to answer.

    It computes in float32, whatever the weights are stored in. `sha256` is over the weight files;
    code that a model brings along is never run.
    """

    def __init__(
        self,
        name: str,
        *,
        threads: int | None = None,
        batch: int = 32,
        max_tokens: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Load the model.

        Args:
            name: a folder with config.json, model.safetensors and tokenizer.json, or a hub name.
            threads: processor threads, for the whole process; None for all.
            batch: the most pairs that are scored at once; no result depends on it.
            max_tokens: the longest pair that is read in one piece; None for the model's own limit.
            progress: called after each batch.

        Raises:
            MissingExtraError: torch or transformers is not installed.
            ModelError: there is no such model, it is no NLI model, or has no safetensors weights.
        """
        torch = need("torch", "train")
        transformers: Any = need("transformers", "train")
        if Path(name).is_dir() and not is_hugging_face(Path(name)):
            raise unrecognised(Path(name))
        transformers.utils.logging.disable_progress_bar()
        torch.set_num_threads(threads or os.cpu_count() or 1)
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        try:
            settings = transformers.AutoConfig.from_pretrained(name, trust_remote_code=False)
            order = label_order({int(k): v for k, v in settings.id2label.items()}, name)
            self._model, report = transformers.AutoModelForSequenceClassification.from_pretrained(
                name,
                config=settings,
                use_safetensors=True,
                trust_remote_code=False,
                dtype=torch.float32,
                output_loading_info=True,
            )
            tokenizer = transformers.AutoTokenizer.from_pretrained(name, trust_remote_code=False)
        except (OSError, ValueError, ImportError, KeyError) as error:
            reason = " ".join(str(error).split())[:300]
            raise ModelError(f"{name}: cannot be loaded: {reason}") from None
        if report["missing_keys"]:  # transformers fills the gaps with random numbers
            lacking = ", ".join(sorted(report["missing_keys"])[:3])
            raise ModelError(f"{name}: its weights lack {lacking}: a bare encoder, not fine-tuned?")
        self._model.eval().to(self._device)
        self.name = Path(name).name if Path(name).is_dir() else name
        self.sha256 = _hash(_weight_files(name, settings))
        self._inputs = set(inspect.signature(self._model.forward).parameters)
        if (getattr(settings, "type_vocab_size", 0) or 0) < 2:
            self._inputs.discard("token_type_ids")
        limits = [_LONGEST, _positions(self._model), int(tokenizer.model_max_length)]
        self._score = Scorer(
            where=name,
            tokenizer=_fast(tokenizer, name),
            order=order,
            max_tokens=max_tokens or min(limits),
            pad_id=settings.pad_token_id or 0,
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
        import torch

        feeds = {
            "input_ids": batch.ids,
            "attention_mask": batch.mask,
            "token_type_ids": batch.types,
        }
        with torch.inference_mode():
            tensors = {
                name: torch.from_numpy(value).to(self._device)
                for name, value in feeds.items()
                if name in self._inputs
            }
            logits: NDArray[np.floating] = self._model(**tensors).logits.float().cpu().numpy()
        return logits


def _fast(tokenizer: Any, name: str) -> Tokenizer:
    """The tokenizer proper, without its settings for padding and truncation: we do both."""
    found: Tokenizer | None = getattr(tokenizer, "backend_tokenizer", None)
    if found is None:
        raise ModelError(f"{name}: has no tokenizer.json; a fast tokenizer is needed")
    found.no_padding()
    found.no_truncation()
    return found


def _positions(model: Any) -> int:
    """How many tokens the model has positions for; RoBERTa and MPNet begin to count after `pad`."""
    limit = getattr(model.config, "max_position_embeddings", None) or _LONGEST
    embeddings = getattr(model.base_model, "embeddings", None)
    padding = getattr(getattr(embeddings, "position_embeddings", None), "padding_idx", None)
    return int(limit) - (0 if padding is None else padding + 1)


def _weight_files(name: str, settings: Any) -> list[Path]:
    """The safetensors files that were loaded, one or several shards, in order of their names."""
    folder = Path(name)
    if not folder.is_dir():
        from transformers.utils.hub import cached_file

        for candidate in ("model.safetensors", "model.safetensors.index.json"):
            found = cached_file(
                name,
                candidate,
                revision=settings._commit_hash,
                _raise_exceptions_for_missing_entries=False,
            )
            if found is not None:
                folder = Path(found).parent
                break
    whole = folder / "model.safetensors"
    return [whole] if whole.is_file() else sorted(folder.glob("model-*.safetensors"))


def _hash(files: Sequence[Path]) -> str:
    """SHA-256 over the files one after another: of a single file, the sum that tools print."""
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
