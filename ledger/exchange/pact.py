"""A product statement as a PACT V3.0.3 ProductFootprint: a view of it, nothing signed anew.

Source: PACT Technical Specifications 3.0.3, OpenAPI document, ``components/schemas``; the validity
period and URNs by its sections "Validity Period" and "Product Identification and Classification".
Only open members are read, so the view is the same under every redaction; it is unsigned and
leads back to the signed bytes by the digest in its extension. docs/pact.md has the table.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import MAXYEAR
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.core.schema.names import DECLARED_UNITS
from rootprint.ledger.core.schema.rules import one_of
from rootprint.ledger.core.sdjwt import MEDIA_TYPE
from rootprint.ledger.exchange import pact_company, pact_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.statement import Statement

SPEC_VERSION: Final = "3.0.3"
EXTENSION_SPEC_VERSION: Final = "2.0.0"  # of PACT's Data Model Extension specification
EXTENSION_SCHEMA: Final = "urn:rootprint:pact-extension:statement:v1"  # data/ holds the file
STATUSES: Final = ("Active", "Deprecated")
VALID_YEARS: Final = 3
HOW_TO_CHECK: Final = (
    "This footprint is an unsigned view of a signed statement. Get the statement from the issuer "
    "or a holder: SHA-256 of the ASCII bytes of its issuer-signed JWT (header.payload.signature, "
    "without disclosures) must equal the digest given here. Verify that JWT's signature with the "
    "issuer's registered key and its entry in the log named here, and compare the signed members "
    "with those of this footprint."
)
_CARRIED = ("productDescription", "productIds", "productNameCompany", "productClassifications")
_UUID_URN = "urn:uuid:"


def footprint(
    statement: Statement,
    record: Mapping[str, Json],
    *,
    status: str = "Active",
    preceding: Iterable[Statement] = (),
) -> dict[str, Json]:
    """Return the ProductFootprint as JSON values that the caller may keep and change.

    ``statement`` was read by ``parse_statement``; neither its signature nor its standing is judged
    here. ``record`` is the issuer's organisation record (legalName, country, did, registerNumbers)
    that the caller found by the digest in the registry. ``status`` is the caller's to know:
    Deprecated once the statement is withdrawn or superseded. ``preceding`` gives statements that
    ``precedingStatements`` names, since only they tell their UUIDs; those not given are left out.

    Raises Refused, with who can mend it, for anything but a cradle-to-gate product, another
    organisation's record, a validity that PACT's window excludes, and what PACT forbids though a
    statement may say it.
    """
    _require_product(statement)
    one_of(*STATUSES)(status, "status")
    pact_company.check(record, statement.issuer)
    subject = statement.subject
    pact_rules.check(subject)
    start, end = _validity(statement)
    predecessors = _preceding(statement, preceding)
    return {
        "id": statement.id.removeprefix(_UUID_URN),
        "specVersion": SPEC_VERSION,
        **({"precedingPfIds": predecessors} if predecessors else {}),
        # A statement has no time of signing: that would be a clock nobody can check. The first
        # time its issuer signed for is validFrom; it is the same for every reader, forever.
        "created": statement.envelope.payload["validFrom"],
        "status": status,
        "validityPeriodStart": start,
        "validityPeriodEnd": end,
        "companyName": record["legalName"],
        "companyIds": pact_company.ids(record),
        **{name: deepcopy(subject[name]) for name in _CARRIED if name in subject},
        "pcf": deepcopy(subject["pcf"]),
        "extensions": [_extension(statement), *_issuers_own(subject)],
    }


def _require_product(statement: Statement) -> None:
    if statement.kind != FOOTPRINT:
        message = f"a {statement.kind} is no footprint"
        raise Refused(message, remedy="map the product's own FootprintStatement")
    if statement.subject["role"] != "product":
        message = "an emission factor is no product footprint in PACT"
        unit = statement.subject["pcf"]["declaredUnitOfMeasurement"]
        if unit not in DECLARED_UNITS:
            message = f"{message}, which has no unit {unit} either"
        raise Refused(message, remedy="map the statement of a product that uses the factor")
    if statement.subject["boundary"] != "cradle-to-gate":
        message = f"a PACT footprint is cradle-to-gate, this one is {statement.subject['boundary']}"
        raise Refused(message, remedy="its issuer can sign a cradle-to-gate statement beside it")


def _validity(statement: Statement) -> tuple[str, str]:
    """Return what the statement's validity and PACT's window have in common.

    Both ends are always written: left out, PACT would read the whole window, which may be more
    than the issuer signed. Times are compared as texts, all having one fixed width and Z.
    """
    payload, closing = statement.envelope.payload, statement.subject["pcf"]["referencePeriodEnd"]
    start = max(payload["validFrom"], closing)
    end = min(payload["validUntil"], _years_later(closing))
    if start < end:
        return start, end
    message = (
        f"valid from {payload['validFrom']} to {payload['validUntil']}, which is outside PACT's "
        f"window of {VALID_YEARS} years from the reference period's end, {closing}"
    )
    raise Refused(message, remedy="its issuer can sign a statement of a newer reference period")


def _years_later(time: str) -> str:
    """Add three years. A 29 February becomes the 28th: no leap year follows after three."""
    day = time[5:10].replace("02-29", "02-28")
    return f"{min(int(time[:4]) + VALID_YEARS, MAXYEAR):04}-{day}{time[10:]}"


def _preceding(statement: Statement, given: Iterable[Statement]) -> list[str]:
    ids = {digest_text(one.digest): one.id.removeprefix(_UUID_URN) for one in given}
    named = statement.subject.get("precedingStatements", [])
    if not ids.keys() <= set(named):
        message = "a statement given as a preceding one is not in precedingStatements"
        raise Refused(message, remedy="give only statements that this one names by digest")
    return list(dict.fromkeys(ids[digest] for digest in named if digest in ids))


def _extension(statement: Statement) -> dict[str, Json]:
    """Return a DataModelExtension: the way back, and what PACT has no attribute for."""
    return {
        "specVersion": EXTENSION_SPEC_VERSION,
        "dataSchema": EXTENSION_SCHEMA,
        "data": {
            "statement": digest_text(statement.digest),
            "mediaType": MEDIA_TYPE,
            "issuer": statement.issuer,
            "log": statement.log,
            "boundary": statement.subject["boundary"],
            "characterizationSets": deepcopy(statement.subject["characterizationSets"]),
            "check": HOW_TO_CHECK,
        },
    }


def _issuers_own(subject: Mapping[str, Json]) -> list[Json]:
    """Return the extensions that the issuer signed; none may pass for the one made here."""
    own: list[Json] = deepcopy(subject.get("extensions", []))
    if any(extension["dataSchema"] == EXTENSION_SCHEMA for extension in own):
        message = f"an extension of the statement uses {EXTENSION_SCHEMA}, which only a view may"
        raise Refused(message, remedy="its issuer can supersede it by a statement without this")
    return own
