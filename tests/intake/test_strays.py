"""What Jupyter and browsers leave beside a notebook, or make of its name."""

from __future__ import annotations

import pytest

from course.intake.collect import collect
from course.intake.finding import find_file
from course.intake.names import notebook_name, stray_of
from course.intake.submissions import Malformed
from tests.downloads import MONDAY, TUESDAY, handed_in, taken, zip_of

STRAYS = [
    "Untitled.ipynb",
    "Untitled1.ipynb",
    "convolution.nbconvert.ipynb",
    ".~convolution.ipynb",
    "convolution-checkpoint.ipynb",
    "scratch.ipynb",
]
BROWSERS = ["convolution.ipynb.json", "convolution.ipynb.txt", "Convolution.ipynb (1).txt"]


def answer(course, results):
    assert set(taken(results)) == {"anna/02-convolution"}
    return (course.submitted("anna", "02-convolution") / "convolution.ipynb").read_bytes()


@pytest.mark.parametrize("stray", STRAYS)
def test_the_notebook_of_the_right_name_outdoes_a_newer_stray(course, tmp_path, stray):
    folder = "anna/02-convolution"
    right = zip_of(tmp_path / "a.zip", {f"{folder}/convolution.ipynb": handed_in("blur = 1")})
    both = zip_of(tmp_path / "b.zip", {f"{folder}/{stray}": handed_in("blur = 2")}, TUESDAY)
    import zipfile

    with zipfile.ZipFile(both, "a") as archive, zipfile.ZipFile(right) as other:
        (info,) = other.infolist()
        archive.writestr(info, other.read(info))
    assert answer(course, collect(course, [both])) == handed_in("blur = 1")


@pytest.mark.parametrize("stray", STRAYS)
def test_a_stray_that_was_handed_in_alone_is_taken(course, tmp_path, stray):
    path = zip_of(tmp_path / "a.zip", {f"anna/02-convolution/{stray}": handed_in()}, MONDAY)
    assert answer(course, collect(course, [path])) == handed_in()


@pytest.mark.parametrize("name", BROWSERS)
@pytest.mark.parametrize("platform", ["anna/02-convolution/", "anna_1234_5678_"])
def test_a_browsers_ending_is_left_aside(course, tmp_path, name, platform):
    path = zip_of(tmp_path / "a.zip", {f"{platform}{name}": handed_in()})
    (one,) = collect(course, [path])
    assert (one.section, one.notebook) == ("02-convolution", "convolution")


def test_so_it_is_of_a_single_file(course, tmp_path):
    path = tmp_path / "convolution.ipynb.json"
    path.write_bytes(handed_in())
    assert answer(course, collect(course, [path], student="anna")) == handed_in()


@pytest.mark.parametrize("name", ["convolution.json", "notes.txt", ".ipynb", "ipynb.txt"])
def test_other_texts_are_no_notebooks(name):
    assert notebook_name(name) is None


@pytest.mark.parametrize("stem", ["convolution", "untitled-poem", "my checkpoint", "~x"])
def test_other_names_are_no_strays(stem):
    assert stray_of(stem) is None


class TestInTheFolder:
    """What is put into ``submitted/`` by hand is found likewise."""

    def find(self, folder, *files, names=("sums",)):
        for file in files:
            (folder / file).write_text("{}")
        return find_file(folder, "sums", names=names).name

    @pytest.mark.parametrize(
        "name", ["sums.ipynb.json", "sums.ipynb.txt", "SUMS.IPYNB", "mine.ipynb"]
    )
    def test_with_strays_beside_it(self, tmp_path, name):
        strays = ("Untitled.ipynb", "sums.nbconvert.ipynb", ".~sums.ipynb", "sums-checkpoint.ipynb")
        assert self.find(tmp_path, name, *strays) == name

    def test_what_was_made_from_it_outdoes_a_new_one(self, tmp_path):
        found = self.find(tmp_path, "Untitled.ipynb", "sums-checkpoint.ipynb")
        assert found == "sums-checkpoint.ipynb"

    def test_of_several_notebooks_only_by_its_name(self, tmp_path):
        names = ("sums", "products")
        assert self.find(tmp_path, "sums.nbconvert.ipynb", names=names) == "sums.nbconvert.ipynb"
        with pytest.raises(FileNotFoundError):
            find_file(tmp_path, "products", names=names)

    def test_of_several_that_could_be_meant_none_is_chosen(self, tmp_path):
        with pytest.raises(Malformed, match="several notebooks"):
            self.find(tmp_path, "mine.ipynb", "yours.ipynb")
