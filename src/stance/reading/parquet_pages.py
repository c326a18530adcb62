"""What the pages of a Parquet file say of their size, checked before any of them is unpacked.

pyarrow believes a page header: one damaged byte in it can take gigabytes of memory, and some of
its views of the footer end the process. So the few numbers that matter are read here, from the
footer and the page headers, both of which are Thrift structures in the compact protocol.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, BinaryIO

from stance.reading.formats import PARQUET
from stance.reading.problem import Problem

_MOST_PACKED, _ALLOWANCE = 1_000, 64_000_000
"""How many times its size on the disk a page may unpack to, and what is allowed in any case."""

_HEADER_SIZES = (1 << 12, 1 << 16, 1 << 24)
"""How many bytes are read for a page header, at first and where it is longer: it holds samples."""

_SLACK = 100
"""Bytes by which a page may end after its column: old writers did not count one header."""

_MAX_DEPTH = 20

# The numbers of the fields, from the format's definition (parquet.thrift).
_ROW_GROUPS, _COLUMNS, _GROUP_ROWS = 4, 1, 3
_COLUMN_META, _PATH, _PACKED_SIZE, _DATA_OFFSET, _DICTIONARY_OFFSET = 3, 3, 7, 9, 11
_PAGE_SIZE, _PAGE_PACKED, _DATA_PAGE, _DICTIONARY_PAGE, _DATA_PAGE_2, _VALUES = 2, 3, 5, 7, 8, 1


def check_pages(file: BinaryIO, names: set[str]) -> None:
    """Refuse a file whose pages in the columns `names` cannot be what their headers say.

    Raises:
        Problem: a page would unpack to far more than it holds, or a header makes no sense.
    """
    try:
        size = file.seek(0, os.SEEK_END)
        for group in _footer(file, size)[_ROW_GROUPS]:
            for chunk in group[_COLUMNS] if group[_GROUP_ROWS] else ():
                column = chunk[_COLUMN_META]
                if column[_PATH] in [[name.encode()] for name in names]:
                    _check_column(file, size, column, group[_GROUP_ROWS])
    except (IndexError, KeyError, TypeError, ValueError):
        raise Problem("its Parquet data is damaged (a header); get the file again") from None


def _footer(file: BinaryIO, size: int) -> dict[int, Any]:
    file.seek(size - 8)
    tail = file.read(8)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != PARQUET or length + 12 > size:
        raise ValueError("no footer")
    file.seek(size - 8 - length)
    return _Thrift(file.read(length)).struct()


def _check_column(file: BinaryIO, size: int, column: dict[int, Any], rows: int) -> None:
    """Go from page to page of one column in one group of rows."""
    at = column[_DATA_OFFSET]
    if 0 < column.get(_DICTIONARY_OFFSET, 0) < at:
        at = column[_DICTIONARY_OFFSET]
    end = at + column[_PACKED_SIZE]
    if at < 0 or end > size:
        raise ValueError("a column outside of the file")
    while at < end:
        page, header_size = _page(file, at)
        packed, unpacked = page[_PAGE_PACKED], page[_PAGE_SIZE]
        at += header_size + packed
        if packed < 0 or at > end + _SLACK:
            raise ValueError("a page outside of its column")
        if not 0 <= unpacked <= _MOST_PACKED * packed + _ALLOWANCE:
            raise Problem(
                f"a page of {packed:,} bytes says that it unpacks to {unpacked:,}; "
                "the file is damaged, or made to fill the memory"
            )
        # Each word of a dictionary takes a byte or more; a value of a page belongs to a row.
        for kind, most in ((_DICTIONARY_PAGE, unpacked), (_DATA_PAGE, rows), (_DATA_PAGE_2, rows)):
            if kind in page and not 0 <= page[kind][_VALUES] <= most:
                raise ValueError("more values than there can be")


def _page(file: BinaryIO, at: int) -> tuple[dict[int, Any], int]:
    """The page header that begins at byte `at`, and its length."""
    for size in _HEADER_SIZES:
        file.seek(at)
        thrift = _Thrift(file.read(size))
        try:
            return thrift.struct(), thrift.at
        except IndexError:
            if size == _HEADER_SIZES[-1]:
                raise
    raise AssertionError


class _Thrift:
    """A reader of the compact protocol; IndexError where the bytes end too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._depth = 0
        self.at = 0

    def struct(self) -> dict[int, Any]:
        """The fields of a structure by their numbers."""
        return dict(self._fields())

    def _fields(self) -> Iterator[tuple[int, Any]]:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ValueError("nested too deeply")
        number = 0
        while head := self._byte():
            step, kind = head >> 4, head & 15
            number = number + step if step else self._integer()
            # The kind of a field tells a truth value; in a list each takes a byte.
            yield number, kind == 1 if kind in (1, 2) else self._value(kind)
        self._depth -= 1

    def _value(self, kind: int) -> Any:
        match kind:
            case 1 | 2 | 3:
                return self._byte()
            case 4 | 5 | 6:
                return self._integer()
            case 7:
                return self._bytes(8)
            case 8:
                return self._bytes(self._varint())
            case 9 | 10:
                head = self._byte()
                size = head >> 4 if head >> 4 < 15 else self._varint()
                return [self._value(head & 15) for _ in range(size)]
            case 12:
                return self.struct()
        raise ValueError("a kind of value that Parquet has not")

    def _byte(self) -> int:
        self.at += 1
        return self._data[self.at - 1]

    def _bytes(self, size: int) -> bytes:
        self.at += size
        if self.at > len(self._data):
            raise IndexError
        return self._data[self.at - size : self.at]

    def _varint(self) -> int:
        number = shift = 0
        while (byte := self._byte()) & 128:
            number |= (byte & 127) << shift
            shift += 7
            if shift > 63:
                raise ValueError("too long a number")
        return number | byte << shift

    def _integer(self) -> int:
        number = self._varint()
        return number >> 1 ^ -(number & 1)
