"""The page in a browser: work by keyboard alone, a server that goes away, hostile texts."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stance.build import actor_table
from stance.measure.gold import GoldText, read_gold

from .review_records import (
    KENYA,
    LABELS,
    SOVEREIGNTY,
    UN,
    claim,
    kenya,
    record,
    span,
    written,
)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL"),
]

PATIENCE = 120_000  # milliseconds until a page that stands still is given up


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as run:
        found = run.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Server:
    """`stance review` as a process; killed and started again at the same address."""

    def __init__(self, folder: Path, records: list[Any], annotator: str = "ana") -> None:
        self.labels = folder / "labels.jsonl"
        self._results = written(folder / "results.jsonl", records)
        self._annotator = annotator
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self.start()

    def start(self) -> None:
        code = (
            "import sys; from pathlib import Path\n"
            "from stance.desk.review import serve\n"
            "from stance.desk.saved import Saved\n"
            "results, labels, name, port = sys.argv[1:]\n"
            "serve(Saved(Path(results)), Path(labels), name, [], 'western_sahara', port=int(port))"
        )
        call = [str(self._results), str(self.labels), self._annotator, str(self.port)]
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, *call], stderr=subprocess.PIPE, text=True
        )
        assert self._process.stderr is not None
        said = []
        for line in self._process.stderr:
            said.append(line)
            if line.startswith("open "):
                return
        raise AssertionError("".join(said))

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()

    def gold(self) -> list[GoldText]:
        return read_gold(self.labels, LABELS, actor_table().actors)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    made: list[Server] = []

    def make(*records: Any, annotator: str = "ana") -> Server:
        made.append(Server(tmp_path, list(records), annotator))
        return made[-1]

    yield make
    for one in made:
        one.kill()


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Any]]:
    contexts = []

    def open_page(url: str, **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return another(context, url)

    yield open_page
    for context in contexts:
        context.close()


def another(context: Any, url: str) -> Any:
    """A page (a tab), once its first document is shown; `errors` is what its console holds."""
    page = context.new_page()
    page.errors = []
    page.on("console", lambda one: page.errors.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(url)
    page.wait_for_selector("#text .block")
    return page


def keys(page: Any, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def until(page: Any, wanted: str, argument: Any = None) -> None:
    page.wait_for_function(wanted, arg=argument, timeout=PATIENCE)


def revision_is(page: Any, steps: int) -> None:
    """Wait until so many decisions are answered: each is in the document's state."""
    until(
        page,
        "async (n) => (await (await fetch('/api/documents/' + location.hash.slice(1))).json())"
        ".revision === n + 1",
        steps,
    )


def test_five_labels_by_keyboard_with_the_server_killed_between(
    server: Callable[..., Server], opened: Callable[..., Any]
) -> None:
    one = server(kenya(), record("later.txt", "Spain spoke."))
    page = opened(one.url)
    assert page.locator("#claim-list .claim").count() == 3
    keys(page, "k", "k", "1", "2", "j")  # Kenya: opposes; supports the process
    revision_is(page, 2)
    one.kill()
    keys(page, "1")  # Morocco: opposes
    page.wait_for_selector(".alert.offline")
    assert "sent as soon as it runs again" in page.locator(".alert.offline").inner_text()
    one.start()
    page.wait_for_selector(".alert.offline", state="detached")
    revision_is(page, 3)
    keys(page, "Shift+Digit1", "Shift+Digit1", "j", "2", "z", "a", "f")
    # Morocco: supports, neither; Algeria: the process opposed, undone, accepted; all is checked
    page.wait_for_selector(".alert.note")
    until(page, "() => document.querySelector('#title').textContent === 'later.txt'")
    (line,) = one.gold()
    assert {actor: (found.labels, found.opposes) for actor, found in line.actors.items()} == {
        "KEN": ((UN,), (SOVEREIGNTY,)),
        "MAR": (("neutral",), ()),
        "DZA": ((UN,), (SOVEREIGNTY,)),
        "UN": (("neutral",), ()),
    }
    # While the server is away; and once the token of the server that was killed is refused.
    assert all("ERR_CONN" in error or "403" in error for error in page.errors), page.errors


def test_a_claim_is_added_and_its_words_are_changed_by_keyboard(
    server: Callable[..., Server], opened: Callable[..., Any]
) -> None:
    text = "𝄞😀 Music first.\n\nKenya 😀 backs the plan. It said so.\n"
    found = record("a.txt", text, [claim(text, "KEN", "backs the plan", {SOVEREIGNTY: 0.9})])
    found["sentences"] = [
        {"index": n, "start": text.index(words), "end": text.index(words) + len(words)}
        for n, words in enumerate(("𝄞😀 Music first.", "Kenya 😀 backs the plan.", "It said so."))
    ]
    one = server(found)
    page = opened(one.url)
    # words of the claim: one word less at the end, and from the emoji on
    keys(page, "w", "ArrowLeft", "Tab", "ArrowLeft", "Enter")
    page.wait_for_selector("#selection", state="hidden")
    until(
        page, "() => document.querySelector('.details blockquote').textContent === '😀 backs the'"
    )
    # a missed claim: the sentence after it, given to Morocco, which opposes
    keys(page, "m", "ArrowDown", "ArrowUp", "ArrowDown", "Enter")
    page.wait_for_selector("#pick[open]")
    page.keyboard.type("marocco")
    assert "No actor" in page.locator("#pick-list").inner_text()
    keys(page, *["Backspace"] * 7)
    page.keyboard.type("moroc")
    keys(page, "Enter", "1", "1", "Enter")
    page.wait_for_selector("#pick[open]", state="detached")
    # the first sentence by mouse and button, with its wide characters
    box = page.locator("#text .block").first.bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 15, steps=4)
    page.mouse.up()
    selected = page.evaluate("() => getSelection().toString()")
    page.get_by_role("button", name="Add as a claim").click()
    page.keyboard.type("UN")
    keys(page, "Enter", "Enter")
    page.wait_for_selector("#pick[open]", state="detached")
    keys(page, "A", "f")
    page.wait_for_selector(".alert.note")
    (line,) = one.gold()
    said = [
        (found.holder, [text[place.start : place.end] for place in found.content])
        for found in line.claims or ()
    ]
    assert said == [
        ("UN", [selected.strip()]),
        ("KEN", ["😀 backs the"]),
        ("MAR", ["It said so."]),
    ]
    assert selected.startswith("𝄞😀")
    assert line.actors["MAR"].opposes == (SOVEREIGNTY,)
    assert page.errors == []


def test_everything_else_is_done_by_keyboard_and_undone(
    server: Callable[..., Server], opened: Callable[..., Any]
) -> None:
    one = server(kenya())
    page = opened(one.url)
    keys(page, "k", "k", "h")
    page.keyboard.type("ghana")
    keys(page, "Enter")
    page.wait_for_selector("#pick[open]", state="detached")
    until(page, "() => document.querySelector('.claim.current .who').textContent === 'Ghana'")
    keys(page, "x", "t")
    page.wait_for_selector("#note[open]")
    page.keyboard.type("a remark")
    keys(page, "Control+Enter")
    page.wait_for_selector("#note[open]", state="detached")
    keys(page, "v")
    page.wait_for_selector("#panel-actors:not([hidden])")
    keys(page, "m")
    page.keyboard.type("spain")
    keys(page, "Enter")
    page.wait_for_selector("#pick[open]", state="detached")
    until(page, "() => document.querySelector('.actor.current .who')?.textContent === 'Spain'")
    keys(page, "1", "1", "f")
    page.wait_for_selector("#done[open]")
    assert "2 claims have not been checked" in page.locator("#done").inner_text()
    keys(page, "Enter")
    page.wait_for_selector(".alert.note")
    (line,) = one.gold()
    assert set(line.actors) == {"ESP", "MAR", "DZA", "UN", "KEN"}
    assert line.actors["ESP"].opposes == (SOVEREIGNTY,)
    assert (line.note, len(line.claims or ())) == ("a remark", 2)
    for _ in range(7):  # finish, two stances, an actor, the note, the deletion, the holder
        keys(page, "z")
    until(page, "() => document.querySelector('#undo').disabled")
    assert not one.labels.read_text(encoding="utf-8")
    page.reload()
    page.wait_for_selector("#text .block")
    assert page.locator("#undo").is_disabled()
    assert page.locator(".claim .who").first.inner_text() == "Kenya"
    keys(page, "?")
    page.wait_for_selector("#help[open]")
    assert page.errors == []


def test_small_things_that_a_first_user_met(
    server: Callable[..., Server], opened: Callable[..., Any]
) -> None:
    text = "Kenya backs the plan. Morocco thanks it."
    one = server(
        record(
            "a.txt",
            text,
            [
                claim(text, "KEN", "backs the plan", {SOVEREIGNTY: 0.785}, uncertain=True),
                claim(text, "MAR", "thanks it", {SOVEREIGNTY: 0.9}, uncertain=True),
            ],
        )
    )
    page = opened(one.url)
    assert "supports 0.79" in page.locator("#claim-list .details").inner_text()
    assert "2 to check · 2 uncertain" in page.locator("#document-list").inner_text()
    keys(page, "x")  # and on to the next claim, as after `a`
    until(page, "() => document.querySelector('.claim.current .who').textContent === 'Morocco'")
    assert "1 to check · 1 uncertain" in page.locator("#document-list").inner_text()
    keys(page, "f")
    page.wait_for_selector("#done[open]")
    assert (
        "1 claim has not been checked: it is taken as it is" in page.locator("#done").inner_text()
    )
    keys(page, "Escape")
    page.wait_for_selector("#done[open]", state="detached")
    keys(page, "m", "Enter")
    page.wait_for_selector("#pick[open]")
    badge, hint = page.locator("#pick-labels kbd").first, page.locator("#pick-hint")
    assert not badge.is_visible() and hint.is_visible()
    page.keyboard.type("zzz")
    page.locator("#pick-save").click()
    assert "Choose an actor" in page.locator("#pick-problem").inner_text()
    page.locator("#pick-input").fill("spain")
    assert page.locator("#pick-problem").inner_text() == ""
    page.locator("#pick-input").focus()
    keys(page, "Enter")
    assert badge.is_visible() and not hint.is_visible()
    keys(page, "1")
    assert page.locator("#pick-labels input:checked").first.get_attribute("value") == "supports"
    assert badge.is_visible()
    keys(page, "Escape")
    page.wait_for_selector("#pick[open]", state="detached")
    keys(page, "Escape", "k", "k", "x", "a", "a")  # restored, and both are checked
    until(page, "() => document.querySelector('#document-list').innerText.includes('all checked')")
    assert "uncertain" not in page.locator("#document-list").inner_text()
    keys(page, "v")
    page.wait_for_selector("#panel-actors:not([hidden])")
    assert "named 1 time ·" in page.locator("#panel-actors .facts").first.inner_text()
    assert page.errors == []


def test_a_key_right_after_a_dialog_has_closed_is_not_lost(
    server: Callable[..., Server], opened: Callable[..., Any]
) -> None:
    page = opened(server(kenya()).url)
    keys(page, "t")
    page.wait_for_selector("#note[open]")
    # Until the next frame the focus is still on the field of the dialog.
    page.evaluate(
        """() => {
          const field = document.querySelector("#note-text");
          document.querySelector("#note").close();
          field.dispatchEvent(new KeyboardEvent("keydown", { key: "v", bubbles: true }));
        }"""
    )
    page.wait_for_selector("#panel-actors:not([hidden])", timeout=10_000)


def test_a_second_tab_is_told_and_keeps_what_was_typed(
    server: Callable[..., Server], opened: Callable[..., Any]
) -> None:
    one = server(kenya())
    first = opened(one.url)
    second = another(first.context, one.url)
    second.bring_to_front()
    keys(second, "t")
    second.keyboard.type("typed with care")
    first.bring_to_front()
    keys(first, "k", "k", "1")
    revision_is(first, 1)
    second.bring_to_front()
    keys(second, "Control+Enter")
    second.wait_for_selector(".alert.problem")
    assert "changed in another tab" in second.locator(".alert.problem").inner_text()
    assert second.locator("#note-text").input_value() == "typed with care"
    until(
        second, "() => document.querySelector('#note-problem').textContent.includes('still here')"
    )
    assert second.locator(".claim .chip").first.inner_text() == "opposes sovereignty"
    keys(second, "Control+Enter")
    second.wait_for_selector("#note[open]", state="detached")
    revision_is(second, 2)
    assert all("409" in error for error in second.errors), second.errors


HOSTILE = (
    "<script>document.title='x'</script> \"><img src=x onerror=alert(1)> =HYPERLINK(1)\n"
    "Kenya \u202ekcab si\u202c the plan\x07 \u2066here\u2069 </article>\r\n"
)


def test_hostile_texts_names_and_notes_are_text(
    server: Callable[..., Server], opened: Callable[..., Any]
) -> None:
    bad = "<img src=x onerror=alert(1)>"
    found = record(
        f"{bad}.txt",
        HOSTILE,
        [claim(HOSTILE, f"person:{bad}", "\u202ekcab si\u202c the plan", {SOVEREIGNTY: 0.5})],
        title=f"{bad}\u202e",
        outlet=bad,
        speaker=bad,
    )
    found["warnings"] = [bad]
    one = server(found)
    page = opened(one.url)
    page.on("dialog", lambda _: page.errors.append("a dialog was opened"))
    shown = page.evaluate(
        "() => [...document.querySelectorAll('#text .block')].map((b) => b.textContent).join('')"
    )
    assert shown == HOSTILE
    assert page.locator("#desk img, #desk script, #alerts img").count() == 0
    assert page.locator("#title").inner_text() == f"{bad}<U+202E>"
    assert page.locator(".concealed").count() == 5
    keys(page, "t")
    page.keyboard.insert_text(bad)
    keys(page, "Control+Enter")
    page.wait_for_selector("#note[open]", state="detached")
    keys(page, "v", "g")
    page.wait_for_selector("#agreement[open] p")
    assert page.locator("img").count() == 0
    assert page.errors == []


def test_offsets_are_counted_alike_on_both_sides(
    server: Callable[..., Server], opened: Callable[..., Any]
) -> None:
    text = "a𝄞b😀😀c\u0301 👩‍👩‍👧 ﷽ 🇰🇪."
    page = opened(server(record("a.txt", text)).url)
    units, points = page.evaluate(
        """async (text) => {
          const { Offsets } = await import('/page/offsets.js');
          const offsets = new Offsets(text);
          const points = [...text].length;
          const units = [...Array(points + 1).keys()].map((point) => offsets.toUnits(point));
          return [units, units.map((unit) => offsets.toPoints(unit))];
        }""",
        text,
    )
    assert units == [len(text[:n].encode("utf-16-le")) // 2 for n in range(len(text) + 1)]
    assert points == list(range(len(text) + 1))


def test_a_very_large_document_is_worked_on(
    server: Callable[..., Server], opened: Callable[..., Any]
) -> None:
    sentence = "Kenya 😀 said that it backs number {} of the plans.\n"
    text = "".join(sentence.format(n) for n in range(20_000)) + "w" * 1_000_000
    found = record("large.txt", text)
    at = 0
    for n in range(5_000):
        words = f"backs number {n} "
        start = text.index(words, at)
        one = claim("Kenya it backs it.", "KEN", "it backs it", {SOVEREIGNTY: 0.9})
        place = {"start": start, "end": start + len(words) - 1, "text": words[:-1]}
        found["claims"].append({**one, "id": f"claim-{n}", "content": [place]})
        at = start
    one = server(found)
    page = opened(one.url)
    assert page.locator("#claim-list .claim").count() == 5_000
    keys(page, "j", "j", "2", "a")
    revision_is(page, 2)
    until(page, "() => document.querySelector('.claim.current .number').textContent === '1'"
        " || document.querySelector('.claim.current .number').textContent === '4'")  # fmt: skip
    page.evaluate("() => document.querySelector('#text').scrollTo(0, 1e9)")
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll('#text .block')]
          .reduce((sum, block) => sum + block.textContent.length, 0)"""
        )
        == len(text) + 20_000
    )
    assert page.errors == []


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"color_scheme": "dark"},
        {"viewport": {"width": 400, "height": 800}},
    ],
    ids=["light", "dark", "narrow"],
)
def test_no_serious_barrier(
    server: Callable[..., Server], opened: Callable[..., Any], options: Any
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not there")
    text = KENYA + "\u202eSpain spoke.\n"
    one = kenya("a.txt", text, title="A title")
    one["claims"][0]["cue"] = span(text, "backs")
    page = opened(server(one, kenya()).url, **options)

    def check(what: str) -> None:
        found = axe.Axe().run(page).response["violations"]
        serious = [
            (rule["id"], node["target"], node.get("failureSummary"))
            for rule in found
            if rule["impact"] in ("serious", "critical")
            for node in rule["nodes"]
        ]
        assert serious == [], what

    check("claims")
    keys(page, "1", "x")
    page.wait_for_selector(".claim.deleted")
    check("a claim that is deleted")
    keys(page, "v")
    check("actors")
    keys(page, "v", "m")
    check("a selection")
    keys(page, "Enter")
    page.wait_for_selector("#pick[open]")
    check("an actor is asked for")
    keys(page, "Escape", "Escape", "?")
    page.wait_for_selector("#help[open]")
    check("help")
    keys(page, "Escape", "g")
    page.wait_for_selector("#agreement[open] p")
    check("agreement")
    keys(page, "Escape", "f")
    page.wait_for_selector("#done[open]")
    check("finish")
    width = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert width <= 0
    assert page.errors == []
