"""Check 1, envelope: canonical, well-formed, always-open members in the open, signature true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.verify.found import Found
from rootprint.ledger.verify.report import Check, failed, not_checked, passed, with_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

NUMBER = 1


def check(node: Node, _nodes: Mapping[bytes, Node], context: Context) -> Check:
    """Parse the statement and verify its signature under the key it names."""
    if node.text is None:
        return not_checked(NUMBER, "the statement is not available")
    try:
        statement = parse_statement(node.text)
    except Refused as error:
        return failed(NUMBER, str(error))
    if statement.digest != node.digest:
        return failed(NUMBER, "the statement is not the one asked for")
    found = Found(statement=statement)
    try:
        key = context.key(statement.kid)
        if key is None:
            unknown = not_checked(NUMBER, f"the signing key {statement.kid} is not available")
            return with_found(unknown, found)
        found = Found(statement=statement, key=key)
        if not context.signed(node.digest):
            statement.verify(key)
    except Refused as error:
        return with_found(failed(NUMBER, str(error)), found)
    kid = statement.kid
    return passed(NUMBER, f"ES256 by key {kid}", (kid, key.kid), found=found)
