"""What a training file may say, as frozen tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import msgspec

from stance.errors import ConfigError
from stance.nli.folder import Attention
from stance.tables import read_toml


class Base(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pretrained encoder: a Python package that carries it, or a hub name or folder."""

    package: str | None = None
    distribution: str | None = None
    encoder: str | None = None
    sha256: str | None = None
    title: str | None = None
    licence: str = "not stated"


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One released data set: its name for the card, the values of `source`, its licence.

    `share` is the part of it that one epoch shows, another part each time.
    """

    name: str
    values: tuple[str, ...]
    licence: str
    share: float = 1.0


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pairs to train on; each of `train` is a file (JSONL, CSV, Parquet) or a hub name."""

    train: tuple[str, ...]
    leave_out: tuple[str, ...] = ()
    development_share: float = 0.02
    max_tokens: int = 160
    source: tuple[Source, ...] = ()
    max_pairs: int | None = None


class Passages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Labelled texts of one issue (a shipped name or a file): own passages, or gold and its texts.

    `files` are our own passages; `labels` are gold labels, whose texts stand in `texts` (folders
    or tar archives).
    """

    issue: str
    files: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


class Stances(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How labelled texts are shown.

    `quiet` is the share of sequences without any side that an epoch shows; `swaps` the share that
    is shown again with another state as actor; `wordings` how many of a question are asked;
    `nli` the share of the NLI pairs that an epoch shows beside them. For each of an issue's own
    sequences, `elsewhere` with the premise of another issue and `empty` with none are made, of
    which nothing follows for it. `hopeless` and `reread` decide how the finished model is asked
    (see `stance.nli.asking.Asking`), not how it learns.
    """

    quiet: float = 0.5
    swaps: float = 0.5
    wordings: int = 3
    nli: float = 1.0
    elsewhere: float = 0.0
    empty: float = 0.0
    hopeless: float = 0.0
    reread: float = 1.0


class Test(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A set of pairs that is scored once, at the end, and never chosen on."""

    name: str
    path: str


class Run(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The schedule: linear warm-up, linear decay to zero, AdamW.

    `frozen` counts the layers from below that stay as they are, with the embeddings: 0 the
    embeddings alone; nothing where it is left out. `keep` says which weights are kept: the best by
    development accuracy on NLI pairs, or the last.
    """

    epochs: int = 2
    batch: int = 64
    rate: float = 1e-4
    weight_decay: float = 0.01
    warmup: float = 0.06
    dropout: float = 0.1
    frozen: int | None = None
    keep: Literal["best", "last"] = "best"
    evaluate_every: int = 1000
    checkpoint_every: int = 500


class NliConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole training file, such as `configs/nli.toml`."""

    name: str
    base: Base
    data: Data
    passages: tuple[Passages, ...] = ()
    stances: Stances = Stances()
    test: tuple[Test, ...] = ()
    attention: Attention = "full"
    seed: int = 13
    threads: int = 2
    run: Run = Run()


def read_config(path: Path) -> NliConfig:
    """Read and check a training file.

    Raises:
        ConfigError: it is malformed, or a number is outside its range.
    """
    config = read_toml(path, NliConfig)
    base, data, run = config.base, config.data, config.run
    if (base.package is None) == (base.encoder is None):
        raise ConfigError(f"{path}: [base] needs either `package` or `encoder`, and not both")
    if not data.train:
        raise ConfigError(f"{path}: [data] train is empty; name at least one file or hub set")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", config.name):
        raise ConfigError(
            f"{path}: name is {config.name!r}; it names a folder: letters, digits, . _ -"
        )
    if config.passages and config.attention != "one-way":
        raise ConfigError(f'{path}: passages are learnt with attention = "one-way" only')
    for passages in config.passages:
        if not passages.files and not passages.labels:
            raise ConfigError(f"{path}: the passages of {passages.issue} name no file")
    for name, value, low, high in (
        *((f"share of {source.name!r}", source.share, 0.0, 1.0) for source in data.source),
        ("data.max_pairs", 1 if data.max_pairs is None else data.max_pairs, 1, 10**12),
        ("run.weight_decay", run.weight_decay, 0.0, 10.0),
        ("data.development_share", data.development_share, 0.0, 0.5),
        ("run.warmup", run.warmup, 0.0, 1.0),
        ("run.dropout", run.dropout, 0.0, 0.9),
        ("run.frozen", run.frozen or 0, 0, 1000),
        ("run.rate", run.rate, 1e-8, 1.0),
        ("run.epochs", run.epochs, 1, 1000),
        ("run.batch", run.batch, 1, 100_000),
        ("run.evaluate_every", run.evaluate_every, 1, 10**9),
        ("run.checkpoint_every", run.checkpoint_every, 1, 10**9),
        ("data.max_tokens", data.max_tokens, 8, 512),
        ("stances.quiet", config.stances.quiet, 0.0, 1.0),
        ("stances.swaps", config.stances.swaps, 0.0, 1.0),
        ("stances.nli", config.stances.nli, 0.0, 1.0),
        ("stances.elsewhere", config.stances.elsewhere, 0.0, 10.0),
        ("stances.empty", config.stances.empty, 0.0, 10.0),
        ("stances.wordings", config.stances.wordings, 1, 1000),
        ("stances.hopeless", config.stances.hopeless, 0.0, 1.0),
        ("stances.reread", config.stances.reread, 0.0, 1.0),
        ("threads", config.threads, 1, 4096),
    ):
        if not low <= value <= high:
            raise ConfigError(f"{path}: {name} is {value}; allowed is {low} to {high}")
    return config


def resolve(config_path: Path, name: str) -> str:
    """A data name of the file as a path beside the file, or unchanged where it is a hub name."""
    beside = (config_path.parent / name).resolve()
    suffixes = (".jsonl", ".json", ".csv", ".tsv", ".parquet", ".gz", ".toml")
    return str(beside) if beside.exists() or name.endswith(suffixes) else name
