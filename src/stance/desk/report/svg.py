"""A figure of matplotlib → SVG that stands in a page: its text is text, its colours are the page's.

A strict Content-Security-Policy forbids `style` attributes, so what matplotlib writes there
becomes attributes, and colours that stand for something become classes of the style sheet.
"""

from __future__ import annotations

import io
import re
import warnings
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from typing import Any

COLOURS: Mapping[str, str] = {
    "#010101": "ink",
    "#020202": "faint",
    "#030303": "supports",
    "#040404": "opposes",
}
"""Colours to draw with → the classes `fill-…` and `stroke-…` that the page colours."""

INK, FAINT, SUPPORTS, OPPOSES = COLOURS

STYLE: Mapping[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "stance",
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": "none",
    "grid.color": FAINT,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
}

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_FONT_SIZE = re.compile(r"([0-9.]+)px")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_NOT_KEPT = {"font", "font-family"}


def inline(figure: Any, name: str, title: str, description: str) -> str:
    """`figure` as an `<svg>` whose ids begin with `name`.

    Title and description are for those who do not see it; they may hold any text.
    """
    stream = io.StringIO()
    with warnings.catch_warnings():
        # A name in letters that the measuring font lacks is drawn by the reader's own font.
        warnings.simplefilter("ignore", UserWarning)
        figure.savefig(stream, format="svg", metadata={"Date": None})
    return _for_page(stream.getvalue(), name, title, description)


def _for_page(written: str, name: str, title: str, description: str) -> str:
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(written)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{_SVG}}}style", f"{{{_SVG}}}metadata"):
                parent.remove(child)
    used = set(_REFERENCE.findall(written)) | set(re.findall(r'xlink:href="#([^"]+)"', written))
    for element in root.iter():
        _plain(element, name, used)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-description")
    for place, (tag, text) in enumerate((("title", title), ("description", description))):
        element = ElementTree.Element(
            f"{{{_SVG}}}{'title' if tag == 'title' else 'desc'}", {"id": f"{name}-{tag}"}
        )
        element.text = text
        root.insert(place, element)
    return ElementTree.tostring(root, encoding="unicode")


def _plain(element: ElementTree.Element, name: str, used: set[str]) -> None:
    """Style and ids of one element, as a page can take them."""
    classes = []
    values = dict(element.attrib)
    for part in values.pop("style", "").split(";"):
        key, _, value = (text.strip() for text in part.partition(":"))
        if key == "font" and (size := _FONT_SIZE.search(value)):
            values["font-size"] = size[1]
        if key and key not in _NOT_KEPT:
            values[key] = value
    for key in ("fill", "stroke"):
        if values.get(key) in COLOURS:
            classes.append(f"{key}-{COLOURS[values.pop(key)]}")
    if element.tag == f"{{{_SVG}}}text" and "fill" not in values and not classes:
        classes.append("fill-ink")
    if "id" in values and values["id"] not in used:
        del values["id"]
    for key, value in list(values.items()):
        if key == "id":
            values[key] = f"{name}-{value}"
        elif key == _XLINK:
            del values[key]
            values["href"] = f"#{name}-{value.removeprefix('#')}"
        else:
            values[key] = _REFERENCE.sub(rf"url(#{name}-\1)", value)
    if classes:
        values["class"] = " ".join(classes)
    element.attrib.clear()
    element.attrib.update(values)
