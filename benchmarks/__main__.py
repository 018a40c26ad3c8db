"""Runs every benchmark, or those named: ``python -m benchmarks [warm] [anew] …``."""

import sys
from importlib import import_module

TITLES = {
    "warm": "Warm: a two-page handout with a QR code, composed, set and written anew",
    "anew": "Anew: two-page handouts for patients, no code and no text in common",
    "day": "A clinic's day: 1,000 patients over 20 codes, each file written to disk",
    "peers": "Peers: the same handouts, each contestant in a process of its own",
    "workers": "Workers: that day made by one worker process and by two, driver included",
    "printfile": "Print files: 5,000 packets over 20 codes gathered, a process each",
    "tagged": "Tagged: what tags, metadata and attachment add to a warm handout",
    "cold": "Cold: a new process",
    "library": "Library: 80,000 codes indexed, searched, and one of them rendered",
    "long": "Long: one document of many pages",
}


def main() -> None:
    """Prints medians, and the median of the ratios of each round."""
    for name in sys.argv[1:] or TITLES:
        print(TITLES[name])
        print("\n".join(import_module(f"benchmarks.{name}").measure()), end="\n\n")


main()
