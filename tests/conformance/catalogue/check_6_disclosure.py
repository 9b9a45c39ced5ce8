"""Check 6, disclosure: each value opens the one slot that it was signed for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import b64url, sha256
from rootprint.ledger.core.sdjwt import disclose, parse_disclosure, placeholder
from tests.conformance.casebook import Files, Payload, Scene, case, edit, failed, item
from tests.support.evidence_file import decoded

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


def _parts() -> tuple[Scene, Statement, Statement]:
    """A product made of a part, each with lines of its own."""
    scene = Scene()
    part = scene.part()
    module = scene.part("module", [scene.line(part, "2", "kilogram"), scene.gas("7")])
    scene.anchor()
    return scene, part, module


def _with(scene: Scene, subject: Statement, changed: Statement, *disclosures: str) -> Files:
    def change(file: Payload) -> None:
        item(file, changed)["disclosures"] = decoded(disclosures)

    return scene.files(subject, edit(scene.evidence(subject), change))


@case(failed(6))
def disclosures_of_two_statements_swapped_fail() -> Files:
    """Product and part show each other's recipes."""
    scene, part, module = _parts()

    def swap(file: Payload) -> None:
        first, second = item(file, part), item(file, module)
        first["disclosures"], second["disclosures"] = second["disclosures"], first["disclosures"]

    return scene.files(module, edit(scene.evidence(module), swap))


@case(failed(6))
def a_disclosure_of_another_statement_added_fail() -> Files:
    """One disclosure too many: it opens a slot of the part, not of the product."""
    scene, part, module = _parts()
    return _with(scene, module, module, *module.disclosures, part.disclosures[0])


@case(failed(6))
def a_disclosure_twice_fail() -> Files:
    """The same disclosure stands twice."""
    scene, _, module = _parts()
    return _with(scene, module, module, *module.disclosures, module.disclosures[0])


@case(failed(6))
def a_disclosed_amount_was_changed_fail() -> Files:
    """One amount is smaller than the one that was signed."""
    scene, _, module = _parts()
    changed = [_smaller(encoded) for encoded in module.disclosures]
    return _with(scene, module, module, *changed)


def _smaller(encoded: str) -> str:
    value = parse_disclosure(encoded).value
    if not isinstance(value, dict) or value.get("amount", {}).get("value") != "7":
        return encoded
    value["amount"]["value"] = "6"
    return disclose(value).encoded


@case(failed(6))
def a_disclosure_has_a_short_salt_fail() -> Files:
    """A salt of eight bytes can be guessed, and with it what stays hidden."""
    scene = Scene()
    short = b64url(encode([b64url(bytes(8)), {"manufacturing": {"fossilGhgEmissions": "1.19200"}}]))

    def change(payload: Payload) -> None:
        slot = placeholder(b64url(sha256(short.encode())))
        payload["credentialSubject"]["cells"] = [slot]

    sealed = scene.product("part", [scene.gas()])
    subject = scene.spoil(sealed, change, disclosures=(short,))
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


@case(failed(6))
def a_line_in_another_slot_than_it_says_fail() -> Files:
    """A signed line carries an index that is not its place in the inventory."""
    scene = Scene()
    line = {**scene.sign(scene.product("part", [scene.gas()])).opened.lines}
    index, value = next(iter(line.items()))
    moved = disclose({**value, "line": (index + 1) % 8})

    def change(payload: Payload) -> None:
        payload["credentialSubject"]["inventory"][index] = placeholder(moved.digest)

    draft = scene.product("part", [scene.gas()])
    subject = scene.spoil(draft, change, disclosures=(moved.encoded,))
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


@case(failed(6))
def a_line_that_the_shape_does_not_name_fail() -> Files:
    """A disclosed line stands beside those that the shape lists, so the sum could leave it out."""
    scene = Scene()
    draft = scene.product("part", [scene.gas(), scene.gas("7")])
    sealed = scene.sign(draft)
    first = next(iter(sealed.opened.lines))
    shape = disclose([first])

    def change(payload: Payload) -> None:
        payload.update(sealed.envelope.payload)
        payload["credentialSubject"] = {
            **sealed.envelope.payload["credentialSubject"],
            "inventoryShape": [placeholder(shape.digest)],
        }

    old = sealed.sources["inventoryShape", 0]
    kept = tuple(encoded for encoded in sealed.disclosures if encoded != old)
    subject = scene.spoil(draft, change, disclosures=(*kept, shape.encoded))
    scene.anchor()
    return scene.files(subject, scene.whole(subject))
