"""What makes a corpus fast: pairs and documents a second, step by step, beside the peer.

    python benchmarks/corpus.py [--speeches 300] [--plain 20]

One process, all processors, everything in one run, one after the other. The peer is the zero-shot
pipeline of transformers over our sentences and actors with the weights that our model was made
from (the same size), at the best of three batch sizes. Its documents a second are reckoned from its
pairs a second and the pairs that they hold. The speeches are drawn at random from the UN General
Debate Corpus beside this checkout. Without the gate we read `--plain` of them.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from articles import peer_pairs
from machine import articles, machine
from stance import Document, Pipeline, load
from stance.reading import read_all, read_document
from stance.shipped import shipped
from stance.types import Analysis, NliProbs

ROOT = Path(__file__).resolve().parents[1]
SPEECHES = ROOT.parent / "shared" / "ungdc" / "speeches.tar.gz"
PEER_PAIRS = 600
MACS = 6 * (4 * 384 * 384 + 2 * 384 * 1536)
"""Multiply-adds of the encoder for one token: six layers of attention and feed-forward matrices."""


class Timed:
    """The model, counting what it is asked and how long it takes."""

    def __init__(self, nli: Any) -> None:
        self._nli, self.name, self.sha256 = nli, nli.name, nli.sha256
        self.seconds, self.pairs, self.tokens = 0.0, 0, 0
        self._forward = nli._score.forward
        object.__setattr__(nli._score, "forward", self._counted)

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        start = time.perf_counter()
        found: list[NliProbs] = self._nli(pairs)
        self.seconds += time.perf_counter() - start
        self.pairs += len(pairs)
        return found

    def _counted(self, batch: Any) -> Any:
        self.tokens += int((batch.segments >= 0).sum())
        return self._forward(batch)


def clock(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that `work` takes, and what it gives."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def sides(analysis: Analysis) -> set[tuple[str, str, str]]:
    """What every actor takes and rejects."""
    decision = analysis.decision
    return {
        (one.actor.id, side, label)
        for one in analysis.actors
        for side, labels in (
            ("supports", decision.labels(one.scores)),
            ("opposes", decision.opposed(one.opposes)),
        )
        for label in labels
        if label != "neutral"
    }


def matrix_rates() -> dict[str, float]:
    """The best rate of this processor by type, in multiply-adds a second: 2048 x 1536 by 1536."""
    import torch

    left, right = torch.randn(2048, 1536), torch.randn(1536, 1536)
    kinds: dict[str, Callable[[], Any]] = {"float32": lambda: left @ right}
    low_left, low_right = left.bfloat16(), right.bfloat16()
    kinds["bfloat16"] = lambda: low_left @ low_right
    int_left = torch.randint(-9, 9, (2048, 1536), dtype=torch.int8)
    int_right = torch.randint(-9, 9, (1536, 1536), dtype=torch.int8)
    kinds["int8"] = lambda: torch._int_mm(int_left, int_right)
    rates = {}
    for name, work in kinds.items():
        work()
        best = min(clock(work)[0] for _ in range(10))
        rates[name] = 2048 * 1536 * 1536 / best
    return rates


def peer_rate(pipeline: Pipeline, document: Document) -> tuple[float, int]:
    """The peer's pairs a second at the best batch size on the first pairs of a text."""
    from transformers import pipeline as make

    folder = str(shipped("models", "nli-minilm"))
    rows = peer_pairs(pipeline, document)
    rates = {}
    for batch in (8, 16, 32):
        zero_shot: Any = make(
            "zero-shot-classification", model=folder, device="cpu", batch_size=batch
        )
        zero_shot(rows[0][0], rows[0][1], hypothesis_template="{}", multi_label=True)
        done, start = 0, time.perf_counter()
        for text, hypotheses in rows:
            zero_shot(text, hypotheses, hypothesis_template="{}", multi_label=True)
            done += len(hypotheses)
            if done >= PEER_PAIRS:
                break
        rates[batch] = done / (time.perf_counter() - start)
        print(f"  zero-shot pipeline, batch {batch:2}: {rates[batch]:7.1f} pairs/s")
    best = max(rates, key=lambda batch: rates[batch])
    return rates[best], best


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--speeches", type=int, default=300)
    parser.add_argument("--plain", type=int, default=20)
    call = parser.parse_args()
    print(machine())
    plain = load()
    nli = Timed(plain.nli)
    plain = replace(plain, nli=nli)
    gated = replace(plain, gate=True)
    texts = [read_document(str(path)) for path in articles()]
    list(plain.many(texts))

    print(f"\n{len(texts)} articles")
    nli.seconds, nli.pairs, nli.tokens = 0.0, 0, 0
    seconds, _ = clock(lambda: list(plain.many(texts)))
    rate = nli.pairs / nli.seconds
    ours = len(texts) / seconds
    print(f"  stance: {ours:.2f} documents/s; {nli.pairs} pairs, {rate:.0f} pairs/s")
    rates = matrix_rates()
    reached = nli.tokens * MACS / nli.seconds
    for name, most in rates.items():
        print(f"  {reached / 1e9:.0f} of {most / 1e9:.0f} G multiply-adds/s in {name}: "
              f"{reached / most:.2f}")  # fmt: skip
    asked = [(pair.premise, pair.hypothesis) for one in texts for pair, _ in plain.asked(one)]
    together, _ = clock(lambda: nli(asked))
    alone, _ = clock(lambda: [nli([pair]) for pair in asked[:400]])
    each = max(1, len(dict.fromkeys(asked)))
    print(f"  of {len(asked)} pairs {each} are distinct; one premise with all its hypotheses: "
          f"{len(asked) / together:.0f} pairs/s; one pair a call: {400 / alone:.0f}")  # fmt: skip
    slow, batch = peer_rate(plain, texts[0])
    held = sum(len(h) for text in texts for _, h in peer_pairs(plain, text))
    print(f"  scoring: {rate / slow:.1f} times the pairs/s of the peer (batch {batch})")
    ratio = held / slow / seconds
    print(f"  end to end: {ratio:.1f} times its documents/s ({held} pairs)")

    if not SPEECHES.exists():
        print("\nthe UN General Debate Corpus is not beside this checkout: no speeches")
        return
    found = [one for one in read_all([str(SPEECHES)]) if isinstance(one, Document)]
    chosen = random.Random(1).sample(found, call.speeches)
    print(f"\n{len(chosen)} speeches, {sum(len(one.text.split()) for one in chosen):,} words")
    nli.seconds, nli.pairs = 0.0, 0
    seconds, read = clock(lambda: list(gated.many(chosen)))
    print(f"  stance, gate: {len(chosen) / seconds:.2f} documents/s; scoring is "
          f"{nli.seconds / seconds:.0%} of it, {nli.pairs} pairs")  # fmt: skip
    some, whole = clock(lambda: list(plain.many(chosen[: call.plain])))
    print(f"  stance, no gate: {call.plain / some:.2f} documents/s (of {call.plain})")
    same = sum(sides(a) == sides(b) for a, b in zip(read, whole, strict=False))
    print(f"  the same stances with and without: {same} of {call.plain}")
    few = chosen[:60]
    held = sum(len(h) for text in few for _, h in peer_pairs(plain, text)) * len(chosen) / len(few)
    print(f"  the peer would score {held:,.0f} pairs (reckoned from {len(few)} speeches) in "
          f"{held / slow / 60:,.0f} minutes: we are {held / slow / seconds:.0f} times as fast",
          )  # fmt: skip
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmost memory of this process, peer included: {memory:,.0f} MB")


if __name__ == "__main__":
    main()
