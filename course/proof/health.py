"""What `course doctor` says about the sandbox."""

from __future__ import annotations

from pathlib import Path

from course.errors import CourseError
from course.health import RENEW, Probe

NAME = "Sandbox"


def look_at_sandbox(root: Path | None) -> Probe:
    """Build the sandbox as grading does, and try to break each of its promises."""
    try:
        from course.proof import promises
        from course.sandbox import cgroups, outer
        from course.sandbox.bounds import Bounds
        from course.sandbox.remedies import remedy
        from course.warm.client import Nursery
    except ImportError as error:  # the doctor must work where libraries are missing
        return Probe(NAME, "warn", f"cannot be tried: {error}", RENEW)
    try:
        with Nursery((), bounds=Bounds(), guests=False, fresh=True) as nursery:
            found = promises.check(nursery, [root] if root else [])
    except CourseError as error:
        return Probe(NAME, "warn", error.what, f"Only grading needs it. {error.remedy}")
    if broken := [promise for promise in found if not promise.held]:
        told = "; ".join(f"broken: {promise.name} ({promise.detail})" for promise in broken)
        return Probe(NAME, "warn", told, f"Only grading needs it. {remedy()}")
    told = f"all {len(found)} promises held ({outer.version()}; {cgroups.who_counts()})"
    return Probe(NAME, "ok", told)
