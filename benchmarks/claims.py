"""Attributions on PolNeAR, and the speed of finding claims.

    python benchmarks/claims.py                  PolNeAR dev: stance, textacy, a simple rule
    python benchmarks/claims.py --split train    the part that lists and rules were tuned on
    python benchmarks/claims.py --speed          words a second beside plain spaCy; time by length

PolNeAR (Newell et al. 2018) is read from ../shared/polnear. Scored are attributions with all three
spans, one annotator an article: every span with F1 of tokens >= 0.5, one to one. What stance gives
without outer quotation marks is widened to them, as the corpus annotates. Without textacy installed
its row is left out.
"""

from __future__ import annotations

import argparse
import re
import tarfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from stance import load
from stance.claims.attributions import attributions
from stance.claims.names import stand_ins
from stance.measure.intervals import bootstrap
from stance.parsing.spacy_parser import MODEL, SpacyParser
from stance.quotations import Quoted, quotations
from stance.types import Document

ARCHIVE = Path(__file__).resolve().parents[2] / "shared" / "polnear" / "polnear_train_dev.tar.gz"
PARTS = ("source", "cue", "content")
TOKEN = re.compile(r"\w+|[^\w\s]")
SAID = re.compile(r"\b(?:said|says|say)\b")

Spans = list[tuple[int, int]]
Found = dict[str, Spans]


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its attributions by hand."""

    name: str
    text: str
    gold: list[Found]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--split", choices=("dev", "train"), default="dev")
    parser.add_argument("--speed", action="store_true")
    call = parser.parse_args()
    if not ARCHIVE.exists():
        raise SystemExit(f"{ARCHIVE.name} is not here: left out")
    articles = list(read(call.split))
    if call.speed:
        speed([article.text for article in articles])
        return
    total = sum(len(article.gold) for article in articles)
    print(f"PolNeAR {call.split}: {len(articles)} articles, {total} attributions\n")
    print(
        "| | found | right | precision | recall | F1 | exact | source right of the cues found "
        "| token F1 source / cue / content |\n|---|---|---|---|---|---|---|---|---|"
    )
    finders: dict[str, Callable[[str], list[Found]]] = {
        "stance": ours(),
        "a form of 'say'": simple_rule,
    }
    try:
        finders["textacy direct quotations"] = textacy_quotations()
    except ImportError:
        print("(textacy is not installed: left out)")
    for name, find in finders.items():
        print(row(name, articles, find))


def read(split: str) -> Iterator[Article]:
    """The articles of a split with the attributions that have all three spans."""
    texts: dict[str, str] = {}
    marked: dict[str, str] = {}
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            path = Path(member.name)
            stream = archive.extractfile(member) if split in path.parts else None
            if stream is None:
                continue
            content = stream.read().decode("utf-8")
            if path.suffix == ".txt":
                texts[path.stem] = content
            else:  # NAME_ANNOTATOR.ann; the first annotator of each article counts
                marked.setdefault(re.sub(r"_....$", "", path.stem), content)
    for name in sorted(texts):
        gold = [one for one in brat(marked.get(name, "")) if all(one[part] for part in PARTS)]
        yield Article(name, texts[name], gold)


def brat(annotation: str) -> Iterator[Found]:
    """Attributions of a brat file: text-bound lines (T) joined by events (E)."""
    bound: dict[str, Spans] = {}
    for line in annotation.splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T") and " " in rest:
            places = rest.split("\t")[0].split(" ", 1)[1]
            bound[key] = [(int(a), int(b)) for a, b in map(str.split, places.split(";"))]
        elif key.startswith("E"):
            found: Found = defaultdict(list)
            for argument in rest.split():
                role, _, target = argument.partition(":")
                found[re.sub(r"\d+$", "", role).lower()] += bound.get(target, [])
            yield found


def ours() -> Callable[[str], list[Found]]:
    """Attributions that are no part of another's words, as stance finds them."""
    pipeline, parser = load(), SpacyParser()

    def find(text: str) -> list[Found]:
        document = Document.from_text(text)
        sentences = pipeline.reader.segment(document)
        mentions = pipeline.reader.find_mentions(document, sentences)
        names = [
            stand_ins(text, [one for one in mentions if one.sentence == sentence.index], sentence)
            for sentence in sentences
        ]
        parses = [one for one in parser(document, sentences, names) if one.words]
        found: list[Found] = []
        for one in attributions(parses, Quoted(quotations(text)), pipeline.reader.cues):
            source = one.relation.source
            if source is None or one.outer is not None or one.inside:
                continue
            who = one.parse.span(source.first, source.last)
            cue = one.parse.span(*one.relation.cue)
            said = [span for part in one.parts for span in part.content]
            found.append(
                {
                    "source": [(who.start, who.end)],
                    "cue": [(cue.start, cue.end)],
                    "content": [widened(text, span.start, span.end) for span in said],
                }
            )
        return found

    return find


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with the quotation marks around it."""
    while start > 0 and text[start - 1] in "'\"“‘":
        start -= 1
    after = end
    while after < len(text) and text[after] in ",.?!”\"’'" and after - end < 3:
        after += 1
    return start, after if text[after - 1 : after] in ("”", '"', "’", "'") else end


def textacy_quotations() -> Callable[[str], list[Found]]:
    """What textacy's `direct_quotations` finds; an article on which it raises has none."""
    import spacy
    from textacy.extract import triples

    nlp = spacy.load(MODEL)
    raised: list[str] = []

    def find(text: str) -> list[Found]:
        try:
            quotes = list(triples.direct_quotations(nlp(text)))
        except Exception as error:  # it raises on marks without a partner
            raised.append(str(error))
            print(f"(textacy raised on {len(raised)})", end="\r")
            return []
        return [
            {
                "source": [extent(one.speaker)],
                "cue": [extent(one.cue)],
                "content": [(one.content.start_char, one.content.end_char)],
            }
            for one in quotes
        ]

    return find


def extent(tokens: Sequence[object]) -> tuple[int, int]:
    starts = [token.idx for token in tokens]  # type: ignore[attr-defined]
    ends = [token.idx + len(token) for token in tokens]  # type: ignore[attr-defined,arg-type]
    return min(starts), max(ends)


def simple_rule(text: str) -> list[Found]:
    """Around each form of "say" in a line: what stands before it says what stands behind.

    Behind a closing quotation mark it is the other way round.
    """
    found: list[Found] = []
    for line in re.finditer(r"[^.!?\n]+[.!?]?[”\"]?", text):
        cue = SAID.search(line.group())
        if cue is None:
            continue
        at, end = line.start() + cue.start(), line.start() + cue.end()
        before, behind = (line.start(), at), (end, line.end())
        if re.search(r"[”\"]", text[before[0] : before[1]]):
            before, behind = behind, before
        if text[slice(*before)].strip() and text[slice(*behind)].strip():
            found.append({"source": [before], "cue": [(at, end)], "content": [behind]})
    return found


def row(name: str, articles: Sequence[Article], find: Callable[[str], list[Found]]) -> str:
    """One line of the table."""
    counts: list[tuple[float, float, float]] = []
    tokens = {part: np.zeros(3) for part in PARTS}
    exact = cues = sources = 0
    for article in articles:
        starts = np.array([match.start() for match in TOKEN.finditer(article.text)])
        gold = [covered(starts, one) for one in article.gold]
        ours = [covered(starts, one) for one in find(article.text)]
        for part in PARTS:
            wanted = {token for one in gold for token in one[part]}
            given = {token for one in ours for token in one[part]}
            tokens[part] += (len(wanted & given), len(given), len(wanted))
        whole = pairs(gold, ours, PARTS)
        same = [(a, b) for a, b in whole if gold[a] == ours[b]]
        by_cue = pairs(gold, ours, ("cue",))
        counts.append((len(whole), len(ours), len(gold)))
        exact += len(same)
        cues += len(by_cue)
        sources += sum(f1(gold[a]["source"], ours[b]["source"]) >= 0.5 for a, b in by_cue)
    table = np.array(counts)
    right, given, wanted = table.sum(axis=0)

    def figure(weights: np.ndarray) -> float:
        hits, made, there = weights @ table
        return float(2 * hits / (made + there))

    low, high = bootstrap([article.name for article in articles], figure)
    by_token = " / ".join(
        f"{2 * both / (made + there):.3f}" for both, made, there in tokens.values()
    )
    return (
        f"| {name} | {given:.0f} | {right:.0f} | {right / max(1, given):.3f} "
        f"| {right / wanted:.3f} "
        f"| {2 * right / (given + wanted):.3f} ({low:.3f} to {high:.3f}) | {exact} "
        f"| {sources / max(1, cues):.3f} of {cues} | {by_token} |"
    )


def covered(starts: np.ndarray, found: Found) -> dict[str, frozenset[int]]:
    """The tokens of each part."""
    return {
        part: frozenset(
            index
            for start, end in found[part]
            for index in range(*np.searchsorted(starts, (start, end)))
        )
        for part in PARTS
    }


def pairs(
    gold: Sequence[dict[str, frozenset[int]]],
    found: Sequence[dict[str, frozenset[int]]],
    parts: Sequence[str],
) -> list[tuple[int, int]]:
    """Gold and found ones that have F1 >= 0.5 in each of `parts`, one to one."""
    gain = np.zeros((len(gold), len(found)))
    for a, wanted in enumerate(gold):
        for b, given in enumerate(found):
            if wanted["cue"] & given["cue"]:
                values = [f1(wanted[part], given[part]) for part in parts]
                gain[a, b] = sum(values) if min(values) >= 0.5 else 0.0
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return [(a, b) for a, b in zip(rows, columns, strict=True) if gain[a, b] > 0]


def f1(one: frozenset[int], other: frozenset[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def speed(texts: Sequence[str]) -> None:
    """Words a second of the stage beside plain spaCy; then the time by length."""
    pipeline, parser = load(), SpacyParser()
    documents = [Document.from_text(text) for text in texts]
    read_ = [(one, pipeline.reader.segment(one)) for one in documents]
    words = sum(len(text.split()) for text in texts)
    mentions = [pipeline.reader.find_mentions(*one) for one in read_]
    began = time.perf_counter()
    for (document, sentences), found in zip(read_, mentions, strict=True):
        pipeline.reader.find_claims(document, sentences, found)
    stage = time.perf_counter() - began
    began = time.perf_counter()
    for document, sentences in read_:
        for _ in parser(document, sentences, [()] * len(sentences)):
            pass
    parsing = time.perf_counter() - began
    print(f"{words} words: claims {words / stage:,.0f} words/s, spaCy alone {words / parsing:,.0f}")
    print(f"claims cost {stage / parsing:.2f} times the parse that they contain\n")
    text = "\n\n".join(texts)
    for length in (25_000, 50_000, 100_000, 200_000):
        document = Document.from_text(text[:length])
        sentences = pipeline.reader.segment(document)
        found = pipeline.reader.find_mentions(document, sentences)
        began = time.perf_counter()
        pipeline.reader.find_claims(document, sentences, found)
        print(f"{length:>8,} characters: {time.perf_counter() - began:6.2f} s")


if __name__ == "__main__":
    main()
