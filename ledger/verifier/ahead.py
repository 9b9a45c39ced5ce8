"""Signatures of a file's statements, verified ahead of the walk in copies of this process.

A walk meets statements by falling log index, so copies verify them in that order and say, digest by
digest, which signatures are true for the key that the statement names. Of all others (not true,
not reached yet, or a copy has ended) nothing is said, and the walk verifies them itself: a copy can
spare it a verification, and change no answer.
"""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, NoReturn

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.keys import PublicKey
from rootprint.ledger.core.sdjwt import parse_signature
from rootprint.ledger.verifier import slices

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rootprint.ledger.evidence import Evidence
    from rootprint.ledger.verify import Signed

_DIGEST: Final = 32
_AT_ONCE: Final = 64  # digests between two words to the walk: written whole, as a pipe takes them
_PIECE: Final = 1 << 16


@contextmanager
def signatures_ahead(evidence: Evidence, processes: int | None) -> Iterator[Signed | None]:
    """Give what copies find while a file is walked; None where there are no copies."""
    count = slices.processes_for(processes, len(evidence.statements)) - 1
    if count < 1:
        yield None
        return
    places = evidence.places
    order = sorted(evidence.statements, key=lambda one: -places[one].index if one in places else 1)
    copies: list[_Copy] = []
    try:
        for number in range(count):
            others = [copy.pipe for copy in copies]
            copies.append(_Copy(evidence, order[number::count], others))
        yield _Found(copies).signed
    finally:
        for copy in copies:
            copy.end()


class _Found:
    """What copies have said so far."""

    def __init__(self, copies: Sequence[_Copy]) -> None:
        self._copies, self._true = copies, set[bytes]()

    def signed(self, digest: bytes) -> bool:
        """Whether a copy found this statement's signature true for the key that it names."""
        if digest not in self._true:
            for copy in self._copies:
                self._true.update(copy.said())
        return digest in self._true


class _Copy:
    """A copy of this process; ``others`` are pipes that are not its own."""

    def __init__(self, evidence: Evidence, order: Sequence[bytes], others: Sequence[int]) -> None:
        self.pipe, out = os.pipe()
        os.set_blocking(self.pipe, False)
        self._heard = b""
        self._pid: int | None = None
        with suppress(OSError):  # no memory, or no more processes: the walk verifies these
            self._pid = os.fork()
        if self._pid == 0:
            _work(evidence, order, out, (self.pipe, *others))
        os.close(out)

    def said(self) -> Sequence[bytes]:
        """Return the digests that it has said whole since it was asked last."""
        with suppress(BlockingIOError):
            while piece := os.read(self.pipe, _PIECE):
                self._heard += piece
        heard, whole = self._heard, len(self._heard) // _DIGEST * _DIGEST
        self._heard = heard[whole:]
        return [heard[low : low + _DIGEST] for low in range(0, whole, _DIGEST)]

    def end(self) -> None:
        """End it if it runs, and close its pipe."""
        os.close(self.pipe)
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            with suppress(ChildProcessError):  # the system reaped it (SIGCHLD ignored)
                os.waitpid(self._pid, 0)


def _work(evidence: Evidence, order: Sequence[bytes], out: int, others: Sequence[int]) -> NoReturn:
    """Verify in a copy, and end it without what a program does at its end.

    It ends too when its pipe is read no more (SIGPIPE).
    """
    try:
        for number in (signal.SIGINT, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        for pipe in others:
            os.close(pipe)
        for low in range(0, len(order), _AT_ONCE):
            part = order[low : low + _AT_ONCE]
            os.write(out, b"".join(one for one in part if is_signed(one, evidence)))
    finally:
        os._exit(0)


def is_signed(digest: bytes, evidence: Evidence) -> bool:
    """Whether a file's statement is signed by the key that its header names, given in the file.

    A file is read so that its digests are those of its texts, and its keys stand under theirs.
    """
    try:
        kid, message, signature = parse_signature(evidence.statements[digest])
        PublicKey.from_jwk(evidence.keys[kid]).verify(message, signature)
    except (Refused, KeyError):
        return False
    return True
