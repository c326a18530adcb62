"""Gold labels find their texts, and no other text is taken for one."""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

import msgspec
import pytest

from stance.errors import LabelError
from stance.evaluation.texts import documents
from stance.measure.gold import GoldStance, GoldText

TEXT = "\ufeffFirst line.\r\nPeru “agreed”. The rest."
PASSAGE = (13, 27)


def gold(path: Path, start: int | None = None, end: int | None = None) -> GoldText:
    text = TEXT.removeprefix("\ufeff")
    labelled = text if start is None else text[start:end]
    return GoldText(
        path.name,
        hashlib.sha256(path.read_bytes()).hexdigest(),
        hashlib.sha256(labelled.encode()).hexdigest(),
        len(labelled),
        {"PER": GoldStance(("neutral",))},
        start,
        end,
        speaker="PER",
        year=1990,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "a.txt"
    found.write_bytes(TEXT.encode())
    return found


def test_a_document_and_its_passage(path: Path) -> None:
    whole, part = documents([gold(path), gold(path, *PASSAGE)], [path.parent])
    assert whole.text == TEXT.removeprefix("\ufeff") and whole.id == "a.txt"
    assert part.text == "Peru “agreed”." and part.id == "a.txt#13-27"
    assert (part.meta.speaker, part.meta.date) == ("PER", "1990")


def test_texts_in_an_archive(path: Path, tmp_path: Path) -> None:
    archive = tmp_path / "all.tar.gz"
    with tarfile.open(archive, "w:gz") as stream:
        stream.add(path, "speeches/a.txt")
    text = gold(path, *PASSAGE)
    path.unlink()
    assert [one.text for one in documents([text], [archive])] == ["Peru “agreed”."]


def test_missing_and_other_texts_are_all_named(path: Path) -> None:
    text = gold(path)
    lost = msgspec.structs.replace(text, document="b.txt")
    shifted = msgspec.structs.replace(gold(path, *PASSAGE), start=14, end=28)
    with pytest.raises(LabelError) as caught:
        list(documents([text, lost, shifted], [path.parent]))
    assert "b.txt: is labelled but not found" in str(caught.value)
    assert "a.txt#14-28: is not the passage" in str(caught.value)
    path.write_text("another text")
    with pytest.raises(LabelError, match="its hash differs"):
        list(documents([text], [path.parent]))
