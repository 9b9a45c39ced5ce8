"""A product statement as a PACT V3.0.4 ProductFootprint: a view of it, nothing signed anew.

Source: PACT Technical Specifications 3.0.4, OpenAPI document, ``components/schemas``; the validity
period and URNs by its sections "Validity Period" and "Product Identification and Classification".
Only open members are read, so the view is the same under every redaction; it is unsigned and
leads back to the signed bytes by the digest in its extension. docs/pact.md has the table.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused, Several
from rootprint.ledger.core.schema.components import FOSSIL, UPTAKE
from rootprint.ledger.core.schema.rules import one_of
from rootprint.ledger.exchange import company, pact_extension, pact_form, pact_prose, product
from rootprint.ledger.exchange.figures import figures, plain
from rootprint.ledger.exchange.remarks import remarks, replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.statement import Statement

SPEC_VERSION: Final = "3.0.4"
STATUSES: Final = ("Active", "Deprecated")
FORM: Final = "PACT"
EXTENSION_SCHEMA: Final = pact_extension.SCHEMA
_CARRIED = ("productDescription", "productIds", "productNameCompany", "productClassifications")
_INCLUDED: Final = "ccsTechnologicalCO2CaptureIncluded"
_CAPTURED: Final = ("ccsTechnologicalCO2Capture", "technologicalCO2Removals")
_ORIGIN: Final = "technologicalCO2CaptureOrigin"


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
    ``precedingStatements`` names, since only they have their UUIDs; those not given are left out.

    Raises Refused, with who can fix it, for anything but a cradle-to-gate product, another
    organisation's record, a validity that PACT's window excludes, figures that PACT has no member
    for, and what PACT forbids though a statement may say it.
    """
    product.require(statement, record, FORM)
    one_of(*STATUSES)(status, "status")
    subject = statement.subject
    start, end = _validity(statement)
    predecessors = _preceding(statement, preceding)
    unnamed = [one for one in subject.get("precedingStatements", []) if one not in predecessors]
    pcf, origin = _pcf(subject["pcf"])
    licence = [f"Licence: {subject['licence']}"] if "licence" in subject else []
    comment = "\n".join([*remarks(subject), *origin, *replaced(unnamed), *licence])
    made: dict[str, Json] = {
        "id": product.uuid(statement),
        "specVersion": SPEC_VERSION,
        **({"precedingPfIds": list(predecessors.values())} if predecessors else {}),
        # A statement has no time of signing: that would be a clock that no one can check. The first
        # time its issuer signed for is validFrom; it is the same for every reader, forever.
        "created": statement.envelope.payload["validFrom"],
        "status": status,
        "validityPeriodStart": start,
        "validityPeriodEnd": end,
        "companyName": record["legalName"],
        "companyIds": company.ids(record),
        **{name: deepcopy(subject[name]) for name in _CARRIED if name in subject},
        **({"comment": comment} if comment else {}),
        "pcf": pcf,
        "extensions": [
            pact_extension.extension(statement),
            *pact_extension.issuers_own(subject),
        ],
    }
    _require(made)
    return made


def faults(document: Json) -> list[str]:
    """Return what keeps a document from being a PACT 3.0.4 ProductFootprint, each with its place.

    It may come from anybody. Types first; what PACT says in prose only of a document whose types
    are right. An empty list says nothing about who made it or whether its figures are true.
    """
    return pact_form.faults(document) or pact_prose.faults(document)


def advice(document: Json) -> list[str]:
    """Return what a valid document should have or not have by PACT's SHOULD."""
    return [] if faults(document) else pact_prose.advice(document)


def _pcf(signed: Mapping[str, Json]) -> tuple[dict[str, Json], list[str]]:
    """Return PACT's CarbonFootprint and what its prose leaves no member for.

    Decimals stay as they are signed, with their trailing zeros, except for the two that are sums:
    fossil emissions with a publication's difference, and net uptake.
    """
    shown = figures(signed, FORM)
    known = pact_form.TYPES["CarbonFootprint"]
    pcf = {name: deepcopy(value) for name, value in signed.items() if name in known}
    if shown.difference:
        pcf[FOSSIL] = plain(shown.components[FOSSIL])
    if UPTAKE in shown.components:
        pcf[UPTAKE] = plain(shown.components[UPTAKE])
    captured = any(shown.components.get(name) for name in _CAPTURED)
    if pcf.setdefault(_INCLUDED, captured):
        return pcf, []
    # Without CCS, PACT wants no figures of it, and takes the origin of CO2 that is used (CCU)
    # for one; a zero adds nothing, and the origin is said in the comment.
    for name in _CAPTURED:
        if name in pcf and not shown.components[name]:
            del pcf[name]
    origin = pcf.pop(_ORIGIN, None)
    return pcf, [] if origin is None else [f"Origin of captured CO2 that is used: {origin}"]


def _require(made: dict[str, Json]) -> None:
    found = faults(made)
    if not found:
        return
    remedy = "its issuer can supersede it by a statement without this"
    each = [f"{fault}, which PACT {SPEC_VERSION} forbids" for fault in found]
    if len(each) == 1:
        raise Refused(each[0], remedy=remedy)
    raise Several("; ".join(each), [Refused(one, remedy=remedy) for one in each], remedy=remedy)


def _validity(statement: Statement) -> tuple[str, str]:
    """Return what the statement's validity and PACT's window have in common.

    Both ends are always written: left out, PACT would read the whole window, which may be more
    than the issuer signed. Times are compared as texts, all having one fixed width and Z.
    """
    payload, closing = statement.envelope.payload, statement.subject["pcf"]["referencePeriodEnd"]
    start = max(payload["validFrom"], closing)
    end = min(payload["validUntil"], pact_prose.years_later(closing))
    if start < end:
        return start, end
    message = (
        f"valid from {payload['validFrom']} to {payload['validUntil']}, which is outside PACT's "
        f"window of {pact_prose.VALID_YEARS} years from the reference period's end, {closing}"
    )
    raise Refused(message, remedy="its issuer can sign a statement of a newer reference period")


def _preceding(statement: Statement, given: Iterable[Statement]) -> dict[str, str]:
    """Return the UUIDs of the statements that this one names and that are given, by digest."""
    ids = {digest_text(one.digest): product.uuid(one) for one in given}
    named = statement.subject.get("precedingStatements", [])
    if not ids.keys() <= set(named):
        message = "a statement given as a preceding one is not in precedingStatements"
        raise Refused(message, remedy="give only statements that this one names by digest")
    return {digest: ids[digest] for digest in named if digest in ids}
