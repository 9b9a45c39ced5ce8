"""Claim things of Merkle trees, ask the contracts and Python, and say whether they agree.

Prints the disagreements with what was claimed, a table of kinds and answers, and one verdict. Exits
0 if both agreed on every claim and no kind or answer was left out, 1 if not, 2 if the contracts
can't be run. The same seed makes the same claims.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from tests.differential.answers import (
    FALSE,
    NO_APPEND,
    TOO_LARGE,
    TRUE,
    UNSAYABLE,
    library_must_say,
    python_says,
    registry_must_say,
)
from tests.differential.chain import LIBRARY_PATH, OPTIONS, Contracts, compiled
from tests.differential.changes import KINDS, Maker
from tests.differential.claims import CONSISTENCY, INCLUSION, Claim, Tree
from tests.support.anvil import anvil_program, running
from tests.support.compiling import contracts_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.differential.claims import Question

ROOT: Final = Path(__file__).resolve().parents[2]
AT_ONCE: Final = 54 * 10  # each kind and question as often
SHOWN: Final = 20
EVERY: Final = 10  # seconds from one line of progress to the next
ANSWERS: Final = (TRUE, FALSE, UNSAYABLE, NO_APPEND, TOO_LARGE)


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, of which kind it is, and whether Python accepts it."""

    kind: str
    claim: Claim
    accepted: bool


@dataclass
class Tally:
    """What came out so far."""

    done: int = 0
    wrong: list[str] = field(default_factory=list)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)

    def take(self, case: Case, library: str, registry: str | None) -> None:
        """Count one claim and what was said of it."""
        claim, accepted = case.claim, case.accepted
        self.done += 1
        self.kinds[case.kind, TRUE if accepted else FALSE] += 1
        wanted = {"RFC9162": library_must_say(claim, accepted=accepted)}
        found = {"RFC9162": library}
        if registry is not None:
            wanted["CheckpointRegistry"] = registry_must_say(claim, accepted=accepted)
            found["CheckpointRegistry"] = registry
        for contract, answer in found.items():
            self.answers[contract, answer] += 1
        problems = [
            f"{contract} says {found[contract]}, not {answer}"
            for contract, answer in wanted.items()
            if found[contract] != answer
        ]
        if case.kind == "honest" and not accepted:
            problems.append("Python refuses an honest claim")
        if problems:
            self.wrong.append(f"{case.kind}: {'; '.join(problems)}\n    {shown(claim)}")

    def lacks(self) -> list[str]:
        """Return what this run should have met and has not."""
        missing = [f"kind {kind}" for kind in KINDS if not _of(self.kinds, kind)]
        for contract, answer in (
            *(("RFC9162", answer) for answer in (TRUE, FALSE, UNSAYABLE)),
            *(("CheckpointRegistry", answer) for answer in ANSWERS),
        ):
            if not self.answers[contract, answer]:
                missing.append(f"{contract} {answer}")
        return missing


def draw(seed: int, batch: int, count: int) -> list[Case]:
    """Make the claims of a batch: kinds and questions in turn, the rest is chance."""
    random = Random(f"{seed}/{batch}")
    trees = Tree(random, sparse=False), Tree(random, sparse=True)
    questions: tuple[Question, ...] = (INCLUSION, CONSISTENCY)
    kinds = [(kind, question) for kind in KINDS for question in questions]
    cases = []
    for number in range(count):
        kind, question = kinds[number % len(kinds)]
        claim = KINDS[kind](Maker(random, trees, question))
        cases.append(Case(kind, claim, python_says(claim)))
    return cases


def compare(contracts: Contracts, count: int, seed: int) -> Tally:
    """Ask about ``count`` claims; the contracts answer while the next are made."""
    tally, said = Tally(), time.monotonic()
    begun = said
    with ThreadPoolExecutor(1) as asking:
        asked = None
        for batch, start in enumerate(range(0, count + AT_ONCE, AT_ONCE)):
            cases = draw(seed, batch, min(AT_ONCE, max(count - start, 0)))
            if asked is not None:
                before, answers = asked
                for case, (library, registry) in zip(before, answers.result(), strict=True):
                    tally.take(case, library, registry)
            asked = cases, asking.submit(contracts.say, [case.claim for case in cases])
            if time.monotonic() - said > EVERY:
                said = time.monotonic()
                print(progress(tally, count, said - begun), file=sys.stderr, flush=True)  # noqa: T201
    return tally


def progress(tally: Tally, count: int, seconds: float) -> str:
    """Return a line that says how far a run is, and how long it will still take."""
    rate = tally.done / seconds
    left = (count - tally.done) / max(rate, 1)
    return (
        f"{tally.done:,} of {count:,}, {len(tally.wrong)} disagreements, {rate:,.0f} a second,"
        f" {left / 60:.0f} min left"
    )


def shown(claim: Claim) -> str:
    """Return a claim as one can type it in again."""
    values = asdict(claim)
    values["path"] = [digest.hex() for digest in claim.path]
    values["first"], values["second"] = claim.first.hex(), claim.second.hex()
    return str(values)


def table(tally: Tally) -> Iterator[str]:
    """Yield the lines of the table: what Python said of each kind, what each contract answered."""
    yield f"{'kind':36}{'claims':>10}{'true':>10}"
    for kind in KINDS:
        yield f"{kind:36}{_of(tally.kinds, kind):10,}{tally.kinds[kind, TRUE]:10,}"
    for (contract, answer), many in sorted(tally.answers.items()):
        yield f"{contract + ' ' + answer:46}{many:10,}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and say in one line what came out."""
    asked = _parser().parse_args(arguments)
    begun = time.monotonic()
    program = anvil_program(ROOT)
    if program is None:
        print("differential: no anvil here; name it: ROOTPRINT_ANVIL", file=sys.stderr)  # noqa: T201
        return 2
    try:
        code = compiled(contracts_script(ROOT), ROOT, {"": (ROOT / LIBRARY_PATH).read_text()})[""]
    except Exception as error:  # noqa: BLE001 - npm, the compiler or Node: each in its own words
        print(f"differential: the contracts can't be compiled: {error}", file=sys.stderr)  # noqa: T201
        return 2
    with running(program, *OPTIONS) as url:
        contracts = Contracts(url, code)
        print(f"{asked.count:,} claims, seed {asked.seed}", file=sys.stderr, flush=True)  # noqa: T201
        tally = compare(contracts, asked.count, asked.seed)
    for line in (*tally.wrong[:SHOWN], *table(tally)):
        print(line)  # noqa: T201
    missing = tally.lacks()
    print(verdict(tally, missing, asked.seed, time.monotonic() - begun))  # noqa: T201
    return 1 if tally.wrong or missing else 0


def verdict(tally: Tally, missing: Sequence[str], seed: int, seconds: float) -> str:
    """Return the last line."""
    word = "DISAGREED" if tally.wrong else "LACKING" if missing else "AGREED"
    asked = sum(tally.answers.values()) - tally.done
    return (
        f"{word} {tally.done - len(tally.wrong):,} of {tally.done:,} verifications, {asked:,} of"
        f" them by the registry too, {len(KINDS)} kinds, seed {seed}, {seconds:.0f} s"
        + (f"; never met: {', '.join(missing)}" if missing else "")
    )


def _of(kinds: Counter[tuple[str, str]], kind: str) -> int:
    return kinds[kind, TRUE] + kinds[kind, FALSE]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/differential",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--count", type=_positive, default=1_000_000, help="how many (1,000,000)")
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn (1)")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        message = "at least one claim"
        raise argparse.ArgumentTypeError(message)
    return number
