"""What a killed process said, and that all of it is still true."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rootprint.ledger.anchor import Outcome
from rootprint.ledger.chain import address_of
from rootprint.ledger.core.logproof import parse_log_proof
from rootprint.ledger.core.merkle import verify_consistency
from rootprint.ledger.log import fsck
from rootprint.ledger.store import IntentState, Target
from tests.faults.place import LOG_ID, LOG_KEY, OPERATOR_KEY

if TYPE_CHECKING:
    from rootprint.ledger.core.checkpoint import Checkpoint
    from tests.faults.place import Place


class BrokenPromise(AssertionError):
    """Something that was acknowledged, signed or anchored is not as it was said to be."""


@dataclass
class Promises:
    """Entries by statement digest, checkpoints seen, sizes said to be anchored."""

    entries: dict[bytes, bytes] = field(default_factory=dict)
    checkpoints: set[Checkpoint] = field(default_factory=set)
    anchored: set[int] = field(default_factory=set)

    def note(self, said: dict[str, Any]) -> None:
        """Remember what was said; a receipt's own proof must hold already."""
        if said["event"] == "anchored":
            self.anchored.add(said["size"])
        elif said["event"] == "ack":
            entry = bytes.fromhex(said["entry"])
            proof = parse_log_proof(said["proof"])
            proof.checkpoint.verify(LOG_KEY.note_key)
            proof.verify(entry)
            self.entries[bytes.fromhex(said["digest"])] = entry
            self.checkpoints.add(proof.checkpoint.checkpoint)

    def hold(self, place: Place) -> None:
        """Return if the reopened ledger keeps every promise and goes on working.

        Raises BrokenPromise, or the ledger's own error, at the first that is not kept.
        """
        self._entries_are_there(place)
        self._nothing_was_rewritten(place)
        fsck(place.store, LOG_KEY.note_key, chain=place.reader, log_id=LOG_ID)
        self._the_next_anchor_goes_through(place)
        report = fsck(place.store, LOG_KEY.note_key, chain=place.reader, log_id=LOG_ID)
        if report.entries < len(self.entries):
            raise BrokenPromise(f"{len(self.entries)} were acknowledged, {report.entries} logged")

    def _entries_are_there(self, place: Place) -> None:
        for digest, entry in self.entries.items():
            proof = place.log.proof(digest)
            proof.checkpoint.verify(LOG_KEY.note_key)
            proof.verify(entry)

    def _nothing_was_rewritten(self, place: Place) -> None:
        if not self.checkpoints:
            return
        newest = place.log.checkpoint().checkpoint
        for old in self.checkpoints:
            proof = place.log.consistency(old.size, newest.size)
            verify_consistency(old.size, newest.size, old.root, newest.root, proof)

    def _the_next_anchor_goes_through(self, place: Place) -> None:
        outcome = place.anchorer.anchor()
        if outcome.state is Outcome.PENDING:
            raise BrokenPromise(f"the next anchor did not go through: {outcome.reason}")
        count = place.reader.checkpoint_count(LOG_ID)
        rows = [place.reader.checkpoint(LOG_ID, number) for number in range(count)]
        covered = {row.size: row.root for row in rows}
        if missing := self.anchored - set(covered):
            raise BrokenPromise(f"said to be anchored and not there: sizes {sorted(missing)}")
        size = place.log.size
        if size and covered.get(size) != place.log.root(size):
            raise BrokenPromise(f"the last row does not cover all {size} entries")
        self._each_row_is_one_settled_intent(place, list(covered))

    def _each_row_is_one_settled_intent(self, place: Place, sizes: list[int]) -> None:
        target = Target(
            place.chain.chain_id,
            place.contracts.checkpoint_registry,
            LOG_ID,
            address_of(OPERATOR_KEY),
        )
        with place.store.read() as tx:
            found = {state: tx.anchors.intents(target, state) for state in IntentState}
        if found[IntentState.PENDING] or found[IntentState.FAILED]:
            raise BrokenPromise("an intent was left open or failed")
        if [intent.size for intent in found[IntentState.CONFIRMED]] != sizes:
            raise BrokenPromise("intents and anchored rows are not one to one")
