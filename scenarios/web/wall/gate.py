"""Nobody acts without the code: every request is let in, sent to the door, or refused, before any page sees it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from scenarios.web.wall.classroom import Classroom

__all__ = ["DOOR", "STUDENT", "TEACHER", "Gate", "Tries"]

DOOR, STUDENT, TEACHER = "/join", "shequn_student", "shequn_teacher"
"""The page at which the code is asked for; the cookies of a student and of the teacher."""
_OPEN = (DOOR, "/own/app.css", "/own/board.css", "/own/wall.css", "/own/wall.js", "/own/ShequnSansSC.otf")
_THEIRS = "/mine"


class Tries:
    """How often something may be tried from one address: ``most`` times within ``seconds``.

    As it stands that is the guessing of a code: with six of thirty-one letters half a chance in forty years.
    """

    def __init__(self, most: int = 20, seconds: float = 60.0, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._now = most, seconds, now
        self._tried: dict[str, deque[float]] = {}

    def is_too_many(self, address: str) -> bool:
        """Has this address tried so often that it has to wait?"""
        tried = self._tried.get(address, deque())
        while tried and self._now() - tried[0] > self._seconds:
            tried.popleft()
        return len(tried) >= self._most

    def note(self, address: str) -> None:
        """Another try."""
        self._tried.setdefault(address, deque(maxlen=self._most)).append(self._now())


class Gate:
    """Before everything: the teacher goes everywhere, a student to their own page, everybody else to the door.

    ``?key=`` of the link that the teacher's terminal shows becomes a cookie, and is gone from the address.
    """

    def __init__(self, app: ASGIApp, room: Classroom) -> None:
        self.app, self.room = app, room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in, send to the door, or refuse."""
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        path, cookies = scope["path"], _cookies(scope)
        if scope["type"] == "http" and self._is_link(scope):
            return await self._to_the_wall(scope)(scope, receive, send)
        is_teacher = self.room.is_key(cookies.get(TEACHER, ""))
        is_theirs = path == _THEIRS or path.startswith(_THEIRS + "/")
        is_student = self.room.find(cookies.get(STUDENT, "")) is not None
        if is_teacher or path in _OPEN or (is_theirs and is_student):
            return await self.app(scope, receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        return await self._turned_away(scope)(scope, receive, send)

    def _is_link(self, scope: Scope) -> bool:
        """Is it the teacher's link, with the key in it?"""
        said = parse_qs(scope["query_string"].decode("latin-1"))
        return self.room.is_key((said.get("key") or [""])[-1])

    def _to_the_wall(self, scope: Scope) -> Response:
        response = RedirectResponse(scope["path"], 303)
        response.set_cookie(TEACHER, self.room.key, httponly=True, samesite="lax")
        return response

    def _turned_away(self, scope: Scope) -> Response:
        wants_page = any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])
        if scope["method"] == "GET" and wants_page:
            return RedirectResponse(DOOR, 303)
        return PlainTextResponse("join the class first: the code is on the wall", 403)


def _cookies(scope: Scope) -> dict[str, str]:
    found = "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")
    try:
        return {name: one.value for name, one in SimpleCookie(found).items()}
    except CookieError:
        return {}
