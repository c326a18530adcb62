"""A corpus run: stopped anywhere it goes on to the same bytes; only what changed is read again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from stance.corpus.results import Corpus, Results
from stance.corpus.run import Done, Engine, Shard, run
from stance.errors import CallError, DocumentError
from stance.types import Document

from .fakes import Fake, Killed, corpus, document, failures, files, results

MISSING = DocumentError("gone: away.txt: there is no such file")
WHOLE: list[Document | DocumentError] = [*corpus(7), MISSING, *corpus(12)[8:]]
"""Twelve documents, one of which cannot be read: six parts of two."""


def made(
    folder: Path,
    found: Sequence[Document | DocumentError] = WHOLE,
    engine: Engine | None = None,
    **settings: object,
) -> Corpus:
    called = Fake() if engine is None else engine
    return run(found, results(folder), called, part_size=2, **settings)  # type: ignore[arg-type]


@pytest.fixture
def undisturbed(tmp_path: Path) -> dict[str, bytes]:
    """The files of a run that nothing disturbs."""
    made(tmp_path / "undisturbed")
    return files(tmp_path / "undisturbed")


def test_a_run_holds_every_document_in_its_order(tmp_path: Path) -> None:
    assert made(tmp_path) == Corpus(6, 12)
    one = Results(tmp_path)
    assert one.corpus() == Corpus(6, 12)
    ids = [item.id for number in one.numbers() for item in one.part(number).items]
    assert ids == [f"{at}.txt" for at in range(7)] + ["gone"] + [f"{at}.txt" for at in range(8, 12)]
    texts = [record["text"] for _, record in one.records()]
    assert texts == [one.text for one in WHOLE if isinstance(one, Document)]
    assert failures(tmp_path) == [(3, "gone", "away.txt: there is no such file")]
    assert {name for name in files(tmp_path) if not name.startswith("parts/")} == {
        "run.json", "corpus.json", "failures.jsonl",
    }  # fmt: skip


def test_the_order_in_which_parts_are_done_changes_nothing(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    made(tmp_path / "out", engine=Fake(backwards=True))
    assert files(tmp_path / "out") == undisturbed


@pytest.mark.parametrize("dies", range(6))
def test_a_run_killed_anywhere_goes_on_to_the_same_bytes(
    dies: int, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out, first, second = tmp_path / "out", Fake(dies), Fake()
    with pytest.raises(Killed):
        made(out, engine=first)
    assert Results(out).numbers() == list(range(dies))
    assert Results(out).corpus() is None
    made(out, engine=second)
    assert files(out) == undisturbed
    assert first.asked + second.asked == [one.id for one in WHOLE if isinstance(one, Document)]


def test_a_run_killed_again_and_again_comes_to_its_end(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for _ in range(5):
        with pytest.raises(Killed):
            made(out, engine=Fake(1))
    engine = Fake()
    made(out, engine=engine)
    assert engine.asked == ["10.txt", "11.txt"] and files(out) == undisturbed


@pytest.mark.parametrize("half", ["part-00002.json", "part-00002.jsonl"])
@pytest.mark.parametrize("data", [b"", b'{"items": [{"id'])
def test_a_file_cut_off_in_the_middle_is_made_anew(
    half: str, data: bytes, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with pytest.raises(Killed):
        made(out, engine=Fake(2))
    (out / "parts" / f"{half}.fresh").write_bytes(data)
    if half.endswith(".json"):  # its records were there already
        (out / "parts" / "part-00002.jsonl").write_bytes(b"some other records\n")
    engine = Fake()
    made(out, engine=engine)
    assert engine.asked[:2] == ["4.txt", "5.txt"]
    assert files(out) == undisturbed


@pytest.mark.parametrize("end", ["part-00001.jsonl", "part-00001.json"])
@pytest.mark.parametrize("before", [False, True])
def test_a_kill_while_a_part_is_written_leaves_no_half_part(
    end: str,
    before: bool,
    undisturbed: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "out"
    replace = Path.replace
    if before:  # an update, of documents of which one has failed
        made(out, engine=Fake(bad=["3.txt"]))

    def killed(path: Path, target: Path) -> Path:
        if target.name == end:
            raise Killed
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(Killed):
            made(out, update=before)
    assert not Results(out).has(1)
    made(out, update=before)
    assert files(out) == undisturbed


def test_what_is_there_is_never_read_again(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    out, engine = tmp_path / "undisturbed", Fake(0)
    assert made(out, engine=engine) == Corpus(6, 12)
    assert engine.asked == [] and files(out) == undisturbed
    made(out, engine=engine, update=True)
    assert engine.asked == [] and files(out) == undisturbed


def replaced(id: str, *others: Document | DocumentError) -> list[Document | DocumentError]:
    """The corpus with something else in the place of one document."""
    found: list[Document | DocumentError] = []
    for one in WHOLE:
        found += others if isinstance(one, Document) and one.id == id else [one]
    return found


CHANGED = document("4.txt", "Another text.")
UNREADABLE = DocumentError("4.txt: you may not read it")


@pytest.mark.parametrize(
    ("found", "part", "named"),
    [
        (replaced("4.txt", CHANGED), 2, "4.txt"),
        (replaced("4.txt", UNREADABLE), 2, "4.txt"),
        (replaced("4.txt", document("new.txt", "Text 4.")), 2, "new.txt"),
        (replaced("4.txt"), 2, "6.txt"),
        ([*WHOLE[:7], document("gone", "It is back."), *WHOLE[8:]], 3, "gone"),
        (WHOLE[:-1], 5, "11.txt"),
        (WHOLE[:-2], 5, ""),
        (WHOLE[:3], 1, "3.txt"),
    ],
)
def test_other_documents_are_refused(
    found: list[Document | DocumentError],
    part: int,
    named: str,
    undisturbed: dict[str, bytes],
    tmp_path: Path,
) -> None:
    engine = Fake()
    with pytest.raises(CallError) as caught:
        made(tmp_path / "undisturbed", found, engine)
    said = str(caught.value)
    assert f"part {part} " in said and "--update" in said and "\n" not in said
    assert f"({named} is new, changed or gone)" in said if named else "longer" in said
    assert engine.asked == []
    assert files(tmp_path / "undisturbed") == undisturbed


def test_a_corpus_that_grew_by_whole_parts_is_read_on(tmp_path: Path) -> None:
    made(tmp_path, WHOLE[:6])
    engine = Fake()
    assert made(tmp_path, engine=engine) == Corpus(6, 12)
    assert engine.asked == ["6.txt", "8.txt", "9.txt", "10.txt", "11.txt"]


@pytest.mark.parametrize(
    ("found", "asked"),
    [
        (replaced("4.txt", CHANGED), ["4.txt"]),
        (replaced("4.txt", UNREADABLE), []),
        (replaced("10.txt"), []),
        (replaced("4.txt", *WHOLE[4:6]), ["5.txt", "9.txt", "11.txt"]),
        ([*WHOLE, document("12.txt", "The last.")], ["12.txt"]),
        (WHOLE[:-1], []),
        (WHOLE[:5], []),
        ([*WHOLE[:7], document("gone", "It is back."), *WHOLE[8:]], ["gone"]),
    ],
)  # fmt: skip
def test_an_update_reads_what_changed_and_ends_as_a_fresh_run(
    found: list[Document | DocumentError], asked: list[str], tmp_path: Path
) -> None:
    made(tmp_path / "out")
    engine = Fake()
    made(tmp_path / "out", found, engine, update=True)
    made(tmp_path / "fresh", found)
    assert files(tmp_path / "out") == files(tmp_path / "fresh")
    assert engine.asked == asked


def test_an_update_reads_again_what_failed(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    out, engine = tmp_path / "out", Fake()
    made(out, engine=Fake(bad=["2.txt", "9.txt"]))
    reason = "the reader fell asleep"
    assert failures(out)[::2] == [(1, "2.txt", reason), (4, "9.txt", reason)]
    made(out, engine=engine)
    assert engine.asked == [] and len(failures(out)) == 3
    made(out, engine=engine, update=True)
    assert engine.asked == ["2.txt", "9.txt"]
    assert files(out) == undisturbed


def test_an_update_that_was_killed_goes_on(tmp_path: Path) -> None:
    out, first, second = tmp_path / "out", Fake(1), Fake()
    found = [one if at % 5 else document(f"{at}.txt", "New.") for at, one in enumerate(WHOLE)]
    made(out)
    with pytest.raises(Killed):
        made(out, found, first, update=True)
    assert Results(out).corpus() is None
    made(out, found, second, update=True)
    assert (first.asked, second.asked) == (["0.txt"], ["5.txt", "10.txt"])
    made(tmp_path / "fresh", found)
    assert files(out) == files(tmp_path / "fresh")


def test_records_that_were_tampered_with_stop_the_run(tmp_path: Path) -> None:
    made(tmp_path)
    path = tmp_path / "parts" / "part-00001.jsonl"
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(CallError, match=r"not what was written; delete .*part-00001.json and"):
        made(tmp_path, update=True)
    path.with_suffix(".json").unlink()
    engine = Fake()
    made(tmp_path, engine=engine)
    assert engine.asked == ["2.txt", "3.txt"]


def test_what_was_done_is_told(tmp_path: Path) -> None:
    told: list[Done] = []
    made(tmp_path, engine=Fake(bad=["1.txt"]), seen=told.append)
    assert told[0] == Done(documents=2, claims=1, about=0, failed=1, kept=False)
    assert told[3] == Done(documents=2, claims=1, about=0, failed=1, kept=False)
    assert told[2] == Done(documents=2, claims=2, about=1, failed=0, kept=False)
    again: list[Done] = []
    made(tmp_path, seen=again.append)
    assert [(one.documents, one.about, one.failed, one.kept) for one in again] == [
        (one.documents, one.about, one.failed, True) for one in told
    ]
    assert sum(one.claims for one in again) == 0


def test_a_part_of_unreadable_documents_needs_no_engine(tmp_path: Path) -> None:
    engine = Fake(0)
    bad = [DocumentError(f"{at}.txt: is empty") for at in range(3)]
    assert made(tmp_path, bad, engine) == Corpus(2, 3)
    assert [document for _, document, _ in failures(tmp_path)] == ["0.txt", "1.txt", "2.txt"]
    assert list(Results(tmp_path).records()) == []


def test_an_empty_corpus_is_finished_at_once(tmp_path: Path) -> None:
    assert made(tmp_path, []) == Corpus(0, 0)
    assert failures(tmp_path) == []


def test_documents_are_read_as_they_are_needed(tmp_path: Path) -> None:
    taken: list[int] = []

    def stream() -> object:
        for number, one in enumerate(WHOLE):
            taken.append(number)
            yield one

    with pytest.raises(Killed):
        made(tmp_path, stream(), Fake(2))  # type: ignore[arg-type]
    assert taken == list(range(6))


@pytest.mark.parametrize(
    ("text", "shard"), [("1/1", Shard()), ("2/8", Shard(2, 8)), ("8/8", Shard(8, 8))]
)
def test_a_shard_is_named_by_two_numbers(text: str, shard: Shard) -> None:
    assert Shard.parse(text) == shard


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "-1/2", "1/2/3", "a/b", "1.0/2", "²/3"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(CallError, match="a shard is I/N"):
        Shard.parse(text)


def test_each_part_is_of_one_shard() -> None:
    shards = [Shard(index, 3) for index in (1, 2, 3)]
    assert [[one.makes(part) for one in shards].count(True) for part in range(20)] == [1] * 20
