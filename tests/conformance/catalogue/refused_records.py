"""Records, reserved kinds and the new members of version 2: what breaks their lists is refused."""

from __future__ import annotations

from typing import Any

from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.schema.hidden import PROCESS_HIDDEN, Padded
from rootprint.ledger.core.sdjwt import disclose, placeholder
from tests.conformance.casebook import Files, Payload, Scene, failed
from tests.conformance.catalogue.by_table import enter
from tests.conformance.catalogue.refused_disclosures import _line
from tests.conformance.catalogue.refused_statements import _files, _product, _set
from tests.core.full_statements import full
from tests.support.world import SUPPLIER

_EARLIER = "2024-01-01T00:00:00Z"


def _draft(kind: str) -> dict[str, Any]:
    return {**full(kind), "issuer": SUPPLIER}


def _record(asked: tuple[str, dict[str, Any]]) -> Files:
    """Another kind with other members, asked about; None takes a member away."""
    kind, members = asked

    def change(payload: Payload) -> None:
        subject = payload["credentialSubject"]
        subject |= members
        for name in [name for name, value in subject.items() if value is None]:
            del subject[name]

    scene = Scene()
    return _files(scene, scene.spoil(_draft(kind), change))


def _row(members: dict[str, Any]) -> Files:
    """A process record of which a row opens to other members."""
    scene = Scene()
    draft = _draft("process")
    place = PROCESS_HIDDEN["allocation"]
    if not isinstance(place, Padded):
        raise TypeError(place)
    row = {**draft["credentialSubject"]["allocation"][0], **members}
    shown = disclose(row)

    def change(payload: Payload) -> None:
        slots = payload["credentialSubject"]["allocation"]
        slots[row[place.index]] = placeholder(shown.digest)

    record = scene.spoil(draft, change, disclosures=(shown.encoded,))
    return _files(scene, record)


enter(
    failed(1),
    _record,
    {
        "a_process_that_ends_before_it_begins_fail": (
            "A process record's period ends before it begins.",
            ("process", {"periodEnd": _EARLIER}),
        ),
        "a_process_without_a_slot_for_its_activities_fail": (
            "A process record has four slots for its activities, where eight are the least.",
            ("process", {"activities": [placeholder(b64url(bytes([n] * 32))) for n in range(4)]}),
        ),
        "a_claim_on_two_things_fail": (
            "A claim is on a retirement and on a certificate.",
            ("claim", {"retirement": "sha256:" + "5a" * 32}),
        ),
        "a_claim_on_nothing_fail": (
            "A claim is neither on a retirement nor on a certificate.",
            ("claim", {"certificate": None}),
        ),
        "an_attribute_that_is_not_known_fail": (
            "A retirement is of an attribute that is not in the list.",
            ("retirement", {"attribute": "offsets"}),
        ),
        "a_pool_without_its_base_fail": (
            "A variant pool does not say what its base number is.",
            ("pool", {"base": None}),
        ),
        "a_window_without_its_ends_fail": (
            "A decision reaches a window, and says neither end of it.",
            ("decision", {"from": None, "until": None}),
        ),
        "a_window_with_one_end_fail": (
            "A decision reaches ever since, and says one end of a window.",
            ("decision", {"reach": "all", "until": None}),
        ),
        "an_accreditation_that_ends_before_it_begins_fail": (
            "An accreditation ends before it begins.",
            ("accreditation", {"until": _EARLIER}),
        ),
        "laws_that_fall_fail": (
            "An assurance names its laws in falling order.",
            ("assurance", {"laws": [3, 1]}),
        ),
        "a_law_that_is_not_known_fail": (
            "An assurance names a tenth law.",
            ("assurance", {"laws": [1, 10]}),
        ),
        "an_attested_figure_without_its_partner_fail": (
            "A partner's figure does not say whose it is.",
            ("attested", {"partner": None}),
        ),
    },
)
enter(
    failed(1),
    _product,
    {
        "a_pseudonym_of_another_length_fail": (
            "A pseudonym's value has 31 bytes.",
            _set(pseudonym={"value": b64url(bytes(31)), "proof": b64url(bytes(81))}),
        ),
        "a_quantity_of_no_kind_fail": (
            "A declared unit is of a kind that is not said.",
            _set(quantity={}),
        ),
        "a_description_of_no_exemption_that_is_a_number_fail": (
            "What is exempted is described by a number.",
            lambda payload: payload["credentialSubject"]["pcf"].update(
                exemptedEmissionsDescription=0
            ),
        ),
    },
)
enter(
    failed(6),
    _row,
    {
        "a_yield_of_nothing_fail": (
            "A row of a process record says that nothing of its output is good.",
            {"yield": "0"},
        ),
        "a_share_by_an_unknown_method_fail": (
            "A row of a process record names a method of its own.",
            {"method": "by taste"},
        ),
    },
)
_CIRCULAR: dict[str, Any] = {
    "material": "PET",
    "term": "virgin",
    "mass": {"value": "0.04", "unit": "kilogram"},
    **dict.fromkeys(("A", "R1", "R2", "R3"), "0"),
    **dict.fromkeys(("qualityIn", "qualityOut"), "1"),
}
enter(
    failed(6),
    _line,
    {
        "what_recycling_avoids_and_is_no_credit_fail": (
            "A line is the term of the circular formula that avoids, and not a credit.",
            lambda line: line.update(circular={**_CIRCULAR, "term": "avoided"}),
        ),
        "a_share_of_recycling_beyond_the_whole_fail": (
            "A line recycles more than all of it.",
            lambda line: line.update(circular={**_CIRCULAR, "R2": "1.1"}),
        ),
        "a_term_of_no_material_fail": (
            "A line of the circular formula does not say of which material it is.",
            lambda line: line.update(
                circular={name: one for name, one in _CIRCULAR.items() if name != "material"}
            ),
        ),
        "an_amount_of_no_kind_fail": (
            "A line's amount is of a kind that is not said.",
            lambda line: line["amount"].update(quantity={}),
        ),
    },
)
