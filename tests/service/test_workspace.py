"""A ledger's folder: made once, gone on with after a stop, and nothing hidden in its names."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from eth_hash.auto import keccak

from rootprint.api.service import Founding, Holder, Holders, Workspace, found
from rootprint.api.service.refusals import in_words
from rootprint.api.service.settings import Settings
from rootprint.ledger.chain import Reverted, artifact
from rootprint.ledger.core.errors import NotAuthorised, NotFound, Refused, Unavailable
from rootprint.ledger.core.standing import Role

if TYPE_CHECKING:
    from pathlib import Path

AUTHORITY = "did:web:authority.example"
FOUNDED = Founding("log.example/one", AUTHORITY, "Example authority (fictional)", "CN")
PLAIN: dict[str, Any] = {"passphrase": None, "insecure": True}


@pytest.mark.chain
def test_four_keys_apart_and_all_names_in_the_trust(tmp_path: Path) -> None:
    with found(tmp_path / "home", FOUNDED, **PLAIN) as workspace:
        trust = workspace.trust()
        names = sorted(path.name for path in (tmp_path / "home" / "keys").iterdir())
        assert names == ["authority.account.pem", "authority.signing.pem", "log.pem",
                         "operator.account.pem", "registrar.account.pem"]  # fmt: skip
        organisation = workspace.registry().organisation(AUTHORITY)
        assert organisation.roles(workspace.chain.block().time) == ["authority"]
        assert trust.log_key.name == "log.example/one"
        assert trust.registrar != organisation.account
        assert workspace.home.log.size == 0
    with pytest.raises(Refused, match=r"holds a ledger already.*choose another folder"):
        found(tmp_path / "home", FOUNDED, **PLAIN)
    with Workspace.open(tmp_path / "home", passphrase=None) as again:
        assert again.trust() == trust


@pytest.mark.chain
def test_a_founding_that_was_stopped_goes_on_with_its_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: object, **__: object) -> None:
        message = "the chain does not answer"
        raise Unavailable(message)

    with monkeypatch.context() as patch:
        patch.setattr("rootprint.api.service.founding.deploy_contracts", unreachable)
        with pytest.raises(Unavailable):
            found(tmp_path, FOUNDED, **PLAIN)
    keys = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    with pytest.raises(NotFound, match="there is no ledger in"):
        Workspace.open(tmp_path, passphrase=None)
    with found(tmp_path, FOUNDED, **PLAIN) as workspace:
        assert workspace.registry().organisation(AUTHORITY).rows
    for name, content in keys.items():
        assert (tmp_path / "keys" / name).read_bytes() == content


@pytest.mark.parametrize(
    ("founded", "plain", "match"),
    [
        ({}, {"insecure": False}, "so none was made"),
        ({"origin": "has space"}, {}, "a log's origin is"),
        ({"authority": "Authority"}, {}, "the authority is not a lower-case DID"),
        ({"country": "China"}, {}, "country"),
    ],
)
def test_what_can_not_be_founded_leaves_nothing(
    tmp_path: Path, founded: dict[str, Any], plain: dict[str, Any], match: str
) -> None:
    with pytest.raises(Refused, match=match):
        found(tmp_path / "home", replace(FOUNDED, **founded), **{**PLAIN, **plain})
    assert not (tmp_path / "home").exists()


@pytest.mark.chain
def test_an_admission_that_was_stopped_goes_on_with_its_keys(tmp_path: Path) -> None:
    with found(tmp_path, FOUNDED, **PLAIN) as workspace:

        def calls(did: str = "did:web:maker.example", name: str = "maker") -> Any:
            return workspace.organisation_calls(
                name, did, legal_name="Maker", country="CN", roles=Role.SUPPLIER
            )

        first, second = calls(), calls()  # the first was never sent
        assert first == second
        with pytest.raises(Refused, match=r"the short name 'maker' is did:web:maker.example's"):
            calls("did:web:other.example")
        workspace.send(second)
        with pytest.raises(Refused, match="was admitted before, and its history stands"):
            calls()
        registrar = workspace.keys.account("registrar")
        maker = workspace.keys.account("maker")
        with pytest.raises(NotAuthorised, match=r"is not the registry's registrar .*NotRegistrar"):
            workspace.send([(maker, second[0][1])])
        with pytest.raises(NotAuthorised, match="does not act for the organisation"):
            workspace.send([(registrar, second[1][1])])


def test_holders_are_read_back_and_names_are_no_paths(tmp_path: Path) -> None:
    holders, maker = Holders(tmp_path), Holder("did:web:maker.example", "maker")
    with pytest.raises(NotFound, match=r"no keys of 'maker' in .*the names here: none"):
        holders.get("maker")
    holders.put({"maker": maker})
    holders.put({"maker-2": maker})
    assert Holders(tmp_path).get("maker") == Holders(tmp_path).get("maker-2") == maker
    with pytest.raises(NotFound, match="the names here: maker, maker-2"):
        holders.get("other")
    for name in ("../x", "a/b", "A", "", "-x", "x" * 64, "x\n", "x.pem"):
        with pytest.raises(Refused, match="is not a short name of lower-case letters"):
            holders.put({name: maker})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["holders.json"]


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"x": {"did": "x", "account": "x"}}'])
def test_a_damaged_holders_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "holders.json").write_text(content)
    with pytest.raises(Refused, match=r"holders\.json"):
        Holders(tmp_path).get("x")


@pytest.mark.parametrize(
    ("content", "match"),
    [("{", "is not JSON"), ("{}", "rootprint.json lacks version"), ("[]", "is not an object")],
)
def test_a_damaged_settings_file_is_refused(tmp_path: Path, content: str, match: str) -> None:
    (tmp_path / "rootprint.json").write_text(content)
    with pytest.raises(Refused, match=match):
        Settings.read(tmp_path)


def test_settings_are_read_as_written_and_hold_no_secret(tmp_path: Path) -> None:
    settings = Settings("log.example/one", "vkey", "0x00", "0x11", AUTHORITY, 3,
                        ("http://node", "http://other"))  # fmt: skip
    settings.write(tmp_path)
    assert Settings.read(tmp_path) == settings
    content = json.loads((tmp_path / "rootprint.json").read_text())
    assert set(content) == {"version", "origin", "vkey", "logId", "registrar", "authority",
                            "confirmations", "rpc", "finalized", "feeCeilingGwei",
                            "gasCeiling"}  # fmt: skip


def _errors() -> list[tuple[str, bytes]]:
    found = {}
    for contract in ("OrganizationRegistry", "StatusRegistry", "CheckpointRegistry"):
        for item in artifact(contract).abi:
            if item["type"] == "error":
                signature = f"{item['name']}({','.join(one['type'] for one in item['inputs'])})"
                zeros = bytes(32 * len(item["inputs"]))
                found[item["name"]] = keccak(signature.encode())[:4] + zeros
    return sorted(found.items())


@pytest.mark.parametrize(("name", "data"), _errors(), ids=[name for name, _ in _errors()])
def test_every_refusal_of_a_contract_is_given_in_words(name: str, data: bytes) -> None:
    original = Reverted(f"call 1 of 1 was refused: {name}()", data=data)
    reported = in_words(original)
    assert f" ({name})" in str(reported)
    assert "{" not in str(reported) + reported.remedy
    rights = {"NotRegistrar", "NotOrganizationAccount", "NotOperator", "NotAuditor",
              "NotAccreditor", "NotPendingAccount", "NotPendingOperator",
              "NotPendingRegistrar"}  # fmt: skip
    assert isinstance(reported, NotAuthorised) == (name in rights)


@pytest.mark.parametrize("data", [b"", b"\x01\x02\x03\x04", b"\xff" * 64])
def test_what_no_contract_of_ours_says_stays_as_it_is(data: bytes) -> None:
    original = Reverted("call 1 of 1 was refused", data=data)
    assert in_words(original) is original


def test_a_time_that_a_contract_names_is_said_as_people_write_it() -> None:
    selector = keccak(b"TooEarly(bytes32,uint64)")[:4]
    for seconds, text in ((1_800_000_000, "2027-01-15T08:00:00Z"), (2**64 - 1, "9999-12-31T23")):
        data = selector + bytes(32) + seconds.to_bytes(32)
        assert f"accepted from {text}" in str(in_words(Reverted("refused", data=data)))
