"""NLI pairs from files or a hub, as token ids: the only door to `datasets`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stance.errors import ConfigError
from stance.nli.labels import CLASSES
from stance.nli.packed import Packer, Row
from stance.training.readers import Encoded, Packed

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_COLUMNS = ("premise", "hypothesis", "label")
_TOGETHER = 16
_READERS = {".jsonl": "json", ".json": "json", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet"}


@dataclass(frozen=True, slots=True)
class NliPair:
    """One premise and hypothesis with its gold class (an index into `CLASSES`)."""

    premise: str
    hypothesis: str
    label: int
    source: str


def load_pairs(name: str) -> list[NliPair]:
    """Read pairs from a JSONL, CSV or Parquet file (gzip allowed), or from a hub set's train split.

    Raises:
        ConfigError: the file is missing, a column is missing, or a label has an unknown name.
    """
    rows = _load(name)
    missing = [column for column in _COLUMNS if column not in rows.column_names]
    if missing:
        raise ConfigError(
            f"{name}: has no column {', '.join(missing)}; pairs have premise, hypothesis, label"
        )
    return list(_checked(name, rows))


def _load(name: str) -> Any:
    import datasets

    datasets.disable_progress_bars()
    path = Path(name)
    suffixes = [suffix for suffix in path.suffixes if suffix != ".gz"]
    kind = _READERS.get(suffixes[-1]) if suffixes else None
    if kind is None:
        return datasets.load_dataset(name, split="train")
    if not path.is_file():
        raise ConfigError(f"{name}: there is no such file")
    options = {"delimiter": "\t"} if suffixes[-1] == ".tsv" else {}
    try:
        return datasets.load_dataset(kind, data_files=str(path), split="train", **options)
    except Exception as error:  # of many kinds, wrapped, with pages of text
        reason = str(error.__cause__ or error).strip().splitlines()[0]
        raise ConfigError(f"{name}: is no {kind.upper()} file that can be read: {reason}") from None


def _checked(name: str, rows: Any) -> Iterator[NliPair]:
    feature = rows.features["label"]
    numbered = list(feature.names) if hasattr(feature, "names") else list(CLASSES)
    for line, row in enumerate(rows, start=1):
        label = row["label"]
        if label == -1:  # the hub's sign for "no agreement among annotators"
            continue
        if isinstance(label, int) and 0 <= label < len(numbered):
            label = numbered[label]
        if label not in CLASSES or not row["premise"] or not row["hypothesis"]:
            raise ConfigError(
                f"{name}:{line}: label {label!r} or an empty text; "
                f"allowed labels are {', '.join(CLASSES)}"
            )
        yield NliPair(
            row["premise"], row["hypothesis"], CLASSES.index(label), str(row.get("source") or name)
        )


def split_by_premise(pairs: Sequence[NliPair], share: float) -> tuple[list[NliPair], list[NliPair]]:
    """Hold out about `share` of the premises for development: (train, development).

    The side depends on the premise's hash alone, so it never changes with the order of the rows.
    """
    train: list[NliPair] = []
    development: list[NliPair] = []
    for pair in pairs:
        digest = hashlib.sha256(pair.premise.encode("utf-8", "surrogatepass")).digest()
        held_out = int.from_bytes(digest[:8], "big") < share * 2**64
        (development if held_out else train).append(pair)
    return train, development


def encode(pairs: Sequence[NliPair], tokenizer: Tokenizer, max_tokens: int) -> list[Encoded]:
    """Tokenise pairs; those longer than `max_tokens` are left out, never cut."""
    texts = [(pair.premise, pair.hypothesis) for pair in pairs]
    encodings = tokenizer.encode_batch(texts)
    return [
        Encoded(tuple(encoding.ids), tuple(encoding.type_ids), pair.label, pair.source)
        for pair, encoding in zip(pairs, encodings, strict=True)
        if len(encoding.ids) <= max_tokens
    ]


def encode_packed(pairs: Sequence[NliPair], packer: Packer, max_tokens: int) -> list[Packed]:
    """Premises with all their hypotheses; pairs longer than `max_tokens` are left out, never cut.

    Pairs with one premise and one source share a sequence, at most 16 of them.
    """
    groups: dict[tuple[str, str], list[NliPair]] = {}
    for pair in pairs:
        groups.setdefault((pair.source, pair.premise), []).append(pair)
    units: list[Packed] = []
    for (source, premise), members in groups.items():
        whole, *more = packer.premise(premise)
        known = [
            (packer.hypothesis(pair.hypothesis), pair.label)
            for pair in members
            if not more and packer.takes(pair.hypothesis)
        ]
        fitting = [one for one in known if len(whole) + len(one[0]) <= max_tokens]
        units += [
            Packed(
                Row(whole, tuple(ids for ids, _ in fitting[at : at + _TOGETHER])),
                tuple(label for _, label in fitting[at : at + _TOGETHER]),
                source,
            )
            for at in range(0, len(fitting), _TOGETHER)
        ]
    return units


def counts_by_source(pairs: Sequence[NliPair]) -> Counter[str]:
    """How many pairs each value of `source` gives."""
    return Counter(pair.source for pair in pairs)
