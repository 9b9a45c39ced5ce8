"""What the anchorer means to do, before it does it, and every transaction it signed for that."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from rootprint.ledger.store.tables import anchor_attempt as attempts
from rootprint.ledger.store.tables import anchor_intent as intents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection


class IntentState(StrEnum):
    """Pending until the chain has settled it; a reorg makes a confirmed one pending again."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    FAILED = "failed"


@dataclass(frozen=True)
class Target:
    """Whom an anchorer acts for: chain, 20-byte registry and operator, 32-byte log id."""

    chain_id: int
    registry: bytes
    log_id: bytes
    operator: bytes


@dataclass(frozen=True)
class Intent:
    """To anchor (size, root) by calling the registry with ``data`` under ``nonce``.

    The nonce is the intent's for life. ``block_number`` and ``block_hash`` say where it was
    confirmed, ``reason`` why it failed.
    """

    number: int
    target: Target
    nonce: int
    size: int
    root: bytes
    data: bytes
    state: IntentState = IntentState.PENDING
    block_number: int | None = None
    block_hash: bytes | None = None
    reason: str = ""


@dataclass(frozen=True)
class Attempt:
    """One signed transaction for an intent; any of them may be the one that is mined.

    ``max_fee`` and ``priority`` are wei per gas, ``time`` Unix seconds of signing.
    """

    hash: bytes
    intent: int
    number: int
    raw: bytes
    max_fee: int
    priority: int
    time: int


class Anchors:
    """Intents and attempts; none is ever removed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, target: Target, *, nonce: int, size: int, root: bytes, data: bytes) -> Intent:
        """Write down a new intent. Raises Refused (at the commit) if its nonce is taken."""
        newest = self._connection.execute(select(func.max(intents.c.number))).scalar()
        intent = Intent((newest or 0) + 1, target, nonce, size, root, data)
        values = {
            "number": intent.number,
            **_where(target),
            "nonce": nonce,
            "size": size,
            "root": root,
            "data": data,
            "state": intent.state.value,
            "reason": "",
        }
        self._connection.execute(insert(intents).values(values))
        return intent

    def holder(self, target: Target, nonce: int) -> Intent | None:
        """Return the intent that has the account's nonce, of whatever state or log.

        An account may anchor several logs at one registry; a nonce is used once.
        """
        query = select(intents).where(
            intents.c.chain_id == target.chain_id,
            intents.c.registry == target.registry,
            intents.c.operator == target.operator,
            intents.c.nonce == nonce,
        )
        found = self._connection.execute(query).first()
        return None if found is None else _intent(found)

    def free_nonce(self, target: Target, mined: int, *, besides: Intent | None = None) -> int:
        """Return the account's next nonce: after those mined and those of its intents under way.

        ``mined`` is what the chain says; a confirmed intent's nonce is mined, whatever a node that
        is a block behind says. ``besides`` is an intent that does not count.
        """
        query = select(intents.c.nonce, intents.c.state, intents.c.number).where(
            intents.c.chain_id == target.chain_id, intents.c.operator == target.operator
        )
        rows = self._connection.execute(query).all()
        used = [nonce for nonce, state, _ in rows if state == IntentState.CONFIRMED.value]
        under_way = {
            nonce
            for nonce, state, number in rows
            if state == IntentState.PENDING.value and (besides is None or number != besides.number)
        }
        nonce = max(mined, max(used, default=-1) + 1)
        while nonce in under_way:
            nonce += 1
        return nonce

    def renew(
        self, intent: Intent, target: Target, *, size: int, root: bytes, data: bytes
    ) -> Intent:
        """Mean something else by a failed intent whose nonce the chain has not used.

        Its transactions are kept: any of them may still be mined in that nonce's place. ``target``
        may be another log of the same account at the same registry.
        """
        meant = replace(
            intent,
            target=target,
            size=size,
            root=root,
            data=data,
            state=IntentState.PENDING,
            reason="",
        )
        values = {"log_id": target.log_id, "size": size, "root": root, "data": data}
        self._set(intent, **values, state=meant.state, reason="")
        return meant

    def intents(self, target: Target, state: IntentState) -> list[Intent]:
        """Return a target's intents in that state, lowest nonce first."""
        query = select(intents).where(intents.c.state == state.value)
        for name, value in _where(target).items():
            query = query.where(intents.c[name] == value)
        return [_intent(row) for row in self._connection.execute(query.order_by(intents.c.nonce))]

    def confirm(self, intent: Intent, block_number: int, block_hash: bytes) -> None:
        """Write down that an intent was settled in this block."""
        self._set(
            intent, state=IntentState.CONFIRMED, block_number=block_number, block_hash=block_hash
        )

    def reopen(self, intent: Intent) -> None:
        """Take an intent back to pending: its block is not canonical any more."""
        self._set(intent, state=IntentState.PENDING, block_number=None, block_hash=None)

    def fail(self, intent: Intent, reason: str) -> None:
        """Write down why an intent can't succeed any more."""
        self._set(intent, state=IntentState.FAILED, reason=reason)

    def put_attempt(self, attempt: Attempt) -> None:
        """Keep a signed transaction before it is sent."""
        names = [column.name for column in attempts.columns]
        values = dict(zip(names, astuple(attempt), strict=True))
        self._connection.execute(insert(attempts).values(values))

    def attempts(self, intent: Intent) -> list[Attempt]:
        """Return an intent's signed transactions, oldest first."""
        query = (
            select(attempts).where(attempts.c.intent == intent.number).order_by(attempts.c.number)
        )
        return [Attempt(*row) for row in self._connection.execute(query)]

    def all_attempts(self) -> Iterator[Attempt]:
        """Yield every signed transaction, as it stands."""
        for row in self._connection.execute(select(attempts).order_by(attempts.c.hash)):
            yield Attempt(*row)

    def _set(self, intent: Intent, **values: Any) -> None:
        changed = update(intents).where(intents.c.number == intent.number).values(values)
        self._connection.execute(changed)


def _where(target: Target) -> dict[str, Any]:
    return {
        "chain_id": target.chain_id,
        "registry": target.registry,
        "log_id": target.log_id,
        "operator": target.operator,
    }


def _intent(row: Any) -> Intent:
    number, chain_id, registry, log_id, operator, nonce, size, root, data, state, *rest = row
    target = Target(chain_id, registry, log_id, operator)
    return Intent(number, target, nonce, size, root, data, IntentState(state), *rest)
