"""The bytes of a plain text → `Document`, whatever its encoding; the text is never edited."""

from __future__ import annotations

import codecs
import hashlib
import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress

from stance.errors import DocumentError
from stance.reading.paths import STDIN, find_documents, shown
from stance.types import Document, Meta

MAX_BYTES = 20_000_000
"""The largest document: 20 MB, some forty novels; a larger file is a collection or no text."""

_MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte-order marks and the codecs that read them and drop the mark."""

_OTHER_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
)
"""Beginnings of files that are often taken for texts; a PDF or RTF can even be pure ASCII."""

_NEVER_GUESSED = ("utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be", "utf_7")
"""Without a mark nearly any pair of bytes is some Chinese character: "café" would be two."""

_ADVICE = "stance reads plain text, best saved as UTF-8"


def read_all(
    paths: Sequence[str | os.PathLike[str]], meta: Meta | None = None
) -> Iterator[Document | DocumentError]:
    """Read what `paths` name, one document at a time and in their order; all get `meta`.

    See `find_documents` for files, folders and `-`. What cannot be read is yielded as a
    `DocumentError` in its place, never raised, so the others are still read.
    """
    for found in find_documents(paths):
        if isinstance(found, DocumentError):
            yield found
            continue
        try:
            yield read_document(found, meta)
        except DocumentError as error:
            yield error


def read_document(path: str | os.PathLike[str], meta: Meta | None = None) -> Document:
    """Read one file, or standard input for `-`.

    The document's id is the path as given (`stdin` for `-`), its `sha256` that of the raw bytes.
    The text is UTF-8, or UTF-16 or UTF-32 with a byte-order mark, or else what the bytes look
    like; but for the mark every character is kept, line ends included.

    Raises:
        DocumentError: the file is missing, may not be read, is a folder, is empty, is larger than
            `MAX_BYTES`, or holds no text.
    """
    given = os.fspath(path)
    name = "stdin" if given == STDIN else shown(given)
    data = _read_bytes(given, name)
    text = _decode(data, name)
    if not text.strip():
        what = "holds only white space" if data else "is empty"
        raise DocumentError(f"{name}: {what}; a document needs some text")
    # Bytes of a file name that are no UTF-8 could not be written out again: they are escaped.
    id = "stdin" if given == STDIN else given.encode("utf-8", "backslashreplace").decode("utf-8")
    return Document(id, text, hashlib.sha256(data).hexdigest(), meta or Meta())


def _read_bytes(path: str, name: str) -> bytes:
    """All bytes of a file; no more than the limit is ever held in memory."""
    try:
        if path == STDIN:
            if sys.stdin is None:
                raise DocumentError(f"{name}: there is no standard input; name a file instead")
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise DocumentError(f"{name}: there is no such file or folder; check the path") from None
    except PermissionError:
        raise DocumentError(f"{name}: you may not read it; change its rights") from None
    except IsADirectoryError:
        raise DocumentError(f"{name}: is a folder; name a file in it") from None
    except OSError as error:
        raise DocumentError(f"{name}: cannot be read ({error.strerror}); check the path") from None
    except ValueError:  # a zero byte or a lone surrogate: no system takes these in a path
        raise DocumentError(f"{name}: is no possible path; check its characters") from None
    if len(data) > MAX_BYTES:
        raise DocumentError(
            f"{name}: is larger than {MAX_BYTES // 1_000_000} MB, the most for one document; "
            "split it into its documents"
        )
    return data


def _decode(data: bytes, name: str) -> str:
    """The text of `data` without its byte-order mark; DocumentError where it is none."""
    for beginning, kind in _OTHER_KINDS:
        if data.startswith(beginning):
            raise DocumentError(f"{name}: is {kind}, not a text; {_ADVICE}")
    mark, codec = next((item for item in _MARKS if data.startswith(item[0])), (b"", "utf-8"))
    text: str | None
    if not mark and b"\0" in data:
        raise DocumentError(f"{name}: is binary (it holds zero bytes), not a text; {_ADVICE}")
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        if mark:
            raise DocumentError(
                f"{name}: begins as {codec.removesuffix('-sig').upper()} "
                f"but byte {error.start} does not fit; save it again as UTF-8"
            ) from None
        text = _guess(data)
    if text is None or "\0" in text:
        raise DocumentError(f"{name}: is no text in any known encoding; {_ADVICE}")
    return text


def _guess(data: bytes) -> str | None:
    """The text of bytes that are no UTF-8, or None where no encoding makes sense of them.

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
        with suppress(UnicodeDecodeError):  # Windows-1252 leaves five bytes undefined
            return data.decode("cp1252")
    return text


def _is_mostly_latin(text: str) -> bool:
    """Whether half of the letters are Latin or more; the beginning of a long text decides."""
    letters = [c for c in text[:20_000] if c.isalpha()]
    latin = sum(c.isascii() or unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return latin >= 0.5 * len(letters)
