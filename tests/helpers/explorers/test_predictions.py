"""The explorers of a model's predictions: failures and confusions."""

from dataclasses import replace

from helpers import explorers
from helpers.explorers.confusions import (
    BY_CLASS,
    BY_LIKENESS,
    by_likeness,
    confusions_explorer,
    worst_pairs,
)
from helpers.explorers.failures import ALL, COLUMNS, ROWS, failures_explorer
from helpers.explorers.predictions import as_probabilities, collect
from helpers.handwriting import CLASSES

import numpy as np
import pytest
from matplotlib.figure import Figure

FEW = ("人", "大", "犬", "口")
PAGE = COLUMNS * ROWS


def made_up(classes=CLASSES, count=400, seed=0):
    """Return (images, labels, logits): right for most, and 人, 大, 犬 alike."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % len(classes)
    logits = rng.normal(0, 1.2, (count, len(classes)))
    logits[np.arange(count), labels] += 4
    alike = [classes.index(name) for name in "人大犬" if name in classes]
    logits[np.ix_(np.isin(labels, alike), alike)] += 4
    images = rng.integers(0, 256, (count, 8, 6, 1), dtype=np.uint8)
    return images, labels, logits


def said(figure: Figure) -> str:
    """All words of a figure."""
    parts = [text.get_text() for axes in figure.axes for text in axes.texts]
    words = "\n".join([*(text.get_text() for text in figure.texts), *parts])
    return words.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def failures():
    images, labels, logits = made_up()
    return failures_explorer(images, labels, logits, CLASSES)


@pytest.fixture
def confusions():
    images, labels, logits = made_up()
    return confusions_explorer(labels, logits, CLASSES, images)


@pytest.fixture(params=["failures", "confusions"])
def explorer(request):
    return request.getfixturevalue(request.param)


# --- both


def unreadable(explorer, states, look):
    """Draw states and return those that hold text that cannot be read."""
    found = {}
    for state in states:
        pixels, faults = look(explorer.draw(state))
        assert pixels.std() > 5, f"{state} draws an empty picture"
        if faults:
            found[state] = faults
    return found


@pytest.mark.parametrize("build", [failures_explorer, confusions_explorer])
def test_every_state_draws_a_readable_picture(build, sweep):
    images, labels, logits = made_up(CLASSES[:8], 60)
    if build is failures_explorer:
        explorer = build(images, labels, logits, CLASSES[:8])
    else:
        explorer = build(labels, logits, CLASSES[:8], images)
    swept = sweep(explorer)
    assert swept.empty == []
    assert swept.unreadable == {}


def test_all_fifty_five_classes_are_readable(failures, confusions, look):
    assert unreadable(failures, [failures.start], look) == {}
    last = confusions.changed(true=CLASSES[0], predicted=CLASSES[-1], order=BY_LIKENESS)
    few = confusions.changed(every=False, least=2)
    assert unreadable(confusions, [confusions.start, last, few], look) == {}


def test_drawing_is_a_pure_function_of_the_state(explorer):
    first, *others = list(explorer.sweep())[:4]
    before = explorer.picture(first)
    for other in others:
        explorer.picture(other)
    assert explorer.picture(first) == before


def test_the_functions_show_widgets_with_a_static_picture():
    images, labels, logits = made_up(FEW, 60)
    for widget in (
        explorers.explore_failures(images, labels, logits, FEW, least=50),
        explorers.explore_confusions(labels, logits, FEW, images, true="大", predicted="犬"),
        explorers.explore_confusions(labels, logits, FEW),
    ):
        assert widget.message == ""
        assert "image/png" in widget._repr_mimebundle_()[0]


def test_a_perfect_model_has_nothing_to_show_and_says_so():
    images, labels, _ = made_up(FEW, 20)
    logits = 9.0 * np.eye(4)[labels]
    failures = failures_explorer(images, labels, logits, FEW)
    assert "0 of 20 pictures: wrong" in said(failures.draw(failures.start))
    confusions = confusions_explorer(labels, logits, FEW, images)
    assert "There is no such picture." in said(confusions.draw(confusions.start))
    assert confusions.presets == {}


def test_menus_say_how_a_character_is_read(failures, confusions):
    for control in (failures.controls["character"], confusions.controls["true"]):
        place = control.options.index("口")
        assert control.names[place] == "口  kǒu, mouth"


# --- failures


def test_a_failure_is_titled_by_truth_prediction_and_confidence():
    logits = np.log([[0.37, 0.63, 1e-9, 1e-9]])
    explorer = failures_explorer(np.zeros((1, 8, 6)), [0], logits, FEW)
    assert "人 not 大 (63 %)" in said(explorer.draw(explorer.start))


def test_only_failures_at_least_as_sure_as_the_slider_are_counted(failures):
    images, labels, logits = made_up()
    found = collect(labels, logits, CLASSES, images)
    expected = int((found.wrong & (found.confidence >= 0.5)).sum())
    assert 0 < expected < found.wrong.sum()
    words = said(failures.draw(failures.changed(least=50)))
    assert f"{expected} of 400 pictures: wrong, at least 50 % sure" in words


def test_right_ones_and_one_character_can_be_asked_for(failures):
    words = said(failures.draw(failures.changed(pictures="right", character="木")))
    assert " of 木: right" in words and "木 (" in words and "not" not in words


def test_pages_hold_all_failures_once_and_go_round(failures):
    _, labels, logits = made_up()
    wrong = collect(labels, logits, CLASSES).wrong.sum()
    pages = -(-wrong // PAGE)
    titles = [said(failures.draw(failures.changed(page=page))) for page in range(pages)]
    assert sum(words.count(" not ") for words in titles) == wrong
    for page, same in ((pages, 0), (-1, pages - 1)):
        assert said(failures.draw(failures.changed(page=page))) == titles[same]


def test_the_buttons_turn_pages_and_another_choice_goes_back_to_the_first(failures):
    widget = failures.show()
    widget.controls["page"].buttons["next"].click()
    widget.controls["page"].buttons["next"].click()
    assert widget.state.page == 2
    widget.controls["least"].value = 20
    assert (widget.state.page, widget.controls["page"].value) == (0, 0)
    widget.controls["page"].buttons["back"].click()
    assert widget.state.page == -1


def test_colour_pictures_are_shown_too():
    images = np.zeros((2, 8, 6, 3), np.uint8)
    explorer = failures_explorer(images, [0, 1], [[0, 1, 0, 0], [1, 0, 0, 0]], FEW)
    assert explorer.show().message == ""


# --- confusions


def test_it_starts_at_the_commonest_confusion_and_tells_its_numbers():
    labels = [0] * 10 + [1] * 10
    predicted = [0] * 6 + [1] * 3 + [2] + [1] * 8 + [0] * 2
    explorer = confusions_explorer(labels, np.eye(4)[predicted] * 9, FEW)
    words = said(explorer.draw(explorer.start))
    assert "人 taken for 大:\n3 of 10 (30 %)\n大 taken for 人: 2" in words
    assert list(explorer.presets) == [
        "人 taken for 大: 3",
        "大 taken for 人: 2",
        "人 taken for 犬: 1",
    ]


def test_a_cell_of_the_diagonal_tells_how_many_were_recognised():
    explorer = confusions_explorer([0, 0, 1], np.eye(4)[[0, 1, 1]] * 9, FEW)
    words = said(explorer.draw(explorer.changed(true="人", predicted="人")))
    assert "人 recognised:\n1 of 2 (50 %)" in words


def test_the_pictures_of_a_cell_are_those_behind_its_number(confusions):
    _, labels, logits = made_up()
    counts = collect(labels, logits, CLASSES).counts
    start = confusions.start
    count = counts[CLASSES.index(start.true), CLASSES.index(start.predicted)]
    words = said(confusions.draw(start))
    assert words.count(" sure") == min(count, 4) > 0
    assert f"a right {start.true}" in words and f"a right {start.predicted}" in words


def test_labels_of_left_out_classes_go(confusions):
    all_of_them = said(confusions.draw(confusions.start))
    few = said(confusions.draw(replace(confusions.start, every=False, least=2)))
    assert all(name in all_of_them for name in CLASSES)
    assert 2 <= sum(f"\n{name}\n" in few for name in CLASSES) < len(CLASSES)


def test_small_counts_are_hidden():
    labels, predicted = [0] * 4 + [1] * 4, [0, 1, 1, 1, 1, 1, 1, 2]
    explorer = confusions_explorer(labels, np.eye(4)[predicted] * 9, FEW)
    numbers = [said(explorer.draw(explorer.changed(least=least))).split("\n") for least in (1, 2)]
    assert [words.count("1") for words in numbers] == [2, 1]  # one stands on the diagonal


def test_look_alikes_stand_together():
    _, labels, logits = made_up()
    order = by_likeness(collect(labels, logits, CLASSES))
    assert sorted(order) == list(range(len(CLASSES)))
    places = [list(order).index(CLASSES.index(name)) for name in "人大犬"]
    assert max(places) - min(places) == 2


def test_the_order_changes_the_map_and_not_the_numbers(confusions):
    drawn = {}
    for order in (BY_CLASS, BY_LIKENESS):
        figure = confusions.draw(confusions.changed(order=order))
        cells = figure.axes[0].collections[0]
        drawn[order] = np.array([path.vertices.mean(axis=0) for path in cells.get_paths()])
        assert len(cells.get_facecolors()) == len(drawn[order])
    assert len(drawn[BY_CLASS]) == len(drawn[BY_LIKENESS])
    assert not np.array_equal(drawn[BY_CLASS], drawn[BY_LIKENESS])


@pytest.mark.parametrize("every", [True, False])
def test_a_click_chooses_a_cell_and_the_arrow_keys_its_neighbours(confusions, every):
    state = confusions.changed(true="大", predicted="犬", every=every)
    x, y, across, down, follows = confusions.cursor(state)
    assert follows
    assert confusions.clicked(state, x, y) == state
    right = confusions.clicked(state, x + across, y)
    assert right.true == "大" and right.predicted != "犬"
    assert confusions.clicked(right, x, y + down).predicted == "犬"
    assert confusions.clicked(state, 0.95, 0.5) == state  # beside the map


def test_worst_pairs_leave_out_what_never_happened():
    assert worst_pairs(np.array([[0, 2, 0], [0, 0, 5], [0, 0, 0]]), 9) == [(1, 2), (0, 1)]


# --- what the model said


def test_probabilities_stay_and_logits_are_turned_into_them():
    probabilities = np.array([[0.25, 0.75], [1.0, 0.0]])
    np.testing.assert_array_equal(as_probabilities(probabilities), probabilities)
    np.testing.assert_allclose(as_probabilities([[0.0, np.log(3)]]), [[0.25, 0.75]])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"labels": np.eye(4)}, r"labels.argmax\(axis=1\)"),
        ({"labels": [0, 1, 2, 4]}, "labels go from 0 to 4: with 4 classes"),
        ({"labels": [0, 1]}, "2 labels and logits of 4 pictures"),
        ({"classes": "人大"}, "2 different classes and logits over 4"),
        ({"classes": "人人大口"}, "3 different classes"),
        ({"logits": np.zeros(4)}, r"logits has shape \(4,\)"),
        ({"logits": np.full((4, 4), np.nan)}, "logits of picture 0 hold NaN"),
        ({"images": np.zeros((3, 8, 6, 1))}, "3 images and 4 labels"),
        ({"images": np.zeros((4, 48))}, r"images has shape \(4, 48\)"),
    ],
)
def test_what_does_not_belong_together_is_refused(changes, words):
    fitting = {"labels": [0, 1, 2, 3], "logits": np.eye(4) * 5, "classes": FEW, "images": None}
    with pytest.raises(ValueError, match=words):
        collect(**fitting | changes)


def test_an_unknown_start_is_refused(failures):
    with pytest.raises(ValueError, match="character is '猫', which Choice"):
        failures.show(character="猫")
    assert failures.show(character=ALL).state.character == ALL
