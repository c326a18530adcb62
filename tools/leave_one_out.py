"""How good is the model on a dispute that it has never seen? Train without it, and look.

    python tools/leave_one_out.py                      all disputes, in 5 rounds
    python tools/leave_one_out.py --rounds 13          each left out alone
    python tools/leave_one_out.py --rounds 3 --first 1 one round of three: a third of the disputes
    python tools/leave_one_out.py --epochs 1           for a shorter training than what ships

In each round the disputes of one part are left out of the passages of `configs/train.toml`, a
model is trained on the others, and our passages on what was left out are read end to end with its
pack. With fewer rounds than disputes several are left out together, which makes it harder, not
easier. A dispute's threshold is the best on all *other* disputes (`best_threshold`). A stopped
run goes on. Raw scores go to build/leave_one_out.jsonl, from which `tools/calibrate.py` fits the
curves for unseen issues.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np

from stance import Document
from stance.build import claim_reader
from stance.evaluation.calibrate import best_threshold
from stance.evaluation.scored import raw_units
from stance.evaluation.texts import documents
from stance.issues import read_issue
from stance.measure.gold import GoldText, read_gold
from stance.measure.intervals import bootstrap
from stance.measure.metrics import count
from stance.measure.passages import read_passages
from stance.measure.units import Unit
from stance.nli.asking import Asking
from stance.nli.hypotheses import Questions
from stance.nli.packed import Packer
from stance.pipeline import Pipeline
from stance.training.config import NliConfig, Passages, read_config, resolve
from stance.training.encoder import load_classifier, read_tokenizer
from stance.training.nli import train_nli
from stance.training.one_way import OneWayNli
from stance.types import Band, Decision, Fingerprint

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "configs" / "train.toml"
OUT = ROOT / "build" / "leave_one_out.jsonl"
CORPUS = ROOT.parent / "shared" / "ungdc" / "speeches.tar.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--first", type=int, help="only so many of the rounds")
    parser.add_argument("--epochs", type=int, help="instead of those of the training file")
    parser.add_argument("--runs", type=Path, default=ROOT / "runs" / "leave-one-out")
    call = parser.parse_args()
    config = read_config(CONFIG)
    if call.epochs is not None:
        run = msgspec.structs.replace(config.run, epochs=call.epochs)
        config = msgspec.structs.replace(config, run=run)
    asking = Asking(config.stances.hopeless, config.stances.reread)
    rounds = min(call.rounds, len(config.passages))
    every: list[tuple[str, Unit]] = []
    for number in range(min(rounds, call.first or rounds)):
        left_out = config.passages[number::rounds]
        done = call.runs / f"{number}-of-{rounds}.jsonl"
        if not done.is_file():
            nli = _trained(config, left_out, call.runs / f"{number}-of-{rounds}")
            rows = [row for passages in left_out for row in _scored(passages, nli, asking)]
            fresh = done.with_suffix(".new")
            fresh.write_text("".join(_line(*row) for row in rows), encoding="utf-8")
            fresh.replace(done)
        for line in done.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            every.append((row["issue"], msgspec.convert(row["unit"], Unit)))
    OUT.parent.mkdir(exist_ok=True)
    passages = [row for row in every if not row[0].endswith(SPEECHES)]
    OUT.write_text("".join(_line(*row) for row in passages), encoding="utf-8")
    _table(every)


SPEECHES = ", speeches"


def _line(issue: str, unit: Unit) -> str:
    return json.dumps({"issue": issue, "unit": msgspec.to_builtins(unit)}) + "\n"


def _trained(config: NliConfig, left_out: Sequence[Passages], runs: Path) -> OneWayNli:
    """A model of the training file without the passages of some issues."""
    from safetensors.torch import load_file

    kept = tuple(one for one in config.passages if one not in left_out)
    smaller = msgspec.structs.replace(config, passages=kept)
    names = ", ".join(Path(one.issue).stem for one in left_out)

    def report(step: int, steps: int, loss: float, rate: float) -> None:
        if step % 50 == 0:
            print(f"without {names}: step {step}/{steps} loss {loss:.3f} {rate:.0f}/s", flush=True)

    trained = train_nli(CONFIG, runs, report, config=smaller)
    model = load_classifier(trained.base, 0.0)
    model.load_state_dict(load_file(trained.weights))
    packer = Packer(read_tokenizer(Path(trained.base)), 256)
    return OneWayNli(model, packer, f"without {names}")


def _scored(passages: Passages, nli: OneWayNli, asking: Asking) -> list[tuple[str, Unit]]:
    """All units of an issue's own passages; of Western Sahara those of speeches as well."""
    issue = read_issue(resolve(CONFIG, passages.issue))
    reader, _ = claim_reader()
    labels = [label.id for label in issue.labels]
    half = {label: Band.around(0.5) for label in labels}
    pipeline = Pipeline(
        issue,
        reader,
        Questions(issue),
        nli,
        {},
        Decision(half, half),
        Fingerprint("", "", "", ""),
        asking=asking,
    )
    sets: dict[str, list[tuple[Document, GoldText]]] = {
        issue.id: [
            pair
            for file in passages.files
            for pair in read_passages(Path(resolve(CONFIG, file)), labels, reader.table.actors)
        ]
    }
    if passages.labels and CORPUS.exists():
        short = read_issue("western_sahara")
        known = [label.id for label in short.labels]
        path = ROOT / "seeds" / "labels" / "ungdc_test.jsonl"
        gold = read_gold(path, known, reader.table.actors)
        sets[issue.id + SPEECHES] = list(zip(documents(gold, [CORPUS]), gold, strict=True))
    rows: list[tuple[str, Unit]] = []
    for name, texts in sets.items():
        if name.endswith(SPEECHES):
            pipeline = replace(pipeline, issue=short, questions=Questions(short))
        found = raw_units(pipeline, texts, [label.id for label in pipeline.issue.labels])
        rows += [(name, unit) for unit in found]
    return rows


def _table(every: Sequence[tuple[str, Unit]]) -> None:
    """For each issue: positives and macro-F1 of its supports, at the others' threshold."""
    by_issue: dict[str, list[Unit]] = defaultdict(list)
    for issue, unit in every:
        if unit.side == "supports":
            by_issue[issue].append(unit)
    print(f"{'left out':36} {'passages':>8} {'supports':>8} {'at':>5}  macro-F1 (95 % interval)")
    values: list[float] = []
    for issue, units in sorted(by_issue.items()):
        dispute = issue.removesuffix(SPEECHES)
        others = [
            one
            for other, found in by_issue.items()
            if other.removesuffix(SPEECHES) != dispute and not other.endswith(SPEECHES)
            for one in found
        ]
        at = best_threshold(
            np.array([one.gold for one in others]), np.array([one.score for one in others])
        )
        value, low, high = _macro_f1(units, at)
        if not issue.endswith(SPEECHES):
            values.append(value)
        texts, held = len({one.text for one in units}), sum(one.gold for one in units)
        print(f"{issue:36} {texts:8} {held:8} {at:5.2f}  {value:.3f} ({low:.3f} to {high:.3f})")
    print(f"mean over {len(values)} disputes {np.mean(values):.3f}, lowest {min(values):.3f}")


def _macro_f1(units: Sequence[Unit], at: float) -> tuple[float, float, float]:
    labels = sorted({one.label for one in units})
    gold = np.array([one.gold for one in units])
    predicted = np.array([one.score >= at for one in units])
    masks = [np.array([one.label == label for one in units]) for label in labels]

    def figure(weights: np.ndarray[tuple[int], np.dtype[np.int64]]) -> float:
        values = []
        for mask in masks:
            drawn = np.repeat(np.flatnonzero(mask), weights[mask])
            values.append(count(gold[drawn], predicted[drawn]).f1)
        return float(np.mean(values))

    low, high = bootstrap([one.text for one in units], figure)
    return figure(np.ones(len(units), dtype=np.int64)), low, high


if __name__ == "__main__":
    main()
