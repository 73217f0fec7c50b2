"""What `course doctor` says about warm kernels."""

from __future__ import annotations

from course.health import RENEW, Probe

NAME = "Warm kernels"
KERNEL = "vision-course"
INSTALL = "Install the course: pip install --no-deps -e ."


def look_at_warm_kernels() -> Probe:
    """Say whether kernels are forked from a warm process, or start afresh."""
    try:
        from jupyter_client.kernelspec import KernelSpecManager

        from course.warm import client, provisioner, runtime
    except ImportError as error:  # the doctor must work where libraries are missing
        return Probe(NAME, "warn", f"plain kernels: {error}", RENEW)
    if not client.available():
        return Probe(NAME, "ok", "plain kernels: this system does not fork safely")
    if not provisioner.registered():
        value = f"plain kernels: Jupyter does not know {provisioner.NAME}"
        return Probe(NAME, "warn", value, INSTALL)
    try:
        folder = runtime.runtime_folder()
    except runtime.Refused as reason:
        remedy = "Fix or remove that folder; until then plain kernels are used."
        return Probe(NAME, "warn", str(reason), remedy)
    if KERNEL not in KernelSpecManager().find_kernel_specs():
        return Probe(NAME, "warn", f"the kernel {KERNEL} is not installed", INSTALL)
    return Probe(NAME, "ok", f"forked by {provisioner.NAME}, sockets in {folder}")
