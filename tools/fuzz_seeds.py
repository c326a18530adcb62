"""Valid files of every format in our own words, and the ways to damage them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from itertools import product

READERS = ("text", "markdown", "html", "jsonl", "csv", "parquet", "gzip")

SENTENCES = (
    "The envoy of Norland said that her country backs the plan for the coast.",
    "“We will not vote for it,” the minister of Corvia replied – not now, not ever.",
    "Le ministre a répété à Sundria que la côte n'est pas à vendre.",
    "El embajador español añadió: «La votación será mañana».",
    "It would cost €5 million, £4 million or ¥700 million a year.",
    "The assembly of the five states meets again in March, 𝄞 or no 𝄞.",
)
PLAIN = "\n\n".join(" ".join(SENTENCES[i:] + SENTENCES[:i]) for i in range(4)) + "\n"
LATIN = PLAIN.replace("𝄞", "music")
RUSSIAN = "Министр заявил, что страна поддерживает переговоры о побережье.\n" * 20

MARKDOWN = f"""---
title: "The coast: a plan"
date: 2021-03-04
lang: en-GB
---
# The coast

{SENTENCES[0]} It is *urgent*, **very** much [so](http://example.org "title").

> {SENTENCES[1]}
>
> > {SENTENCES[4]}

- one
- two
  1. three
  2. `four` ~~five~~ &amp; <b>six</b>

| state | side |
|-------|------|
| Corvia | against |

```python
code()
```

<div>raw</div>

![image](x.png) [ref][1]  \n{SENTENCES[0]}

[1]: /where
"""

HTML = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="CHARSET"><title>The coast - The Daily</title>
<meta property="og:site_name" content="The Daily"><meta name="date" content="2021-03-04">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "The coast",
"datePublished": "2021-03-04", "author": {{"name": "Ana Ruiz"}}}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>The coast</h1><p>{SENTENCES[0]}</p>
<blockquote><p>{SENTENCES[1]}</p></blockquote><ul><li>One</li><li>Two<ol><li>x</li></ol></li></ul>
<p>{" ".join(SENTENCES[2:5])}<br>{SENTENCES[0]} <q>No</q> <a href="/x">link</a></p>
<table><tr><td>a</td><td>b</td></tr></table><pre>some\n\nlines</pre><code>x\ny</code>
<div>{SENTENCES[4]} &eacute; &#8220;</div></article><footer>Copyright</footer></body></html>
"""

ROWS = [
    {"text": one, "id": str(i), "title": f"No. {i}", "date": "2021-03-04", "language": "en"}
    for i, one in enumerate([*SENTENCES, PLAIN, RUSSIAN], start=1)
]

_SPLICES = {
    "text": (b"\0", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"%PDF-"),
    "markdown": (b"[", b"](", b"```", b"> ", b"- ", b"|", b"---\n", b"*", b"_", b"<", b"&#x"),
    "html": (b"<div>", b"<p>", b"</p>", b"<q>", b"<!--", b"<![CDATA[", b"&#xD800;", b"<pre>\n\n",
             b"<meta charset=utf-16>", b"<ul><li>", b"<br>", b"<svg>", b"<table>", b"&#0;", b"{"),
    "jsonl": (b"{", b"[", b'"', b"\\ud800", b"\\u0000", b"\n", b"1e999", b"9" * 5000, b"null"),
    "csv": (b'"', b'""', b",", b";", b"\t", b"\r", b"\n", b"|", b"text"),
    "parquet": (b"PAR1", b"\x15\xfe\xff\xff\xff\x0f", b"\xff\xff\xff\x7f", b"\x19\xfc\xff\xff\x7f"),
    "gzip": (b"\x1f\x8b", b"\x1f\x8b\x08\x08", b"\xff\xff\xff\xff", b"\0\0\xff\xff"),
}  # fmt: skip


def seeds(reader: str) -> list[tuple[str, bytes]]:
    """Names and contents of valid files for one reader."""
    if reader == "parquet":
        return _parquet()
    if reader == "gzip":
        inner = [
            one for kind in ("text", "markdown", "html", "jsonl", "csv") for one in seeds(kind)
        ]
        return [(f"{name}.gz", gzip.compress(data, 6, mtime=0)) for name, data in inner]
    if reader == "text":
        return [("a.txt", data) for data in (*_encoded(PLAIN, LATIN), RUSSIAN.encode("koi8-r"))]
    if reader == "markdown":
        return [("a.md", data) for data in _encoded(MARKDOWN, MARKDOWN)]
    if reader == "html":
        names = ("utf-8", "iso-8859-1", "windows-1250", "utf-16", "big5", "x-none")
        return [
            ("a.html", data)
            for name in names
            for page in [HTML.replace("CHARSET", name).replace("–", "-")]
            for data in _encoded(page, page)
        ]
    if reader == "jsonl":
        lines = "\n".join(json.dumps(row, ensure_ascii=i % 2 == 0) for i, row in enumerate(ROWS))
        return [("a.jsonl", data) for data in _encoded(lines, lines)]
    return [
        ("a.csv", data)
        for delimiter in ",;\t|"
        for data in _encoded(_separated(delimiter), _separated(delimiter).replace("𝄞", ""))
    ]


def mutated(data: bytes, reader: str, rng: random.Random) -> bytes:
    """`data` with one to eight damages."""
    out = bytearray(data)
    for _ in range(rng.randint(1, rng.choice((1, 2, 8)))):
        at, size = rng.randrange(len(out) + 1), rng.choice((1, 2, 4, 16, 200, 5000))
        match rng.randrange(7):
            case 0 if at < len(out):
                out[at] ^= 1 << rng.randrange(8)
            case 1:
                out[at : at + size] = rng.randbytes(len(out[at : at + size]))
            case 2:
                del out[at : at + size]
            case 3 if len(out) < 200_000:
                times = rng.choice((2, 2, 10, 100, 1000))
                out[at:at] = (out[at : at + size] * times)[:100_000]
            case 4:
                del out[at:]
            case 5:
                splice = rng.choice(_SPLICES[reader]) * rng.choice((1, 1, 1, 10, 3000))
                out[at : at + rng.choice((0, len(splice)))] = splice
            case 6:
                width = rng.choice((1, 2, 4, 8))
                most = (1 << 8 * width) - 1
                value = rng.choice((0, 1, most >> 1, most, len(out) & most))
                order = rng.choice(("little", "big"))
                out[at : at + width] = value.to_bytes(width, order)  # type: ignore[arg-type]
            case _:
                pass
    return bytes(out)


def _encoded(text: str, latin: str) -> list[bytes]:
    """A text in the encodings that a user meets, with and without a byte-order mark."""
    wide = [text.encode(codec) for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32")]
    return [
        text.encode(),
        text.encode("utf-8-sig"),
        *wide,
        latin.encode("cp1252", "replace"),
        latin.encode("cp1250", "replace"),
    ]


def _separated(delimiter: str) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(ROWS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return stream.getvalue()


def _parquet() -> list[tuple[str, bytes]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pylist(ROWS * 8)
    kinds = [
        table,
        table.set_column(0, "text", table["text"].cast(pa.large_string())),
        table.set_column(3, "date", pa.array(range(len(table)), pa.timestamp("ns", "UTC"))),
    ]
    files = []
    for one, packing, version, by_dictionary in product(
        kinds, ("none", "snappy", "zstd", "gzip"), ("1.0", "2.0"), (True, False)
    ):
        stream = io.BytesIO()
        pq.write_table(
            one,
            stream,
            compression=packing,
            data_page_version=version,
            use_dictionary=by_dictionary,
            row_group_size=20,
            write_page_checksum=by_dictionary,
        )
        files.append(("a.parquet", stream.getvalue()))
    return files
