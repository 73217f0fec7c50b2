"""Kernelspecs for one program, each with a word on who is to start its kernels."""

from __future__ import annotations

from typing import Any

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpec, KernelSpecManager

from course.warm.provisioner import NAME

STANZA = "kernel_provisioner"
COLD = {"provisioner_name": "local-provisioner", "config": {}}


class Specs(KernelSpecManager):
    """Finds kernelspecs as ever, and names the provisioner where they name none.

    The kernel python3 is this very Python's, whatever a user has put in front of it.

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
        if kernel_name == NATIVE_KERNEL_NAME:
            spec = KernelSpec(resource_dir=RESOURCES, **get_kernel_dict())
        else:
            spec = super().get_kernel_spec(kernel_name)
        spec.metadata = {STANZA: self._stanza, **spec.metadata}
        return spec
