"""The results of a review: on the disk one by one, in memory only what the list of them shows."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import TracebackType

import msgspec

from stance.desk.saved import Saved, text_sha256, texts_of
from stance.errors import CallError
from stance.output.records import SavedText
from stance.output.visible import visible
from stance.types import NEUTRAL, Issue


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in the list; `sha256` is that of its text in UTF-8, its name here.

    `copies` counts further documents with the very same text: labels hold a text once.
    """

    sha256: str
    id: str
    title: str
    date: str
    claims: int
    uncertain: int
    sided: int
    place: tuple[int, int]
    copies: int = 0


class Documents:
    """All documents of saved results: the most uncertain first, each text once."""

    def __init__(self, saved: Saved, texts: Sequence[str], issue: Issue) -> None:
        """Read the results once and keep them in a file that goes with the process.

        Raises:
            CallError: they are damaged or empty, of another issue, or a text is not found.
        """
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115  # open until `__exit__`
        try:
            self.listed = self._read_all(saved, texts, issue)
        except BaseException:
            self._spool.close()
            raise

    def __enter__(self) -> Documents:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._spool.close()

    def read(self, sha256: str) -> tuple[SavedText, str]:
        """The results of a document, and its text."""
        at, length = self.listed[sha256].place
        self._spool.seek(at)
        return msgspec.msgpack.decode(self._spool.read(length), type=tuple[SavedText, str])

    def _read_all(self, saved: Saved, texts: Sequence[str], issue: Issue) -> dict[str, Listed]:
        found: dict[str, Listed] = {}
        copies: dict[str, int] = {}
        for one, text in texts_of(saved, texts):
            _check(one, text, issue, saved)
            digest = text_sha256(text)
            copies[digest] = copies.get(digest, -1) + 1
            if digest not in found:
                found[digest] = _listed(one, digest, self._keep(one, text))
        if not found:
            raise CallError(f"{saved.path}: holds no documents; there is nothing to review")
        order = sorted(found.values(), key=lambda one: (-one.uncertain, -one.sided))
        return {
            one.sha256: replace(one, copies=copies[one.sha256]) for one in order
        }  # fmt: skip

    def _keep(self, one: SavedText, text: str) -> tuple[int, int]:
        document = msgspec.structs.replace(one.document, text=None)
        data = msgspec.msgpack.encode((msgspec.structs.replace(one, document=document), text))
        at = self._spool.seek(0, 2)
        self._spool.write(data)
        return at, len(data)


def _listed(one: SavedText, digest: str, place: tuple[int, int]) -> Listed:
    document = one.document
    return Listed(
        digest,
        visible(document.id),
        visible(document.title or ""),
        visible(document.date or ""),
        len(one.claims),
        sum(claim.uncertain for claim in one.claims),
        sum(claim.opposed != () or _sided(claim.labels) for claim in one.claims),
        place,
    )


def _sided(labels: tuple[str, ...]) -> bool:
    return any(label != NEUTRAL for label in labels)


def _check(one: SavedText, text: str, issue: Issue, saved: Saved) -> None:
    if one.issue != issue.id:
        raise CallError(
            f"{saved.path}: {visible(one.document.id)} was read for the issue {one.issue!r}, not "
            f"{issue.id!r}; name it with --issue"
        )
    spans = [(span.start, span.end) for claim in one.claims for span in claim.content]
    spans += [(sentence.start, sentence.end) for sentence in one.sentences]
    for claim in one.claims:
        named = [claim.cue, claim.mention, *(link.source for link in claim.attribution)]
        spans += [(span.start, span.end) for span in named if span]
    if any(not 0 <= start < end <= len(text) for start, end in spans):
        raise CallError(
            f"{saved.path}: {visible(one.document.id)} has passages outside its text of "
            f"{len(text):,} characters; predict again"
        )
