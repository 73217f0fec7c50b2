"""Sentences and their marks, on cells of sections 01 to 07 as they once stood."""

import pytest

from course.ledger.marks import sentences


def found(markdown: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(one.text, one.claims, one.excuse) for one in sentences(markdown)]


def compares(markdown: str) -> list[str]:
    return [one.compares for one in sentences(markdown) if one.compares]


def test_a_mark_belongs_to_the_sentence_that_it_ends():
    text = "It is cold. Moved digits are misread. <!-- claim: moved-digits --> So are others."
    assert found(text) == [
        ("It is cold.", (), ""),
        ("Moved digits are misread.", ("moved-digits",), ""),
        ("So are others.", (), ""),
    ]


def test_it_may_stand_before_the_full_stop():
    assert found("They are misread <!-- claim: a-b, c -->. Others are not.")[0][1] == ("a-b", "c")


def test_before_a_paragraph_it_holds_for_all_of_it_and_no_further():
    text = "<!-- no claim: advice -->\nPad. Or crop.\n\nOr wait."
    assert [excuse for _, _, excuse in found(text)] == ["advice", "advice", ""]


def test_a_list_item_is_a_paragraph_of_its_own():
    text = "Two things:\n- one is better; <!-- claim: one -->\n- two is worse."
    assert [claims for _, claims, _ in found(text)] == [(), ("one",), ()]


def test_what_looks_like_a_mark_and_is_none_is_told():
    (one,) = sentences("This helps. <!-- claims: Moved digits -->")
    assert one.odd == "claims: Moved digits" and not one.is_marked


def test_another_comment_is_no_mark():
    (one,) = sentences("This helps. <!-- to be written -->")
    assert (one.odd, one.is_marked, one.text) == ("", False, "This helps.")


@pytest.mark.parametrize(
    "text",
    [
        "`x is better`",
        "```\nx is better\n```",
        "| better | worse |\n|---|---|",
        "## Make it better",
        "$a$ is larger than $b \\text{ is better}$.",
        "Does a colour map help?",
        "**Predict, then run.** Which of the two is better?",
        "A better network is a network.</p>".replace("better ", ""),
        "Hexadecimal is how web pages spell colours: two signs a channel.",
        "An experiment tells which difference does the harm.",
        "Each filter reaches through all input channels.",
        "The cell builds them and asks Keras; your function should agree.",
    ],
)
def test_what_claims_nothing(text):
    assert compares(text) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        # 01
        ("A network that was trained on one order sees worse on the other.", "worse"),
        # 03
        ("For the photographs max pooling helps **not at all**.", "helps"),
        ("Large windows keep most of their values.", "most of"),
        ("A shift left fewer than half of the maxima unchanged.", "fewer"),
        # 04
        ("For both methods **the test is worse than the validation**.", "worse"),
        ("Strangers alone cost next to nothing here.", "cost next to nothing"),
        ("It rarely has no idea.", "rarely"),
        ("All three cures make training slower.", "slower"),
        # 05
        ("The better model makes more understandable mistakes.", "better"),
        ("Both sets gain, and the careless writer gains most.", "gains most"),
        ("The same geometry does harm to anybody's writing.", "does harm"),
        # 06
        ("Whether it beats another sampler is a question.", "beats"),
        # 07
        ("The others were nearly all read correctly before.", "nearly all"),
        ("The variants only make its task harder.", "harder"),
    ],
)
def test_what_compares(text, word):
    assert compares(text) == [word]
