"""Listening on this computer alone, until the person stops or nobody has asked for anything for a while.

serve(desk, lang="zh", announce=print)
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from qualcode.problems import MachineError, UsageError

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from qualcode.project.desk import Desk

LOOPBACK = ("127.0.0.1", "localhost", "::1")
IDLE = 120.0  # minutes


def check_host(host: str) -> str:
    """Return the address to bind. Raises `UsageError` for one that other computers could reach."""
    if host not in LOOPBACK:
        raise UsageError(
            "'{host}' is not this computer: the page shows the material and is for this computer alone",
            hint="leave out --host; to work from elsewhere, forward the port through ssh",
            host=host,
        )
    return "127.0.0.1" if host == "localhost" else host


def serve(
    desk: Desk,
    *,
    lang: str = "en",
    title: str = "",
    host: str = "127.0.0.1",
    port: int = 0,
    idle: float = IDLE,
    announce: Callable[[str], None],
    failed: Callable[[str], None] = lambda kind: None,
) -> bool:
    """Serve the review page; `announce` is told its address once it can be opened.

    Returns whether it stopped for want of requests, `idle` minutes long (0: never). Raises `UsageError` for a
    host that is not this computer, `MachineError` where the port is taken.
    """
    import uvicorn

    from qualcode.web.gate import Gate

    with _listening(check_host(host), port) as bound:
        number = bound.getsockname()[1]
        names = ("[::1]", "localhost") if bound.family == socket.AF_INET6 else ("127.0.0.1", "localhost")
        last = [monotonic()]

        def asked() -> None:
            last[0] = monotonic()

        hosts = frozenset(f"{name}:{number}" for name in names)
        stopped: list[uvicorn.Server] = []

        def stop() -> None:
            for one in stopped:
                one.should_exit = True

        gate = Gate(_app(desk, lang, title, stop), hosts=hosts, port=number, asked=asked, failed=failed)
        config = uvicorn.Config(
            gate,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(config)
        stopped.append(server)
        rested = False

        async def watch() -> None:
            nonlocal rested
            while not server.started:
                await asyncio.sleep(0.01)
            announce(f"http://{names[0]}:{number}/?token={gate.token}")
            while idle and not server.should_exit:
                left = last[0] + idle * 60 - monotonic()
                if left <= 0:
                    rested = server.should_exit = True
                await asyncio.sleep(max(min(left, 1.0), 0.01))

        async def both() -> None:
            watching = asyncio.create_task(watch())
            try:
                await server.serve(sockets=[bound])
            finally:
                watching.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await watching

        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(both())
        return rested


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":  # a port asked for again right after a stop; on Windows this would share it
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(128)
    except OSError as error:
        bound.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise MachineError(
                "port {port} cannot be used: {reason}",
                hint="leave out --port to get a free one",
                port=port,
                reason=error.strerror or "",
            ) from None
        raise
    return bound


def _app(desk: Desk, lang: str, title: str, stop: Callable[[], None]) -> Starlette:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import HTMLResponse, Response
    from starlette.routing import Route

    from qualcode.web.handlers import respond
    from qualcode.web.page import review_page

    text, policy = review_page(lang=lang, title=title, coder=desk.coder, blind=desk.blind)

    async def page(request: Request) -> Response:
        return HTMLResponse(text, headers={"content-security-policy": policy})

    async def api(request: Request) -> Response:
        return await respond(desk, request, stop)

    return Starlette(routes=[Route("/", page), Route("/api/{name}", api, methods=["POST"])])
