"""The sentences around a claim, cut to a length that can be shown, with its content marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stance.types import Span

Piece = tuple[str, bool]
"""Some text, and whether it carries the claim."""


def passage(
    text: str,
    sentences: Sequence[Span],
    content: Sequence[Span],
    limit: int = 280,
    ellipsis: str = "…",
) -> list[Piece]:
    """The `sentences` of `text`, those parts marked that lie in `content`.

    Up to about `limit` characters are shown: all of it if it fits, else the content with as much
    of its sentence as there is room for, cut between words. What is left out, also between two
    sentences, is shown as `ellipsis`. Spans count code points of `text`; at least one content
    span is needed.
    """
    marked = _joined(text, content)
    frames = _joined(text, [*sentences, *content])
    shown = frames
    if sum(frame.end - frame.start for frame in frames) > limit:
        shown = _joined(text, _windows(text, frames, marked, limit))
    pieces: list[Piece] = []
    at = frames[0].start
    for window in shown:
        if text[at : window.start].strip():
            pieces.append((f" {ellipsis} " if pieces else f"{ellipsis} ", False))
        elif pieces:
            pieces.append((" ", False))
        pieces += _split(text, window, marked)
        at = window.end
    if text[at : frames[-1].end].strip():
        pieces.append((f" {ellipsis}", False))
    return pieces


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Sorted and disjoint: spans become one that overlap or have only white space between them."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _windows(
    text: str, frames: Sequence[Span], marked: Sequence[Span], limit: int
) -> Iterable[Span]:
    """For each marked span, itself and its share of the room that is left, within its frame."""
    share = max(limit // len(marked), 20)
    used = sum(min(span.end - span.start, share) for span in marked)
    room = max(limit - used, 0) // len(marked)
    for span in marked:
        if span.end - span.start > share:
            yield Span(span.start, _back_to_space(text, span.start, span.start + share))
            continue
        frame = next(frame for frame in frames if frame.covers(span))
        # Half of the room on either side; what one side does not need goes to the other.
        after = min(frame.end - span.end, room // 2)
        before = min(span.start - frame.start, room - after)
        after = min(frame.end - span.end, room - before)
        start, end = span.start - before, span.end + after
        if start > frame.start:
            start = _on_to_word(text, start, span.start)
        if end < frame.end:
            end = _back_to_space(text, span.end, end)
        yield Span(start, end)


def _on_to_word(text: str, start: int, end: int) -> int:
    """The first place from `start` to `end` where a word begins; `start` if there is none."""
    places = (i for i in range(start, end + 1) if text[i - 1].isspace() and not text[i].isspace())
    return next(places, start)


def _back_to_space(text: str, start: int, end: int) -> int:
    """The last place from `end` down to `start` where a word ends; `end` if there is none."""
    places = (
        i for i in range(end, start - 1, -1) if text[i].isspace() and not text[i - 1].isspace()
    )
    return next(places, end)


def _split(text: str, window: Span, marked: Sequence[Span]) -> Iterable[Piece]:
    """The text of `window`, cut where a marked span begins or ends."""
    at = window.start
    for span in marked:
        start, end = max(span.start, at), min(span.end, window.end)
        if start >= end:
            continue
        if at < start:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < window.end:
        yield text[at : window.end], False
