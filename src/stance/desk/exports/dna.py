"""The event list of the Discourse Network Analyzer, version 3.

Facts, each from the source code of DNA (github.com/leifeld/dna):

* Method `eventCSV` of `export/Exporter.java`, at commit 61757421: UTF-8 without a byte-order mark;
  a line for each statement, fields divided by semicolons, no line end after the last; names of
  columns in double quotes: `statement_id`, `time`, the variables of the statement type,
  `start_position`, `stop_position`, `text`, `coder`, `document_id`, `document_title`,
  `document_author`, `document_source`, `document_section`, `document_type`. Text stands in double
  quotes, with every semicolon in it written as a comma and every double quote as an apostrophe;
  times (`yyyy-MM-dd HH:mm:ss`) and integers stand without. (Releases before it began with other
  names and had no positions.)
* `sql/Sql.java`: the variables of the type "DNA Statement" are, in this order, person,
  organization, concept (short text) and agreement (boolean: 1 or 0). Coder 1 is "Admin".
* `gui/TextPanel.java` and `gui/DocumentBatchImporter.java`: positions are those of a Java text
  pane, so they count UTF-16 code units, half-open from 0; and files are read by lines that are
  joined by a line feed, so a carriage return with its line feed counts as one.

What stance puts there: one statement for each claim, label and side. `organization` is the actor
(empty for a person who speaks for no body), `person` who speaks for it, `concept` the label,
`agreement` the side. A statement runs from the first to the last word that carries the claim.
Documents are numbered from 1 in the order of the results; `document_author` is the speaker of a
speech, `document_source` the outlet; a document without a title has its id there. A date that is
only a year or month stands on its first day; without a date `time` is empty. The rows are in the
order of the results. Cells that a spreadsheet would run get an apostrophe in front.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from stance.desk.exports.files import fresh
from stance.desk.exports.rows import sides
from stance.desk.saved import Saved, texts_of
from stance.output.characters import spreadsheet, utf16
from stance.output.records import SavedClaim, SavedText
from stance.types import PERSON

COLUMNS = (
    "statement_id", "time", "person", "organization", "concept", "agreement", "start_position",
    "stop_position", "text", "coder", "document_id", "document_title", "document_author",
    "document_source", "document_section", "document_type",
)  # fmt: skip
CODER = 1

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?)?)?")


def write_dna(saved: Saved, out: Path, texts: Sequence[str] = ()) -> int:
    """Write the event list; returns the number of statements.

    Raises:
        CallError: there are no results, a text is found nowhere, or the file cannot be written.
    """
    count = 0
    with fresh(out) as part, part.open("w", encoding="utf-8", newline="") as stream:
        stream.write(";".join(f'"{name}"' for name in COLUMNS))
        for number, (one, text) in enumerate(texts_of(saved, texts), start=1):
            for fields in _statements(one, text, number):
                count += 1
                stream.write(f"\n{count};{';'.join(fields)}")
    return count


def _statements(one: SavedText, text: str, number: int) -> Iterator[list[str]]:
    """The fields of each statement of a document, after its own number."""
    names = {actor.id: actor.name for actor in one.actors}
    place = utf16(text, one_line_end=True)
    document = one.document
    about = [
        str(CODER),
        str(number),
        _quoted(document.title or document.id),
        _quoted(document.speaker or ""),
        _quoted(document.outlet or ""),
        '""',
        '""',
    ]
    time = _time(document.date or "")
    for claim in one.claims:
        start = min(span.start for span in claim.content)
        end = max(span.end for span in claim.content)
        name = names.get(claim.holder, claim.holder)
        person, organization = _who(claim, name)
        for label, side, _ in sides(claim):
            yield [
                time,
                _quoted(person),
                _quoted(organization),
                _quoted(label),
                "1" if side == "supports" else "0",
                str(place(start)),
                str(place(end)),
                _quoted(text[start:end]),
                *about,
            ]


def _who(claim: SavedClaim, name: str) -> tuple[str, str]:
    """The person and the organization of a statement."""
    if claim.holder.startswith(PERSON):
        return name, ""
    own = (link.person for link in claim.attribution if link.actor == claim.holder)
    return next((person for person in own if person), ""), name


def _quoted(text: str) -> str:
    return '"' + spreadsheet(text.replace(";", ",").replace('"', "'")) + '"'


def _time(date: str) -> str:
    """The time as DNA writes it, or "" where the date says no year."""
    found = _DATE.match(date)
    if not found:
        return ""
    year, month, day, hour, minute, second = (
        int(part) if part else None for part in found.groups()
    )
    try:
        time = datetime.datetime(
            year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0
        )
    except ValueError:
        return ""
    # `strftime` leaves out leading zeros of the year on some systems.
    return time.isoformat(" ", "seconds")
