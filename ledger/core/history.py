"""A log's history: its rows that count, and those of the logs that go on from it.

A log that is frozen may have a successor: the registry wrote one of the log's rows as the
successor's first. From that row on the successor's rows are the history, with numbers that go on;
rows of the frozen log after it stand for nothing (whoever captured the log wrote them, it may be).
Nothing but the registry's own words is read, and a log that is not frozen has no more of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.chain import MAX_HISTORY
from rootprint.ledger.core.encoding import hex_text, time_text
from rootprint.ledger.core.errors import Unavailable

if TYPE_CHECKING:
    from rootprint.ledger.core.chain import ChainReader, CheckpointRow

# Each successor takes a week's notice by the registrar, so no honest history has as many.
MAX_SUCCESSORS: Final = 16


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one log in a history: row n of the history is row n - ``base`` of this log.

    ``last`` is the number, in the history, of the row that the next log goes on from; None where
    no log does. ``frozen_at`` in Unix seconds, 0 if it is not frozen.
    """

    log_id: bytes
    base: int
    frozen_at: int
    last: int | None


class History:
    """The history that begins with one log, as the registry has it at the reader's block.

    Raises Unavailable where the registry's words are not there, or could not have been written.
    """

    def __init__(self, reader: ChainReader, log_id: bytes) -> None:
        """Read which logs it is of: one word, and three more for each one that is frozen."""
        self._reader = reader
        self.parts = tuple(_parts(reader, log_id))

    @property
    def current(self) -> Part:
        """The log that is anchored now, or was until it was frozen."""
        return self.parts[-1]

    @property
    def count(self) -> int:
        """How many rows there are."""
        count = self.current.base + self._reader.checkpoint_count(self.current.log_id)
        if count > MAX_HISTORY:
            raise _impossible(f"a history of {count} rows")
        return count

    def part(self, number: int) -> Part:
        """Return the log that row ``number`` is of; rows to come are the last one's."""
        return next(part for part in self.parts if part.last is None or number <= part.last)

    def row(self, number: int) -> CheckpointRow:
        """Return row ``number``, from 0; beyond the last one all is zero."""
        part = self.part(number)
        return self._reader.checkpoint(part.log_id, number - part.base)

    def size(self, number: int) -> int:
        """Return the size of row ``number`` alone: its root is not read."""
        part = self.part(number)
        return self._reader.checkpoint_size(part.log_id, number - part.base)

    def last(self) -> CheckpointRow | None:
        """Return the last row, or None."""
        return self.row(count - 1) if (count := self.count) else None

    def first_covering(self, index: int) -> tuple[int, CheckpointRow] | None:
        """Return the first row whose size exceeds ``index``, by binary search; None if none does.

        Sizes rise from row to row because the contract refuses anything else. Cost: log2(rows)
        sizes read.
        """
        low, high = 0, self.count
        if not high or self.size(high - 1) <= index:
            return None
        while low < high:
            middle = (low + high) // 2
            if self.size(middle) > index:
                high = middle
            else:
                low = middle + 1
        return low, self.row(low)

    def renumbers(self, number: int) -> bool:
        """Whether row ``number`` was another one before a successor was named."""
        first = self.parts[0].last
        return first is not None and number > first

    def said(self) -> str:
        """Return in words since when logs of it are frozen and what goes on; "" if none is."""
        said = []
        for number, part in enumerate(self.parts):
            if not part.frozen_at:
                continue
            name = f"log {hex_text(part.log_id)}" if number else "the log"
            said.append(f"{name} is frozen since {time_text(part.frozen_at)}")
            if part.last is not None:
                following = hex_text(self.parts[number + 1].log_id)
                said.append(f"log {following} goes on from row {part.last}")
        return ", ".join(said)


def _parts(reader: ChainReader, log_id: bytes) -> list[Part]:
    parts: list[Part] = []
    base = 0
    while True:
        frozen = reader.frozen_at(log_id)
        named = reader.successor(log_id) if frozen else None
        if named is None:
            return [*parts, Part(log_id, base, frozen, None)]
        if len(parts) == MAX_SUCCESSORS:
            message = f"more than {MAX_SUCCESSORS} logs go on from one another"
            raise Unavailable(message, remedy="trust one of the later logs")
        following, number = named
        if number >= reader.checkpoint_count(log_id):
            raise _impossible(f"a successor from row {number} on of a log that has no such row")
        parts.append(Part(log_id, base, frozen, base + number))
        # The successor's own row 0 repeats that row, so its row 1 is the next of the history.
        log_id, base = following, base + number


def _impossible(what: str) -> Unavailable:
    # The pinned code writes no such word, so whoever answered for the chain did not read it.
    return Unavailable(
        f"the chain's answer holds {what}, which does not exist", remedy="ask another node"
    )
