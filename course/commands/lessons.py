"""The commands of the lessons, in the order of the help, with their examples."""

from __future__ import annotations

import typer

from course.commands import drafting
from course.commands.authoring import check, list_, release, run, site
from course.commands.claiming import claims
from course.commands.machine import data, demo, doctor, lab
from course.commands.options import add


def add_to(app: typer.Typer) -> None:
    """Add these commands to the application, in the order of its help, with their examples."""
    commands = {
        "doctor": (doctor, "course doctor"),
        "list": (list_, "course list", "course list --json - | jq .points"),
        "data": (data, "course data --size small", "course data --from ~/CASIA --root /srv/data"),
        "release": (release, "course release 02-convolution", "course release --check"),
        "check": (check, "course check 02 --jobs 2", "course check --executed build/run"),
        "claims": (claims, "course claims 05", "course claims moved-digits --measure"),
        "run": (run, "course run 02-convolution", "course run --released --out build/released"),
        "site": (site, "course site", "course site --notebooks build/run/released --out public"),
        "lab": (lab, "course lab", "course lab --instructor -- --ip 0.0.0.0"),
        "demo": (demo, "course demo", "course demo --out sample-course"),
    }
    add(app, drafting.PANEL, commands)
    drafting.add_to(app)
