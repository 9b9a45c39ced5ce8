"""A process record's draft: the table of outputs and the activities of an inventory file's process.

Its maker signs and publishes it before the first co-product: one record of a process and period,
which every co-product's statement names (law 2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import RootprintError
from rootprint.calc.sharing import SHARING, WASTE
from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.schema.kinds import CLAIM, PROCESS
from rootprint.ledger.core.seal import random_places
from rootprint.ledger.core.tables import tables
from rootprint.ledger.intake.citing import cited_record, cited_statement
from rootprint.ledger.intake.inventory import InventoryProblems
from rootprint.ledger.intake.inventory.problems import Faults
from rootprint.ledger.intake.placing import placed
from rootprint.ledger.intake.signedform import signed_amount, signed_source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.intake.inventory import Inventory, Problem
    from rootprint.ledger.intake.inventory.process import Process
    from rootprint.ledger.intake.resolving import Resolve

_SITE: Final = "say process.site: the URN of the place, such as urn:gln:4012345000009"


def process_draft(
    inventory: Inventory,
    issuer: str,
    resolve: Resolve,
    rule: Mapping[str, str] | None = None,
    tell: Callable[[Problem], None] = lambda _finding: None,
) -> dict[str, Any]:
    """Return the draft of a process record for ``ledger.core.seal.seal``.

    ``rule`` is the rule pack's id and digest, of the base table unless said otherwise; ``resolve``
    gives the signed statement behind an input's name; ``tell`` is called with each finding. Raises
    InventoryProblems with all that is wrong, CalculationError where the table contradicts itself.
    """
    faults = Faults(inventory.where or "the inventory", dict(inventory.places))
    faults.take_over(inventory.problems, inventory.faulty)
    process = _process(inventory, faults)
    sources = [_source(inventory, number, resolve, faults) for number in _numbers(inventory)]
    claims = _claims(inventory, resolve, faults)
    faults.settle()
    if process is None:
        raise InventoryProblems(faults.problems)
    rows = _rows(inventory, process, faults)
    faults.settle()
    places = {one["name"]: one["row"] for one in rows}
    activities = [
        {
            "description": activity.line["description"],
            "stage": activity.line["stage"],
            "amount": signed_amount(activity.line["amount"]),
            "source": source,
            **({} if activity.serves is None else {"serves": places[activity.serves]}),
        }
        for activity, source in zip(inventory.activities, sources, strict=True)
    ]
    numbered = zip(random_places(len(activities)), activities, strict=True)
    activities = [{**one, "activity": number} for number, one in numbered]
    with placed(inventory.where):
        figures.whole_process(process.name, rows, activities).require_sound()
    for finding in faults.findings:
        tell(finding)
    pcf = inventory.subject["pcf"]
    subject: dict[str, Any] = {
        "site": process.site,
        "process": process.name,
        "periodStart": pcf["referencePeriodStart"],
        "periodEnd": pcf["referencePeriodEnd"],
        "rule": dict(rule or {"id": tables().rule["id"], "digest": tables().rule_digest}),
        "allocation": rows,
        "activities": activities,
    }
    if claims:
        subject["claims"] = claims
    return {
        "type": PROCESS,
        "issuer": issuer,
        "validFrom": inventory.valid_from,
        "validUntil": inventory.valid_until,
        "credentialSubject": subject,
    }


def _process(inventory: Inventory, faults: Faults) -> Process | None:
    process = inventory.process
    if process is None:
        remedy = "describe it under process: name, site, outputs, allocation"
        faults.add(("process",), "is missing, so there is nothing to record", remedy)
    elif process.site is None and not faults.within(("process",)):
        faults.add(("process", "site"), "is missing", _SITE)
    return process


def _numbers(inventory: Inventory) -> range:
    return range(len(inventory.activities))


def _source(
    inventory: Inventory, number: int, resolve: Resolve, faults: Faults
) -> dict[str, Any] | None:
    """Return an activity's source as it is signed; None with its fault noted."""
    activity = inventory.activities[number]
    path = (*activity.path, "source")
    try:
        cited = cited_statement(inventory, activity.line, resolve)
        return signed_source(activity.line["source"], cited)
    except RootprintError as error:
        faults.add(path, f"is not usable: {error.args[0]}", error.remedy)
        return None


def _claims(inventory: Inventory, resolve: Resolve, faults: Faults) -> list[str]:
    """Return the digests of the claims that its lines draw on, each once, rising."""
    found: set[str] = set()
    for activity in inventory.activities:
        name = activity.line.get("certificate", {}).get("claim")
        if name is None or faults.within((*activity.path, "certificate")):
            continue
        try:
            found.add(digest_text(cited_record(name, resolve, CLAIM).digest))
        except RootprintError as error:
            path = (*activity.path, "certificate", "claim")
            faults.add(path, f"is not usable: {error.args[0]}", error.remedy)
    return sorted(found)


def _rows(inventory: Inventory, process: Process, faults: Faults) -> list[dict[str, Any]]:
    """Return the outputs as rows, each with the index at which it will stand."""
    rows = []
    for place, output in zip(random_places(len(process.table)), process.table, strict=True):
        row = {**output.row(), "row": place}
        path = ("process", "outputs", (process.outputs or ()).index(output.name))
        products = inventory.subject.get("productIds", [])
        if output.name == process.product:
            row.setdefault("productId", products[0])
            if row["productId"] not in products:
                faults.add((*path, "productId"), "is none of productIds", "name one of them")
        elif "productId" not in row and output.method != WASTE:
            remedy = "give it, or no footprint of this output can cite the record"
            note = faults.add if output.method in SHARING else faults.find
            note((*path, "productId"), "is missing", remedy)
        rows.append(row)
    return rows
