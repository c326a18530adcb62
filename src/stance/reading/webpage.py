"""HTML → the main text of the page, with what the page says of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from stance.reading.encodings import decode, detect
from stance.reading.main_text import main_text
from stance.reading.page import Page
from stance.reading.page_tree import prepare
from stance.reading.problem import Problem
from stance.reading.values import cleaned, language_code
from stance.types import Meta

_MAX_ELEMENTS = 50_000
"""The largest page: ten times a long article; the extraction's time grows with the square."""

_ADVICE = "save the article's text as .txt"

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_IS_PAGE = re.compile(r"<(?:html|body|!doctype)\b", re.I)
_OPENING_QUOTE = re.compile(r"<q(?:\s[^<>]*)?>", re.I)
_CLOSING_QUOTE = re.compile(r"</q\s*>", re.I)

_MUCH = 1_000_000
"""Characters of a page after which the extraction's caches, which keep its lines, are emptied."""

_EARLIEST, _LATEST = "1900-01-01", "2100-01-01"
"""Dates of a page beyond these are no dates; not today's, or the result would depend on the day."""


def read_html(data: bytes) -> Page:
    """The page's main text: headings, paragraphs, quotes and list items, each on its own lines.

    The headline is in the text where the page has it there; it is the title in any case.

    Raises:
        Problem: the page is too large, cannot be taken apart, or has no main text.
    """
    if not data:
        raise Problem("is empty; a document needs some text")
    declared = _CHARSET.search(data[:4096])
    encoding = detect(data, declared[1] if declared else None)
    source, warnings = decode(data, encoding)
    import trafilatura  # it sets the level of a logger, so not within `_silence`

    try:
        with _silence():
            text, meta = _extracted(source, trafilatura)
    except Problem:
        raise
    except Exception as error:  # lxml and the extraction raise what they like
        raise Problem(
            f"an HTML page that cannot be taken apart ({type(error).__name__}); {_ADVICE}"
        ) from None
    if not text:
        raise Problem(f"an HTML page without a main text; {_ADVICE}")
    return Page(text, encoding.name, meta, warnings)


def _extracted(source: str, trafilatura: ModuleType) -> tuple[str, Meta]:
    """The main text and the metadata; nothing is ever looked up in the network."""
    # What browsers show as quotation marks is lost with the element.
    source = _CLOSING_QUOTE.sub("”", _OPENING_QUOTE.sub("“", source))
    if not _IS_PAGE.search(source):
        source = f"<html><body>{source}</body></html>"
    tree = trafilatura.load_html(source)
    if tree is None:
        return "", Meta()
    size = sum(1 for _ in tree.iter())
    if size > _MAX_ELEMENTS:
        raise Problem(
            f"an HTML page of {size:,} elements; a page has at most {_MAX_ELEMENTS:,}; {_ADVICE}"
        )
    prepare(tree)
    found: Any = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={
            "original_date": True,
            "extensive_search": False,
            "min_date": _EARLIEST,
            "max_date": _LATEST,
        },
    )
    if len(source) > _MUCH:
        trafilatura.meta.reset_caches()
    if found is None:
        return "", Meta()
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    meta = Meta(
        title=cleaned(found.title),
        date=cleaned(found.date),
        outlet=cleaned(found.sitename),
        language=language_code(cleaned(language)),
    )
    return main_text(found.body), meta


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the libraries from logging to the terminal; what matters is said in the error."""
    loggers = [logging.getLogger(name) for name in ("trafilatura", "htmldate", "courlan")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
