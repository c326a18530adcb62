"""Nothing that was answered is lost: the journal, the labels file, a server that is killed."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stance.build import actor_table
from stance.desk.review import decisions as d
from stance.desk.review import journal as journal_module
from stance.desk.review import labels_file
from stance.desk.review.journal import Journal, NotSaved
from stance.desk.review.work import Stale
from stance.errors import CallError, LabelError
from stance.measure.gold import read_gold

from .review_records import KENYA, LABELS, SOVEREIGNTY, UN, Hand, digest, kenya, working, written


@pytest.fixture
def results(tmp_path: Path) -> Path:
    return written(tmp_path / "results.jsonl", [kenya()])


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    return tmp_path / "labels.jsonl"


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_decision_is_on_the_disk_before_it_is_answered(
    results: Path, labels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        real(handle)
        synced.append(os.fstat(handle).st_size)

    with working(results, labels) as work:
        monkeypatch.setattr(journal_module.os, "fsync", fsync)
        Hand(work)(d.Note("kept"))
        path = labels.with_name("labels.jsonl.journal")
        assert synced[-1] == path.stat().st_size
        assert lines(path)[-1]["decision"] == {"kind": "note", "text": "kept"}
        assert lines(path)[-1]["annotator"] == "ana"


def test_half_a_line_at_the_end_is_set_aside_and_said(results: Path, labels: Path) -> None:
    path = labels.with_name("labels.jsonl.journal")
    with working(results, labels) as work:
        Hand(work)(d.Note("whole"))
    whole = path.read_bytes()
    path.write_bytes(whole + whole.splitlines(keepends=True)[-1][:-9])
    with working(results, labels) as work:
        hand = Hand(work)
        assert hand.state.note == "whole"
        assert any("cut off" in remark for remark in work.remarks)
        hand(d.Note("further"))
    assert path.read_bytes().startswith(whole)
    assert path.with_name("labels.jsonl.journal.torn").read_bytes().strip()
    with working(results, labels) as work:
        assert Hand(work).state.note == "further"
        assert not work.remarks


def test_a_damaged_line_within_is_refused_and_named(results: Path, labels: Path) -> None:
    path = labels.with_name("labels.jsonl.journal")
    with working(results, labels) as work:
        Hand(work)(d.Note("one"))
    before = path.read_bytes()
    path.write_bytes(before.replace(b'"kind":"begin"', b'"kind":"bogus"', 1))
    with pytest.raises(CallError, match=r"journal:1: is damaged"), working(results, labels):
        pass


def test_a_full_disk_loses_nothing_and_is_said(
    results: Path, labels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) <= 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data[:20])

    with working(results, labels) as work:
        hand = Hand(work)
        hand(d.Note("kept"))
        monkeypatch.setattr(journal_module.os, "write", lambda h, data: full(h, data[:30]))
        with pytest.raises(NotSaved, match="No space left"):
            hand(d.Note("lost"))
        assert hand.state.note == "kept"
        monkeypatch.setattr(journal_module.os, "write", real)
        hand(d.Note("again"))
    with working(results, labels) as work:
        assert Hand(work).state.note == "again"


def test_after_a_failed_fsync_nothing_is_answered_as_saved(
    results: Path, labels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with working(results, labels) as work:
        real = os.fsync
        monkeypatch.setattr(journal_module.os, "fsync", broken)
        with pytest.raises(NotSaved, match="disk fails"):
            Hand(work)(d.Note("lost"))
        monkeypatch.setattr(journal_module.os, "fsync", real)
        with pytest.raises(NotSaved, match="start stance review again"):
            Hand(work)(d.Note("lost"))


def test_a_second_process_is_refused_in_one_line(results: Path, labels: Path) -> None:
    with working(results, labels):
        code = (
            "import sys; from pathlib import Path\n"
            "from stance.desk.review.journal import Journal\n"
            "from stance.errors import CallError\n"
            "try:\n    Journal(Path(sys.argv[1]))\n"
            "except CallError as error:\n    print(error)\n"
        )
        path = labels.with_name("labels.jsonl.journal")
        said = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
        ).stdout
        assert "another `stance review`" in said
        assert said.count("\n") == 1
    Journal(path).close()


def test_an_old_revision_is_refused_and_a_command_counts_once(results: Path, labels: Path) -> None:
    with working(results, labels) as work:
        key = digest(KENYA)
        first = work.decide(key, 0, "command-1", d.Note("one")).history
        with pytest.raises(Stale):
            work.decide(key, 0, "command-2", d.Note("two"))
        again = work.decide(key, 0, "command-1", d.Note("one")).history
        assert (again.state.note, again.revision) == ("one", first.revision)
    with working(results, labels) as work:
        again = work.decide(key, 0, "command-1", d.Note("one")).history
        assert len(again.done) == 1


def test_lines_of_other_texts_keep_their_bytes_and_their_order(results: Path, labels: Path) -> None:
    foreign = [
        json.dumps(
            {
                "sha256": digest(name), "document": name, "text_sha256": digest(name), "length": 9,
                "actors": {"FRA": {"labels": ["neutral"]}}, "note": "  made by hand é",
            },
            ensure_ascii=number == 0,
        )
        for number, name in enumerate(("one.txt", "two.txt"))
    ]  # fmt: skip
    labels.write_text("\n\n".join(foreign), encoding="utf-8")
    with working(results, labels) as work:
        hand = Hand(work)
        hand(d.Finish())
        assert labels.read_text(encoding="utf-8").splitlines()[:2] == foreign
        assert len(read_gold(labels, LABELS, actor_table().actors)) == 3
        hand(d.Reopen())
        assert labels.read_text(encoding="utf-8").splitlines() == foreign


def test_a_malformed_labels_file_is_refused_and_left_as_it_is(results: Path, labels: Path) -> None:
    labels.write_text('{"document": "x"}\n', encoding="utf-8")
    with pytest.raises(LabelError, match=r"labels\.jsonl:1"), working(results, labels):
        pass
    assert labels.read_text(encoding="utf-8") == '{"document": "x"}\n'


def test_labels_made_by_hand_are_gone_on_with(results: Path, labels: Path) -> None:
    start = KENYA.index("the plan is the only basis")
    place = {"start": start, "end": start + 8}
    line = {
        "document": "kenya.txt", "sha256": digest(KENYA), "text_sha256": digest(KENYA),
        "length": len(KENYA), "stratum": "mine", "note": "by hand",
        "actors": {
            "MAR": {"labels": [SOVEREIGNTY], "evidence": {SOVEREIGNTY: [place]}},
            "FRA": {"labels": ["neutral"], "opposes": [UN]},
        },
    }  # fmt: skip
    labels.write_text(json.dumps(line) + "\n", encoding="utf-8")
    before = labels.read_bytes()
    with working(results, labels) as work:
        hand = Hand(work)
        assert hand.state.finished
        assert labels.read_bytes() == before
        hand(d.Reopen())
        for holder in ("KEN", "DZA"):
            hand(d.Delete(hand.claim_of(holder).key, True))
        hand(d.Finish())
        (now,) = read_gold(labels, LABELS, actor_table().actors)
    assert (now.stratum, now.note, set(now.actors)) == ("mine", "by hand", {"MAR", "FRA"})
    assert now.actors["FRA"].opposes == (UN,)
    assert [one.holder for one in now.claims or ()] == ["MAR"]
    with working(results, labels) as work:
        assert not work.remarks  # what it wrote itself is no work of another hand


def test_a_line_changed_by_hand_is_taken_up(results: Path, labels: Path) -> None:
    with working(results, labels) as work:
        Hand(work)(d.Finish())
    (line,) = lines(labels)
    line["actors"]["UN"] = {"labels": [UN], "opposes": [], "open": [], "evidence": {}}
    labels.write_text(json.dumps(line) + "\n", encoding="utf-8")
    with working(results, labels) as work:
        assert Hand(work).state.actors["UN"].values[UN] == "supports"
        assert any("1 documents are labelled already" in remark for remark in work.remarks)
    with working(results, labels) as work:
        assert not work.remarks


def test_a_crash_between_journal_and_labels_is_made_good(
    results: Path, labels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with working(results, labels) as work:
        hand = Hand(work)
        hand(d.Finish())
        first = labels.read_bytes()
        hand(d.Reopen())
        hand(d.Note("later"))
        real = labels_file.write_whole
        monkeypatch.setattr(labels_file, "write_whole", dies)
        with pytest.raises(KeyboardInterrupt):
            hand(d.Finish())
        monkeypatch.setattr(labels_file, "write_whole", real)
    labels.write_bytes(first)  # as after a crash in the first of two finishes
    with working(results, labels):
        assert lines(labels)[0]["note"] == "later"


def test_labels_that_cannot_be_written_are_said_and_written_later(
    results: Path, labels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with working(results, labels) as work:
        real = labels_file.write_whole
        monkeypatch.setattr(labels_file, "write_whole", full)
        remark = Hand(work)(d.Finish())
        assert remark is not None
        assert "cannot be written" in remark
        assert not labels.exists()
        monkeypatch.setattr(labels_file, "write_whole", real)
    with working(results, labels):
        assert len(lines(labels)) == 1


def test_other_results_of_the_same_text_change_nothing_of_the_work(
    results: Path, labels: Path
) -> None:
    with working(results, labels) as work:
        hand = Hand(work)
        hand(d.Label(hand.claim_of("KEN").key, {UN: "supports"}))
        before = hand.state
    other = kenya()
    other["claims"], other["actors"] = [], []
    written(results, [other])
    with working(results, labels) as work:
        assert Hand(work).state == before


# ---- a real server, killed


def started(results: Path, labels: Path) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [
            sys.executable, "-c",
            "import sys; from pathlib import Path\n"
            "from stance.desk.review import serve\n"
            "from stance.desk.saved import Saved\n"
            "results, labels = map(Path, sys.argv[1:])\n"
            "serve(Saved(results), labels, 'ana', [], 'western_sahara', port=0)",
            str(results), str(labels),
        ],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("open "):
            return process, line.split()[1].rstrip("/")
    raise AssertionError("it did not start")


@pytest.fixture
def running(results: Path, labels: Path) -> Iterator[Any]:
    processes: list[subprocess.Popen[str]] = []

    def start() -> tuple[subprocess.Popen[str], str]:
        process, url = started(results, labels)
        processes.append(process)
        return process, url

    yield start
    for process in processes:
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


def asked(url: str, path: str, body: Any = None, token: str = "") -> Any:
    headers = {"content-type": "application/json", "origin": url, "x-token": token}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data, headers if data else {})
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=120) as answer:
        return json.load(answer)


@pytest.mark.enable_socket
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_server_loses_nothing_that_it_answered(running: Any, labels: Path) -> None:
    key = digest(KENYA)
    answered: list[str] = []
    for stop_at in (7, 13, 20):
        process, url = running()
        token = asked(url, "/api/session")["token"]
        revision = asked(url, f"/api/documents/{key}")["revision"]
        while len(answered) < stop_at:
            text = f"note {len(answered)}"
            order = {
                "command": f"command-{len(answered)}",
                "revision": revision,
                "decision": {"kind": "note", "text": text},
            }
            revision = asked(url, f"/api/documents/{key}/decisions", order, token)["revision"]
            answered.append(text)
        process.send_signal(signal.SIGKILL)
        process.wait()
    _, url = running()
    token = asked(url, "/api/session")["token"]
    found = asked(url, f"/api/documents/{key}")
    for text in reversed(answered):
        assert found["note"] == text
        order = {
            "command": f"undo-{text}", "revision": found["revision"], "decision": {"kind": "undo"},
        }  # fmt: skip
        found = asked(url, f"/api/documents/{key}/decisions", order, token)
    assert not found["canUndo"]


@pytest.mark.enable_socket
@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT")
def test_ctrl_c_ends_the_server_and_says_where_the_work_is(running: Any) -> None:
    process, url = running()
    with pytest.raises(urllib.error.HTTPError, match="403"):
        asked(url, f"/api/documents/{digest(KENYA)}/decisions", {}, "another")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "every decision is in labels.jsonl.journal" in said
    assert "Traceback" not in said
