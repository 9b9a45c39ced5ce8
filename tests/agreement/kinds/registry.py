"""Where mutations are entered under the name of their kind; a kind has one or more."""

from __future__ import annotations

from collections.abc import Callable

from tests.agreement.making import Making

Mutation = Callable[[Making], None]

KINDS: dict[str, list[Mutation]] = {}


def kind(name: str, times: int = 1) -> Callable[[Mutation], Mutation]:
    """Enter the decorated mutation; ``times`` makes it likelier than its siblings."""

    def enter(mutation: Mutation) -> Mutation:
        KINDS.setdefault(name, []).extend([mutation] * times)
        return mutation

    return enter
