"""The judge: what an exercise's test says of a student's answer.

In come a test of ours and values that crossed from the student's process (`crossing`); out go a
verdict, and words that are told of it; `known` asks which mistake an answer is. The judge's
`process` is a fork that `warm` makes; `verdict` and `telling` are called where cells are run:
`examining` and `gate`.
"""

__all__ = ["crossing", "known", "process", "telling", "verdict"]
