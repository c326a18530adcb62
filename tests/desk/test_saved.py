"""Saved results are read whole, or refused with one line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from stance.desk.saved import Saved, text_sha256, texts_of
from stance.errors import CallError
from stance.types import Document

RECORD = (
    '{"schema": 1, "document": {"id": "a.txt", "sha256": "%s"%s}, "issue": "harbour", '
    '"model": {"name": "m", "sha256": ""}, "version": "1", "sentences": [], "claims": [], '
    '"actors": []}\n'
)


def written(folder: Path, *lines: str) -> Saved:
    path = folder / "results.jsonl"
    path.write_text("".join(lines), encoding="utf-8")
    return Saved(path)


def test_blank_lines_are_passed_over_and_it_can_be_read_again(tmp_path: Path) -> None:
    saved = written(tmp_path, RECORD % ("1", ""), "\n", RECORD % ("2", ""))
    assert [one.document.sha256 for one in saved] == ["1", "2"]
    assert [one.document.sha256 for one in saved] == ["1", "2"]


@pytest.mark.parametrize("line", ["{", "[]\n", '{"schema": 1}\n', '"\\ud800'])
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(CallError, match=r"results\.jsonl:2: is no result of stance"):
        list(written(tmp_path, RECORD % ("1", ""), line))


def test_another_version_is_refused(tmp_path: Path) -> None:
    later = RECORD.replace('"schema": 1', '"schema": 2') % ("1", "")
    with pytest.raises(CallError, match="version 2 of the results"):
        list(written(tmp_path, later))


def test_no_results_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="cannot be read"):
        list(Saved(tmp_path / "none.jsonl"))
    with pytest.raises(CallError, match="holds no results"):
        list(Saved(tmp_path))


def test_half_a_surrogate_pair_is_read_as_one_character(tmp_path: Path) -> None:
    (found,) = written(tmp_path, RECORD % ("1", ', "text": "a\\ud800b \\ud834\\udd1e"'))
    assert found.document.text == "a?b 𝄞"


def test_a_text_is_found_by_its_bytes_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Kenya waits.\n", encoding="utf-8")
    digest = hashlib.sha256(b"Kenya waits.\n").hexdigest()
    saved = written(tmp_path, RECORD % (digest, ""), RECORD % ("2", ', "text": "Own."'))
    found = [text for _, text in texts_of(saved, [str(tmp_path / "other.txt")])]
    assert found == ["Kenya waits.\n", "Own."]
    with pytest.raises(CallError, match=r"holds no text of a\.txt; name where the texts are"):
        list(texts_of(saved))


def test_the_hash_of_a_text_is_that_of_its_document() -> None:
    assert text_sha256("a\ud800") == Document.from_text("a\ud800").sha256
