"""`stance train --config configs/nli.toml`: a three-class NLI model from a pretrained encoder."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from stance.errors import ConfigError, need
from stance.nli.packed import LONGEST, Packer
from stance.training.config import NliConfig, read_config, resolve
from stance.training.encoder import freeze, load_classifier, locate, read_tokenizer
from stance.training.loop import Report, accuracy_on, fit
from stance.training.one_way import must_be_bert
from stance.training.pairs import NliPair, encode, encode_packed, load_pairs, split_by_premise
from stance.training.readers import Encoded, Packed, PackedReader, PairReader, Reader
from stance.training.stances import QUIET, stance_units

if TYPE_CHECKING:
    from tokenizers import Tokenizer


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


def train_nli(
    config_path: Path, runs: Path, report: Report, *, config: NliConfig | None = None
) -> Trained:
    """Train, or go on training, after `config_path`; checkpoints stand in `runs/NAME`.

    `config` takes the place of what the file says; its paths are still relative to the file.

    Raises:
        ConfigError: the file or its data are malformed.
        ModelError: the base encoder is missing or altered.
        MissingExtraError: the packages of the extra `train` are not installed.
    """
    for module in ("torch", "transformers", "datasets", "accelerate"):
        need(module, "train")
    import torch

    config = config or read_config(config_path)
    base = locate(config_path, config.base)
    pairs = _pairs(config_path, config)
    train, development = split_by_premise(pairs, config.data.development_share)
    if not train or not development:
        raise ConfigError(
            f"{config_path}: {len(train)} pairs to train on and {len(development)} to choose by; "
            "both need at least one: name more data or change data.development_share"
        )
    tokenizer = read_tokenizer(Path(base))
    packer = Packer(tokenizer, config.data.max_tokens + LONGEST)
    reader, (encoded, chosen_by) = _encoded(config, packer, tokenizer, train, development)
    learnt = stance_units(config_path, config, packer)
    if not encoded or not chosen_by:
        raise ConfigError(
            f"{config_path}: {len(encoded)} pairs to train on, {len(chosen_by)} to choose by fit "
            f"into data.max_tokens = {config.data.max_tokens}; both need at least one: raise it"
        )
    torch.manual_seed(config.seed)
    model = load_classifier(base, config.run.dropout)
    if config.attention == "one-way":
        must_be_bert(model)
    if config.run.frozen is not None:
        freeze(model, config.run.frozen)
    folder = runs / config.name
    folder.mkdir(parents=True, exist_ok=True)
    progress = fit(
        model,
        [*encoded, *learnt],
        accuracy_on(chosen_by, reader),
        config.run,
        reader=reader,
        shares=_shares(config, {unit.source for unit in learnt}),
        seed=config.seed,
        threads=config.threads,
        folder=folder,
        fingerprint=_fingerprint(config, pairs, learnt),
        report=report,
    )
    return Trained(
        config=config,
        base=base,
        weights=folder / "best.safetensors",
        train=tuple(train),
        development=tuple(development),
        left_out=len(train) - sum(unit.pairs for unit in encoded),
        history=tuple(progress.history),
        best_step=progress.best_step,
        best_accuracy=progress.best_accuracy,
        seconds=progress.seconds,
    )


def _encoded(
    config: NliConfig, packer: Packer, tokenizer: Tokenizer, *sets: Sequence[NliPair]
) -> tuple[Reader, list[list[Encoded]] | list[list[Packed]]]:
    """How the model reads, and each set of pairs in that form."""
    longest = config.data.max_tokens
    if config.attention == "one-way":
        return PackedReader(), [encode_packed(one, packer, longest) for one in sets]
    return PairReader(), [encode(one, tokenizer, longest) for one in sets]


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


def _shares(config: NliConfig, stances: Collection[str]) -> dict[str, float]:
    """What part of each source an epoch shows."""
    beside = config.stances.nli if stances else 1.0
    named = {value: source.share for source in config.data.source for value in source.values}
    return {value: share * beside for value, share in named.items()} | {
        source: config.stances.quiet if source.endswith(QUIET) else 1.0 for source in stances
    }


def _fingerprint(config: NliConfig, pairs: Sequence[NliPair], learnt: Sequence[Packed]) -> str:
    """Hash of all that decides the weights; the name, the tests and how to ask do not."""
    digest = hashlib.sha256()
    deciding: dict[str, Any] = msgspec.to_builtins(config)
    for key in ("name", "test"):
        deciding.pop(key)
    for asking in ("hopeless", "reread"):
        deciding["stances"].pop(asking)
    digest.update(msgspec.json.encode(deciding))
    for pair in pairs:
        digest.update(f"{pair.premise}\0{pair.hypothesis}\0{pair.label}\0{pair.source}\n".encode())
    for unit in learnt:
        digest.update(repr((unit.row, unit.asked)).encode())
    return digest.hexdigest()
