"""What to do where a system refuses the sandbox."""

from __future__ import annotations

import os
from pathlib import Path

KERNEL = Path("/proc/sys/kernel")
NAMESPACES = Path("/proc/sys/user/max_user_namespaces")
CONTAINERS = ("/.dockerenv", "/run/.containerenv")
FEW = 100


def remedy() -> str:
    """Return what to do on this machine, as its settings tell."""
    if _number(KERNEL / "apparmor_restrict_unprivileged_userns", 0):
        return (
            "This Ubuntu restricts user namespaces: give bwrap the AppArmor profile of "
            "docs/sandbox.md, or run: sudo sysctl -w "
            "kernel.apparmor_restrict_unprivileged_userns=0."
        )
    if not _number(KERNEL / "unprivileged_userns_clone", 1):
        return "Allow user namespaces: sudo sysctl -w kernel.unprivileged_userns_clone=1."
    if _number(NAMESPACES, FEW) < FEW:
        return "Allow more user namespaces: sudo sysctl -w user.max_user_namespaces=15000."
    if any(map(os.path.exists, CONTAINERS)):
        return "A container needs more rights for that: docs/sandbox.md has the options."
    return "It needs bubblewrap, user namespaces and Linux 5.14 or newer: see docs/sandbox.md."


def _number(setting: Path, default: int) -> int:
    """Return a setting of the kernel's, or what holds where there is no such setting."""
    try:
        return int(setting.read_text())
    except (OSError, ValueError):
        return default
