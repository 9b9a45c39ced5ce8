"""The JSON that the API answers with. Digests are ``sha256:<hex>``, bytes are base64."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Model(BaseModel):
    """Members are written in camel case, as in statements."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class Anchored(Model):
    """The chain's first row that covers an entry: its number, its size, its block time (UTC).

    What the chain says as this ledger reads it; a verifier reads the chain itself.
    """

    checkpoint: int
    size: int
    time: str


class ReceiptBody(Model):
    """What a publisher keeps: the entry (65 bytes) at ``index``, and its tlog-proof.

    ``unanchoredSince`` is when the log signed for the oldest entry that no anchor covers yet, by
    its own clock: since then anchoring lags. It is null where all are anchored, or where the chain
    can't be read now.
    """

    digest: str
    entry: str
    index: int
    proof: str
    anchored: Literal[False] | Anchored
    unanchored_since: str | None


class EntryBody(Model):
    """An entry's 65 bytes. Alone it proves nothing."""

    index: int
    entry: str


class ConsistencyBody(Model):
    """The RFC 9162 proof, each hash in base64, that the tree of ``new`` extends that of ``old``."""

    old: int
    new: int
    proof: list[str]


class LogHealth(Model):
    """Entries logged, entries anchored, and for how long the oldest of the others has waited."""

    origin: str
    size: int
    anchored: int
    lag_seconds: int


class ChainHealth(Model):
    """The home chain's head as it is seen from here."""

    id: int
    block: int
    time: str
    test: bool


class HealthBody(Model):
    """The state of log and chain."""

    log: LogHealth
    chain: ChainHealth


class ProblemBody(Model):
    """Any error: a stable code, what and where, and who can correct it how."""

    code: str
    message: str
    remedy: str
