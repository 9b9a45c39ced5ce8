"""What PACT 3.0.3 forbids though a statement may say it. Types and signs hold already: core's.

Some of it stands in PACT's prose only, where neither its schema nor its conformance tests look.
Nothing is repaired or left out: a view that differs from what was signed would be no view.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from rootprint.ledger.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json

# An absolute URI: RFC 3986 section 3, with the scheme's own rules left to the scheme.
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)
_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?")
_CCS: Final = (
    "ccsTechnologicalCO2Capture",
    "technologicalCO2Removals",
    "technologicalCO2CaptureOrigin",
)


def check(subject: Mapping[str, Json]) -> None:
    """Return if PACT allows this product's ``credentialSubject``; raise Refused with the place."""
    pcf = subject["pcf"]
    if not pcf["packagingEmissionsIncluded"]:
        _absent(pcf, ["packagingGhgEmissions"], "packagingEmissionsIncluded")
    if not pcf.get("ccsTechnologicalCO2CaptureIncluded", True):
        _absent(pcf, _CCS, "ccsTechnologicalCO2CaptureIncluded")
    if not _URI.fullmatch(pcf.get("ccuCreditCertification", "urn:absent")):
        _refuse("pcf.ccuCreditCertification is not an absolute URI")
    _rules(pcf.get("productOrSectorSpecificRules", []))
    for index, extension in enumerate(subject.get("extensions", [])):
        _extension(extension, f"extensions[{index}]")


def _absent(pcf: Mapping[str, Json], names: list[str] | tuple[str, ...], flag: str) -> None:
    for name in names:
        if name in pcf:
            _refuse(f"pcf.{name} is given though {flag} is false")


def _rules(rules: list[Mapping[str, Json]]) -> None:
    for index, rule in enumerate(rules):
        if rule in rules[:index]:
            _refuse(f"pcf.productOrSectorSpecificRules[{index}] is there twice")
        if rule["operator"] == "Other" and "otherOperatorName" not in rule:
            _refuse(f"pcf.productOrSectorSpecificRules[{index}] names no otherOperatorName")


def _extension(extension: Mapping[str, Json], path: str) -> None:
    if not _VERSION.fullmatch(extension["specVersion"]):
        _refuse(f"{path}.specVersion is not a version such as 2.0.0")
    for name in ("dataSchema", "documentation"):
        if not _URI.fullmatch(extension.get(name, "urn:absent")):
            _refuse(f"{path}.{name} is not an absolute URI")
    if not isinstance(extension["data"], dict):
        _refuse(f"{path}.data is not an object")


def _refuse(message: str) -> NoReturn:
    raise Refused(
        f"credentialSubject.{message}, which PACT 3.0.3 forbids",
        remedy="its issuer can supersede it by a statement without this",
    )
