"""What a figure shows, in words that its own parts give, or its author."""

from base64 import b64decode

from helpers import plotting
from helpers.plotting.alttext import MOST, alt_text, is_thin
from helpers.plotting.shown import HTML, PNG, TEXT, bundle, forms

import numpy as np
import pytest
from matplotlib import pyplot

LOSSES = {
    "training": [2.5, 1.5, 1, 0.8, 0.6, 0.5, 0.4],
    "validation": [2, 1, 0.9, 0.7, 0.8, 0.9, 1],
}
GREY = np.linspace(0, 1, 12).reshape(3, 4)


@pytest.fixture
def by_hand():
    """Return what draws as a reader does, with pyplot; nothing of it stays open."""
    yield pyplot.subplots
    pyplot.close("all")


def test_a_line_chart_tells_labels_ends_and_what_stands_out():
    said = alt_text(plotting.show_curves(LOSSES, ylabel="loss", title="Losses"))
    assert said == (
        "Line chart: Losses, loss over epoch; training: from 2.5 to 0.4 between 1 and 7; "
        "validation: from 2 to 1 between 1 and 7, lowest 0.7 at 4."
    )


def test_a_bar_chart_tells_each_bar_by_its_name():
    bars = plotting.show_bars({"conv": 1200, "dense": 3.5}, xlabel="weights", horizontal=True)
    assert alt_text(bars) == "Bar chart: weights; conv 1,200, dense 3.5."


def test_many_bars_are_told_by_the_lowest_and_the_highest():
    said = alt_text(plotting.show_bars({str(n): (n - 7) ** 2 for n in range(20)}, ylabel="errors"))
    assert said == "Bar chart: errors; 20 bars, lowest 0 at 7, highest 144 at 19."


def test_a_histogram_tells_where_most_of_the_values_are():
    values = [0.1] * 30 + [0.9] * 3
    said = alt_text(plotting.show_histogram({"red": values}, bins=[0, 0.5, 1], xlabel="value"))
    assert said == "Histogram: pixels over value; red: between 0 and 1, most, 30, at 0."


def test_pictures_tell_their_number_rows_size_and_titles():
    said = alt_text(plotting.show_images([GREY] * 3, ["a dot", "a line", "a line"], columns=2))
    assert said == "Three pictures of 3 × 4 pixels in two rows: a dot; a line, two times."
    sizes = alt_text(plotting.show_images([GREY, GREY[:2]], ["whole", "cut"]))
    assert sizes == "Two pictures in one row: whole (3 × 4); cut (2 × 4)."


def test_a_small_table_is_read_row_by_row_and_a_large_one_by_its_range():
    assert alt_text(plotting.show_numbers(np.array([[1, 2], [3, -4]]), title="weights")) == (
        "Table of numbers: weights; 2 × 2 numbers, row by row: 1 2 / 3 −4."
    )
    large = alt_text(plotting.show_numbers(np.arange(100).reshape(10, 10), title="counts"))
    assert large == "Table of numbers: counts; 10 × 10 numbers from 0 to 99."


def test_a_diagram_tells_what_is_written_on_it():
    said = alt_text(plotting.show_strip(5, 3, stride=2, title="Strides"))
    assert said.startswith("Strides. Diagram: pixels, window 0, window 1, ")
    assert "5 pixels in, 2 numbers out" in said


def test_a_figure_drawn_by_hand_is_told_as_ours_are(by_hand):
    figure, axes = by_hand()
    axes.plot([1, 2, 3], [4, 5, 7], label="cost")
    axes.axhline(6, label="most")
    axes.scatter([1, 2], [3, 4], label="seen")
    axes.set(xlabel="$x^{2}$", ylabel="price")
    assert (
        alt_text(figure)
        == "Line chart: price over x^2; cost: 4, 5, 7; most at 6; seen: (1, 3), (2, 4)."
    )


def test_panels_tell_what_they_have_in_common_once(by_hand):
    figure, both = by_hand(1, 2)
    for axes, name in zip(both, ("fast", "slow"), strict=True):
        axes.plot([1, 2])
        axes.set(title=name, xlabel="step", ylabel="loss")
    assert alt_text(figure) == "Two line charts in one row, loss over step: fast; 1, 2; slow; 1, 2."


def test_strokes_that_measure_nothing_are_no_data(by_hand):
    figure, axes = by_hand()
    axes.plot([0, 1], [0, 1])
    axes.text(0, 0, "a crossed-out pixel")
    axes.axis("off")
    assert alt_text(figure) == "Diagram: a crossed-out pixel."


def test_numbers_are_told_as_they_are_read_aloud(by_hand):
    figure, axes = by_hand()
    axes.plot([0, 1, 2, 3], [-0.0, 1.5e12, 0.00002, np.nan], label="gap")
    assert "gap: 0, 1.5 times 10 to the 12, 2.0 times 10 to the −5" in alt_text(figure)


def test_it_ends_somewhere():
    curves = {f"a rather long name, number {n}": np.sin(np.arange(50) + n) for n in range(40)}
    said = alt_text(plotting.show_curves(curves, ylabel="loss"))
    assert len(said) <= MOST
    assert "and 34 more" in said or said.endswith("…")


def test_its_author_may_give_the_words(by_hand):
    figure = plotting.show_images([GREY])
    assert plotting.describe("A ramp from black to white", figure) is figure
    assert alt_text(figure) == "A ramp from black to white"
    drawn, axes = by_hand()
    axes.imshow(GREY)
    plotting.describe("A ramp,\nby hand")
    assert alt_text(drawn) == "A ramp, by hand"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "figure",
        "Two pictures of 28 × 28 pixels in one row.",
        "<Figure size 640x480 with 1 Axes>",
        "Line chart: 1, 2, 3.",
        "Table of numbers: 7 × 9 numbers from 0 to 62.",
    ],
)
def test_words_that_say_only_that_it_is_a_figure_are_thin(words):
    assert is_thin(words)
    with pytest.raises(ValueError, match="does not say what the figure shows"):
        plotting.describe(words)


@pytest.mark.parametrize(
    "words",
    [
        "Line chart: loss over epoch; 1, 2, 3.",
        "Two pictures in one row: hero; ghost.",
        "Four pictures: 大; 犬.",
        "Table of numbers: 3 × 3 numbers, row by row: 0 1 0 / 0 1 0 / 0 1 0.",
    ],
)
def test_words_that_name_what_is_seen_are_not(words):
    assert not is_thin(words)


def test_a_notebook_gets_picture_words_and_both_together():
    figure = plotting.show_bars({"<b>": 1}, ylabel='"quoted"')
    data, metadata = figure._repr_mimebundle_()
    said = 'Bar chart: "quoted"; <b> 1.'
    assert data[TEXT] == metadata[PNG]["alt"] == said
    assert data[HTML].startswith('<img src="data:image/webp;base64,')
    assert data[HTML].endswith('alt="Bar chart: &quot;quoted&quot;; &lt;b&gt; 1.">')
    assert len(data[HTML]) < len(data[PNG])


def test_a_picture_of_many_pixels_says_how_large_it_is_shown():
    png = b64decode(plotting.show_images([GREY])._repr_mimebundle_()[0][PNG])
    data, metadata = forms(png, "a ramp of light", (200, 150))
    assert 'width="200" height="150" alt="a ramp of light"' in data[HTML]
    assert metadata[PNG] == {"alt": "a ramp of light", "width": 200, "height": 150}


def test_an_empty_figure_is_no_picture(by_hand):
    figure, axes = by_hand()
    axes.remove()
    assert bundle(figure) == ({}, {})


def test_a_confusion_matrix_tells_its_errors_and_not_its_pixels():
    counts = [[8, 2, 0], [0, 9, 1], [0, 0, 5]]
    assert alt_text(plotting.show_confusion(counts, "大太犬", title="Test")) == (
        "Test. Confusion matrix of 3 characters, label by row and reading by column: 22 of 25 on "
        "the diagonal, read correctly; beside it, most often 大 read as 太: 2, 太 read as 犬: 1."
    )
    assert "beside" not in alt_text(plotting.show_confusion(np.eye(2, dtype=int), "大太"))


def test_guesses_and_references_tell_what_stands_beside_what():
    guesses = plotting.show_guesses([GREY], [[0.2, 0.7, 0.1]], "大太犬", [0], guesses=2)
    assert alt_text(guesses) == (
        "one picture, each beside bars for its most probable classes (the label, then the best "
        "first): 大: 太 70 %, 大 20 %."
    )
    assert [t.get_text() for t in guesses.axes[1].texts] == ["太", "70 %", "大", "20 % ✓"]
    reference = plotting.show_reference({"CNN": 0.9, "other": 0.5}, {"CNN": (0.8, 0.95)})
    said = "Bar chart: accuracy; CNN 0.900, published 0.800 to 0.950; other 0.500."
    assert alt_text(reference) == said
