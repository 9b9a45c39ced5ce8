"""One target under atheris (libFuzzer): ``python -m tests.fuzz.guided TARGET CORPUS [OPTION…]``.

atheris is no requirement of the project: it has wheels for some Pythons and machines only. Half of
the changes are libFuzzer's own, half are ours, which keep the form.
"""

from __future__ import annotations

import importlib
import sys
from random import Random
from typing import Any

from rootprint.calc.errors import RootprintError


def main() -> None:
    """Fuzz until libFuzzer ends this process."""
    fuzzer: Any = importlib.import_module("atheris")
    name, *options = sys.argv[1:]
    with fuzzer.instrument_imports(include=["rootprint"]):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - instrumented while imported
    from tests.fuzz.mutate import mutate  # noqa: PLC0415 - must not be

    target = TARGETS[name]
    target.seeds()

    def once(data: bytes) -> None:
        try:
            target.call(data)
        except RootprintError:
            return

    def change(data: bytes, most: int, seed: int) -> bytes:
        if seed % 2:
            return mutate(bytes(data), Random(seed))[:most]
        changed: bytes = fuzzer.Mutate(data, most)
        return changed

    fuzzer.Setup([sys.argv[0], *options], once, custom_mutator=change)
    fuzzer.Fuzz()


if __name__ == "__main__":
    main()
