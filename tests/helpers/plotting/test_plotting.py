"""Figures: what they show, what they refuse, and that they can be read."""

import subprocess
import sys
from base64 import b64decode

from helpers import loading, plotting
from helpers.plotting.pixels import number_format, weight_format
from helpers.plotting.style import NOTEBOOK_WIDTH

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.colors import to_hex, to_rgba
from scipy.signal import correlate2d

RANDOM = np.random.default_rng(0)
DIAGONAL = np.array(
    [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
)
CROSS = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
POOLED = np.array([[3, 2, -3, 2], [1, 6, 20, 5], [4, -13, 2, 6], [-2, 3, 9, 3]])
GHOST = loading.sprites()["ghost"]


def padded_convolution():
    output = correlate2d(DIAGONAL, CROSS, "same")
    return plotting.show_convolution(DIAGONAL, CROSS, output, at=(0, 4), pad=(1, 1, 1, 1))


def large_convolution():
    image = RANDOM.integers(0, 256, (10, 10))
    output = correlate2d(image, CROSS - 0.5, "valid")
    return plotting.show_convolution(image, CROSS - 0.5, output, at=(7, 7), title="Large")


FIGURES = {
    "sprites": lambda: plotting.show_images(list(loading.sprites().values()), ["a", "b", "c", "d"]),
    "photographs": lambda: plotting.show_images(loading.photographs(), size=4, suptitle="Two"),
    "digits": lambda: plotting.show_images(RANDOM.random((30, 8, 8)), range(30), size=1),
    "numbers": lambda: plotting.show_numbers(
        GHOST[:, :, 1], title="Green", highlight=[(4, 4, 2, 2)]
    ),
    "decimals": lambda: plotting.show_numbers(RANDOM.normal(size=(5, 8))),
    "planes": lambda: plotting.show_planes(GHOST, title="Planes of the ghost"),
    "numbered planes": lambda: plotting.show_planes(GHOST[3:9, 2:8], numbers=True),
    "flat planes": lambda: plotting.show_planes(RANDOM.random((4, 24, 2))),
    "eight planes": lambda: plotting.show_planes(RANDOM.random((20, 12, 8))),
    "ranks": plotting.show_ranks,
    "kernel": lambda: plotting.show_kernels([[-1, 0, 1]] * 3),
    "layer": lambda: plotting.show_kernels(RANDOM.normal(size=(3, 3, 3, 4))),
    "large layer": lambda: plotting.show_kernels(RANDOM.normal(size=(7, 7, 3, 8)), numbers=False),
    "feature maps": lambda: plotting.show_feature_maps(
        RANDOM.normal(size=(1, 20, 30, 6)), titles=list("abcdef"), title="Six maps"
    ),
    "convolution": padded_convolution,
    "large convolution": large_convolution,
    "pooling": lambda: plotting.show_pooling(POOLED, [[6, 20], [4, 9]], title="Max pooling"),
    "curves": lambda: plotting.show_curves(
        {"training": [3, 2, 1], "validation": [3, 2.5, 2.6]}, ylabel="loss", markers={"best": 2}
    ),
    "stopping": lambda: plotting.show_stopping([0.2, 0.5, 0.4, 0.4, 0.6, 0.5, 0.4, 0.9], (1, 2, 5)),
    "bars": lambda: plotting.show_bars({"scratch": 0.71, "tuned": 0.978}, ylabel="accuracy"),
    "many bars": lambda: plotting.show_bars({f"{n}": n for n in range(55)}, ylabel="pictures"),
    "lying bars": lambda: plotting.show_bars(
        {f"a rather long name {n}": n / 7 for n in range(9)}, xlabel="share", horizontal=True
    ),
    "histogram": lambda: plotting.show_histogram(
        {"red": GHOST[..., 0], "blue": GHOST[..., 2]}, xlabel="value", title="Ghost"
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_no_text_is_cut_off_or_covered(name, look):
    pixels, faults = look(FIGURES[name]())
    assert faults == []
    assert pixels.std() > 5  # something is drawn


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_fits_a_notebook_and_leaves_nothing_open_in_pyplot(name):
    figure = FIGURES[name]()
    assert figure.get_figwidth() <= NOTEBOOK_WIDTH + 1e-9
    assert pyplot.get_fignums() == []


def test_cut_off_and_covered_text_would_be_seen(look):
    figure = matplotlib.figure.Figure()
    for x, text in ((0.5, "one"), (0.51, "two"), (0.98, "beyond the edge")):
        figure.text(x, 0.5, text)
    assert look(figure)[1] == ["'beyond the edge' leaves the figure", "'one' covers 'two'"]


def test_a_notebook_shows_a_figure_as_one_png():
    data, _ = plotting.show_ranks()._repr_mimebundle_()
    assert b64decode(data["image/png"]).startswith(b"\x89PNG")


def test_importing_changes_no_setting():
    script = (
        "import matplotlib; before = dict(matplotlib.rcParams); import helpers.plotting, sys;"
        "assert dict(matplotlib.rcParams) == before; assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_style_draws_in_the_palette():
    cycle = {colour.upper() for colour in matplotlib.rcParams["axes.prop_cycle"].by_key()["color"]}
    palette = {to_hex(colour).upper().strip("#") for colour in vars(plotting.PALETTE).values()}
    assert {colour.strip("#") for colour in cycle} <= palette


# --- pictures


@pytest.mark.parametrize(
    ("images", "count"),
    [
        (np.zeros((4, 4)), 1),
        (np.zeros((4, 4, 1)), 1),
        (np.zeros((4, 4, 3)), 1),
        (np.zeros((5, 4, 4)), 5),
        (np.zeros((5, 4, 4, 1)), 5),
        ([np.zeros((4, 4)), np.zeros((6, 2, 3), np.uint8)], 2),
        ([[0.0, 1.0], [1.0, 0.0]], 0),
    ],
)
def test_batches_lists_and_single_pictures_are_told_apart(images, count):
    if not count:
        with pytest.raises(ValueError, match=r"images\[0\] has shape \(2,\)"):
            plotting.show_images(images)
        return
    assert sum(bool(axes.images) for axes in plotting.show_images(images).axes) == count


def test_black_and_white_mean_the_same_in_all_pictures():
    figure = plotting.show_images([np.full((2, 2), 9, np.uint8), np.full((2, 2), 0.5)])
    assert [axes.images[0].get_clim() for axes in figure.axes] == [(0, 255), (0, 1)]


def test_other_ranges_are_shown_when_their_ends_are_named():
    figure = plotting.show_images([np.array([[-3, 3]])], vmin=-3, vmax=3)
    assert figure.axes[0].images[0].get_clim() == (-3, 3)


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (np.zeros((2, 2, 4)), r"images\[0\] has shape \(2, 2, 4\)"),
        (np.full((2, 2), 300), "dtype int64: convert"),
        (np.full((2, 2, 3), 254.0), "floats from 254 to 254: divide by 255"),
        (np.array([[np.nan, 0]]), "NaN"),
        (np.array([["a"]]), "dtype <U1"),
        (np.zeros((0, 3)), "no pixels"),
    ],
)
def test_a_wrong_picture_is_named_with_its_remedy(image, words):
    with pytest.raises(ValueError, match=words):
        plotting.show_images([image])


def test_each_picture_needs_its_title():
    with pytest.raises(ValueError, match="1 titles for 2 pictures"):
        plotting.show_images(np.zeros((2, 4, 4)), ["one"])


def test_no_pictures_are_refused():
    with pytest.raises(ValueError, match="0 pictures"):
        plotting.show_images([])


# --- numbers


def texts(figure):
    return [text.get_text() for text in figure.findobj(matplotlib.text.Text) if text.get_text()]


def test_every_pixel_carries_its_number():
    figure = plotting.show_numbers(np.array([[5, 17], [-2, 255]]))
    cells = [t for t in figure.axes[0].get_children() if hasattr(t, "letters")]
    assert [(t.get_position(), t.get_text()) for t in cells] == [
        ((0, 0), "5"),
        ((1, 0), "17"),
        ((0, 1), "−2"),
        ((1, 1), "255"),
    ]


def test_numbers_are_light_on_dark_pixels_and_dark_on_light_ones():
    figure = plotting.show_numbers(np.array([[0, 255]], np.uint8))
    cells = [t for t in figure.axes[0].get_children() if hasattr(t, "letters")]
    assert [t.get_color() for t in cells] == ["white", plotting.PALETTE.ink]


def test_a_highlight_surrounds_whole_pixels():
    figure = plotting.show_numbers(np.zeros((4, 6)), highlight=[(1, 2, 3, 4)])
    (box,) = (patch for patch in figure.axes[0].patches)
    assert (box.get_xy(), box.get_width(), box.get_height()) == ((1.5, 0.5), 4, 3)


def test_numbers_can_be_drawn_on_given_axes():
    figure = pyplot.figure()
    assert plotting.show_numbers(np.eye(2), ax=figure.subplots()) is figure
    pyplot.close(figure)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"image": np.zeros((40, 40))}, "up to 32 pixels"),
        ({"image": np.zeros((4, 4, 3))}, "one channel only"),
        ({"image": np.zeros((4, 4)), "highlight": [(3, 3, 2, 1)]}, r"box \(3, 3, 2, 1\) leaves"),
        ({"image": np.zeros((4, 4)), "highlight": [(3, 3)]}, "row, column, height, width"),
    ],
)
def test_what_cannot_be_numbered_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        plotting.show_numbers(**arguments)


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([1.0, -2.0], ["1", "−2"]),
        ([0.5, 1.0], ["0.5", "1.0"]),
        ([0.123, -0.001], ["0.12", "0.00"]),
        ([-0.0, 3.0], ["0", "3"]),
    ],
)
def test_numbers_are_written_as_short_as_possible(values, written):
    write = number_format(np.array(values))
    assert [write(value) for value in values] == written


def test_weights_that_are_fractions_are_written_as_fractions():
    kernel = np.full((3, 3), 1 / 9, np.float32)
    assert weight_format(kernel)(kernel[0, 0]) == "1/9"


# --- planes


@pytest.mark.parametrize(
    ("image", "numbers", "words"),
    [
        (np.zeros((4, 4)), False, r"\(4, 4\): give \(H, W, C\)"),
        (np.zeros((4, 4, 9)), False, "1 to 8 channels"),
        (np.zeros((16, 16, 3)), True, "cut a piece out"),
    ],
)
def test_planes_refuse_what_they_cannot_show(image, numbers, words):
    with pytest.raises(ValueError, match=words):
        plotting.show_planes(image, numbers=numbers)


def test_planes_show_one_picture_a_channel_on_one_scale():
    images = plotting.show_planes(GHOST).axes[0].images
    assert [image.get_clim() for image in images] == [(0, 255)] * 3
    assert np.array_equal(np.dstack([image.get_array() for image in images]), GHOST)


# --- kernels and feature maps


def test_a_layer_is_shown_filter_by_filter_on_one_scale_about_zero():
    weights = np.arange(2 * 2 * 3 * 4, dtype=float).reshape(2, 2, 3, 4) - 10
    axes = plotting.show_kernels(weights).axes
    assert axes[4].get_title(loc="center") == "filter 1, channel 1"
    assert np.array_equal(axes[4].images[0].get_array(), weights[:, :, 1, 1])
    assert {panel.images[0].get_clim() for panel in axes} == {(-37, 37)}


def test_each_kernel_of_a_list_has_its_own_scale():
    axes = plotting.show_kernels([np.ones((3, 3)) / 9, 5 * np.eye(3)]).axes
    assert [panel.images[0].get_clim() for panel in axes] == [(-1 / 9, 1 / 9), (-5, 5)]


@pytest.mark.parametrize("kernels", [np.zeros((3, 3, 2)), [], [np.zeros((2, 2, 2))]])
def test_kernels_of_no_known_shape_are_refused(kernels):
    with pytest.raises(ValueError, match="kernels"):
        plotting.show_kernels(kernels)


def test_feature_maps_share_a_scale_centred_on_zero_where_there_are_negatives():
    axes = plotting.show_feature_maps([np.array([[-2.0, 1.0]]), np.array([[0.0, 5.0]])]).axes
    assert [panel.images[0].get_clim() for panel in axes[:2]] == [(-5, 5), (-5, 5)]


def test_feature_maps_without_negatives_start_at_zero():
    axes = plotting.show_feature_maps(np.array([[[3.0, 7.0]]])).axes
    assert axes[0].images[0].get_clim() == (0, 7)


def test_feature_maps_of_several_pictures_are_refused():
    with pytest.raises(ValueError, match=r"maps has shape \(2, 4, 4, 3\)"):
        plotting.show_feature_maps(np.zeros((2, 4, 4, 3)))


# --- convolution and pooling


def test_the_sum_of_products_is_written_out():
    output = correlate2d(DIAGONAL, CROSS, "valid")
    words = texts(plotting.show_convolution(DIAGONAL, CROSS, output, at=(0, 0)))
    assert "1·1 + 1·0 + 1·1 + 0·0 + 1·1 + 1·0 + 0·1 + 0·0 + 1·1 = 4" in words


def test_the_sign_between_image_and_kernel_is_that_of_cross_correlation():
    words = texts(plotting.show_convolution([[7]], [[1]], [[7]], at=(0, 0)))
    assert "\N{STAR OPERATOR}" in words
    assert "\N{ASTERISK OPERATOR}" not in words


def test_negative_weights_stand_in_brackets():
    words = texts(plotting.show_convolution([[7]], [[-1]], [[-7]], at=(0, 0)))
    assert "7·(−1) = −7" in words


def test_an_output_that_differs_from_the_sum_is_called_out():
    words = texts(plotting.show_convolution(DIAGONAL, CROSS, np.zeros((3, 3)), at=(0, 0)))
    assert any(text.endswith("= 4, but the output holds 0") for text in words)


def test_stride_and_padding_place_the_window():
    figure = plotting.show_convolution(
        np.zeros((6, 6)),
        np.ones((3, 3)),
        np.zeros((2, 2)),
        at=(1, 1),
        stride=(3, 2),
        pad=(1, 0, 1, 0),
    )
    outlines = [p for p in figure.axes[0].patches if to_hex(p.get_edgecolor()) == "#009e73"]
    assert outlines[0].get_xy() == (1.5, 2.5)  # column 2, row 3 of the padded image
    assert (outlines[0].get_width(), outlines[0].get_height()) == (3, 3)


@pytest.mark.parametrize(
    ("at", "stride", "words"),
    [((3, 0), (1, 1), "outside the output of 3 x 3"), ((2, 2), (2, 2), "outside the image of 5")],
)
def test_a_window_that_does_not_exist_is_refused(at, stride, words):
    with pytest.raises(ValueError, match=words):
        plotting.show_convolution(DIAGONAL, CROSS, np.zeros((3, 3)), at=at, stride=stride)


def test_a_pooled_number_has_the_colour_of_its_block():
    image, output = plotting.show_pooling(POOLED, [[6, 20], [4, 9]]).axes[0].images
    image, output = image.get_array(), output.get_array()
    assert np.allclose(np.kron(output, np.ones((2, 2, 1))), image)
    assert len({tuple(colour) for colour in output.reshape(-1, 4)}) == 4


def test_pixels_of_no_full_block_stay_white():
    image = plotting.show_pooling(np.zeros((5, 5)), np.zeros((2, 2))).axes[0].images[0]
    assert np.allclose(image.get_array()[4], to_rgba("white"))


def test_a_pooled_output_larger_than_the_blocks_is_refused():
    with pytest.raises(ValueError, match="at most 2 x 2"):
        plotting.show_pooling(POOLED, np.zeros((3, 2)))


# --- curves, bars, histograms


def test_epochs_are_counted_from_one():
    figure = plotting.show_curves({"loss": [3, 2, 1]}, ylabel="loss")
    assert figure.axes[0].lines[0].get_xdata().tolist() == [1, 2, 3]


def test_curves_of_wrong_shape_are_refused():
    with pytest.raises(ValueError, match=r"curves\['loss'\] has shape \(2, 2\)"):
        plotting.show_curves({"loss": np.zeros((2, 2))}, ylabel="loss")


def test_numbers_on_bars_have_the_same_decimals():
    words = texts(plotting.show_bars({"a": 0.5, "b": 0.978}))
    assert "0.500" in words
    assert "0.978" in words


def test_a_highlighted_bar_must_exist():
    with pytest.raises(ValueError, match="'c'"):
        plotting.show_bars({"a": 1, "b": 2}, highlight="c")


def test_histograms_share_their_bins():
    figure = plotting.show_histogram({"a": [0, 1], "b": [2, 10]}, bins=5, xlabel="value")
    outlines = [patch for patch in figure.axes[0].patches if not patch.get_fill()]
    assert len({tuple(np.unique(patch.get_xy()[:, 0])) for patch in outlines}) == 1
