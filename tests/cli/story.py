"""One ledger on the embedded chain with a whole supply chain in it: every user of the design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.cli.running import Cli

if TYPE_CHECKING:
    from pathlib import Path

MAKER, OEM = "did:web:maker.example", "did:web:oem.example"
FACTORS, AUDITOR = "did:web:factors.example", "did:web:auditor.example"
AUTHORITY = "did:web:authority.example"
ORIGIN = "ledger.example/log"
INIT = (
    *("init", "--origin", ORIGIN, "--authority", AUTHORITY),
    *("--authority-name", "Example authority (fictional)", "--authority-country", "CN"),
)
_HEAD = """\
kind: FootprintStatement
issuer: {issuer}
validFrom: "2026-01-01T00:00:00Z"
validUntil: "2028-12-31T00:00:00Z"
role: {role}
productIds: ["urn:example:{name}"]
productNameCompany: {name}
productDescription: One kilogram of {name}, fictional
boundary: cradle-to-gate
basis: life-cycle
pcf:
  declaredUnitOfMeasurement: kilogram
  declaredUnitAmount: "1"
  referencePeriodStart: "2025-01-01T00:00:00Z"
  referencePeriodEnd: "2026-01-01T00:00:00Z"
  geographyCountry: CN
"""
_FACTOR = """\
  fossilGhgEmissions: "{value}"
  pcfExcludingBiogenicUptake: "{value}"
  pcfIncludingBiogenicUptake: "{value}"
  primaryDataShare: "0"
reference: An example publication, table 1
licence: CC0-1.0
characterizationSets: [{{set: AR6, share: "100.0000"}}]
"""
_PRODUCT = """\
  productMassPerDeclaredUnit: "1"
  fossilCarbonContent: "0"
  ipccCharacterizationFactors: [AR6]
  crossSectoralStandards: [ISO14067]
  exemptedEmissionsPercent: "0"
  exemptedEmissionsDescription: Nothing is exempted.
  packagingEmissionsIncluded: false
inventory:
"""


def factor_file(name: str, issuer: str, value: str) -> str:
    """Return a factor's file: ``value`` kg CO2e per kilogram."""
    return _HEAD.format(name=name, issuer=issuer, role="factor") + _FACTOR.format(value=value)


def product_file(name: str, issuer: str, inputs: dict[str, str], gas: str = "") -> str:
    """Return a product's file: kilograms of each input, and of CO2 from a meter."""
    lines = [
        f"  - {{stage: raw-material, description: takes {one}, amount: {{value: '{amount}',"
        f" unit: kg}}, source: {{input: {one}}}, primary: true}}\n"
        for one, amount in inputs.items()
    ]
    if gas:
        lines.append(
            f"  - {{stage: manufacturing, description: own stack, amount: {{value: '{gas}',"
            " unit: kg}, source: {gas: CO2, set: AR6}, primary: true}\n"
        )
    head = _HEAD.format(name=name, issuer=issuer, role="product")
    return head + _PRODUCT + "".join(lines)


@dataclass(frozen=True)
class Story:
    """The ledger, its files, and the digests of what was published."""

    cli: Cli
    folder: Path
    fuel: str
    part: str
    car: str
    assurance: str
    evidence: Path
    trust: Path


def publish_file(cli: Cli, text: str, key: str, **inputs: str) -> str:
    """Compose from stdin, sign from stdin, publish from stdin; return the digest."""
    options = [f"--input={name}={digest}" for name, digest in inputs.items()]
    draft = cli.done("compose", "-", *options, stdin=text).out
    statement = cli.done("sign", "-", "--as", key, stdin=draft).out
    receipts = cli.done("publish", "-", "--format", "json", stdin=statement).json["receipts"]
    digest: str = receipts[0]["digest"]
    return digest


def tell(folder: Path, cli: Cli | None = None, *init: str) -> Story:
    """Supplier, OEM, auditor, exporter: what each of them does, in order."""
    cli = cli or Cli(folder / "home")
    cli.done(*INIT, *init)
    for name, did, role in (
        ("factors", FACTORS, "factor-publisher"),
        ("maker", MAKER, "supplier"),
        ("oem", OEM, "supplier"),
        ("auditor", AUDITOR, "auditor"),
    ):
        legal_name = f"Example {name.title()} (fictional)"
        cli.done("org", "admit", name, "--did", did, "--legal-name", legal_name, "--country", "CN",
                 "--role", role, "--number", f"LEI={name}-1")  # fmt: skip
    fuel = publish_file(cli, factor_file("fuel", FACTORS, "2.5"), "factors")
    part = publish_file(
        cli, product_file("part", MAKER, {"fuel": "2"}, gas="1.5"), "maker", fuel=fuel
    )
    car = publish_file(
        cli, product_file("car", OEM, {"part": "3", "fuel": "0.4"}), "oem", part=part, fuel=fuel
    )
    assured = cli.done(
        "assure", part, "--as", "auditor", "--standard", "ISO 14064-3:2019", "--level", "limited",
        "--includes-inventory", "--outcome", "positive", "--examined", "meter readings",
        "--accreditation", "Example body", "17", "--format", "json",
    )  # fmt: skip
    cli.done("anchor")
    evidence, trust = folder / "evidence.gz", folder / "trust.json"
    cli.done("evidence", "export", car, "--hide", part, "--out", evidence)
    cli.done("evidence", "trust", car, "--out", trust)
    return Story(cli, folder, fuel, part, car, assured.json["digest"], evidence, trust)
