"""Check 4 past a freeze: the logs that go on from a frozen one, as the chain names them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.chain import MAX_HISTORY
from rootprint.ledger.core.encoding import hex_text, sha256, time_text
from rootprint.ledger.core.history import MAX_SUCCESSORS
from tests.conformance.casebook import (
    Files,
    Payload,
    Scene,
    case,
    edit,
    failed,
    incomplete,
    verified,
)
from tests.support.world import PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


def _id(number: int) -> bytes:
    return sha256(f"successor {number}".encode())


def _succeed(scene: Scene, row: int, log: bytes | None = None, by: bytes | None = None) -> bytes:
    """Freeze a log, and let another go on from one of its rows; return its id."""
    frozen, following = log or scene.log_id, by or _id(0)
    scene.chain.freeze(frozen)
    scene.chain.open_log(following)
    scene.chain.mine()
    scene.chain.name_successor(frozen, row, following)
    scene.chain.mine()
    return following


def _anchor(scene: Scene, log: bytes) -> None:
    """Anchor the scene's state now in another log than its own."""
    point = scene.checkpoint().checkpoint
    scene.chain.anchor(log, point.size, point.root)
    scene.anchored.append(point.size)
    scene.chain.mine()


def _followed() -> tuple[Scene, Statement]:
    """A factor in the first log's row 0, a part of it in the successor's row 1."""
    scene = Scene()
    fuel = scene.fuel()
    scene.anchor()
    successor = _succeed(scene, 0)
    subject = scene.part("module", [scene.line(fuel, "200", "gram")])
    _anchor(scene, successor)
    return scene, subject


def _proven(scene: Scene, subject: Statement, evidence: bytes | None = None) -> Files:
    """Return a case without a chain, proven at the newest block."""
    return scene.files(
        subject,
        scene.evidence(subject, proven=True) if evidence is None else evidence,
        with_chain=False,
        trustedBlocks=[hex_text(scene.chain.block().hash)],
    )


@case(verified())
def an_entry_that_is_anchored_in_the_successor() -> Files:
    """The trust file names the frozen log; the chain names the one that goes on from its row."""
    scene, subject = _followed()
    return scene.files(subject)


@case(verified())
def an_entry_that_is_proven_to_be_anchored_in_the_successor() -> Files:
    """The same offline: that there is a successor, and from which row, is proven in the file."""
    return _proven(*_followed())


@case(verified())
def what_was_anchored_before_the_freeze_keeps_its_time() -> Files:
    """The key was retired after the anchor and before the successor repeated its row."""
    return _retired_between().files()


@case(failed(2))
def a_trust_file_that_names_the_successor_has_its_times_fail() -> Files:
    """To whom trusts the successor alone its first row is the first anchor: after the key's end."""
    return _retired_between().files(logId=hex_text(_id(0)))


class _Retired:
    def __init__(self, scene: Scene, subject: Statement) -> None:
        self._scene, self._subject = scene, subject

    def files(self, **trust: Any) -> Files:
        """Return the case with these members of the trust file."""
        return self._scene.files(self._subject, **trust)


def _retired_between() -> _Retired:
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    scene.chain.retire_key(SUPPLIER, scene.keys[SUPPLIER].public.thumbprint)
    _succeed(scene, 0)
    return _Retired(scene, subject)


@case(verified())
def a_trust_file_that_names_the_successor() -> Files:
    """Its first row covers what the frozen log had anchored, with the successor's time."""
    scene, subject = _followed()
    trust = scene.trust(subject, logId=hex_text(_id(0)))
    return scene.files(subject, scene.evidence(subject, trust=trust), logId=hex_text(_id(0)))


@case(incomplete(4))
def a_row_after_the_one_that_the_successor_goes_on_from_fail() -> Files:
    """The frozen log's row 1 covers the entry, and is none of those that the successor took on."""
    scene, subject = _two_rows()
    _succeed(scene, 0)
    return scene.files(subject)


@case(verified())
def an_entry_of_a_later_row_that_the_successor_has_too() -> Files:
    """The successor's own row covers it: that one gives t, not the frozen log's."""
    scene, subject = _two_rows()
    _anchor(scene, _succeed(scene, 0))
    return scene.files(subject)


@case(failed(2))
def the_successors_row_gives_the_time_fail() -> Files:
    """The key was retired between the frozen log's later row and the successor's."""
    scene, subject = _two_rows()
    scene.chain.retire_key(SUPPLIER, scene.keys[SUPPLIER].public.thumbprint)
    _anchor(scene, _succeed(scene, 0))
    return scene.files(subject)


@case(verified())
def a_row_that_was_named_before_there_was_a_successor() -> Files:
    """The file names row 2 of the frozen log; the successor covers the entry by its row 1."""
    scene, _ = _two_rows()
    subject = scene.part("third")
    scene.anchor()
    before = scene.evidence(subject)
    _anchor(scene, _succeed(scene, 0))
    return scene.files(subject, before)


def _two_rows() -> tuple[Scene, Statement]:
    """A factor in the first log's row 0, a part of it in row 1."""
    scene = Scene()
    fuel = scene.fuel()
    scene.anchor()
    subject = scene.part("module", [scene.line(fuel, "200", "gram")])
    scene.anchor()
    return scene, subject


@case(failed(4))
def a_fork_that_a_captured_operator_anchored_fail() -> Files:
    """Its entry stands in the frozen log's row 1 alone; the successor has another in its place."""
    scene = Scene()
    fuel = scene.fuel()
    scene.anchor()
    # Whoever captured the account and the log's key goes on from row 0 with what is its own.
    fork = Scene(log_key=scene.log_key, chain=scene.chain)
    fork.log(fuel, scene.keys[PUBLISHER])
    subject = fork.part("forged")
    fork.anchor()
    successor = _succeed(scene, 0)
    shown = fork.evidence(subject)
    scene.part("honest")
    _anchor(scene, successor)
    return fork.files(subject, shown)


@case(verified())
def the_successor_was_named_after_the_time_asked() -> Files:
    """At the time asked the log was frozen and no more, and its row 1 stood."""
    scene, subject = _two_rows()
    shown, asked = scene.evidence(subject), scene.chain.block().time + 1
    _succeed(scene, 0)
    return scene.files(subject, shown, asOf=time_text(asked))


@case(incomplete(4))
def an_anchor_in_a_successor_that_was_named_after_the_time_asked_fail() -> Files:
    """What the successor anchored later is not anchored as of the time asked."""
    scene = Scene()
    fuel = scene.fuel()
    scene.anchor()
    scene.chain.freeze(scene.log_id)
    asked = scene.chain.mine().time
    subject = scene.part("module", [scene.line(fuel, "200", "gram")])
    _anchor(scene, _succeed(scene, 0))
    return scene.files(subject, asOf=time_text(asked))


@case(incomplete(4))
def a_log_that_the_chain_does_not_name_as_the_successor_fail() -> Files:
    """Another log goes on from the frozen tree and has the entry; the registrar named none."""
    scene = Scene()
    fuel = scene.fuel()
    scene.anchor()
    scene.chain.freeze(scene.log_id)
    scene.chain.open_log(_id(0))
    subject = scene.part("module", [scene.line(fuel, "200", "gram")])
    _anchor(scene, _id(0))
    return scene.files(subject)


@case(incomplete(4))
def an_entry_that_the_successor_has_not_anchored_yet_fail() -> Files:
    """It was logged after the freeze, and is pending in the log that goes on."""
    scene, _ = _followed()
    return scene.files(scene.part("later"))


@case(verified())
def a_successor_of_a_successor() -> Files:
    """Both links are proven in the file; the subject is anchored in the third log."""
    scene, first = _followed()
    third = _succeed(scene, 1, _id(0), _id(1))
    subject = scene.part("assembly", [scene.line(first, "2", "kilogram")])
    _anchor(scene, third)
    return _proven(scene, subject)


@case(incomplete(4))
def the_successor_of_a_successor_was_frozen_fail() -> Files:
    """The last of three logs is frozen too, before it anchored the entry."""
    scene, first = _followed()
    third = _succeed(scene, 1, _id(0), _id(1))
    subject = scene.part("assembly", [scene.line(first, "2", "kilogram")])
    scene.chain.freeze(third)
    scene.chain.mine()
    return scene.files(subject)


@case(verified())
def as_many_successors_as_are_followed() -> Files:
    """Sixteen logs go on from one another."""
    return _many(MAX_SUCCESSORS)


@case(incomplete(None))
def more_successors_than_are_followed_fail() -> Files:
    """Seventeen logs go on from one another, each named by the registrar."""
    return _many(MAX_SUCCESSORS + 1)


def _many(count: int) -> Files:
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    shown = scene.evidence(subject)
    log = scene.log_id
    for number in range(count):
        log = _succeed(scene, 0, log, _id(number))
    return scene.files(subject, shown)


@case(incomplete(None))
def the_word_that_names_the_successor_is_missing_fail() -> Files:
    """The file proves that the log is frozen, and not what goes on from it."""
    scene, subject = _followed()

    def change(file: Payload) -> None:
        nodes = file["chain"]["nodes"]
        held = [node for node in nodes if _id(0) in base64.b64decode(node)]
        assert len(held) == 1
        nodes.remove(held[0])

    return _proven(scene, subject, edit(scene.evidence(subject, proven=True), change))


@case(incomplete(None))
def a_successor_from_a_row_that_is_not_there_fail() -> Files:
    """No contract writes it: the frozen log has one row, and its successor goes on from row 1."""
    scene, subject = _followed()
    shown = scene.evidence(subject)
    scene.chain.change_log(scene.log_id, successorFrom=1)
    scene.chain.mine()
    return scene.files(subject, shown)


@case(incomplete(None))
def a_history_of_too_many_rows_with_the_successors_fail() -> Files:
    """The successor has 2^32 rows, and goes on from row 1: there is one more than can be named."""
    scene, subject = _two_rows()
    _succeed(scene, 1)
    scene.chain.change_log(_id(0), rows=MAX_HISTORY)
    scene.chain.mine()
    return scene.files(subject, scene.whole(subject))
