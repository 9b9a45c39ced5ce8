// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CheckpointRegistry} from "../../../contracts/CheckpointRegistry.sol";
import {ICheckpointRegistry} from "../../../contracts/interfaces/ICheckpointRegistry.sol";
import {ReferenceTree} from "./ReferenceTree.sol";
import {Test} from "./Test.sol";

contract CheckpointRegistryTest is Test {
    address private constant _OPERATOR = address(0xA11CE);
    address private constant _STRANGER = address(0xBAD);
    bytes32 private constant _VKEY = keccak256("vkey");
    CheckpointRegistry private _registry = new CheckpointRegistry();
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
        emit ICheckpointRegistry.CheckpointAnchored(_log, 0, 5, root, 1_800_000_000);
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
        _anchor(d, 0, 5);
        _anchor(d, 5, 9);
        bytes32 length = keccak256(abi.encode(_log, uint256(1)));
        uint256 second = uint256(keccak256(abi.encode(length))) + 2;
        same(vm.load(address(_registry), length), bytes32(uint256(2)), "count");
        same(_slot(second), ReferenceTree.root(d, 0, 9), "root");
        same(_slot(second + 1), bytes32((block.timestamp << 64) | 9), "time and size");
        uint256 head = uint256(keccak256(abi.encode(_log, uint256(0))));
        same(_slot(head), bytes32(uint256(uint160(_OPERATOR))), "operator");
        same(_slot(head + 2), _VKEY, "vkeyHash");
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
