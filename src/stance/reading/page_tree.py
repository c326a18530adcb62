"""The tree of a page, made fit for the extraction: it knows line ends and layout by tags alone."""

from __future__ import annotations

import re
from typing import Any

_LONG_CELL = 300
"""Characters of a table's cell that is no figure or name: the table is the layout of the page."""

_LOOSE = 100
"""Characters of text that stand in a container itself, from which it is no menu or caption."""

_CONTAINERS = ("article", "body", "center", "div", "main", "section")
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
}  # fmt: skip

_LINE_END = re.compile(r"\s*\n\s*")
_VERBATIM = ("pre", "script", "style", "textarea")


def prepare(tree: Any) -> None:
    """Change `tree`, an lxml element, in place; what a browser would show stays the same."""
    _free_layout(tree)
    _join_lines(tree)
    for element in list(tree.iter(*_CONTAINERS)):
        if _has_loose_text(element):
            _wrap(element)


def _free_layout(tree: Any) -> None:
    """Make plain blocks of tables that hold articles, as old pages do: tables are left out."""
    for cell in list(tree.iter("td")):
        if len("".join(cell.itertext()).strip()) < _LONG_CELL:
            continue
        table = next(cell.iterancestors("table"), None)
        if table is not None:
            # A table within keeps its own tag, by which it is left out.
            for part in [table, *table.iter("tbody", "tr", "td")]:
                part.tag = "div"


def _join_lines(tree: Any) -> None:
    """Make spaces of the line ends in the source of the page, which mean no more than that."""
    verbatim = {inner for outer in tree.iter(*_VERBATIM) for inner in outer.iter()}
    for element in tree.iter():
        if element.text and element not in verbatim:
            element.text = _LINE_END.sub(" ", element.text)
        if element.tail and (element.tag in _VERBATIM or element not in verbatim):
            element.tail = _LINE_END.sub(" ", element.tail)


def _has_loose_text(element: Any) -> bool:
    """Whether a text stands beside blocks or is parted by double breaks, without paragraphs."""
    loose = [element.text or "", *(child.tail or "" for child in element)]
    if sum(len(text.strip()) for text in loose) < _LOOSE:
        return False
    return any(child.tag not in _INLINE or _ends_paragraph(child) for child in element)


def _wrap(element: Any) -> None:
    """Put the text that stands in `element` itself into paragraphs, with what is inline in it.

    The extraction would part it at each emphasised word.
    """
    children = [(child, _ends_paragraph(child)) for child in element]
    for child, _ in children:
        element.remove(child)
    paragraph = _paragraph(element, element.text)
    element.text = None
    for child, ends in children:
        tail = child.tail
        if child.tag in _INLINE and not ends:
            paragraph.append(child)
            continue
        child.tail = None
        if child.tag not in _INLINE:
            element.append(child)
        paragraph = _paragraph(element, tail)


def _paragraph(element: Any, text: str | None) -> Any:
    element.append(paragraph := element.makeelement("p"))
    paragraph.text = text
    return paragraph


def _ends_paragraph(element: Any) -> bool:
    """Whether it is the first of two line breaks, with nothing between them."""
    after = element.getnext()
    return (
        element.tag == "br"
        and not (element.tail or "").strip()
        and after is not None
        and after.tag == "br"
    )
