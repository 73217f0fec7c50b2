"""Habits of nbgrader courses that nobody here wrote, by what is special about them."""

from tests.foreign.habit import Group
from tests.foreign.habits import (
    autotests,
    classics,
    files,
    frames,
    inside,
    kernels,
    lessons,
    modules,
    numbers,
    settings,
    values,
)

GROUPS: list[Group] = [
    Group("values", values.HABITS),
    Group("places", [*inside.HABITS, *files.HABITS, *classics.HABITS]),
    Group("frames", frames.HABITS),
    Group("numbers", numbers.HABITS),
    Group("lessons", [*lessons.HABITS, *kernels.HABITS]),
    Group("modules", modules.HABITS, plain=True),
    settings.GROUP,
    autotests.GROUP,
]
