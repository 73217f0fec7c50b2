"""What ImageNet's models once answered is kept beside their weights, picture by picture."""

from helpers.models import pretrained

import numpy as np
import pytest

PICTURES = np.arange(2 * 4 * 4 * 3, dtype=np.uint8).reshape(2, 4, 4, 3)
CAT, LORRY = ("n02123045", "tabby", 0.61), ("n04467665", "trailer_truck", 0.25)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    return tmp_path / "models"


def test_nothing_is_kept_at_first_and_the_course_ships_nothing():
    assert [pretrained.kept_answers(name, PICTURES) for name in pretrained.NAMES] == [[]] * 6


def test_answers_come_back_as_decode_predictions_gave_them():
    pretrained.keep_answers("VGG16", PICTURES, [[CAT, LORRY], [LORRY, CAT]])
    assert pretrained.kept_answers("VGG16", PICTURES) == [[CAT, LORRY], [LORRY, CAT]]


def test_numbers_of_numpy_are_kept_too():
    pretrained.keep_answers("VGG16", PICTURES[:1], [[("n02123045", "tabby", np.float32(0.5))]])
    assert pretrained.kept_answers("VGG16", PICTURES[:1]) == [[("n02123045", "tabby", 0.5)]]


def test_each_network_has_its_own_and_so_have_other_pictures():
    pretrained.keep_answers("VGG16", PICTURES, [[CAT], [LORRY]])
    pretrained.keep_answers("Xception", PICTURES, [[LORRY], [CAT]])
    assert pretrained.kept_answers("Xception", PICTURES) == [[LORRY], [CAT]]
    assert pretrained.kept_answers("VGG16", PICTURES) == [[CAT], [LORRY]]
    assert pretrained.kept_answers("VGG16", PICTURES + 1) == []


def test_a_file_that_was_cut_off_holds_nothing_and_is_written_again(home):
    pretrained.keep_answers("VGG16", PICTURES, [[CAT], [LORRY]])
    (file,) = home.iterdir()
    file.write_text(file.read_text()[:30])
    assert pretrained.kept_answers("VGG16", PICTURES) == []
    pretrained.keep_answers("VGG16", PICTURES, [[CAT], [LORRY]])
    assert pretrained.kept_answers("VGG16", PICTURES) == [[CAT], [LORRY]]


def test_an_unknown_network_and_too_few_answers_are_refused():
    with pytest.raises(ValueError, match="model 'VGG61' is unknown"):
        pretrained.keep_answers("VGG61", PICTURES, [[CAT], [LORRY]])
    with pytest.raises(ValueError, match="2 images and answers for 1 of them"):
        pretrained.keep_answers("VGG16", PICTURES, [[CAT]])
