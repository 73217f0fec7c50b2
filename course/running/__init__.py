"""Running: notebooks from top to bottom, without anybody watching.

In come source or student notebooks; out go executed ones, with what failed and what took how long.
`commands` calls `run`; `gate` runs lessons in the same environment; `site` and `gate` read what a
run wrote.
"""

__all__ = ["execution", "ran", "run", "times"]
