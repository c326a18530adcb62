"""Which documents a call names, and in which order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stance.errors import DocumentError
from stance.reading.paths import find_documents
from stance.reading.problem import shown


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Some text.")


def names_of(folder: Path, found: list[str | DocumentError]) -> list[str]:
    return [str(item).removeprefix(f"{folder}/") for item in found]


def test_files_and_stdin_stand_as_given_even_if_missing() -> None:
    given = ["b.csv", "-", "./-", "../a.txt", "b.csv"]
    assert list(find_documents(given)) == given


def test_a_folder_is_read_recursively_and_sorted(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.md", "a/B.TXT", "a.txt", "d/e/f.txt", "none/x.pdf")
    found = list(find_documents([str(tmp_path)]))
    assert names_of(tmp_path, found) == ["a/B.TXT", "a/z.md", "a.txt", "b.txt", "d/e/f.txt"]


def test_every_suffix_of_a_format_is_read_in_any_case_and_packed(tmp_path: Path) -> None:
    ends = ("csv", "htm", "html", "jsonl", "markdown", "md", "ndjson", "tsv", "txt", "xhtml")
    names = [f"a.{end}" for end in ends] + [f"a.{end}.gz" for end in ends]
    write(tmp_path, *names, "a.parquet", "B.CSV.GZ")
    write(tmp_path, "a.parquet.gz", "a.gz", "a.json", "a.docx", "a.tar.gz", "csv")
    found = names_of(tmp_path, list(find_documents([tmp_path])))
    assert found == sorted([*names, "a.parquet", "B.CSV.GZ"])


def test_hidden_files_and_folders_are_left_out_unless_named(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ".b.txt", ".git/c.txt")
    assert names_of(tmp_path, list(find_documents([tmp_path]))) == ["a.txt"]
    hidden = list(find_documents([tmp_path / ".git"]))
    assert names_of(tmp_path, hidden) == [".git/c.txt"]


@pytest.mark.parametrize("given", ["texts", "texts/", "./texts", "./texts//"])
def test_the_path_keeps_the_folder_as_given(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "texts/a.txt")
    monkeypatch.chdir(tmp_path)
    assert list(find_documents([given])) == [f"{given.rstrip('/')}/a.txt"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path, "a/one.txt", "b/two.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b" / "twin").symlink_to(tmp_path / "a")
    found = names_of(tmp_path, list(find_documents([tmp_path])))
    assert found == ["a/one.txt", "b/two.txt"]


def test_a_linked_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/one.txt", "texts/two.txt")
    (tmp_path / "texts" / "a").symlink_to(tmp_path / "elsewhere")
    found = names_of(tmp_path, list(find_documents([tmp_path / "texts"])))
    assert found == ["texts/a/one.txt", "texts/two.txt"]


def test_a_broken_link_is_reported_and_a_pipe_never_opened(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert names_of(tmp_path, list(find_documents([tmp_path]))) == ["gone.txt"]


@pytest.mark.parametrize("inside", [(), ("data.json", ".hidden.txt")])
def test_a_folder_without_texts_is_a_problem(tmp_path: Path, inside: tuple[str, ...]) -> None:
    write(tmp_path, *inside)
    write(tmp_path.parent, "after.txt")
    after = str(tmp_path.parent / "after.txt")
    problem, rest = find_documents([str(tmp_path), after])
    assert isinstance(problem, DocumentError)
    assert str(problem).startswith(
        f"{tmp_path}: a folder without texts; files that end in .txt, .md, "
    )
    assert rest == after


def test_a_closed_folder_is_reported_and_its_neighbours_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a/one.txt", "b/two.txt")
    listdir = os.listdir

    def closed(path: str) -> list[str]:
        if path.endswith("/a"):
            raise PermissionError(13, "Permission denied", path)
        return listdir(path)

    monkeypatch.setattr(os, "listdir", closed)
    problem, rest = find_documents([tmp_path])
    assert str(problem) == f"{tmp_path}/a: the folder cannot be read (Permission denied)"
    assert rest == f"{tmp_path}/b/two.txt"


def test_stdin_can_be_named_once() -> None:
    first, second = find_documents(["-", "-"])
    assert first == "-"
    assert isinstance(second, DocumentError)
    assert "given twice" in str(second)


def test_a_lone_path_is_not_taken_letter_by_letter() -> None:
    assert list(find_documents("a.txt")) == ["a.txt"]
    assert list(find_documents(Path("a.txt"))) == ["a.txt"]  # type: ignore[arg-type]


def matching(folder: Path, pattern: str) -> list[str]:
    return names_of(folder, list(find_documents([f"{folder}/{pattern}"])))


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("?.md", ["c.md"]),
        ("[ab].txt", ["a.txt", "b.txt"]),
        ("*/*.txt", ["one/a.txt", "two/a.txt"]),
        ("**/a.txt", ["a.txt", "one/a.txt", "one/deep/a.txt", "two/a.txt"]),
        ("*/deep", ["one/deep/a.txt"]),
        ("on*", ["one/a.txt", "one/deep/a.txt"]),
        ("**/*.pdf", ["two/x.pdf"]),
    ],
)
def test_a_pattern_stands_for_what_it_matches(
    pattern: str, names: list[str], tmp_path: Path
) -> None:
    write(tmp_path, "b.txt", "a.txt", "c.md", "one/a.txt", "one/deep/a.txt", "two/a.txt")
    write(tmp_path, "two/x.pdf", ".hidden.txt", ".git/a.txt")
    assert matching(tmp_path, pattern) == names


@pytest.mark.parametrize("pattern", ["**", "**/*", "**/", "**/**", "*/**/*"])
def test_no_pattern_gives_a_file_twice(pattern: str, tmp_path: Path) -> None:
    write(tmp_path, "one/a.txt", "one/deep/b.txt", "one/deep/er/c.txt", "two/d.txt")
    found = matching(tmp_path, pattern)
    assert sorted(found) == ["one/a.txt", "one/deep/b.txt", "one/deep/er/c.txt", "two/d.txt"]


def test_a_pattern_that_matches_nothing_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    problem, rest = find_documents([f"{tmp_path}/*.txt", "a.txt"])
    assert isinstance(problem, DocumentError)
    assert str(problem).startswith(f"{tmp_path}/*.txt: nothing matches; ")
    assert rest == "a.txt"


def test_a_file_named_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    write(tmp_path, "a[1].txt", "a1.txt", "b*.txt", "bee.txt")
    assert matching(tmp_path, "a[1].txt") == ["a[1].txt"]
    assert matching(tmp_path, "b*.txt") == ["b*.txt"]
    (tmp_path / "b*.txt").unlink()
    assert matching(tmp_path, "b*.txt") == ["bee.txt"]


def test_an_archive_is_read_where_it_is_named_not_within_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.tar", "c.tar.gz", "d.tgz", "e.zip")
    assert matching(tmp_path, "") == ["a.txt"]
    assert matching(tmp_path, "*.t*gz") == ["c.tar.gz", "d.tgz"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("été.txt", "été.txt"),
        ("a\nb\x1b[2J.txt", r"a\nb\x1b[2J.txt"),
        ("right\u202eleft", r"right\u202eleft"),
        (os.fsdecode(b"caf\xe9.txt"), r"caf\udce9.txt"),
        ("", "''"),
    ],
)
def test_a_path_in_a_message_is_one_harmless_line(path: str, line: str) -> None:
    assert shown(path) == line
