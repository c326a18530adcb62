"""Training files: unknown keys and numbers out of range are refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.errors import ConfigError
from stance.shipped import shipped
from stance.training.config import Passages, Run, Stances, read_config, resolve

GOOD = """
name = "tiny"
seed = 7

[base]
encoder = "somewhere"

[data]
train = ["pairs.jsonl"]

[[data.source]]
name = "Invented"
values = ["a", "b"]
licence = "CC0"
share = 0.5

[[test]]
name = "held out"
path = "test.jsonl"

[run]
epochs = 3
rate = 1e-3
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "tiny.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_training_file_is_read(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, GOOD))
    assert (config.name, config.seed, config.base.encoder) == ("tiny", 7, "somewhere")
    assert config.run == Run(epochs=3, rate=1e-3)
    assert config.data.train == ("pairs.jsonl",)
    assert [(one.values, one.share) for one in config.data.source] == [(("a", "b"), 0.5)]
    assert [one.path for one in config.test] == ["test.jsonl"]


@pytest.mark.parametrize(
    ("file", "name", "attention"),
    [
        ("nli.toml", "nli-minilm", "full"),
        ("one_way.toml", "nli-one-way", "one-way"),
        ("train.toml", "stance-minilm", "one-way"),
    ],
)
def test_the_shipped_files_are_read(file: str, name: str, attention: str) -> None:
    config = read_config(shipped("configs", file))
    assert (config.name, config.attention) == (name, attention)


STANCES = """
[stances]
quiet = 0.25
wordings = 2

[[passages]]
issue = "harbour"
files = ["own.jsonl"]

[[passages]]
issue = "harbour.toml"
labels = ["gold.jsonl"]
texts = ["texts"]
"""
ONE_WAY = GOOD.replace("seed = 7", 'seed = 7\nattention = "one-way"') + STANCES


def test_passages_are_read(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, ONE_WAY))
    assert config.stances == Stances(quiet=0.25, swaps=0.5, wordings=2, nli=1.0)
    assert config.passages == (
        Passages("harbour", files=("own.jsonl",)),
        Passages("harbour.toml", labels=("gold.jsonl",), texts=("texts",)),
    )


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('attention = "one-way"', "", 'with attention = "one-way" only'),
        ('attention = "one-way"', 'attention = "both"', "attention"),
        ('files = ["own.jsonl"]', "", "the passages of harbour name no file"),
        ("quiet = 0.25", "quiet = 1.1", "stances.quiet is 1.1; allowed is 0.0 to 1.0"),
        ("quiet = 0.25", "swaps = -0.1", "stances.swaps is -0.1"),
        ("quiet = 0.25", "nli = 2.0", "stances.nli is 2.0"),
        ("wordings = 2", "wordings = 0", "stances.wordings is 0; allowed is 1 to 1000"),
        ("[run]", '[run]\nkeep = "first"', "keep"),
    ],
)
def test_passages_that_cannot_be_learnt_are_refused_in_one_line(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert old in ONE_WAY
    path = write(tmp_path, ONE_WAY.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ") and complaint in message and "\n" not in message


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("seed = 7", "sede = 7", "sede"),
        ("seed = 7", 'seed = "7"', "seed"),
        ("seed = 7", "threads = 0", "threads is 0; allowed is 1 to 4096"),
        ('name = "tiny"', "", "name"),
        ('encoder = "somewhere"', "", "either `package` or `encoder`"),
        ('encoder = "somewhere"', 'encoder = "a"\npackage = "b"', "and not both"),
        ('train = ["pairs.jsonl"]', "train = []", "train is empty"),
        ('train = ["pairs.jsonl"]', 'train = "pairs.jsonl"', "train"),
        ('licence = "CC0"', "", "licence"),
        ("epochs = 3", "epoch = 3", "epoch"),
        ("epochs = 3", "epochs = 0", "run.epochs is 0; allowed is 1 to 1000"),
        ("epochs = 3", "batch = 0", "run.batch is 0"),
        ("epochs = 3", "warmup = 1.5", "run.warmup is 1.5; allowed is 0.0 to 1.0"),
        ("epochs = 3", "dropout = -0.1", "run.dropout is -0.1"),
        ("epochs = 3", "evaluate_every = 0", "run.evaluate_every is 0"),
        ("epochs = 3", "checkpoint_every = 0", "run.checkpoint_every is 0"),
        ("rate = 1e-3", "rate = 0.0", "run.rate is 0.0"),
        ("rate = 1e-3", "rate = nan", "run.rate is nan"),
        ("[data]", "[data]\nmax_tokens = 513", "data.max_tokens is 513; allowed is 8 to 512"),
        ("[data]", "[data]\ndevelopment_share = 0.6", "data.development_share is 0.6"),
        ("[run]", "[run", "not valid TOML"),
    ],
)
def test_a_malformed_file_is_refused_in_one_line(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ") and complaint in message and "\n" not in message


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("share = 0.5", "share = 1.5", "share"),
        ("share = 0.5", "share = -0.5", "share"),
        ("[data]", "[data]\nmax_pairs = -1", "max_pairs"),
        ("rate = 1e-3", "weight_decay = -1.0", "weight_decay"),
        ('name = "tiny"', 'name = "../elsewhere"', "name"),
        ('name = "tiny"', 'name = ""', "name"),
    ],
)
def test_what_should_be_refused_too(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        read_config(write(tmp_path, GOOD.replace(old, new)))


def test_data_names_are_relative_to_the_file(tmp_path: Path) -> None:
    config = tmp_path / "configs" / "tiny.toml"
    (tmp_path / "data").mkdir()
    assert resolve(config, "../data") == str(tmp_path / "data")
    assert resolve(config, "../missing.jsonl.gz") == str(tmp_path / "missing.jsonl.gz")
    assert resolve(config, "nyu-mll/multi_nli") == "nyu-mll/multi_nli"
