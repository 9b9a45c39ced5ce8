"""URNs that a file writes in capitals, and a description of nothing."""

from __future__ import annotations

import pytest

from rootprint.ledger.intake.inventory.urns import small, with_small_urns
from tests.intake.drafts import composed, gas, problems, product


@pytest.mark.parametrize(
    ("written", "signed"),
    [
        ("URN:GTIN:4712345060507", "urn:gtin:4712345060507"),
        ("urn:Example-1:Part A/7", "urn:example-1:Part A/7"),
        ("urn:gtin", "urn:gtin"),
        ("https://id.gs1.org/01/09506000134352", "https://id.gs1.org/01/09506000134352"),
        (7, 7),
    ],
)
def test_urn_and_namespace_have_no_case_and_the_rest_has(written: object, signed: object) -> None:
    assert small(written) == signed


def test_a_product_id_in_capitals_is_signed_in_small_letters() -> None:
    subject = composed(product(gas(), productIds=["URN:GTIN:4712345060507"]))
    assert subject["productIds"] == ["urn:gtin:4712345060507"]


def test_a_link_is_no_urn() -> None:
    assert "productIds.1" in problems(product(gas(), productIds=["https://id.gs1.org/01/0950"]))


def test_the_outputs_of_a_process_are_named_as_its_product_is() -> None:
    process = {"site": "URN:Gln:1", "outputs": [{"productId": "URN:X-1:a"}, {"name": "b"}]}
    assert with_small_urns({"process": process, "role": "product"}) == {
        "process": {"site": "urn:gln:1", "outputs": [{"productId": "urn:x-1:a"}, {"name": "b"}]},
        "role": "product",
    }


def test_where_nothing_is_exempted_there_is_nothing_to_describe() -> None:
    """PACT 3.0.4: the description can be the empty string."""
    subject = composed(product(gas(), pcf={"exemptedEmissionsDescription": ""}))
    assert subject["pcf"]["exemptedEmissionsDescription"] == ""
    assert "pcf.exemptedEmissionsDescription" in problems(
        product(gas(), pcf={"exemptedEmissionsDescription": 0})
    )


def test_biogenic_co2_without_its_uptake_is_reported_at_the_line_that_sets_it_free() -> None:
    """A flare of biogas: residues and waste water were plants too."""
    burnt = product(gas(), gas("CO2_biogenic", "2"))
    with pytest.raises(Exception, match=r"inventory\.2\.source sets biogenic CO2 free") as caught:
        composed(burnt)
    assert "waste water" in str(caught.value)
    both = product(gas("CO2_uptake", "2", stage="raw-material"), gas("CO2_biogenic", "2"))
    assert composed(both)["pcf"]["pcfIncludingBiogenicUptake"] == "0.000000000000"
