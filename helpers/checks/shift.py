"""What goes wrong with intervals, and with what is measured on a picture.

The words are those of *slips* (see `helpers.checks.slips`): what was done, why it is wrong, what
the rule is. What a slip computes stands in the tests alone: a student can call all that is here,
and from many a wrong answer the right one is a short step.
"""

WALD = (
    "That is the simple interval, share ± z·sqrt(p(1 − p)/n). With few pictures it is too narrow, "
    "and with 7 of 7 it has no width at all."
)
HALF_WIDTH = "These are centre and half width: give the two ends."
NO_Z = "The factor z is missing: one standard deviation covers 68 % only."
NO_ROOT = "The square root is missing."
NO_SCALE = "The denominator 1 + z²/n divides both, the middle and the half width."
OUT_OF_HUNDRED = "That is in per cent: shares run from 0 to 1."

PAPER_BOX = "You boxed the paper: ink is dark, below 128."
LAST_MINUS_FIRST = "One too few: the first row and the last one both belong to the character."
ENDS_NOT_SIZES = "You gave the last row and column: height and width were asked for."
AT_MOST = "Ink is below 128: a pixel of 128 itself is paper."
COLUMN_FIRST = "Rows and columns are swapped: top and height belong to the rows."

PAPER_WEIGHED = "One bug is left: paper is 255 and ink is 0, so here the paper is weighed."
LEANS_LEFT = "One bug is left: rows are counted downwards, so the sign is the wrong way round."
OVER_X = "One bug is left: the lean is x for each step of y, so divide by the spread of y."
TWO_LEFT = "Two of the three bugs are left."
THREE_LEFT = "All three bugs are left: begin with what is weighed."
RADIANS = "The angle is in radians: degrees were asked for."
