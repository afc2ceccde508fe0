"""A visitor who leaves while a file is on its way leaves no traceback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from nicegui.middlewares import RedirectWithPrefixMiddleware, SetCacheControlMiddleware
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from scenarios.web.leaving import Leaving

BIG = 200_000


def served(folder: Path, leaving: bool) -> Starlette:
    """What never comes, a file and a short answer beneath the middleware of the page, in its order."""
    path = folder / "big.js"
    path.write_bytes(b"x" * BIG)
    answers = {"/slow": lambda request: StreamingResponse(never()), "/file": lambda request: FileResponse(path),
               "/short": lambda request: Response("ok")}  # fmt: skip
    app = Starlette(routes=[Route(name, answer) for name, answer in answers.items()])
    if leaving:
        app.add_middleware(Leaving)
    app.add_middleware(GZipMiddleware)
    app.add_middleware(RedirectWithPrefixMiddleware)
    app.add_middleware(SetCacheControlMiddleware)
    return app


async def never() -> AsyncIterator[bytes]:
    """A body that does not come while the visitor is there, as a file's on a busy machine."""
    await asyncio.Event().wait()
    yield b"late"


def visited(app: Starlette, path: str, stays: bool = False, zipped: bool = True) -> list[dict[str, Any]]:
    """What was sent to a visitor who is gone at once, or stays."""
    sent: list[dict[str, Any]] = []

    async def visit() -> None:
        asked = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict[str, Any]:
            if asked:
                return asked.pop()
            if stays:
                await asyncio.Event().wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        headers = [(b"host", b"here"), *[(b"accept-encoding", b"gzip")] * zipped]
        await app({"type": "http", "asgi": {"spec_version": "2.3"}, "method": "GET", "path": path, "headers": headers,
                   "query_string": b"", "scheme": "http", "root_path": ""}, receive, send)  # fmt: skip

    asyncio.run(visit())
    return sent


def test_without_it_a_visitor_who_leaves_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="No response returned"):
        visited(served(tmp_path, leaving=False), "/slow")


@pytest.mark.parametrize("zipped", [True, False])
def test_a_visitor_who_leaves_gets_an_end(tmp_path: Path, zipped: bool) -> None:
    sent = visited(served(tmp_path, leaving=True), "/slow", zipped=zipped)
    assert sent[0]["type"] == "http.response.start"
    assert not sent[-1].get("more_body")


@pytest.mark.parametrize(("path", "size"), [("/file", BIG), ("/short", 2)])
def test_who_stays_gets_all_of_it(tmp_path: Path, path: str, size: int) -> None:
    sent = visited(served(tmp_path, leaving=True), path, stays=True, zipped=False)
    assert sent[0]["status"] == 200
    assert sum(len(one.get("body", b"")) for one in sent) == size
    assert [one["type"] for one in sent].count("http.response.start") == 1


def test_a_fault_towards_who_is_there_is_not_covered_up() -> None:
    """What ends without an answer, while its visitor waits, is a fault: no answer is made up."""
    sent: list[Any] = []

    async def faulty(scope: Any, receive: Any, send: Any) -> None:
        await receive()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Leaving(faulty)({"type": "http"}, receive, send))
    assert sent == []
