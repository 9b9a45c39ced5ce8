"""The long run: each target in turn, by atheris where it is installed, else by our own changes.

Prints progress on stderr and one verdict on stdout. Exits 0 if nothing was found, 1 if something
was (its input is kept in a file, to be given again with --input), 2 for a target that is not there.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rootprint.calc.errors import RootprintError
from tests.fuzz import loop
from tests.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fuzz.targets import Target

MIB: Final = 1 << 20
MEMORY_MIB: Final = 2048
SEED: Final = 20261120
_NO_ATHERIS: Final = (
    "atheris is not installed, so nothing guides the changes by what they reach; "
    "for that: .venv/bin/python -m pip install atheris"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments name and return the exit code."""
    options = _options(arguments)
    unknown = [name for name in options.target if name not in TARGETS]
    if unknown:
        _say(f"there is no target {unknown[0]}; there are {', '.join(TARGETS)}")
        return 2
    targets = [TARGETS[name] for name in options.target or TARGETS]
    if options.input:
        return _again(targets[0], options.input)
    engine = options.engine or ("atheris" if _has_atheris() else "mutation")
    if engine == "atheris" and not _has_atheris():
        _say(_NO_ATHERIS)
        return 2
    if not options.engine and engine == "mutation":
        _say(_NO_ATHERIS)
    if engine == "mutation" and options.memory:
        resource.setrlimit(resource.RLIMIT_AS, (options.memory * MIB,) * 2)
    run = _guided if engine == "atheris" else _changed
    found = [target.name for target in targets if not run(target, options)]
    if found:
        _answer(f"FAILED {', '.join(found)}")
        return 1
    _answer(f"PASSED {len(targets)} targets, {options.seconds:g} s each by {engine}: nothing found")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("--target", action="append", default=[], help="one, or more by repetition")
    parser.add_argument("--seconds", type=float, default=30, help="for each target")
    parser.add_argument("--engine", choices=["atheris", "mutation"])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--memory", type=int, default=MEMORY_MIB, help="MiB; 0: no limit")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="where findings go")
    parser.add_argument("--input", type=Path, help="a kept finding, to be read again by a target")
    options = parser.parse_args(arguments)
    if options.input and len(options.target) != 1:
        parser.error("--input needs one --target")
    return options


def _changed(target: Target, options: argparse.Namespace) -> bool:
    tally = loop.Tally()
    finding = loop.run(target, seed=options.seed, until=loop.seconds(options.seconds), tally=tally)
    _say(f"{target.name}: {tally.read} read, {tally.refused} refused")
    if finding is None:
        return True
    options.keep.mkdir(parents=True, exist_ok=True)
    kept = options.keep / f"{target.name}-{options.seed}-{finding.number}"
    kept.write_bytes(finding.data)
    _say(f"FOUND {finding}; kept in {kept}")
    return False


def _guided(target: Target, options: argparse.Namespace) -> bool:
    """Let libFuzzer run in a process of its own, for it ends the one that it runs in."""
    options.keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(target.seeds()):
            (Path(corpus) / f"seed-{number}").write_bytes(seed)
        command = [
            *(sys.executable, "-m", "tests.fuzz.guided", target.name, corpus),
            *(f"-seed={options.seed}", f"-max_total_time={int(options.seconds)}"),
            *(f"-rss_limit_mb={options.memory}", f"-timeout={int(loop.MAX_CPU_SECONDS)}"),
            *(f"-artifact_prefix={options.keep}/{target.name}-", "-max_len=262144"),
            *("-print_final_stats=1", "-verbosity=0"),
        ]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    lines = done.stderr.splitlines()
    runs = [line.split()[-1] for line in lines if "number_of_executed_units" in line]
    _say(f"{target.name}: {runs[0] if runs else 'no'} inputs, exit {done.returncode}")
    if done.returncode:
        _say("\n".join(lines[-40:]))
    return done.returncode == 0


def _again(target: Target, file: Path) -> int:
    try:
        target.call(file.read_bytes())
    except RootprintError as error:
        _answer(f"refused: {type(error).__name__}: {error}")
    else:
        _answer("read")
    return 0


def _has_atheris() -> bool:
    return importlib.util.find_spec("atheris") is not None


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _answer(line: str) -> None:
    sys.stdout.write(f"{line}\n")
