"""Gold labels → the texts that they are about, as documents to predict on."""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from stance.errors import DocumentError, LabelError
from stance.measure.gold import GoldText
from stance.reading import read_document
from stance.types import Document, Meta


def documents(gold: Sequence[GoldText], roots: Sequence[Path]) -> Iterator[Document]:
    """The labelled texts in the order of the gold: whole documents or their passages.

    Each root is a folder, in which a document is found by its path, or a tar archive, in which it
    is found by its file name. A passage is a document of its own: its id is that of the gold
    text, its speaker and year are in `meta`.

    Raises:
        LabelError: texts are not found, or are not the ones that were labelled; all are named.
    """
    archived = _archived({text.document for text in gold}, roots)
    problems: list[str] = []
    found: list[Document] = []
    for text in gold:
        try:
            found.append(_document(text, roots, archived))
        except DocumentError as error:
            problems.append(str(error))
    if problems:
        raise LabelError("\n".join(problems))
    yield from found


def _document(text: GoldText, roots: Sequence[Path], archived: dict[str, bytes]) -> Document:
    if text.document in archived:
        data = archived[text.document]
        content = data.decode("utf-8-sig")
    else:
        path = next(
            (root / text.document for root in roots if (root / text.document).is_file()), None
        )
        if path is None:
            where = ", ".join(str(root) for root in roots)
            raise DocumentError(f"{text.document}: is labelled but not found in {where}")
        data = path.read_bytes()
        content = read_document(path).text
    if hashlib.sha256(data).hexdigest() != text.sha256:
        raise DocumentError(f"{text.document}: is not the text that was labelled; its hash differs")
    if text.start is not None:
        content = content[text.start : text.end]
    meta = Meta(speaker=text.speaker, date=str(text.year) if text.year else None)
    document = Document.from_text(content, text.id, meta)
    if document.sha256 != text.text_sha256:
        raise DocumentError(f"{text.id}: is not the passage that was labelled; its hash differs")
    return document


def _archived(wanted: set[str], roots: Sequence[Path]) -> dict[str, bytes]:
    """The wanted files of all archives among `roots`, by name."""
    found: dict[str, bytes] = {}
    for root in roots:
        if not root.is_file():
            continue
        with tarfile.open(root) as archive:
            for member in archive:
                name = Path(member.name).name
                file = archive.extractfile(member) if name in wanted else None
                if file is not None:
                    found[name] = file.read()
    return found
