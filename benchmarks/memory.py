"""How much memory this process has held."""

import resource
from pathlib import Path


def peak_megabytes() -> float:
    """The most memory held so far; on Linux, ``ru_maxrss`` would count the parent's as well."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.open() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
