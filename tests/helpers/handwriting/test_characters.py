"""The templates: which strokes a character has, in which order, and where they are."""

from helpers.handwriting import CHARACTERS, CLASSES, COMPONENTS, READINGS, place, strokes
from helpers.handwriting.components import DRAWINGS
from helpers.handwriting.composed import LAYOUTS
from helpers.handwriting.curves import bounds, parse, sample
from helpers.making.sheet import show_templates

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

# What dictionaries give: 1 across (also rising), 2 down, 3 falling left, 4 falling right or a dot,
# 5 turning; in the order of writing that schools in China teach (GF 3003-1999).
ORDERS = {
    "人": "34", "从": "3434", "众": "343434", "大": "134", "夫": "1134", "天": "1134",
    "口": "251", "太": "1344", "因": "251341", "鱼": "35251211", "犬": "1344",
    "吠": "2511344", "哭": "2512511344", "火": "4334", "炎": "43344334",
    "啖": "25143344334", "木": "1234", "林": "12341234", "森": "123412341234",
    "本": "12341", "竹": "312312", "羊": "431112", "美": "431121134", "羔": "4311214444",
    "山": "252", "出": "52252", "女": "531", "囡": "255311", "鸟": "35451", "日": "2511",
    "东": "15234", "月": "3511", "朋": "35113511", "明": "25113511", "肉": "253434",
    "肤": "35111134", "工": "121", "白": "32511", "虎": "21531535", "门": "425",
    "闪": "42534", "问": "425251", "闲": "4251234", "水": "2534", "牛": "3112", "马": "551",
    "吗": "251551", "妈": "531551", "玉": "11214", "王": "1121", "国": "25112141",
    "主": "41121", "川": "322", "舟": "335414", "虫": "251214",
}  # fmt: skip
COMPOSED = "从众林森炎明朋妈吗闪问闲国因囡吠哭啖肤羔美"


def directions(line: np.ndarray) -> np.ndarray:
    steps = np.diff(line, axis=0)
    return steps / np.hypot(*steps.T)[:, None]


def without_hook(line: np.ndarray) -> np.ndarray:
    """Drop what goes up to the left at the end of a stroke that came down."""
    ways = directions(line)
    rising = (ways[:, 0] < 0) & (ways[:, 1] < 0.1)
    tail = len(rising) if rising.all() else int(np.argmax(~rising[::-1]))
    return line[: len(line) - tail]


def kinds(line: np.ndarray) -> str:
    """Say which kinds of stroke a line may be, from its course alone."""
    line = without_hook(line)
    ways = directions(line)
    turns = np.degrees(np.arccos(np.clip((ways[1:] * ways[:-1]).sum(axis=1), -1, 1)))
    turned = np.degrees(np.arccos(np.clip(ways[0] @ ways[-1], -1, 1)))
    if (turns > 40).any() or (turned > 80 and ways[-1, 0] > 0):
        return "5"
    (x, y), (end_x, end_y) = line[-1] - line[0], ways[-1]
    if x > 0 and abs(y) < 0.35 * x:
        return "1"
    if abs(x) < 0.2 * y and abs(end_x) < 0.25 * end_y:
        return "2"
    if np.hypot(x, y) < 0.25:
        return "34"  # short ones and dots differ by name only
    return "3" if x < 0 else "4"


def test_there_are_55_characters_each_once_with_reading_and_meaning():
    assert len(CHARACTERS) == len(set(CHARACTERS)) == 55
    assert list(READINGS) == list(CHARACTERS)
    assert all(pinyin and meaning for pinyin, meaning in READINGS.values())


def test_classes_are_the_characters_by_code_point():
    assert tuple(sorted(set(CHARACTERS))) == CLASSES
    assert [ord(c) for c in CLASSES] == sorted(ord(c) for c in CHARACTERS)


@pytest.mark.parametrize("character", CHARACTERS)
def test_strokes_are_those_of_a_dictionary_in_its_order(character):
    found = [kinds(line) for line in strokes(character)]
    wanted = ORDERS[character]
    assert len(found) == len(wanted)
    wrong = [i + 1 for i, may_be in enumerate(found) if wanted[i] not in may_be]
    assert not wrong, f"{character}: strokes {wrong} of {wanted} look like {found}"


@pytest.mark.parametrize("character", CHARACTERS)
def test_strokes_are_dense_lines_in_the_unit_square(character):
    for line in strokes(character):
        assert line.dtype == np.float64 and line.ndim == 2 and line.shape[1] == 2
        steps = np.hypot(*np.diff(line, axis=0).T)
        assert steps.min() > 0
        assert steps.max() <= 0.02 + 1e-9
    left, top, right, bottom = bounds(strokes(character))
    assert left >= 0.02 and top >= 0.02 and right <= 0.98 and bottom <= 0.98


@pytest.mark.parametrize("character", CHARACTERS)
def test_a_character_fills_its_square_and_stands_in_the_middle(character):
    left, top, right, bottom = bounds(strokes(character))
    assert right - left > 0.45 and bottom - top > 0.55
    assert_allclose([(left + right) / 2, (top + bottom) / 2], 0.5, atol=0.08)


def test_no_two_characters_are_written_alike():
    written = {c: np.concatenate(strokes(c)).tobytes() for c in CHARACTERS}
    assert len(set(written.values())) == 55


def test_corners_are_sharp_and_among_the_points():
    turning = strokes("口")[1]
    assert (np.abs(turning - [0.81, 0.23]).max(axis=1) < 1e-12).any()


def test_templates_are_shared_and_cannot_be_spoilt():
    with pytest.raises(ValueError, match="read-only"):
        strokes("人")[0][0, 0] = 0.5


def test_what_has_components_is_composed_of_them():
    assert set(LAYOUTS) == set(COMPOSED)
    assert set(CHARACTERS) == set(LAYOUTS) | set(CHARACTERS) & set(DRAWINGS)


def test_a_composed_character_holds_its_component_as_drawn():
    mouth = strokes("吠")[:3]
    for line, drawn in zip(mouth, place(COMPONENTS["口"], bounds(mouth)), strict=True):
        assert_allclose(line[[0, -1]], drawn[[0, -1]], atol=1e-12)


def test_trees_at_the_left_end_in_a_dot():
    grove = strokes("林")
    ends = [line[-1, 0] - line[0, 0] for line in (grove[3], grove[7])]
    assert ends[0] < 0.7 * ends[1]


def test_frames_are_closed_last():
    for character in "因囡国":
        last = strokes(character)[-1]
        others = np.concatenate(strokes(character)[2:-1])
        assert last[:, 1].min() > others[:, 1].max()


@pytest.mark.parametrize("name", [name for name in DRAWINGS if name != "一"])
def test_components_fill_the_unit_square(name):
    assert_allclose(bounds(COMPONENTS[name]), (0, 0, 1, 1), atol=1e-12)


def test_a_lone_horizontal_is_not_stretched_to_a_diagonal():
    (line,) = COMPONENTS["一"]
    assert_allclose(line[:, 1], 0.5, atol=0.01)


def test_place_moves_the_unit_square_onto_the_box():
    square = [np.array([[0, 0], [1, 1], [0.5, 0.25]])]
    (moved,) = place(square, (0.2, 0.1, 0.6, 0.9))
    assert_allclose(moved, [[0.2, 0.1], [0.6, 0.9], [0.4, 0.3]])
    assert_array_equal(square[0][1], [1, 1])


def test_a_curve_is_pulled_towards_its_marks_and_walked_evenly():
    line = sample(parse("0,0 ~100,0 100,100"), step=0.05)
    steps = np.hypot(*np.diff(line, axis=0).T)
    assert_allclose(steps, steps.mean(), rtol=0.01)
    assert_allclose(line[len(line) // 2], [0.75, 0.25], atol=0.03)


@pytest.mark.parametrize("text", ["", "10,10", "~1,1 2,2", "1,1 ~2,2", "1,1 ~2,2 ~3,3 ~4,4 5,5"])
def test_a_stroke_that_cannot_be_read_is_refused(text):
    with pytest.raises(ValueError, match="plain point"):
        parse(text)


@pytest.mark.parametrize("character", ["馬", "A", "", "人从"])
def test_a_character_without_template_is_refused_with_the_ones_that_have(character):
    with pytest.raises(KeyError, match="人从众"):
        strokes(character)


def test_the_sheet_shows_each_template_with_its_reading(look):
    figure = show_templates()
    _, faults = look(figure)
    assert not faults
    assert [axes.get_xlabel() for axes in figure.axes] == [READINGS[c][0] for c in CHARACTERS]


def test_the_sheet_needs_a_character():
    with pytest.raises(ValueError, match="at least one"):
        show_templates("")
