"""Saved results → the formats of other tools, and the labels that come back from one of them."""

from stance.desk.exports.formats import FORMATS, write_export

__all__ = ["FORMATS", "write_export"]
