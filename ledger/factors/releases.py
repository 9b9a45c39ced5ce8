"""Which releases of a publication its reader knows: by the file's digest, or by what it states.

A table's columns stay from year to year while what its figures mean changes. So a reader reads the
releases that it was made for, each factor names the release that it came from, and any other
file is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.factors.drafting import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{3,31}", re.ASCII)


@dataclass(frozen=True)
class Release:
    """A release: its source, what its files state inside (empty: nothing), their SHA-256."""

    source: Source
    states: str
    digests: tuple[str, ...]


def recognised(
    releases: Sequence[Release], digest: str, states: str, *, where: str, of: str
) -> Source:
    """Return the source of the release that a file is: by its bytes, else by what it states.

    A file that is known by its statement alone is a copy, and its source says so with its digest.
    Raises Refused, with those that are known, for any other; ``of`` names what is stated.
    """
    for release in releases:
        if digest in release.digests:
            return release.source
    for release in releases:
        if states and states == release.states:
            publication = f"{release.source.publication}, as read from a copy, {digest}"
            return replace(release.source, publication=publication)
    said = f"states {of} {states}" if states else f"states no {of}"
    message = f"{where} {said}, and is no file that this reader knows (it is {digest})"
    raise Refused(message, remedy=f"take {_listed(releases)}; {_BY_HAND}")


def named(base: Source, release: str) -> Source:
    """Return the source of a release that only its reader can name, as the file states none.

    Raises Refused for what is no name of 4 to 32 letters, digits, points and hyphens.
    """
    if not _NAME.fullmatch(release):
        message = "the release's name is not 4 to 32 ASCII letters, digits, points and hyphens"
        raise Refused(message, remedy="name it by the day it was downloaded, such as 2025-11-30")
    return Source(
        f"{base.id}-{release.lower()}",
        f"{base.publication}, release {release} as its reader names it",
        base.licence,
    )


_BY_HAND: Final = (
    "a factor of another release is written by hand, as an inventory file with role: factor,"
    " whose reference names that release"
)


def _listed(releases: Sequence[Release]) -> str:
    return " or ".join(
        f"{one.source.publication}"
        + (f" (states {one.states})" if one.states else "")
        + f" ({', '.join(one.digests)})"
        for one in releases
    )
