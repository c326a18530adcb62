"""A results folder: whole parts only, never two kinds of results, shards put together."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from stance.corpus.results import Corpus, Item, Results, RunRecord, merge
from stance.corpus.run import Shard, run
from stance.errors import CallError

from .fakes import RECORD, Fake, corpus, failures, files, results

ITEMS = (Item("a.txt", "1" * 64, sketch="s"), Item("b.txt", failed="is empty"))
LINES = ('{"document": {"id": "a.txt"}}',)


def refusal(call: object) -> str:
    """The one line with which a call is refused."""
    with pytest.raises(CallError) as caught:
        call()  # type: ignore[operator]
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_part_is_read_as_it_was_written(tmp_path: Path) -> None:
    one = results(tmp_path / "out")
    assert not one.has(3) and one.numbers() == []
    one.write(3, ITEMS, LINES)
    one.write(12345678, [], [])
    assert one.has(3) and one.numbers() == [3, 12345678]
    assert one.part(3).items == ITEMS
    assert one.lines(3) == list(LINES)
    assert list(one.records()) == [(ITEMS[0], {"document": {"id": "a.txt"}})]


def test_characters_that_end_lines_elsewhere_stay_in_their_record(tmp_path: Path) -> None:
    one = results(tmp_path)
    line = json.dumps({"text": "a\u2028b\x85c\x0cd"}, ensure_ascii=False)
    one.write(0, ITEMS[:1], [line])
    assert one.lines(0) == [line]


@pytest.mark.parametrize("damage", [b"", b"x", b"{}\n", b"\xff", None])
def test_records_that_are_not_what_was_written_are_refused(
    damage: bytes | None, tmp_path: Path
) -> None:
    one = results(tmp_path)
    one.write(0, ITEMS, LINES)
    path = tmp_path / "parts" / "part-00000.jsonl"
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    said = refusal(lambda: one.lines(0))
    assert said == (
        f"{path}: is not what was written; delete {path.with_suffix('.json')} and run again"
    )


@pytest.mark.parametrize("name", ["run.json", "corpus.json", "parts/part-00000.json"])
@pytest.mark.parametrize("damage", [b"", b'{"items": [', b"[]", b"\xff\xfe"])
def test_a_damaged_note_is_named(name: str, damage: bytes, tmp_path: Path) -> None:
    one = results(tmp_path)
    one.write(0, ITEMS, LINES)
    one.finish(Corpus(1, 2))
    (tmp_path / name).write_bytes(damage)
    read = {"run.json": one.record, "corpus.json": one.corpus}.get(name, lambda: one.part(0))
    assert refusal(read).startswith(f"{tmp_path / name}: is damaged (")


def test_what_is_not_there_is_none_or_named(tmp_path: Path) -> None:
    one = Results(tmp_path / "nowhere")
    assert (one.record(), one.corpus(), one.numbers()) == (None, None, [])
    assert "part-00007.json: is missing" in refusal(lambda: one.part(7))


def test_failures_are_listed_with_their_part_and_reason(tmp_path: Path) -> None:
    one = results(tmp_path)
    one.write(1, [Item("é.txt", "2" * 64, failed="no\u2028luck")], [])
    one.write(0, ITEMS, LINES)
    one.finish(Corpus(2, 3))
    assert failures(tmp_path) == [(0, "b.txt", "is empty"), (1, "é.txt", "no\u2028luck")]
    assert one.corpus() == Corpus(2, 3)


def test_what_is_being_made_again_is_not_finished(tmp_path: Path) -> None:
    one = results(tmp_path)
    one.write(0, ITEMS, LINES)
    one.finish(Corpus(1, 2))
    one.write(0, ITEMS[:1], LINES)
    assert one.corpus() is None


def test_a_folder_goes_on_with_the_same_record(tmp_path: Path) -> None:
    results(tmp_path / "deep" / "out").write(0, ITEMS, LINES)
    before = files(tmp_path)
    assert results(tmp_path / "deep" / "out").numbers() == [0]
    assert files(tmp_path) == before


@pytest.mark.parametrize("field", [one for one in RECORD.__struct_fields__ if one != "options"])
def test_results_of_another_kind_are_never_mixed_in(field: str, tmp_path: Path) -> None:
    results(tmp_path)
    before = files(tmp_path)
    other = 3 if field == "part_size" else "another"
    changed = msgspec.structs.replace(RECORD, **{field: other})
    said = refusal(lambda: results(tmp_path, changed))
    was = getattr(RECORD, field)
    assert said.startswith(f"{tmp_path}: its results were made with {field} {str(was)[:50]}")
    assert f"this call has {other}; name a new folder" in said
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "value"), [("threshold", 0.9), ("gate", False), ("issue", "x" * 99)]
)
def test_a_changed_option_is_called_by_its_name(name: str, value: object, tmp_path: Path) -> None:
    results(tmp_path)
    options = RECORD.options | {name: value}
    changed = msgspec.structs.replace(RECORD, options=options, decision="of another threshold")
    said = refusal(lambda: results(tmp_path, changed))
    assert (
        f"made with option {name} {RECORD.options.get(name)}, this call has {str(value)[:50]}"
        in said
    )
    assert len(said) < len(str(tmp_path)) + 250


@pytest.mark.parametrize("name", ["notes.txt", "parts/notes.txt", "parts/part-00000.jsonl"])
def test_a_folder_with_something_else_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    assert "holds no results of stance" in refusal(lambda: results(tmp_path))
    assert files(tmp_path) == {name: b"mine"}


def test_a_file_is_no_folder_for_results(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    assert "holds no results of stance" in refusal(lambda: results(tmp_path / "out"))
    said = refusal(lambda: results(tmp_path / "out" / "below"))
    assert said.startswith(f"{tmp_path}/out/below: cannot be made (")


@pytest.mark.parametrize(
    "left", [(), ("parts/",), ("run.json.fresh",), ("parts/", "run.json.fresh")]
)
def test_a_folder_whose_making_was_stopped_is_begun_again(
    left: tuple[str, ...], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name in left:
        if name.endswith("/"):
            (out / name).mkdir()
        else:
            (out / name).write_bytes(b'{"versi')
    assert results(out).record() == RECORD


def test_a_record_without_its_folder_of_parts_goes_on(tmp_path: Path) -> None:
    results(tmp_path)
    (tmp_path / "parts").rmdir()
    one = results(tmp_path)
    one.write(0, ITEMS, LINES)
    assert one.numbers() == [0]


def test_a_full_disk_is_one_line_and_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = results(tmp_path)
    one.write(0, ITEMS, LINES)
    before = files(tmp_path)

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    said = refusal(lambda: one.write(1, ITEMS, LINES))
    assert "parts/part-00001.jsonl: cannot be written (No space left on device)" in said
    assert files(tmp_path) == before


def sharded(folder: Path, of: int, count: int = 11, record: RunRecord = RECORD) -> list[Path]:
    """The results of all shards of a corpus."""
    folders = [folder / f"shard-{index}" for index in range(1, of + 1)]
    for index, path in enumerate(folders, start=1):
        found = results(path, record)
        run(corpus(count), found, Fake(bad=["4.txt"]), part_size=2, shard=Shard(index, of))
    return folders


@pytest.mark.parametrize("of", [1, 2, 3, 8])
def test_shards_put_together_equal_a_run_in_one(of: int, tmp_path: Path) -> None:
    (whole,) = sharded(tmp_path / "whole", 1)
    folders = sharded(tmp_path, of)
    assert merge(tmp_path / "out", folders[::-1]) == Corpus(6, 11)
    assert files(tmp_path / "out") == files(whole)
    assert failures(tmp_path / "out") == [(2, "4.txt", "the reader fell asleep")]
    held = [Results(one).numbers() for one in folders]
    assert held == [list(range(6))[index::of] for index in range(of)]


def test_a_merge_may_be_done_again(tmp_path: Path) -> None:
    folders = sharded(tmp_path, 2)
    merge(tmp_path / "out", folders)
    before = files(tmp_path / "out")
    (tmp_path / "out" / "parts" / "part-00003.json").unlink()
    merge(tmp_path / "out", folders)
    assert files(tmp_path / "out") == before


def test_a_merge_needs_every_shard(tmp_path: Path) -> None:
    first, _, third = sharded(tmp_path, 3)
    said = refusal(lambda: merge(tmp_path / "out", [third, first]))
    assert said == "part 1 (of 6) stands in none of the folders"
    assert not (tmp_path / "out").exists()


def test_a_merge_needs_shards_that_have_come_to_their_end(tmp_path: Path) -> None:
    first, second = sharded(tmp_path, 2)
    (second / "corpus.json").unlink()
    said = refusal(lambda: merge(tmp_path / "out", [first, second]))
    assert said == f"{second}: holds no finished results; run it to its end first"
    nowhere = tmp_path / "nowhere"
    assert f"{nowhere}: holds no finished" in refusal(lambda: merge(tmp_path / "out", [nowhere]))
    assert not (tmp_path / "out").exists()


def test_a_merge_refuses_results_of_another_kind_or_corpus(tmp_path: Path) -> None:
    first, second = sharded(tmp_path, 2)
    other = msgspec.structs.replace(RECORD, model="another")
    foreign = sharded(tmp_path / "foreign", 2, record=other)[1]
    said = refusal(lambda: merge(tmp_path / "out", [first, foreign]))
    assert said == (
        f"{foreign}: its results were made with model another, {first} has fake; merge what was "
        "made in one way"
    )
    longer = sharded(tmp_path / "longer", 2, count=12)[1]
    said = refusal(lambda: merge(tmp_path / "out", [first, longer]))
    assert said == f"{longer}: was made of another corpus than {first}"
    assert not (tmp_path / "out").exists()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").touch()
    assert "name a new folder" in refusal(lambda: merge(tmp_path / "out", [first, second]))


def test_a_merge_refuses_a_damaged_part(tmp_path: Path) -> None:
    first, second = sharded(tmp_path, 2)
    (second / "parts" / "part-00003.jsonl").write_text("{}\n")
    said = refusal(lambda: merge(tmp_path / "out", [first, second]))
    assert "part-00003.jsonl: is not what was written" in said
    assert Results(tmp_path / "out").corpus() is None
