"""The page of a report in a browser: its filters, its order, its print, and who cannot see it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.desk.report_records import actor, claim, judged, record, saved, siding, span

from stance.desk.report import write_report

pytestmark = pytest.mark.enable_socket  # the browser is spoken to by a pipe and a loopback socket

SOV, UN = "supports_sovereignty", "supports_un_process"

Opened = Callable[..., Any]


def records() -> list[dict[str, Any]]:
    text = "Spain reported that Japan is against the plan."
    against = judged(opposes={UN: 0.97}, uncertain=True)
    reported = claim(
        text,
        "JPN",
        "against the plan",
        voice="reported",
        attribution=[{"source": span(text, "Spain"), "person": None, "actor": "ESP"}],
        **against,
    )
    silent = claim(text, "ESP", "Spain reported", **judged())
    return [
        siding(supports={SOV: 0.9, UN: 0.8}, date="2024-05-01", outlet="Herald", says="the áccent"),
        siding(supports={SOV: 0.95}, date="2020", outlet="Courier", says="an older view"),
        siding("Algeria", "DZA", opposes={SOV: 0.85}, date="2022-02", outlet="Herald"),
        record(
            text,
            [reported, silent],
            [
                actor("JPN", "Japan", [reported["id"]], **against),
                actor("ESP", "Spain", [silent["id"]]),
            ],
        ),
    ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium is installed")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[dict[str, Any]]], Path]:
    """The page of some records; that of the same records is made once."""
    known: dict[str, Path] = {}

    def write(found: list[dict[str, Any]]) -> Path:
        key = json.dumps(found)
        if key not in known:
            folder = tmp_path_factory.mktemp("report")
            known[key] = folder / "report.html"
            write_report(saved(folder, found), known[key])
        return known[key]

    return write


@pytest.fixture
def opened(browser: Any, written: Callable[[list[dict[str, Any]]], Path]) -> Iterator[Opened]:
    """Opens the page of some records; what it says to the console or asks of the network fails."""
    contexts, complaints = [], []

    def open(found: list[dict[str, Any]], **options: Any) -> Any:
        out = written(found)
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.set_default_timeout(180_000)  # a busy machine is no failure
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append("a dialog"), dialog.dismiss()))
        page.on(
            "request",
            lambda asked: None if asked.url == out.as_uri() else complaints.append(asked.url),
        )
        page.goto(out.as_uri())
        return page

    yield open
    for context in contexts:
        context.close()
    assert complaints == []


def shown(page: Any) -> list[str]:
    return page.locator("#list details.actor h3").all_inner_texts()


def set_to(page: Any, **fields: str) -> str:
    """Sets fields of the form at once, waits for the page, and gives its line."""
    page.evaluate(
        """fields => {
            for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
            document.getElementById("status").textContent = "";
            form.dispatchEvent(new Event("input"));
        }""",
        fields,
    )
    page.wait_for_function("() => document.getElementById('status').textContent !== ''")
    return str(page.locator("#status").inner_text())


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, "4 of 5 claims, by 3 actors"),
        ({"words": "ACCENT herald"}, "1 of 5 claims, by 1 actor"),
        ({"words": "murat nurtleu"}, "3 of 5 claims, by 2 actors"),
        ({"words": "nobody"}, "No claim fits these filters."),
        ({"label": "1"}, "2 of 5 claims, by 2 actors"),
        ({"side": "0"}, "2 of 5 claims, by 1 actor"),
        ({"side": "1"}, "2 of 5 claims, by 2 actors"),
        ({"side": "1", "label": "1"}, "1 of 5 claims, by 1 actor"),
        ({"side": "none"}, "1 of 5 claims, by 1 actor"),
        ({"side": "all"}, "5 of 5 claims, by 4 actors"),
        ({"certainty": "1"}, "1 of 5 claims, by 1 actor"),
        ({"certainty": "0"}, "3 of 5 claims, by 2 actors"),
        ({"voice": "reported"}, "1 of 5 claims, by 1 actor"),
        ({"outlet": "Courier"}, "1 of 5 claims, by 1 actor"),
        ({"from": "2022"}, "2 of 5 claims, by 2 actors"),
        ({"to": "2022-02-28"}, "2 of 5 claims, by 2 actors"),
        ({"from": "2024-05-01", "to": "2024-05-01"}, "1 of 5 claims, by 1 actor"),
        ({"from": "May"}, "4 of 5 claims, by 3 actors"),
    ],
)
def test_filters(opened: Opened, fields: dict[str, str], line: str) -> None:
    page = opened(records())
    assert set_to(page, **fields) == line
    invalid = page.locator("[aria-invalid=true]").count()
    assert invalid == ("May" in fields.values())


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("documents", ["Kazakhstan", "Japan", "Algeria"]),
        ("surest", ["Kazakhstan", "Algeria", "Japan"]),
        ("name", ["Algeria", "Japan", "Kazakhstan"]),
        ("newest", ["Kazakhstan", "Algeria", "Japan"]),
        ("oldest", ["Kazakhstan", "Algeria", "Japan"]),
    ],
)
def test_order_of_actors(opened: Opened, order: str, expected: list[str]) -> None:
    page = opened(records())
    set_to(page, order=order)
    assert shown(page) == expected


def test_order_of_claims_in_one_list(opened: Opened) -> None:
    page = opened(records())
    set_to(page, view="list", order="oldest")
    first = page.locator("#list .claim").first
    assert "2020" in first.locator(".where").text_content()
    assert first.locator(".holder").text_content() == "Kazakhstan"
    set_to(page, view="list", order="surest")
    assert page.locator("#list .probability").first.text_content() == "0.95"
    after = page.locator("#list h4 ~ div .claim")
    assert page.locator("#list h4").inner_text() == "Uncertain (1)"
    assert "uncertain" in after.first.locator(".takes").text_content()


def test_a_figure_of_the_matrix_leads_to_its_claims(opened: Opened) -> None:
    page = opened(records())
    page.locator("#matrix-table tbody td.opposes a").first.click()
    page.wait_for_function("() => document.activeElement.id === 'claims-title'")
    assert page.locator("#status").inner_text() == "1 of 5 claims, by 1 actor"
    assert shown(page) == ["Japan"]
    assert "the plan" in page.locator("#list .claim .passage mark").text_content()


def test_the_matrix_is_sorted_by_keyboard(opened: Opened) -> None:
    page = opened(records())
    header = page.locator("#matrix-table thead tr:nth-child(2) th").nth(1)
    header.locator("button").focus()
    page.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "descending"
    assert page.locator("#matrix-table tbody th").all_inner_texts()[0] == "Algeria"
    page.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "ascending"
    assert page.locator("#matrix-table tbody th").all_inner_texts()[0] == "Kazakhstan"


def test_claims_come_fifty_at_a_time(opened: Opened) -> None:
    page = opened([siding(supports={SOV: 0.9}, says=f"view {at}") for at in range(120)])
    set_to(page, view="list")
    assert page.locator("#list .claim").count() == 50
    page.locator("#list button").click()
    assert page.locator("#list .claim").count() == 100
    page.locator("#list button").click()
    assert page.locator("#list .claim").count() == 120
    assert page.locator("#list button").is_hidden()


def test_print_has_every_claim_open_and_goes_back(opened: Opened) -> None:
    page = opened([siding(f"State {at}", f"S{at}", supports={SOV: 0.9}) for at in range(60)])
    assert page.locator("#list .claim:visible").count() == 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#list .claim:visible").count() == 60
    assert page.locator("#form").is_hidden() and page.locator("nav").is_hidden()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#list .claim:visible").count() == 0


def test_without_javascript_the_page_is_whole(opened: Opened) -> None:
    page = opened(records(), java_script_enabled=False)
    assert page.locator("#matrix-table tbody tr").count() == 3
    assert page.locator("#matrix svg").count() == 2
    page.locator("#list details.actor summary").first.click()
    assert page.locator("#list .claim mark:visible").first.inner_text() == "an older view"
    assert page.locator("#form").is_hidden()
    assert page.locator("noscript p").is_visible()


def test_hostile_text_does_nothing(opened: Opened) -> None:
    bad = '"><img src=x onerror=alert(1)></script><script>alert(1)</script>'
    page = opened([siding(bad, bad, supports={SOV: 0.9}, says=bad, title=bad, outlet=bad)])
    set_to(page, view="list")
    assert page.locator("#list mark").text_content() == bad
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_a_reader_who_cannot_see_it(opened: Opened, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(records(), color_scheme=scheme, viewport={"width": 390, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.wait_for_function("() => document.querySelectorAll('#list .claim').length === 4")
    found = axe.run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
