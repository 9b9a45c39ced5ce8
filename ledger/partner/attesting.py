"""From a partner's file to attested figures: inventory files that compose reads.

The receiver takes a footprint in under its own name: ``partner`` says whose it is and names the
file by its digest, ``reference`` and an extension keep what a statement has no member for. A
footprint that is deprecated, expired or replaced, of a period that has not ended, or of which a
needed member is missing, is not taken in.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import yaml

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import digest_text, sha256, time_seconds
from rootprint.ledger.core.errors import LedgerError
from rootprint.ledger.core.schema import rules
from rootprint.ledger.exchange import pact
from rootprint.ledger.partner import catena_x, values
from rootprint.ledger.partner.catena_x import InPact
from rootprint.ledger.partner.document import CATENA_X, read_footprints
from rootprint.ledger.partner.members import figures_of, sets_of
from rootprint.ledger.partner.noted import ASK, Note, Noted
from rootprint.ledger.partner.replacing import replacing
from rootprint.ledger.partner.validity import validity
from rootprint.ledger.verify.rulings import periods

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.partner.document import Footprint

RECEIVED: Final = "urn:rootprint:extension:received-footprint:v1"
_MOST_IDS: Final = 64
_MOST_EXTENSIONS: Final = 15
_IN_FILE: Final = "the file, named by its digest, still has it"
# What the statement keeps in its extension, in PACT's members, where the file says it at all.
_KEPT: Final = (
    *("id", "version", "created", "updated", "status", "companyIds", "precedingPfIds", "comment"),
    *("validityPeriodStart", "validityPeriodEnd"),
)


@dataclass(frozen=True)
class Attested:
    """A figure that can be attested: its ``credentialSubject``, its validity, what was found."""

    id: str
    place: str
    subject: Mapping[str, Any]
    valid_from: str
    valid_until: str
    findings: tuple[Note, ...]


@dataclass(frozen=True)
class PartnerFile:
    """What a file holds: ``digest`` of its bytes, figures in its order, why others are none."""

    form: str
    digest: str
    footprints: int
    taken: tuple[Attested, ...]
    refused: tuple[Note, ...]

    @property
    def summary(self) -> str:
        """One line: how many were read, taken in, refused, and what there is to look at."""
        found = sum(len(one.findings) for one in self.taken)
        left = self.footprints - len(self.taken)
        count = f"{self.footprints} footprint{'s' if self.footprints != 1 else ''}"
        return f"{count} read, {len(self.taken)} taken in, {left} refused, {found} findings"


def read_partner(
    data: bytes, *, received: str, where: str, country: str | None = None
) -> PartnerFile:
    """Return what of a partner's file can be attested by who received it.

    ``received`` is when it came (RFC 3339, UTC); what has expired by then is refused. ``country``
    is the receiver's word for footprints that name no place. Raises Refused for what is no such
    file, TooLarge beyond a limit; what is wrong with a footprint is a note of it.
    """
    footprints = read_footprints(data, where=where)
    rules.time(received, "the time of receipt")
    digest = digest_text(sha256(data))
    receipt = _Receipt(digest, received, country)
    notes = [Noted(footprint.place) for footprint in footprints]
    made = [
        _made(footprint, noted, receipt) for footprint, noted in zip(footprints, notes, strict=True)
    ]
    refused = [fault for noted in notes for fault in noted.faults]
    known = replacing(footprints)
    found = [one for one in made if one is not None]
    kept, twice = _once([one for one in found if one.id not in known.after])
    old = known.notes([(one.id, one.place) for one in found], [one.id for one in kept])
    refused += [*old, *twice]
    return PartnerFile(footprints[0].form, digest, len(footprints), tuple(kept), tuple(refused))


def _made(footprint: Footprint, noted: Noted, receipt: _Receipt) -> Attested | None:
    """Return what can be attested of a footprint, whatever replaces it; None with faults noted."""
    for path, what in footprint.faults:
        noted.refuse(path, what)
    read = None if footprint.faults else _as_pact(footprint, noted)
    made = None if read is None else _attested(read, noted, receipt)
    return None if noted.faults else made


def inventory_text(one: Attested, *, issuer: str) -> str:
    """Return an attested figure as an inventory file (YAML) that ``rootprint compose`` reads.

    Raises Refused unless ``issuer``, who received and attests it, is text.
    """
    rules.text(issuer, "issuer")
    head = {
        "kind": "FootprintStatement",
        "issuer": issuer,
        "validFrom": one.valid_from,
        "validUntil": one.valid_until,
    }
    return yaml.safe_dump({**head, **one.subject}, allow_unicode=True, sort_keys=False, width=100)


@dataclass(frozen=True)
class _Receipt:
    """What the receiver says: the file's digest, when it came, the place where none is named."""

    digest: str
    received: str
    country: str | None


def _as_pact(footprint: Footprint, noted: Noted) -> InPact | None:
    """Return a footprint in PACT's members, whatever its form; None for a version not read."""
    if footprint.form == CATENA_X:
        return catena_x.as_pact(footprint.members, noted)
    version = footprint.members.get("specVersion")
    if not isinstance(version, str) or not version.startswith("3.0."):
        said = f"is {version[:40]}" if isinstance(version, str) else "is missing"
        noted.refuse(
            "specVersion", f"{said}: footprints of PACT 3.0 are read, in which the sums differ",
            "ask the partner for its footprint in PACT 3.0 or Catena-X 9.0.0",
        )  # fmt: skip
        return None
    return InPact(dict(footprint.members))


def _attested(read: InPact, noted: Noted, receipt: _Receipt) -> Attested | None:
    document = read.document
    if "status" in document and document["status"] != "Active":
        noted.refuse("status", "is not Active: the partner has taken it back",
                     "ask the partner for the footprint that replaces it")  # fmt: skip
    name = _said(document, "id", noted)
    company = _said(document, "companyName", noted)
    product = _said(document, "productNameCompany", noted)
    products = _urns(document, "productIds", noted)
    if not products:
        noted.refuse("productIds", "has no URN that names the product")
    figures = document.get("pcf")
    pcf = figures_of(figures if isinstance(figures, dict) else {}, noted, country=receipt.country)
    if pcf is not None:
        _require_past({**read.more, "pcf": pcf}, receipt.received, noted)
    period = None if pcf is None else validity(document, pcf, receipt.received, noted)
    if pcf is None or period is None or noted.faults:
        return None
    _advise(document, noted)
    subject: dict[str, Any] = {
        "role": "attested",
        "productIds": products,
        "productNameCompany": product,
        "productDescription": str(document.get("productDescription") or "").strip() or product,
        "boundary": "cradle-to-gate",
        "basis": "life-cycle",
        "partner": {
            "name": company,
            "productIds": _as_printed(document),
            "document": receipt.digest,
            "receivedAt": receipt.received,
            "specVersion": str(document["specVersion"]),
        },
        "reference": f"footprint {name} of {company}, unsigned, as received {receipt.received}",
        **_classified(document, noted),
        **read.more,
        "pcf": pcf,
        "characterizationSets": sets_of(pcf, noted),
        "extensions": _extensions(document, noted),
    }
    return Attested(name, noted.place, subject, *period, tuple(noted.findings))


def _require_past(subject: Mapping[str, Any], received: str, noted: Noted) -> None:
    """Refuse what was measured of a time still to come, or planned of one that is past (law 9)."""
    fault = periods.period_fault(subject, time_seconds(received, what="the time of receipt"))
    if fault is not None:
        noted.refuse(
            "pcf.referencePeriodEnd", f"does not fit: {fault[0]}",
            "ask the partner for the footprint of a period that has ended; a planned one comes as"
            " Catena-X 9.0.0, whose retroOrProspectivePcfType says so",
        )  # fmt: skip


def _advise(document: Mapping[str, Json], noted: Noted) -> None:
    """Find what PACT asks for and the document has not; what was read wrong is found already."""
    found = {note.place.removeprefix(noted.place) for note in noted.findings}
    for fault in pact.faults({name: one for name, one in document.items() if name != "version"}):
        member, _, what = fault.partition(" ")
        if what == "is missing" and member not in found:
            noted.find(member, "is missing, which PACT 3.0.4 asks for", ASK)


def _said(document: Mapping[str, Json], name: str, noted: Noted) -> str:
    value = document.get(name)
    if isinstance(value, str) and value.strip():
        return value.strip()
    noted.refuse(name, "is missing")
    return ""


def _urns(document: Mapping[str, Json], name: str, noted: Noted) -> list[str]:
    """Return the first 64 URNs of a list, each once, with a finding for what is left out."""
    given = document.get(name)
    found: dict[str, None] = {}
    for number, one in enumerate(given if isinstance(given, list) else []):
        urn = values.own_urn(one)
        if urn is None:
            noted.find(f"{name}[{number}]", "is no URN, and is left out", ASK)
        elif urn not in found and len(found) == _MOST_IDS:
            what = f"and what follows it is left out: a statement has {_MOST_IDS} of them"
            noted.find(f"{name}[{number}]", what, _IN_FILE)
            break
        else:
            found[urn] = None
    return list(found)


def _as_printed(document: Mapping[str, Json]) -> list[str]:
    """Return the partner's product ids in its own spelling, each once."""
    given = [one for one in document["productIds"] if isinstance(one, str) and one.strip()]
    return list(dict.fromkeys(given))[:_MOST_IDS]


def _classified(document: Mapping[str, Json], noted: Noted) -> dict[str, Any]:
    classes = _urns(document, "productClassifications", noted)
    return {"productClassifications": classes} if classes else {}


def _extensions(document: Mapping[str, Json], noted: Noted) -> list[dict[str, Any]]:
    """Return what was received beside the figures: in an extension of ours, then the partner's."""
    data = {name: document[name] for name in _KEPT if document.get(name) not in (None, "", [], {})}
    ours = {"specVersion": "1.0.0", "dataSchema": RECEIVED, "data": data}
    if not _can_be_signed(data):
        ours["data"] = {"id": document["id"]}
        noted.find("", "says ids or a comment that can't be signed as they stand", ASK)
    given = document.get("extensions")
    kept: list[dict[str, Any]] = [ours]
    for number, one in enumerate(given if isinstance(given, list) else []):
        place = f"extensions[{number}]"
        if len(kept) > _MOST_EXTENSIONS:
            what = (
                f"and what follows it is left out: a statement has {_MOST_EXTENSIONS} beside ours"
            )
            noted.find(place, what, _IN_FILE)
            break
        if not _is_extension(one):
            what = "can't be signed as it stands (numbers with a point, names beyond ASCII), and is"
            noted.find(place, f"{what} left out", _IN_FILE)
            continue
        if one["dataSchema"] == pact.EXTENSION_SCHEMA:
            signed = one["data"].get("statement", "a statement")
            noted.find(place, f"leads to a signed statement, {signed}",
                       "ask the partner for it, and cite it instead: it can be verified"
                       )  # fmt: skip
        kept.append(one)
    return kept


def _is_extension(one: Json) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("data"), dict):
        return False
    texts = ("specVersion", "dataSchema", "documentation")
    if any(
        not isinstance(one[name], str) or not one[name].strip() for name in texts if name in one
    ):
        return False
    return {"specVersion", "dataSchema"} <= one.keys() <= {*texts, "data"} and _can_be_signed(one)


def _can_be_signed(value: Json) -> bool:
    try:
        encode({"a": {"b": [value]}})
    except LedgerError:
        return False
    return True


def _with_twins(one: Attested, products: Mapping[str, int]) -> Attested:
    shared = [name for name in one.subject["productIds"] if products[name] > 1]
    if not shared:
        return one
    what = f"has {shared[0]}, of which this file has {products[shared[0]]} footprints"
    remedy = "publish one of them: a log takes one live number of a product"
    return replace(one, findings=(*one.findings, Note(f"{one.place}productIds", what, remedy)))


def _once(taken: Sequence[Attested]) -> tuple[list[Attested], list[Note]]:
    """Keep one of each id, and tell of products with several figures: one of them is live."""
    ids = Counter(one.id for one in taken)
    kept = [one for one in taken if ids[one.id] == 1]
    products = Counter(product for one in kept for product in one.subject["productIds"])
    kept = [_with_twins(one, products) for one in kept]
    refused = [
        Note(f"{one.place}id", f"{one.id} is given {ids[one.id]} times", "ask the partner which is")
        for one in taken
        if ids[one.id] > 1
    ]
    return kept, refused
