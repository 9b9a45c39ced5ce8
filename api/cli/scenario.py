"""A scenario folder: organisations and inventories that one command turns into a ledger.

``scenario.yaml`` names the rest. In a scenario one process plays every organisation, each with
keys of its own; outside the demo each of them works in a folder of its own.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rootprint.api.cli.hiding import split_place
from rootprint.api.cli.issuing import draft_of_now
from rootprint.ledger.core.encoding import digest_text, time_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.kinds import ASSURANCE, CLAIM, LAWS, RETIREMENT
from rootprint.ledger.core.schema.parts import amount
from rootprint.ledger.core.schema.records import ATTRIBUTES
from rootprint.ledger.core.schema.rules import array, mapping, members, one_of, text
from rootprint.ledger.core.standing import ROLE_NAMES
from rootprint.ledger.intake import (
    BASE_PACK,
    assurable_laws,
    claim_subject,
    compose_by,
    logged_resolver,
    parse_inventory,
    process_draft,
    publish,
    read_yaml,
    retirement_subject,
)
from rootprint.ledger.registry import role_bits
from rootprint.ledger.rules import broken, library

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from rootprint.api.service import Workspace
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.rules import Finding

_YEAR: Final = 365 * 24 * 3600
_CALLS_A_STEP: Final = 40
_organisation_rule = members(
    {
        "id": rules.matching(r"[a-z0-9-]+", "a short name"),
        "did": rules.did,
        "legalName": text,
        "country": text,
        "roles": array(one_of(*ROLE_NAMES)),
    }
)
_organisations = members({"organisations": array(_organisation_rule)})
_assure = members(
    {
        "auditor": text,
        "statement": text,
        "standard": text,
        "level": text,
        "coverage": text,
        "includesInventory": rules.boolean,
        "materialityPercent": text,
        "outcome": text,
        "examined": array(text),
        "accreditation": members({"body": text, "number": text}),
    },
    {"laws": array(rules.integer(LAWS[0], LAWS[-1]))},
)
_range = members({"from": text, "to": text})
_retire = members(
    {
        "name": text,
        "registry": text,
        "registryName": text,
        "beneficiary": text,
        "attribute": one_of(*ATTRIBUTES),
        "market": text,
        "amount": amount,
        "from": rules.time,
        "until": rules.time,
        "certificates": array(_range),
    }
)
_claim = members(
    {
        "name": text,
        "claimant": text,
        "retirement": text,
        "amount": amount,
        "from": rules.time,
        "until": rules.time,
    }
)
_scenario = members(
    {"name": text, "description": text, "organisations": text, "publish": array(text)},
    {
        "product": text,
        "products": array(text),
        "hide": array(text),
        "retire": array(_retire),
        "claim": array(_claim),
        "assure": _assure,
        "rules": mapping(text, text),
    },
)


@dataclass(frozen=True)
class Scenario:
    """A read scenario: organisations by short name, inventories by name in publishing order.

    ``hide`` names a statement, all of which is hidden, or ``NAME:PLACE``, such as its
    ``inventory``. ``retire`` and ``claim`` are made before the inventories, whose lines name the
    claims. ``rules`` names the rule pack that an inventory is composed by, where it is not the
    base pack.
    """

    name: str
    description: str
    organisations: Mapping[str, Mapping[str, Any]]
    inventories: Mapping[str, bytes]
    products: tuple[str, ...]
    hide: tuple[tuple[str, str | None], ...]
    assure: Mapping[str, Any] | None
    rules: Mapping[str, str]
    retire: tuple[Mapping[str, Any], ...] = ()
    claim: tuple[Mapping[str, Any], ...] = ()

    @property
    def records(self) -> int:
        """How many retirements and claims are signed before the inventories."""
        return len(self.retire) + len(self.claim)


def read_scenario(folder: Path) -> Scenario:
    """Read a scenario folder; raises NotFound or Refused with file and member."""
    content = _yaml(folder / "scenario.yaml")
    _scenario(content, "scenario.yaml")
    listed = _yaml(folder / content["organisations"])
    _organisations(listed, content["organisations"])
    products = [content["product"]] if "product" in content else content.get("products", [])
    names, assure = content["publish"], content.get("assure")
    assured = [] if assure is None else [assure["statement"]]
    ruled = content.get("rules", {})
    hide = tuple(map(_hidden, content.get("hide", ())))
    missing = {*products, *(name for name, _ in hide), *assured, *ruled} - set(names)
    if missing or not products:
        message = f"scenario.yaml does not publish {', '.join(sorted(missing)) or 'any product'}"
        raise Refused(message, remedy="whoever wrote the scenario lists it under publish")
    for pack in ruled.values():
        library().get(pack)
    return Scenario(
        name=content["name"],
        description=content["description"],
        organisations={one["id"]: one for one in listed["organisations"]},
        inventories={name: _bytes(folder / "inventories" / f"{name}.yaml") for name in names},
        products=tuple(products),
        hide=hide,
        assure=assure,
        rules=ruled,
        retire=tuple(content.get("retire", ())),
        claim=tuple(content.get("claim", ())),
    )


def admit_all(workspace: Workspace, scenario: Scenario) -> int:
    """Make keys for every organisation and admit it; return how many calls that took."""
    calls = [
        call
        for name, one in scenario.organisations.items()
        for call in workspace.organisation_calls(
            name,
            one["did"],
            legal_name=one["legalName"],
            country=one["country"],
            roles=role_bits(list(one["roles"])),
        )
    ]
    for begin in range(0, len(calls), _CALLS_A_STEP):
        workspace.send(calls[begin : begin + _CALLS_A_STEP])
    return len(calls)


def publish_all(
    workspace: Workspace, scenario: Scenario, progress: Callable[[Sequence[Finding]], None]
) -> dict[str, Statement]:
    """Sign and publish retirements and claims, every inventory in order, then the assurance.

    Each of these is there only if the scenario has it. The first inventory that names a process
    record makes it, of its own process. ``progress`` is called after each with the rules that its
    draft breaks.
    """
    published: dict[str, Statement] = {}
    log, now = workspace.log(), time_text(int(time.time()))

    digests: dict[str, bytes] = {}
    resolve = logged_resolver(
        workspace.home,
        digests,
        lambda name: f"publish {name} before what cites it: the order is scenario.yaml's",
    )

    def put(name: str, holder: str, draft: Mapping[str, Any], *, keep: bool = True) -> None:
        statement = workspace.sign(draft, holder)
        publish(workspace.home, log, [statement.text], keep_disclosures=keep)
        published[name], digests[name] = statement, statement.digest

    for asked in (*scenario.retire, *scenario.claim):
        holder, draft = _record(scenario, asked, published)
        put(asked["name"], holder, draft, keep=False)
        progress(())
    for name, data in scenario.inventories.items():
        inventory = parse_inventory(data, where=f"inventories/{name}.yaml", patient=True)
        maker = _organisation(scenario, inventory.issuer)
        pack = scenario.rules.get(name, BASE_PACK)
        record = None if inventory.process is None else inventory.process.record
        if record is not None and record not in published:
            effective = library().in_force(pack, now)
            rule = {"id": effective["id"], "digest": effective["digest"]}
            put(record, maker["id"], process_draft(inventory, maker["did"], resolve, rule))
        draft, findings = compose_by(pack, inventory, maker["did"], resolve, at=now)
        put(name, maker["id"], draft)
        progress(broken(findings))
    if scenario.assure is not None:
        draft = _assurance(workspace, scenario, scenario.assure, published)
        statement = workspace.sign(draft, scenario.assure["auditor"])
        publish(workspace.home, log, [statement.text])
        progress(())
    return published


def _record(
    scenario: Scenario, asked: Mapping[str, Any], published: Mapping[str, Statement]
) -> tuple[str, dict[str, Any]]:
    """Return who signs a retirement or a claim of the scenario, and its draft."""
    span = asked["from"], asked["until"]
    if "claimant" in asked:
        if asked["retirement"] not in published:
            message = f"claim {asked['name']!r} names no retirement of the scenario"
            raise NotFound(message, remedy="list it under retire, with this name")
        holder, kind = asked["claimant"], CLAIM
        retired = published[asked["retirement"]].digest
        subject = claim_subject(asked["amount"], span, retired)
    else:
        holder, kind = asked["registry"], RETIREMENT
        subject = retirement_subject(
            registry=asked["registryName"],
            beneficiary=_organisation(scenario, asked["beneficiary"])["did"],
            attribute=asked["attribute"],
            market=asked["market"],
            amount=asked["amount"],
            production=span,
            certificates=[(one["from"], one["to"]) for one in asked["certificates"]],
        )
    return holder, draft_of_now(kind, _organisation(scenario, holder)["did"], subject, _YEAR)


def _assurance(
    workspace: Workspace,
    scenario: Scenario,
    assure: Mapping[str, Any],
    published: Mapping[str, Statement],
) -> dict[str, Any]:
    rest = {name: value for name, value in assure.items() if name not in {"auditor", "statement"}}
    digest = published[assure["statement"]].digest
    if assure["outcome"] == "positive":
        asked = assure.get("laws", ())
        rest["laws"] = assurable_laws(workspace.home, digest, asked=asked)
    auditor = _organisation(scenario, assure["auditor"])["did"]
    return draft_of_now(ASSURANCE, auditor, {"statement": digest_text(digest), **rest}, _YEAR)


def _hidden(written: str) -> tuple[str, str | None]:
    try:
        return split_place(written)
    except Refused as error:
        raise Refused(f"scenario.yaml hides {written}: {error}", remedy=error.remedy) from None


def _organisation(scenario: Scenario, name: str) -> Mapping[str, Any]:
    if name not in scenario.organisations:
        message = f"organisation {name!r} is not in the scenario"
        raise NotFound(message, remedy="whoever wrote the scenario lists it in its organisations")
    return scenario.organisations[name]


def _yaml(path: Path) -> Any:
    return read_yaml(_bytes(path), where=str(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        message = f"{path} is not there"
        raise NotFound(message, remedy="a scenario's files lie in its folder") from error
