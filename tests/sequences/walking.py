"""Walk a tree of sequences, on the model and on the real contracts, and compare what they say."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import hex_text, time_text
from rootprint.ledger.verifier import Verifier
from rootprint.ledger.verify import Policy, parse_trust
from tests.agreement.verifiers import Answer
from tests.sequences.ledger import BEGUN, DIDS, Cast, Ledger
from tests.sequences.model import MAKER, STEP, Model, Verdict

if TYPE_CHECKING:
    from pathlib import Path

Operations = tuple[str, ...]
POLICY = encode({"version": 1, "assurance": "limited"})


@dataclass(frozen=True)
class Place:
    """Where a sequence leads: what the model and the real ledger are then, and when that is."""

    model: Model
    ledger: Ledger


@dataclass
class Tally:
    """What came out so far. A disagreement is a sequence and what is said of it."""

    sequences: int = 0
    disagreed: list[str] = field(default_factory=list)
    operations: Counter[tuple[str, bool]] = field(default_factory=Counter)
    verdicts: Counter[tuple[str, int | None]] = field(default_factory=Counter)
    earlier: int = 0
    asked_again: int = 0  # of the second verifier
    stopped: bool = False

    def add(self, other: Tally) -> None:
        """Count what another walk found too."""
        self.sequences += other.sequences
        self.disagreed += other.disagreed
        self.operations += other.operations
        self.verdicts += other.verdicts
        self.earlier += other.earlier
        self.asked_again += other.asked_again


@dataclass
class Walk:
    """Takes sequences in order, so that each shares its beginning with the one before.

    Every ``second``-th verdict is written to a folder under ``kept`` for the other verifier.
    """

    kept: Path
    second: int
    seed: int
    tally: Tally = field(default_factory=Tally)
    written: dict[Path, tuple[str, Answer]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with three organisations and an empty log."""
        self._done: Operations = ()
        self._path = [Place(Model(BEGUN), Ledger.begun(_cast()))]
        self._judged = 0
        self._last: Ledger | None = None
        self._said: dict[int, Verdict] = {}

    def take(self, operations: Operations, *, earlier: int | None = None) -> None:
        """Do a sequence and compare all verdicts after it.

        Asks also what they were after the first ``earlier`` operations, from what is there now.
        """
        shared = 0
        while self._done[: shared + 1] == operations[: shared + 1] and shared < len(self._done):
            shared += 1
        self._done = operations[:shared]
        del self._path[shared + 1 :]
        for operation in operations[shared:]:
            self._step(operation)
        self.tally.sequences += 1
        place = self._path[-1]
        for number in range(len(place.ledger.footprints)):
            self._judge(place, number, place.model.now)
            if earlier is not None:
                self.tally.earlier += 1
                self._judge(place, number, self._path[earlier].model.now)

    def _step(self, operation: str) -> None:
        before = self._path[-1]
        model = deepcopy(before.model)
        accepted = model.apply(operation)
        ledger = before.ledger.apply(operation, model.now)
        self._done = (*self._done, operation)
        self._path.append(Place(model, ledger or before.ledger))
        self.tally.operations[operation, accepted] += 1
        if accepted != (ledger is not None):
            words = {True: "accepted", False: "refused"}
            said = f"{words[accepted]} by the model, {words[not accepted]} in fact"
            self._disagree(f"{operation} is {said}")

    def _judge(self, place: Place, number: int, asked: int) -> None:
        wanted = place.model.verdict(number, asked)
        if asked < place.model.now:
            found = self._asked(place.ledger, number, asked)
        else:
            found = self._asked_now(place, number)
        self.tally.verdicts[found.word, found.check] += 1
        if found != wanted:
            steps = (place.model.now - asked) // STEP
            when = f", asked {steps} operations earlier" if steps else ""
            self._disagree(f"footprint {number}{when}: {wanted} by the model, {found} in fact")

    def _asked_now(self, place: Place, number: int) -> Verdict:
        """Ask once of a ledger: what is refused changes nothing that a verifier reads."""
        if place.ledger is not self._last:
            self._last, self._said = place.ledger, {}
        if number not in self._said:
            self._said[number] = self._asked(place.ledger, number, place.model.now)
        return self._said[number]

    def _disagree(self, what: str) -> None:
        self.tally.disagreed.append(f"{', '.join(self._done)}: {what}")

    def _asked(self, ledger: Ledger, number: int, asked: int) -> Verdict:
        """Export evidence, verify it, and return what the verifier said."""
        footprint = ledger.footprints[number]
        trust = {**ledger.trust(footprint), "asOf": time_text(asked)}
        verifier = _verifier(trust, ledger)
        made = verifier.export(footprint.digest, ledger)
        self._judged += 1
        if self._judged % self.second:
            return verdict_of(verifier.verify(made.data).json())
        # The other verifier sees the chain as the file proves it, and so does this one then.
        made = verifier.prove(made)
        assert made.block is not None
        trust["trustedBlocks"] = [hex_text(made.block.hash)]
        report = _verifier(trust, ledger).verify(made.data)
        self._write(made.data, encode(trust), Answer.of(report.exit_code, report.json()))
        return verdict_of(report.json())

    def _write(self, evidence: bytes, trust: bytes, answer: Answer) -> None:
        folder = self.kept / f"{self.seed}-{len(self.written):06}"
        folder.mkdir(parents=True)
        files = {"evidence.gz": evidence, "trust.json": trust, "policy.json": POLICY}
        for name, data in {**files, "chain.json": b"null"}.items():
            (folder / name).write_bytes(data)
        self.written[folder] = ", ".join(self._done), answer


@cache
def _cast() -> Cast:
    """Return the one of this process: no key is made twice."""
    return Cast()


def verdict_of(report: dict[str, Any]) -> Verdict:
    """Return what a report says, in the model's words.

    Raises ValueError for a report that has more in ``notChecked`` than the model has words for.
    """
    failed = report["decidedBy"]
    if failed is not None:
        return Verdict(report["verdict"], failed["number"])
    checks = report["statements"][0]["checks"]
    unmade = tuple(check["number"] for check in checks if check["state"] == "not_checked")
    assured = report["assurance"]["level"] == "limited"
    known = len(unmade) + (not assured)
    if len(report["notChecked"]) != known:
        message = f"the model knows nothing of {report['notChecked']}"
        raise ValueError(message)
    lapsed = [one["did"] for one in report["noLongerAdmitted"]["issuers"]]
    said = report["verdict"]
    return Verdict(said, open=unmade, assured=assured, lapsed=DIDS[MAKER] in lapsed)


def _verifier(trust: dict[str, Any], ledger: Ledger) -> Verifier:
    return Verifier(parse_trust(encode(trust)), ledger.chain, policy=Policy.parse(POLICY))
