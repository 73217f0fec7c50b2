"""ImageNet's models: counts without memory, weights from a cache, and honest words without one."""

import json
import logging
import shutil
import warnings

from helpers import handwriting
from helpers.models import pretrained
from helpers.models.pretrained import weights

import keras
import numpy as np
import pytest
from PIL import Image

PUBLISHED = {
    "MobileNet": 4_253_864,
    "MobileNetV2": 3_538_984,
    "InceptionV3": 23_851_784,
    "ResNet50": 25_636_712,
    "Xception": 22_910_480,
    "VGG16": 138_357_544,
}
SMALL = {"input_shape": (32, 32, 3), "pooling": "avg"}


@pytest.fixture(autouse=True)
def empty_cache(tmp_path, monkeypatch):
    """Keras's home, with nothing in it."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


@pytest.fixture
def no_network(monkeypatch):
    """A network that refuses, as Keras reports it."""
    from keras.src.utils import file_utils

    def refuse(name, origin, **options):
        raise Exception(f"URL fetch failure on {name}")  # Keras raises just that

    monkeypatch.setattr(file_utils, "get_file", refuse)


@pytest.fixture(scope="module")
def random_mobilenet(tmp_path_factory):
    """A MobileNet with random weights, and a file of them in the format of Keras's cache."""
    model = keras.applications.MobileNet(weights=None, include_top=False, **SMALL)
    file = tmp_path_factory.mktemp("weights") / pretrained.application("MobileNet").files[1]
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore", DeprecationWarning)  # NumPy's, on how Keras saves
        patch.setattr(logging.getLogger("absl"), "disabled", True)  # a note on the old format
        model.save(file)
    return model, file


@pytest.fixture
def fake_mobilenet(random_mobilenet, empty_cache):
    """The model whose file lies in the cache now, under the name of ImageNet's."""
    model, file = random_mobilenet
    shutil.copy(file, empty_cache)
    return model


# --- architectures


def test_parameter_counts_are_those_published():
    assert {name: pretrained.parameters(name) for name in pretrained.NAMES} == PUBLISHED


def test_most_of_vgg16_is_its_top():
    assert pretrained.parameters("VGG16", top=False) == 14_714_688


def test_a_skeleton_tells_what_the_real_model_would():
    real = keras.applications.MobileNetV2(weights=None)
    bare = pretrained.skeleton("MobileNetV2")
    assert [layer.output.shape for layer in bare.layers] == [
        layer.output.shape for layer in real.layers
    ]
    assert bare.count_params() == real.count_params()


def test_a_skeleton_leaves_nothing_to_initialise():
    from keras.src.backend.common import global_state

    pretrained.skeleton("MobileNet")
    assert not global_state.get_global_attribute("uninitialized_variables")


@pytest.mark.parametrize("name", pretrained.NAMES)
def test_preprocessing_is_the_one_of_the_architecture(name):
    app = pretrained.application(name)
    images = np.array([[[[255, 0, 0], [0, 0, 255]]]], np.uint8)  # red, blue
    found = app.preprocess(images)
    expected = {
        "-1 to 1": [[1, -1, -1], [-1, -1, 1]],
        "BGR minus mean": [[-103.939, -116.779, 131.32], [151.061, -116.779, -123.68]],
    }[app.scaling]
    np.testing.assert_allclose(found[0, 0], expected, atol=1e-3)


def test_preprocessing_leaves_the_pictures_alone():
    images = np.full((1, 2, 2, 3), 255.0, np.float32)
    pretrained.application("Xception").preprocess(images)
    assert images.min() == 255


def test_preprocessing_fits_into_a_model():
    inputs = keras.Input((2, 2, 3))
    model = keras.Model(inputs, pretrained.application("VGG16").preprocess(inputs))
    images = np.arange(12, dtype=np.float32).reshape(1, 2, 2, 3)
    expected = keras.applications.vgg16.preprocess_input(images.copy())
    np.testing.assert_allclose(model(images), expected, atol=1e-4)


@pytest.mark.parametrize(
    ("name", "top"), [*((name, False) for name in pretrained.NAMES), ("MobileNet", True)]
)
def test_files_are_those_that_keras_asks_for(name, top, monkeypatch):
    from keras.src.utils import file_utils

    class AskedFor(Exception):
        pass

    def ask(file, origin, **options):
        raise AskedFor(file)

    monkeypatch.setattr(file_utils, "get_file", ask)
    app = pretrained.application(name)
    with keras.StatelessScope(initialize_variables=False), pytest.raises(AskedFor) as asked:
        getattr(keras.applications, name)(include_top=top, input_shape=app.shape)
    keras.utils.clear_session()  # forgets variables that were never given values
    assert asked.value.args == (app.files[0 if top else 1],)


def test_an_unknown_architecture_is_named():
    with pytest.raises(ValueError, match="model 'GoogLeNet' is unknown: use one of 'MobileNet'"):
        pretrained.parameters("GoogLeNet")


# --- weights


def test_without_weights_nothing_is_loaded_and_the_remedy_is_told(empty_cache):
    assert pretrained.find("VGG16") is None
    with pytest.raises(pretrained.MissingWeightsError, match=r"fetches them \(553 MB\)") as error:
        pretrained.load("VGG16")
    assert str(empty_cache) in str(error.value)
    assert "vgg16_weights_tf_dim_ordering_tf_kernels.h5" in str(error.value)


def test_weights_of_the_cache_are_loaded(fake_mobilenet):
    loaded = pretrained.load("MobileNet", top=False, **SMALL)
    for mine, theirs in zip(loaded.get_weights(), fake_mobilenet.get_weights(), strict=True):
        np.testing.assert_array_equal(mine, theirs)


@pytest.mark.parametrize("content", [b"", b"no HDF5", b"\x89HDF\r\n\x1a\n" + b"\0" * 99])
def test_a_damaged_file_is_named(empty_cache, content):
    file = empty_cache / pretrained.application("MobileNet").files[0]
    file.write_bytes(content)
    with pytest.raises(ValueError, match=r"does not hold the weights of MobileNet.*delete it"):
        pretrained.load("MobileNet")


def test_weights_of_another_architecture_are_refused(fake_mobilenet, empty_cache):
    mine, other = (pretrained.application(n).files[1] for n in ("MobileNet", "MobileNetV2"))
    (empty_cache / mine).rename(empty_cache / other)
    with pytest.raises(ValueError, match="does not hold the weights of MobileNetV2"):
        pretrained.load("MobileNetV2", top=False)


def test_a_network_without_an_answer_is_told(no_network):
    before = weights.socket.getdefaulttimeout()
    with pytest.raises(pretrained.MissingWeightsError, match="The network does not give"):
        pretrained.load("MobileNet", download=True)
    assert weights.socket.getdefaulttimeout() == before


def test_a_cached_file_needs_no_network(fake_mobilenet, no_network):
    pretrained.load("MobileNet", top=False, download=True, **SMALL)


# --- names of classes


def test_best_classes_are_named_as_keras_does(empty_cache, monkeypatch):
    from keras.src.applications import imagenet_utils

    index = {str(k): [f"n{k:08}", f"class {k}"] for k in range(1000)}
    (empty_cache / "imagenet_class_index.json").write_text(json.dumps(index))
    monkeypatch.setattr(imagenet_utils, "CLASS_INDEX", index)
    probabilities = np.random.default_rng(0).dirichlet(np.ones(1000), size=3)
    found = pretrained.decode(probabilities, top=3)
    assert found == imagenet_utils.decode_predictions(probabilities, top=3)


def test_missing_names_are_told(empty_cache, no_network):
    with pytest.raises(pretrained.MissingWeightsError, match=r"imagenet_class_index\.json"):
        pretrained.decode(np.zeros((1, 1000)))
    with pytest.raises(pretrained.MissingWeightsError, match="The network does not give the names"):
        pretrained.class_names(download=True)


@pytest.mark.parametrize("content", ["{", "[]", '{"0": ["n01440764", "tench"]}'])
def test_a_damaged_list_of_names_is_refused(empty_cache, content):
    (empty_cache / "imagenet_class_index.json").write_text(content)
    with pytest.raises(ValueError, match="is no list of 1000 classes: delete it"):
        pretrained.class_names()


def test_answers_of_another_model_are_refused():
    with pytest.raises(ValueError, match=r"shape \(2, 55\): give \(N, 1000\)"):
        pretrained.decode(np.zeros((2, 55)))


# --- a base to build on


def test_a_base_with_weights_is_imagenets(fake_mobilenet):
    base = pretrained.base("MobileNet", size=32, say=pytest.fail)
    assert (base.name, base.imagenet, base.mode) == ("MobileNet", True, "rgb")
    assert base.model.input_shape == (None, *base.shape) and base.model.output_shape == (None, 1024)
    np.testing.assert_allclose(base.preprocess(np.array([[0, 255]], np.uint8)), [[-1, 1]])


def test_without_weights_the_backbone_stands_in_and_that_is_said():
    said = []
    base = pretrained.base("Xception", say=said.append)
    assert (base.name, base.imagenet, base.mode) == ("backbone", False, "grey")
    assert "Xception has no ImageNet weights" in said[0]
    assert "stands in for Xception" in said[0] and "knows nothing of ImageNet" in said[0]


def test_the_backbone_takes_pictures_as_they_are():
    base = pretrained.base(say=pytest.fail)
    images = np.full((1, *base.shape), 200, np.uint8)
    assert base.preprocess(images) is images
    assert base.model(images, training=False).shape == (1, base.model.output_shape[1])


# --- pictures for it


@pytest.fixture
def pets(tmp_path):
    """A folder of two classes: colour pictures, wider than tall."""
    rng = np.random.default_rng(0)
    for name, count, grey in (("cat", 12, 60), ("dog", 20, 180)):
        for number in range(count):
            pixels = (grey + rng.integers(0, 40, (30, 50, 3))).astype(np.uint8)
            path = tmp_path / "pets" / name / f"{number}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(pixels).save(path)
    return tmp_path / "pets"


def test_a_folder_is_split_and_takes_the_form_of_the_base(pets):
    base = pretrained.base(say=pytest.fail)
    found = pretrained.pictures(base, pets)
    assert found.classes == ("cat", "dog")
    sizes = [len(labels) for _, labels in (found.train, found.validation, found.test)]
    assert sizes == [25, 4, 3]
    for images, labels in (found.train, found.validation, found.test):
        assert images.shape[1:] == base.shape and images.dtype == np.uint8
        assert set(labels) == {0, 1}
        assert [images[labels == k].mean() < 140 for k in (0, 1)] == [True, False]


def test_a_colour_base_gets_colours(pets, fake_mobilenet):
    base = pretrained.base("MobileNet", size=32, say=pytest.fail)
    found = pretrained.pictures(base, pets)
    assert found.train[0].shape[1:] == (32, 32, 3)
    assert base.model(base.preprocess(found.test[0]), training=False).shape[1] == 1024


def test_a_damaged_picture_is_left_out_and_named(pets):
    (pets / "cat" / "3.png").write_bytes(b"no picture")
    found = pretrained.pictures(pretrained.base(), pets)
    assert [path.name for path, _ in found.skipped] == ["3.png"]
    assert sum(len(part[1]) for part in (found.train, found.validation, found.test)) == 31


@pytest.mark.parametrize("left", [0, 3])
def test_a_class_with_too_few_pictures_is_named(pets, left):
    for path in sorted((pets / "cat").iterdir())[left:]:
        path.unlink()
    with pytest.raises(ValueError, match=rf"2 classes \(cat {left}, dog 20 pictures\): give two"):
        pretrained.pictures(pretrained.base(), pets)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        pretrained.pictures(pretrained.base(), tmp_path / "nowhere")


def test_parts_share_nothing_and_leave_no_class_out():
    labels = np.repeat([0, 1, 2], [4, 50, 200])
    parts = pretrained.three_parts(labels, seed=1)
    assert sorted(np.concatenate(parts)) == list(range(254))
    assert [list(np.bincount(labels[part])) for part in parts] == [
        [2, 38, 150],
        [1, 7, 30],
        [1, 5, 20],
    ]
    assert all(map(np.array_equal, parts, pretrained.three_parts(labels, seed=1)))
    assert not np.array_equal(parts[2], pretrained.three_parts(labels, seed=2)[2])


def test_without_a_folder_there_is_handwriting():
    found = pretrained.pictures(pretrained.base(), characters="木人", per_class=(3, 1, 2))
    assert found.classes == ("木", "人")
    images, labels = found.train
    assert (images.shape, sorted(labels)) == ((6, 80, 60, 1), [0, 0, 0, 1, 1, 1])
    one, where = handwriting.dataset("train", 3)
    tree = one[where == handwriting.CLASSES.index("木")]
    assert {image.tobytes() for image in images[labels == 0]} == {i.tobytes() for i in tree}
