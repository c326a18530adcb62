"""The training loop: the door to torch. A killed run continues to the same weights."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stance.training import checkpoint
from stance.training.batches import epoch_batches, epoch_indices
from stance.training.config import Run
from stance.training.pairs import Encoded

if TYPE_CHECKING:
    import torch

Report = Callable[[int, int, float, float], None]
"""Called after each step with (step, steps in all, mean loss of late, pairs a second)."""


def fit(
    model: Any,
    train: Sequence[Encoded],
    development: Sequence[Encoded],
    run: Run,
    *,
    shares: Mapping[str, float],
    seed: int,
    threads: int,
    folder: Path,
    fingerprint: str,
    report: Report,
    stop_after: int | None = None,
) -> checkpoint.Progress:
    """Fine-tune `model` in place and keep the best weights by development accuracy.

    The best weights are in `folder/best.safetensors`; checkpoints are in `folder/checkpoint`.
    With the same machine, threads and arguments, a run that was stopped anywhere and started
    again ends with the same weights as one that was not.

    Args:
        shares: part of each source that an epoch shows; 1 where a source is not named.
        stop_after: return after this step (for tests of the resumption).
    """
    import torch
    from accelerate import Accelerator

    torch.set_num_threads(threads)
    accelerator = Accelerator(mixed_precision="bf16" if _has_bfloat16() else "no")
    lengths = [len(pair.ids) for pair in train]
    groups = [pair.source for pair in train]
    per_epoch = math.ceil(len(epoch_indices(groups, shares, seed, 0)) / run.batch)
    steps = per_epoch * run.epochs
    optimiser: Any = torch.optim.AdamW(_groups(model, run.weight_decay), lr=run.rate, fused=True)
    progress = checkpoint.restore(folder, fingerprint, model, optimiser)
    model, optimiser = accelerator.prepare(model, optimiser)
    bare = accelerator.unwrap_model(model)
    done = progress.step
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda at: _rate(done + at, steps, run.warmup)
    )

    started, before, smoothed, seen = time.monotonic(), progress.seconds, math.nan, 0
    model.train()
    while progress.step < steps:
        epoch, offset = divmod(progress.step, per_epoch)
        members = epoch_indices(groups, shares, seed, epoch)
        for indices in epoch_batches(members, lengths, run.batch, seed, epoch)[offset:]:
            batch = collate([train[index] for index in indices], accelerator.device)
            labels = batch.pop("labels")
            with accelerator.autocast():
                logits = model(**batch).logits
            loss = torch.nn.functional.cross_entropy(logits.float(), labels)
            accelerator.backward(loss)
            accelerator.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            progress.step += 1
            seen += len(indices)
            value = loss.item()
            smoothed = value if math.isnan(smoothed) else 0.98 * smoothed + 0.02 * value
            elapsed = time.monotonic() - started
            report(progress.step, steps, smoothed, seen / elapsed)
            if progress.step % run.evaluate_every == 0 or progress.step == steps:
                accuracy = _accuracy(model, development, accelerator)
                progress.history.append(
                    {"step": progress.step, "loss": smoothed, "development_accuracy": accuracy}
                )
                if accuracy > progress.best_accuracy:
                    progress.best_accuracy, progress.best_step = accuracy, progress.step
                    _save_best(folder, bare)
            if progress.step % run.checkpoint_every == 0 or progress.step in (steps, stop_after):
                progress.seconds = before + time.monotonic() - started
                checkpoint.save(folder, progress, bare, optimiser)
            if progress.step == stop_after:
                return progress
    return progress


def collate(
    pairs: Sequence[Encoded], device: torch.device | str = "cpu"
) -> dict[str, torch.Tensor]:
    """Pad pairs to the longest of them.

    Shapes: input_ids, token_type_ids, attention_mask (pairs, tokens); labels (pairs,).
    """
    import torch

    width = max(len(pair.ids) for pair in pairs)
    padded = [(pair, width - len(pair.ids)) for pair in pairs]
    rows = {
        "input_ids": [pair.ids + (0,) * gap for pair, gap in padded],
        "token_type_ids": [pair.types + (0,) * gap for pair, gap in padded],
        "attention_mask": [(1,) * len(pair.ids) + (0,) * gap for pair, gap in padded],
        "labels": [pair.label for pair in pairs],
    }
    return {name: torch.tensor(values, device=device) for name, values in rows.items()}


def weight_hash(model: torch.nn.Module) -> str:
    """SHA-256 over the names and bytes of all weights, in the order of their names."""
    digest = hashlib.sha256()
    for name, value in sorted(checkpoint.weights(model).items()):
        digest.update(name.encode())
        digest.update(value.numpy().tobytes())
    return digest.hexdigest()


def _accuracy(model: Any, pairs: Sequence[Encoded], accelerator: Any, batch: int = 128) -> float:
    import torch

    ordered = sorted(pairs, key=lambda pair: len(pair.ids))
    right = 0
    model.eval()
    with torch.inference_mode(), accelerator.autocast():
        for start in range(0, len(ordered), batch):
            tensors = collate(ordered[start : start + batch], accelerator.device)
            labels = tensors.pop("labels")
            right += int((model(**tensors).logits.argmax(-1) == labels).sum())
    model.train()
    return right / len(pairs)


def _save_best(folder: Path, model: torch.nn.Module) -> None:
    from safetensors.torch import save_file

    fresh = folder / "best.safetensors.new"
    save_file(checkpoint.weights(model), fresh)
    fresh.replace(folder / "best.safetensors")


def _groups(model: torch.nn.Module, decay: float) -> list[dict[str, Any]]:
    """Weight decay for matrices only: not for biases and layer norms (one-dimensional)."""
    parameters = [value for value in model.parameters() if value.requires_grad]
    return [
        {"params": [value for value in parameters if value.ndim > 1], "weight_decay": decay},
        {"params": [value for value in parameters if value.ndim <= 1], "weight_decay": 0.0},
    ]


def _rate(step: int, steps: int, warmup: float) -> float:
    """Factor of the learning rate at `step`: linear up over `warmup`, then linear down to 0."""
    rising = max(1, round(steps * warmup))
    if step < rising:
        return (step + 1) / rising
    return max(0.0, (steps - step) / max(1, steps - rising))


def _has_bfloat16() -> bool:
    """Whether this machine multiplies bfloat16 faster than float32.

    On a CPU that means matrix units: with AVX-512 BF16 alone a 2176 x 384 x 1536 product ran at
    155 GFLOP/s against 270 in float32 (two cores, torch 2.13; see LOG.md).
    """
    import torch

    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    return bool(torch.cpu.get_capabilities().get("amx_bf16"))
