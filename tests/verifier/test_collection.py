"""Garbage collection is as it was before, however a verification ends."""

from __future__ import annotations

import gc

import pytest

from rootprint.ledger.verifier.collection import collection_held


def test_it_is_held_until_the_last_has_ended() -> None:
    assert gc.isenabled()
    with collection_held():
        with collection_held():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt), collection_held():
        raise KeyboardInterrupt
    assert gc.isenabled()


def test_who_had_switched_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with collection_held():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
