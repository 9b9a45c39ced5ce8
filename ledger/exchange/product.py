"""What a view in another format needs of a statement before anything is mapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.core.schema.names import DECLARED_UNITS
from rootprint.ledger.exchange import company

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.statement import Statement

HOW_TO_CHECK: Final = (
    "This footprint is an unsigned view of a signed statement. Get the statement from the issuer "
    "or a holder: SHA-256 of the ASCII bytes of its issuer-signed JWT (header.payload.signature, "
    "without disclosures) must equal the digest given here. Verify that JWT's signature with the "
    "issuer's registered key and its entry in the log named here, and compare the signed members "
    "with those of this footprint."
)
_OUTBOUND: Final = "distribution"
_UUID_URN = "urn:uuid:"


def require(statement: Statement, record: Mapping[str, Json], form: str) -> None:
    """Return if this is a maker's own cradle-to-gate product and the record that of its issuer.

    ``form`` is the name of the format, for messages. Raises Refused, with who can fix it.
    """
    if statement.kind != FOOTPRINT:
        message = f"a {statement.kind} is no footprint"
        raise Refused(message, remedy="map the product's own FootprintStatement")
    subject = statement.subject
    if subject["role"] == "attested":
        message = (
            "an attested figure is what its receiver says of a partner's footprint: the issuer of "
            f"the statement does not own the data, and {form} names the owner"
        )
        raise Refused(message, remedy="pass on the partner's own document, or ask the partner")
    if subject["role"] != "product":
        message = f"an emission factor is no product footprint in {form}"
        unit = subject["pcf"]["declaredUnitOfMeasurement"]
        if unit not in DECLARED_UNITS:
            message = f"{message}, which has no unit {unit} either"
        raise Refused(message, remedy="map the statement of a product that uses the factor")
    if subject["boundary"] != "cradle-to-gate":
        message = f"a {form} footprint is cradle-to-gate, this one is {subject['boundary']}"
        raise Refused(message, remedy="its issuer can sign a cradle-to-gate statement beside it")
    _require_production_alone(statement, form)
    company.check(record, statement.issuer)


def _require_production_alone(statement: Statement, form: str) -> None:
    """Raise Refused where what is open shows outbound distribution in the total."""
    opened = statement.opened
    stages = {*(line["stage"] for line in opened.lines.values()), *(opened.cells or ())}
    if _OUTBOUND in stages:
        message = f"the total has outbound distribution in it, and {form} states it apart"
        remedy = "its issuer can state it as pcf.outboundLogisticsGhgEmissions, beside the lines"
        raise Refused(message, remedy=remedy)


def uuid(statement: Statement) -> str:
    """Return the statement's id without ``urn:uuid:``."""
    return statement.id.removeprefix(_UUID_URN)
