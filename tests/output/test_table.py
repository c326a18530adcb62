"""The table: what it shows, on a terminal and off, and that a text cannot act on either."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from stance.output import table
from stance.types import Actor, Analysis, Attribution, Band, Decision, Meta, Span

from .factory import ACTORS, SAID, SOVEREIGNTY, UN, Said, analysis


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def plain(*analyses: Analysis, terminal: bool | None = None) -> str:
    stream = io.StringIO()
    table.write(analyses, stream, terminal=terminal)
    return stream.getvalue()


def flat(text: str) -> str:
    """The text with line breaks and padding made one space."""
    return re.sub(r"\s+", " ", text)


def one(text: str, content: str, **more: Any) -> Analysis:
    said = Said("BEL", content, {SOVEREIGNTY: (0.9, 0.0)})
    return analysis(text, [said], **{"neutral": (), "unresolved": (), **more})


def test_the_whole_table() -> None:
    shown = plain(analysis(meta=Meta(title="Talks on the coast"), warnings=("one was cut",)))
    line = "─" * 100
    assert (
        shown
        == f"""\
coast.txt · Talks on the coast  (5 sentences · 5 actors · 4 claims)
Actor     Stance                         Prob.   Strongest evidence
{line}
Astoria   supports sovereignty            0.97   Astoria's minister Ina Roth said her country
                                                 “«fully backs Norland's rule over the Salt Coast»”.
Astoria   supports UN process             0.88   She also welcomed «the efforts of the UN envoy».
Corvia    supports sovereignty ?          0.55   reported by Norland: According to Norland, Corvia
                                                 «stands behind the plan».
Belmark   neutral, opposes sovereignty    0.91   Belmark «called that rule an occupation».
Neutral: Norland, Dunmore
Warning: one was cut

«…» the words that carry the stance · ? not sure: read it yourself
"""
    )


def test_nothing_found_says_so() -> None:
    assert "No actor was found." in plain(analysis(said=(), neutral=()))
    shown = plain(analysis(said=()))
    assert "No actor takes a stance.\nNeutral: Norland, Dunmore\n" in shown
    assert "«" not in shown and "threshold" not in shown
    assert plain() == ""


def test_each_document_has_its_table_and_the_key_stands_once() -> None:
    shown = plain(analysis(id="one.txt"), analysis(id="two.txt"))
    assert shown.index("one.txt") < shown.index("two.txt") < shown.index("the words that carry")
    assert shown.count("the words that carry") == 1


def test_documents_are_written_as_they_come() -> None:
    stream = io.StringIO()

    def coming() -> Any:
        yield analysis(id="one.txt")
        assert "Neutral: Norland, Dunmore" in stream.getvalue()

    table.write(coming(), stream)


def test_an_actor_that_holds_and_rejects_shows_both() -> None:
    said = [
        Said("AST", "the efforts of the UN envoy", {UN: (0.8, 0.0)}),
        Said("AST", "called that rule an occupation", {SOVEREIGNTY: (0.0, 0.999)}),
    ]
    rows = [line for line in plain(analysis(said=said)).splitlines() if line.startswith("Astoria")]
    assert "supports UN process" in rows[0] and "0.80" in rows[0]
    assert "opposes sovereignty" in rows[1] and ">0.99" in rows[1]
    assert "«called that rule an occupation»" in rows[1]
    assert "neutral" not in rows[0] + rows[1]


def test_the_evidence_is_that_of_its_own_side() -> None:
    """An actor for and against one label: each row cites the claim that says it."""
    said = [
        Said("AST", "fully backs Norland's rule", {SOVEREIGNTY: (0.7, 0.1)}),
        Said("AST", "called that rule an occupation", {SOVEREIGNTY: (0.1, 0.9)}),
    ]
    made = analysis(said=said)
    rejecting = made.claims[1].id
    actors = (replace(made.actors[0], evidence={SOVEREIGNTY: rejecting}), *made.actors[1:])
    shown = flat(plain(replace(made, actors=actors)))
    assert re.search(r"supports sovereignty 0.70 .*«fully backs", shown)
    assert re.search(r"opposes sovereignty 0.90 Belmark «called that", shown)


def test_a_doubt_may_reach_far_above_the_threshold() -> None:
    even = {SOVEREIGNTY: Band.around(0.5), UN: Band.around(0.5)}
    wide = Decision(even | {SOVEREIGNTY: Band(0.4, 0.5, 0.98)}, even)
    shown = flat(plain(replace(analysis(), decision=wide)))
    assert "Astoria supports sovereignty ? 0.97" in shown
    assert "Belmark neutral, opposes sovereignty 0.91" in shown


def test_a_doubt_without_a_row_of_its_own_stands_at_the_name() -> None:
    said = [
        Said("AST", "fully backs", {SOVEREIGNTY: (0.97, 0.0), UN: (0.45, 0.0)}),
        Said("BEL", "called that rule an occupation", {SOVEREIGNTY: (0.42, 0.0)}),
    ]
    shown = plain(analysis(said=said))
    assert re.search(r"^Astoria \?\s+supports sovereignty\s+0.97", shown, re.MULTILINE)
    assert "Neutral: Belmark ?, Norland, Dunmore" in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"person": "Ina Roth"}, "reported by Ina Roth (Norland): "),
        ({"person": "Ina Roth", "by": None}, "reported by Ina Roth: "),
        ({"by": None}, "reported by Astoria's minister: "),
        ({"by": "UN"}, "reported by UN: "),
    ],
)
def test_who_reports_it(changes: Mapping[str, Any], words: str) -> None:
    said = replace(SAID[3], source="Astoria's minister", **changes)
    assert words in flat(plain(analysis(said=[said])))


def test_the_reporter_is_never_the_holder() -> None:
    made = analysis(said=[SAID[3]])
    (claim,) = made.claims
    own = Attribution(None, None, claim.holder)
    chain = replace(claim, attribution=(own, *claim.attribution))
    assert chain.voice == "reported"
    assert flat(plain(replace(made, claims=(chain,)))) == flat(plain(made))


def test_who_is_not_clear_is_said_once() -> None:
    made = analysis()
    open_ = tuple(Span(start, start + 4) for start in (0, 5))
    words = dict.fromkeys(span.of(made.document.text) for span in open_)
    shown = plain(replace(made, open_sources=open_))
    assert "Speaks, but not clear who: " + ", ".join(words) in shown


def test_a_terminal_gets_bold_and_no_marks() -> None:
    shown = plain(analysis(), terminal=True)
    assert "\x1b[1mthe efforts" in shown
    assert "«" not in shown and "the words that carry" not in shown
    assert "not sure" in shown


def test_a_file_gets_no_escape_sequence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in plain(analysis())


def test_a_terminal_that_cannot_show_bold_gets_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    shown = plain(analysis(), terminal=True)
    assert "\x1b" not in shown and "«the efforts" in shown


@pytest.mark.parametrize(("columns", "width"), [(None, 100), ("70", 70), ("", 100), ("wide", 100)])
def test_the_width(columns: str | None, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)
    assert max(map(len, plain(analysis()).splitlines()[:-1])) == width


def test_a_narrow_table_loses_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "42")
    shown = plain(analysis())
    assert max(map(len, shown.splitlines())) <= 42
    cells = "".join(line[31:] for line in shown.splitlines() if not line.startswith("─"))
    assert "“«fullybacksNorland'sruleovertheSaltCoast»”" in re.sub(r"\s", "", cells)


def test_markup_in_a_text_is_only_text() -> None:
    text = (
        "Belmark said [bold red]it[/bold red] :smile: [link=http://x.test]backs[/] [/nothing] it."
    )
    made = one(text, "[/nothing]", id="[bold]a[/].txt", meta=Meta(title="[blink]T[/]"))
    made = replace(made, warnings=("[red]w",))
    for terminal in (False, True):
        shown = flat(re.sub(r"\x1b\[\d*m", "", plain(made, terminal=terminal)))
        assert text in shown.replace("«", "").replace("»", "")
        assert "[bold]a[/].txt" in shown and "[blink]T[/]" in shown and "[red]w" in shown


def test_control_characters_and_overrides_are_shown_and_do_not_act() -> None:
    text = (
        "Belmark \x1b[2J\x1b]0;owned\x07 said\u202e sdrawkcab \u2066it\u200b \x00 backs it.\x9b1m"
    )
    actors = {**ACTORS, "BEL": Actor("BEL", "Bel\u202emark\x1b[31m", "state")}
    made = one(text, "backs it", id="a\x1b[1m\n.txt", actors=actors, meta=Meta(title="t\u202e"))
    for terminal in (False, True):
        shown = plain(made, terminal=terminal)
        own = re.sub(r"\x1b\[[\d;]*m", "", shown) if terminal else shown
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]", own)
    shown = plain(made)
    assert "a<U+001B>[1m .txt" in shown and "t<U+202E>" in shown
    assert "<U+001B>]0;owned<U+0007>" in shown
    assert "Bel<U+202E>mark<U+001B>[" in shown


def test_joiners_and_soft_hyphens_stay() -> None:
    text = "Belmark backs it, می\u200cگوید and co\u00adoperates."
    assert "می\u200cگوید" in plain(one(text, "backs it"))


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_narrow_stream_loses_characters_but_not_the_table(encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding, newline="")
    table.write([one("𝄞 Belmark “backs” it.", "backs")], stream)
    stream.flush()
    shown = raw.getvalue().decode(encoding)
    expected = "? Belmark ?[[backs]]? it." if encoding == "ascii" else "? Belmark “«backs»” it."
    assert expected in shown
    assert "[[...]] the words" in shown or encoding == "cp1252"
