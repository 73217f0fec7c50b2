"""Where a batch takes place: a course, a home with secrets, a listener, places for litter."""

from __future__ import annotations

import hashlib
import os
import socket
import threading
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from course.folder import Course
from tests.builders import make_course
from tests.hostile.case import SECRET, Case
from tests.hostile.corpus import Group
from tests.hostile.making import as_bytes, released

ROOT = Path(__file__).resolve().parents[2]
VICTIM = "zoe"  # the last in a batch: a batch that stops does not get to her
# What the courses of the corpus do with tests that need the student's own process. Where these run
# there ("tell"), answers can earn marks that are not theirs, which say so; all else must hold.
INSIDE = os.environ.get("COURSE_CORPUS_INSIDE", "forbid")
TEMPORARY = ("/tmp", "/var/tmp", "/dev/shm")


@dataclass
class Ground:
    """Where a batch takes place: a course, a home, a place for temporary files, a listener."""

    folder: Path
    group: Group
    tag: str = field(default_factory=lambda: f"corpus-{uuid.uuid4().hex[:12]}")
    callers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root, self.home, self.tmp = (self.folder / n for n in ("course", "home", "tmp"))
        for path in (self.root, self.tmp, self.home / ".ssh"):
            path.mkdir(parents=True)
        for name in ("notes.txt", ".ssh/id_ed25519", ".netrc"):
            (self.home / name).write_text(f"{SECRET}\n")
        lesson = self.group.lesson
        cells = {lesson.section: {lesson.notebook: lesson.cells}}
        self.course: Course = make_course(self.root, cells, inside=INSIDE)

    def submitted(self, student: str) -> Path:
        """Return the folder of a student's submission."""
        return self.course.submitted(student, self.group.lesson.section)

    def names(self, *, port: int, address: str) -> dict[str, str]:
        """Return what the texts of answers may name."""
        return {
            "course": str(self.root),
            "home": str(self.home),
            "tmp": str(self.tmp),
            "other": VICTIM,
            "tag": self.tag,
            "port": str(port),
            "address": address,
        }

    def environment(self) -> dict[str, str]:
        """Return the environment of a grader that works here."""
        caches = ("MPLCONFIGDIR", "IPYTHONDIR", "KERAS_HOME", "XDG_CACHE_HOME")
        return {
            **os.environ,
            "HOME": str(self.home),
            "TMPDIR": str(self.tmp),
            "CORPUS_TOKEN": SECRET,
            "PYTHONPATH": str(ROOT),
            # What whoever grades has set for other work changes no verdict.
            "KERAS_BACKEND": "jax",
            "MPLBACKEND": "TkAgg",
            "PYTHONOPTIMIZE": "1",
            # What libraries keep in a home folder is no trace of a submission.
            **dict.fromkeys(caches, str(self.folder / "cache")),
        }

    def hand_in(self, cases: tuple[Case, ...], names: dict[str, str]) -> None:
        """Write the submissions of the cases, and an honest one with a secret in it."""
        lesson = self.group.lesson
        nb = released(lesson)
        nb.cells[0].source += f"\n\n{SECRET}"
        path = self.submitted(VICTIM) / f"{lesson.notebook}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(as_bytes(nb))
        for case in cases:
            case.place(self.submitted(case.id), names)

    def canaries(self) -> dict[str, str]:
        """Return a digest of each file that no submission may change."""
        found = {}
        for top in (self.home, self.root / "source", self.root / "submitted"):
            for path in sorted(top.rglob("*")):
                if path.is_file() and not path.is_symlink():
                    name = str(path.relative_to(self.folder))
                    found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found

    def litter(self) -> list[str]:
        """Return and remove the files that are left in places for temporary ones."""
        mine = [path for top in TEMPORARY for path in Path(top).glob(f"{self.tag}*")]
        for path in mine:
            path.unlink()
        left = [path for path in self.tmp.rglob("*") if path.is_file()]
        return [str(path) for path in (*mine, *left)]


def own_address() -> str:
    """Return an address of this machine that is not the loopback's, where there is one."""
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            return "127.0.0.2"
        return probe.getsockname()[0]


def listen(ground: Ground) -> socket.socket:
    """Note down whoever calls, over TCP, UDP and a socket without a file."""
    tcp = socket.create_server(("0.0.0.0", 0))
    udp = socket.socket(type=socket.SOCK_DGRAM)
    udp.bind(("0.0.0.0", tcp.getsockname()[1]))
    unix = socket.socket(socket.AF_UNIX)
    unix.bind(f"\0{ground.tag}")
    unix.listen()

    def serve(server: socket.socket) -> None:
        while True:
            try:
                with server.accept()[0] as caller:
                    caller.settimeout(1)
                    ground.callers.append(caller.recv(99).decode(errors="replace"))
            except TimeoutError:
                ground.callers.append("a silent caller")
            except OSError:
                return

    def hear() -> None:
        while data := udp.recv(99):
            ground.callers.append(data.decode(errors="replace"))

    for target, given in ((serve, (tcp,)), (serve, (unix,)), (hear, ())):
        threading.Thread(target=target, args=given, daemon=True).start()
    return tcp
