"""The extension of a PACT view: the way back to the signed bytes, and figures as they are signed.

Source of the frame: PACT's Data Model Extensions 2.0.0. ``data/statement-extension-v2.json`` is the
same form as a JSON schema, for those who read views without this program.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import names, rules
from rootprint.ledger.core.schema.components import COMPONENTS
from rootprint.ledger.core.schema.rules import array, mapping, members, one_of, text
from rootprint.ledger.core.sdjwt import MEDIA_TYPE
from rootprint.ledger.exchange import pact_form
from rootprint.ledger.exchange.product import HOW_TO_CHECK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.statement import Statement

SPEC_VERSION: Final = "2.0.0"
SCHEMA: Final = "urn:rootprint:pact-extension:statement:v2"
_WITHOUT: Final = "its issuer can supersede it by a statement without this"
form: Final = members(
    {
        "statement": rules.digest,
        "mediaType": one_of(MEDIA_TYPE),
        "issuer": rules.did,
        "log": text,
        "boundary": one_of("cradle-to-gate"),
        "characterizationSets": array(
            members({"set": one_of(*names.GWP_SETS, names.UNSTATED), "share": rules.percent})
        ),
        "components": mapping(one_of(*COMPONENTS), rules.decimal),
        "check": text,
    }
)


def extension(statement: Statement) -> dict[str, Json]:
    """Return the DataModelExtension of a product statement."""
    subject = statement.subject
    pcf = subject["pcf"]
    return {
        "specVersion": SPEC_VERSION,
        "dataSchema": SCHEMA,
        "data": {
            "statement": digest_text(statement.digest),
            "mediaType": MEDIA_TYPE,
            "issuer": statement.issuer,
            "log": statement.log,
            "boundary": subject["boundary"],
            "characterizationSets": deepcopy(subject["characterizationSets"]),
            "components": {name: pcf[name] for name in COMPONENTS if name in pcf},
            "check": HOW_TO_CHECK,
        },
    }


def issuers_own(subject: Mapping[str, Json]) -> list[Json]:
    """Return the extensions that the issuer signed; none may pass for the one made here."""
    own: list[Json] = deepcopy(subject.get("extensions", []))
    for index, one in enumerate(own):
        found = pact_form.faults(
            one, "DataModelExtension", f"credentialSubject.extensions[{index}]"
        )
        if found:
            raise Refused(f"{found[0]}, which PACT forbids", remedy=_WITHOUT)
    if any(one["dataSchema"] == SCHEMA for one in own):
        message = f"an extension of the statement uses {SCHEMA}, which only a view may"
        raise Refused(message, remedy=_WITHOUT)
    return own
