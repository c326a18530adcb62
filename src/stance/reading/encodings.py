"""Bytes → text: which encoding they are in, and what to do where they do not keep to it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from stance.reading.codepages import declared_codec, guessed_codec, plain_name
from stance.reading.problem import Problem

ADVICE = "stance reads plain text, best saved as UTF-8"

_MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte-order marks and the codecs of what follows them."""

_OTHER_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive in a gzip archive"),
    (b"PAR1", "a Parquet file"),
)
"""Beginnings of files that are often taken for texts; a PDF or RTF can even be pure ASCII."""

_SAMPLE = 100_000
"""How many bytes show where the zero bytes of UTF-16 stand."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of some bytes: Python's `codec` for what follows the first `mark` bytes.

    `name` is how it is shown, `remark` the line for the user where it had to be guessed.
    """

    codec: str
    name: str
    mark: int = 0
    remark: str | None = None

    @property
    def unit(self) -> int:
        """Bytes of the shortest character."""
        return {"utf-16": 2, "utf-32": 4}.get(self.codec[:6], 1)


def detect(data: bytes, declared: bytes | None = None) -> Encoding:
    """The encoding of `data`, which may be the beginning of a longer file.

    In this order: a byte-order mark; UTF-16 that its zero bytes give away; UTF-8, also with
    fewer broken bytes than sound characters beyond ASCII; what the page itself says (`declared`);
    the code page that the bytes look like.

    Raises:
        Problem: the bytes are another kind of file or no text in any known encoding.
    """
    for beginning, kind in _OTHER_KINDS:
        if data.startswith(beginning):
            raise Problem(f"is {kind}, not a text; {ADVICE}")
    mark, codec = next((item for item in _MARKS if data.startswith(item[0])), (b"", ""))
    if codec.startswith(("utf-16", "utf-32")):
        return Encoding(codec, codec[:6], len(mark))
    data = data[len(mark) :]
    if wide := _wide_codec(data):
        return Encoding(wide, wide, remark=f"read as {wide}, by where its zero bytes stand")
    page = declared_codec(declared, data)
    # Zero bytes in anything else: `decode` or the row will say where; no detector need look.
    if b"\0" in data or _is_utf8(data) or (page is None and _is_mostly_utf8(data)):
        return Encoding("utf-8", "utf-8", len(mark))
    if page:
        return Encoding(page, plain_name(page), len(mark))
    if (guess := guessed_codec(data)) is None:
        raise Problem(f"is no text in any known encoding; {ADVICE}")
    name = plain_name(guess)
    return Encoding(guess, name, len(mark), f"read as {name}, not UTF-8")


def decode(data: bytes, encoding: Encoding) -> tuple[str, tuple[str, ...]]:
    """The text of a whole file without its mark, and what there is to say about it.

    Raises:
        Problem: a zero byte shows that this is no text.
    """
    body = data[encoding.mark :]
    text, broken, first = repaired(body, encoding.codec)
    if "\0" in text:
        zeros = bytes(encoding.unit)
        at = body.find(zeros)
        while at % encoding.unit:
            at = body.find(zeros, at + 1)
        raise Problem(
            f"is binary or damaged (byte {at + encoding.mark:,} is zero), not a text; {ADVICE}"
        )
    repairs = [repair_remark(broken, first)] if broken else []
    return text, (*([encoding.remark] if encoding.remark else []), *repairs)


def repaired(data: bytes, codec: str) -> tuple[str, int, int]:
    """The text of `data` with U+FFFD in each broken place, their number, and where the first is.

    The place counts characters from 0; it is 0 where nothing is broken.
    """
    try:
        return data.decode(codec), 0, 0
    except UnicodeDecodeError as error:
        text = data.decode(codec, "replace")
        # Some may be characters of the text itself: those are there without the broken ones too.
        broken = text.count("\ufffd") - data.decode(codec, "ignore").count("\ufffd")
        return text, broken, len(data[: error.start].decode(codec))


def repair_remark(broken: int, first: int) -> str:
    """The line that says how often a text holds U+FFFD for something broken, and where first."""
    return f"{counted(broken)} replaced by \ufffd (first at character {first:,})"


def counted(broken: int) -> str:
    """So many broken characters, in words."""
    return "1 broken character" if broken == 1 else f"{broken:,} broken characters"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether more bytes beyond ASCII are UTF-8 than are not: no other encoding does that."""
    sound = data.decode("utf-8", "ignore")
    beyond = len(sound) - len(sound.encode("ascii", "ignore"))
    broken = data.decode("utf-8", "replace").count("\ufffd") - sound.count("\ufffd")
    return beyond > broken


def _wide_codec(data: bytes) -> str:
    """utf-16-le or utf-16-be where the zero bytes say so, else an empty string.

    UTF-16 of an alphabet has two high bytes nearly everywhere: zero for spaces and digits, and
    that of its script, which lies below 32. In 8-bit text with a stray zero byte the same places
    hold any letter; read so, binary data are full of control characters.
    """
    sample = data[:_SAMPLE]
    if b"\0" not in sample or len(sample) < 8:  # three letters and a zero byte prove nothing
        return ""
    for codec, high, low in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        zeros = high.count(0)
        script = max(high.count(byte) for byte in range(1, 32))
        shown = sample.decode(codec, "replace")
        if (
            zeros >= 10 * low.count(0)
            and zeros + script >= 0.8 * len(high)
            and zeros
            and sum(c.isprintable() or c.isspace() for c in shown) >= 0.9 * len(shown)
        ):
            return codec
    return ""
