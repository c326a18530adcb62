"""Draw passages of the UN General Debate Corpus for hand labelling.

    python tools/sample_passages.py SPEECHES OUT --split test|development|training

SPEECHES is the folder of the corpus (`ISO3_SESSION_YEAR.txt`, Harvard Dataverse
doi:10.7910/DVN/0TJX8Y). One passage a speech: the sentences that speak of the dispute with one
before and behind. Strata: `position` (words of sovereignty, autonomy or the kingdom's plan near
it), `process` (words of the United Nations near it), `mention` (neither), `trap` (no word of this
dispute, but of another's sovereignty or process). A state is in one split only: development has
those for which the first byte of the SHA-256 of their code is even, and training draws from the
same states. Speeches that are labelled already are left out. The output holds text of others: keep
it out of the repository.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from stance.build import segmenter
from stance.reading import read_document
from stance.types import Sentence

DISPUTE = re.compile(
    r"\b(?:Western|Spanish|Moroccan|Occidental) Sahara\b|"
    r"\bSahara (?:issue|question|dispute|conflict|"
    r"province|region|affair)|Sahraoui|Sah?a?rawi|Polisario|MINURSO|Saguia|Rio de Oro|"
    r"\bthe Sahara\b(?=[^.]{0,200}Morocc)|Morocc[^.]{0,200}\bthe Sahara\b",
    re.IGNORECASE,
)
POSITION = re.compile(
    r"autonom|territorial\s+integrity|sovereign|Moroccan\s+(?:initiative|proposal|plan)|southern\s+"
    r"provinces|Green\s+March|Madrid\s+Agreement|Morocco['’]s\s+(?:initiative|proposal|right|effort)",
    re.IGNORECASE,
)
PROCESS = re.compile(
    r"United\s+Nations|Secretary-\s?General|MINURSO|Security\s+Council|resolution|referendum|envoy",
    re.IGNORECASE,
)
TRAP = re.compile(
    r"(?:territorial\s+integrity|sovereignty)\s+(?:of|over)|Special\s+(?:Envoy|Representative)|"
    r"autonomy|United\s+Nations[-\s](?:led|sponsored|brokered)|political\s+process|good\s+offices",
    re.IGNORECASE,
)
WANTED = {
    "test": {"position": 115, "process": 100, "mention": 50, "trap": 70},
    "development": {"position": 30, "process": 5, "mention": 5, "trap": 30},
    "training": {"position": 110, "process": 90, "mention": 30, "trap": 30},
}
MOST_OF_ONE_STATE = 25
LONGEST = 1600
"""Characters of a passage."""


class Passage(NamedTuple):
    """A stretch of a speech, as code points of its decoded text, and the stratum it stands in."""

    document: str
    sha256: str
    start: int
    end: int
    stratum: str
    text: str


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("speeches", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--split", choices=sorted(WANTED), required=True)
    parser.add_argument("--labels", type=Path, default=Path("seeds/labels"))
    parser.add_argument("--seed", type=int, default=1)
    call = parser.parse_args()
    taken = {
        json.loads(line)["document"]
        for path in call.labels.glob("ungdc*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    strata: dict[str, list[Passage]] = defaultdict(list)
    for path in sorted(call.speeches.glob("*.txt")):
        if path.stem.endswith("_2024") or path.name in taken:
            continue  # the speeches of 2024 look retranslated
        if (_first_byte(path.name[:3]) % 2 == 0) == (call.split != "test"):
            for passage in _passages(path):
                strata[passage.stratum].append(passage)
    drawn = _draw(strata, WANTED[call.split], random.Random(call.seed))
    with call.out.open("w", encoding="utf-8") as stream:
        for number, passage in enumerate(drawn, start=1):
            stream.write(json.dumps({"n": number, **passage._asdict()}, ensure_ascii=False) + "\n")
    print({name: len(found) for name, found in strata.items()}, "drawn", len(drawn))


def _first_byte(state: str) -> int:
    return hashlib.sha256(state.encode()).digest()[0]


def _passages(path: Path) -> Iterator[Passage]:
    """At most one passage of a speech: that of the rarest stratum."""
    document = read_document(path)
    text = document.text
    about = bool(DISPUTE.search(text))
    if not about and _first_byte(path.stem) % 8:
        return  # an eighth of the other speeches is plenty of traps
    sentences = segmenter()(document)
    pattern = DISPUTE if about else TRAP
    hits = [s.index for s in sentences if pattern.search(s.span.of(text))]
    found = [
        Passage(path.name, document.sha256, start, end, _stratum(text[start:end], about), "")
        for start, end in _windows(sentences, hits)
    ]
    order = ["position", "process", "mention", "trap"]
    if found:
        best = min(found, key=lambda one: order.index(one.stratum))
        yield best._replace(text=text[best.start : best.end])


def _windows(sentences: tuple[Sentence, ...], hits: list[int]) -> Iterator[tuple[int, int]]:
    """Stretches of sentences around hits, one sentence before and behind; near ones are joined."""
    groups: list[list[int]] = []
    for hit in hits:
        first, last = max(0, hit - 1), min(len(sentences) - 1, hit + 1)
        if (
            groups
            and first <= groups[-1][1] + 1
            and (sentences[last].span.end - sentences[groups[-1][0]].span.start <= LONGEST)
        ):
            groups[-1][1] = last
        else:
            groups.append([first, last])
    for first, last in groups:
        start, end = sentences[first].span.start, sentences[last].span.end
        if end - start <= LONGEST:
            yield start, end


def _stratum(text: str, about: bool) -> str:
    if not about:
        return "trap"
    if POSITION.search(text):
        return "position"
    return "process" if PROCESS.search(text) else "mention"


def _draw(
    strata: dict[str, list[Passage]], wanted: dict[str, int], chance: random.Random
) -> list[Passage]:
    """As many of each stratum as wanted, its states and decades in turn."""
    drawn: list[Passage] = []
    states: dict[str, int] = defaultdict(int)
    for stratum, number in wanted.items():
        cells: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        for passage in chance.sample(strata[stratum], len(strata[stratum])):
            cells[passage.document[:3], passage.document[-8:-5]].append(passage)
        order = chance.sample(sorted(cells), len(cells))
        picked: list[Passage] = []
        while len(picked) < number and any(cells.values()):
            for cell in order:
                if cells[cell] and len(picked) < number:
                    passage = cells[cell].pop()
                    if states[cell[0]] < MOST_OF_ONE_STATE:
                        states[cell[0]] += 1
                        picked.append(passage)
        drawn += picked
    return sorted(drawn)


if __name__ == "__main__":
    main()
