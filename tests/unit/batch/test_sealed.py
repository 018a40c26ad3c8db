"""Sealed values: what may be printed of them is their size."""

import pickle

import pytest

from docgen.batch.cluster.sealed import Sealed
from docgen.document import Visit

VALUE = {"row": 7, "visit": Visit(patient_name="Testa Muster")}


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_no_pickle_has_a_word_of_it(protocol: int) -> None:
    sealed = Sealed.around(VALUE)
    pickled = pickle.dumps(sealed, protocol)
    assert b"Muster" not in pickled
    assert pickle.loads(pickled).opened() == VALUE


def test_its_bytes_stand_beside_the_pickle() -> None:
    """dask prints what it fails to read, and not the buffers beside it."""
    sealed = Sealed.around({"name": "Testa Muster" * 100})
    buffers: list[pickle.PickleBuffer] = []
    pickled = pickle.dumps(sealed, 5, buffer_callback=buffers.append)
    assert len(pickled) < 100
    assert b"Muster" not in b"".join(map(bytes, buffers))
    arrived = pickle.loads(pickled, buffers=buffers)
    passed_on = pickle.loads(pickle.dumps(arrived, pickle.HIGHEST_PROTOCOL))
    assert arrived.opened() == passed_on.opened() == {"name": "Testa Muster" * 100}


def test_it_shows_its_size() -> None:
    sealed = Sealed.around("Testa Muster")
    size = len(pickle.dumps("Testa Muster", pickle.HIGHEST_PROTOCOL))
    assert repr(sealed) == str(sealed) == f"<{size} bytes>"
