"""A run that is stopped anywhere and started again ends with the weights of one that was not."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any, Literal

import pytest

from stance.errors import ConfigError, ModelError

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("accelerate")
pytest.importorskip("datasets")

import torch
from msgspec.structs import replace
from safetensors.torch import load_file

from stance.training.checkpoint import restore
from stance.training.config import Base, Run
from stance.training.encoder import load_classifier, locate
from stance.training.loop import accuracy_on, fit, weight_hash
from stance.training.nli import train_nli
from stance.training.readers import Encoded, PairReader

from .conftest import WORDS

RUN = Run(
    epochs=2, batch=4, rate=1e-3, warmup=0.2, dropout=0.2, evaluate_every=3, checkpoint_every=4
)
STEPS = 14  # 2 epochs of ceil(28 / 4) batches


def pairs(count: int, seed: int = 3) -> list[Encoded]:
    draw = random.Random(seed)
    rows = []
    for at in range(count):
        ids = tuple(draw.randrange(5, 40) for _ in range(draw.randrange(4, 12)))
        rows.append(Encoded((2, *ids, 3), (0,) * (len(ids) + 2), at % 3, "ab"[at % 2]))
    return rows


def train(encoder: Path, folder: Path, **changes: Any) -> tuple[str, Any]:
    """The weights' hash after a run (or a part of one), and its progress."""
    folder.mkdir(exist_ok=True)
    torch.manual_seed(changes.pop("seed_of_head", 7))
    model = load_classifier(str(encoder), RUN.dropout)
    reader = PairReader()
    settings: dict[str, Any] = {
        "judge": accuracy_on(pairs(9, seed=4), reader),
        "run": RUN,
        "reader": reader,
        "shares": {"a": 1.0},
        "seed": 13,
        "threads": 1,
        "folder": folder,
        "fingerprint": "this run",
        "report": lambda *_: None,
    }
    progress = fit(model, pairs(28), **(settings | changes))
    return weight_hash(model), progress


@pytest.fixture(scope="module")
def undisturbed(encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Any]:
    return train(encoder, tmp_path_factory.mktemp("undisturbed"))


def test_a_run_takes_all_its_steps(undisturbed: tuple[str, Any]) -> None:
    _, progress = undisturbed
    assert progress.step == STEPS
    assert [row["step"] for row in progress.history] == [3, 6, 9, 12, STEPS]
    assert progress.best_accuracy == max(row["development_accuracy"] for row in progress.history)


def test_the_same_run_gives_the_same_weights(
    encoder: Path, tmp_path: Path, undisturbed: tuple[str, Any]
) -> None:
    assert train(encoder, tmp_path / "again")[0] == undisturbed[0]
    assert train(encoder, tmp_path / "other", seed=14)[0] != undisturbed[0]


@pytest.mark.parametrize("stops", [(1,), (7,), (STEPS - 1,), (3, 5, 10)], ids=str)
def test_a_stopped_run_goes_on_to_the_same_weights(
    encoder: Path, tmp_path: Path, undisturbed: tuple[str, Any], stops: tuple[int, ...]
) -> None:
    for stop in stops:
        stopped, progress = train(encoder, tmp_path, stop_after=stop)
        assert progress.step == stop and stopped != undisturbed[0]
    digest, progress = train(encoder, tmp_path, seed_of_head=99)
    assert digest == undisturbed[0]
    assert [row["step"] for row in progress.history] == [3, 6, 9, 12, STEPS]


def test_a_killed_run_goes_on_from_its_last_checkpoint(
    encoder: Path, tmp_path: Path, undisturbed: tuple[str, Any]
) -> None:
    def die(step: int, *_: object) -> None:
        if step == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(encoder, tmp_path, report=die)
    seen: list[int] = []
    digest, _ = train(encoder, tmp_path, report=lambda step, *_: seen.append(step))
    assert seen[0] == 5
    assert digest == undisturbed[0]


def test_a_run_goes_on_without_a_warning(encoder: Path, tmp_path: Path) -> None:
    train(encoder, tmp_path, stop_after=2)
    assert train(encoder, tmp_path, stop_after=3)[1].step == 3


def test_a_finished_run_does_nothing_more(
    encoder: Path, tmp_path: Path, undisturbed: tuple[str, Any]
) -> None:
    train(encoder, tmp_path)
    seen: list[int] = []
    digest, progress = train(encoder, tmp_path, report=lambda step, *_: seen.append(step))
    assert (seen, digest, progress.step) == ([], undisturbed[0], STEPS)


def test_a_checkpoint_that_was_being_replaced_is_found(encoder: Path, tmp_path: Path) -> None:
    train(encoder, tmp_path, stop_after=5)
    (tmp_path / "checkpoint").rename(tmp_path / "checkpoint.old")
    model = load_classifier(str(encoder), 0.0)
    optimiser = torch.optim.AdamW(
        [{"params": [one for one in model.parameters() if one.ndim > 1]},
         {"params": [one for one in model.parameters() if one.ndim <= 1]}]
    )  # fmt: skip
    assert restore(tmp_path, "this run", model, optimiser).step == 5


def test_the_checkpoint_of_another_configuration_is_refused(encoder: Path, tmp_path: Path) -> None:
    train(encoder, tmp_path, stop_after=2)
    with pytest.raises(ConfigError, match="belongs to another configuration") as caught:
        train(encoder, tmp_path, fingerprint="another run")
    assert str(tmp_path) in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(("keep", "step"), [("best", 6), ("last", STEPS)])
def test_the_weights_that_are_kept_are_the_best_or_the_last(
    encoder: Path, tmp_path: Path, keep: Literal["best", "last"], step: int
) -> None:
    seen: dict[int, str] = {}
    accuracies = iter((0.2, 0.9, 0.4, 0.9, 0.3))  # after 3, 6, 9, 12 and 14 steps

    def judge(model: Any) -> float:
        seen[len(seen)] = weight_hash(model)
        return next(accuracies)

    _, progress = train(encoder, tmp_path, judge=judge, run=replace(RUN, keep=keep))
    model = load_classifier(str(encoder), 0.0)
    model.load_state_dict(load_file(tmp_path / "best.safetensors"))
    assert progress.best_step == step
    assert weight_hash(model) == seen[[3, 6, 9, 12, STEPS].index(step)]


def write_run(folder: Path, encoder: Path, attention: str = "full", **run: Any) -> Path:
    """A training file with 40 invented pairs beside it."""
    draw = random.Random(5)
    rows = []
    for at in range(40):
        premise, hypothesis = (" ".join(draw.choices(WORDS, k=6)) for _ in range(2))
        label = ("entailment", "neutral", "contradiction")[at % 3]
        rows.append({"premise": premise, "hypothesis": hypothesis, "label": label, "source": "own"})
    (folder / "pairs.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    settings = "\n".join(f"{key} = {value}" for key, value in run.items())
    config = folder / "tiny.toml"
    config.write_text(
        f'name = "tiny"\nthreads = 1\nattention = "{attention}"\n'
        f'[base]\nencoder = "{encoder}"\n[data]\ntrain = ["pairs.jsonl"]\n'
        f"development_share = 0.3\n[run]\nbatch = 8\n{settings}\n",
        encoding="utf-8",
    )
    return config


@pytest.mark.parametrize("attention", ["full", "one-way"])
def test_a_training_file_is_run_from_end_to_end(
    encoder: Path, tmp_path: Path, attention: str
) -> None:
    config = write_run(tmp_path, encoder, attention, epochs=1)
    trained = train_nli(config, tmp_path / "runs", lambda *_: None)
    assert trained.weights.is_file() and trained.best_step > 0
    assert len(trained.train) + len(trained.development) == 40
    assert not {one.premise for one in trained.train} & {one.premise for one in trained.development}
    again = train_nli(config, tmp_path / "runs", lambda *_: pytest.fail("it was finished"))
    assert again.best_accuracy == trained.best_accuracy
    write_run(tmp_path, encoder, attention, epochs=2)
    with pytest.raises(ConfigError, match="belongs to another configuration"):
        train_nli(config, tmp_path / "runs", lambda *_: None)


def test_pairs_that_are_all_too_long_are_refused(encoder: Path, tmp_path: Path) -> None:
    config = write_run(tmp_path, encoder, epochs=1)
    text = config.read_text(encoding="utf-8").replace("[run]", "max_tokens = 8\n[run]")
    config.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="max_tokens"):
        train_nli(config, tmp_path / "runs", lambda *_: None)


def test_altered_weights_are_refused(encoder: Path) -> None:
    with pytest.raises(ModelError, match=r"its SHA-256 is .*expected 0000"):
        locate(Path("tiny.toml"), Base(encoder=str(encoder), sha256="0" * 64))
    with pytest.raises(ModelError, match="pip install"):
        locate(Path("tiny.toml"), Base(package="no_such_package"))


def test_the_base_is_found_beside_the_training_file(encoder: Path) -> None:
    config = encoder.parent / "tiny.toml"
    assert locate(config, Base(encoder=encoder.name)) == str(encoder)
    assert locate(config, Base(encoder="somebody/some-model")) == "somebody/some-model"
