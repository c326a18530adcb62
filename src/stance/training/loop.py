"""The training loop: the door to torch. A killed run continues to the same weights."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from stance.training import checkpoint
from stance.training.batches import epoch_batches, epoch_indices
from stance.training.config import Run
from stance.training.readers import Reader

if TYPE_CHECKING:
    import torch


class Unit(Protocol):
    """What is trained on as one: a pair, or a premise with all its hypotheses."""

    @property
    def tokens(self) -> int:
        """The length of the sequence."""
        ...

    @property
    def pairs(self) -> int:
        """How many pairs it holds."""
        ...

    @property
    def source(self) -> str:
        """The data set that it is from."""
        ...


Judge = Callable[[Any], float]
"""A model → how good it is; the higher, the better."""

Report = Callable[[int, int, float, float], None]
"""Called after each step with (step, steps in all, mean loss of late, pairs a second)."""


def fit(
    model: Any,
    train: Sequence[Unit],
    judge: Judge,
    run: Run,
    *,
    reader: Reader,
    shares: Mapping[str, float],
    seed: int,
    threads: int,
    folder: Path,
    fingerprint: str,
    report: Report,
    stop_after: int | None = None,
) -> checkpoint.Progress:
    """Fine-tune `model` in place and keep the weights that `run.keep` asks for.

    They are in `folder/best.safetensors`; checkpoints are in `folder/checkpoint`.
    With the same machine, threads and arguments, a run that was stopped anywhere and started
    again ends with the same weights as one that was not.

    Args:
        judge: called every `run.evaluate_every` steps and at the end.
        reader: how units become logits.
        shares: part of each source that an epoch shows; 1 where a source is not named.
        stop_after: return after this step (for tests of the resumption).
    """
    import torch
    from accelerate import Accelerator

    torch.set_num_threads(threads)
    accelerator = Accelerator(mixed_precision="bf16" if _has_bfloat16() else "no")
    lengths = [unit.tokens for unit in train]
    groups = [unit.source for unit in train]
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
            batch = reader.collate([train[index] for index in indices], accelerator.device)
            with accelerator.autocast():
                logits = reader.logits(model, batch)
            loss = reader.loss(logits, batch)
            accelerator.backward(loss)
            accelerator.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            progress.step += 1
            seen += sum(train[index].pairs for index in indices)
            value = loss.item()
            smoothed = value if math.isnan(smoothed) else 0.98 * smoothed + 0.02 * value
            elapsed = time.monotonic() - started
            report(progress.step, steps, smoothed, seen / elapsed)
            if progress.step % run.evaluate_every == 0 or progress.step == steps:
                accuracy = judge(bare)
                model.train()
                progress.history.append(
                    {"step": progress.step, "loss": smoothed, "development_accuracy": accuracy}
                )
                last = run.keep == "last"
                if progress.step == steps if last else accuracy > progress.best_accuracy:
                    progress.best_accuracy, progress.best_step = accuracy, progress.step
                    _save_best(folder, bare)
            if progress.step % run.checkpoint_every == 0 or progress.step in (steps, stop_after):
                progress.seconds = before + time.monotonic() - started
                checkpoint.save(folder, progress, bare, optimiser)
            if progress.step == stop_after:
                return progress
    return progress


def weight_hash(model: torch.nn.Module) -> str:
    """SHA-256 over the names and bytes of all weights, in the order of their names."""
    digest = hashlib.sha256()
    for name, value in sorted(checkpoint.weights(model).items()):
        digest.update(name.encode())
        digest.update(value.numpy().tobytes())
    return digest.hexdigest()


def accuracy_on(units: Sequence[Unit], reader: Reader, batch: int = 128) -> Judge:
    """Judges a model by the share of pairs whose most probable class is the right one."""

    def judge(model: Any) -> float:
        import torch

        device = next(model.parameters()).device
        right = total = 0
        model.eval()
        with torch.inference_mode():
            for start in range(0, len(ordered), batch):
                tensors = reader.collate(ordered[start : start + batch], device)
                labels = tensors["labels"]
                right += int((reader.logits(model, tensors).argmax(-1) == labels).sum())
                total += int((labels >= 0).sum())
        return right / total

    ordered = sorted(units, key=lambda unit: unit.tokens)
    return judge


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
