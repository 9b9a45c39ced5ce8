"""Rule packs: documents with an id, a version, a status, a validity and a digest.

A pack is data: a list of rules that ``ledger.rules`` judges a draft by. Its digest is SHA-256 over
its canonical JSON (RFC 8785), so a statement that names the digest names every test and number.
The list of members is closed, and a pack that tests nothing is refused.
"""

from __future__ import annotations

import codecs
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import digest_bytes, digest_text, sha256
from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.footprint import ROLES
from rootprint.ledger.core.schema.rules import array, boolean, matching, members, one_of, text
from rootprint.ledger.core.tables import tables
from rootprint.ledger.rules.finding import SEVERITIES
from rootprint.ledger.rules.form import RuleError, check_test
from rootprint.ledger.rules.members import each_once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json

MAX_BYTES: Final = 1024 * 1024
MAX_RULES: Final = 256
OURS: Final = "Rootprint"  # who published the packs that come with this version
# From what gives way to what prevails: national overrides local, and all override the base.
STATUSES: Final = ("base", "draft", "group", "industry", "national")

_name = matching(r"[a-z][a-z0-9-]{1,63}", "a lower-case name such as catena-x-pcf")


def _parent(value: Json, path: str) -> None:
    name, at, digest = str(value).partition("@")
    if not at:
        rules.refuse(path, "a pack's name and digest, id@sha256:…")
    _name(name, path)
    digest_bytes(digest, what=path)


def _test(value: Json, path: str) -> None:
    try:
        check_test(value, path)
    except RuleError as error:
        raise Refused(str(error)) from error


_rule_members = members(
    {
        "id": _name,
        "severity": one_of(*SEVERITIES),
        "clause": text,
        "verified": boolean,
        "what": text,
        "remedy": text,
        "test": _test,
    },
    {
        "confirmedBy": text,
        "roles": array(one_of(*ROLES), most=len(ROLES), unique=True),
    },
)


def _rule(value: Json, path: str) -> None:
    _rule_members(value, path)
    if value["verified"] and "confirmedBy" not in value:
        message = f"{path} is called verified and does not say by what (confirmedBy)"
        raise Refused(message)


_pack = members(
    {
        "id": _name,
        "version": text,
        "title": text,
        "status": one_of(*STATUSES),
        "validFrom": rules.time,
        "rules": array(_rule, most=MAX_RULES),
    },
    {
        "publisher": text,
        "validUntil": rules.time,
        "jurisdiction": matching(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", "an ISO 3166 code"),
        "inherits": array(_parent, most=16, unique=True),
        "compatibility": rules.digest,
    },
)


@dataclass(frozen=True)
class Pack:
    """One rule pack as it was published: its document, the digest of that, and who published it.

    ``publisher`` is OURS of a pack that came with this version, else what the pack itself says;
    None if it does not say.
    """

    document: Mapping[str, Any]
    digest: str
    publisher: str | None = None

    @property
    def id(self) -> str:
        """The pack's name, the same for all its versions."""
        return str(self.document["id"])

    @property
    def name(self) -> str:
        """Name and digest, as another pack inherits it."""
        return f"{self.id}@{self.digest}"

    @property
    def rank(self) -> int:
        """How far it prevails over others."""
        return STATUSES.index(self.document["status"])

    @property
    def version(self) -> str:
        """Which of the id's documents it is, for people; the digest says it for machines."""
        return str(self.document["version"])

    @property
    def rests_on_this_table(self) -> bool:
        """Whether check 7 judges by the table that the pack was written for, if it names one."""
        named = self.document.get("compatibility")
        return named is None or named == tables().rule_digest

    @property
    def parents(self) -> tuple[str, ...]:
        """The packs it inherits, each as id@digest."""
        return tuple(self.document.get("inherits", ()))


def parse_pack(data: bytes, *, where: str, publisher: str | None = None) -> Pack:
    """Read a pack (JSON); raises Refused with the place of the first fault, or TooLarge.

    A byte order mark, which some editors write, says nothing and is passed over. A member that
    stands twice is refused: readers differ in which one they keep.
    """
    if len(data) > MAX_BYTES:
        message = f"{where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        message = f"{where} is not JSON: {error}"
        raise Refused(message, remedy="save it as JSON in UTF-8") from error
    found = pack(
        document, where=where, publisher=publisher
    )  # bounds the depth, which the next reader does not
    json.loads(data, object_pairs_hook=each_once(where))
    return found


def pack(document: Json, *, where: str, publisher: str | None = None) -> Pack:
    """Return the pack of a parsed document; raises Refused.

    ``publisher`` prevails over what the document says: it is for packs that come with this version.
    """
    canonical = encode(document)
    _pack(document, where)
    _together(document, where)
    stated = document.get("publisher") if publisher is None else publisher
    return Pack(document, digest_text(sha256(canonical)), stated)


def _together(document: Mapping[str, Any], where: str) -> None:
    counts = Counter(rule["id"] for rule in document["rules"])
    twice = sorted(name for name, count in counts.items() if count > 1)
    if twice:
        message = f"{where} has two rules with the id {twice[0]}"
        raise Refused(message, remedy="one rule, one id: an override is made by inheriting")
    if "validUntil" in document and document["validUntil"] <= document["validFrom"]:
        rules.refuse(f"{where}.validUntil", "later than validFrom")
    if document["status"] == "national" and "jurisdiction" not in document:
        message = f"{where} is national and does not say of which jurisdiction"
        raise Refused(message)
