"""The gate of a class: what a stranger, a student and the teacher get."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI

from scenarios.web.wall import routes
from scenarios.web.wall.classroom import Classroom
from scenarios.web.wall.gate import Gate, Tries
from scenarios.web.wall.rules import Rules


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    return Classroom.begun(tmp_path / "class", Rules(days=90, seats=30, communities=8))



def through(room: Classroom, path: str, cookie: str = "", kind: str = "http", query: str = "",
            accept: str = "text/html") -> dict[str, Any]:  # fmt: skip
    """What the gate answers; ``inside`` where it lets one in."""
    told: dict[str, Any] = {}

    async def inside(scope: Any, receive: Any, send: Any) -> None:
        told["inside"] = True

    async def send(message: Any) -> None:
        told[message["type"]] = message

    headers = [(b"cookie", cookie.encode("latin-1")), (b"accept", accept.encode())]
    scope = {"type": kind, "path": path, "query_string": query.encode(), "headers": headers, "method": "GET"}
    asyncio.run(Gate(inside, room)(scope, None, send))  # type: ignore[arg-type]
    return told


EVERYWHERE = ("/", "/wall", "/wall/state", "/wall/ring", "/wall/result", "/answer", "/advice", "/board", "/mine",
              "/mine/state", "/own/app.js", "/_nicegui/auto/x.js", "/mine/../wall", "/join/x", "//wall")  # fmt: skip


@pytest.mark.parametrize("path", EVERYWHERE)
def test_a_stranger_gets_nothing(room: Classroom, path: str) -> None:
    room.join("小明")
    for cookie in ("", "shequn_student=", "shequn_student=x", "shequn_teacher=é", "shequn_teacher=", "=;;"):
        told = through(room, path, cookie)
        assert "inside" not in told
        assert dict(told["http.response.start"]["headers"])[b"location"] == b"/join"
        assert through(room, path, cookie, accept="*/*")["http.response.start"]["status"] == 403
        assert "websocket.close" in through(room, path, cookie, kind="websocket")


def test_a_student_gets_their_own_page_and_the_teacher_everything(room: Classroom) -> None:
    student = room.join("小明")
    cookie = f"a=b; shequn_student={student.token}"
    assert {path for path in EVERYWHERE if "inside" in through(room, path, cookie)} == {
        "/mine", "/mine/state", "/mine/../wall"}  # fmt: skip
    assert "inside" in through(room, "/join")
    teacher = f"shequn_teacher={room.key}"
    assert all("inside" in through(room, path, teacher) for path in EVERYWHERE)
    assert "inside" in through(room, "/_nicegui_ws/", teacher, kind="websocket")
    room.remove("小明")
    assert "inside" not in through(room, "/mine", cookie)


def test_the_teachers_link_becomes_a_cookie_and_leaves_the_address(room: Classroom) -> None:
    headers = dict(through(room, "/wall", query=f"key={room.key}")["http.response.start"]["headers"])
    assert headers[b"location"] == b"/wall"
    assert room.key.encode() in headers[b"set-cookie"]
    assert b"HttpOnly" in headers[b"set-cookie"]
    assert b"set-cookie" not in dict(through(room, "/wall", query="key=é")["http.response.start"]["headers"])
    again = through(room, "/wall", f"shequn_teacher={room.key}", query=f"key={room.key}")
    assert "inside" not in again  # the key does not stay on the projector


def test_a_code_is_not_guessed() -> None:
    at = [0.0]
    tries = Tries(now=lambda: at[0])
    for _ in range(20):
        assert not tries.is_too_many("a")
        tries.note("a")
    assert tries.is_too_many("a")
    assert not tries.is_too_many("b")
    at[0] = 61.0
    assert not tries.is_too_many("a")


def test_one_phone_does_not_fill_the_class(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred names from one address; who is in already comes back from there all the same."""
    server = FastAPI()
    monkeypatch.setattr(routes, "app", server)
    routes._add_door(cast("Any", SimpleNamespace(room=room)))

    def join(name: str, number: str = "", address: str = "10.0.0.9") -> httpx.Response:
        async def sent() -> httpx.Response:
            said = {"code": room.code, "name": name, "number": number, "lang": "en"}
            at = httpx.ASGITransport(app=server, client=(address, 5000))
            async with httpx.AsyncClient(transport=at, base_url="http://class") as phone:
                return await phone.post("/join", data=said)

        return asyncio.run(sent())

    assert all(join(f"n{k}").status_code == 303 for k in range(100))
    refused = join("one more")
    assert refused.status_code == 400
    assert "too many have joined from here" in refused.text
    assert join("one more", "1").status_code == 400  # a number makes nobody known
    assert len(room.students) == 100
    assert join("n7", room.students[7].number).status_code == 303
    assert join("another", address="10.0.0.10").status_code == 303
