"""A table to read: per document who takes which stance, how surely, and the words that show it.

On a terminal the passage that carries a claim is bold; in a file or a pipe it stands in «…».
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from stance.output.findings import Finding, ranked
from stance.output.passage import passage
from stance.output.probability import shown
from stance.output.visible import takes, visible
from stance.types import ActorStance, Analysis, Claim

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

PLAIN_WIDTH = 100
"""Columns of a table that is not on a terminal, unless the variable COLUMNS says otherwise."""

_PRETTY = ("«", "»", "…", " · ")
_ASCII = ("[[", "]]", "...", ", ")


def write(analyses: Iterable[Analysis], stream: TextIO, *, terminal: bool | None = None) -> None:
    """Write one table for each analysis as it comes, and a key to the marks at the end.

    `terminal` says whether `stream` is one; None asks it. Otherwise nothing but plain text is
    written: no colour, no escape sequences. Characters that the stream cannot encode are shown as
    question marks.
    """
    printer = _Printer(stream, stream.isatty() if terminal is None else terminal)
    for analysis in analyses:
        printer.document(analysis)
    printer.key()


class _Printer:
    """Writes to one stream and remembers which marks were used, to explain them at the end."""

    def __init__(self, stream: TextIO, terminal: bool) -> None:
        self.stream = stream
        self.console = _console(stream, terminal)
        # A "dumb" terminal cannot show bold, so it gets the marks of plain text too.
        self.styled = self.console.color_system is not None
        signs = _PRETTY if takes(stream, "".join(_PRETTY)) else _ASCII
        self.open, self.close, self.ellipsis, self.dot = signs
        self.marked = self.doubted = False

    def document(self, analysis: Analysis) -> None:
        """The head line, the table of stances, the neutral actors, the warnings."""
        from rich.text import Text

        actors = ranked(analysis)
        title = analysis.document.meta.title
        counts = [
            _count(len(analysis.sentences), "sentence"),
            _count(len(analysis.actors), "actor"),
            _count(len(analysis.claims), "claim"),
        ]
        head = Text(visible(analysis.document.id), style="bold")
        head.append(self.dot + visible(title) if title else "", style="not bold")
        head.append(f"  ({self.dot.join(counts)})", style="not bold dim")
        self._print(head)
        if any(findings for _, findings in actors):
            self._print(self._table(analysis, actors))
        elif actors:
            self._print(Text("No actor takes a stance."))
        else:
            self._print(Text("No actor was found."))
        neutral = [self._name(analysis, stance) for stance, findings in actors if not findings]
        if neutral:
            self._print(Text("Neutral: " + ", ".join(neutral)))
        if analysis.open_sources:
            unclear = dict.fromkeys(
                visible(span.of(analysis.document.text)) for span in analysis.open_sources
            )
            self._print(Text("Speaks, but not clear who: " + ", ".join(unclear)))
        for warning in analysis.warnings:
            self._print(Text("Warning: " + visible(warning)))
        self._print("")

    def key(self) -> None:
        """What the marks mean, if any was used."""
        from rich.text import Text

        parts = []
        if self.marked:
            parts.append(f"{self.open}{self.ellipsis}{self.close} the words that carry the stance")
        if self.doubted:
            parts.append("? not sure: read it yourself")
        if parts:
            self._print(Text(self.dot.join(parts), style="dim"))

    def _print(self, what: RenderableType) -> None:
        """Write one part: without the spaces that fill a line, "?" for what cannot be encoded."""
        with self.console.capture() as captured:
            self.console.print(what)
        text = captured.get()
        if not self.styled:
            text = re.sub(r" +$", "", text, flags=re.MULTILINE)
        if not takes(self.stream):
            text = text.encode(self.stream.encoding, "replace").decode(self.stream.encoding)
        self.stream.write(text)

    def _table(
        self, analysis: Analysis, actors: Sequence[tuple[ActorStance, Sequence[Finding]]]
    ) -> Table:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=False)
        table.add_column("Actor", max_width=24, overflow="fold")
        table.add_column("Stance", max_width=30, overflow="fold")
        table.add_column("Prob.", justify="right", no_wrap=True)
        table.add_column("Strongest evidence", overflow="fold")
        for stance, findings in actors:
            for finding in findings:
                table.add_row(
                    Text(self._name(analysis, stance, findings)),
                    Text(self._stance(finding, findings)),
                    Text(shown(finding.probability)),
                    self._evidence(analysis, finding.claim),
                )
        return table

    def _name(
        self, analysis: Analysis, stance: ActorStance, findings: Sequence[Finding] = ()
    ) -> str:
        """The actor's name; marked if a stance that has no row of its own is the doubtful one."""
        doubtful = analysis.decision.uncertain(stance.scores, stance.opposes)
        return visible(stance.actor.name) + self._doubt(
            doubtful and not any(finding.uncertain for finding in findings)
        )

    def _stance(self, finding: Finding, all_of_actor: Sequence[Finding]) -> str:
        """ "supports sovereignty"; an actor that only rejects is called neutral as well."""
        words = f"{finding.side} {visible(finding.label.short)}"
        if all(other.side == "opposes" for other in all_of_actor):
            words = f"neutral, {words}"
        return words + self._doubt(finding.uncertain)

    def _doubt(self, doubtful: bool) -> str:
        self.doubted = self.doubted or doubtful
        return " ?" if doubtful else ""

    def _evidence(self, analysis: Analysis, claim: Claim | None) -> Text:
        from rich.text import Text

        cell = Text()
        if claim is None:
            return cell
        if claim.voice == "reported":
            cell.append(f"reported by {visible(_reporter(analysis, claim))}: ", style="italic")
        sentences = [analysis.sentences[index].span for index in claim.sentences]
        document = analysis.document.text
        for text, carries in passage(document, sentences, claim.content, ellipsis=self.ellipsis):
            if carries and not self.styled:
                self.marked = True
                cell.append(f"{self.open}{visible(text)}{self.close}")
            else:
                cell.append(visible(text), style="bold" if carries else "")
        return cell


def _reporter(analysis: Analysis, claim: Claim) -> str:
    """Who says it of the holder: a person with the body spoken for, as far as they are known."""
    link = next(one for one in claim.attribution if not claim.is_own(one))
    names = {stance.actor.id: stance.actor.name for stance in analysis.actors}
    body = names.get(link.actor, link.actor) if link.actor else None
    if link.person:
        return f"{link.person} ({body})" if body else link.person
    if body:
        return body
    return link.source.of(analysis.document.text) if link.source else "an unnamed source"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _console(stream: TextIO, terminal: bool) -> Console:
    """A console that takes all text as it is: no markup, no emoji codes, no highlighting."""
    from rich.console import Console

    columns = os.environ.get("COLUMNS", "")
    plain_width = int(columns) if columns.isdigit() and int(columns) > 0 else PLAIN_WIDTH
    return Console(
        file=stream,
        force_terminal=terminal,
        force_jupyter=False,
        width=None if terminal else plain_width,
        markup=False,
        emoji=False,
        highlight=False,
    )
