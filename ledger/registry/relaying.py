"""Acts that an account signs and anyone may send (EIP-712), for whoever has no ether.

What is signed is what the account would have sent itself, with chain, contract, a nonce for each
organisation and a deadline. A relay pays and has no right of its own. The contracts' side is
``contracts/SignedAct.sol``; the encoding follows EIP-712, "Definition of hashStruct".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson
from eth_abi.abi import decode, encode

from rootprint.ledger.chain import decode_result, encode_call, sign_digest, signer_of
from rootprint.ledger.core.chain import ADDRESS_BYTES, WORD
from rootprint.ledger.core.encoding import hex_bytes, hex_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.keccak import keccak
from rootprint.ledger.core.schema.rules import integer, matching, members, text
from rootprint.ledger.registry.calls import Call

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.chain import Account, SendingChain
    from rootprint.ledger.core.chain import Contracts

MAX_ACT_BYTES: Final = 16 * 1024
SIGNATURE_BYTES: Final = 65
_U64: Final = (1 << 64) - 1
_DOMAIN: Final = (
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)
_ORGANIZATIONS, _STATUS = "OrganizationRegistry", "StatusRegistry"


@dataclass(frozen=True)
class _Kind:
    """An act: the contract, its function for the account itself, what both are given."""

    contract: str
    direct: str
    members: tuple[tuple[str, str], ...]


_WHOSE: Final = ("organisationId", "bytes32")
_KEY: Final = ("thumbprint", "bytes32")
KINDS: Final = {
    "AddKey": _Kind(_ORGANIZATIONS, "addKey", (_WHOSE, _KEY, ("possession", "bytes32"))),
    "RetireKey": _Kind(_ORGANIZATIONS, "retireKey", (_WHOSE, _KEY)),
    "ReportCompromise": _Kind(
        _ORGANIZATIONS, "reportCompromise", (_WHOSE, _KEY, ("since", "uint64"))
    ),
    "SetStatus": _Kind(
        _STATUS,
        "set",
        (_WHOSE, ("digest", "bytes32"), ("state", "uint8"), ("statement", "bytes32")),
    ),
}
_word = matching(r"0x[0-9a-f]{64}", "0x and 64 lower-case hexadecimal digits")
_RULES: Final = {"bytes32": _word, "uint64": integer(0, _U64), "uint8": integer(0, 255)}
_file = members(
    {
        "version": integer(1, 1),
        "chainId": integer(1, _U64),
        "contract": matching(r"0x[0-9a-f]{40}", "an address"),
        "act": text,
        "message": lambda *_: None,  # its members follow from the act
        "signature": matching(r"0x[0-9a-f]{130}", "a signature of 65 bytes"),
    }
)
_ENDS: Final = {"nonce": integer(0, _U64), "deadline": integer(0, _U64)}


@dataclass(frozen=True)
class SignedAct:
    """An act as an account signed it. ``values`` are the function's arguments in order."""

    act: str
    chain_id: int
    contract: bytes
    values: tuple[Any, ...]
    nonce: int
    deadline: int
    signature: bytes = b""

    @property
    def organisation(self) -> bytes:
        """The 32-byte id of the organisation whose account signed."""
        found: bytes = self.values[0]
        return found

    def digest(self) -> bytes:
        """Return the 32 bytes that are signed."""
        domain = keccak(
            encode(
                ["bytes32", "bytes32", "bytes32", "uint256", "address"],
                [keccak(_DOMAIN.encode()), keccak(b"Rootprint"), keccak(b"2"), self.chain_id,
                 self.contract],
            )
        )  # fmt: skip
        named = (*KINDS[self.act].members, ("nonce", "uint256"), ("deadline", "uint256"))
        spelled = f"{self.act}({','.join(f'{kind} {name}' for name, kind in named)})"
        values = [keccak(spelled.encode()), *self.values, self.nonce, self.deadline]
        struct = keccak(encode(["bytes32", *(kind for _, kind in named)], values))
        return keccak(b"\x19\x01" + domain + struct)

    def signer(self) -> bytes:
        """Return the 20-byte account that signed it; raise Refused if none did."""
        return signer_of(self.digest(), self.signature)

    def call(self) -> Call:
        """Return what a relay sends; anyone may."""
        kind = KINDS[self.act]
        arguments = (*self.values, self.deadline, self.signature)
        return Call(self.contract, encode_call(kind.contract, f"{kind.direct}For", *arguments))

    def said(self) -> dict[str, Any]:
        """Return what is asked for, by the names of EIP-712's members; bytes in hexadecimal."""
        names = [name for name, _ in KINDS[self.act].members]
        shown = [hex_text(one) if isinstance(one, bytes) else one for one in self.values]
        return dict(zip(names, shown, strict=True))

    def to_json(self) -> bytes:
        """Return the file that goes to a relay."""
        content = {
            "version": 1,
            "chainId": self.chain_id,
            "contract": hex_text(self.contract),
            "act": self.act,
            "message": self.said() | {"nonce": self.nonce, "deadline": self.deadline},
            "signature": hex_text(self.signature),
        }
        return orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n"


def sign_act(
    chain: SendingChain, contracts: Contracts, call: Call, account: Account, deadline: int
) -> SignedAct:
    """Sign, in place of sending it, a call that an account could send.

    It counts until ``deadline`` (Unix seconds) and once: two acts signed before the first is sent
    have the same nonce, and only one of them counts. Raises Refused for a call no relay may send.
    """
    act, kind = _act_of(contracts, call)
    values = tuple(decode([one for _, one in kind.members], call.data[4:]))
    nonce = nonce_of(chain, kind.contract, call.to, values[0])
    unsigned = SignedAct(act, chain.chain_id, call.to, values, nonce, deadline)
    signature = sign_digest(account, unsigned.digest())
    return SignedAct(act, chain.chain_id, call.to, values, nonce, deadline, signature)


def read_act(data: bytes) -> SignedAct:
    """Read a relay's file; raises Refused with the place of the first fault."""
    if len(data) > MAX_ACT_BYTES:
        message = f"a signed act has at most {MAX_ACT_BYTES} bytes, this has {len(data)}"
        raise Refused(message)
    try:
        content = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        message = f"this is no signed act: it is not JSON ({error})"
        raise Refused(message, remedy="name the file that --sign-only wrote") from error
    _file(content, "act")
    if content["act"] not in KINDS:
        message = f"there is no act {content['act'][:64]!r} that a relay sends"
        raise Refused(message, remedy=f"the acts are {', '.join(KINDS)}")
    kind, message_ = KINDS[content["act"]], content["message"]
    members({name: _RULES[one] for name, one in kind.members} | _ENDS)(message_, "act.message")
    return SignedAct(
        content["act"],
        content["chainId"],
        hex_bytes(content["contract"], ADDRESS_BYTES, what="act.contract"),
        tuple(_value(message_, name, one) for name, one in kind.members),
        message_["nonce"],
        message_["deadline"],
        hex_bytes(content["signature"], SIGNATURE_BYTES, what="act.signature"),
    )


def nonce_of(chain: SendingChain, contract: str, address: bytes, organisation: bytes) -> int:
    """Return the nonce that an organisation's next signed act must have."""
    answer = chain.call(address, encode_call(contract, "nonceOf", organisation))
    return int(decode_result(contract, "nonceOf", answer)[0])


def address_for(contracts: Contracts, act: str) -> bytes:
    """Return the 20-byte address of the contract that takes an act."""
    organizations = KINDS[act].contract == _ORGANIZATIONS
    return contracts.organization_registry if organizations else contracts.status_registry


def _value(message: Mapping[str, Any], name: str, kind: str) -> Any:
    return hex_bytes(message[name], WORD, what=name) if kind == "bytes32" else message[name]


def _act_of(contracts: Contracts, call: Call) -> tuple[str, _Kind]:
    for act, kind in KINDS.items():
        types = ",".join(one for _, one in kind.members)
        selector = keccak(f"{kind.direct}({types})".encode())[:4]
        if call.data[:4] == selector and call.to == address_for(contracts, act):
            return act, kind
    message = "no relay sends this act: the account itself does"
    raise Refused(message, remedy=f"what a relay sends is {', '.join(KINDS)}")
