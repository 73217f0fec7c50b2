"""The doctor: what works on this machine, and how to mend what does not.

In comes the machine, and the health modules of other rooms; out goes a line for each thing that was
looked at, with a remedy. `commands` calls `report`; `lab` asks for single probes.
"""

__all__ = ["probes", "report"]
