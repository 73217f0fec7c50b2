"""Hand in a group of cases, grade them in one run, and gather everything that was told."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from course.folder import Course
from course.notebooks import is_test
from tests.builders import make_course
from tests.hostile.case import EVIDENCE, SECRET, Case, as_bytes, released
from tests.hostile.corpus import SANDBOXED, Group
from tests.hostile.lessons import MARK

ROOT = Path(__file__).resolve().parents[2]
VICTIM = "victim"
TELLTALE = {"a hidden test": MARK, "a secret": SECRET, "evidence of success": EVIDENCE}
LONGEST = 900  # seconds a batch
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
        self.course: Course = make_course(self.root, cells)

    def submitted(self, student: str) -> Path:
        """Return the folder of a student's submission."""
        return self.course.submitted(student, self.group.lesson.section)

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


@dataclass(frozen=True)
class Batch:
    """What came of a batch.

    Attributes
    ----------
    rows : dict
        Each student's rows by exercise.
    told : dict
        All text of each student's that a student sees or has written.
    pages : dict
        Each student's page of feedback.
    left : list of str
        Processes that still lived after the run.
    litter : list of str
        Files that were still there.
    changed : list of str
        Canaries that are not what they were.
    callers : list of str
        What was sent over the network.
    seconds : float
    """

    rows: dict[str, dict[str, dict]]
    told: dict[str, str]
    pages: dict[str, str]
    left: list[str]
    litter: list[str]
    changed: list[str]
    callers: list[str]
    seconds: float
    ground: Ground


def runnable(group: Group) -> tuple[Case, ...]:
    """Return the cases of a group that can be run on this machine."""
    return tuple(case for case in group.cases if SANDBOXED or not case.needs_sandbox)


def run_batch(group: Group, folder: Path) -> Batch:
    """Hand in and grade a group below `folder`."""
    ground = Ground(folder, group)
    with closing(_listen(ground)) as listener:
        port = listener.getsockname()[1]
        names = {
            "course": str(ground.root),
            "home": str(ground.home),
            "tmp": str(ground.tmp),
            "tag": ground.tag,
            "port": str(port),
            "address": _own_address(),
        }
        ground.hand_in(runnable(group), names)
        before = ground.canaries()
        found = _grade(ground)
    after = ground.canaries()
    changed = sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))
    rows = {s: {row["exercise"]: row for row in found["rows"][s]} for s in found["rows"]}
    pages = {student: _page(ground, student) for student in rows}
    told = {
        s: "\n".join([_written(ground, s), json.dumps(found["rows"][s]), pages[s]]) for s in rows
    }
    return Batch(
        rows=rows,
        told=told,
        pages=pages,
        left=found["left"],
        litter=ground.litter(),
        changed=changed,
        callers=ground.callers,
        seconds=found["seconds"],
        ground=ground,
    )


def _grade(ground: Ground) -> dict:
    job, out = ground.folder / "job.json", ground.folder / "found.json"
    limits = ground.group.limits
    settings = {"course": str(ground.root), "limits": limits, "out": str(out)}
    job.write_text(json.dumps(settings), encoding="utf-8")
    environment = {
        **os.environ,
        "HOME": str(ground.home),
        "TMPDIR": str(ground.tmp),
        "CORPUS_TOKEN": SECRET,
        "PYTHONPATH": str(ROOT),
        # What libraries keep in a home folder is no trace of a submission.
        **{name: str(ground.folder / "cache") for name in ("MPLCONFIGDIR", "IPYTHONDIR")},
        **{name: str(ground.folder / "cache") for name in ("KERAS_HOME", "XDG_CACHE_HOME")},
    }
    command = [sys.executable, str(Path(__file__).parent / "grading.py"), str(job)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=LONGEST, cwd=ground.root
    )
    if not out.is_file():
        raise RuntimeError(f"the batch {ground.group.name} was stopped: {done.stderr[-3000:]}")
    return json.loads(out.read_text(encoding="utf-8"))


def _page(ground: Ground, student: str) -> str:
    lesson = ground.group.lesson
    path = ground.course.feedback(student, lesson.section) / f"{lesson.notebook}.html"
    return path.read_text(encoding="utf-8")


def _written(ground: Ground, student: str) -> str:
    """Return all outputs in the executed notebook, but for a test's own traceback."""
    lesson = ground.group.lesson
    path = ground.course.autograded(student, lesson.section) / f"{lesson.notebook}.ipynb"
    texts = []
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            if not (is_test(cell) and output.output_type == "error"):
                texts.append(json.dumps(output))
    return "\n".join(texts)


def _own_address() -> str:
    """Return an address of this machine that is not the loopback's, where there is one."""
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            return "127.0.0.2"
        return probe.getsockname()[0]


def _listen(ground: Ground) -> socket.socket:
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
