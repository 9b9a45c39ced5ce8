"""Our verifier as the cases' contract wants it: ``verifier EVIDENCE TRUST CHAIN POLICY``.

It prints the report as JSON and exits by its code; 2 if the trust file or the policy is wrong, or
it is not said whose statement is expected. ``python -m tests.conformance.verifier`` from the
project's folder.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.verifier import Verifier
from rootprint.ledger.verify import NothingExpected, Policy, parse_trust
from tests.conformance.chain_file import read_chain

if TYPE_CHECKING:
    from rootprint.ledger.core.chain import ChainView

USAGE = 2


def answer(
    evidence: bytes, trust: bytes, chain: ChainView, policy: bytes | None = None
) -> tuple[int, dict[str, Any]]:
    """Return exit code and report; with code 2 the report has only ``verdict`` and ``error``."""
    try:
        required = Policy() if policy is None else Policy.parse(policy)
        report = Verifier(parse_trust(trust), chain, policy=required).verify(evidence)
    except (NothingExpected, Refused) as error:
        return USAGE, {"verdict": None, "error": str(error)}
    return report.exit_code, report.json()


def main(arguments: list[str]) -> int:
    """Verify with the four files named."""
    if len(arguments) != 4:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return USAGE
    evidence, trust, chain, policy = map(Path, arguments)
    code, report = answer(
        evidence.read_bytes(), trust.read_bytes(), read_chain(chain), policy.read_bytes()
    )
    print(json.dumps(report, indent=1))  # noqa: T201
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
