"""Signed again by another key; a true signature in another form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rootprint.ledger.core.encoding import b64url, b64url_bytes
from rootprint.ledger.core.keys import P256_ORDER, SigningKey
from tests.agreement.kinds.registry import kind
from tests.agreement.making import Json, Making, Nothing, Setting

if TYPE_CHECKING:
    from tests.agreement.stage import Parts


@kind("re-signed by another key", 4)
def _resigned(making: Making) -> None:
    """By the issuer's other key, an unknown one, or another organisation's; named or not."""
    whose = making.chance.choice(("own", "own, not registered", "stranger", "other", "own, later"))
    named = making.chance.random() < 0.75
    making.did.append(f"by {whose}, {'named' if named else 'not named'} in the header")
    later = making.later()

    def hook(parts: Parts) -> None:
        chance, stage = later(), parts.stage
        issuer = json.loads(parts.payload)["issuer"]
        if whose == "other":
            parts.key = stage.keys[chance.choice(sorted(set(stage.keys) - {issuer}))]
        else:
            parts.key = SigningKey.generate()
        if whose == "own":
            stage.add_key(issuer, parts.key)
        elif whose == "own, later":
            stage.chain.mine()
            stage.anchor()
            stage.add_key(issuer, parts.key)
        if named:
            header = {**json.loads(parts.header), "kid": parts.key.public.kid}
            parts.header = json.dumps(header, sort_keys=True, separators=(",", ":"))

    making.signing(hook)


@kind("re-signed by another key")
def _turned(making: Making) -> None:
    """Write the signature in another form: its high-s twin, zero, the order, DER, cut, none."""
    later = making.later()

    def finish(jwt: str) -> str:
        head, _, tail = jwt.rpartition(".")
        data = b64url_bytes(tail, what="signature")
        r, s = data[:32], int.from_bytes(data[32:])
        order = P256_ORDER.to_bytes(32)
        forms = (
            r + (P256_ORDER - s).to_bytes(32), bytes(64), r + bytes(32), bytes(32) + data[32:],
            order + data[32:], r + order, data[:-1], data + b"\0", b"", b"\x30\x44" + data,
            r + (P256_ORDER // 2).to_bytes(32), r + (P256_ORDER // 2 + 1).to_bytes(32),
            b"\xff" * 32 + data[32:],
        )  # fmt: skip
        return f"{head}.{b64url(later().choice(forms))}"

    def hook(parts: Parts) -> None:
        parts.finish = finish

    making.signing(hook)


@kind("re-signed by another key")
def _header(making: Making) -> None:
    """Say another algorithm, type or key in the header, and sign that truly."""
    later = making.later()

    def hook(parts: Parts) -> None:
        chance, header = later(), json.loads(parts.header)
        name, values = chance.choice(
            (
                ("alg", ("none", "ES384", "HS256", "es256", "ES256K")),
                ("typ", ("JWT", "vc+jwt", "VC+SD-JWT", "dc+sd-jwt")),
                ("kid", ("", "x" * 43, header["kid"][:-1], f"{header['kid']}=", 43 * "-")),
                ("crit", (["alg"], [])),
                ("jwk", (parts.key.public.jwk(),)),
            )
        )
        header[name] = chance.choice(values)
        parts.header = json.dumps(header, sort_keys=True, separators=(",", ":"))

    making.signing(hook)


@kind("re-signed by another key")
def _keys(making: Making) -> None:
    """Give another key in the file, or the right one in another form."""
    later = making.later()

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        if not file["keys"]:
            raise Nothing
        place = chance.randrange(len(file["keys"]))
        key = file["keys"][place]
        prime = 2**256 - 2**224 + 2**192 + 2**96 - 1
        x = int.from_bytes(b64url_bytes(key["x"], what="x"))
        y = int.from_bytes(b64url_bytes(key["y"], what="y"))
        forms: tuple[Json, ...] = (
            SigningKey.generate().public.jwk(),
            {**key, "y": b64url((prime - y).to_bytes(32))},
            {**key, "x": key["y"], "y": key["x"]},
            {**key, "crv": "P-384"},
            {**key, "kid": "x"},
            {**key, "x": b64url(bytes(32)), "y": b64url(bytes(32))},
            {**key, "x": b64url(x.to_bytes(33))},
            {**key, "x": b64url(prime.to_bytes(32))},
            {**key, "x": b64url(((x + prime) % 2**256).to_bytes(32))},
            {**key, "d": b64url(bytes(32))},
        )
        file["keys"][place] = chance.choice(forms)

    making.file(hook)
