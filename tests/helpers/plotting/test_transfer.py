"""Figures and the explorer of section 07: what each strategy trains, and what it gained."""

from helpers import explorers, plotting
from helpers.explorers.transfer import transfer_explorer

import numpy as np
import pytest

STRATEGIES = ["scratch", "augmented", "features", "frozen", "fine-tuned"]


def made_up(classes=55, seed=0):
    """Numbers as `helpers.models.backbone.measured` gives, rising from strategy to strategy."""
    rng = np.random.default_rng(seed)
    means = np.add.outer(np.linspace(0.1, 0.7, 5), [0, 0.1, 0.2])

    def drawn(columns, spread):
        values = means[..., None] + rng.normal(0, spread, (5, 3, columns))
        return dict(zip(STRATEGIES, values.clip(0, 1).tolist(), strict=True))

    return {
        "per_class": [5, 10, 20],
        "seeds": [1, 2, 3],
        "strategies": STRATEGIES,
        "accuracy": drawn(3, 0.01),
        "careless": drawn(3, 0.02),
        "by_class": drawn(classes, 0.15),
    }


def words_of(figure):
    """All words of a figure."""
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return "\n".join(text.get_text() for text in texts)


# --- curves


def test_each_strategy_is_named_with_its_last_accuracy(look):
    measured = made_up()
    figure = plotting.show_strategies(measured, title="Other writers")
    assert look(figure)[1] == []
    for name in STRATEGIES:
        assert f"{name}  {100 * np.mean(measured['accuracy'][name][-1]):.0f} %" in words_of(figure)


def test_strategies_that_end_alike_keep_their_names_apart(look):
    measured = made_up()
    measured["accuracy"] = {name: [[0.5] * 3, [0.7] * 3, [0.8] * 3] for name in STRATEGIES}
    assert look(plotting.show_strategies(measured))[1] == []


def test_a_strategy_without_all_its_numbers_is_refused():
    measured = made_up()
    measured["accuracy"]["frozen"] = [[0.1, 0.2]]
    with pytest.raises(ValueError, match=r"'frozen' has shape \(1, 2\): give a row of seeds"):
        plotting.show_strategies(measured)


# --- plans, parameters, inputs


def test_plans_say_what_learns(look):
    plans = {
        "features": [("base", "once"), ("head", "learns")],
        "fine-tuned": [("augmentation", "plain"), ("base", "slow"), ("head", "learns")],
    }
    figure = plotting.show_plans(plans)
    assert look(figure)[1] == []
    words = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert "frozen, and runs only once" in words and "frozen" not in words


def test_a_part_of_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="'a' has a part of kind 'melts'"):
        plotting.show_plans({"a": [("base", "melts")]})


def test_parameters_are_told_in_full(look):
    figure = plotting.show_parameters({"VGG16": (14_714_688, 123_642_856), "small": (9, 1)})
    assert look(figure)[1] == []
    assert "138,357,544" in words_of(figure)


def test_channels_of_bgr_are_called_by_their_colours(look):
    image = np.random.default_rng(0).uniform(-120, 150, (6, 6, 3))
    figure = plotting.show_inputs({"pixels": image, "VGG16 (BGR)": image})
    assert look(figure)[1] == []
    first = [axes.get_legend().get_texts()[0].get_text() for axes in figure.axes]
    assert first == ["channel 0: red", "channel 0: blue"]


def test_a_grey_picture_is_refused():
    with pytest.raises(ValueError, match=r"shape \(6, 6\): give \(H, W, 3\)"):
        plotting.show_inputs({"pixels": np.zeros((6, 6))})


# --- the explorer


def test_every_state_is_readable(sweep):
    swept = sweep(transfer_explorer(made_up()))
    assert swept.empty == []
    assert swept.unreadable == {}


def test_drawing_is_a_pure_function_of_the_state():
    explorer = transfer_explorer(made_up())
    first, other = explorer.start, explorer.changed(before="features", per_class=5)
    before = explorer.picture(first)
    explorer.picture(other)
    assert explorer.picture(first) == before


def test_it_starts_with_what_fine_tuning_gained():
    measured = made_up()
    explorer = transfer_explorer(measured)
    low, high = (100 * np.mean(measured["accuracy"][s][1]) for s in ("scratch", "fine-tuned"))
    words = words_of(explorer.draw(explorer.start))
    assert f"scratch {low:.1f} % → fine-tuned {high:.1f} %, {high - low:+.1f} points" in words


def test_classes_that_gained_and_lost_are_counted():
    measured = made_up(4)
    for name in STRATEGIES:
        measured["by_class"][name] = [[0.5, 0.5, 0.5, 0.5]] * 3
    measured["by_class"]["frozen"] = [[0.9, 0.6, 0.2, 0.5]] * 3
    explorer = transfer_explorer(measured, "人大木口")
    words = words_of(explorer.draw(explorer.changed(before="features", after="frozen")))
    assert "2 of 4 classes gained, 1 lost" in words
    assert "person  人" in words and "−30" in words


def test_a_single_number_of_pictures_is_no_choice(look):
    measured = made_up()
    measured["per_class"] = [10]
    for part in ("accuracy", "careless", "by_class"):
        measured[part] = {name: rows[1:2] for name, rows in measured[part].items()}
    explorer = transfer_explorer(measured)
    assert "per_class" not in explorer.controls
    assert look(explorer.draw(explorer.start))[1] == []
    assert look(plotting.show_strategies(measured))[1] == []


def test_without_the_careless_writer_there_is_no_such_choice():
    measured = made_up()
    del measured["careless"]
    assert "test" not in transfer_explorer(measured).controls


def test_the_function_shows_a_widget_with_a_static_picture():
    widget = explorers.explore_transfer(made_up(), after="frozen")
    assert widget.message == ""
    assert "image/png" in widget._repr_mimebundle_()[0]


def test_numbers_of_other_classes_are_refused():
    with pytest.raises(ValueError, match=r"by_class of 'scratch' has shape \(3, 55\)"):
        transfer_explorer(made_up(), ("cat", "dog"))
