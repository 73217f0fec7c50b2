"""Kernelspecs for one program, each with a word on who is to start its kernels."""

from __future__ import annotations

from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

from course.warm.provisioner import NAME

STANZA = "kernel_provisioner"
COLD = {"provisioner_name": "local-provisioner", "config": {}}


class Specs(KernelSpecManager):
    """Finds kernelspecs as ever, and names the provisioner where they name none.

    Parameters
    ----------
    nursery : str
        Socket of the nursery that forks the kernels; empty for kernels that start afresh.
    """

    def __init__(self, nursery: str = "", **options: Any) -> None:
        super().__init__(**options)
        warm = {"provisioner_name": NAME, "config": {"socket": nursery}}
        self._stanza = warm if nursery else COLD

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return a kernelspec."""
        spec = super().get_kernel_spec(kernel_name)
        spec.metadata = {STANZA: self._stanza, **spec.metadata}
        return spec
