"""The page on which people mark, served to this machine's browser alone, until Ctrl-C."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from socket import create_server, socket
from typing import Any
from urllib.parse import quote

from tornado.httpserver import HTTPServer
from tornado.web import Application, Finish, HTTPError, RequestHandler

from course.errors import FOUND, CourseError
from course.marking.desk import Desk, told
from course.marking.guard import HEADERS, Guard, is_here, is_own
from course.record.by_hand import Overtaken
from course.returns.layout import colours_of_code

ADDRESS = "127.0.0.1"
LARGEST = 64 * 1024  # bytes of what the page sends
TEMPLATES = Path(__file__).parent / "templates"
FILES = ("mark.css", "mark.js", "card.js", "saving.js", "talk.js")
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript"}


class _Handler(RequestHandler):
    """Asks the guard before anything else, and says in JSON what went wrong."""

    def initialize(self, desk: Desk, guard: Guard) -> None:
        self.desk, self.guard = desk, guard

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        headers, host = self.request.headers, self.request.host
        writes = self.request.method not in ("GET", "HEAD")
        if not is_here(host):
            self._refuse(403, f"This page is at {ADDRESS}, and not at {host!r}.")
        site = headers.get("Sec-Fetch-Site")
        # Whoever follows a link to the page itself comes from elsewhere, and gets nothing but it.
        if self.private and not is_own(headers.get("Origin"), site, host, writes=writes):
            self._refuse(403, "Another page asks for this. Open the address of `course mark`.")
        if self.private and not self.admitted():
            self._refuse(401, "Open the address that `course mark` has printed now.")

    private = True

    def admitted(self) -> bool:
        return self.guard.knows(self.request.headers.get("Authorization", ""))

    def given(self) -> dict[str, Any]:
        """Return what the page sent."""
        try:
            found = json.loads(self.request.body)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            self._refuse(400, "What was sent is no JSON object.")
        return found

    async def answer(self, do: Callable[..., Any], *given: Any) -> None:
        """Send what the desk says; it may have to wait for others who hold the gradebook."""
        try:
            self.write({"is": await asyncio.to_thread(do, *given)})
        except Overtaken as error:
            self._refuse(409, str(error), now=told(error.now))
        except CourseError as error:
            # Code 2 is wrong use: what was sent. Else it is the gradebook, or a file.
            self._refuse(400 if error.code != FOUND else 503, str(error))

    def _refuse(self, status: int, error: str, **more: Any) -> None:
        self.set_status(status)
        self.finish({"error": error, **more})
        raise Finish

    def write_error(self, status_code: int, **about: Any) -> None:
        error = about.get("exc_info", (None, None))[1]
        known = isinstance(error, HTTPError)
        why = self._reason if known else f"Internal error: {type(error).__name__}: {error}."
        self.finish({"error": why})


class _File(_Handler):
    """The page, its style and its script: nothing in them is of this course."""

    private = False

    def get(self, name: str = "") -> None:
        name = name or "mark.html"
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        if name.endswith(".css"):
            text += colours_of_code()
        self.set_header("Content-Type", f"{TYPES[name.rpartition('.')[2]]}; charset=utf-8")
        self.write(text)


class _Ticket(_Handler):
    def admitted(self) -> bool:
        return True

    def post(self) -> None:
        token = self.guard.redeem(self.given().get("ticket"))
        if token is None:
            self._refuse(401, "This address was used before. `course mark` has printed another.")
        self.write({"is": token})


class _Asked(_Handler):
    """What the page reads."""

    async def get(self, what: str) -> None:
        desk, key = self.desk, self.get_query_argument("question", "")
        if what == "questions":
            await self.answer(desk.overview)
        elif what == "answers":
            await self.answer(desk.answers, key, self.get_query_arguments("id"))
        else:
            await self.answer(getattr(desk, what), key)


class _Mark(_Handler):
    async def put(self) -> None:
        sent = self.given()
        key, mark, seen = (sent.pop(name, "") for name in ("question", "id", "seen"))
        await self.answer(self.desk.mark, str(key), str(mark), str(seen), sent)


class _Comment(_Handler):
    async def put(self) -> None:
        await self._change(self.desk.keep)

    async def delete(self) -> None:
        await self._change(self.desk.drop)

    async def _change(self, do: Callable[[str, str], list[str]]) -> None:
        sent = self.given()
        await self.answer(do, str(sent.get("question", "")), sent.get("text"))


class _Nowhere(_Handler):
    def prepare(self) -> None:
        super().prepare()
        self._refuse(404, "There is nothing at this address.")


def application(desk: Desk, guard: Guard) -> Application:
    """Return what answers the page."""
    own = {"desk": desk, "guard": guard}
    return Application(
        [
            (r"/", _File, own),
            (rf"/({'|'.join(map(re.escape, FILES))})", _File, own),
            (r"/api/ticket", _Ticket, own),
            (r"/api/(questions|sheet|marks|answers|names)", _Asked, own),
            (r"/api/mark", _Mark, own),
            (r"/api/comment", _Comment, own),
        ],
        default_handler_class=_Nowhere,
        default_handler_args=own,
        log_function=lambda handler: None,
    )


def listen(port: int | None) -> socket:
    """Return a socket on this machine's own address; on any free port where none is named.

    Raises
    ------
    CourseError
        When the port is in use, or needs rights that we lack.
    """
    try:
        made = create_server((ADDRESS, port or 0))
    except OSError as error:
        raise CourseError(
            f"Port {port} of {ADDRESS} cannot be had: {(error.strerror or str(error)).lower()}.",
            "Give another with --port, or leave it out: then a free one is taken.",
            code=FOUND,
        ) from None
    made.setblocking(False)
    return made


def serve(
    desk: Desk,
    *,
    port: int | None = None,
    opens: bool = True,
    begin: str = "",
    say: Callable[[str], None] = print,
) -> None:
    """Serve the page until somebody ends it with Ctrl-C.

    Parameters
    ----------
    desk : Desk
    port : int, optional
    opens : bool
        Open it in a browser.
    begin : str
        The question that is shown first.
    say : callable
        Told the page's address, with its token.

    Raises
    ------
    CourseError
        When the port cannot be had.
    """
    guard, own = Guard(), listen(port)
    page, first = f"http://{ADDRESS}:{own.getsockname()[1]}/", quote(begin, safe="/")
    say(f"{page}#token={guard.token}&question={first}")
    to_open = f"{page}#ticket={guard.ticket()}&question={first}" if opens and _has_screen() else ""
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(application(desk, guard), own, to_open))


def _has_screen() -> bool:
    """Tell whether a browser would have a window; a text browser would take the terminal."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return not sys.platform.startswith("linux") or any(map(os.environ.get, named))


async def _serve(made: Application, own: socket, to_open: str) -> None:
    server = HTTPServer(made, max_body_size=LARGEST)
    server.add_socket(own)
    try:
        if to_open:
            await asyncio.to_thread(webbrowser.open, to_open)
        await asyncio.Event().wait()
    finally:
        server.stop()
        await server.close_all_connections()
