"""Commands and options that the pages name are those that there are."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from course.cli import app

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
COMMAND = typer.main.get_command(app)
FENCED = re.compile(r"^(`{3,})(?:bash|console|sh)\n(.*?)\n\1$", re.M | re.S)
ANY_FENCE = re.compile(r"^(`{3,})\w*\n.*?\n\1$", re.M | re.S)
# A span of code, and what follows in brackets: `course run` (`--released`, `--jobs 4`)
SPAN = re.compile(r"`([^`]+)`(?:\s*\(([^()]*)\))?", re.S)
PLACEHOLDER = re.compile(r"[A-Z]{2,}")  # `course COMMAND --help`
EVERYWHERE = {"--help", "--version"}
OF_OTHERS = {"--security-opt"}  # podman's


def named(text: str) -> Iterator[str]:
    """Yield the command lines of a page, each with the options that stand in brackets behind it."""
    for _, block in FENCED.findall(text):
        yield from (line for line in block.splitlines() if line.startswith("course "))
    for span, behind in SPAN.findall(ANY_FENCE.sub("", text)):
        line = " ".join(span.split())
        if line.startswith("course "):
            yield line
            for part in re.findall(r"`([^`]*)`", behind):
                if "--" in part and not part.startswith("course "):
                    yield f"{line} {part}"


def trouble(line: str) -> str:
    """Say what of a command line is not there; nothing where all is."""
    command, context = COMMAND, typer.Context(COMMAND, info_name="course")
    options = {name for one in command.params for name in one.opts}
    for word in shlex.split(line.split("|")[0].split(" -- ")[0])[1:]:
        if word.startswith("-"):
            if word not in options | EVERYWHERE:
                return f"there is no option {word}"
        elif hasattr(command, "get_command"):
            if PLACEHOLDER.fullmatch(word):
                return ""
            command = command.get_command(context, word)
            if command is None:
                return f"there is no command {word}"
            options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_names_is_there(page):
    lines = dict.fromkeys(named(page.read_text(encoding="utf-8")))
    assert {line: found for line in lines if (found := trouble(line))} == {}


def options(command: typer.core.TyperCommand) -> Iterator[str]:
    """Yield every option that there is."""
    for one in command.params:
        yield from (*one.opts, *one.secondary_opts)
    for inner in getattr(command, "commands", {}).values():
        yield from options(inner)


@pytest.mark.parametrize(
    "page", ["README.md", *(f"docs/{p.name}" for p in PAGES if p.parent.name == "docs")]
)
def test_an_option_that_stands_alone_is_one_of_some_command(page):
    text = ANY_FENCE.sub("", (ROOT / page).read_text(encoding="utf-8"))
    alone = {span.split()[0] for span in re.findall(r"`(--[^`]+)`", text)}
    assert alone - EVERYWHERE - OF_OTHERS <= set(options(COMMAND))


def test_the_pages_name_every_command():
    told = " ".join(line for page in PAGES for line in named(page.read_text(encoding="utf-8")))
    assert [name for name in COMMAND.commands if f"course {name}" not in told] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`course rum`", "there is no command rum"),
        ("`course new chapter`", "there is no command chapter"),
        ("`course run` (`--jobs 4`,\n`--slow`)", "there is no option --slow"),
        ("`course run` (`02 --slow` does)", "there is no option --slow"),
        ("as `course\ngrade --hard`", "there is no option --hard"),
        ("```bash\ncourse list --jobs 2\n```", "there is no option --jobs"),
        ("`course --color list`", "there is no option --color"),
    ],
)
def test_what_is_not_there_is_found(text, found):
    assert found in [trouble(line) for line in named(text)]


@pytest.mark.parametrize(
    "text",
    [
        "`course lab -- --ip 0.0.0.0`",
        "`course lab --no-browser`",
        "`course COMMAND --help`",
        "`course run` (or `course lab --instructor`)",
    ],
)
def test_what_is_there_is_not(text):
    assert {trouble(line) for line in named(text)} == {""}
