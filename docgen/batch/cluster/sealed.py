"""Values that travel through a cluster without being seen by it.

dask prints what it cannot read (``distributed.protocol.pickle``), arguments of tasks that fail, and
tasks as its dashboard shows them. A sealed value shows its size. Its bytes are held apart from what
is pickled of it, where pickling allows that (PEP 574), and no word stands in them as it is written:
so no log has one. That is no encryption, which is for the way (``docgen.batch.cluster.privacy``).
"""

import pickle
from pickle import PickleBuffer
from typing import Any, Final, Self

_MASK: Final = bytes(255 - byte for byte in range(256))
"""Applied twice, it gives what was there before."""
_WITH_BUFFERS: Final = 5
"""The version of pickles that knows buffers beside them."""


class Sealed:
    """A pickled value; only docgen opens it."""

    __slots__ = ("_masked",)

    def __init__(self, masked: bytes | bytearray | memoryview) -> None:
        # A copy: views of views may crash Python's garbage collector (CPython gh-77894).
        self._masked = bytes(masked)

    @classmethod
    def around(cls, value: object) -> Self:
        return cls(pickle.dumps(value, pickle.HIGHEST_PROTOCOL).translate(_MASK))

    def opened(self) -> Any:
        """The value. Raises what unpickling does, whose text might hold anything."""
        return pickle.loads(self._masked.translate(_MASK))  # noqa: S301 - written by docgen, at the other end

    def __repr__(self) -> str:
        return f"<{len(self._masked)} bytes>"

    def __reduce_ex__(self, protocol: object) -> tuple[type[Self], tuple[PickleBuffer | bytes]]:
        if isinstance(protocol, int) and protocol >= _WITH_BUFFERS:
            return type(self), (PickleBuffer(self._masked),)
        return type(self), (self._masked,)
