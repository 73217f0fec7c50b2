"""A process can be kept to few cores."""

from course.processes import cores


def test_a_process_can_be_kept_to_one_core_in_all_that_it_uses():
    told = cores.threads(1)
    assert set(told) == {*cores.BUSY, *cores.CALM} and set(told.values()) == {"1"}
