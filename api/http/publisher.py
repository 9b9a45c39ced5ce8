"""Taking turns at publishing: who is next is judged against the log as it then stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from rootprint.api.http.settings import Settings
from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.errors import BadSignature, NotFound, Unavailable
from rootprint.ledger.core.sdjwt import split
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.intake import Home, publish
from rootprint.ledger.log import Log, LogDamaged, LogReader, Receipt


class Publisher:
    """One app's way to append; threads share it.

    It owns the turn: one thread of this app judges and appends at a time, which keeps "logged
    already" true until the append and SQLite's writers from starving each other. Other processes
    on the same store are kept apart by the store's own write lock, inside ``Log.append``.
    """

    def __init__(self, home: Home, log: Log, settings: Settings) -> None:
        self._home, self._log, self._seconds = home, log, settings.turn_seconds
        self._turn = Lock()
        self._places = BoundedSemaphore(settings.publishers)

    def publish(self, text: str) -> tuple[Receipt, bool]:
        """Return the receipt, and whether these bytes are new to the log.

        The same JWT again gets its entry even if its key was retired since: it was judged when
        it was logged. Disclosures are judged and dropped. Raises what ``ledger.intake.publish``
        raises; Unavailable if too many wait, or the turn does not come in time.
        """
        digest = sha256(split(text)[0].encode())
        with self._next():
            logged = self._logged(digest)
            if logged is None:
                return self._append(text), True
            _ = parse_statement(text).opened  # the same rule for disclosures as the first time
            return logged, False

    def _logged(self, digest: bytes) -> Receipt | None:
        try:
            with own_records():
                proof = self._log.proof(digest)
        except NotFound:
            return None
        return Receipt(proof.index, self._log.entry(proof.index), proof)

    def _append(self, text: str) -> Receipt:
        try:
            return publish(self._home, self._log, [text])[0]
        except BadSignature:
            require_own_checkpoint(self._log)  # whose signature was it that is not true?
            raise

    @contextmanager
    def _next(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise Unavailable("too many publish at once")
        try:
            if not self._turn.acquire(timeout=self._seconds):
                raise Unavailable(f"no turn to publish within {self._seconds:g} s")
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._places.release()


@contextmanager
def own_records() -> Iterator[None]:
    """What is read inside was written here: a signature that is not true is damage, not fraud."""
    try:
        yield
    except BadSignature as error:
        raise LogDamaged("a stored checkpoint is not signed by this log's key") from error


def require_own_checkpoint(log: LogReader) -> None:
    """Return if the newest checkpoint is by the log's key, or there is none yet."""
    try:
        with own_records():
            log.checkpoint()
    except NotFound:
        return
