"""`stance train --config configs/nli.toml`: a three-class NLI model from a pretrained encoder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from stance.errors import ConfigError, need
from stance.training.config import NliConfig, read_config, resolve
from stance.training.encoder import load_classifier, locate
from stance.training.loop import Report, fit
from stance.training.pairs import NliPair, encode, load_pairs, split_by_premise


@dataclass(frozen=True, slots=True)
class Trained:
    """What a finished run leaves: the best weights, and all that its card says of it."""

    config: NliConfig
    base: str
    weights: Path
    train: tuple[NliPair, ...]
    development: tuple[NliPair, ...]
    left_out: int
    history: tuple[dict[str, float], ...]
    best_step: int
    best_accuracy: float
    seconds: float


def train_nli(config_path: Path, runs: Path, report: Report) -> Trained:
    """Train, or go on training, after `config_path`; checkpoints stand in `runs/NAME`.

    Raises:
        ConfigError: the file or its data are malformed.
        ModelError: the base encoder is missing or altered.
        MissingExtraError: the packages of the extra `train` are not installed.
    """
    for module in ("torch", "transformers", "datasets", "accelerate"):
        need(module, "train")
    import torch
    from tokenizers import Tokenizer

    config = read_config(config_path)
    base = locate(config.base)
    pairs = _pairs(config_path, config)
    train, development = split_by_premise(pairs, config.data.development_share)
    if not train or not development:
        raise ConfigError(
            f"{config_path}: {len(train)} pairs to train on and {len(development)} to choose by; "
            "both need at least one: name more data or change data.development_share"
        )
    tokenizer = Tokenizer.from_file(str(Path(base) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    encoded = encode(train, tokenizer, config.data.max_tokens)
    chosen_by = encode(development, tokenizer, config.data.max_tokens)
    if not encoded or not chosen_by:
        raise ConfigError(
            f"{config_path}: {len(encoded)} pairs to train on, {len(chosen_by)} to choose by fit "
            f"into data.max_tokens = {config.data.max_tokens}; both need at least one: raise it"
        )
    torch.manual_seed(config.seed)
    model = load_classifier(base, config.run.dropout)
    folder = runs / config.name
    folder.mkdir(parents=True, exist_ok=True)
    progress = fit(
        model,
        encoded,
        chosen_by,
        config.run,
        shares={value: source.share for source in config.data.source for value in source.values},
        seed=config.seed,
        threads=config.threads,
        folder=folder,
        fingerprint=_fingerprint(config, pairs),
        report=report,
    )
    return Trained(
        config=config,
        base=base,
        weights=folder / "best.safetensors",
        train=tuple(train),
        development=tuple(development),
        left_out=len(train) - len(encoded),
        history=tuple(progress.history),
        best_step=progress.best_step,
        best_accuracy=progress.best_accuracy,
        seconds=progress.seconds,
    )


def _pairs(config_path: Path, config: NliConfig) -> list[NliPair]:
    names = [resolve(config_path, name) for name in config.data.train]
    pairs = [pair for name in names for pair in load_pairs(name)]
    unwanted = set(config.data.leave_out)
    unknown = unwanted - {pair.source for pair in pairs}
    if unknown:
        raise ConfigError(
            f"{config_path}: data.leave_out names {', '.join(sorted(unknown))}, which no pair has"
        )
    kept = [pair for pair in pairs if pair.source not in unwanted]
    return kept[: config.data.max_pairs]


def _fingerprint(config: NliConfig, pairs: Sequence[NliPair]) -> str:
    """Hash of all that decides the weights; the name and the tests of the file do not."""
    digest = hashlib.sha256()
    deciding: dict[str, Any] = msgspec.to_builtins(config)
    for key in ("name", "test"):
        deciding.pop(key)
    digest.update(msgspec.json.encode(deciding))
    for pair in pairs:
        digest.update(f"{pair.premise}\0{pair.hypothesis}\0{pair.label}\0{pair.source}\n".encode())
    return digest.hexdigest()
