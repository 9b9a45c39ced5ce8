"""A trust file that can't be read: exit 2, before the evidence is looked at."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text, hex_text, sha256
from tests.conformance.casebook import Files, Scene, case, usage, verified
from tests.conformance.catalogue.by_table import enter
from tests.support.world import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable

P = 2**255 - 19
ORDER_EIGHT = 2707385501144840649318225287225658788936804267575313519463743609750303402022


def _vkey(key: bytes, kind: int = 1, name: str = ORIGIN) -> str:
    """Write a vkey whose id fits, whatever its key is."""
    body = bytes([kind]) + key
    key_id = sha256(name.encode() + b"\n" + body)[:4].hex()
    return f"{name}+{key_id}+{base64.b64encode(body).decode()}"


def _y(number: int, sign: int = 0) -> str:
    return _vkey((number + (sign << 255)).to_bytes(32, "little"))


def _shouted(vkey: str) -> str:
    name, key_id, key = vkey.split("+", 2)
    assert key_id != key_id.upper()
    return f"{name}+{key_id.upper()}+{key}"


def _scene() -> tuple[Scene, Any]:
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    return scene, subject


def _with(change: Callable[[dict[str, Any]], object]) -> Files:
    scene, subject = _scene()
    files = scene.files(subject)
    assert isinstance(files.trust, dict)
    change(files.trust)
    return files


def _vkey_parts(change: Callable[[str, str, str], str]) -> Callable[[dict[str, Any]], object]:
    return lambda trust: trust.update(vkey=change(*trust["vkey"].split("+", 2)))


def _named(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda trust: trust.update(origin=name, vkey=_vkey(b"\x09" * 32, name=name))


def _set(**members: Any) -> Callable[[dict[str, Any]], object]:
    return lambda trust: trust.update(members)


enter(
    usage(),
    _with,
    {
        "a_vkey_without_a_key_part_fail": (
            "The log's vkey has a name and an id and nothing else: exit 2.",
            _vkey_parts(lambda name, key_id, _: f"{name}+{key_id}"),
        ),
        "a_vkey_with_an_empty_key_fail": (
            "The log's vkey ends after its second plus: exit 2.",
            _vkey_parts(lambda name, key_id, _: f"{name}+{key_id}+"),
        ),
        "a_vkey_that_is_not_base64_fail": (
            "The log's key is written in characters that base64 has not: exit 2.",
            _vkey_parts(lambda name, key_id, key: f"{name}+{key_id}+{key[:-1]}!"),
        ),
        "a_vkey_in_base64_with_spare_bits_fail": (
            "The log's key ends with bits that mean nothing and are not zero: exit 2.",
            _vkey_parts(lambda name, key_id, _: f"{name}+{key_id}+AR=="),
        ),
        "a_vkey_with_anothers_id_fail": (
            "The id in the log's vkey is not the one of its name and key: exit 2.",
            _vkey_parts(lambda name, _, key: f"{name}+00000000+{key}"),
        ),
        "a_vkey_with_an_id_in_capitals_fail": (
            "The id fits and is written in capitals, so one key would have two texts: exit 2.",
            _set(vkey=_shouted(_vkey(b"\x0a" * 32))),
        ),
        "a_vkey_of_31_bytes_fail": (
            "The log's key is one byte short, and its id fits: exit 2.",
            _set(vkey=_vkey(b"\x09" * 31)),
        ),
        "a_vkey_of_an_unknown_algorithm_fail": (
            "The log's key is of a kind that is neither a log's nor a witness's: exit 2.",
            _set(vkey=_vkey(b"\x09" * 32, kind=2)),
        ),
        "a_vkey_that_is_the_neutral_point_fail": (
            "Under a key of order 1 anybody's signature is true: exit 2.",
            _set(vkey=_y(1)),
        ),
        "a_vkey_of_order_2_fail": (
            "The log's key is the point of order 2: exit 2.",
            _set(vkey=_y(P - 1)),
        ),
        "a_vkey_of_order_4_fail": (
            "The log's key is a point of order 4, its sign bit set: exit 2.",
            _set(vkey=_y(0, sign=1)),
        ),
        "a_vkey_of_order_8_fail": (
            "The log's key is a point of order 8: exit 2.",
            _set(vkey=_y(ORDER_EIGHT)),
        ),
        "a_vkey_of_small_order_in_another_spelling_fail": (
            "The neutral point is written as the prime plus one: exit 2.",
            _set(vkey=_y(P + 1)),
        ),
        "an_origin_with_a_space_fail": (
            "A log's name has no space, or a signature line could not be read: exit 2.",
            _named("log rootprint example"),
        ),
        "an_origin_of_256_characters_fail": (
            "A log's name has 255 characters at most: exit 2.",
            _named("l" * 256),
        ),
        "an_expected_digest_in_capitals_fail": (
            "The digest expected is written in capitals: exit 2.",
            _set(expect={"digest": digest_text(b"\xab" * 32).replace("ab", "AB")}),
        ),
        "an_expected_digest_that_is_a_number_fail": (
            "The digest expected is no text: exit 2.",
            _set(expect={"digest": 7}),
        ),
        "a_time_asked_without_z_fail": (
            "The time asked does not say of which time zone: exit 2.",
            _set(asOf="2026-09-22T00:00:00"),
        ),
        "a_time_asked_at_hour_24_fail": (
            "The time asked is at 24:00:00, which is another day's 00:00:00: exit 2.",
            _set(asOf="2026-09-22T24:00:00Z"),
        ),
        "a_time_asked_on_no_day_fail": (
            "The time asked is on the thirtieth of February: exit 2.",
            _set(asOf="2027-02-30T00:00:00Z"),
        ),
        "a_trust_file_with_a_name_that_is_not_ascii_fail": (
            "A member's name is not ASCII: exit 2.",
            lambda trust: trust.update({"or\u00edgin": ORIGIN}),
        ),
        "a_number_of_confirmations_beyond_every_exact_integer_fail": (
            "A number is beyond 2^53 - 1, where not every reader keeps it: exit 2.",
            _set(confirmations=2**53),
        ),
        "more_trusted_blocks_than_64_fail": (
            "The trust file names 65 blocks: exit 2.",
            _set(trustedBlocks=[hex_text(bytes([number]) * 32) for number in range(65)]),
        ),
        "a_trusted_block_twice_fail": (
            "The trust file names one block twice: exit 2.",
            _set(trustedBlocks=2 * [hex_text(b"\x07" * 32)]),
        ),
    },
)


@case(verified())
def sixty_four_trusted_blocks() -> Files:
    """The trust file names as many blocks as it may, and the file is proven at one of them."""
    scene, subject = _scene()
    others = [hex_text(bytes([number]) * 32) for number in range(63)]
    blocks = [*others, hex_text(scene.chain.block().hash)]
    evidence = scene.evidence(subject, proven=True)
    return scene.files(subject, evidence, with_chain=False, trustedBlocks=blocks)


@case(usage())
def the_trust_file_is_not_json_fail() -> Files:
    """A number is written NaN, which some parsers take and JSON has not: exit 2."""
    scene, subject = _scene()
    files = scene.files(subject, confirmations=77_777)
    text = json.dumps(files.trust, indent=1)
    return replace(files, trust=text.replace("77777", "NaN").encode())
