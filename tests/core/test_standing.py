"""Keys and organisations in time: [from, to) intervals, against a model that walks by seconds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.standing import (
    ROLE_NAMES,
    Admission,
    KeyRow,
    OrganisationRow,
    Role,
    roles_for,
    row_at,
    why_not_admitted,
)
from tests.core.closed_lists import full
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
            *((kind, full(kind)) for kind in ("process", "retirement", "claim", "pool")),
        )
    }
    assert wanted == {
        "product": Role.SUPPLIER,
        "factor": Role.FACTOR_PUBLISHER,
        "assurance": Role.AUDITOR,
        "status": Role.SUPPLIER | Role.FACTOR_PUBLISHER | Role.AUDITOR | Role.AUTHORITY
        | Role.REGISTRY,
        "attested": Role.SUPPLIER,
        "process": Role.SUPPLIER | Role.FACTOR_PUBLISHER,
        "retirement": Role.REGISTRY,
        "claim": Role.SUPPLIER | Role.FACTOR_PUBLISHER,
        "pool": Role.SUPPLIER,
    }  # fmt: skip


def test_roles_are_bits_for_good() -> None:
    """The numbers are on the chain; every role has a name."""
    assert {name: int(role) for name, role in ROLE_NAMES.items()} == {
        "supplier": 1,
        "factor-publisher": 2,
        "auditor": 4,
        "authority": 8,
        "registry": 16,
    }
    assert set(ROLE_NAMES.values()) == set(Role)
    assert [int(a) for a in Admission] == [0, 1, 2, 3]
