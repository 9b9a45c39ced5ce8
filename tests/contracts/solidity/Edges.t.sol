// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CheckpointRegistry} from "../../../contracts/CheckpointRegistry.sol";
import {OrganizationRegistry} from "../../../contracts/OrganizationRegistry.sol";
import {ICheckpointRegistry} from "../../../contracts/interfaces/ICheckpointRegistry.sol";
import {IOrganizationRegistry} from "../../../contracts/interfaces/IOrganizationRegistry.sol";
import {Test} from "./Test.sol";

/// @dev The last value that is accepted and the first that is not, and who may not: scripts/mutate
/// changed the contracts there, and no test had noticed.
contract EdgesTest is Test {
    uint64 private constant _START = 1_800_000_000;
    address private constant _REGISTRAR = address(0x4E6);
    address private constant _ACCOUNT = address(0xACC);
    address private constant _OTHER = address(0xBAD);
    OrganizationRegistry private _organizations = new OrganizationRegistry(_REGISTRAR);
    CheckpointRegistry private _checkpoints = new CheckpointRegistry(address(_organizations));
    bytes32 private _log;

    function setUp() external {
        vm.warp(_START);
        vm.prank(_ACCOUNT);
        _log = _checkpoints.openLog("vkey");
        vm.prank(_REGISTRAR);
        _organizations.admit("maker", _ACCOUNT, "record", 1, 0, 0);
    }

    function test_the_limits_are_those_that_verifiers_know() external view {
        same(_checkpoints.MAX_GROWTH(), 16_777_216, "growth of an anchor");
        same(_checkpoints.FREEZE_DELAY(), 604_800, "delay of a freeze");
        same(_organizations.COMPROMISE_WINDOW(), 7_776_000, "compromise");
        same(_organizations.RECOVERY_DELAY(), 604_800, "delay of a recovery");
        same(_organizations.MOST_ACCREDITATIONS(), 128, "accreditations");
        same(_organizations.MOST_OF_A_BODY(), 1024, "of a body");
    }

    function test_a_frozen_log_is_not_frozen_again_and_none_that_nobody_opened() external {
        bytes memory none = abi.encodeWithSelector(
            ICheckpointRegistry.NoSuchLog.selector,
            bytes32("none")
        );
        vm.expectRevert(none);
        vm.prank(_REGISTRAR);
        _checkpoints.proposeFreeze("none", "decision");
        vm.expectRevert(none);
        vm.prank(_REGISTRAR);
        _checkpoints.dropFreeze("none");
        vm.expectRevert(none);
        vm.prank(_REGISTRAR);
        _checkpoints.freeze("none");
        _freeze(_log);
        bytes memory frozen = abi.encodeWithSelector(
            ICheckpointRegistry.LogIsFrozen.selector,
            _log,
            block.timestamp
        );
        vm.expectRevert(frozen);
        vm.prank(_REGISTRAR);
        _checkpoints.proposeFreeze(_log, "decision");
        vm.expectRevert(frozen);
        vm.prank(_REGISTRAR);
        _checkpoints.freeze(_log);
    }

    function test_a_log_that_was_frozen_empty_is_no_successor() external {
        vm.prank(_ACCOUNT);
        _checkpoints.anchor(_log, 1, "root", new bytes32[](0));
        vm.prank(_OTHER);
        bytes32 next = _checkpoints.openLog("vkey");
        _freeze(_log);
        _freeze(next);
        vm.expectRevert(
            abi.encodeWithSelector(ICheckpointRegistry.NotASuccessor.selector, _log, next)
        );
        vm.prank(_REGISTRAR);
        _checkpoints.nameSuccessor(_log, 0, next);
    }

    function test_a_size_has_forty_bits() external {
        uint64 most = type(uint40).max;
        // A log that is as large as one may become, but for one entry.
        bytes32 head = keccak256(abi.encode(_log, uint256(1)));
        uint256 row = (uint256(_START) << 40) | (most - 1);
        vm.store(address(_checkpoints), head, bytes32((row << 96) | 1));
        vm.expectRevert(
            abi.encodeWithSelector(
                ICheckpointRegistry.GrowthTooLarge.selector,
                _log,
                most - 1,
                uint64(most) + 1
            )
        );
        vm.prank(_ACCOUNT);
        _checkpoints.anchor(_log, most + 1, "root", new bytes32[](0));
        vm.expectRevert(
            abi.encodeWithSelector(ICheckpointRegistry.NotAnAppend.selector, _log, most - 1, most)
        );
        vm.prank(_ACCOUNT);
        _checkpoints.anchor(_log, most, "root", new bytes32[](0));
    }

    function testFuzz_only_the_registrar_recovers_and_hands_over(address caller) external {
        vm.assume(caller != _REGISTRAR);
        bytes memory refused = abi.encodeWithSelector(
            IOrganizationRegistry.NotRegistrar.selector,
            caller
        );
        vm.expectRevert(refused);
        vm.prank(caller);
        _organizations.proposeRegistrar(caller);
        vm.expectRevert(refused);
        vm.prank(caller);
        _organizations.startRecovery("maker", caller, "decision");
        vm.prank(_REGISTRAR);
        _organizations.startRecovery("maker", address(0x2), "decision");
        vm.expectRevert(refused);
        vm.prank(caller);
        _organizations.dropRecovery("maker");
    }

    function test_a_recovery_names_an_account_a_decision_and_one_who_was_admitted() external {
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.AddressMissing.selector));
        vm.prank(_REGISTRAR);
        _organizations.startRecovery("maker", address(0), "decision");
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.DecisionMissing.selector));
        vm.prank(_REGISTRAR);
        _organizations.startRecovery("maker", address(0x2), 0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.StatusForbids.selector,
                bytes32("unknown"),
                0
            )
        );
        vm.prank(_REGISTRAR);
        _organizations.startRecovery("unknown", address(0x2), "decision");
    }

    function test_an_account_is_free_when_it_is_invited() external {
        bytes memory taken = abi.encodeWithSelector(
            IOrganizationRegistry.AccountTaken.selector,
            _ACCOUNT,
            bytes32("maker")
        );
        vm.expectRevert(taken);
        vm.prank(_ACCOUNT);
        _organizations.proposeAccount("maker", _ACCOUNT);
        vm.expectRevert(taken);
        vm.prank(_REGISTRAR);
        _organizations.startRecovery("maker", _ACCOUNT, "decision");
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.NotOrganizationAccount.selector,
                bytes32("maker"),
                _OTHER
            )
        );
        vm.prank(_OTHER);
        _organizations.proposeAccount("maker", _OTHER);
    }

    function test_an_invitation_holds_for_whoever_is_suspended_too() external {
        vm.prank(_REGISTRAR);
        _organizations.suspend("maker", 127, 0, 0, "decision");
        vm.prank(_ACCOUNT);
        _organizations.proposeAccount("maker", address(0x2));
        vm.prank(address(0x2));
        _organizations.acceptAccount("maker");
        same(_organizations.accountOf("maker"), address(0x2), "account");
    }

    function test_an_objection_ends_a_recovery_of_who_is_admitted() external {
        vm.prank(_REGISTRAR);
        _organizations.startRecovery("maker", address(0x2), "decision");
        vm.prank(_ACCOUNT);
        _organizations.proposeAccount("maker", address(0x3)); // inviting another objects as well
        same(_organizations.pendingAccountOf("maker").account, address(0x3), "invited");
        isTrue(!_organizations.pendingAccountOf("maker").recovery, "no recovery");
    }

    function test_reasons_reach_back_from_128_on() external {
        vm.warp(_START + 10);
        _refusedWindow(127, _START, _START + 10);
        _refusedWindow(127, _START, 0);
        _refusedWindow(127, 0, _START + 10);
        _refusedWindow(128, 0, 0);
        _refusedWindow(128, _START - 1, _START + 10);
        _refusedWindow(128, _START + 5, _START + 5);
        _refusedWindow(128, _START, _START + 11);
        vm.prank(_REGISTRAR);
        _organizations.expel("maker", 127, 0, 0, "decision");
        same(_organizations.latestRow("maker").reach, 1, "prospective");
        vm.prank(_REGISTRAR);
        _organizations.expel("maker", 128, _START, _START + 10, "decision");
        same(_organizations.latestRow("maker").reach, 2, "retroactive");
        // What is known of an expelled one already is no further row.
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.StatusForbids.selector,
                bytes32("maker"),
                3
            )
        );
        vm.prank(_REGISTRAR);
        _organizations.expel("maker", 127, 0, 0, "decision");
        vm.expectRevert(
            abi.encodeWithSelector(IOrganizationRegistry.ReasonRefused.selector, 128)
        );
        vm.prank(_REGISTRAR);
        _organizations.admit("maker", _ACCOUNT, "record", 1, 128, "decision");
        vm.prank(_REGISTRAR);
        _organizations.admit("maker", _ACCOUNT, "record", 1, 127, "decision");
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.DecisionMissing.selector));
        vm.prank(_REGISTRAR);
        _organizations.admit("maker", _ACCOUNT, "record", 1, 1, 0);
        same(_organizations.latestRow("maker").windowUntil, 0, "an admission has no window");
    }

    function _refusedWindow(uint8 reason, uint64 from, uint64 until) private {
        vm.expectRevert(
            abi.encodeWithSelector(IOrganizationRegistry.WindowRefused.selector, from, until)
        );
        vm.prank(_REGISTRAR);
        _organizations.expel("maker", reason, from, until, "decision");
    }

    function _freeze(bytes32 log) private {
        vm.prank(_REGISTRAR);
        _checkpoints.proposeFreeze(log, "decision");
        vm.warp(block.timestamp + 7 days);
        vm.prank(_REGISTRAR);
        _checkpoints.freeze(log);
    }
}
