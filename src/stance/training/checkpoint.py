"""Checkpoints of a training run: safetensors and JSON only, each written whole or not at all."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from stance.errors import ConfigError

if TYPE_CHECKING:
    import torch

_NEWEST = "checkpoint"


@dataclass(slots=True)
class Progress:
    """Where a run stands; `step` counts finished optimiser steps from 0."""

    fingerprint: str
    step: int = 0
    seconds: float = 0.0
    best_accuracy: float = -1.0
    best_step: int = -1
    history: list[dict[str, float]] = field(default_factory=list)


def save(
    folder: Path, progress: Progress, model: torch.nn.Module, optimiser: torch.optim.Optimizer
) -> None:
    """Write the newest checkpoint into `folder`, replacing the previous one atomically."""
    import torch
    from safetensors.torch import save_file

    fresh = folder / f"{_NEWEST}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    save_file(weights(model), fresh / "model.safetensors")
    moments = {
        f"{index}.{name}": value.contiguous()
        for index, state in optimiser.state_dict()["state"].items()
        for name, value in state.items()
    }
    save_file(moments | {"rng": torch.get_rng_state()}, fresh / "optimiser.safetensors")
    (fresh / "progress.json").write_text(json.dumps(asdict(progress)), encoding="utf-8")
    previous, final = folder / f"{_NEWEST}.old", folder / _NEWEST
    shutil.rmtree(previous, ignore_errors=True)
    if final.exists():
        final.rename(previous)
    fresh.rename(final)
    shutil.rmtree(previous, ignore_errors=True)


def restore(
    folder: Path, fingerprint: str, model: torch.nn.Module, optimiser: torch.optim.Optimizer
) -> Progress:
    """Load the newest checkpoint of `folder` into `model` and `optimiser`, or start anew.

    Raises:
        ConfigError: the checkpoint belongs to another configuration or other data.
    """
    import torch
    from safetensors.torch import load_file

    newest = next(
        (path for path in (folder / _NEWEST, folder / f"{_NEWEST}.old") if path.exists()), None
    )
    if newest is None:
        return Progress(fingerprint)
    progress = Progress(**json.loads((newest / "progress.json").read_text(encoding="utf-8")))
    if progress.fingerprint != fingerprint:
        raise ConfigError(
            f"{newest}: belongs to another configuration or other data; "
            "name another folder with --runs, or delete this one"
        )
    model.load_state_dict(load_file(newest / "model.safetensors"))
    moments = load_file(newest / "optimiser.safetensors")
    torch.set_rng_state(moments.pop("rng"))
    state: dict[int, dict[str, torch.Tensor]] = {}
    for key, value in moments.items():
        index, name = key.split(".", 1)
        state.setdefault(int(index), {})[name] = value
    whole = optimiser.state_dict()
    optimiser.load_state_dict({"state": state, "param_groups": whole["param_groups"]})
    return progress


def weights(model: torch.nn.Module) -> dict[str, torch.Tensor]:
    """The model's tensors by name, contiguous and on the CPU."""
    return {name: value.detach().cpu().contiguous() for name, value in model.state_dict().items()}
