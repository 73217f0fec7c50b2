"""Explorers: the shell around a pure function, and a sweep over all that are registered."""

import json
import subprocess
import sys
from base64 import b64decode
from dataclasses import dataclass, replace

from helpers import plotting
from helpers.explorers import EXPLORERS, Choice, Explorer, Grid, Pages, Slider, Toggle, show

import ipywidgets
import numpy as np
import pytest
from matplotlib import pyplot

IDENTITY = ((0, 0), (0, 1))


@dataclass(frozen=True)
class State:
    rows: int = 3
    gain: float = 0.5
    padding: str = "valid"
    flip: bool = False
    kernel: tuple = IDENTITY


def draw(state):
    if state.rows == 9:
        raise ValueError("9 rows < 10 are too many: choose fewer.")
    if state.rows == 8:
        raise KeyError("rows")
    return plotting.show_kernels(np.array(state.kernel) * state.gain * state.rows)


CONTROLS = {
    "rows": Slider(1, 9),
    "gain": Slider(0, 1, 0.25),
    "padding": Choice("valid", "same"),
    "flip": Toggle(label="flip the kernel"),
    "kernel": Grid(2, 2, -2, 2, 0.5),
}
PRESETS = {"blur": {"kernel": ((1, 1), (1, 1))}, "all": State(rows=5, padding="same")}


@pytest.fixture
def explorer():
    return Explorer("sample", State, draw, CONTROLS, PRESETS)


# --- all explorers of the course


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_state_of_an_explorer_draws_a_readable_picture(name, sweep):
    swept = sweep(EXPLORERS[name])
    assert len(swept.states) > 30
    assert swept.empty == []
    assert swept.unreadable == {}


@pytest.mark.parametrize("name", EXPLORERS)
def test_drawing_is_a_pure_function_of_the_state(name, sweep):
    swept = sweep(EXPLORERS[name])
    np.testing.assert_array_equal(swept.again, swept.first)


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_explorer_builds_its_widget(name):
    widget = show(name)
    assert widget.message == ""
    assert f"course-explorer-{name}" in widget._dom_classes


def test_an_unknown_explorer_is_named():
    with pytest.raises(KeyError, match="No explorer 'nothing': choose from"):
        show("nothing")


def test_importing_the_package_imports_no_explorer():
    script = (
        "import sys; from helpers import explorers;"
        "places = {place.split(':')[0] for place in explorers._PLACES.values()};"
        "assert not {f'helpers.explorers.{module}' for module in places} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


# --- the widget


def test_a_moved_slider_draws_anew(explorer):
    widget = explorer.show()
    before = widget.picture.value
    widget.controls["rows"].value = 5
    assert widget.state == State(rows=5)
    assert widget.picture.value == explorer.picture(State(rows=5)) != before


def test_show_starts_from_the_given_fields(explorer):
    widget = explorer.show(rows=4, flip=True)
    assert widget.state == State(rows=4, flip=True)
    assert widget.controls["rows"].value == 4


def test_controls_carry_labels_in_words(explorer):
    controls = explorer.show().controls
    assert controls["rows"].description == "rows"
    assert controls["flip"].description == "flip the kernel"
    assert controls["kernel"].children[0].value == "kernel"


def test_a_browser_finds_the_explorer_by_its_class(explorer):
    assert set(explorer.show()._dom_classes) >= {"course-explorer", "course-explorer-sample"}


def test_a_preset_moves_its_controls_and_draws_once(explorer, monkeypatch):
    widget = explorer.show(rows=4)
    drawings = []
    monkeypatch.setattr(widget, "_draw", lambda: drawings.append(widget.state))
    widget.presets.value = "blur"
    assert drawings == [State(rows=4, kernel=((1, 1), (1, 1)))]
    assert widget.controls["kernel"].value == ((1, 1), (1, 1))
    widget.presets.value = "all"
    assert widget.state == PRESETS["all"]


def test_one_control_may_settle_another_and_draws_once(explorer, monkeypatch):
    def settle(before, after):
        return replace(after, gain=1.0) if after.flip and not before.flip else after

    widget = replace(explorer, settle=settle).show()
    drawings = []
    monkeypatch.setattr(widget, "_draw", lambda: drawings.append(widget.state))
    widget.controls["flip"].value = True
    assert drawings == [State(flip=True, gain=1.0)]
    assert widget.controls["gain"].value == 1.0
    widget.controls["gain"].value = 0.25
    assert widget.state.gain == 0.25


def test_the_controls_of_a_wide_figure_stand_above_it(explorer):
    above, below = replace(explorer, wide=True).show().children
    stage = below.children[1]
    assert isinstance(stage.children[0], ipywidgets.Image)
    matrix, others = above.children  # a grid stands beside them
    assert matrix.value == IDENTITY
    assert len(others.children) == len(CONTROLS)  # the presets among them


def test_changing_a_control_leaves_the_preset(explorer):
    widget = explorer.show()
    widget.presets.value = "blur"
    widget.controls["rows"].value = 4
    assert widget.presets.value not in PRESETS
    assert widget.state.kernel == ((1, 1), (1, 1))


def test_an_edited_number_of_a_grid_reaches_the_state(explorer):
    widget = explorer.show()
    widget.controls["kernel"].boxes[1].value = -1.5
    assert widget.state.kernel == ((0, -1.5), (0, 1))


def test_a_refused_state_is_explained_in_a_sentence(explorer):
    widget = explorer.show(rows=9)
    assert "9 rows &lt; 10 are too many: choose fewer." in widget.message
    assert "Traceback" not in widget.message
    widget.controls["rows"].value = 4
    assert widget.message == ""


def test_a_fault_in_draw_is_named_with_its_kind(explorer):
    assert "KeyError" in explorer.show(rows=8).message


def test_a_figure_made_with_pyplot_is_closed():
    def with_pyplot(state):
        figure, axes = pyplot.subplots()
        axes.plot([0, state.rows])
        return figure

    Explorer("pyplot", State, with_pyplot, {"rows": CONTROLS["rows"]}).show()
    assert pyplot.get_fignums() == []


# --- readers without widgets


def test_the_picture_stands_beside_the_live_widget(explorer):
    widget = explorer.show(rows=4)
    bundle = json.loads(json.dumps(widget._repr_mimebundle_()[0]))
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert b64decode(bundle["image/png"]) == explorer.picture(State(rows=4))


def test_a_page_made_of_a_notebook_shows_the_picture_and_says_what_it_is(explorer):
    import nbformat
    from nbconvert import HTMLExporter

    data, metadata = explorer.show(flip=True)._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[output])])
    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert page.count('<img alt="explorer sample') == 1
    words = "explorer sample: rows 3, gain 0.5, padding valid, flip the kernel"
    assert f'alt="{words}. ' in page


def test_the_words_of_a_picture_say_how_it_is_set_and_what_it_shows(explorer):
    widget = explorer.show()
    said = widget._repr_mimebundle_()[0]["text/plain"]
    assert said == (
        "explorer sample: rows 3, gain 0.5, padding valid. "
        "Table of numbers: 2 × 2 numbers, row by row: 0.0 0.0 / 0.0 1.5."
    )
    widget.controls["rows"].value = 4
    data, metadata = widget._repr_mimebundle_()
    assert "rows 4" in data["text/plain"] and data["text/plain"].endswith("0 0 / 0 2.")
    assert metadata["image/png"]["alt"] == data["text/plain"]
    assert f'alt="{data["text/plain"]}"' in data["text/html"]


def test_the_words_of_a_choice_are_those_of_its_menu():
    menu = Choice("valid", "same", names=("inside", "all"), label="windows")
    assert Explorer("one", State, draw, {"padding": menu}).words(State()) == (
        "explorer one: windows inside"
    )


def test_a_refused_state_offers_no_stale_picture(explorer):
    widget = explorer.show()
    widget.controls["rows"].value = 9
    assert "image/png" not in widget._repr_mimebundle_()[0]


# --- controls


def test_a_short_slider_is_swept_whole_and_a_long_one_from_end_to_end():
    assert Slider(1, 9).values() == tuple(range(1, 10))
    assert Slider(0, 1, 0.25).values() == (0, 0.25, 0.5, 0.75, 1)
    long = Slider(0, 1000).values()
    assert (long[0], long[-1], len(long)) == (0, 1000, 12)


def test_whole_sliders_give_ints():
    assert isinstance(Slider(1, 9).widget(3, "n"), ipywidgets.IntSlider)
    assert isinstance(Slider(0, 1, 0.1).widget(0, "x"), ipywidgets.FloatSlider)


def test_sliders_draw_while_they_move():
    assert Slider(1, 9).widget(3, "n").continuous_update


def test_few_choices_are_buttons_and_many_a_menu():
    assert isinstance(Choice("a", "b").widget("a", ""), ipywidgets.ToggleButtons)
    assert isinstance(Choice(*range(9)).widget(3, ""), ipywidgets.Dropdown)


def test_a_choice_may_be_written_otherwise_in_its_menu():
    menu = Choice("a", "b", names=("first", "second")).widget("b", "")
    assert (menu.value, menu.label) == ("b", "second")
    with pytest.raises(ValueError, match="1 names, give one for each"):
        Choice("a", "b", names=("first",))


def test_pages_are_turned_both_ways():
    pages = Pages().widget(0, "page")
    pages.buttons["back"].click()
    assert pages.value == -1
    pages.buttons["next"].click()
    pages.buttons["next"].click()
    assert pages.value == 1
    assert Pages().allows(-1) and not Pages().allows(0.5) and not Pages().allows(True)


def test_a_grid_sweeps_matrices_of_its_shape_and_range():
    grid = Grid(3, 2, -2, 2, 0.5)
    assert all(grid.allows(value) for value in grid.values())
    assert len(set(grid.values())) == 5


@pytest.mark.parametrize("value", [3, ((1, 2),), ((1, 2), (3, 9)), ((1,), (2,))])
def test_a_grid_refuses_other_shapes_and_ranges(value):
    assert not Grid(2, 2, -5, 5).allows(value)


@pytest.mark.parametrize(
    "make",
    [lambda: Slider(3, 3), lambda: Slider(1, 2, 0), lambda: Choice("a"), lambda: Choice(1, 1)],
)
def test_controls_without_a_choice_are_refused(make):
    with pytest.raises(ValueError, match=r"Slider from|Choice of"):
        make()


# --- the sweep and the checks of an explorer


def test_a_sweep_visits_every_value_and_every_preset(explorer):
    states = list(explorer.sweep())
    assert states[0] == State()
    assert PRESETS["all"] in states
    for name, control in CONTROLS.items():
        for value in control.values():
            assert replace(State(), **{name: value}) in states


def test_a_sweep_is_the_same_each_time(explorer):
    assert list(explorer.sweep()) == list(explorer.sweep())


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"columns": 3}, "no 'columns'; it has rows"), ({"rows": 10}, "rows is 10, which Slider")],
)
def test_unknown_fields_and_values_are_refused(explorer, changes, words):
    with pytest.raises(ValueError, match=words):
        explorer.show(**changes)


@pytest.mark.parametrize(
    "arguments",
    [
        {"controls": {"columns": Toggle()}},
        {"controls": {"rows": Slider(5, 9)}},
        {"presets": {"wrong": {"columns": 1}}},
        {"presets": {"wrong": {"rows": 99}}},
        {"state": 3},
    ],
)
def test_an_explorer_that_does_not_fit_its_state_is_refused(arguments):
    fitting = {"name": "sample", "state": State, "draw": draw, "controls": CONTROLS}
    with pytest.raises(ValueError, match="Explorer sample: "):
        Explorer(**fitting | arguments)
