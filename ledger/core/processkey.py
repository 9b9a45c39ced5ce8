"""Law 2: one record of a process and time. What makes two records ones of the same process.

The log asks it in the transaction that appends, a verifier on its walk; neither has a rule of its
own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.spelling import fold, same_site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

ProcessKey = tuple[str, str, str]


def process_key(record: Mapping[str, Any]) -> ProcessKey:
    """Return site, process and rule pack of a process record's subject, as they are compared.

    Two records of one issuer and key are of one process (statement.md, clause 6.4), however each
    is spelt::

        process_key(one.subject) == process_key(other.subject)
    """
    return same_site(record["site"]), fold(record["process"]), fold(record["rule"]["id"])
