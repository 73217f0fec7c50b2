"""The cells of a new exercise, and its known mistakes, with blanks."""

from __future__ import annotations

from traitlets.config import Config

from course.drafting.cells import graded_cell, plain_cell
from course.drafting.wanted import Draft
from course.notebook.blanks import blank, blank_value
from course.notebook.regions import kinds

WRONG = ("a wrong answer that people give", "another wrong answer", "a third wrong answer")
WORDS = blank("what was done, why it is wrong, what the rule is")
SAYS = blank("a part of what the test says of it")
SHOWN = 70  # characters of parameters that a line of a test has room for

TASK = """\
{heading}

{situation}

Complete `{call}`: {contract}. {kinds}.

*Example:* {example}.

<details><summary>Hint 1: {hint}</summary>{leads}</details>"""
FUNCTION = '''\
def {call}:
    """{says}."""
    {begin}
    return {answer}
    {end}'''
CHECKED = """\
check = checks.function({function})
check.returns({arguments}, {result})
{begin}
def draw(rng):
    return {drawn}
def reference({parameters}):
    return {right}
check.agrees_with(reference, checks.random_cases(draw))
{end}"""
ASSERTED = """\
assert {function}({values}) == {result}, "{words}"
{begin}
assert {function}({others}) == {result}, "{words}"
{end}"""
WRITTEN = """\
Write your answer here.

{begin}
*One good answer among many.* {model}

*{scheme}*
{end}"""
HEADER = '''\
"""Wrong solutions of {section}, each with the words that tell whoever makes it."""

from course.notebook.mistakes import mistake
'''
MISTAKE = """

@mistake("{exercise}", {told}="{words}")
def {call}:
    return {answer}
"""


def cells_of(draft: Draft, config: Config) -> list[dict]:
    """Return the cells of an exercise, as they stand in a notebook's file."""
    if not draft.function:
        return [_task(draft, _written_task(draft)), _written(draft, config)]
    return [
        _task(draft, _function_task(draft)),
        graded_cell("code", draft.name, _solution(draft, config), solution=True),
        graded_cell(
            "code",
            f"{draft.name}-test",
            _test(draft, config),
            grade=True,
            locked=True,
            points=draft.points,
        ),
    ]


def mistakes_of(draft: Draft) -> str:
    """Return an exercise's part of mistakes.py."""
    told, words = ("words", WORDS) if draft.checked else ("says", SAYS)
    return "".join(
        MISTAKE.format(
            exercise=draft.name,
            told=told,
            words=words,
            call=draft.call,
            answer=blank_value(wrong),
        )
        for wrong in WRONG
    )


def mistakes_text(section: str, draft: Draft, before: str = "") -> str:
    """Return the text of mistakes.py with those of one more exercise."""
    begun = before.rstrip() + "\n" if before.strip() else HEADER.format(section=section)
    return begun + mistakes_of(draft)


def _task(draft: Draft, source: str) -> dict:
    return plain_cell("markdown", f"{draft.name}-task", source)


def _function_task(draft: Draft) -> str:
    return TASK.format(
        heading=draft.heading,
        situation=blank("a real thing that somebody wants to know or do, in a sentence or two"),
        call=draft.call,
        contract=blank("what it gives"),
        kinds=blank("what each parameter and the result is, with shapes and dtypes"),
        example=blank("one worked example, which no test uses"),
        hint=blank("in two words"),
        leads=blank("a hint that leads and tells nothing"),
    )


def _written_task(draft: Draft) -> str:
    situation = blank("a real thing, and the question that is asked of it")
    return f"{draft.heading}\n\n{situation}\n\n{blank('how long the answer is to be')}."


def _solution(draft: Draft, config: Config) -> str:
    begin, end = _delimiters(config, "solution")
    return FUNCTION.format(
        call=draft.call,
        says=blank("what it returns, in a line"),
        begin=begin,
        answer=blank_value("the answer"),
        end=end,
    )


def _test(draft: Draft, config: Config) -> str:
    begin, end = _delimiters(config, "hidden test")
    names = ", ".join(draft.arguments)
    given = [blank_value(f"{name} of an example") for name in draft.arguments]
    if sum(map(len, given)) > SHOWN:  # the first line of a test must be read on a projector
        given = [f"*{blank_value('its arguments, as a tuple')}"]
    elif not draft.checked:
        given = [f"{name}={value}" for name, value in zip(draft.arguments, given, strict=True)]
    values = ", ".join(given)
    if draft.checked:
        return CHECKED.format(
            function=draft.function,
            arguments=f"({values},)" if len(given) == 1 else f"({values})",
            result=blank_value("what it gives"),
            begin=begin,
            drawn=blank_value(f"{names or 'nothing'}: drawn by rng, as a tuple"),
            parameters=draft.parameters,
            right=blank_value("what is right, by another way than the solution's"),
            end=end,
        )
    return ASSERTED.format(
        function=draft.function,
        values=values,
        others=values.replace("of an example", "of another"),
        result=blank_value("what it gives"),
        words=blank("what is told to whoever fails this"),
        begin=begin,
        end=end,
    )


def _written(draft: Draft, config: Config) -> dict:
    begin, end = _delimiters(config, "solution")
    source = WRITTEN.format(
        begin=begin,
        model=blank("a model answer"),
        scheme=" ".join(
            f"1 point: {blank(f'what earns point {n}')}." for n in range(1, draft.points + 1)
        ),
        end=end,
    )
    options = {"grade": True, "solution": True, "points": draft.points}
    return graded_cell("markdown", draft.name, source, **options)


def _delimiters(config: Config, kind: str) -> tuple[str, str]:
    """Return the two lines that the course's configuration has for a kind of region."""
    found = next(one for one in kinds(config) if one.name == kind)
    return tuple(
        mark if mark.startswith("#") else f"### {mark}" for mark in (found.begin, found.end)
    )
