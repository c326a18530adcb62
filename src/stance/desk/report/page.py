"""All that a page shows → one HTML file, by Jinja2."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING

from stance.desk.report import plots
from stance.desk.report.attribution import short
from stance.desk.report.counts import bystanders_of, periods_of, rows_of
from stance.desk.report.data import first_claims, kept_claims, order_of, to_json
from stance.desk.report.held import Gathered
from stance.desk.report.origin import IssueWords, RunNotes, issue_words
from stance.desk.report.passages import CONTENT, CUE, SOURCE
from stance.desk.report.reliability import STEPS, Reliability, reliability_of
from stance.errors import need
from stance.output.probability import shown as probability

if TYPE_CHECKING:
    from jinja2 import Environment

SHOWN = 40
"""Actors whose surest claims stand in the HTML itself, for readers without JavaScript."""

FOLDED = 25
"""Rows of the matrix before the reader asks for all; `scripts/table.js` says the same."""

_MOST_BYSTANDERS, _MOST_TEXTS, _MOST_UNCLEAR = 300, 2_000, 8

_SCRIPTS = ("data", "filters", "render", "table", "main")
_STYLES = ("base", "claims", "print")

_VOICES = {
    "own": "in the actor's own voice",
    "reported": "reported by another",
    "author": "said by the author",
}


def render(gathered: Gathered, notes: RunNotes, *, source: str, title: str | None) -> str:
    """The page.

    Raises:
        MissingExtraError: Jinja2 or matplotlib is not installed.
    """
    issue = issue_words(gathered.issue, gathered.labels, notes.called)
    labels = tuple(issue.shorts)
    rows = rows_of(gathered)
    claims = kept_claims(gathered.claims)
    numbers = order_of(rows, claims)
    periods = periods_of(gathered)
    bystanders = bystanders_of(gathered)
    known = {
        short(run.model.name): reliability_of(run.model, gathered.issue, labels)
        for run in gathered.runs
    }
    dates = sorted(text.date for text in gathered.texts if text.date)
    siding = [claim for claim in gathered.claims if claim.takes]
    counted = Counter(claim.text for claim in gathered.claims)
    sided = Counter(claim.text for claim in siding)
    script = _joined("scripts", _SCRIPTS, "js")
    style = _joined("styles", _STYLES, "css")
    page: str = (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=short(title, 300) if title else f"{issue.title}: who takes which side",
            source=source,
            gathered=gathered,
            notes=notes,
            issue=issue,
            labels=labels,
            rows=rows,
            numbers=numbers,
            shown=SHOWN,
            folded=FOLDED,
            first=first_claims(claims, [row.actor for row in rows[:SHOWN]]),
            periods=periods,
            bystanders=bystanders,
            most_bystanders=_MOST_BYSTANDERS,
            reliability=known.items(),
            steps=STEPS,
            dates=_range(dates),
            first_date=dates[0] if dates else "",
            last_date=dates[-1] if dates else "",
            undated=len(gathered.texts) - len(dates),
            outlets=len({text.outlet for text in gathered.texts} - {""}),
            reviewed=sum(text.reviewed for text in gathered.texts),
            siding=len(siding),
            unsure=sum(claim.uncertain for claim in siding),
            voices=sorted({claim.voice for claim in claims}),
            voice_words=_VOICES,
            unclear=Counter(gathered.unclear).most_common(_MOST_UNCLEAR),
            unclear_count=sum(gathered.unclear.values()),
            problems=_problems(gathered, notes, len(claims)),
            documents=[(text, counted[at], sided[at]) for at, text in enumerate(gathered.texts)],
            most_texts=_MOST_TEXTS,
            warned=any(text.warnings for text in gathered.texts),
            most_plotted=plots.MOST,
            side_plots=[
                plots.sides_plot(rows, gathered.names, label, issue.shorts[label], f"sides-{at}")
                for at, label in enumerate(labels)
                if any(label in key for row in rows for key in row.cells)
            ],
            time_plots=[
                plots.time_plot(periods, label, issue.shorts[label], f"time-{at}")
                for at, label in enumerate(labels)
                if any(one.label == label and one.documents for one in periods)
            ],
            reliability_plots=_reliability_plots(known, issue),
            data=to_json(gathered, issue.shorts, rows, claims, numbers),
            script=script,
            script_hash=_hash(script),
            style=style,
            style_hash=_hash(style),
            content=CONTENT,
        )
    )
    return page


def _environment() -> Environment:
    jinja2 = need("jinja2", "desk")
    found: Environment = jinja2.Environment(
        loader=jinja2.PackageLoader("stance.desk.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["classes"] = _classes
    found.filters["short"] = short
    found.filters["probability"] = probability
    return found


def _classes(roles: int) -> str:
    """The classes of a segment; `scripts/render.js` gives the same."""
    names = ((CONTENT, "content"), (SOURCE, "source"), (CUE, "cue"))
    return " ".join(name for role, name in names if roles & role)


def _joined(folder: str, names: tuple[str, ...], ending: str) -> str:
    """Files of the package as one text with plain line ends, which is what its hash is of."""
    here = files("stance.desk.report") / folder
    texts = [(here / f"{name}.{ending}").read_text(encoding="utf-8") for name in names]
    joined = "\n".join(texts).replace("\r\n", "\n")
    return f'"use strict";\n(() => {{\n{joined}\n}})();\n' if ending == "js" else joined


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _range(dates: list[str]) -> str:
    if not dates:
        return ""
    return dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"


def _problems(gathered: Gathered, notes: RunNotes, kept: int) -> list[str]:
    """What a reader must know before anything else, one sentence each."""
    found = []
    if len(gathered.runs) > 1:
        found.append(
            "These results were not all made in the same way (see “What was read”), so that "
            "probabilities of different documents may not mean the same."
        )
    if not notes.finished:
        found.append("The run was not finished: some documents have not been read yet.")
    if notes.failed:
        found.append(f"{notes.failed:,} documents could not be read (see “What was read”).")
    if kept < len(gathered.claims):
        found.append(
            f"The page holds {kept:,} of {len(gathered.claims):,} claims: the surest. The counts "
            "are of all."
        )
    return found


def _reliability_plots(
    known: dict[str, Reliability], issue: IssueWords
) -> dict[str, list[plots.Plot]]:
    found: dict[str, list[plots.Plot]] = {}
    for number, (model, one) in enumerate(known.items()):
        by_label = {
            label: [record for record in one.records if record.label == label]
            for label in issue.shorts
        }
        found[model] = [
            plots.reliability_plot(records, issue.shorts[label], f"reliability-{number}-{at}")
            for at, (label, records) in enumerate(by_label.items())
            if records
        ]
    return found
