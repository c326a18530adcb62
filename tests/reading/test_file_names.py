"""The names of files: who speaks, and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.errors import ConfigError
from stance.reading import FileNames, read_all
from stance.types import Document, Meta

KNOWN = {"KAZ", "EU"}


@pytest.mark.parametrize(
    ("pattern", "path", "meta"),
    [
        ("{actor}_{session}_{year}", "a/KAZ_79_2024.txt", Meta(speaker="KAZ", date="2024")),
        ("{actor}_{session}_{year}", "KAZ_79_2024.txt.gz", Meta(speaker="KAZ", date="2024")),
        ("{actor}_{session}_{year}", "ABC_79_2024.txt", Meta()),
        ("{actor}_{session}_{year}", "KAZ_79_2024_draft.txt", Meta()),
        ("{actor}_{session}_{year}", "kazakhstan.txt", Meta()),
        ("{date}_{any}_{actor}", "2024-09-24_an-1_EU.html", Meta(speaker="EU", date="2024-09-24")),
        ("{year}.{any}", "1999.notes.txt", Meta(date="1999")),
    ],
)  # fmt: skip
def test_what_a_name_says(pattern: str, path: str, meta: Meta) -> None:
    assert FileNames.of([pattern], KNOWN).meta(path) == meta


def test_the_first_pattern_that_fits_counts() -> None:
    names = FileNames.of(["{actor}_{year}", "{any}_{year}"], KNOWN)
    assert names.meta("EU_2020.txt").speaker == "EU"
    assert names.meta("XX_2020.txt") == Meta(date="2020")


@pytest.mark.parametrize("pattern", ["{who}_{year}", "{year}-{year}", "{}"])
def test_a_wrong_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ConfigError, match=r"allowed are \{actor\}"):
        FileNames.of([pattern], KNOWN)


def test_the_caller_and_the_file_come_before_the_name(tmp_path: Path) -> None:
    path = tmp_path / "KAZ_79_2024.txt"
    path.write_text("We back it.", encoding="utf-8")
    names = FileNames.of(["{actor}_{session}_{year}"], KNOWN)
    (document,) = read_all([path], Meta(speaker="EU"), names=names)
    assert isinstance(document, Document)
    assert (document.meta.speaker, document.meta.date) == ("EU", "2024")
