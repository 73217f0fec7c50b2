"""Running: notebooks from top to bottom, without anybody watching.

In come source or student notebooks; out go executed ones, with what failed and what took how long.
`commands` calls `run`; `gate` takes what an execution came to.
"""

__all__ = ["execution", "run", "times"]
