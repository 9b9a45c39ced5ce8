"""Change a whole evidence file in every way that ``mutate`` knows, over the chain its trust names.

Prints progress on stderr and one verdict on stdout. Exits 0 if no change was taken for the
original, 1 if one was, 2 if the files can't be used.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from collections import Counter
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rootprint.ledger.chain import EmbeddedChain
from rootprint.ledger.core.errors import LedgerError
from rootprint.ledger.evidence import NoChain
from rootprint.ledger.verify import parse_trust
from tests.conformance.chain_file import read_chain
from tests.mutations.mutate import (
    Mutation,
    Verifier,
    at_random,
    remembered_signatures,
    systematic,
    trust_changes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rootprint.ledger.core.chain import ChainView

EVERY = 250
SHOWN = 20


@dataclass(frozen=True)
class Task:
    """What one of ``workers`` processes does: each ``workers``-th change, from ``number`` on."""

    evidence: Path
    trust: Path
    random: int
    seed: int
    thorough: bool
    now: int
    number: int
    workers: int

    def run(self) -> tuple[Counter[str], Counter[str], list[str]]:
        """Return verdicts by count, harmless places by count, and the violations."""
        verifier = self.verifier()
        verdicts: Counter[str] = Counter()
        harmless: Counter[str] = Counter()
        wrong: list[str] = []
        with remembered_signatures():
            for done, mutation in enumerate(self._mine(verifier.evidence), 1):
                verdict, problem = verifier.violation(mutation.build())
                verdicts[verdict] += 1
                if verdict == "verified":
                    harmless[mutation.place] += 1
                if problem is not None:
                    wrong.append(f"{mutation.place} ({mutation.what}): {problem}")
                if self.number == 0 and done % EVERY == 0:
                    print(f"{done * self.workers} changes …", file=sys.stderr, flush=True)  # noqa: T201
        return verdicts, harmless, wrong

    def verifier(self) -> Verifier:
        """Open the chain and verify the files as they are."""
        trust = self.trust.read_bytes()
        return Verifier(
            self.evidence.read_bytes(), trust, opened(trust, self.trust.parent), now=self.now
        )

    def _mine(self, evidence: bytes) -> Iterator[Mutation]:
        everything = chain(
            systematic(evidence, thorough=self.thorough),
            at_random(evidence, self.random, self.seed),
        )
        return islice(everything, self.number, None, self.workers)


def opened(trust: bytes, folder: Path) -> ChainView:
    """Open the chain that the trust file names, read-only; a case's is its ``chain.json``."""
    name = parse_trust(trust).chain_file
    if name is None and (folder / "chain.json").is_file():
        return read_chain(folder / "chain.json")
    if name is None:
        return NoChain()  # its evidence proves the chain, or does not verify
    return EmbeddedChain.open(folder / name, read_only=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all processes and say in one line what came out."""
    asked = _parser().parse_args(arguments)
    begun = time.monotonic()
    common = (asked.evidence, asked.trust, asked.random, asked.seed, asked.thorough)
    tasks = [
        Task(*common, int(time.time()), number, asked.processes)
        for number in range(asked.processes)
    ]
    try:
        verifier = tasks[0].verifier()
        with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
            answers = pool.map(Task.run, tasks)
    except (LedgerError, OSError, ValueError) as error:
        print(f"mutations: {error}", file=sys.stderr)  # noqa: T201
        return 2
    verdicts = sum((answer[0] for answer in answers), Counter[str]())
    harmless = sum((answer[1] for answer in answers), Counter[str]())
    wrong = [line for answer in answers for line in answer[2]]
    trusts, distrusted = _distrust(verifier)
    return _tell(verdicts, harmless, wrong + distrusted, trusts, time.monotonic() - begun)


def _distrust(verifier: Verifier) -> tuple[int, list[str]]:
    trust: dict[str, Any] = json.loads(verifier.trust)
    changes, wrong = list(trust_changes(trust)), []
    for change in changes:
        _, problem = verifier.distrusts(change.to(trust))
        if problem is not None:
            wrong.append(f"trust {change.place} ({change.what}): {problem}")
    return len(changes), wrong


def _tell(
    verdicts: Counter[str], harmless: Counter[str], wrong: list[str], trusts: int, seconds: float
) -> int:
    for line in wrong[:SHOWN]:
        print(line)  # noqa: T201
    for place, count in sorted(harmless.items()):
        print(f"still verified, as it should be: {place} ({count})", file=sys.stderr)  # noqa: T201
    counts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
    total = sum(verdicts.values())
    print(  # noqa: T201
        f"{'FAILED' if wrong else 'PASSED'} {total} changed files ({counts}) and {trusts} changed"
        f" trust files in {seconds:.0f} s: {len(wrong)} taken for something they are not"
    )
    return 1 if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/mutations", description=__doc__)
    parser.add_argument("evidence", type=Path)
    parser.add_argument("trust", type=Path)
    parser.add_argument("--random", type=int, default=2000, help="random byte changes (2000)")
    parser.add_argument("--seed", type=int, default=1, help="of the random changes (1)")
    parser.add_argument("--processes", type=int, default=2, choices=range(1, 65), metavar="N")
    parser.add_argument(
        "--thorough", action="store_true", help="also every path inside payloads and disclosures"
    )
    return parser
