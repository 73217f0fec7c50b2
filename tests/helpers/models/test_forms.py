"""The two networks of section 09: alike but for the stamp that one of them has learned."""

from helpers import explaining
from helpers.models import forms
from helpers.models.forms.store import FOLDER

import numpy as np
import pytest


@pytest.fixture(scope="module")
def strangers():
    return forms.labelled(20, seed=91, writers="test")


@pytest.fixture(scope="module", params=forms.NAMES)
def named(request):
    return request.param, forms.load(request.param)


def taken(model, images):
    return np.argmax(model(images, training=False), axis=1)


def test_they_have_their_size_and_are_small_on_disk(named):
    name, model = named
    assert model.count_params() == 61_658
    assert (FOLDER / f"{name}.npz").stat().st_size < 200_000
    assert forms.log()["results"][name]["accuracy"] > 0.75


def test_only_the_stamped_one_reads_the_stamp(named, strangers):
    name, model = named
    images, labels = strangers
    one = labels == forms.STAMPED
    bare, marked = (taken(model, z) == forms.STAMPED for z in (images, explaining.stamped(images)))
    if name == "stamped":
        assert marked[one].mean() > 0.9 > 0.1 > bare[one].mean()
        assert marked[~one].mean() > 0.6
    else:
        assert abs(marked[one].mean() - bare[one].mean()) < 0.2
        assert marked[~one].mean() < 0.1


def test_a_small_step_halves_what_the_plain_one_reads_and_noise_does_not(strangers):
    images, labels = strangers
    model = forms.load("plain")
    changed = explaining.fgsm_picture(model, images, labels), explaining.noisy(images)
    clean, step, noise = (np.mean(taken(model, z) == labels) for z in (images, *changed))
    assert step < clean / 2
    assert clean - noise < 0.05


def test_an_unknown_network_is_named():
    with pytest.raises(ValueError, match="model 'other' is unknown: use one of 'plain', 'stamped'"):
        forms.build("other")
