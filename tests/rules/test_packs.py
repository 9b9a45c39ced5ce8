"""Rule packs: form, digest, look-up, inheritance."""

from __future__ import annotations

import codecs
import hashlib
import json
from importlib.resources import files
from typing import Any

import pytest
import rfc8785

from rootprint.ledger.core.errors import NotCanonical, NotFound, Refused, TooLarge
from rootprint.ledger.core.tables import tables
from rootprint.ledger.rules import Library, Pack, State, judge, library, pack, parse_pack

AT = "2026-11-20T10:00:00Z"


def rule(name: str = "cut-off", value: str = "5", **members: Any) -> dict[str, Any]:
    return {
        "id": name,
        "severity": "error",
        "clause": "a standard, 1",
        "verified": False,
        "what": "w",
        "remedy": "r",
        "test": {"op": "at_most", "path": "subject.pcf.exemptedEmissionsPercent", "value": value},
        **members,
    }


def document(name: str = "own", **members: Any) -> dict[str, Any]:
    return {
        "id": name,
        "version": "1",
        "title": "t",
        "status": "group",
        "validFrom": "2026-01-01T00:00:00Z",
        "rules": [rule()],
        **members,
    }


def made(name: str, **members: Any) -> Pack:
    return pack(document(name, **members), where=name)


def limit(lib: Library, name: str) -> str:
    rules = {one["id"]: one for one in lib.effective(name)["rules"]}
    return str(rules["cut-off"]["test"]["value"])


def test_the_digest_is_that_of_the_canonical_document() -> None:
    """Computed with another implementation of RFC 8785, from the file as it stands."""
    names = [entry.name for entry in files("rootprint.ledger.rules").joinpath("data").iterdir()]
    for name in names:
        data = files("rootprint.ledger.rules").joinpath("data", name).read_bytes()
        expected = hashlib.sha256(rfc8785.dumps(json.loads(data))).hexdigest()
        assert parse_pack(data, where=name).digest == f"sha256:{expected}"


def test_the_digest_does_not_depend_on_how_the_file_is_written() -> None:
    one = json.dumps(document(), indent=4, ensure_ascii=False).encode()
    other = json.dumps(dict(reversed(document().items()))).encode()
    assert parse_pack(one, where="a").digest == parse_pack(other, where="b").digest
    assert made("own").digest != made("own", version="2").digest


def test_a_byte_order_mark_changes_nothing() -> None:
    data = json.dumps(document()).encode()
    assert parse_pack(codecs.BOM_UTF8 + data, where="a").digest == made("own").digest
    with pytest.raises(Refused, match="is not JSON") as caught:
        parse_pack(data.decode().encode("utf-16"), where="a")
    assert "UTF-8" in caught.value.remedy


def test_the_base_pack_names_the_table_of_check_7() -> None:
    assert library().get("rootprint-base-rules").document["compatibility"] == tables().rule_digest


def test_packs_are_found_by_id_by_digest_and_by_both() -> None:
    base = library().get("rootprint-base-rules")
    assert (base.version, library().get(base.digest)) == ("4", base)
    assert library().get(base.name) is base
    assert library().digests()[base.digest] == "rootprint-base-rules 4"


def test_an_earlier_pack_is_kept_beside_the_newest() -> None:
    """It judges drafts as ever; nothing is composed by it where check 7 has another table now."""
    base = library().get("rootprint-base-rules")
    table = f"sha256:{'0' * 64}"
    members = {**base.document, "version": "3", "compatibility": table}
    former = pack(members, where="the former base pack")
    both = library().extended([former])
    assert both.digests()[former.digest] == "rootprint-base-rules 3"
    assert both.in_force(former.digest, AT)["digest"] == former.digest
    assert [one.id for one in judge(both.compiled(former.digest), {}, at=AT)]
    with pytest.raises(Refused, match="version 3 rests on a compatibility table that is not this"):
        both.composable(former.digest, AT)
    assert both.composable("rootprint-base-rules", AT)["version"] == "4"


def test_every_pack_of_this_version_can_be_composed_by() -> None:
    """One that rests on another table, or inherits one that does, would be of no use here."""
    for held in library().packs():
        assert library().composable(held.name, AT)["digest"] == held.digest


def test_versions_that_began_together_are_ordered_as_numbers() -> None:
    packs = [made("own", version=version) for version in ("9", "10", "2", "10-b", "9.1")]
    assert [one.version for one in Library(packs).packs()] == ["2", "9", "9.1", "10", "10-b"]
    assert Library(packs).get("own").version == "10-b"


def test_a_pack_is_compiled_once() -> None:
    base = library().get("rootprint-base-rules")
    compiled = library().compiled(base.name)
    assert library().compiled("rootprint-base-rules") is compiled
    with pytest.raises(AttributeError):
        compiled.rules = ()  # type: ignore[misc]


def test_an_id_is_its_newest_version() -> None:
    """Asked for a time, the newest that had begun by then."""
    old, new = made("own"), made("own", version="2", validFrom="2026-06-01T00:00:00Z")
    lib = Library([old, new])
    assert lib.get("own") is lib.get("own", AT) is new
    assert lib.get("own", "2026-05-31T23:59:59Z") is old
    assert lib.get("own", "2020-01-01T00:00:00Z") is new  # none had begun: refused by its validity


def test_a_pack_that_is_not_in_force_judges_nothing() -> None:
    """Its own validity and that of all it inherits; the end is not in it."""
    base = made("base", status="base", validUntil="2026-06-01T00:00:00Z")
    own = made("own", inherits=[base.name], validFrom="2026-02-01T00:00:00Z")
    lib = Library([base, own])
    assert lib.in_force("own", "2026-05-31T23:59:59Z")["digest"] == own.digest
    with pytest.raises(Refused, match="own version 1 was in force until 2026-06-01T00:00:00Z, as"):
        lib.in_force("own", "2026-06-01T00:00:00Z")
    with pytest.raises(Refused, match="own version 1 is in force from 2026-02-01T00:00:00Z on, as"):
        lib.in_force(own.digest, "2026-01-31T23:59:59Z")


def test_packs_from_elsewhere_join_those_of_this_version() -> None:
    base = library().get("rootprint-base-rules")
    own = made("own", inherits=[base.name], rules=[rule("cut-off-limit", "1")])
    joined = library().extended([own])
    assert joined.effective("own")["givenWay"] == [
        {"rule": "cut-off-limit", "of": base.name, "to": own.name}
    ]
    assert own.digest in joined.digests()
    assert own.digest not in library().digests()
    lost = made("lost", inherits=["rootprint-base-rules@sha256:" + "0" * 64])
    with pytest.raises(
        NotFound,
        match=f"that is not here — hand in .*held: version 4 as {base.digest}",
    ):
        library().extended([lost])


def test_what_is_not_here_is_not_found_and_names_what_is() -> None:
    with pytest.raises(NotFound, match=r"known: .*catena-x-pcf 9\.0\.0"):
        library().get("nobody")
    with pytest.raises(Refused, match="the pack with that digest is rootprint-base-rules"):
        library().get(f"other@{library().get('rootprint-base-rules').digest}")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rules": []}, "array of 1 to 256 items"),
        ({"rules": [rule(test={"op": "all", "tests": []})]}, "list of 1 to 64 tests"),
        ({"rules": [rule(), rule(value="3")]}, "two rules with the id cut-off"),
        (
            {"rules": [rule(test={"op": "eval"})]},
            r"rules\[0\].test has an operator 'eval' that is not",
        ),
        ({"rules": [rule(test={})]}, r"has no operator \(op\) of present"),
        ({"rules": [rule(verified=True)]}, "does not say by what"),
        ({"rules": [rule(severity="fatal")]}, "one of error, warning, info"),
        ({"rules": [rule(more=1)]}, "has a member 'more'"),
        ({"status": "mine"}, "one of base, draft, group, industry, national"),
        ({"status": "national"}, "does not say of which jurisdiction"),
        ({"validUntil": "2025-01-01T00:00:00Z"}, "later than validFrom"),
        ({"inherits": ["base"]}, "id@sha256"),
        ({"inherits": ["base@sha256:12"]}, "64 lower-case"),
        ({"compatibility": "0" * 64}, "not sha256: and 64"),
        ({"id": "Own Pack"}, "lower-case name"),
        ({"more": 1}, "has a member 'more'"),
    ],
)
def test_a_pack_of_another_form_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        pack(document(**change), where="own.json")


def test_bytes_that_are_no_pack_are_refused() -> None:
    with pytest.raises(Refused, match=r"own.json is not JSON"):
        parse_pack(b"{", where="own.json")
    twice = json.dumps(document()).replace('"version": "1"', '"version": "1", "version": "2"')
    with pytest.raises(Refused, match="has the member 'version' twice in one object"):
        parse_pack(twice.encode(), where="own.json")
    deep = json.dumps(document(rules=[rule(test="@")])).replace('"@"', "[" * 900 + "]" * 900)
    with pytest.raises(TooLarge, match="deeper than 16 levels"):
        parse_pack(deep.encode(), where="own.json")
    with pytest.raises(TooLarge, match="longer than"):
        parse_pack(b" " * (1024 * 1024 + 1), where="own.json")
    with pytest.raises(NotCanonical, match="float"):
        parse_pack(b'{"id": 1.5}', where="own.json")


def test_a_pack_overrides_what_it_inherits_by_rule_id() -> None:
    base = made("base", status="base", rules=[rule(), rule("other")])
    own = made("own", inherits=[base.name], rules=[rule(value="1")])
    effective = Library([base, own]).effective("own")
    assert limit(Library([base, own]), "own") == "1"
    assert [one["id"] for one in effective["rules"]] == ["cut-off", "other"]
    assert effective["givenWay"] == [{"rule": "cut-off", "of": base.name, "to": own.name}]
    assert effective["digest"] == own.digest


def test_national_overrides_local_whoever_inherits_whom() -> None:
    base = made("base", status="base")
    nation = made("nation", status="national", jurisdiction="CN", inherits=[base.name],
                  rules=[rule(value="2")])  # fmt: skip
    local = made("local", status="group", inherits=[base.name], rules=[rule(value="4")])
    product = made("product", status="industry", inherits=[nation.name, local.name],
                   rules=[rule("own")])  # fmt: skip
    own = made("own", status="group", inherits=[nation.name], rules=[rule(value="9")])
    lib = Library([base, nation, local, product, own])
    assert limit(lib, "product") == "2"
    assert limit(lib, "own") == "2"
    assert {"rule": "cut-off", "of": own.name, "to": nation.name} in lib.effective("own")[
        "givenWay"
    ]


def test_two_packs_that_do_not_inherit_each_other_conflict() -> None:
    """Until the pack that inherits both states the rule itself."""
    one, other = made("one"), made("other", rules=[rule(value="3")])
    both = [one.name, other.name]
    torn = made("torn", inherits=both, rules=[rule("own")])
    with pytest.raises(Refused, match="one and other both have a rule cut-off"):
        Library([one, other, torn]).effective("torn")
    corrected = made("corrected", inherits=both, rules=[rule(value="3")])
    assert limit(Library([one, other, corrected]), "corrected") == "3"
    same = made("same", rules=[rule()])
    agreeing = made("agreeing", inherits=[one.name, same.name], rules=[rule("own")])
    assert limit(Library([one, same, agreeing]), "agreeing") == "5"


def test_an_unknown_parent_a_circle_and_two_versions_are_refused() -> None:
    lost = made("lost", inherits=["nobody@sha256:" + "0" * 64])
    with pytest.raises(NotFound, match="there is no rule pack nobody"):
        Library([lost]).effective("lost")
    first = made("own")
    middle = made("middle", inherits=[first.name])
    again = made("own", version="2", inherits=[middle.name])
    with pytest.raises(Refused, match="circle: own → middle → own"):
        Library([first, middle, again]).effective(again.name)
    newer = made("own", version="3")
    left, right = made("left", inherits=[first.name]), made("right", inherits=[newer.name])
    top = made("top", inherits=[left.name, right.name])
    with pytest.raises(Refused, match="two versions of own"):
        Library([first, newer, left, right, top]).effective("top")


def test_a_pack_is_in_force_only_while_all_it_inherits_is() -> None:
    base = made("base", status="base", validUntil="2026-06-01T00:00:00Z")
    own = made("own", inherits=[base.name])
    finding = judge(Library([base, own]).compiled("own"), {}, at=AT)[0]
    assert finding.state is State.FAILED
    assert "expired" in finding.found


def test_catena_x_is_stricter_than_the_base() -> None:
    """3 % and confirmed, where the base has 5 % and could not confirm it."""
    rules = {one["id"]: one for one in library().effective("catena-x-pcf")["rules"]}
    assert (rules["cut-off-limit"]["test"]["value"], rules["cut-off-limit"]["verified"]) == (
        "3",
        True,
    )
    assert len(rules) == len(library().effective("rootprint-base-rules")["rules"])


PV = "rootprint-pv-module"
LEFT_OUT = "Left out: junction box, cables, packaging and transport."


def module(**changes: Any) -> dict[str, Any]:
    """What the PV pack looks at."""
    subject = {
        "role": "product",
        "boundary": "cradle-to-gate",
        "pcf": {
            "declaredUnitOfMeasurement": "square meter",
            "declaredUnitAmount": "1",
            "referencePeriodStart": "2024-01-01T00:00:00Z",
            "referencePeriodEnd": "2025-01-01T00:00:00Z",
            "exemptedEmissionsPercent": "2",
            "exemptedEmissionsDescription": LEFT_OUT,
        }
        | changes.pop("pcf", {}),
        "inventory": [
            {"description": text}
            for text in changes.pop("lines", ("Silicon cells", "Solar glass", "Encapsulant, EVA"))
        ],
        **changes,
    }
    return {"validFrom": "2025-11-01T00:00:00Z", "credentialSubject": subject}


def found(draft: dict[str, Any]) -> dict[str, str]:
    """State by rule, of the rules that the PV pack states itself."""
    own = {one["id"] for one in library().get(PV).document["rules"]}
    judged = judge(library().compiled(PV), draft, at=AT)
    assert {one.severity for one in judged if one.id in own} == {"warning"}
    return {one.id: one.state.value for one in judged if one.id in own}


def test_the_pv_pack_inherits_the_base_and_confirms_nothing() -> None:
    """Our own draft: no rule of it claims a text, and it is of no jurisdiction."""
    own, base = library().get(PV).document, library().get("rootprint-base-rules")
    assert (own["status"], own["inherits"]) == ("draft", [base.name])
    assert "jurisdiction" not in own
    assert not any(one["verified"] for one in own["rules"])
    effective = library().effective(PV)
    assert [one["rule"] for one in effective["givenWay"]] == ["cut-off-reason"]
    inherited = library().effective("rootprint-base-rules")["rules"]
    assert len(effective["rules"]) == len(inherited) + len(own["rules"]) - 1
    assert set(found(module()).values()) == {"passed"}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"pcf": {"declaredUnitOfMeasurement": "piece"}}, "pv-declared-unit"),
        ({"pcf": {"declaredUnitAmount": "1.7"}}, "pv-declared-unit"),
        ({"boundary": "cradle-to-grave"}, "pv-boundary"),
        ({"pcf": {"exemptedEmissionsDescription": "Left out: a little."}}, "cut-off-reason"),
        ({"pcf": {"referencePeriodStart": "2023-12-31T00:00:00Z"}}, "pv-data-period"),
        (
            {
                "pcf": {
                    "referencePeriodStart": "2022-01-01T00:00:00Z",
                    "referencePeriodEnd": "2023-01-01T00:00:00Z",
                }
            },
            "pv-data-age",
        ),
        ({"lines": ("Silicon cells", "Solar glass")}, "pv-materials"),
    ],
)
def test_the_pv_pack_finds_what_it_speaks_of_and_nothing_else(
    changes: dict[str, Any], broken: str
) -> None:
    states = found(module(**changes))
    assert {name for name, state in states.items() if state == "failed"} == {broken}


def test_a_module_that_leaves_nothing_out_names_nothing() -> None:
    nothing = {"exemptedEmissionsPercent": "0", "exemptedEmissionsDescription": "Nothing."}
    assert found(module(pcf=nothing))["cut-off-reason"] == "not_applicable"
