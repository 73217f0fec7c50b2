"""`course doctor`: what works on this machine, and how to mend what does not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from course import console
from course.console import Report
from course.dataset.health import look_at_data
from course.doctor import probes
from course.health import Probe
from course.proof.health import look_at_sandbox
from course.warm.health import look_at_warm_kernels

if TYPE_CHECKING:  # the doctor must work where nbgrader is missing
    from course.folder import Course

COLOURS = {"ok": "green", "warn": "yellow", "fail": "bold red"}


def doctor(
    course: Course | None, *, report: Report = lambda name, done, total: None
) -> list[Probe]:
    """Look at everything the course needs, in its folder or outside of one.

    Parameters
    ----------
    course : Course or None
        None where there is none, or its libraries are missing.
    report : callable
        Told how many of how many probes are done.
    """
    root = course.root if course else None
    looks: list[Callable[[], Probe]] = [
        probes.look_at_python,
        lambda: probes.look_at_packages(root),
        probes.look_at_kernel,
        look_at_warm_kernels,
        probes.look_at_tensorflow,
        lambda: look_at_sandbox(root),
        probes.look_at_font,
        probes.look_at_graphviz,
        probes.look_at_chromium,
        probes.look_at_formgrader,
        lambda: look_at_data(root),
        lambda: probes.look_at_writing(root),
        lambda: probes.look_at_space(root),
    ]
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(look) for look in looks]
        for done, _ in enumerate(as_completed(futures), start=1):
            report("probes", done, len(looks))
    return [future.result() for future in futures]


def table(found: list[Probe]) -> Table:
    """Return the probes as a table."""
    made = console.table("", "looked at", "found", "remedy")
    for p in found:
        state = f"[{COLOURS[p.state]}]{p.state}[/]"
        made.add_row(state, p.name, escape(p.value), escape(p.remedy))
    return made
