"""examples/pv-module: its files are a sound scenario and add up to the published figures."""

from __future__ import annotations

import csv
import os
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.examples.exact import EXAMPLES, Example, to_digits
from tests.examples.pv_module_numpy import footprint_per_square_metre

PUBLIC = Path(os.environ.get("ROOTPRINT_PUBLIC_DATA", EXAMPLES.parents[1] / "shared" / "data"))
DECIMAL = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?")


@pytest.fixture(scope="module")
def example() -> Example:
    return Example("pv-module")


def test_numpy_on_the_figures_agrees_to_the_printed_digit(example: Example) -> None:
    product = example.scenario["product"]
    digits = example.drafts[product]["digits"]
    independent = to_digits(Fraction(footprint_per_square_metre()), digits)
    assert to_digits(example.exact[product], digits) == independent
    assert independent == "99.953"


def test_rounding_in_every_tier_does_not_reach_the_printed_digits(example: Example) -> None:
    product = example.scenario["product"]
    digits = example.drafts[product]["digits"]
    assert example.signed[product] == Fraction(to_digits(example.exact[product], digits))


def test_rounding_stays_within_a_thousandth_of_the_unrounded_sum(example: Example) -> None:
    for name, exact in example.exact.items():
        assert abs(example.signed[name] - exact) <= exact / 1000, name


def test_total_lies_in_the_plausible_band(example: Example) -> None:
    assert 96 <= example.exact[example.scenario["product"]] <= 100


def test_the_walk_from_the_product_is_wide_and_deep(example: Example) -> None:
    product = example.scenario["product"]
    reached = example.reachable(product)
    assert reached == set(example.scenario["publish"]) == set(example.drafts)
    assert len({example.drafts[name]["issuer"] for name in reached}) >= 30
    makers = [d for d in example.drafts.values() if d["role"] == "product"]
    assert len({draft["pcf"]["geographyCountry"] for draft in makers}) >= 4
    assert example.levels(product) >= 4


def test_inputs_are_published_before_what_cites_them(example: Example) -> None:
    order = {name: place for place, name in enumerate(example.scenario["publish"])}
    for name, place in order.items():
        assert all(order[upstream] < place for upstream in example.inputs(name)), name


def test_issuers_have_the_role_for_what_they_sign(example: Example) -> None:
    roles = {one["id"]: one["roles"] for one in example.organisations}
    needed = {"product": "supplier", "factor": "factor-publisher"}
    for name, draft in example.drafts.items():
        assert needed[draft["role"]] in roles[draft["issuer"]], name
    assert "auditor" in roles[example.scenario["assure"]["auditor"]]


def test_organisations_are_fictional_and_reserved_names(example: Example) -> None:
    for one in example.organisations:
        assert "(fictional)" in one["legalName"]
        assert one["did"] == f"did:web:{one['id']}.example"
    assert len({one["did"] for one in example.organisations}) == len(example.organisations)


def test_direct_factors_stand_under_emission_lines_and_nowhere_else(example: Example) -> None:
    for name, draft in example.drafts.items():
        for line in draft.get("inventory", []):
            source = line["source"]
            upstream = example.drafts[source.get("input") or source["factor"]]
            direct = ("direct-only", "gate-to-gate")
            wanted = direct if "emission" in source else ("life-cycle", "cradle-to-gate")
            assert (upstream["basis"], upstream["boundary"]) == wanted, (name, line["stage"])


def test_every_number_is_a_decimal_string_and_no_data_is_primary(example: Example) -> None:
    for name, draft in example.drafts.items():
        for line in draft.get("inventory", []):
            value = line["amount"]["value"]
            assert isinstance(value, str), (name, value)
            assert DECIMAL.fullmatch(value), (name, value)
            assert Decimal(value) > 0, (name, value)
            assert line["primary"] is False


def test_grid_mixes_are_renormalised_to_one_kilowatt_hour(example: Example) -> None:
    grids = [n for n, d in example.drafts.items() if n.startswith("grid-") and "inventory" in d]
    assert len(grids) == 13
    for name in grids:
        amounts = [line["amount"]["value"] for line in example.drafts[name]["inventory"]]
        assert abs(sum(map(Decimal, amounts)) - 1) <= Decimal("5e-10"), name


def test_hidden_recipe_is_the_assured_one_and_its_inputs_are_reached_otherwise(
    example: Example,
) -> None:
    hidden = example.scenario["hide"]
    assert hidden == [example.scenario["assure"]["statement"]]
    others = set(example.scenario["publish"]) - set(hidden)
    open_inputs = {upstream for name in others for upstream in example.inputs(name)}
    shared = set(example.inputs(hidden[0]))
    assert shared <= open_inputs


def test_figures_are_the_public_ones_digit_for_digit() -> None:
    folder = PUBLIC / "pv_ice"
    if not folder.is_dir():
        pytest.skip("PV ICE's public baselines are not on this machine")
    with (EXAMPLES / "pv-module" / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"].startswith("baseline_")]
    assert len(rows) > 150
    for row in rows:
        with (folder / row["file"]).open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.reader(file))
        line = next(cells for cells in table if cells and cells[0] == row["row"])
        published = line[table[0].index(row["column"])]
        assert Decimal(published) == Decimal(row["value"]), row


def test_files_are_what_the_generator_writes(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES.parent / "scripts" / "examples_data"))
    import pv_module  # noqa: PLC0415 - found by the path set above
    from pv_table import Figures  # noqa: PLC0415

    folder = EXAMPLES / "pv-module"
    written = {draft.id: draft for draft in pv_module.drafts(Figures())}
    assert list(written) == example.scenario["publish"]
    for name, draft in written.items():
        path = folder / "inventories" / f"{name}.yaml"
        assert path.read_text(encoding="utf-8") == draft.yaml(), name
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    assert text == pv_module.scenario(list(written.values()))
