"""Write the code points that Unicode 14.0 assigns, the same for both verifiers.

Usage: python scripts/tables_data/unicode14.py

It writes ledger/core/unicode14.py and api/web/verifier/core/unicode14.js from ``unicodedata`` of a
Python that has Unicode 14.0 (3.11). Source: UnicodeData.txt 14.0.0, general category; surrogates
(Cs) are no characters and are left out, private use (Co) is assigned.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION: Final = "14.0.0"
ROOT: Final = Path(__file__).resolve().parents[2]
_WIDTH: Final = 92
_NONE: Final = {"Cn", "Cs"}
_SAYS: Final = "Code points that Unicode 14.0 assigns, as ranges in hexadecimal."
_MADE: Final = "scripts/tables_data/unicode14.py writes this file; do not edit it."


def assigned() -> Iterator[tuple[int, int]]:
    """Yield the first and last code point of each range, in order."""
    first = None
    for code in range(sys.maxunicode + 2):
        is_one = code <= sys.maxunicode and unicodedata.category(chr(code)) not in _NONE
        if is_one and first is None:
            first = code
        elif not is_one and first is not None:
            yield first, code - 1
            first = None


def lines() -> list[str]:
    """Return the table's text, wrapped; each line but the last ends in a space."""
    ranges = (f"{low:X}" if low == high else f"{low:X}-{high:X}" for low, high in assigned())
    wrapped = wrap(" ".join(ranges), _WIDTH, break_on_hyphens=False)
    return [f"{line} " for line in wrapped[:-1]] + wrapped[-1:]


def main() -> None:
    """Write both files."""
    if unicodedata.unidata_version != VERSION:
        sys.exit(f"this Python has Unicode {unicodedata.unidata_version}, not {VERSION}")
    python = "".join(f'    "{line}"\n' for line in lines())
    (ROOT / "ledger/core/unicode14.py").write_text(
        f'"""{_SAYS}\n\n{_MADE}\n"""\n\nfrom __future__ import annotations\n\n'
        f"from typing import Final\n\nASSIGNED: Final = (\n{python})\n",
        encoding="ascii",
    )
    script = " +\n".join(f"  '{line}'" for line in lines())
    (ROOT / "api/web/verifier/core/unicode14.js").write_text(
        f"/**\n * {_SAYS}\n * {_MADE}\n */\nexport const ASSIGNED =\n{script};\n", encoding="ascii"
    )


if __name__ == "__main__":
    main()
