"""A retroactive reason, such as fraud: what was signed in its window is void and what cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.chain import StatusState
from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.standing import REASONS, Role
from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified
from tests.conformance.claiming import part_of
from tests.support.processes import REGISTRY, claim, retirement, with_registry
from tests.support.world import AUDITOR, account_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement

PARTS = "did:web:parts.example"
FRAUD = REASONS["fraud"]
UNNAMED = 200


def _made() -> tuple[Scene, Statement]:
    """Anchor a part of another maker, and a product that takes it."""
    scene = Scene()
    scene.admit(PARTS, Role.SUPPLIER)
    scene.chain.mine()
    part = scene.part(issuer=PARTS)
    module = scene.part("module", [scene.line(part, "2", "kilogram"), scene.gas("7")])
    scene.anchor()
    return scene, module


def _window(before: int, after: int) -> Callable[[Scene], tuple[int, int]]:
    """Return a window by seconds before and after t, the newest block's time."""

    def window(scene: Scene) -> tuple[int, int]:
        t = scene.chain.block().time
        return t - before, t + after

    return window


def _expelled(window: Callable[[Scene], tuple[int, int]], reason: int = FRAUD) -> Files:
    """The part's maker is expelled ten blocks later."""
    scene, module = _made()
    found = window(scene)
    for _ in range(10):
        scene.chain.mine()
    scene.chain.expel(PARTS, reason, window=found)
    scene.chain.mine()
    return scene.files(module, scene.whole(module))


@case(failed(2))
def a_part_that_was_signed_in_the_window_of_a_fraud_fail() -> Files:
    """Its maker was expelled for fraud; what cites the part fails with it."""
    return _expelled(_window(1, 5))


@case(failed(2))
def a_part_that_was_signed_as_the_window_of_a_fraud_begins_fail() -> Files:
    """The beginning of a window is in it."""
    return _expelled(_window(0, 5))


@case(verified(notices=1))
def a_part_that_was_signed_as_the_window_of_a_fraud_ends() -> Files:
    """The end of a window is not in it; the issuer is no longer admitted all the same."""
    return _expelled(_window(1, 0))


@case(failed(2))
def a_window_for_a_reason_without_a_word_fail() -> Files:
    """The contract does not close its list of reasons; a reach is judged for what it is."""
    return _expelled(_window(1, 5), UNNAMED)


def _afterwards(*steps: Callable[[Scene, tuple[int, int]], None]) -> Files:
    scene, module = _made()
    window = _window(1, 1)(scene)
    scene.chain.mine()
    for step in steps:
        step(scene, window)
        scene.chain.mine()
    return scene.files(module, scene.whole(module))


def _suspend(scene: Scene, window: tuple[int, int]) -> None:
    scene.chain.suspend(PARTS, FRAUD, window=window)


def _admit(reason: int = 0) -> Callable[[Scene, tuple[int, int]], None]:
    def again(scene: Scene, _window: tuple[int, int]) -> None:
        record = next(text for text in scene.records.values() if PARTS.encode() in text)
        account = account_of(PARTS)
        scene.chain.admit(PARTS, account, sha256(record), Role.SUPPLIER, reason=reason)

    return again


@case(failed(2))
def a_window_of_a_maker_that_is_only_suspended_fail() -> Files:
    """A suspension may reach back as an expulsion does."""
    return _afterwards(_suspend)


@case(failed(2))
def a_window_of_a_maker_that_was_admitted_again_fail() -> Files:
    """Admitted again, it may sign; what it signed in the window stays void."""
    return _afterwards(_suspend, _admit())


@case(verified())
def a_window_that_an_upheld_appeal_took_back() -> Files:
    """The appeal was upheld: nothing of the window is void any more."""
    return _afterwards(_suspend, _admit(REASONS["appeal-upheld"]))


@case(failed(2))
def a_second_window_after_an_upheld_appeal_fail() -> Files:
    """An appeal takes back the windows before it, and none after it."""
    return _afterwards(_suspend, _admit(REASONS["appeal-upheld"]), _suspend)


@case(verified())
def a_fraud_that_was_found_after_the_time_asked() -> Files:
    """As of the time asked nothing was known of it."""
    scene, module = _made()
    then = scene.files(module).trust
    assert isinstance(then, dict)
    window = _window(1, 5)(scene)
    for _ in range(100):
        scene.chain.mine()
    scene.chain.expel(PARTS, FRAUD, window=window)
    scene.chain.mine()
    return scene.files(module, scene.whole(module), asOf=then["asOf"])


@case(failed(7))
def a_retirement_in_the_window_of_a_captured_registry_fail() -> Files:
    """What a footprint rests on through its claims is void with the registry's word."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.publish(claim(scene.publish(retirement())))
    part = scene.publish(part_of(drawn, "10000"))
    scene.anchor()
    window = _window(1, 1)(scene)
    scene.chain.mine()
    scene.chain.expel(REGISTRY, REASONS["captured"], window=window)
    scene.chain.mine()
    return scene.files(part, scene.whole(part))


# Bodies: who is expelled for a retroactive reason says nothing, for or against.


def _assured(*, hidden: bool, outcome: str = "positive", row: bool = False) -> Files:
    """A part that a body assured or condemned before the window of the fraud it is expelled for."""
    scene = Scene()
    part = scene.part()
    module = scene.part("module", [scene.line(part, "2", "kilogram"), scene.gas("7")])
    said = scene.publish(scene.assurance(part, outcome=outcome))
    scene.anchor()
    if row:
        scene.chain.set_status(AUDITOR, part.digest, StatusState.ADVERSE, said.digest)
    for _ in range(3):
        scene.chain.mine()
    now = scene.chain.block().time
    scene.chain.expel(AUDITOR, FRAUD, window=(now - 1, now))
    scene.chain.mine()
    return scene.files(module, keep={part.digest: set()} if hidden else None)


@case(incomplete(7))
def a_body_that_was_expelled_for_fraud_stands_in_for_nothing_fail() -> Files:
    """Its assurance is older than the window, and stands in for the hidden recipe no more."""
    return _assured(hidden=True)


@case(verified(notices=1))
def an_open_part_whose_body_was_expelled_for_fraud() -> Files:
    """All of it is open, so it is recomputed; the assurance does not count, which is said."""
    return _assured(hidden=False)


@case(verified(notices=1))
def an_adverse_assurance_of_a_body_that_was_expelled_for_fraud() -> Files:
    """Its word counts for nothing, against a number either."""
    return _assured(hidden=False, outcome="adverse")


@case(verified(notices=1))
def an_adverse_row_of_a_body_that_was_expelled_for_fraud() -> Files:
    """The row stands on the chain, and counts for nothing."""
    return _assured(hidden=False, outcome="adverse", row=True)
