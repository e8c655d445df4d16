"""Who may ask: only a page of ours, in the browser that was given the address, on this computer.

A server on loopback can be reached by every page that is open in a browser and by every user of the computer.
So each request must

- name this server as its host (a foreign name that resolves to 127.0.0.1 does not): else 421;
- come from a page of this server (`Origin`, `Sec-Fetch-Site`): else 403;
- carry the cookie that the token in the printed address was changed for, once: else 403;
- to ask or decide anything, be a POST of JSON with a header of ours, which no form and no foreign page can
  send: else 405, 415, 403; and be small: else 413.

Nothing that goes through here is logged.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 64 * 1024  # bytes of a request
OWN_HEADER = "x-qualcode"
API = "/api/"
HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


class Gate:
    """Stands before an application. `token` is good once; `asked` is called for every request let in.

    `failed` is told the kind of an error nobody caught; its words may quote the material and are not shown.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: frozenset[str],
        port: int,
        asked: Callable[[], None] = lambda: None,
        failed: Callable[[str], None] = lambda kind: None,
    ) -> None:
        self.app = app
        self.hosts = hosts
        self.cookie = f"qualcode_{port}"  # browsers do not keep the cookies of ports apart
        self.token = token_urlsafe(32)
        self._unused = self.token
        self._secret = token_urlsafe(32)
        self._asked = asked
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            return
        began = False

        async def guarded(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("content-security-policy", NOTHING)
            await send(message)

        answer = self.refusal(scope)
        if answer is not None:
            await answer(scope, receive, guarded)
            return
        body = await _whole(receive)
        if body is None:
            await _refuse(413, "too much")(scope, receive, guarded)
            return
        self._asked()
        try:
            await self.app(scope, _again(body), guarded)
        except Exception as error:
            self._failed(type(error).__name__)
            if not began:
                await _refuse(500, "qualcode itself failed")(scope, receive, guarded)

    def refusal(self, scope: Scope) -> Response | None:
        """Return the answer to a request that is not let in, or the one that lets a browser in."""
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in self.hosts:
            return _refuse(421, "this is another server")
        posts = method == "POST"
        origins = headers.getlist("origin")
        if (posts and len(origins) != 1) or any(one != f"http://{hosts[0]}" for one in origins):
            return _refuse(403, "another page asks")
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return _refuse(403, "another page asks")
        if method not in ("GET", "POST") or posts != path.startswith(API):
            return _refuse(405, "not so")
        asked = QueryParams(scope["query_string"]).get("token", "")
        if not posts and path == "/" and asked:
            return self._let_in(headers, asked)
        if not self._known(headers):
            return _refuse(403, "open the address that 'qualcode review' printed; each is good once")
        if posts:
            return _refusal_of_post(headers)
        return None

    def _let_in(self, headers: Headers, asked: str) -> Response:
        """Change the token for a cookie; a browser that has it already is just sent on."""
        good = bool(self._unused) and hmac.compare_digest(asked.encode(), self._unused.encode())
        if not good and not self._known(headers):
            return _refuse(403, "this address was used already; start 'qualcode review' again")
        answer = RedirectResponse("/", status_code=303)
        if good:
            self._unused = ""
            answer.set_cookie(self.cookie, self._secret, httponly=True, samesite="strict", path="/")
        return answer

    def _known(self, headers: Headers) -> bool:
        given = cookie_parser(headers.get("cookie", "")).get(self.cookie, "")
        return hmac.compare_digest(given.encode(), self._secret.encode())


def _refusal_of_post(headers: Headers) -> Response | None:
    if headers.get(OWN_HEADER) != "1":
        return _refuse(403, "another page asks")
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return _refuse(415, "not so")
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > LARGEST:
        return _refuse(413, "too much")
    return None


def _refuse(status: int, text: str) -> Response:
    return PlainTextResponse(text + "\n", status_code=status)


async def _whole(receive: Receive) -> bytes | None:
    """Read a body; None where it is too large, whatever its head says."""
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        more = message.get("more_body", False)
        if size > LARGEST:
            return None
    return b"".join(parts)


def _again(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
