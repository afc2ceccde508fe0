"""What phones and the wall ask of the server. Every form leads back to its page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from nicegui import app
from starlette.requests import ClientDisconnect

from scenarios.errors import UserError
from scenarios.web.advice.fields import form_of
from scenarios.web.routes import language
from scenarios.web.wall.desk import Desk
from scenarios.web.wall.dots import dots, standing
from scenarios.web.wall.gate import DOOR, STUDENT, Tries
from scenarios.web.wall.pages import Typed, door_page, student_page, wall_page
from scenarios.web.wall.rules import MOST_MOVES, chosen
from sim.locale.speaking import spoken
from sim.locale.words import languages

__all__ = ["add_wall"]

_POLICY = ("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; "
           "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")  # fmt: skip
_HEADERS = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
_MOST_TYPED = 20_000
_MONTH = 30 * 24 * 3600
_ELSEWHERE = ("cross-site", "same-site")

Said = dict[str, str]


def add_wall(desk: Desk, addresses: list[str], port: int) -> None:
    """Let the server answer the class."""
    app.on_startup(desk.begin)
    app.on_shutdown(desk.close)
    _add_door(desk)
    _add_mine(desk)
    _add_wall(desk, addresses, port)


def _add_door(desk: Desk) -> None:
    tries, names = Tries(), Tries(most=100, seconds=3600.0)

    @app.get(DOOR)
    def door(request: Request) -> Response:
        return _html(door_page(Typed(said=dict(request.query_params)), language(request)))

    async def enter(request: Request, said: Said, lang: str) -> Response:
        address = request.client.host if request.client else ""
        try:
            if tries.is_too_many(address):
                raise UserError("too many wrong codes from here; wait a minute")
            if not desk.room.is_code(said.get("code", "")):
                tries.note(address)
                raise UserError("this is not the code of the class; it is on the wall")
            name, before = said.get("name", ""), len(desk.room.students)
            if names.is_too_many(address) and not desk.room.knows(name):  # or one phone could fill the class
                raise UserError("too many have joined from here; wait an hour, or join through another network")
            try:
                student = desk.room.join(name, said.get("number", ""))
            except UserError:
                if said.get("number", "").strip():
                    tries.note(address)  # a number can be guessed as a code can
                raise
            if len(desk.room.students) > before:
                names.note(address)
        except UserError as error:
            return _html(door_page(Typed(str(error), said), lang), 400)
        response = RedirectResponse(f"/mine?lang={lang}", 303)
        response.set_cookie(STUDENT, student.token, max_age=_MONTH, httponly=True, samesite="lax")
        return response

    _form(DOOR, enter)


def _add_mine(desk: Desk) -> None:
    @app.get("/mine")
    def mine(request: Request) -> Response:
        student = _student(desk, request)
        if student is None:  # the teacher, who has none
            return RedirectResponse("/wall", 303)
        return _html(student_page(desk.room, student, Typed(), language(request)))

    @app.get("/mine/state")
    def state(request: Request) -> Response:
        student = _student(desk, request)
        told = {} if student is None else standing(desk, student)
        return JSONResponse(told, headers=_HEADERS)

    async def play(request: Request, said: Said, lang: str) -> Response:
        student = _student(desk, request)
        if student is None:
            return RedirectResponse(DOOR, 303)
        rows = [(said.get(f"strategy{k}", ""), said.get(f"dose{k}", ""), said.get(f"when{k}", ""))
                for k in range(MOST_MOVES)]  # fmt: skip
        try:
            desk.play(student, chosen(rows))
        except UserError as error:
            return _html(student_page(desk.room, student, Typed(str(error)), lang), 400)
        return RedirectResponse(f"/mine?lang={lang}", 303)

    async def leave(request: Request, said: Said, lang: str) -> Response:
        response = RedirectResponse(f"{DOOR}?lang={lang}", 303)
        response.delete_cookie(STUDENT)
        return response

    _form("/mine/play", play)
    _form("/mine/leave", leave)


def _add_wall(desk: Desk, addresses: list[str], port: int) -> None:
    def shown(lang: str, mistake: str = "", status: int = 200) -> Response:
        return _html(wall_page(desk.room, desk.bell.found, addresses, port, mistake, lang), status)

    @app.get("/wall")
    def wall(request: Request) -> Response:
        return shown(language(request))

    @app.get("/wall/state")
    def state(request: Request) -> Response:
        return JSONResponse(dots(desk, language(request)), headers=_HEADERS)

    @app.get("/wall/result")
    def result(request: Request) -> Response:
        path = desk.page(request.query_params.get("round", ""))
        if path is None:
            return RedirectResponse("/wall", 303)
        return HTMLResponse(path.read_bytes(), headers={"Cache-Control": "no-store"})  # it bears a policy of its own

    def acting(act: Callable[[Said], None]) -> Callable[[Request, Said, str], Awaitable[Response]]:
        async def acted(request: Request, said: Said, lang: str) -> Response:
            try:
                act(said)
            except UserError as error:
                return shown(lang, str(error), 400)
            return RedirectResponse(f"/wall?lang={lang}", 303)

        return acted

    _form("/wall/ring", acting(lambda said: desk.ring()))
    _form("/wall/again", acting(lambda said: desk.again(said.get("round", ""))))
    _form("/wall/remove", acting(lambda said: desk.room.remove(said.get("name", ""))))


def _form(path: str, act: Callable[[Request, Said, str], Awaitable[Response]]) -> None:
    """A form of ours is read and acted upon; one that comes from another site's page is not."""

    @app.post(path)
    async def sent(request: Request) -> Response:
        if request.headers.get("sec-fetch-site") in _ELSEWHERE:
            return JSONResponse({}, 403)
        body = b""
        try:
            async for piece in request.stream():
                body += piece
                if len(body) > _MOST_TYPED:
                    return JSONResponse({}, 413)
        except ClientDisconnect:  # nobody waits for an answer
            return Response(status_code=400)
        try:
            said = {name: values[-1] for name, values in form_of(body).items()}
        except UserError as error:
            return JSONResponse({"error": str(error)}, 400)
        lang = said.get("lang", "")
        return await act(request, said, lang if lang in languages() else spoken())


def _student(desk: Desk, request: Request) -> Any:
    return desk.room.find(request.cookies.get(STUDENT, ""))


def _html(text: str, status: int = 200) -> Response:
    return HTMLResponse(text, status, headers=_HEADERS)
