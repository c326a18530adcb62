"""What a file says of a document beside its text, made clean: one rule for every format."""

from __future__ import annotations

import datetime
import re
from dataclasses import fields

from stance.types import Meta

_SURROGATE = re.compile("[\ud800-\udfff]")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?", re.S)


def cleaned(value: object) -> str | None:
    """A value as a string without space around it; None for nothing: null, NaN, an empty string.

    A day or a moment is written as ISO 8601 does; midnight is the day alone.
    """
    if value is None or value != value:
        return None
    if isinstance(value, datetime.datetime) and value.timetz() == datetime.time():
        value = value.date()
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    return without_surrogates(text.strip())[0] or None


def language_code(value: str | None) -> str | None:
    """The language alone of a tag such as `en-GB`, in small letters; another text as it is."""
    match = _LANGUAGE.fullmatch(value) if value else None
    return match[1].lower() if match else value


def without_surrogates(text: str) -> tuple[str, int]:
    """`text` with U+FFFD for each lone surrogate, which no encoding can write, and their number."""
    return (text, 0) if text.isascii() else _SURROGATE.subn("\ufffd", text)


def merged(given: Meta, found: Meta) -> Meta:
    """What the caller says, filled with what the file says."""
    return Meta(
        *(
            getattr(found, field.name)
            if getattr(given, field.name) is None
            else getattr(given, field.name)
            for field in fields(Meta)
        )
    )
