"""What a process has from whoever started it, beside its environment: a fork has its parent's."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

OWN = Path("/proc/self")
# Of its status: who it is, what it may do, where it may run, which signals it does not hear.
STATUS = ("Uid", "Gid", "Groups", "Cap", "NoNewPrivs", "Seccomp", "Cpus_allowed", "Sig", "Shd")
TOLD = ("SigQ", "SigCgt", "ShdPnd", "SigPnd", "Seccomp_filters", "Cpus_allowed_list")  # of the rest


def circumstances() -> dict[str, str]:
    """Return what two processes have in common where one may run in the other's place, by name."""
    found = {
        "python": sys.executable,
        "version": sys.version,
        "flags": str((sys.flags, sorted(sys._xoptions.items()), sys.warnoptions)),
        "root": str((os.stat("/").st_dev, os.stat("/").st_ino)),
        "priority": str(os.getpriority(os.PRIO_PROCESS, 0)),
    }
    for name in ("cgroup", "limits", "oom_score_adj"):
        with suppress(OSError):
            found[name] = (OWN / name).read_text()
    with suppress(OSError):
        for line in (OWN / "status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name.startswith(STATUS) and name not in TOLD:
                found[name] = value.strip()
    with suppress(OSError):
        for name in os.listdir(OWN / "ns"):
            found[f"namespace {name}"] = os.readlink(OWN / "ns" / name)
    return found
