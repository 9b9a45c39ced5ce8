"""Keys and organisations in time: [from, to) intervals, against a model that walks by seconds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.standing import (
    REASONS,
    ROLE_NAMES,
    AccreditationRow,
    Admission,
    KeyRow,
    OrganisationRow,
    Reach,
    Role,
    lapse_at,
    reason_name,
    roles_for,
    row_at,
    why_no_body,
    why_not_admitted,
    why_void,
)
from tests.core.full_statements import full
from tests.support import statements

TIMES = st.integers(0, 12)
RECORD = bytes(32)


def row(
    time: int, status: Admission = Admission.ADMITTED, roles: Role = Role.SUPPLIER
) -> OrganisationRow:
    return OrganisationRow(time, status, roles, RECORD)


@given(TIMES, TIMES, TIMES, TIMES)
def test_a_key_counts_from_added_to_retired_or_compromised(
    added: int, retired: int, since: int, t: int
) -> None:
    """Added ≤ t, and t before retirement and before the compromise; 0 means not happened."""
    life = set(range(added, 13)) if added else set()
    life -= set(range(retired, 13)) if retired else set()
    life -= set(range(since, 13)) if since else set()
    assert (KeyRow(added, retired, since).why_not_active(t) is None) == (t in life)


@pytest.mark.parametrize(
    ("key", "t", "reason"),
    [
        (KeyRow(0, 0, 0), 5, "not yet added"),
        (KeyRow(6, 0, 0), 5, "not yet added"),
        (KeyRow(5, 0, 0), 5, None),
        (KeyRow(1, 5, 0), 5, "was retired"),
        (KeyRow(1, 6, 0), 5, None),
        (KeyRow(1, 0, 5), 5, "compromised"),
        (KeyRow(1, 0, 6), 5, None),
        (KeyRow(5, 0, 1), 5, "compromised"),
        (KeyRow(5, 5, 0), 5, "was retired"),
    ],
)
def test_boundaries_of_a_key(key: KeyRow, t: int, reason: str | None) -> None:
    """Each boundary second belongs to what begins then."""
    answer = key.why_not_active(t)
    assert (answer is None) if reason is None else (answer is not None and reason in answer)


@given(
    st.lists(
        st.tuples(TIMES, st.sampled_from(list(Admission)), st.integers(0, 15).map(Role)),
        max_size=6,
    ),
    TIMES,
    st.integers(1, 15).map(Role),
)
def test_an_organisation_stands_as_its_last_row_says(
    entries: list[tuple[int, Admission, Role]], t: int, wanted: Role
) -> None:
    """Rows apply one after the other; of several in one block the last one holds."""
    rows = [row(*entry) for entry in sorted(entries, key=lambda entry: entry[0])]
    state: OrganisationRow | None = None
    for second in range(t + 1):
        for each in rows:
            if each.time == second:
                state = each
    assert row_at(rows, t) == state
    admitted = bool(state and state.status is Admission.ADMITTED and state.roles & wanted)
    assert (why_not_admitted(rows, t, wanted) is None) == admitted


def test_a_suspension_stays_an_interval_after_readmission() -> None:
    """[from, to): inside it nothing counts, before and from re-admission on it does."""
    rows = [row(10), row(20, Admission.SUSPENDED), row(30)]
    answers = {t: why_not_admitted(rows, t, Role.SUPPLIER) for t in (9, 10, 19, 20, 29, 30)}
    assert answers == {
        9: "the issuer was not yet admitted",
        10: None,
        19: None,
        20: "the issuer was suspended",
        29: "the issuer was suspended",
        30: None,
    }


def test_rows_of_one_block_leave_the_last() -> None:
    """Suspended and re-admitted in one block: admitted; the other way round: suspended."""
    assert why_not_admitted([row(5), row(5, Admission.SUSPENDED), row(5)], 5, Role.SUPPLIER) is None
    reason = why_not_admitted([row(5), row(5, Admission.SUSPENDED)], 5, Role.SUPPLIER)
    assert reason == "the issuer was suspended"


def test_a_missing_role_is_named() -> None:
    """Any one of the wanted roles is enough; the message says which were wanted."""
    rows = [row(1, roles=Role.SUPPLIER)]
    assert why_not_admitted(rows, 1, Role.SUPPLIER | Role.AUDITOR) is None
    assert why_not_admitted(rows, 1, Role.AUDITOR | Role.AUTHORITY) == (
        "the issuer was not admitted as auditor or authority"
    )
    assert (
        why_not_admitted([row(1, Admission.EXPELLED)], 1, Role.SUPPLIER)
        == "the issuer was expelled"
    )
    assert why_not_admitted([], 1, Role.SUPPLIER) == "the issuer was not yet admitted"


def test_which_role_signs_what() -> None:
    """Suppliers products, publishers factors, auditors assurances; status: see check 5."""
    key = SigningKey.generate()
    wanted = {
        name: roles_for(seal(draft, key, statements.LOG))
        for name, draft in (
            ("product", statements.product()),
            ("factor", statements.factor()),
            ("assurance", statements.assurance()),
            ("status", statements.status()),
            ("attested", statements.attested()),
            *(
                (kind, full(kind))
                for kind in (
                    "process",
                    "retirement",
                    "claim",
                    "pool",
                    "decision",
                    "accreditation",
                    "qualification",
                    "certificate",
                )
            ),
        )
    }
    assert wanted == {
        "product": Role.SUPPLIER,
        "factor": Role.FACTOR_PUBLISHER,
        "assurance": Role.AUDITOR,
        "status": Role.SUPPLIER | Role.FACTOR_PUBLISHER | Role.AUDITOR | Role.AUTHORITY
        | Role.REGISTRY | Role.ACCREDITOR,
        "attested": Role.SUPPLIER,
        "process": Role.SUPPLIER | Role.FACTOR_PUBLISHER,
        "retirement": Role.REGISTRY,
        "claim": Role.SUPPLIER | Role.FACTOR_PUBLISHER,
        "pool": Role.SUPPLIER,
        "decision": Role.AUTHORITY,
        "accreditation": Role.ACCREDITOR,
        "qualification": Role.ACCREDITOR,
        "certificate": Role(0),
    }  # fmt: skip


windows = st.tuples(TIMES, TIMES).map(sorted)
standings = st.lists(
    st.builds(
        lambda time, status, reason, window: OrganisationRow(
            time, status, Role.SUPPLIER, RECORD, reason=reason,
            reach=_reach(reason), window_from=window[0], window_until=window[1],
        ),
        TIMES, st.sampled_from(list(Admission)), st.sampled_from([0, 1, 5, 128, 200]), windows,
    ),
    max_size=5,
).map(lambda rows: sorted(rows, key=lambda one: one.time))  # fmt: skip


def _reach(reason: int) -> Reach:
    if not reason:
        return Reach.NONE
    return Reach.PROSPECTIVE if reason < 128 else Reach.RETROACTIVE


@given(standings, TIMES, TIMES)
def test_a_window_voids_until_an_appeal_is_upheld(
    rows: list[OrganisationRow], t: int, asked: int
) -> None:
    """By a model: each retroactive row that is known and that no later appeal took back."""
    known = [one for one in rows if one.time <= asked]
    void = False
    for place, one in enumerate(known):
        appealed = any(later.reason == REASONS["appeal-upheld"] for later in known[place + 1 :])
        inside = one.window_from <= t < one.window_until
        void |= one.reach is Reach.RETROACTIVE and inside and not appealed
    assert (why_void(rows, t, asked) is not None) == void
    last = known[-1] if known else None
    gone = last is not None and last.status is Admission.EXPELLED
    gone = gone and last is not None and last.reach is Reach.RETROACTIVE
    assert (why_no_body(rows, t, asked) is not None) == (gone or void)


@given(standings, TIMES)
def test_who_is_no_longer_admitted_was_before_and_is_not_now(
    rows: list[OrganisationRow], t: int
) -> None:
    lapse = lapse_at(rows, t, Role.SUPPLIER)
    admitted = [one.time for one in rows if one.time <= t and one.status is Admission.ADMITTED]
    now = row_at(rows, t)
    gone = bool(admitted) and now is not None and now.status is not Admission.ADMITTED
    assert (lapse is not None) == gone
    if lapse is not None:
        assert lapse.since >= admitted[-1]
        assert now is not None
        assert (lapse.status, lapse.reason) == (
            now.status.name.lower(), reason_name(now.reason) if now.reason else None,
        )  # fmt: skip


@given(TIMES, TIMES, TIMES, TIMES, TIMES)
def test_an_accreditation_is_in_force_from_its_row_until_it_ends(
    begin: int, until: int, time: int, ended: int, t: int
) -> None:
    row = AccreditationRow(RECORD, RECORD, begin, until, time, ended)
    life = set(range(max(begin, time), until)) - (set(range(ended, 13)) if ended else set())
    assert row.in_force(t) == (t in life)


def test_roles_are_bits_for_good() -> None:
    """The numbers are on the chain; every role has a name."""
    assert {name: int(role) for name, role in ROLE_NAMES.items()} == {
        "supplier": 1,
        "factor-publisher": 2,
        "auditor": 4,
        "authority": 8,
        "registry": 16,
        "accreditor": 64,
    }
    assert set(ROLE_NAMES.values()) == set(Role)
    assert [int(a) for a in Admission] == [0, 1, 2, 3]
