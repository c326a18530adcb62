"""The whole of `stance train --config`: train, export, test, and write a model folder whole."""

from __future__ import annotations

import json
import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from stance.nli.folder import Manifest, file_hashes, read_folder, write_manifest
from stance.nli.onnx import OnnxNli
from stance.nli.torch_model import TorchNli
from stance.steps import NliModel
from stance.training.card import card
from stance.training.config import resolve
from stance.training.encoder import load_classifier
from stance.training.export import export_onnx, save_half
from stance.training.loop import Report
from stance.training.nli import Trained, train_nli
from stance.training.one_way import one_way_nli
from stance.training.pairs import load_pairs
from stance.training.score import Accuracy, accuracy

if TYPE_CHECKING:
    from transformers import PreTrainedModel


def train_and_ship(config_path: Path, out: Path, runs: Path) -> Path:
    """Train after `config_path` and write the model folder `out/NAME`, whole or not at all.

    The folder holds the int8 ONNX model, the half-precision weights, the tokenizer, the card, and
    `metrics.json`. A stopped run goes on from its checkpoint.

    Raises:
        ConfigError, ModelError, MissingExtraError: as `train_nli`.
    """
    with _progress() as report:
        trained = train_nli(config_path, runs, report)
    fresh = out / f"{trained.config.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    save_half(_best(trained), fresh, Path(trained.base))
    attention = trained.config.attention
    export_onnx(_best(trained), fresh, attention)
    manifest = Manifest(
        name=trained.config.name,
        base=trained.config.base.title or trained.base,
        attention=attention,
        hopeless=trained.config.stances.hopeless,
        reread=trained.config.stances.reread,
    )
    write_manifest(fresh, manifest)
    accuracies = _accuracies(config_path, trained, fresh)
    (fresh / "metrics.json").write_text(_metrics(trained, accuracies), encoding="utf-8")
    text = card(
        trained,
        accuracies,
        file_hashes(fresh),
        config_path.read_text(encoding="utf-8"),
        f"{platform.machine()}, {os.cpu_count()} cores",
    )
    (fresh / "README.md").write_text(text, encoding="utf-8")
    write_manifest(fresh, manifest)
    final = out / trained.config.name
    shutil.rmtree(final, ignore_errors=True)
    fresh.rename(final)
    return final


def _best(trained: Trained) -> PreTrainedModel:
    """The encoder with the best weights of the run."""
    from safetensors.torch import load_file

    model = load_classifier(trained.base, 0.0)
    model.load_state_dict(load_file(trained.weights))
    return model


def _accuracies(config_path: Path, trained: Trained, folder: Path) -> list[Accuracy]:
    """All tests of the training file, by the float32 weights and by the int8 model."""
    found: list[Accuracy] = []
    if trained.config.test:
        own = read_folder(folder)
        int8 = OnnxNli(own, threads=trained.config.threads)
        half: NliModel = (
            one_way_nli(own)
            if own.attention == "one-way"
            else TorchNli(str(folder), threads=trained.config.threads)
        )
        for test in trained.config.test:
            pairs = load_pairs(resolve(config_path, test.path))
            found.append(accuracy(test.name, "half precision, run in float32", half, pairs))
            found.append(accuracy(test.name, "int8", int8, pairs))
    return found


def _metrics(trained: Trained, accuracies: list[Accuracy]) -> str:
    record = {
        "development": {
            "n": len(trained.development),
            "accuracy": trained.best_accuracy,
            "step": trained.best_step,
            "history": list(trained.history),
        },
        "tests": [
            {
                "test": one.test,
                "model": one.model,
                "n": one.n,
                "accuracy": round(one.value, 4),
                "interval": [round(one.low, 4), round(one.high, 4)],
            }
            for one in accuracies
        ],
        "seconds": round(trained.seconds),
    }
    return json.dumps(record, indent=2) + "\n"


@contextmanager
def _progress() -> Iterator[Report]:
    """A bar with step, loss, speed and time left; lines now and then where there is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("training"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} loss {task.fields[loss]:.3f}"),
        TextColumn("{task.fields[rate]:.0f} pairs/s"),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("training", total=None, loss=float("nan"), rate=0.0)

        def report(step: int, steps: int, loss: float, rate: float) -> None:
            bar.update(task, completed=step, total=steps, loss=loss, rate=rate)
            if not console.is_terminal and step % 100 == 0:
                console.print(f"step {step}/{steps}  loss {loss:.4f}  {rate:.0f} pairs/s")

        yield report
