"""A report as a table: one row a statement, for whoever goes on in a notebook."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.encoding import digest_text, time_text
from rootprint.ledger.core.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.verify.linetable import LineTable
    from rootprint.ledger.verify.report import StatementReport

LIBRARIES: Final = ("pandas", "polars")
_REMEDY: Final = "pip install pandas (or polars), or take the rows as they are: report.rows()"


def rows(statements: Sequence[StatementReport]) -> list[dict[str, Any]]:
    """Return a row for each statement, all with the same columns; the subject's is the first.

    ``check_1`` to ``check_10`` and ``law_1`` to ``law_9`` are states, None where there is none;
    ``path`` is joined by " > ", ``signed_before`` an RFC 3339 time.
    """
    checks = sorted({number for one in statements for number in one.checks})
    laws = sorted({law for one in statements for law in one.laws})
    return [
        {
            "digest": digest_text(one.digest),
            "kind": one.kind,
            "issuer": one.issuer,
            "legal_name": one.legal_name,
            "product": one.product,
            "depth": one.depth,
            "path": " > ".join(one.path),
            "entry": one.entry,
            "signed_before": None if one.valid_as_of is None else time_text(one.valid_as_of),
            "counts": one.counts,
            **{f"check_{n}": str(one.checks[n].state) if n in one.checks else None for n in checks},
            **{f"law_{n}": str(one.laws[n]) if n in one.laws else None for n in laws},
            "notices": "; ".join(one.notices),
        }
        for one in statements
    ]


def frame(records: Sequence[Mapping[str, Any]], library: str | None = None) -> Any:
    """Return rows as a DataFrame of ``library``, the first of LIBRARIES that is installed.

    Raises Unavailable where it is not, or none of them is.
    """
    if library not in {None, *LIBRARIES}:
        message = f"there are frames of {' and '.join(LIBRARIES)}, not of {library}"
        raise Unavailable(message, remedy=_REMEDY)
    for name in LIBRARIES if library is None else (library,):
        try:
            module = import_module(name)
        except ModuleNotFoundError:
            continue
        return module.DataFrame(records)
    missing = f"{library} is" if library is not None else f"neither {' nor '.join(LIBRARIES)} is"
    raise Unavailable(f"a frame can't be made: {missing} installed", remedy=_REMEDY)


def lines_frame(table: LineTable | None, library: str | None = None) -> Any:
    """Return the line table as a DataFrame with its decimals as Decimal.

    Raises Refused where there is no table, and as ``frame``.
    """
    if table is None:
        message = "the lines of this report were not asked for"
        raise Refused(message, remedy="verify with lines=True")
    return frame(table.records(), library)
