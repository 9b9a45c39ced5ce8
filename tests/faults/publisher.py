"""The process that is killed: publishes and anchors until somebody stops it.

Usage: python -m tests.faults.publisher FOLDER SEED

Each line on stdout is one JSON object. ``publish`` and ``anchor`` say what begins; ``ack`` carries
a receipt and is written only after the append has returned; ``anchored`` ends an anchor.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rootprint.ledger.anchor import Outcome
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.seal import seal
from tests.faults.place import Place, opened
from tests.support.statements import LOG, assurance, factor, status

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from tests.support.statements import Draft

DRAFTS = ("factor", "assurance", "status")


def say(**content: object) -> None:
    """Write one line at once; a line without its end was never said."""
    os.write(1, json.dumps(content).encode() + b"\n")


def main() -> None:
    """Work for ever on the folder given."""
    folder, seed = Path(sys.argv[1]), sys.argv[2]
    chance, key = random.Random(seed), SigningKey.generate()
    with opened(folder) as place:
        place.anchorer.lag()
        say(event="ready")
        while True:
            for _ in range(chance.randint(1, 3)):
                batch = [seal(draft(chance), key, LOG) for _ in range(chance.randint(1, 12))]
                publish(place, batch)
            anchor(place)


def draft(chance: random.Random) -> Draft:
    """Return a draft of some kind; a factor of its own product, for one has one live number."""
    kind = chance.choice(DRAFTS)
    if kind == "factor":
        return factor(productIds=[f"urn:example:factor:{chance.getrandbits(64)}"])
    return assurance() if kind == "assurance" else status()


def publish(place: Place, batch: list[Statement]) -> None:
    """Append one batch and acknowledge each receipt."""
    say(event="publish")
    for statement, receipt in zip(batch, place.log.append(batch), strict=True):
        say(
            event="ack",
            digest=statement.digest.hex(),
            entry=receipt.entry.hex(),
            proof=receipt.proof.text(),
        )


def anchor(place: Place) -> None:
    """Anchor and say up to where."""
    say(event="anchor")
    outcome = place.anchorer.anchor()
    if outcome.state is not Outcome.ANCHORED:
        sys.exit(f"the embedded chain left an anchor {outcome.state}: {outcome.reason}")
    say(event="anchored", size=outcome.size)


if __name__ == "__main__":
    main()
