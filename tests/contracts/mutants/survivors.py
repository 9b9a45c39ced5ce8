"""What docs/mutations.md says of changes that no test notices, read from its tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.contracts.mutants.operators import Mutant

Explained = dict[tuple[str, str], str]
# | `Contract.function` | `before → after` | why |
_ROW = re.compile(r"^\| `([\w.]+)` \| `(.+ → .*)` \| (.+) \|$", re.MULTILINE)


def name(mutant: Mutant) -> tuple[str, str]:
    """Return by which function and change the page knows it: lines' numbers move."""
    return mutant.where, mutant.change.replace("`", "")


def row(mutant: Mutant, why: str) -> str:
    """Return a row of the page's table."""
    where, change = name(mutant)
    return f"| `{where}` | `{change.replace('|', chr(92) + '|')}` | {why} |"


def explained(page: Path) -> Explained:
    """Return why each change that the page names is harmless."""
    rows = _ROW.findall(page.read_text(encoding="utf-8"))
    return {(where, change.replace("\\|", "|")): why for where, change, why in rows}
