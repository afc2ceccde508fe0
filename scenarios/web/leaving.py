"""What becomes of a request whose visitor left before it was answered."""

from __future__ import annotations

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Leaving"]

_LAST = ("http.response.body", "http.response.pathsend")
_GONE = 499
"""Nobody reads it; nginx's number for a client that closed the connection."""


class Leaving:
    """Ends such a request with an answer that nobody gets.

    Starlette stops sending a file as soon as its reader is gone. If nothing of it has passed the middleware above (what
    packs answers holds their head back until there is some body), that takes the silence for a fault and raises, and
    the terminal fills with tracebacks.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The request as it comes, and an end where it found none."""
        has_begun = has_ended = has_left = False

        async def heard() -> Message:
            nonlocal has_left
            message = await receive()
            has_left = has_left or message["type"] == "http.disconnect"
            return message

        async def noted(message: Message) -> None:
            nonlocal has_begun, has_ended
            has_begun = has_begun or message["type"] == "http.response.start"
            has_ended = message["type"] in _LAST and not message.get("more_body", False)
            await send(message)

        await self.app(scope, heard, noted)
        if scope["type"] != "http" or has_ended or not has_left:
            return
        if not has_begun:
            await Response(status_code=_GONE)(scope, receive, send)
        else:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
