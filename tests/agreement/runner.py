"""Make mutated bundles, ask both verifiers, and say whether they agree.

Prints the disagreements with the folders kept for them, a table of kinds and answers, and one
verdict. Exits 0 if both agreed on every bundle and no kind, verdict or check was left out, 1 if
not, 2 if the second verifier can't be run.

The same seed draws the same scenes, figures and kinds of change; keys, salts and signatures are
fresh each time, and with them what stands where, so a disagreement is reproduced from its folder.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rootprint.calc.errors import RootprintError
from tests.agreement.kinds import KINDS
from tests.agreement.making import Bundle, Making, Nothing
from tests.agreement.sayable import SCENES
from tests.agreement.verifiers import Answer, Single, Unusable, Verifier, javascript, ours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

AT_ONCE = 100
SHOWN = 20
ATTEMPTS = 200
SECOND = 0.3  # how often a second mutation follows
# What the second of two mutations may raise where the first left nothing that it can read.
PAIRED = (RootprintError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
VERDICTS = ("verified", "failed", "incomplete", "not_readable", None)
# From here on a run must have reached every verdict and every check, or it showed too little.
ENOUGH = 2000


@dataclass(frozen=True)
class Drawn:
    """A bundle, where it comes from, and what our verifier says of it."""

    number: int
    kind: str
    what: str
    bundle: Bundle


def draw(seed: int, number: int) -> Drawn:
    """Make the bundle with this number: its kind is the next in turn, the rest is chance."""
    kinds = list(KINDS)
    kind = kinds[number % len(kinds)]
    for attempt in range(ATTEMPTS):
        chance = random.Random(f"{seed}/{number}/{attempt}")
        scene = SCENES[chance.choice(sorted(SCENES))]
        making = Making(chance, scene.play, scene.statements)
        chosen = [kind, chance.choice(kinds)] if chance.random() < SECOND else [kind]
        try:
            for name in chosen:
                mutation = chance.choice(KINDS[name])
                making.did.append(f"{name} ({mutation.__name__.strip('_')})")
                mutation(making)
            bundle = making.build()
        except Nothing:
            continue
        except PAIRED:
            if len(chosen) == 1:
                raise
            continue
        return Drawn(number, kind, f"{scene.name}: {'; '.join(making.did)}", bundle)
    message = f"{kind} finds nothing to change"
    raise RuntimeError(message)


@dataclass
class Tally:
    """What came out so far."""

    agreed: int = 0
    disagreed: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    verdicts: Counter[str | None] = field(default_factory=Counter)
    checks: Counter[int] = field(default_factory=Counter)

    def take(self, drawn: Drawn, mine: Answer, theirs: Answer, kept: Path) -> bool:
        """Count one bundle; return whether they agree on it."""
        verdict, decided = mine.said["verdict"], mine.said["decidedBy"]
        self.kinds[drawn.kind] += 1
        self.verdicts[verdict] += 1
        self.answers[drawn.kind, "refused trust" if verdict is None else verdict] += 1
        if decided is not None:
            self.checks[decided] += 1
        problem = mine.differs(theirs)
        if problem is None:
            self.agreed += 1
        else:
            self.disagreed.append(f"{kept}: {problem}\n    {drawn.what}")
        return problem is None

    def lacks(self) -> list[str]:
        """Return what this run should have met and has not."""
        total = sum(self.kinds.values())
        missing = [f"kind {name}" for name in KINDS if not self.kinds[name]]
        if total >= ENOUGH:
            missing += [f"verdict {name}" for name in VERDICTS if not self.verdicts[name]]
            missing += [
                f"check {number} deciding" for number in range(11) if not self.checks[number]
            ]
        return missing


def compare(second: Verifier, count: int, seed: int, kept: Path, first: int = 0) -> Tally:
    """Ask both verifiers about ``count`` bundles; folders they disagree on stay under ``kept``."""
    tally = Tally()
    kept.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(1) as asking:  # the second verifier answers while the next are made
        asked = None
        last = first + count
        for start in range(first, last + AT_ONCE, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, last))
            made = [_made(seed, number, kept) for number in numbers]
            if asked is not None:
                before, answers = asked
                _judge(tally, before, answers.result(), kept)
            folders = [folder for _, _, folder in made]
            asked = (made, asking.submit(second.answers, folders)) if made else None
    return tally


Made = tuple[Drawn, Answer, Path]


def _made(seed: int, number: int, kept: Path) -> Made:
    drawn = draw(seed, number)
    folder = kept / f"{seed}-{number:06}"
    folder.mkdir(exist_ok=True)
    bundle = drawn.bundle
    for name, data in (
        ("evidence.gz", bundle.evidence),
        ("trust.json", bundle.trust),
        ("chain.json", bundle.chain),
    ):
        (folder / name).write_bytes(data)
    answer, _ = ours(bundle)
    return drawn, answer, folder


def _judge(tally: Tally, made: Sequence[Made], answers: Sequence[Answer], kept: Path) -> None:
    for (drawn, mine, folder), theirs in zip(made, answers, strict=True):
        if tally.take(drawn, mine, theirs, folder):
            shutil.rmtree(folder)
        else:
            (folder / "README.md").write_text(f"{drawn.what}\n", encoding="utf-8")
    done = sum(tally.kinds.values())
    say = f"{done} bundles, {len(tally.disagreed)} disagreements, those in {kept} …"
    print(say, file=sys.stderr, flush=True)  # noqa: T201


def table(tally: Tally) -> Iterator[str]:
    """Yield the lines of the table: a kind, how many of it, and what came out."""
    columns = ("verified", "failed", "incomplete", "not_readable", "refused trust")
    yield f"{'kind':36}{'bundles':>8}" + "".join(f"{name:>15}" for name in columns)
    for name in KINDS:
        counts = "".join(f"{tally.answers[name, column]:15}" for column in columns)
        yield f"{name:36}{tally.kinds[name]:8}{counts}"
    deciding = ", ".join(f"{number}: {tally.checks[number]}" for number in range(11))
    yield f"failures decided by check {deciding}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and say in one line what came out."""
    asked = _parser().parse_args(arguments)
    begun = time.monotonic()
    kept = asked.keep or Path(tempfile.mkdtemp(prefix="rootprint-agree-"))
    try:
        second: Verifier = javascript() if asked.command is None else Single(asked.command)
        tally = compare(second, asked.count, asked.seed, kept, asked.first)
    except (Unusable, OSError, ValueError) as error:
        print(f"agree: {error}", file=sys.stderr)  # noqa: T201
        return 2
    for line in (*tally.disagreed[:SHOWN], *table(tally)):
        print(line)  # noqa: T201
    missing, seconds = tally.lacks(), time.monotonic() - begun
    word = "DISAGREED" if tally.disagreed else "AGREED"
    print(  # noqa: T201
        f"{word} {tally.agreed} of {asked.count} bundles, {len(KINDS)} kinds, seed {asked.seed},"
        f" {seconds:.0f} s" + (f"; never met: {', '.join(missing)}" if missing else "")
    )
    return 1 if tally.disagreed or missing else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/agree",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--count", type=_positive, default=5000, help="how many bundles (5000)")
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn (1)")
    parser.add_argument("--first", type=int, default=0, help="number of the first bundle (0)")
    parser.add_argument("--keep", type=Path, help="folder for disagreements, a new one by default")
    parser.add_argument(
        "--command", help="another verifier, with {evidence}, {trust} and {chain}; ours by default"
    )
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        message = "at least one bundle"
        raise argparse.ArgumentTypeError(message)
    return number
