"""A stream → its lines, one at a time and each of a bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stance.reading import problem
from stance.reading.encodings import detect, repaired
from stance.reading.problem import Problem
from stance.reading.source import Stream

_CHUNK = 1 << 18
_SAMPLE = 1_000_000
"""How many first bytes of a table decide on its encoding."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table with its line end; `number` counts from 1.

    `text` is None where the line is longer than `MAX_BYTES`: it was passed over. `broken` counts
    the places in it that are replaced by U+FFFD.
    """

    number: int
    text: str | None
    broken: int = 0


class Lines:
    """The lines of `stream`, decoded one by one so that a broken byte harms its own line only.

    Iterating raises a Problem where the stream is damaged, which says after which line.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._buffer = bytearray()
        self._damage: Problem | None = None
        while (more := len(self._buffer) < _SAMPLE) and self._fill():
            pass
        sample = bytes(self._buffer)
        self.encoding = detect(sample if more else _whole_lines(sample))
        del self._buffer[: self.encoding.mark]

    def __iter__(self) -> Iterator[Line]:
        number = 0
        for raw in self._raw_lines():
            number += 1
            if raw is None:
                yield Line(number, None)
            else:
                text, broken, _ = repaired(raw, self.encoding.codec)
                yield Line(number, text, broken)
        if self._damage:
            raise Problem(f"after line {number:,}: {self._damage}")

    def _raw_lines(self) -> Iterator[bytes | None]:
        """Lines with their ends, None for one that is too long; an unfinished last one is cut."""
        end = "\n".encode(self.encoding.codec)
        buffer, unit = self._buffer, self.encoding.unit
        searched = 0
        too_long = False
        while True:
            at = buffer.find(end, searched)
            while at >= 0 and at % unit:  # half of one character and half of the next
                at = buffer.find(end, at + 1)
            if at >= 0:
                yield None if too_long or at > problem.MAX_BYTES else bytes(buffer[: at + unit])
                del buffer[: at + unit]
                searched, too_long = 0, False
                continue
            searched = len(buffer) // unit * unit
            if searched > problem.MAX_BYTES:
                too_long = True
                del buffer[:searched]
                searched = 0
            if not self._fill():
                break
        if (buffer or too_long) and not self._damage:
            yield None if too_long else bytes(buffer)

    def _fill(self) -> bool:
        """Read some more; False at the end, which a damage is as well."""
        if self._damage:
            return False
        try:
            chunk = self._stream.read1(_CHUNK)
        except Problem as damage:
            self._damage = damage
            return False
        self._buffer += chunk
        return bool(chunk)


def _whole_lines(sample: bytes) -> bytes:
    """The beginning of `sample` that does not end within a character."""
    return sample[: sample.rfind(b"\n") + 1] or sample.rstrip(bytes(range(0x80, 0x100)))
