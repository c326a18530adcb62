"""Articles a second when warm, beside the zero-shot pipeline of transformers.

The peer gets the same weights (the half-precision safetensors, in float32), our sentences and
actors (all that a sentence names), and the same wordings of both sides, at the better of two
batch sizes. The measure includes all steps of both.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from machine import articles, machine
from stance import Pipeline, load
from stance.reading import read_document
from stance.shipped import shipped
from stance.types import Document

RUNS = 2


def peer_pairs(pipeline: Pipeline, document: Document) -> list[tuple[str, list[str]]]:
    """(sentence, hypotheses) for each sentence and actor named in it."""
    sentences = pipeline.reader.segment(document)
    mentions = pipeline.reader.find_mentions(document, sentences)
    wordings = [
        wording for label in pipeline.issue.labels for wording in (*label.supports, *label.opposes)
    ]
    rows = []
    for sentence in sentences:
        actors = sorted({m.actor for m in mentions if m.sentence == sentence.index and m.actor})
        text = sentence.span.of(document.text)
        rows += [
            (
                text,
                [
                    wording.replace("{actor}", pipeline.table.actors[actor].name)
                    for wording in wordings
                ],
            )
            for actor in actors
        ]
    return rows


def peer(batch: int) -> Callable[[Pipeline, list[Document]], int]:
    """The zero-shot pipeline at one batch size; returns how many pairs it scored."""
    from transformers import pipeline as make

    folder = str(shipped("models", "nli-minilm"))
    zero_shot: Any = make("zero-shot-classification", model=folder, device="cpu", batch_size=batch)

    def run(pipeline: Pipeline, documents: list[Document]) -> int:
        count = 0
        for document in documents:
            for text, hypotheses in peer_pairs(pipeline, document):
                zero_shot(text, hypotheses, hypothesis_template="{}", multi_label=True)
                count += len(hypotheses)
        return count

    return run


def timed(work: Callable[[], Any]) -> float:
    """Seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print articles a second of both, and their ratio, run by run in turn."""
    ours = load()
    documents = [read_document(str(path)) for path in articles()]
    peers = {batch: peer(batch) for batch in (8,)}
    list(ours.many(documents))
    pairs = {batch: run(ours, documents[:1]) for batch, run in peers.items()}
    del pairs
    print(
        f"{machine()}; {len(documents)} articles ({Path(articles()[0]).parent.name}), {RUNS} runs"
    )
    times: dict[str, list[float]] = {"stance": [], **{f"zero-shot, batch {b}": [] for b in peers}}
    scored = 0
    for _ in range(RUNS):
        times["stance"].append(timed(lambda: list(ours.many(documents))))
        for batch, run in peers.items():
            start = time.perf_counter()
            scored = run(ours, documents)
            times[f"zero-shot, batch {batch}"].append(time.perf_counter() - start)
    for name, values in times.items():
        rate = len(documents) / statistics.median(values)
        print(f"{name:22} {rate:8.2f} articles/s (median of {RUNS})")
    best = min(statistics.median(values) for name, values in times.items() if name != "stance")
    ratio = best / statistics.median(times["stance"])
    print(f"the zero-shot pipeline scored {scored} pairs; stance is {ratio:.1f} times as fast")


if __name__ == "__main__":
    main()
