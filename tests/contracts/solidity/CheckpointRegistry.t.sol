// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CheckpointRegistry} from "../../../contracts/CheckpointRegistry.sol";
import {OrganizationRegistry} from "../../../contracts/OrganizationRegistry.sol";
import {ICheckpointRegistry} from "../../../contracts/interfaces/ICheckpointRegistry.sol";
import {ReferenceTree} from "./ReferenceTree.sol";
import {Test} from "./Test.sol";

contract CheckpointRegistryTest is Test {
    address private constant _OPERATOR = address(0xA11CE);
    address private constant _STRANGER = address(0xBAD);
    bytes32 private constant _VKEY = keccak256("vkey");
    address private constant _REGISTRAR = address(0x4E6);
    bytes32 private constant _DECISION = keccak256("decision");
    OrganizationRegistry private _organizations = new OrganizationRegistry(_REGISTRAR);
    CheckpointRegistry private _registry = new CheckpointRegistry(address(_organizations));
    bytes32 private _log;

    function setUp() external {
        vm.warp(1_800_000_000);
        vm.prank(_OPERATOR);
        _log = _registry.openLog(_VKEY);
    }

    function test_log_id_follows_from_operator_and_key() external {
        same(_log, keccak256(abi.encode(_OPERATOR, _VKEY)), "logId");
        same(_registry.log(_log).operator, _OPERATOR, "operator");
        same(_registry.log(_log).vkeyHash, _VKEY, "vkeyHash");
        vm.prank(_STRANGER);
        isTrue(_registry.openLog(_VKEY) != _log, "the same key under another account");
    }

    function test_a_log_opens_once_and_needs_a_key() external {
        _refuse(ICheckpointRegistry.LogAlreadyOpen.selector, abi.encode(_log));
        vm.prank(_OPERATOR);
        _registry.openLog(_VKEY);
        _refuse(ICheckpointRegistry.VkeyHashMissing.selector, "");
        vm.prank(_OPERATOR);
        _registry.openLog(0);
    }

    function test_rows_are_kept_with_root_size_and_block_time() external {
        bytes32[] memory d = ReferenceTree.leaves(9, "leaves");
        bytes32 root = ReferenceTree.root(d, 0, 5);
        vm.expectEmit();
        emit ICheckpointRegistry.CheckpointAnchored(_log, 5, root);
        vm.prank(_OPERATOR);
        _registry.anchor(_log, 5, root, new bytes32[](0));
        vm.warp(1_800_000_060);
        _anchor(d, 5, 9);
        same(_registry.checkpointCount(_log), 2, "count");
        same(_registry.checkpoint(_log, 0).root, root, "first root");
        same(_registry.checkpoint(_log, 0).time, 1_800_000_000, "first time");
        same(_registry.latest(_log).root, ReferenceTree.root(d, 0, 9), "latest root");
        same(_registry.latest(_log).size, 9, "latest size");
        same(_registry.latest(_log).time, 1_800_000_060, "latest time");
    }

    function test_rows_lie_where_verifiers_read_them() external {
        bytes32[] memory d = ReferenceTree.leaves(9, "leaves");
        uint256 head = uint256(keccak256(abi.encode(_log, uint256(1))));
        bytes32 roots = keccak256(abi.encode(_log, uint256(2)));
        bytes32 sizes = keccak256(abi.encode(_log, uint256(3)));
        uint256 first = uint256(keccak256(abi.encode(uint256(0), sizes)));
        _anchor(d, 0, 5);
        _anchor(d, 5, 7);
        uint256 recent = (_packed(7) << 80) | _packed(5);
        same(_slot(head), bytes32((recent << 96) | 2), "two rows lie in the log's word");
        same(_slot(first), 0, "none in the word of three");
        vm.warp(1_800_000_060);
        _anchor(d, 7, 8);
        same(_slot(head), bytes32(uint256(3)), "count of three");
        same(_slot(first), bytes32(((_packed(8) + (60 << 40)) << 160) | recent), "three rows");
        _anchor(d, 8, 9);
        same(_slot(head), bytes32(((_packed(9) + (60 << 40)) << 96) | 4), "the fourth begins anew");
        for (uint256 number = 0; number < 4; ++number) {
            uint256 place = uint256(keccak256(abi.encode(number, roots)));
            same(_slot(place), _registry.checkpoint(_log, number).root, "root");
        }
        same(_slot(0), bytes32(uint256(uint160(address(_organizations)))), "organizations");
        same(_slot(head + 1), bytes32(uint256(uint160(_OPERATOR))), "operator");
        same(_slot(head + 3), _VKEY, "vkeyHash");
    }

    function testFuzz_rows_are_read_back_as_written(uint8[12] calldata steps) external {
        bytes32[] memory d = ReferenceTree.leaves(64, "leaves");
        uint256 size = 0;
        for (uint256 i = 0; i < steps.length; ++i) {
            vm.warp(1_800_000_000 + 1000 * i);
            uint256 next = size + 1 + (steps[i] % 5);
            _anchor(d, size, next);
            size = next;
        }
        size = 0;
        for (uint256 i = 0; i < steps.length; ++i) {
            size += 1 + (steps[i] % 5);
            ICheckpointRegistry.Checkpoint memory row = _registry.checkpoint(_log, i);
            same(row.size, size, "size");
            same(row.time, 1_800_000_000 + 1000 * i, "time");
            same(row.root, ReferenceTree.root(d, 0, size), "root");
        }
        same(_registry.latest(_log).size, size, "latest");
    }

    function test_attack_an_absurd_size_is_refused() external {
        bytes32[] memory none = new bytes32[](0);
        uint64 most = _registry.MAX_GROWTH();
        _tooLarge(0, most + 1);
        _anchorAs(_OPERATOR, most + 1, "root", none);
        _anchorAs(_OPERATOR, most, "root", none);
        // A proof of invented hashes that fits 2^64 - 1, as the RFC's algorithm reads it.
        _tooLarge(most, type(uint64).max);
        _anchorAs(_OPERATOR, type(uint64).max, "root", new bytes32[](40));
        _tooLarge(most, 2 * most + 1);
        _anchorAs(_OPERATOR, 2 * most + 1, "root", new bytes32[](1));
        // At the bound the proof decides: of one whole tree it is the right half alone.
        bytes32[] memory half = ReferenceTree.join(none, "right");
        bytes32 root = sha256(abi.encodePacked(hex"01", bytes32("root"), bytes32("right")));
        _anchorAs(_OPERATOR, 2 * most, root, half);
        same(_registry.latest(_log).size, 2 * most, "size");
    }

    function test_attack_a_proof_longer_than_the_sizes_allow_is_refused() external {
        bytes32[] memory d = ReferenceTree.leaves(9, "leaves");
        _anchor(d, 0, 5);
        bytes32[] memory proof = ReferenceTree.proof(d, 5, 9);
        bytes32 root = ReferenceTree.root(d, 0, 9);
        for (uint256 i = 0; i < 3; ++i) {
            proof = ReferenceTree.join(proof, "more");
            root = sha256(abi.encodePacked(hex"01", root, bytes32("more")));
            _refuseAnchor(5, 9, root, proof);
        }
        _refuseAnchor(5, 9, root, new bytes32[](5000));
    }

    function test_attack_rewritten_history_is_refused() external {
        bytes32[] memory d = ReferenceTree.leaves(9, "leaves");
        _anchor(d, 0, 5);
        // The operator swaps an anchored entry and proves his new tree to itself.
        d[2] = keccak256("what I wish I had logged");
        bytes32 root = ReferenceTree.root(d, 0, 9);
        _refuseAnchor(5, 9, root, ReferenceTree.proof(d, 5, 9));
        same(_registry.checkpointCount(_log), 1, "count");
    }

    function test_attack_fork_is_refused() external {
        bytes32[] memory d = ReferenceTree.leaves(12, "leaves");
        _anchor(d, 0, 5);
        _anchor(d, 5, 9);
        // A second branch that grows from the first row instead of the last.
        for (uint256 i = 5; i < 12; ++i) d[i] = ~d[i];
        bytes32 root = ReferenceTree.root(d, 0, 12);
        _refuseAnchor(9, 12, root, ReferenceTree.proof(d, 5, 12));
        _refuseAnchor(9, 12, root, ReferenceTree.proof(d, 9, 12));
    }

    function test_attack_smaller_or_equal_size_is_refused() external {
        bytes32[] memory d = ReferenceTree.leaves(9, "leaves");
        _anchor(d, 0, 9);
        bytes32[] memory none = new bytes32[](0);
        _refuseAnchor(9, 5, ReferenceTree.root(d, 0, 5), ReferenceTree.proof(d, 5, 9));
        _refuseAnchor(9, 9, ReferenceTree.root(d, 0, 9), none);
        _refuseAnchor(9, 0, ReferenceTree.root(d, 0, 0), none);
    }

    function test_attack_forged_or_missing_proof_is_refused() external {
        bytes32[] memory d = ReferenceTree.leaves(9, "leaves");
        bytes32 root = ReferenceTree.root(d, 0, 9);
        _anchor(d, 0, 5);
        bytes32[] memory proof = ReferenceTree.proof(d, 5, 9);
        for (uint256 i = 0; i < proof.length; ++i) {
            proof[i] = ~proof[i];
            _refuseAnchor(5, 9, root, proof);
            proof[i] = ~proof[i];
        }
        _refuseAnchor(5, 9, root, new bytes32[](0));
        _refuseAnchor(5, 9, root, ReferenceTree.join(proof, root));
    }

    function test_first_row_needs_entries_and_no_proof() external {
        bytes32[] memory none = new bytes32[](0);
        _refuseAnchor(0, 0, sha256(""), none);
        _refuseAnchor(0, 1, "root", ReferenceTree.join(none, "root"));
    }

    function testFuzz_honest_growth_is_accepted_whatever_the_steps(uint8[4] calldata steps) external {
        bytes32[] memory d = ReferenceTree.leaves(64, "leaves");
        uint256 size = 0;
        for (uint256 i = 0; i < steps.length; ++i) {
            uint256 next = size + 1 + (steps[i] % 16);
            _anchor(d, size, next);
            size = next;
        }
        same(_registry.checkpointCount(_log), steps.length, "count");
    }

    function testFuzz_only_the_operator_anchors(address caller) external {
        vm.assume(caller != _OPERATOR);
        _refuse(ICheckpointRegistry.NotOperator.selector, abi.encode(_log, caller));
        vm.prank(caller);
        _registry.anchor(_log, 1, "root", new bytes32[](0));
    }

    function test_a_log_nobody_opened_takes_no_rows() external {
        _refuse(ICheckpointRegistry.NotOperator.selector, abi.encode(bytes32("none"), _OPERATOR));
        vm.prank(_OPERATOR);
        _registry.anchor("none", 1, "root", new bytes32[](0));
    }

    function test_takeover_needs_both_and_keeps_the_id_and_the_rows() external {
        bytes32[] memory d = ReferenceTree.leaves(9, "leaves");
        address next = address(0xB0B);
        bytes32 root = ReferenceTree.root(d, 0, 9);
        bytes32[] memory proof = ReferenceTree.proof(d, 5, 9);
        _anchor(d, 0, 5);
        _refuse(ICheckpointRegistry.NotOperator.selector, abi.encode(_log, _STRANGER));
        vm.prank(_STRANGER);
        _registry.proposeOperator(_log, _STRANGER);
        vm.prank(_OPERATOR);
        _registry.proposeOperator(_log, next);
        _refuse(ICheckpointRegistry.NotPendingOperator.selector, abi.encode(_log, _STRANGER));
        vm.prank(_STRANGER);
        _registry.acceptOperator(_log);
        vm.prank(next);
        _registry.acceptOperator(_log);
        same(_registry.log(_log).operator, next, "operator");
        same(_registry.log(_log).pendingOperator, address(0), "invitation");
        _refuse(ICheckpointRegistry.NotOperator.selector, abi.encode(_log, _OPERATOR));
        vm.prank(_OPERATOR);
        _registry.anchor(_log, 9, root, proof);
        vm.prank(next);
        _registry.anchor(_log, 9, root, proof);
        same(_registry.checkpointCount(_log), 2, "count");
        _refuse(ICheckpointRegistry.LogAlreadyOpen.selector, abi.encode(_log));
        vm.prank(_OPERATOR);
        _registry.openLog(_VKEY);
    }

    function test_an_invitation_can_be_taken_back() external {
        vm.prank(_OPERATOR);
        _registry.proposeOperator(_log, _STRANGER);
        vm.prank(_OPERATOR);
        _registry.proposeOperator(_log, address(0));
        _refuse(ICheckpointRegistry.NotPendingOperator.selector, abi.encode(_log, _STRANGER));
        vm.prank(_STRANGER);
        _registry.acceptOperator(_log);
    }

    function test_inclusion_is_judged_against_the_row_asked() external {
        bytes32[] memory d = ReferenceTree.leaves(9, "leaves");
        _anchor(d, 0, 5);
        _anchor(d, 5, 9);
        bytes32[] memory early = ReferenceTree.path(d, 3, 0, 5);
        isTrue(_registry.verifyInclusion(_log, 0, 3, d[3], early), "in row 0");
        isTrue(!_registry.verifyInclusion(_log, 1, 3, d[3], early), "that proof in row 1");
        isTrue(!_registry.verifyInclusion(_log, 0, 3, d[4], early), "another leaf");
        bytes32[] memory late = ReferenceTree.path(d, 7, 0, 9);
        isTrue(_registry.verifyInclusion(_log, 1, 7, d[7], late), "in row 1");
        isTrue(!_registry.verifyInclusion(_log, 0, 7, d[7], late), "not in row 0 yet");
    }

    function test_rows_that_are_not_there_are_refused() external {
        bytes memory reason = abi.encode(_log, uint256(0), uint256(0));
        _refuse(ICheckpointRegistry.NoSuchCheckpoint.selector, reason);
        _registry.latest(_log);
        _refuse(ICheckpointRegistry.NoSuchCheckpoint.selector, reason);
        _registry.checkpoint(_log, 0);
        _refuse(ICheckpointRegistry.NoSuchCheckpoint.selector, reason);
        _registry.verifyInclusion(_log, 0, 0, "leaf", new bytes32[](0));
    }

    // Freezing and successors.

    function test_a_stuck_log_is_frozen_in_the_open_and_goes_on_elsewhere() external {
        bytes32[] memory d = ReferenceTree.leaves(12, "leaves");
        _anchor(d, 0, 5);
        _anchor(d, 5, 7);
        _anchor(d, 7, 8); // by a thief, say
        vm.prank(_STRANGER);
        bytes32 next = _registry.openLog("another key");
        uint64 delay = _registry.FREEZE_DELAY();
        vm.expectEmit();
        emit ICheckpointRegistry.FreezeProposed(_log, uint64(block.timestamp) + delay, _DECISION);
        _asRegistrar();
        _registry.proposeFreeze(_log, _DECISION);
        _anchor(d, 8, 9); // until then it goes on
        vm.warp(block.timestamp + delay);
        vm.expectEmit();
        emit ICheckpointRegistry.LogFrozen(_log);
        _asRegistrar();
        _registry.freeze(_log);
        uint64 frozenAt = 1_800_000_000 + delay;
        bytes memory frozen = abi.encode(_log, frozenAt);
        bytes32[] memory proof = ReferenceTree.proof(d, 9, 12);
        bytes32 root = ReferenceTree.root(d, 0, 12);
        _refuse(ICheckpointRegistry.LogIsFrozen.selector, frozen);
        _anchorAs(_OPERATOR, 12, root, proof);
        vm.expectEmit();
        emit ICheckpointRegistry.SuccessorNamed(_log, next, 1);
        _asRegistrar();
        _registry.nameSuccessor(_log, 1, next);
        same(_registry.log(_log).successor, next, "successor");
        same(_registry.log(_log).successorFrom, 1, "from its row");
        same(_registry.log(_log).frozenAt, frozenAt, "frozen at");
        same(_registry.checkpoint(next, 0).root, _registry.checkpoint(_log, 1).root, "root");
        same(_registry.checkpoint(next, 0).size, 7, "size");
        same(_registry.checkpoint(next, 0).time, frozenAt, "its own time");
        same(_registry.checkpoint(_log, 1).time, 1_800_000_000, "old rows keep theirs");
        same(_registry.checkpointCount(_log), 4, "old rows stay");
        // The successor goes on from that row, and from no other.
        _refuse(ICheckpointRegistry.NotAnAppend.selector, abi.encode(next, 7, 12));
        vm.prank(_STRANGER);
        _registry.anchor(next, 12, root, proof);
        proof = ReferenceTree.proof(d, 7, 12);
        vm.prank(_STRANGER);
        _registry.anchor(next, 12, root, proof);
        same(_registry.latest(next).size, 12, "latest");
        _refuse(ICheckpointRegistry.SuccessorAlreadyNamed.selector, abi.encode(_log, next));
        _asRegistrar();
        _registry.nameSuccessor(_log, 0, next);
    }

    function test_a_log_is_frozen_only_after_its_delay() external {
        _refuse(ICheckpointRegistry.FreezeTooEarly.selector, abi.encode(_log, uint64(0)));
        _asRegistrar();
        _registry.freeze(_log);
        _refuse(ICheckpointRegistry.DecisionMissing.selector, "");
        _asRegistrar();
        _registry.proposeFreeze(_log, 0);
        _asRegistrar();
        _registry.proposeFreeze(_log, _DECISION);
        uint64 notBefore = uint64(block.timestamp) + _registry.FREEZE_DELAY();
        vm.warp(notBefore - 1);
        _refuse(ICheckpointRegistry.FreezeTooEarly.selector, abi.encode(_log, notBefore));
        _asRegistrar();
        _registry.freeze(_log);
        _asRegistrar();
        _registry.dropFreeze(_log);
        vm.warp(notBefore);
        _refuse(ICheckpointRegistry.FreezeTooEarly.selector, abi.encode(_log, uint64(0)));
        _asRegistrar();
        _registry.freeze(_log);
    }

    function testFuzz_only_the_registrar_freezes(address caller) external {
        vm.assume(caller != _REGISTRAR);
        bytes memory who = abi.encode(caller);
        _refuse(ICheckpointRegistry.NotRegistrar.selector, who);
        vm.prank(caller);
        _registry.proposeFreeze(_log, _DECISION);
        _refuse(ICheckpointRegistry.NotRegistrar.selector, who);
        vm.prank(caller);
        _registry.freeze(_log);
        _refuse(ICheckpointRegistry.NotRegistrar.selector, who);
        vm.prank(caller);
        _registry.dropFreeze(_log);
        _refuse(ICheckpointRegistry.NotRegistrar.selector, who);
        vm.prank(caller);
        _registry.nameSuccessor(_log, 0, _log);
    }

    function test_a_successor_is_a_log_without_rows_of_a_frozen_one() external {
        bytes32[] memory d = ReferenceTree.leaves(9, "leaves");
        _anchor(d, 0, 5);
        vm.prank(_STRANGER);
        bytes32 next = _registry.openLog("another key");
        _refuse(ICheckpointRegistry.LogIsNotFrozen.selector, abi.encode(_log));
        _asRegistrar();
        _registry.nameSuccessor(_log, 0, next);
        _freeze();
        _refuse(ICheckpointRegistry.NotASuccessor.selector, abi.encode(_log, _log));
        _asRegistrar();
        _registry.nameSuccessor(_log, 0, _log);
        _refuse(ICheckpointRegistry.NoSuchLog.selector, abi.encode(bytes32("none")));
        _asRegistrar();
        _registry.nameSuccessor(_log, 0, "none");
        _refuse(ICheckpointRegistry.NoSuchCheckpoint.selector, abi.encode(_log, 1, 1));
        _asRegistrar();
        _registry.nameSuccessor(_log, 1, next);
        vm.prank(_STRANGER);
        _registry.anchor(next, 1, "root", new bytes32[](0));
        _refuse(ICheckpointRegistry.NotASuccessor.selector, abi.encode(_log, next));
        _asRegistrar();
        _registry.nameSuccessor(_log, 0, next);
    }

    function test_a_frozen_log_takes_no_operator() external {
        vm.prank(_OPERATOR);
        _registry.proposeOperator(_log, _STRANGER);
        _freeze();
        bytes memory frozen = abi.encode(_log, uint64(block.timestamp));
        _refuse(ICheckpointRegistry.LogIsFrozen.selector, frozen);
        vm.prank(_STRANGER);
        _registry.acceptOperator(_log);
        _refuse(ICheckpointRegistry.LogIsFrozen.selector, frozen);
        _asRegistrar();
        _registry.dropFreeze(_log);
    }

    function test_it_stands_on_a_registry_of_organisations() external {
        same(_registry.organizations(), address(_organizations), "organizations");
        _refuse(ICheckpointRegistry.NotAContract.selector, abi.encode(address(0xE0A)));
        new CheckpointRegistry(address(0xE0A));
    }

    function _freeze() private {
        _asRegistrar();
        _registry.proposeFreeze(_log, _DECISION);
        vm.warp(block.timestamp + _registry.FREEZE_DELAY());
        _asRegistrar();
        _registry.freeze(_log);
    }

    function _asRegistrar() private {
        vm.prank(_REGISTRAR);
    }

    function _anchorAs(address who, uint64 size, bytes32 root, bytes32[] memory proof) private {
        vm.prank(who);
        _registry.anchor(_log, size, root, proof);
    }

    function _tooLarge(uint64 last, uint64 size) private {
        _refuse(ICheckpointRegistry.GrowthTooLarge.selector, abi.encode(_log, last, size));
    }

    function _packed(uint256 size) private pure returns (uint256) {
        return (uint256(1_800_000_000) << 40) | size;
    }

    function _anchor(bytes32[] memory d, uint256 from, uint256 to) private {
        // Computed first: a prank is spent by the next call, and SHA-256 is one.
        bytes32[] memory proof = from == 0 ? new bytes32[](0) : ReferenceTree.proof(d, from, to);
        bytes32 root = ReferenceTree.root(d, 0, to);
        vm.prank(_OPERATOR);
        _registry.anchor(_log, uint64(to), root, proof);
    }

    function _refuseAnchor(uint64 last, uint64 size, bytes32 root, bytes32[] memory proof) private {
        _refuse(ICheckpointRegistry.NotAnAppend.selector, abi.encode(_log, last, size));
        vm.prank(_OPERATOR);
        _registry.anchor(_log, size, root, proof);
    }

    function _refuse(bytes4 selector, bytes memory arguments) private {
        vm.expectRevert(bytes.concat(selector, arguments));
    }

    function _slot(uint256 slot) private view returns (bytes32) {
        return vm.load(address(_registry), bytes32(slot));
    }
}
