"""What a process has from whoever started it, beside its environment: a fork has its parent's."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

from course.beside import PLACE
from course.warm.branches import own_groups

OWN = Path("/proc/self")
IOPRIO_GET = {"x86_64": 252, "aarch64": 31}  # Linux's call that tells the priority at the disk
# Of its status: who it is, what it may do, where it may run, which signals it does not hear.
STATUS = (
    *("Uid:", "Gid:", "Groups:", "Cap", "NoNewPrivs:", "Seccomp:"),
    *("Cpus_allowed:", "Mems_allowed:", "SigBlk:", "SigIgn:"),
)


def circumstances() -> dict[str, str]:
    """Return what two processes have in common where one may run in the other's place, by name."""
    found = {
        "place": str(PLACE),  # of two checkouts each has commands of its own
        "python": sys.executable,
        "version": sys.version,
        "flags": str((sys.flags, sorted(sys._xoptions.items()), sys.warnoptions)),
        "root": str((os.stat("/").st_dev, os.stat("/").st_ino)),
        "groups": own_groups(),
        "priority": str(os.getpriority(os.PRIO_PROCESS, 0)),
    }
    number = IOPRIO_GET.get(os.uname().machine)
    if number and sys.platform == "linux":
        found["policy"] = str((os.sched_getscheduler(0), ctypes.CDLL(None).syscall(number, 1, 0)))
    for name in ("attr/current", "limits", "oom_score_adj", "personality"):
        with suppress(OSError):
            found[name] = (OWN / name).read_text()
    with suppress(OSError):
        for line in (OWN / "status").read_text().splitlines():
            if line.startswith(STATUS):
                name, _, value = line.partition(":")
                found[name] = value.strip()
    with suppress(OSError):
        for name in os.listdir(OWN / "ns"):
            found[f"namespace {name}"] = os.readlink(OWN / "ns" / name)
    return found
