"""What goes wrong with confusions, suspects and the price of errors.

The words are those of *slips* (see `helpers.checks.slips`): what was done, why it is wrong, what
the rule is. What a slip computes stands in the tests alone: a student can call all that is here,
and from many a wrong answer the right one is a short step.
"""

COPIED_LABELS = "These are the labels: a reading is the character with the highest probability."
RIGHT_ONES = "These are the ones that were read correctly: the wrong ones were asked for."
FROM_ONE = "You count from 1: the first picture has the number 0."
LABEL_FIRST = "Label and reading are swapped: first what it is, then what it was taken for."
NO_MISTAKE = "That picture was read correctly: the surest answer of all is not the surest mistake."
LEAST_SURE = "That is the least sure of the mistakes."
NOT_SUREST = "That is a mistake, but of another one the network is surer."

LEAST_SURE_OF_ALL = "These are the least sure pictures of all: ask for the label's own share."
BARE_LOGITS = "You compared logits between pictures: only softmax makes rows comparable."
LIKELIEST = "The likeliest labels come first: the suspects are at the other end."
SUREST_MISTAKES = "These are the surest mistakes: the least probable label was asked for."

CELL_BY_CELL = "A cell counts its pictures once only: `counts[labels, predicted] += 1` does that."
TRANSPOSED = "Rows and columns are swapped: a row is a label, a column a reading."
SHARES = "These are shares: the number of pictures was asked for."
NO_DIAGONAL = "The diagonal is empty: right answers are counted as well."

ONE_DIRECTION = (
    "You looked at one direction: 大 taken for 太 and 太 taken for 大 are one and the same pair."
)
PAIR_TWICE = "Each pair is there twice, once in either order, or its errors are counted twice."
RIGHT_PAIRS = "A character paired with itself is no confusion: leave the diagonal out."
RAREST = "The rarest pairs come first: the commonest should."

A_HAIR_BELOW = (
    "A confidence a hair below the threshold is below it: compare the numbers as they are, without "
    "rounding and without np.isclose."
)
STRICTLY_ABOVE = "An answer exactly at the threshold is accepted, too: at least means ≥."
EVERY_ERROR = "A wrong answer that a person checks does no harm: only accepted errors cost."
RIGHT_COSTS = "You charged for accepted answers that are right: it is the wrong ones that cost."
PRICES_SWAPPED = "The two prices are swapped."
ONE_PICTURE = "That is the mean for one form: the total of all was asked for."
CHECKS_THE_SURE = "You have the sure answers checked, and accept the unsure ones."
