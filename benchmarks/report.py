"""How large a report is and how fast it opens and filters: invented records in headless chromium.

    python benchmarks/report.py [--documents 1000] [--claims 10] [--rounds 5] [--keep PAGE.html]

The browser reads the page from the disk. "first view" is the browser's first contentful paint,
"ready" when the script has filled the list; "filter" runs from the change of a field to the new
list (the wait for the next key is part of it, 120 ms), the first one by words also makes the index.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from machine import machine
from stance.desk.report import write_report
from stance.desk.saved import Saved

LABELS = ("supports_sovereignty", "supports_un_process")
ACTORS = 150
WORDS = [
    "the", "envoy", "ministers", "talks", "plan", "process", "sovereignty", "region", "council",
    "resolution", "autonomy", "mandate", "delegation", "partners", "settlement", "credible",
    "basis", "report", "session", "mission", "agreement", "border", "trade",
]  # fmt: skip

WAIT_MS = 120
"""What the page waits for the next key."""


def judged(chance: random.Random) -> dict[str, Any]:
    """One side at most, half of them uncertain."""
    label, side, value = chance.choice(LABELS), chance.random(), round(chance.uniform(0.3, 1), 4)
    found: dict[str, Any] = {
        "scores": dict.fromkeys(LABELS, 0.0),
        "opposes": dict.fromkeys(LABELS, 0.0),
        "labels": ["neutral"],
        "opposed": [],
        "uncertain": value < 0.65,
    }
    if side < 0.4:
        found["scores"][label], found["labels"] = value, [label]
    elif side < 0.6:
        found["opposes"][label], found["opposed"] = value, [label]
    return found


def record(number: int, claims: int, chance: random.Random) -> dict[str, Any]:
    """A document with `claims` claims of a sentence each, of its own actors."""
    sentences, found, actors, at = [], [], {}, 0
    for index in range(claims):
        actor = f"A{min(chance.randrange(ACTORS), chance.randrange(ACTORS)):03}"
        words = " ".join(chance.choices(WORDS, k=chance.randint(12, 40)))
        text = f"State {actor} said on Monday that {words}."
        name, cue, content = text.index("State"), text.index("said"), text.index(words)
        spans = [
            {"start": at + start, "end": at + start + len(part), "text": part}
            for start, part in ((name, f"State {actor}"), (cue, "said"), (content, words))
        ]
        sides = judged(chance)
        sentences.append({"index": index, "start": at, "end": at + len(text), "text": text})
        found.append(
            {
                "id": f"{number}-{index}",
                "holder": actor,
                "mention": spans[0],
                "sentences": [index],
                "attribution": [{"source": spans[0], "person": "Ana Lima", "actor": actor}],
                "cue": spans[1],
                "content": [spans[2]],
                "voice": chance.choice(("own", "own", "reported", "author")),
                "quoted": chance.random() < 0.3,
                "polarity": "affirmed",
                "modality": "asserted",
                "time": "present",
                "confidence": 1.0,
                **sides,
            }
        )
        actors[actor] = {"id": actor, "name": f"State {actor}", "kind": "state", **sides}
        at += len(text) + 1
    return {
        "schema": 1,
        "document": {
            "id": f"texts/{number:05}.txt",
            "sha256": f"{number:064}",
            "title": " ".join(chance.choices(WORDS, k=8)),
            "date": f"{chance.randint(2004, 2024)}-{chance.randint(1, 12):02}-15",
            "outlet": f"Outlet {chance.randrange(40)}",
        },
        "issue": "western_sahara",
        "model": {"name": "invented", "sha256": "0" * 64},
        "version": "0.1.0",
        "configuration": "0" * 64,
        "sentences": sentences,
        "claims": found,
        "actors": [{**one, "claims": [], "mentions": 1} for one in actors.values()],
        "unresolved": [],
        "warnings": [],
    }


FILTER = """([name, value]) => new Promise((done) => {
  const form = document.getElementById("form"), list = document.getElementById("list");
  const start = performance.now();
  new MutationObserver((_, watch) => {
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
  }).observe(list, { childList: true });
  form.elements[name].value = value;
  form.dispatchEvent(new Event("input"));
})"""

PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  const found = list.getEntriesByName("first-contentful-paint")[0];
  if (found) done(found.startTime);
}).observe({ type: "paint", buffered: true }))"""

READY = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"

STEPS = (
    ("words", "envoy council"), ("words", "envoy council mission"), ("words", ""), ("actor", "3"),
    ("actor", ""), ("side", "1"), ("from", "2015"), ("view", "list"), ("order", "newest"),
)  # fmt: skip


def measure(page: Path, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """By what was done, for each round: milliseconds, and those of them on the processor."""
    from playwright.sync_api import sync_playwright

    found: dict[str, list[tuple[float, float]]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for _ in range(rounds):
            tab = browser.new_page(viewport={"width": 1300, "height": 900})
            tools = tab.context.new_cdp_session(tab)
            tools.send("Performance.enable", {"timeDomain": "threadTicks"})

            def spent(tools: Any = tools) -> float:
                metrics = tools.send("Performance.getMetrics")["metrics"]
                return float({one["name"]: one["value"] for one in metrics}["TaskDuration"]) * 1000

            before = spent()
            tab.goto(page.as_uri())
            first, ready = tab.evaluate(PAINTED), tab.evaluate(READY)
            found.setdefault("first view", []).append((first, 0.0))
            found.setdefault("ready", []).append((ready, spent() - before))
            for name, value in STEPS:
                before = spent()
                taken = tab.evaluate(FILTER, [name, value])
                found.setdefault(f"filter {name}={value!r}", []).append((taken, spent() - before))
            tab.close()
        browser.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--claims", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.jsonl"
        with results.open("w", encoding="utf-8") as stream:
            for number in range(options.documents):
                stream.write(json.dumps(record(number, options.claims, chance)) + "\n")
        page = (options.keep or Path(folder) / "report.html").resolve()
        start = time.process_time()
        write_report(Saved(results), page)
        seconds = time.process_time() - start
        size, given = page.stat().st_size / 1e6, results.stat().st_size / 1e6
        print(machine())
        print(f"{options.documents:,} documents, {options.documents * options.claims:,} claims")
        print(f"results {given:.1f} MB, page {size:.1f} MB, {seconds:.1f} s of processor")
        for what, times in measure(page, options.rounds).items():
            walls, spent = zip(*times, strict=True)
            print(
                f"{what:<36} {statistics.median(walls):7.0f} ms ({min(walls):.0f} to "
                f"{max(walls):.0f}), processor {statistics.median(spent):.0f} ms"
            )
    print(f"filters: {WAIT_MS} ms of it are the wait for the next key")


if __name__ == "__main__":
    main()
