"""Law 2 in check 7: nothing appears or vanishes in a process of several outputs."""

from __future__ import annotations

from rootprint.ledger.core.encoding import digest_text
from tests.conformance.casebook import (
    Files,
    Scene,
    case,
    failed,
    incomplete,
    verified,
)
from tests.conformance.catalogue.process_cases import (
    HEAT,
    HEATED,
    LINES,
    PAIR,
    Draft,
    activity_of,
    files,
    first_line,
    row_of,
)
from tests.support.processes import (
    composed,
    credit,
    file,
    gas,
    output,
    process,
    record_draft,
)


@case(verified())
def a_co_product_by_its_process_record() -> Files:
    """Three quarters of a furnace's emissions go to the steel, three quarters of its mass."""
    return files()


@case(verified())
def an_output_with_an_activity_of_its_own() -> Files:
    """The slag takes a quarter of what is shared, and all of what serves it alone."""
    return files(given=file("slag", PAIR, LINES))


@case(verified(notices=1))
def a_credit_for_a_substituted_output() -> Files:
    """Steel credits the heat that displaces what costs 2 kg a kilogram, as the record has it."""
    return files(given=file("steel", HEAT, HEATED))


@case(verified())
def a_substituted_output_carries_what_is_credited() -> Files:
    """The heat carries exactly the burden that the steel credits: nothing is lost between them."""
    return files(given=file("heat", HEAT, HEATED))


@case(failed(7))
def a_share_without_a_process_record_fail() -> Files:
    """A line is a share of a process with several outputs, and no record says how it is shared."""
    scene = Scene()
    without = {name: member for name, member in PAIR.items() if name != "record"}
    subject = scene.publish(composed(file("steel", without, LINES)))
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_row_with_less_than_its_weight_fail() -> Files:
    """The steel's row says half where its weight is three quarters: a quarter of it vanishes."""

    def change(draft: Draft) -> None:
        row_of(draft, "steel")["share"] = "50.000000000000"

    return files(change)


@case(failed(7))
def shares_moved_between_rows_fail() -> Files:
    """The shares add to 100, and are not the weights over their sum."""

    def change(draft: Draft) -> None:
        row_of(draft, "steel")["share"] = "60.000000000000"
        row_of(draft, "slag")["share"] = "40.000000000000"

    return files(change)


@case(failed(7))
def a_share_off_by_its_last_decimal_fail() -> Files:
    """One unit of the twelfth decimal is moved from one row to the other."""

    def change(draft: Draft) -> None:
        row_of(draft, "steel")["share"] = "74.999999999999"
        row_of(draft, "slag")["share"] = "25.000000000001"

    return files(change)


@case(verified())
def thirds_whose_last_unit_goes_to_the_first() -> Files:
    """Three equal rows: 33.333333333334 % to the first by index, a unit less to the others."""
    thirds = process(*(output(name, "10") for name in ("a", "b", "c")))
    return files(given=file("b", thirds, [gas("30")]))


@case(failed(7))
def two_methods_in_one_process_fail() -> Files:
    """One row shares by mass, the other by value: each could have the method that flatters it."""

    def change(draft: Draft) -> None:
        row_of(draft, "slag")["method"] = "economic"

    return files(change)


@case(failed(7))
def two_units_of_weight_fail() -> Files:
    """Weights in kilograms and in tonnes can't be added."""

    def change(draft: Draft) -> None:
        row_of(draft, "slag")["weightUnit"] = "tonne"

    return files(change)


@case(failed(7))
def waste_with_a_share_fail() -> Files:
    """What is waste takes a quarter of the emissions with it, and no co-product carries them."""

    def change(draft: Draft) -> None:
        row_of(draft, "slag")["method"] = "waste"

    return files(change)


@case(failed(7))
def an_activity_that_serves_waste_fail() -> Files:
    """The nitrous oxide is said to serve what is thrown away."""

    def change(draft: Draft) -> None:
        row_of(draft, "slag").update(method="waste", share="0", weight="0")
        row_of(draft, "steel")["share"] = "100.000000000000"

    return files(change)


@case(failed(7))
def an_activity_of_a_row_that_is_not_there_fail() -> Files:
    """An activity serves a row that the record's shape does not name."""

    def change(draft: Draft) -> None:
        rows = {one["row"] for one in draft["credentialSubject"]["allocation"]}
        activity_of(draft, "N2O")["serves"] = next(n for n in range(8) if n not in rows)

    return files(change)


@case(failed(7))
def nothing_shares_an_activity_fail() -> Files:
    """Both rows carry only what serves them, and the furnace's CO2 serves neither."""

    def change(draft: Draft) -> None:
        for name in ("steel", "slag"):
            row_of(draft, name).update(method="subdivision", share="0", weight="0")

    return files(change)


@case(failed(7))
def more_credited_than_was_made_fail() -> Files:
    """15 kg are credited of a co-product of which 14 were made."""

    def change(draft: Draft) -> None:
        row_of(draft, "heat")["amount"]["value"] = "14"

    return files(change, given=file("steel", HEAT, HEATED))


@case(failed(7))
def a_credit_for_an_output_that_shares_fail() -> Files:
    """The other output takes its share, and is credited on top."""

    def change(draft: Draft) -> None:
        row_of(draft, "heat").update(method="physical", weight="0", share="0.000000000000")

    return files(change, given=file("steel", HEAT, HEATED))


@case(failed(7))
def an_amount_that_is_not_the_share_fail() -> Files:
    """The line takes half a kilogram where its share is one; the arithmetic is right."""

    def change(draft: Draft) -> None:
        line, subject = first_line(draft), draft["credentialSubject"]
        line["amount"]["value"] = "0.5"
        line["result"] = {"fossilGhgEmissions": "0.50000000000000000000"}
        for name in ("fossilGhgEmissions", "pcfExcludingBiogenicUptake",
                     "pcfIncludingBiogenicUptake"):  # fmt: skip
            subject["pcf"][name] = "0.500000000000"
        subject["cells"] = {"manufacturing": {"fossilGhgEmissions": "0.500000000000"}}

    return files(draft_changed=change)


@case(failed(7))
def a_share_that_names_no_activity_fail() -> Files:
    """A line says that it is a quarter of something, and not of what."""
    return files(draft_changed=lambda draft: first_line(draft)["allocation"].pop("activity"))


@case(failed(7))
def an_activity_taken_twice_fail() -> Files:
    """Two lines are shares of one activity."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["inventory"] *= 2

    return files(draft_changed=change)


@case(failed(7))
def an_activity_left_out_fail() -> Files:
    """The record has the methane of the furnace, and the steel's statement leaves it out."""
    scene = Scene()
    record = scene.publish(record_draft(file("steel", PAIR, [gas("40"), gas("1", "CH4_fossil")])))
    one = file("steel", PAIR, [gas("40")])
    honest = scene.sign(record_draft(one))
    draft = composed(one, furnace=honest)
    rows = {row["name"]: n for n, row in record.opened.items("allocation").items()}
    numbers = {a["source"]["gas"]: n for n, a in record.opened.items("activities").items()}
    subject = draft["credentialSubject"]
    subject["process"] = {"record": digest_text(record.digest), "row": rows["steel"]}
    first_line(draft)["allocation"]["activity"] = numbers["CO2"]
    published = scene.publish(draft)
    scene.anchor()
    return scene.files(published)


@case(failed(7))
def an_activity_that_is_not_in_the_record_fail() -> Files:
    """The line names an activity that the record's shape does not."""

    def change(draft: Draft) -> None:
        taken = first_line(draft)["allocation"]["activity"]
        first_line(draft)["allocation"]["activity"] = taken + 4096

    return files(draft_changed=change)


@case(failed(7))
def another_stage_than_the_activitys_fail() -> Files:
    """The record says manufacturing, the line raw material."""

    def change(draft: Draft) -> None:
        subject = draft["credentialSubject"]
        first_line(draft)["stage"] = "raw-material"
        subject["cells"] = {"raw-material": subject["cells"]["manufacturing"]}

    return files(draft_changed=change)


@case(failed(7))
def another_source_than_the_activitys_fail() -> Files:
    """The record says nitrous oxide, the line carbon dioxide: 273 times less."""

    def change(draft: Draft) -> None:
        activity_of(draft, "CO2")["source"]["gas"] = "N2O"

    return files(change)


@case(failed(7))
def another_share_than_the_rows_fail() -> Files:
    """The amount is right, and the line says 74 % beside it."""
    return files(draft_changed=lambda draft: first_line(draft)["allocation"].update(share="74"))


@case(failed(7))
def another_process_in_the_lines_group_fail() -> Files:
    """The line names another furnace than its record."""
    return files(
        draft_changed=lambda draft: first_line(draft)["allocation"].update(group="Furnace 2")
    )


@case(failed(7))
def a_cut_off_of_an_activity_fail() -> Files:
    """A line names an activity and says that it is cut off."""
    return files(
        draft_changed=lambda draft: first_line(draft)["allocation"].update(method="cut-off")
    )


@case(failed(7))
def a_row_of_another_product_fail() -> Files:
    """The statement is of iron, and its row of steel."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["productIds"] = ["urn:example:iron"]

    return files(draft_changed=change)


@case(failed(7))
def a_row_without_a_product_fail() -> Files:
    """The row of a substituted output does not say which product it is of."""
    given = file("heat", HEAT, HEATED)
    return files(lambda draft: row_of(draft, "heat").pop("productId"), given=given)


@case(failed(7))
def a_row_that_is_not_there_fail() -> Files:
    """The statement names a slot that the record's shape does not."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["process"]["row"] += 4096

    return files(draft_changed=change)


@case(failed(7))
def a_statement_of_waste_fail() -> Files:
    """The statement's own row is waste, which has no footprint."""

    def change(draft: Draft) -> None:
        row_of(draft, "steel").update(method="waste", share="0", weight="0")
        row_of(draft, "slag")["share"] = "100.000000000000"

    return files(change)


@case(failed(7))
def a_share_of_what_serves_another_row_fail() -> Files:
    """The steel takes a share of the nitrous oxide that serves the slag alone."""

    def change(draft: Draft) -> None:
        rows = {one["name"]: one["row"] for one in draft["credentialSubject"]["allocation"]}
        activity_of(draft, "CO2")["serves"] = rows["slag"]
        del activity_of(draft, "N2O")["serves"]

    return files(change)


@case(failed(7))
def a_subdivided_row_that_takes_a_share_fail() -> Files:
    """The steel's row carries only what serves it, and its line is a share all the same."""

    def change(draft: Draft) -> None:
        row_of(draft, "steel").update(method="subdivision", share="0", weight="0")
        row_of(draft, "slag")["share"] = "100.000000000000"

    return files(change)


@case(failed(7))
def a_share_by_another_method_than_the_rows_fail() -> Files:
    """The row shares by mass, and the line says by value."""
    return files(
        draft_changed=lambda draft: first_line(draft)["allocation"].update(method="economic")
    )


@case(incomplete(7))
def a_credit_in_another_unit_than_its_row_fail() -> Files:
    """The heat is counted in kilograms, what it displaces in kilowatt hours: nothing bounds it."""
    given = file("steel", HEAT, [gas("40"), credit("heat", "15", "kWh")])
    given["inventory"][1]["source"]["per"] = "kilowatt hour"
    return files(given=given)


@case(failed(7))
def another_amount_than_was_produced_fail() -> Files:
    """The statement says that 31 kilograms were produced, and its row of the record 30."""

    def change(draft: Draft) -> None:
        made = {"value": "31", "unit": "kilogram"}
        draft["credentialSubject"]["producedAmount"] = made

    return files(draft_changed=change)


@case(verified())
def the_amount_that_was_produced_by_another_unit() -> Files:
    """The statement says 0.03 tonnes, its row of the record 30 kilograms."""

    def change(draft: Draft) -> None:
        made = {"value": "0.03", "unit": "tonne"}
        draft["credentialSubject"]["producedAmount"] = made

    return files(draft_changed=change)
