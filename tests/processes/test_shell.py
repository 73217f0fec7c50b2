"""The shell of a session: an error is told as a kernel tells it, for less."""

from __future__ import annotations

import subprocess
import sys

# In a process of its own: a shell is one of its kind.
LOOKS = """
import inspect, sys
from course.processes.shell import attach, make_shell, rehearse, run

shell = make_shell()
rehearse(shell)
attach()
looked = []
there = inspect.ismodule
inspect.ismodule = lambda thing: looked.append(thing) or there(thing)
done = run(shell, "def f():\\n    raise ValueError('of the cell')\\nf()")
(error,) = done["outputs"]
text = "\\n".join(error["traceback"])
few = len(looked) < len(sys.modules)
sys.__stdout__.write(f"{few} {text.count('----> ')} {text.splitlines()[-1]}")
"""


def test_a_traceback_of_cells_is_whole_and_looks_through_no_modules():
    line = [sys.executable, "-c", LOOKS]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert done.stdout == "True 2 ValueError: of the cell"
