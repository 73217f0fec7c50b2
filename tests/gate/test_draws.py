"""Hidden draws of section 04 meet each known mistake, whatever the seed."""

from pathlib import Path

from helpers.checks import drawn, random_cases

import numpy as np
import pytest

from course.notebook.mistakes import read_mistakes

MISTAKES = Path(__file__).parents[2] / "source/04-casia-cnn/mistakes.py"
KNOWN = [one for one in read_mistakes(MISTAKES) if one.exercise == "early-stopping"]


def early_stopping(accuracies, patience):
    """Stop where no value of the last `patience` epochs is a new best."""
    for last in range(1, len(accuracies) + 1):
        best = int(np.argmax(accuracies[:last]))
        if last - 1 - best >= patience:
            break
    return last, best + 1


@pytest.mark.parametrize("mistake", KNOWN, ids=lambda one: one.words[:40])
def test_each_draw_meets_each_mistake_of_early_stopping(mistake):
    names = {"np": np}
    exec(mistake.code, names)
    unmet = []
    for seed in range(200):
        cases = list(random_cases(drawn.accuracies, n=60, seed=seed))
        if all(tuple(names["early_stopping"](*case)) == early_stopping(*case) for case in cases):
            unmet.append(seed)
    assert unmet == []


def test_the_drawn_plans_begin_with_each_kind_of_step_and_leave_a_map():
    first = set()
    for (height, width, _), steps in random_cases(drawn.plan, n=60, seed=5):
        first.add(steps[0][0])
        for kind, n, *rest in steps:
            lost = rest[0] - 1 if "valid" in rest else 0
            height, width = ((x - lost) // (n if kind == "pool" else 1) for x in (height, width))
            assert min(height, width) > 0
    assert first == {"conv", "pool", "dense"}


def test_the_published_plans_have_the_published_totals():
    found = []
    for (height, width, channels), plan in drawn.PUBLISHED:
        total = 0
        for kind, n, *rest in plan:
            if kind == "pool":
                height, width = height // n, width // n
                continue
            kernel, padding = rest if kind == "conv" else ((height, width), "valid")
            tall, wide = kernel if kind == "dense" else (kernel, kernel)
            total += (tall * wide * channels + 1) * n
            lost = (tall - 1, wide - 1) if padding == "valid" else (0, 0)
            height, width, channels = height - lost[0], width - lost[1], n
        found.append(total)
    assert found == [991_041, 56_257, 1_413_834]
