"""The page's server in a thread of the test, and what asks it as a browser would, or would not."""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tornado.httpserver import HTTPServer

from course.folder import Course
from course.marking.desk import Desk
from course.marking.guard import Guard
from course.marking.questions import questions
from course.marking.server import LARGEST, application, listen
from tests.classes import execute, record

WHY = "01-sums/sums/why"
ANSWERS = {
    "ann": "Since $a^2$ **grows**, and `a` does not.",
    "bob": "<script>document.title = 'moved'</script> [x](javascript:alert(1))",
    "cyd": "Because it says so in the book.\n\n- once\n- twice",
}


def graded(made: Course) -> Course:
    """Record three who answered, and one who did not."""
    for student, text in ANSWERS.items():
        record(made, student, answer=f"hash of {student}'s")
        execute(made, student, {"why": text})
    record(made, "dan", why="unanswered")
    execute(made, "dan", {})
    return made


@dataclass(frozen=True)
class Served:
    """A server at work.

    Attributes
    ----------
    port : int
    guard : Guard
    desk : Desk
    """

    port: int
    guard: Guard
    desk: Desk

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def page(self, question: str = "") -> str:
        """Return the address that the command prints."""
        return f"{self.address}#token={self.guard.token}&question={question}"

    def ask(
        self, method: str, path: str, sent: Any = None, **headers: str | None
    ) -> tuple[int, Any, http.client.HTTPMessage]:
        """Ask as our own page does, but for headers that are named (None: without it)."""
        own = {"Host": f"127.0.0.1:{self.port}", "Authorization": f"Bearer {self.guard.token}"}
        if method not in ("GET", "HEAD"):
            own["Origin"] = self.address.rstrip("/")
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        body = sent if isinstance(sent, bytes) or sent is None else json.dumps(sent).encode()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.putrequest(method, path, skip_host=True)
            for name, value in own.items():
                if value is not None:
                    line.putheader(name, value)
            line.putheader("Content-Length", str(len(body or b"")))
            line.endheaders(body)
            answer = line.getresponse()
            text = answer.read().decode()
            told = json.loads(text) if text.startswith("{") else text
            return answer.status, told, answer.headers
        finally:
            line.close()


def _run(loop: asyncio.AbstractEventLoop, what: Any) -> None:
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(what)


@contextmanager
def serving(course: Course, port: int | None = None) -> Iterator[Served]:
    """Serve a course's questions while the block runs."""
    desk, guard, own = Desk(course, questions(course, course.sections)), Guard(), listen(port)
    port = own.getsockname()[1]
    loop, begun = asyncio.new_event_loop(), threading.Event()
    stop = asyncio.Event()

    async def run() -> None:
        server = HTTPServer(application(desk, guard), max_body_size=LARGEST)
        server.add_socket(own)
        begun.set()
        await stop.wait()
        server.stop()
        await server.close_all_connections()

    thread = threading.Thread(target=lambda: _run(loop, run()))
    thread.start()
    try:
        assert begun.wait(30)
        yield Served(port, guard, desk)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(30)
