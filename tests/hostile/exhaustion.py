"""Answers that use up time, memory, processes, space or patience; each ends by itself one day.

What could harm a machine is bounded, so that a grader without limits loses minutes and not the
machine: a few thousand processes, a few gigabytes.
"""

from __future__ import annotations

from tests.hostile.case import Case, added_code, answers, cell_of, edited
from tests.hostile.lessons import SHAPE

STOPPED = "failed|killed|memory|timeout"
ENDLESS_CELL = "while True:\n    pass\n"


def _in_cell(name: str, about: str, code: str, verdict: str, **how) -> Case:
    return Case(name, about, answers(shape=code), {"shape": verdict}, **how)


def _in_call(name: str, about: str, code: str, verdict: str, **how) -> Case:
    return Case(name, about, answers(add=code), {"add": verdict}, **how)


def _survives(name: str, about: str, code: str, **how) -> Case:
    return Case(name, about, answers(shape=code + SHAPE), **how)


def _slow_cells(nb) -> None:
    place = nb.cells.index(cell_of(nb, "add-test")) + 1
    nb.cells[place:place] = [added_code("import time\ntime.sleep(1.5)") for _ in range(9)]


TIME = [
    _in_cell("endless", "an endless loop in a cell", ENDLESS_CELL, "timeout"),
    _in_cell("endless-sleep", "a sleep of a year", "import time\ntime.sleep(3e7)", "timeout"),
    _in_cell(
        "endless-deaf",
        "an endless loop that swallows interrupts and signals",
        """
        import signal
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
        """,
        "timeout",
    ),
    _in_call(
        "endless-call",
        "an endless loop in a call",
        "def add(a, b):\n    while True: pass\n",
        "timeout",
    ),
    _in_call(
        "endless-hidden",
        "an endless loop for the hidden inputs only",
        "def add(a, b):\n    while a > 4:\n        pass\n    return a + b\n",
        "timeout",
    ),
    _in_call(
        "endless-deaf-call",
        "a call that swallows every exception and goes on",
        """
        def add(a, b):
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    pass
        """,
        "timeout",
    ),
    _in_cell(
        "endless-number", "a power that takes years", "shape = 7 ** 7 ** 12", "timeout|memory"
    ),
    _in_cell(
        "endless-pattern",
        "a regular expression that backtracks for years",
        "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
        "timeout",
    ),
    _in_cell(
        "endless-stop",
        "the process stops itself",
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
        "timeout",
    ),
    _in_cell(
        "endless-lock",
        "a lock is waited for that nobody gives back",
        "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
        "timeout",
    ),
    Case(
        "slow-cells",
        "many added cells, each of which just keeps the limit",
        edited(_slow_cells),
        {"shape": "timeout", "scale": "timeout"},
    ),
    _in_call(
        "slow-calls",
        "each call is slow, all together too slow",
        "import time\n\ndef add(a, b):\n    time.sleep(0.6)\n    return a + b\n",
        "timeout",
    ),
    _in_cell(
        "endless-import",
        "an import of a module that never ends",
        "%%writefile slow.py\nwhile True: pass\n",
        "failed",
    ),
]
DEATHS = [
    _in_cell("exit", "exit() in a cell", "exit()", "killed|failed"),
    _in_cell("sys-exit", "sys.exit() in a cell", "import sys\nsys.exit(0)", "killed|failed"),
    _in_cell(
        "os-exit", "the process ends at once, with success", "import os\nos._exit(0)", "killed"
    ),
    _in_call(
        "os-exit-call",
        "the process ends in a call",
        "import os\n\ndef add(a, b):\n    os._exit(0)\n",
        "killed",
    ),
    _in_cell("sigkill", "the process kills itself", "import os\nos.kill(os.getpid(), 9)", "killed"),
    _in_cell("group-kill", "the process kills its group", "import os\nos.killpg(0, 9)", "killed"),
    _in_cell("segfault", "a read of address 0", "import ctypes\nctypes.string_at(0)", "killed"),
    _in_cell("abort", "abort()", "import os\nos.abort()", "killed"),
    _in_cell(
        "alarm",
        "an alarm that ends the process",
        "import signal, time\nsignal.alarm(1)\ntime.sleep(5)",
        "killed",
    ),
    _in_cell(
        "recursion",
        "a function that calls itself for ever",
        "def f():\n    return f()\n\nf()",
        "failed",
    ),
    _in_cell(
        "recursion-deep",
        "the same, with the limit lifted",
        "import sys\nsys.setrecursionlimit(10**9)\n\ndef f(x):\n    return f([x]) + max([x], key=f)\n\nf(1)",
        STOPPED,
    ),
    _in_cell(
        "closes-files",
        "every open file is closed",
        "import os\nos.closerange(3, 4096)",
        "killed|failed",
    ),
    _in_cell(
        "closes-output",
        "standard output and error are closed",
        "import os, sys\nos.closerange(0, 3)\nsys.stdout = sys.stderr = None\nraise ValueError",
        "killed|failed",
    ),
    _in_cell("input", "a cell waits for a person", "shape = input('Which? ')", "failed"),
    _in_call(
        "input-call",
        "a call waits for a person",
        "def add(a, b):\n    return int(input())\n",
        "failed",
    ),
    _in_cell(
        "stdin", "a cell reads standard input", "import sys\nshape = sys.stdin.read()", "failed"
    ),
]
OUTPUT = [
    _survives("one-long-line", "30 MB on one line", "print('x' * 30_000_000)\n"),
    _survives(
        "many-lines",
        "a million lines",
        "for i in range(1_000_000):\n    print(i) if i % 9 == 0 else None\n",
    ),
    _survives(
        "many-displays",
        "3,000 displays",
        "from IPython.display import display\nfor i in range(3_000):\n    display(i)\n",
    ),
    _survives(
        "many-pictures",
        "hundreds of displays of a large text each",
        "from IPython.display import display\n"
        "for i in range(300):\n    display({'text/plain': 'x' * 300_000}, raw=True)\n",
    ),
    _in_cell(
        "endless-output",
        "output without an end",
        "while True:\n    print('x' * 1_000)\n",
        "timeout",
    ),
    _in_cell(
        "endless-stderr",
        "output past Python, without an end",
        "import os\nwhile True:\n    os.write(2, b'x' * 65_536)\n",
        "timeout",
    ),
    _in_cell(
        "long-error", "an exception of 50 MB", "raise ValueError('x' * 50_000_000)", "failed|killed"
    ),
    _in_call(
        "long-error-call",
        "the same from a call",
        "def add(a, b):\n    raise ValueError('x' * 50_000_000)\n",
        "failed|killed",
    ),
    _in_cell(
        "large-figure",
        "a figure of 20,000 x 20,000 pixels",
        "import matplotlib.pyplot as plt\nplt.figure(figsize=(200, 200), dpi=100)\nplt.plot([1, 2])\nplt.show()\n"
        + SHAPE,
        f"{STOPPED}|passed",
        needs_sandbox=True,
    ),
    _in_call(
        "large-result",
        "a call returns 2 GB",
        "import numpy as np\n\ndef add(a, b):\n    return np.zeros(2**31, 'uint8')\n",
        STOPPED,
        needs_sandbox=True,
    ),
    _in_call(
        "long-list",
        "a call returns a list of millions",
        "def add(a, b):\n    return [0] * 30_000_000\n",
        STOPPED,
        needs_sandbox=True,
    ),
]
LEFT_BEHIND = [
    _survives(
        "thread",
        "a thread that never ends",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()\n",
    ),
    _survives(
        "at-exit",
        "what runs at the end never ends",
        "import atexit, time\natexit.register(time.sleep, 600)\n",
    ),
    _survives(
        "child",
        "a child process that waits",
        "import subprocess\nsubprocess.Popen(['sleep', '600'])\n",
    ),
    _survives(
        "child-of-its-own",
        "a child in a session of its own",
        "import subprocess\nsubprocess.Popen(['sleep', '600'], start_new_session=True)\n",
    ),
    _survives(
        "daemon",
        "a daemon that waits for the next submission",
        """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 4096)
        os.chdir("/")
        time.sleep(600)
    os._exit(0)
os.wait()
""",
    ),
    _survives(
        "shared-memory",
        "shared memory that outlives its process",
        "from pathlib import Path\ntry:\n    Path('/dev/shm/$tag-shm').write_text('x')\nexcept OSError:\n    pass\n",
    ),
    _survives(
        "temporary-files",
        "files in every place for temporary ones",
        """
import pathlib, tempfile
for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", tempfile.gettempdir(), ".."):
    try:
        pathlib.Path(folder, "$tag-file").write_text("x")
    except OSError:
        pass
""",
    ),
]
MACHINE = [
    _in_cell(
        "fork-bomb",
        "thousands of processes",
        "import os, time\nfor _ in range(4_000):\n    if os.fork() == 0:\n        time.sleep(20)\n        os._exit(0)\n",
        STOPPED,
        needs_sandbox=True,
    ),
    _in_cell(
        "thread-bomb",
        "thousands of threads",
        "import threading, time\nfor _ in range(40_000):\n    threading.Thread(target=time.sleep, args=(20,)).start()\n",
        STOPPED,
        needs_sandbox=True,
    ),
    _in_cell(
        "memory-bomb",
        "8 GB, written to",
        "kept = []\nfor _ in range(128):\n    kept.append(bytearray(b'x' * 2**26))\n",
        "memory",
        needs_sandbox=True,
    ),
    _in_call(
        "memory-bomb-call",
        "the same in a call",
        "def add(a, b):\n    return sum(map(len, [bytearray(b'x' * 2**26) for _ in range(128)]))\n",
        "memory",
        needs_sandbox=True,
    ),
    _in_cell(
        "memory-bomb-children",
        "the same in four children",
        """
        import os, time
        for _ in range(4):
            if os.fork() == 0:
                kept = [bytearray(b"x" * 2**26) for _ in range(32)]
                time.sleep(20)
                os._exit(0)
        time.sleep(20)
        """,
        STOPPED,
        needs_sandbox=True,
    ),
    _in_cell(
        "disk-fill",
        "4 GB of files",
        "for i in range(64):\n    with open(f'fill-{i}', 'wb') as file:\n        file.write(b'x' * 2**26)\nraise OSError",
        STOPPED,
        needs_sandbox=True,
    ),
    _in_cell(
        "disk-fill-tmp",
        "4 GB in one file for temporary things",
        "with open('/tmp/$tag-fill', 'wb') as file:\n    for _ in range(64):\n        file.write(b'x' * 2**26)\nraise OSError",
        STOPPED,
        needs_sandbox=True,
    ),
    _in_cell(
        "many-files",
        "a hundred thousand small files",
        "for i in range(100_000):\n    open(f'small-{i}', 'w').close()\nraise OSError",
        STOPPED,
        needs_sandbox=True,
    ),
    _in_cell(
        "open-files",
        "as many open files as there can be",
        "kept = [open('/dev/null') for _ in range(2_000_000)]",
        STOPPED,
        needs_sandbox=True,
    ),
    _in_cell(
        "parent-kill",
        "the parent process is killed",
        "import os\nos.kill(os.getppid(), 9)\nraise OSError",
        STOPPED,
        needs_sandbox=True,
    ),
]
CASES = TIME + DEATHS + OUTPUT + LEFT_BEHIND + MACHINE
NOT_RUN = {
    "gpu-hog": "the machines that test this have no GPU, and sessions are shown none",
    "kill-everyone": "a signal to every process ends the tests themselves where the sandbox fails",
    "zip-bomb": "`course collect` meets it before the grader does: see tests/collect/test_bombs.py",
}
