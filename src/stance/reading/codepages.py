"""The 8-bit and East Asian encodings: which one bytes are in, and how it is called."""

from __future__ import annotations

import codecs
import unicodedata

_NEVER_GUESSED = ("utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be", "utf_7")
"""Without a mark nearly any pair of bytes is some Chinese character: "café" would be two."""

_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""What a page means that says this: the larger code page that holds it, as browsers read it."""

_PAGES = ("cp", "iso8859", "koi8", "mac-", "gb", "big5", "euc_", "shift_jis", "ptcp154", "tis-620")
"""How Python's names of code pages begin; its other codecs turn bytes into something else."""


def declared_codec(declared: bytes | None, data: bytes) -> str | None:
    """The codec of the name that a page gives its encoding, if it is a code page and fits."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.decode("ascii").strip().lower()).name
    except (LookupError, ValueError):
        return None
    codec = _AS_BROWSERS_DO.get(name, name)
    if not codec.startswith(_PAGES):
        return None
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return None
    return codec


def guessed_codec(data: bytes) -> str | None:
    """The codec of bytes that are no UTF-8, or None where no encoding makes sense of them.

    The detector is trusted with the script (Latin, Cyrillic, Arabic …) but not with the code page
    within the Latin script: for a page of English or Spanish with a few accents, quotes or
    currency signs it names the Windows-1250 of Central Europe as readily as Windows-1252. So
    Latin text is Windows-1252, which holds all printable characters of Latin-1 too.
    """
    # Imported here: a folder of UTF-8 texts never needs it.
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_exclusion=list(_NEVER_GUESSED)).best()
    if best is None:
        return None
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError:  # the detector samples a long text
        return None
    if _is_mostly_latin(text):
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:  # Windows-1252 leaves five bytes undefined
            return best.encoding
        return "cp1252"
    return best.encoding


def plain_name(codec: str) -> str:
    """The name of a codec as users know it: windows-1252, iso-8859-2, koi8-r, shift_jis."""
    name = codecs.lookup(codec).name
    if name.startswith("cp125"):
        return f"windows-{name[2:]}"
    return name.replace("iso8859-", "iso-8859-")


def _is_mostly_latin(text: str) -> bool:
    """Whether half of the letters are Latin or more; the beginning of a long text decides."""
    letters = [c for c in text[:20_000] if c.isalpha()]
    latin = sum(c.isascii() or unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return latin >= 0.5 * len(letters)
