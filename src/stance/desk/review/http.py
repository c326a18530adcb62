"""The page and its requests, for this computer alone and for no other page in the browser."""

from __future__ import annotations

import hmac
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from stance.desk.review import views
from stance.desk.review.decisions import Asked
from stance.desk.review.journal import NotSaved
from stance.desk.review.state import Refused
from stance.desk.review.work import Stale, Work

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

MOST_BYTES = 1 << 20
"""Of the body of a request."""

_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}  # fmt: skip  # noqa: E501


class _Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision that the page asks for; `revision` is that of the document as it was read."""

    command: str
    revision: int
    decision: Asked


def app(work: Work, port: int, token: str) -> Starlette:
    """The application; it answers on 127.0.0.1 and localhost at `port` alone."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.routing import Route

    async def page(_: Request) -> Response:
        return _file("page.html")

    async def part(request: Request) -> Response:
        return _file(request.path_params["name"])

    async def session(_: Request) -> Response:
        return _json(views.session(work, token))

    async def document(request: Request) -> Response:
        key = request.path_params["key"]
        if key not in work.documents.listed:
            return _refusal(404, "there is no such document in these results")
        return _json(views.document(work, key))

    async def agreements(_: Request) -> Response:
        return _json(views.agreements(work))

    async def decide(request: Request) -> Response:
        return await _decide(request, work, token)

    return Starlette(
        routes=[
            Route("/", page),
            Route("/page/{name}", part),
            Route("/api/session", session),
            Route("/api/agreement", agreements),
            Route("/api/documents/{key}", document),
            Route("/api/documents/{key}/decisions", decide, methods=["POST"]),
        ],
        middleware=[Middleware(Guard, port=port)],
    )


async def _decide(request: Request, work: Work, token: str) -> Response:
    sent = request.headers.get("x-token", "")
    if not hmac.compare_digest(sent.encode("utf-8"), token.encode("utf-8")):
        return _refusal(403, "this page belongs to an earlier start of stance review")
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        return _refusal(415, "a decision is sent as application/json")
    key = request.path_params["key"]
    if key not in work.documents.listed:
        return _refusal(404, "there is no such document in these results")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return _refusal(413, "the request is larger than 1 MB")
    try:
        order = msgspec.json.decode(bytes(body), type=_Order)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return _refusal(400, f"the request is malformed: {error}")
    if not 8 <= len(order.command) <= 64 or not order.command.isascii():
        return _refusal(400, "a command has a name of 8 to 64 characters")
    try:
        done = work.decide(key, order.revision, order.command, order.decision)
    except Stale:
        return _refusal(409, "this document was changed in another tab or window")
    except Refused as error:
        return _refusal(422, str(error))
    except NotSaved as error:
        return _refusal(507, f"not saved: {error}")
    return _json({**views.changes(work, key, done.history, done.before), "remark": done.remark})


class Guard:
    """Refuses what does not come from the page itself, and says in each answer what it may do."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        hosts = [f"{name}:{port}" for name in ("127.0.0.1", "localhost")]
        self._hosts = {*hosts, *(("127.0.0.1", "localhost") if port == 80 else ())}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request: 403 unless its Host and its Origin are this page's."""

        async def guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                named = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *named]
            await send(message)

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = [(name.lower(), value.decode("latin-1")) for name, value in scope["headers"]]
        hosts = [value for name, value in headers if name == b"host"]
        origins = [value for name, value in headers if name == b"origin"]
        sites = [value for name, value in headers if name == b"sec-fetch-site"]
        reading = scope["method"] in ("GET", "HEAD")
        if (
            len(hosts) != 1
            or hosts[0] not in self._hosts
            or any(origin != f"http://{hosts[0]}" for origin in origins)
            or len(origins) > 1
            or (not reading and not origins)
            or (not reading and any(site != "same-origin" for site in sites))
        ):
            refusal = _refusal(403, "this page answers on this computer alone, and to itself")
            await refusal(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)


def _file(name: str) -> Response:
    from starlette.responses import Response

    folder = files("stance.desk.review") / "page"
    if name not in {path.name for path in folder.iterdir()}:
        return _refusal(404, "there is no such page")
    kind = _TYPES.get(f".{name.rpartition('.')[2]}", "text/plain")
    return Response((folder / name).read_bytes(), media_type=kind)


def _json(value: object) -> Response:
    from starlette.responses import Response

    return Response(msgspec.json.encode(value), media_type="application/json")


def _refusal(status: int, why: str) -> Response:
    from starlette.responses import Response

    return Response(msgspec.json.encode({"message": why}), status, media_type="application/json")
