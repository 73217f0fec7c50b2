"""Test cells read names, call functions, compare, and leave no trace."""

import pytest

from tests.builders import code, region
from tests.gate.lessons import by_id


def add_line(line: str):
    def spoil(cells):
        cell = by_id(cells, "add-1-test")
        cell.source = f"{line}\n{cell.source}"

    return spoil


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("assert add_1(1) == 2", "hidden"),
        (region("assert add_1(40) == 41", "HIDDEN TESTS"), "visible"),
    ],
)
def test_a_test_without_one_of_its_parts_is_found(the_finding, source, part):
    finding = the_finding(lambda cells: by_id(cells, "add-1-test").update(source=source))
    assert (finding.rule, finding.message) == ("test-parts", f"The test has no {part} part.")


@pytest.mark.parametrize(
    "visible", ["add_1(1) == 2", "result = add_1(1)\nresult", "add_1(1) == 2  # comment"]
)
def test_a_test_that_ends_in_a_value_is_found(the_finding, visible):
    source = f"{visible}\n{region('assert add_1(40) == 41', 'HIDDEN TESTS')}"
    finding = the_finding(lambda cells: by_id(cells, "add-1-test").update(source=source))
    assert (finding.rule, finding.cell) == ("test-ends", "add-1-test")


def test_a_call_at_the_end_is_fine(nothing_found):
    source = f"assert add_1(1) == 2\n{region('print(add_1(40) - 41)', 'HIDDEN TESTS')}"
    assert nothing_found(lambda cells: by_id(cells, "add-1-test").update(source=source))


def test_a_test_that_does_not_parse_is_found(the_finding):
    assert the_finding(add_line("assert (")).message == "The test does not parse."


@pytest.mark.parametrize(
    "line",
    [
        "print((5, f'It should be {add_1(1)}.'))",
        "print(dict(diagnosis='It should be %d.' % add_1(1)))",
        "print(dict(missing='It should be ' + str(add_1(1))))",
        "print((5, 'It should be {}.'.format(add_1(1))))",
    ],
)
def test_words_with_a_value_in_them_are_found(the_finding, line):
    assert the_finding(add_line(line)).rule == "test-words"


def test_names_made_of_numbers_are_no_words(nothing_found):
    assert nothing_found(add_line("print(('a', f'class {add_1(1)}'), ('b', 'written out.'))"))


@pytest.mark.parametrize("line", ["model.fit(x, y)", "model.train_on_batch(x, y)"])
def test_training_is_found(the_finding, line):
    assert the_finding(add_line(line)).rule == "test-trains-not"


@pytest.mark.parametrize(
    "line", ["print(1, file=sys.stderr)", "sys.stderr.write('x')", "warnings.warn('x')"]
)
def test_writing_to_stderr_is_found(the_finding, line):
    assert the_finding(add_line(line)).rule == "test-silent"


@pytest.mark.parametrize(
    "line",
    [
        "open('x', 'w')",
        "open('x', mode='ab')",
        "Path('x').open('w')",
        "Path('x').write_text('1')",
        "np.save('x', 1)",
        "figure.savefig('x')",
    ],
)
def test_writing_a_file_is_found(the_finding, line):
    assert the_finding(add_line(line)).rule == "test-writes-not"


@pytest.mark.parametrize("line", ["open('table')", "open('table', 'rb')", "outfit(1)"])
def test_reading_is_fine(nothing_found, line):
    assert nothing_found(add_line(line))


def test_a_name_that_a_later_cell_takes_from_a_test_is_found(the_finding):
    def spoil(cells):
        add_line("expected = 2")(cells)
        cells.append(code("print(expected)", id="last"))

    finding = the_finding(spoil)
    assert (finding.rule, finding.cell) == ("test-keeps-names", "last")
    assert "expected" in finding.message


@pytest.mark.parametrize(
    "later",
    [
        "expected = 3\nprint(expected)",
        "def f(expected):\n    return expected",
        "[expected for expected in 'ab']",
        "print('expected')",
    ],
)
def test_a_name_that_a_later_cell_sets_itself_is_fine(nothing_found, later):
    def change(cells):
        add_line("expected = 2")(cells)
        cells.append(code(later, id="last"))

    assert nothing_found(change)
