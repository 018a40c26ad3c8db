"""A reader under fire: what it reads, and how it is asked to."""

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from msgspec import Struct

from tests.commands import ROOT
from tests.fire.mutations import mutated

Mutate = Callable[[bytes, Sequence[bytes], Random], bytes]


class Reader(Struct, frozen=True):
    """A kind of input."""

    name: str
    samples: Callable[[], Sequence[bytes]]
    """Good inputs."""
    read: Callable[[bytes, Path], None]
    """Reads an input as docgen does, in a folder of its own. Raises DocgenError where it is
    refused, and nothing else."""
    mutate: Mutate = mutated
    """What makes a good input bad."""
    weight: int = 2
    """Its part of all inputs, beside those of others."""

    def input(self, number: int, seed: int) -> bytes:
        """The input of a number: the same on every machine."""
        chance = Random(f"{seed} {self.name} {number}")
        samples = self.samples()
        return self.mutate(chance.choice(samples), samples, chance)


def files(*paths: str) -> tuple[bytes, ...]:
    """Files of the repository."""
    return tuple((ROOT / path).read_bytes() for path in paths)


def written(path: Path, data: bytes) -> Path:
    """A file with an input, in folders that are made for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
