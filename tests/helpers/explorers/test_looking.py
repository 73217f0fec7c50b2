"""The square under the mouse: what it covers, where a click puts it, and what the network says."""

from dataclasses import replace

from helpers.explorers import looking
from helpers.explorers.looking import PANELS, PAPER, Looking, asked, click, covered, seen
from helpers.models import forms

import numpy as np

STAMPED = Looking(network="stamped", character="太", stamp=True, row=4, column=36)


def test_only_the_square_is_covered_and_the_edge_cuts_it():
    for state in (Looking(side=6, row=10, column=9), Looking(side=6, row=0, column=39)):
        changed = covered(state) != seen(state.character, state.writer, state.stamp)
        rows, columns = np.nonzero(changed[0, ..., 0])
        assert (abs(rows - state.row) <= 3).all() and (abs(columns - state.column) <= 3).all()
        assert covered(state)[0, state.row, state.column, 0] == PAPER


def test_a_click_into_each_picture_moves_the_square_and_one_beside_them_does_not():
    for left in PANELS.values():
        assert click(Looking(), left + 0.117, 0.582) == replace(Looking(), row=24, column=20)
    assert click(Looking(), 0.9, 0.5) is None
    assert click(Looking(), 0.1, 0.1) is None


def test_with_its_stamp_covered_the_stamped_network_no_longer_reads_it():
    before, after = asked(STAMPED)
    assert before.argmax() == forms.STAMPED != after.argmax()
    before, after = asked(replace(STAMPED, row=40, column=4))
    assert before.argmax() == after.argmax() == forms.STAMPED


def test_another_character_takes_a_few_questions_and_not_one_for_each_square(monkeypatch):
    asked, ask = [], looking._asking("plain")
    monkeypatch.setattr(
        looking, "_asking", lambda name: lambda x, **more: asked.append(len(x)) or ask(x, **more)
    )
    looking._maps.cache_clear()
    looking.draw(Looking(character="夫"))
    assert len(asked) <= 3 and max(asked) > 90


def test_with_the_first_picture_both_networks_are_there(monkeypatch):
    looking._networks.cache_clear()
    loaded, load = [], forms.load
    monkeypatch.setattr(forms, "load", lambda name: loaded.append(name) or load(name))
    looking.draw(Looking())
    assert loaded == list(forms.NAMES)
    looking.draw(STAMPED)
    assert loaded == list(forms.NAMES)
