"""The process: reads the results, opens the page on this computer alone, until Ctrl-C."""

from __future__ import annotations

import contextlib
import secrets
import socket
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from stance.build import actor_table
from stance.desk.review.documents import Documents
from stance.desk.review.http import app
from stance.desk.review.journal import Journal
from stance.desk.review.labels_file import checked_name
from stance.desk.review.work import Work
from stance.desk.saved import Saved
from stance.errors import CallError, need
from stance.issues import read_issue

HOST = "127.0.0.1"


def serve(
    saved: Saved,
    labels: Path,
    annotator: str,
    texts: Sequence[str],
    issue: str,
    *,
    port: int,
) -> None:
    """Show the page on which `annotator` checks `saved`, until Ctrl-C.

    Args:
        saved: the results.
        labels: where the labels of documents that are done are written; the journal of all
            decisions stands beside it (`labels.jsonl.journal`).
        annotator: the person's name, part of a file's name for every annotator but the first.
        texts: where the texts stand, unless the results hold them.
        issue: the name or file of the issue of the results.
        port: of 127.0.0.1; 0 for any that is free.

    Raises:
        CallError: the results, labels or texts cannot be used, the port is taken, or another
            process works on these labels.
        MissingExtraError: a package of the extra `desk` is missing.
    """
    uvicorn = need("uvicorn", "desk")
    need("starlette", "desk")
    if find_spec("nltk") is None:  # slow to load: only the agreement does
        need("nltk", "desk")
    question = read_issue(issue)
    name = checked_name(annotator)
    path = labels.resolve()
    if path.is_dir() or not path.parent.is_dir():
        raise CallError(f"{labels}: name a file in a folder that is there, such as labels.jsonl")
    with contextlib.ExitStack() as stack:
        journal = stack.enter_context(Journal(path.with_name(f"{path.name}.journal")))
        sock = stack.enter_context(_bound(port))
        _say(f"reading {saved.path} ...")
        documents = stack.enter_context(Documents(saved, texts, question))
        work = Work(documents, path, name, question, actor_table(), journal, texts)
        for remark in work.remarks:
            _say(remark)
        open_port = sock.getsockname()[1]
        config = uvicorn.Config(
            app(work, open_port, secrets.token_urlsafe(32)),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=2,
        )
        _say(f"{len(work.documents.listed):,} documents, labels of {name} in {work.path.name}")
        _say(f"open  http://{HOST}:{open_port}/  in a browser; Ctrl-C ends it, nothing is lost")
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[sock])
        _say(
            f"ended; every decision is in {journal.path.name}, what is finished in {work.path.name}"
        )


def _bound(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two processes share the port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((HOST, port))
        sock.listen(128)  # who opens the page before the server runs waits
    except OSError as error:
        sock.close()
        raise CallError(
            f"the port {port} of this computer cannot be used ({error.strerror}); choose another "
            "with --port, 0 for any"
        ) from None
    return sock


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
