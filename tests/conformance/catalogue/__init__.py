"""The cases, one module a check. Importing this enters all of them in the casebook."""

from __future__ import annotations

from tests.conformance.catalogue import (
    chain_proof,
    check_0_readable,
    check_1_envelope,
    check_2_issuer,
    check_3_inclusion,
    check_4_anchor,
    check_5_status,
    check_6_disclosure,
    check_7_inputs,
    check_8_arithmetic,
    check_9_assurance,
    found,
    walk_whole,
)

__all__ = [
    "chain_proof",
    "check_0_readable",
    "check_1_envelope",
    "check_2_issuer",
    "check_3_inclusion",
    "check_4_anchor",
    "check_5_status",
    "check_6_disclosure",
    "check_7_inputs",
    "check_8_arithmetic",
    "check_9_assurance",
    "found",
    "walk_whole",
]
