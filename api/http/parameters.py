"""Numbers in paths and queries: entries are counted from 0, sizes from 1."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query

from rootprint.ledger.core.canonical import MAX_INTEGER

# MAX_INTEGER: what JSON readers everywhere hold exactly (RFC 7493 section 2.2), beyond any log.
Size = Annotated[int, Query(ge=1, le=MAX_INTEGER)]
PathSize = Annotated[int, Path(ge=1, le=MAX_INTEGER)]
PathIndex = Annotated[int, Path(ge=0, le=MAX_INTEGER)]
