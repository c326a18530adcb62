"""One story in thirty outlets: near-duplicates, found by MinHash (Broder 1997), grouped.

The signatures are those of the library rensa; which documents are compared is decided by bands of
equal values (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4).
"""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from stance.corpus.results import Recorded
from stance.errors import need

ALIKE = 0.7
"""Share of five-word runs in common, estimated, from which two texts are one story."""

_VALUES = 128
_BAND = 4
"""Values of a signature, and how many of them must be equal to compare two texts: pairs that share
0.7 of their runs are compared with a probability of 0.9998 (1 - (1 - 0.7^4)^32)."""

_RUN = 5


def check_installed() -> None:
    """See that `sketch` can do its work, before any document is read.

    Raises:
        MissingExtraError: an environment of another version lacks the library.
    """
    need("rensa")


def sketch(text: str) -> str:
    """The signature of a text as letters; equal for equal words in the same order."""
    from rensa import RMinHash

    words = re.findall(r"\w+", text.lower())
    runs = {" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}
    signature = RMinHash(num_perm=_VALUES, seed=1)
    signature.update(sorted(runs))
    return base64.b64encode(np.array(signature.digest(), dtype="<u4").tobytes()).decode("ascii")


def groups(sketches: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """(document's id, sketch) → the id of the first document of its story.

    Documents that stand alone are left out. A story holds whatever is alike to any text in it.
    """
    ids: list[str] = []
    values: list[bytes] = []
    first: list[int] = []
    bands: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for number, (document, letters) in enumerate(sketches):
        data = base64.b64decode(letters)
        ids.append(document)
        values.append(data)
        first.append(number)
        tried: set[int] = set()
        for band in range(_VALUES // _BAND):
            key = band, data[band * _BAND * 4 : (band + 1) * _BAND * 4]
            for other in bands[key][-1:]:  # its own story is compared by its latest text
                if other not in tried and _alike(values[other], data) >= ALIKE:
                    _join(first, other, number)
                tried.add(other)
            bands[key].append(number)
    stories: dict[int, list[int]] = defaultdict(list)
    for number in range(len(ids)):
        stories[_root(first, number)].append(number)
    return {
        ids[one]: ids[root] for root, members in stories.items() if len(members) > 1
        for one in members
    }  # fmt: skip


def story_of(results: Recorded) -> Mapping[str, str]:
    """`groups` of all documents of some results that have a sketch."""
    return groups((item.id, item.sketch) for item in results.items() if item.sketch)


def _alike(one: bytes, other: bytes) -> float:
    return float(np.mean(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")))


def _root(first: list[int], number: int) -> int:
    while first[number] != number:
        first[number] = first[first[number]]
        number = first[number]
    return number


def _join(first: list[int], one: int, other: int) -> None:
    low, high = sorted((_root(first, one), _root(first, other)))
    first[high] = low
