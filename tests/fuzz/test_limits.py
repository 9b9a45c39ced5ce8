"""The limits that docs/evidence.md promises are those that the code has."""

from __future__ import annotations

import re
from pathlib import Path

from rootprint.ledger import evidence
from rootprint.ledger.core import canonical, chain, checkpoint, merkle, rlp, sdjwt, stateproof, trie
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.standing import MAX_RECORD
from rootprint.ledger.evidence import bundle, container, readable
from rootprint.ledger.verifier import MAX_SECONDS
from rootprint.ledger.verify import reading, trust

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"
# In the document's order.
LIMITS = (
    evidence.MAX_BYTES,
    container.MAX_OPENED,
    container.MAX_HEAD,
    container.MAX_LINE,
    canonical.MAX_MARKS,
    bundle.MAX_STATEMENTS,
    bundle.MAX_TREE_NODES,
    bundle.MAX_STATEMENTS,  # proofs of possession, one a key
    bundle.MAX_NODES,
    trie.MAX_NODE_BYTES,
    stateproof.MAX_HEADER_BYTES,
    rlp.MAX_DEPTH,
    reading.MAX_DEPTH,
    chain.MAX_ROWS,
    sdjwt.MAX_BYTES,
    sdjwt.MAX_DISCLOSURES,
    canonical.MAX_DEPTH,
    canonical.MAX_STRING,
    readable.MAX_HEAD_STRING,
    rules.MAX_SIGNIFICANT_DIGITS,
    merkle.MAX_PROOF,
    checkpoint.MAX_NOTE,
    MAX_RECORD,
    trust.MAX_BYTES,
    trust.MAX_BLOCKS,
    int(MAX_SECONDS),
)


def test_the_document_has_the_code_s_limits() -> None:
    section = DOCUMENT.read_text(encoding="utf-8").partition("\n## Limits\n")[2]
    section = section.partition("\n## ")[0]
    answer = re.findall(r"\| ([0-9,]+) \|$", section, re.MULTILINE)
    assert [int(number.replace(",", "")) for number in answer] == list(LIMITS)


def test_a_walk_is_as_long_as_a_file_may_be() -> None:
    assert reading.MAX_STATEMENTS == bundle.MAX_STATEMENTS
