"""Limits of docs/verifying.md just kept and just broken, where the neighbour gives another answer.

Those of a record, a decimal, a name, an organisation's rows and a trust file stand with their kind.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import rlp
from eth_hash.auto import keccak

from rootprint.ledger.core.chain import MAX_HISTORY
from rootprint.ledger.core.encoding import hex_text
from tests.conformance.casebook import (
    Files,
    Payload,
    Scene,
    case,
    edit,
    failed,
    incomplete,
    verified,
)
from tests.conformance.catalogue.by_table import enter

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


def _anchored() -> tuple[Scene, Statement]:
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    return scene, subject


def _history(rows: int) -> Files:
    """Anchor the entry in the last of so many rows; those before it were never written."""
    scene = Scene()
    subject = scene.part()
    point, time = scene.checkpoint().checkpoint, scene.chain.block().time + 1
    scene.chain.set_row(scene.log_id, rows - 1, point.size, point.root, time)
    scene.anchored.append(point.size)
    scene.chain.mine()
    return scene.files(subject, scene.whole(subject))


@case(verified())
def a_history_of_as_many_rows_as_there_can_be() -> Files:
    """The last of 2^32 rows is the first that covers the entry."""
    return _history(MAX_HISTORY)


@case(incomplete(None))
def a_history_of_one_row_too_many_fail() -> Files:
    """The last of 2^32 + 1 rows covers the entry, and no evidence could name it."""
    return _history(MAX_HISTORY + 1)


def _header(members: int) -> Files:
    """Prove the chain under a header of only so many members."""
    scene, subject = _anchored()
    trusted = [""]

    def change(file: Payload) -> None:
        whole = rlp.decode(base64.b64decode(file["chain"]["header"]))
        header = bytes(rlp.encode((whole + 32 * [b""])[:members]))
        file["chain"]["header"] = base64.b64encode(header).decode()
        trusted[0] = hex_text(keccak(header))

    evidence = edit(scene.evidence(subject, proven=True), change)
    return scene.files(subject, evidence, with_chain=False, trustedBlocks=trusted)


enter(
    verified(),
    _header,
    {
        "a_trusted_header_of_15_members": (
            "The header has the members of the first blocks and no later fork's.",
            15,
        ),
        "a_trusted_header_of_32_members": (
            "The header has as many members as it may, those of forks to come.",
            32,
        ),
    },
)
enter(
    failed(0),
    _header,
    {
        "a_trusted_header_of_14_members_fail": (
            "The header lacks its fifteenth member, which every fork has.",
            14,
        ),
    },
)
