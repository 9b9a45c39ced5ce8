"""Do sequences of operations on the real contracts, and compare with the model.

All sequences up to --length over the maker's thirteen operations, then --count longer ones, of 5
to 12 and drawn by --seed without repetition, in which the body and the accreditor are suspended,
expelled and admitted again too, the body's keys end, and appeals are upheld; with --more the body
concludes adversely too, and the registrar dates compromises back. Compared are whether
each operation is accepted, and of each footprint signed the verdict and the failing check; of the
longer ones also as they were asked at an earlier moment. Every --second-th verdict is also asked
of the JavaScript verifier. The model is docs/standing-model.md.

Exits 0 if all agreed and nothing was left out, 1 if not, 2 if the second verifier can't be run. An
interrupt stops it, and says what came out by then.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.agreement.verifiers import Unusable, javascript
from tests.sequences.walking import Operations, Tally, Walk

if TYPE_CHECKING:
    from collections.abc import Sequence

# The maker's; `void` expels with a window, `end` is the accreditation's.
EACH = (
    "sign",
    "publish",
    "anchor",
    "rotate",
    "retire",
    "compromise",
    "suspend",
    "expel",
    "void",
    "readmit",
    "withdraw",
    "accredit",
    "end",
)
OTHERS = (
    "uphold",
    *(
        f"{verb} {who}"
        for who in ("body", "accreditor")
        for verb in ("suspend", "expel", "void", "readmit", "uphold")
    ),
    *(f"{verb} body" for verb in ("rotate", "retire", "compromise")),
)
# With --more: the body concludes adversely, and the registrar dates a compromise back.
MORE = ("contest", "backdate", "backdate body")
# Most longer sequences have one of these in them, in this order, or few would come to a verdict.
BACKBONES = (
    ("sign", "publish", "anchor"),
    ("sign", "publish", "accredit", "anchor"),
    ("sign", "accredit", "publish", "anchor"),
    ("accredit", "sign", "publish", "anchor"),
)
CONTESTED = ("sign", "publish", "contest", "anchor")
WITHOUT = 0.2  # how often there is none
SHORTEST, LONGEST = 5, 12
AT_ONCE = 200
SHOWN = 20
MET = (("verified", None), ("incomplete", None), ("failed", 2), ("failed", 5))
# From here on each operation that can be refused must have been, and accepted.
ENOUGH = 2000
NEVER_REFUSED = {
    "sign",
    *(
        f"{verb}{who}"
        for verb in ("void", "readmit", "uphold")
        for who in ("", " body", " accreditor")
    ),
}


@dataclass(frozen=True)
class Part:
    """Sequences in order that one process does; ``earlier`` has a moment for each longer one."""

    number: int
    sequences: tuple[Operations, ...]
    earlier: tuple[int | None, ...]
    second: int
    kept: Path


def every(length: int) -> list[Operations]:
    """Return all sequences of up to ``length`` operations, each behind its beginning."""
    places = range(len(EACH))
    numbers = sorted(one for size in range(1, length + 1) for one in product(places, repeat=size))
    return [tuple(EACH[place] for place in one) for one in numbers]


def drawn(count: int, seed: int, *, more: bool = False) -> list[Operations]:
    """Return ``count`` different longer sequences, in order, so that neighbours begin alike."""
    chance = random.Random(seed)
    names = (*EACH, *OTHERS, *(MORE * 3 if more else ()))
    backbones = (*BACKBONES, CONTESTED) if more else BACKBONES
    found: set[Operations] = set()
    while len(found) < count:
        one = chance.choices(names, k=chance.randint(SHORTEST, LONGEST))
        if chance.random() >= WITHOUT:
            backbone = chance.choice(backbones)
            places = sorted(chance.sample(range(len(one)), len(backbone)))
            for place, name in zip(places, backbone, strict=True):
                one[place] = name
        found.add(tuple(one))
    return sorted(found)


def parts(asked: argparse.Namespace, kept: Path) -> list[Part]:
    """Return the work in parts of AT_ONCE sequences."""
    chance = random.Random(f"{asked.seed}/earlier")
    short: list[tuple[Operations, int | None]] = [(one, None) for one in every(asked.length)]
    longer = drawn(asked.count, asked.seed, more=asked.more)
    long = [(one, chance.randrange(len(one))) for one in longer]
    made: list[Part] = []
    for work in (short, long):
        for start in range(0, len(work), AT_ONCE):
            sequences, earlier = zip(*work[start : start + AT_ONCE], strict=True)
            made.append(Part(len(made), sequences, earlier, asked.second, kept))
    return made


def walked(part: Part) -> Tally:
    """Do one part, ask the second verifier, and return what came out. Raises Unusable."""
    walk = Walk(part.kept, part.second, part.number)
    for operations, earlier in zip(part.sequences, part.earlier, strict=True):
        walk.take(operations, earlier=earlier)
    tally = walk.tally
    if walk.written:
        answers = javascript().answers(list(walk.written))
        for (folder, (what, mine)), theirs in zip(walk.written.items(), answers, strict=True):
            tally.asked_again += 1
            if problem := mine.differs(theirs):
                tally.disagreed.append(f"{what}: the verifiers differ on {folder}: {problem}")
            else:
                shutil.rmtree(folder)
    return tally


def lacks(tally: Tally) -> list[str]:
    """Return what this run should have met and has not."""
    its = tally.operations
    missing = [
        f"verdict {word}" + ("" if check is None else f" by check {check}")
        for word, check in MET
        if not tally.verdicts[word, check]
    ]
    if tally.sequences >= ENOUGH:
        names = sorted({name for name, _ in its})
        missing += [f"{name} accepted" for name in names if not its[name, True]]
        # The accreditor is always admitted where only the maker's operations are done.
        never = NEVER_REFUSED if "suspend accreditor" in names else {*NEVER_REFUSED, "accredit"}
        unlike = [name for name in names if name not in never]
        missing += [f"{name} refused" for name in unlike if not its[name, False]]
    return missing


def run(asked: argparse.Namespace, kept: Path) -> Tally:
    """Do all parts in processes, and say on standard error how far they are.

    An interrupt ends it, and what came out by then is returned.
    """
    begun, tally = time.monotonic(), Tally()
    work = parts(asked, kept)
    # In no order, so that one who stops has seen some of everything.
    random.Random(asked.seed).shuffle(work)
    total = sum(len(part.sequences) for part in work)
    with get_context("spawn").Pool(asked.processes, _uninterrupted) as pool:
        try:
            for found in pool.imap_unordered(walked, work):
                tally.add(found)
                rate = tally.sequences / (time.monotonic() - begun)
                print(  # noqa: T201
                    f"{tally.sequences} of {total} sequences, {len(tally.disagreed)} disagreements,"
                    f" {rate:.0f} a second, {(total - tally.sequences) / rate / 60:.0f} minutes "
                    "left",
                    file=sys.stderr,
                    flush=True,
                )
        except KeyboardInterrupt:
            tally.stopped = True
    # The shortest tells most.
    tally.disagreed.sort(key=lambda said: (said.count(","), said))
    return tally


def _uninterrupted() -> None:
    """Leave an interrupt to the process that started this one, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def report(tally: Tally, asked: argparse.Namespace, seconds: float) -> dict[str, Any]:
    """Return what came out, as JSON has it."""
    missing = lacks(tally)
    return {
        "agreed": not (tally.disagreed or missing or tally.stopped),
        "stopped": tally.stopped,
        "length": asked.length,
        "count": asked.count,
        "seed": asked.seed,
        "more": asked.more,
        "sequences": tally.sequences,
        "disagreements": tally.disagreed,
        "neverMet": missing,
        "operations": {
            name: {
                "accepted": tally.operations[name, True],
                "refused": tally.operations[name, False],
            }
            for name in sorted({name for name, _ in tally.operations})
        },
        "verdicts": {
            word if check is None else f"{word} by check {check}": number
            for (word, check), number in sorted(tally.verdicts.items(), key=str)
        },
        "askedEarlier": tally.earlier,
        "askedInJavaScript": tally.asked_again,
        "seconds": round(seconds),
    }


def text(found: dict[str, Any]) -> list[str]:
    """Return the lines for people: disagreements, a table of operations, one verdict."""
    lines: list[str] = found["disagreements"][:SHOWN]
    lines.append(f"{'operation':24}{'accepted':>10}{'refused':>10}")
    for name, its in found["operations"].items():
        lines.append(f"{name:24}{its['accepted']:10}{its['refused']:10}")
    verdicts = ", ".join(f"{word} {number}" for word, number in found["verdicts"].items())
    more = " with more" if found["more"] else ""
    many, missing = len(found["disagreements"]), ", ".join(found["neverMet"])
    word = "STOPPED early, after" if found["stopped"] else "TOO LITTLE"
    word = "AGREED" if found["agreed"] else f"DISAGREED {many} times" if many else word
    lines.append(
        f"{word} {found['sequences']} sequences: all up to {found['length']} operations and "
        f"{found['count']} longer ones of seed {found['seed']}{more}; verdicts: {verdicts}; "
        f"of these {found['askedEarlier']} as of an earlier moment, {found['askedInJavaScript']} "
        f"in JavaScript too; {found['seconds']} s" + (f"; never met: {missing}" if missing else "")
    )
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and say in one line what came out."""
    asked = _parser().parse_args(arguments)
    begun = time.monotonic()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    kept = asked.keep or Path(tempfile.mkdtemp(prefix="rootprint-sequences-"))
    try:
        tally = run(asked, kept)
    except (Unusable, OSError) as error:
        print(f"sequences: {error}", file=sys.stderr)  # noqa: T201
        return 2
    found = report(tally, asked, time.monotonic() - begun)
    lines = [json.dumps(found, indent=1)] if asked.format == "json" else text(found)
    print("\n".join(lines))  # noqa: T201
    return 0 if found["agreed"] else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/sequences",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--length", type=_natural, default=4, help="all up to this length (4)")
    parser.add_argument("--count", type=_natural, default=10_000, help="longer ones (10000)")
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn (1)")
    parser.add_argument(
        "--more", action="store_true", help="adverse conclusions too, and keys dated back"
    )
    parser.add_argument(
        "--second", type=_positive, default=10, help="every how many verdicts in JavaScript (10)"
    )
    parser.add_argument(
        "--processes", type=_positive, default=os.cpu_count() or 1, help="as many as processors"
    )
    parser.add_argument("--keep", type=Path, help="folder for disagreements, a new one by default")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text or json")
    return parser


def _positive(words: str) -> int:
    number = int(words)
    if number < 1:
        message = "at least one"
        raise argparse.ArgumentTypeError(message)
    return number


def _natural(words: str) -> int:
    number = int(words)
    if number < 0:
        message = "not below zero"
        raise argparse.ArgumentTypeError(message)
    return number
