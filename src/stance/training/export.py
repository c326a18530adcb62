"""A trained classifier → `model-int8.onnx` and half-precision weights: the door to onnx.

Weights are stored as int8 and computed with in float32, so a pair's result depends neither on the
other pairs of its batch nor on the processor. Int8 arithmetic was measured and left out: per-row
scales cost accuracy and, without VNNI, saturate or slow down; see LOG.md.
"""

from __future__ import annotations

import json
import logging
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from stance.errors import ModelError, need
from stance.nli.folder import CONFIG, ONNX, TOKENIZER, WEIGHTS, Attention
from stance.nli.packed import Row, pack
from stance.training.graph import first_token_only, quantise, strip
from stance.training.one_way import one_way_logits

if TYPE_CHECKING:
    from onnx import ModelProto
    from transformers import PreTrainedModel

Reads = Callable[..., Any]
"""A model and the tensors of a batch by name → its logits."""

_REST = ""
_PAIRS = {_REST: ("pairs", "tokens")}
_ONE_WAY = {_REST: ("rows", "tokens"), "ends": ("rows", "hypotheses")}


def export_onnx(model: PreTrainedModel, folder: Path, attention: Attention = "full") -> Path:
    """Write `model-int8.onnx` of an encoder with a classification head, whole or not at all.

    With full attention any encoder will do. Inputs: input_ids, attention_mask and, where the model
    tells segments apart, token_type_ids, each (pairs, tokens) int64. Output: logits (pairs,
    classes) float32. With one-way attention the inputs are those of `PackedBatch` and the output
    is (rows, hypotheses, classes). The same weights give the same bytes.

    Raises:
        MissingExtraError: torch, onnx or onnxscript is not installed.
        ModelError: the architecture cannot be exported, or the exported graph computes otherwise.
    """
    for module in ("torch", "onnx", "onnxscript", "onnxruntime"):
        need(module, "train")
    one_way = attention == "one-way"
    reads: Reads = one_way_logits if one_way else _pair_logits
    example = _packed_example if one_way else _example
    exported = _export(model, reads, example(model, 2, 11), _ONE_WAY if one_way else _PAIRS)
    feeds = example(model, 3, 17)  # another shape than the one that was traced
    expected = _logits(model, reads, feeds)
    if _difference(exported, feeds, expected) > 1e-3:
        raise ModelError(
            "the exported graph computes otherwise than the model; nothing was written"
        )
    fused = _fuse(exported)
    if fused is not None and _difference(fused, feeds, expected) < 1e-3:
        exported = fused
    narrowed = exported if one_way else first_token_only(exported)
    if _difference(narrowed, feeds, expected) < 1e-3:
        exported = narrowed
    quantise(exported)
    strip(exported)
    fresh = folder / f"{ONNX}.new"
    fresh.write_bytes(exported.SerializeToString(deterministic=True))
    fresh.replace(folder / ONNX)
    return folder / ONNX


def save_half(model: PreTrainedModel, folder: Path, base: Path) -> None:
    """Write float16 weights, `config.json` and the base's tokenizer in the Hugging Face layout.

    Raises:
        ModelError: the base has no `tokenizer.json`.
    """
    from safetensors.torch import save_file

    if not (base / TOKENIZER).is_file():
        raise ModelError(f"{base}: has no {TOKENIZER}")
    state = {
        name: (value.half() if value.is_floating_point() else value).cpu().contiguous().clone()
        for name, value in model.state_dict().items()
    }
    fresh = folder / f"{WEIGHTS}.new"
    save_file(state, fresh, metadata={"format": "pt"})
    fresh.chmod(0o644)  # safetensors lets none but the owner read
    fresh.replace(folder / WEIGHTS)
    settings = model.config.to_dict() | {"architectures": [type(model).__name__]}
    settings |= {"dtype": "float16", "_name_or_path": ""}
    text = json.dumps(settings, indent=2, sort_keys=True, default=str) + "\n"
    (folder / CONFIG).write_text(text, encoding="utf-8")
    for name in (TOKENIZER, "tokenizer_config.json", "special_tokens_map.json"):
        if (base / name).is_file():
            shutil.copyfile(base / name, folder / name)


def _example(model: PreTrainedModel, pairs: int, tokens: int) -> dict[str, NDArray[np.int64]]:
    """Made-up token ids, half of the last pair padding. Shape of each: (pairs, tokens)."""
    ids = np.random.default_rng(0).integers(5, model.config.vocab_size, (pairs, tokens))
    mask, types = np.ones_like(ids), np.zeros_like(ids)
    types[:, tokens // 3 :] = 1
    mask[-1, tokens // 2 :] = 0
    ids[-1, tokens // 2 :] = model.config.pad_token_id or 0
    feeds = {"input_ids": ids, "attention_mask": mask}
    if getattr(model.config, "type_vocab_size", 0) > 1:
        feeds["token_type_ids"] = types
    return feeds


def _packed_example(model: PreTrainedModel, rows: int, tokens: int) -> dict[str, Any]:
    """Made-up rows, each with one hypothesis more than the one before, the last padded."""
    chance = np.random.default_rng(0)

    def some(length: int) -> tuple[int, ...]:
        return tuple(int(one) for one in chance.integers(5, model.config.vocab_size, length))

    made = [
        Row(some(tokens - row), tuple(some(3 + number) for number in range(row + 2)))
        for row in range(rows)
    ]
    return pack([*made[:-1], Row(made[-1].premise, made[-1].hypotheses[:1])], 0).feeds()


def _pair_logits(model: Any, **feeds: Any) -> Any:
    return model(**feeds).logits


def _logits(model: Any, reads: Reads, feeds: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
    """What the model itself says. Shape of the result: (pairs, classes), or as one-way."""
    import torch

    with torch.inference_mode():
        tensors = {name: torch.from_numpy(value) for name, value in feeds.items()}
        logits: NDArray[np.float32] = reads(model.eval(), **tensors).float().numpy()
    return logits


def _export(
    model: PreTrainedModel,
    reads: Reads,
    feeds: dict[str, NDArray[np.int64]],
    axes: dict[str, tuple[str, str]],
) -> ModelProto:
    """The float32 graph, as torch exports it. `axes` names the two axes of each input."""
    import torch

    names = list(feeds)

    class Logits(torch.nn.Module):  # a tensor in place of transformers' result object
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *values: Any) -> Any:
            return reads(self.model, **dict(zip(names, values, strict=True)))

    known = {name: torch.export.Dim(name) for pair in axes.values() for name in pair}
    shapes = tuple(
        {at: known[axis] for at, axis in enumerate(axes.get(name, axes[_REST]))} for name in names
    )
    before = getattr(model.config, "_attn_implementation", None)
    with _quiet():
        try:
            if before == "sdpa":
                model.set_attn_implementation("eager")  # the plain operators, which fuse better
            program: Any = torch.onnx.export(
                Logits().eval(),
                tuple(torch.from_numpy(value) for value in feeds.values()),
                input_names=names,
                output_names=["logits"],
                dynamic_shapes={"values": shapes},
                dynamo=True,
                verbose=False,
            )
        except Exception as error:  # the exporter raises many kinds, with pages of text
            reason = str(error).strip().splitlines()[0]
            raise ModelError(f"{type(model).__name__} cannot be exported: {reason}") from error
        finally:
            if before == "sdpa":
                model.set_attn_implementation(before)
    exported: ModelProto = program.model_proto
    return exported


def _fuse(exported: ModelProto) -> ModelProto | None:
    """The graph with onnxruntime's fused operators, or None where its optimiser gives up."""
    import onnx
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False  # one operator, whose table cannot be stored in int8
    copy = onnx.ModelProto()
    copy.CopyFrom(exported)
    with _quiet():
        try:
            fused: ModelProto = optimizer.optimize_model(
                copy,
                model_type="bert",
                num_heads=0,
                hidden_size=0,
                optimization_options=options,
                opt_level=0,
            ).model
        except Exception:  # an unknown architecture runs unfused
            return None
    return fused


def _difference(
    proto: ModelProto, feeds: dict[str, NDArray[np.int64]], expected: NDArray[np.float32]
) -> float:
    """The largest difference of a logit; infinite where the graph does not run at all.

    Shape of `expected`: (pairs, classes).
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1  # a handful of tokens: threads would only wait
    try:
        session = onnxruntime.InferenceSession(
            proto.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        logits: NDArray[np.float32] = session.run(["logits"], feeds)[0]
    except Exception:  # onnxruntime's errors share no public base
        return float("inf")
    return float(np.abs(logits - expected).max())


@contextmanager
def _quiet() -> Iterator[None]:
    """Hold back the exporter's and the optimiser's reports of every step."""
    before = logging.root.manager.disable
    logging.disable(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
