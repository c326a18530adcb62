"""The requests of the page: what is answered, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from stance.desk.review import http
from stance.desk.review import journal as journal_module

from .review_records import KENYA, SOVEREIGNTY, digest, kenya, record, working, written

HOST = "127.0.0.1:8377"
HOME = f"http://{HOST}"
KEY = digest(KENYA)
DECISIONS = f"/api/documents/{KEY}/decisions"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    results = written(tmp_path / "results.jsonl", [kenya(title="A\u202e<b>\x07")])
    with (
        working(results, tmp_path / "labels.jsonl") as work,
        TestClient(http.app(work, 8377, "secret"), base_url=HOME) as client,
    ):
        yield client


def send(
    client: TestClient, decision: Any, revision: int = 0, command: str = "command-1", **headers: Any
) -> Any:
    """Post a decision; a header that is None is left out."""
    named = {
        "origin": HOME, "x-token": "secret", "content-type": "application/json",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }  # fmt: skip
    return client.post(
        DECISIONS,
        content=json.dumps({"command": command, "revision": revision, "decision": decision}),
        headers={name: value for name, value in named.items() if value is not None},
    )


NOTE = {"kind": "note", "text": "x"}


def test_the_page_asks_for_nothing_outside_and_may_not(client: TestClient) -> None:
    answer = client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in policy
    for path in (files("stance.desk.review") / "page").iterdir():
        text = path.read_text(encoding="utf-8")
        assert client.get(f"/page/{path.name}").status_code == 200
        for banned in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write"):
            assert banned not in text, path.name
        assert "http:" not in text.replace("http://www.w3.org/2000/svg", ""), path.name
        assert "https:" not in text, path.name


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8377", 200),
        ("localhost:8377", 200),
        ("127.0.0.1:8378", 403),
        ("127.0.0.1", 403),
        ("evil.example:8377", 403),
        ("127.0.0.1.evil.example:8377", 403),
        ("LOCALHOST:8377", 403),
        ("", 403),
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/session", "/page/main.js"])
def test_another_host_is_refused(client: TestClient, host: str, status: int, path: str) -> None:
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == status
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:8377", "https://127.0.0.1:8377", ""]
)
def test_another_origin_is_refused(client: TestClient, origin: str) -> None:
    assert client.get("/api/session", headers={"origin": origin}).status_code == 403
    assert send(client, NOTE, origin=origin).status_code == 403


def test_a_page_on_localhost_may_decide_as_localhost(client: TestClient) -> None:
    name = "localhost:8377"
    assert send(client, NOTE, host=name, origin=f"http://{name}").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": None}, 403),
        ({"x_token": None}, 403),
        ({"x_token": "secre"}, 403),
        ({"x_token": "sécret".encode()}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-origin"}, 200),
        ({"content_type": None}, 415),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"content_type": "application/json; charset=utf-8"}, 200),
    ],
)
def test_a_decision_needs_origin_token_and_type(
    client: TestClient, headers: Any, status: int
) -> None:
    assert send(client, NOTE, **headers).status_code == status
    revision = client.get(f"/api/documents/{KEY}").json()["revision"]
    assert (revision > 0) is (status == 200)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b'{"command":"command-1","revision":0}',
        b'{"command":"command-1","revision":0,"decision":{"kind":"begin","claims":[],"actors":{}}}',
        b'{"command":"command-1","revision":0,"decision":{"kind":"note","text":"\\ud800"}}',
        b'{"command":"command-1","revision":0,"decision":{"kind":"note","text":"x","more":1}}',
        b'{"command":"c","revision":0,"decision":{"kind":"undo"}}',
        b'{"command":"command-1","revision":0,"decision":{"kind":"label","claim":"c","values":{"a":"yes"}}}',
        b"\xff",
    ],
)  # fmt: skip
def test_a_malformed_decision_is_refused_in_words(client: TestClient, body: bytes) -> None:
    headers = {"origin": HOME, "x-token": "secret", "content-type": "application/json"}
    answer = client.post(DECISIONS, content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_a_large_request_an_unknown_document_and_an_unknown_path(client: TestClient) -> None:
    assert send(client, {"kind": "note", "text": "x" * (1 << 20)}).status_code == 413
    assert client.get("/api/documents/none").status_code == 404
    assert client.get("/page/..%2fhttp.py").status_code == 404
    assert client.get("/page/none.js").status_code == 404
    assert client.get(DECISIONS).status_code == 405


def test_only_what_changed_is_answered(client: TestClient) -> None:
    found = client.get(f"/api/documents/{KEY}").json()
    assert (found["text"], found["revision"], len(found["claims"])) == (KENYA, 0, 3)
    key = found["order"][1]
    decision = {"kind": "label", "claim": key, "values": {SOVEREIGNTY: "opposes"}}
    answer = send(client, decision).json()
    assert list(answer["claims"]) == [key]
    assert answer["claims"][key]["values"][SOVEREIGNTY] == "opposes"
    assert answer["row"]["left"] == 2
    assert (
        next(one for one in answer["actors"] if one["id"] == "MAR")["said"][SOVEREIGNTY]
        == "opposes"
    )
    other = {**decision, "claim": found["order"][0]}
    answer = send(client, other, answer["revision"], "command-2").json()
    undone = send(client, {"kind": "undo"}, answer["revision"], "command-3").json()
    assert list(undone["claims"]) == [found["order"][0]]
    again = send(client, {"kind": "undo"}, undone["revision"], "command-4").json()
    assert again["claims"][key]["values"][SOVEREIGNTY] == "supports"
    assert (again["canUndo"], again["canRedo"]) == (False, True)


def test_a_second_tab_is_told_and_nothing_is_overwritten(client: TestClient) -> None:
    revision = send(client, NOTE).json()["revision"]
    stale = send(client, {"kind": "note", "text": "y"}, 0, "command-2")
    assert stale.status_code == 409
    assert client.get(f"/api/documents/{KEY}").json()["note"] == "x"
    assert send(client, {"kind": "note", "text": "y"}, revision, "command-2").status_code == 200
    assert send(client, {"kind": "note", "text": "y"}, revision, "command-2").status_code == 200


def test_a_refusal_is_said_and_so_is_a_full_disk(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert send(client, {"kind": "accept", "claims": ["none"]}).status_code == 422

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal_module, "_write", full)
    answer = send(client, NOTE)
    assert answer.status_code == 507
    assert "not saved" in answer.json()["message"]


def test_names_and_titles_hide_nothing(client: TestClient) -> None:
    (row,) = client.get("/api/session").json()["documents"]
    assert row["title"] == "A<U+202E><b><U+0007>"


def test_a_text_arrives_character_for_character(tmp_path: Path) -> None:
    text = "a\r\nb\tc\u202e\u2028𝄞😀</script><!-- \x85\x0c"
    results = written(tmp_path / "results.jsonl", [record("a.txt", text)])
    with (
        working(results, tmp_path / "labels.jsonl") as work,
        TestClient(http.app(work, 8377, "secret"), base_url=HOME) as client,
    ):
        assert client.get(f"/api/documents/{digest(text)}").json()["text"] == text
