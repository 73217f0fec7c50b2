"""What this process grades with: versions and our own code, the same on every worker."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version

from course.beside import PLACE
from course.errors import FOUND, CourseError
from course.grading.hashes import hash_of

OURS = "vision-course"


@cache
def about() -> dict[str, str]:
    """Return the version of Python and of each package that grading uses, and a hash of our code.

    Returns
    -------
    dict
        From a name to a version; "code" is the hash of ``course/`` and ``helpers/``.
    """
    found = {"Python": platform.python_version()}
    for name in (OURS, *_required()):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    files = sorted(p for top in ("course", "helpers") for p in (PLACE / top).rglob("*.py"))
    code = b"\0".join(str(p.relative_to(PLACE)).encode() + p.read_bytes() for p in files)
    return found | {"code": hash_of(code)[:12]}


def _required() -> list[str]:
    """Return the names of the packages that ours needs when it runs."""
    try:
        lines = requires(OURS) or []
    except PackageNotFoundError:
        return []
    import re

    return [re.match(r"[\w.-]+", line)[0] for line in lines if "extra ==" not in line]


def differences(theirs: dict[str, str], ours: dict[str, str]) -> str:
    """Say in which versions a worker differs from the coordinator; empty where in none."""
    names = [name for name in {**ours, **theirs} if theirs.get(name) != ours.get(name)]
    told = [f"{n} {theirs.get(n, 'none')} (here {ours.get(n, 'none')})" for n in names[:4]]
    more = f" and {len(names) - 4} more" if len(names) > 4 else ""
    return ", ".join(told) + more


def check_about(expected: dict[str, str]) -> None:
    """Have this worker refuse what a coordinator with other versions sends; an empty one fits all.

    Raises
    ------
    CourseError
        With the first differences.
    """
    if expected and (told := differences(about(), expected)):
        from distributed import get_worker

        raise mismatch(f"Worker {get_worker().address}", told)


def mismatch(who: str, told: str) -> CourseError:
    """Return the error that names a worker and its differing versions."""
    return CourseError(
        f"{who} has other versions than this machine: {told}.",
        "Install the same requirements.lock and the same course there, and start it again.",
        code=FOUND,
    )
