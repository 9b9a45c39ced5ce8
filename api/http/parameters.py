"""Numbers in paths and queries: entries are counted from 0, sizes from 1."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Path, Query

# What JSON readers everywhere hold exactly (RFC 7493 section 2.2), far beyond any log.
MOST: Final = 2**53 - 1

Size = Annotated[int, Query(ge=1, le=MOST)]
PathSize = Annotated[int, Path(ge=1, le=MOST)]
PathIndex = Annotated[int, Path(ge=0, le=MOST)]
