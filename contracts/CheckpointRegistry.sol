// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RFC9162} from "./RFC9162.sol";
import {ICheckpointRegistry} from "./interfaces/ICheckpointRegistry.sol";

/// @title Anchors of append-only logs
/// @notice What each function promises stands in ICheckpointRegistry.
/// @dev Verifiers read the two mappings by slot: their order is part of the format. No owner, no
/// upgrade, no immutables: every deployment has the same code hash.
contract CheckpointRegistry is ICheckpointRegistry {
    mapping(bytes32 logId => Log) private _logs;
    mapping(bytes32 logId => Checkpoint[]) private _history;

    modifier onlyOperator(bytes32 logId) {
        if (msg.sender != _logs[logId].operator) revert NotOperator(logId, msg.sender);
        _;
    }

    /// @inheritdoc ICheckpointRegistry
    function openLog(bytes32 vkeyHash) external returns (bytes32 logId) {
        if (vkeyHash == 0) revert VkeyHashMissing();
        logId = keccak256(abi.encode(msg.sender, vkeyHash));
        Log storage opened = _logs[logId];
        // Also holds after a takeover: the id stays with the log, not with its first operator.
        if (opened.operator != address(0)) revert LogAlreadyOpen(logId);
        opened.operator = msg.sender;
        opened.vkeyHash = vkeyHash;
        emit LogOpened(logId, msg.sender, vkeyHash);
    }

    /// @inheritdoc ICheckpointRegistry
    function proposeOperator(bytes32 logId, address newOperator) external onlyOperator(logId) {
        _logs[logId].pendingOperator = newOperator;
        emit OperatorProposed(logId, msg.sender, newOperator);
    }

    /// @inheritdoc ICheckpointRegistry
    function acceptOperator(bytes32 logId) external {
        Log storage taken = _logs[logId];
        if (msg.sender != taken.pendingOperator) revert NotPendingOperator(logId, msg.sender);
        address previous = taken.operator;
        taken.operator = msg.sender;
        taken.pendingOperator = address(0);
        emit OperatorChanged(logId, previous, msg.sender);
    }

    /// @inheritdoc ICheckpointRegistry
    function anchor(
        bytes32 logId,
        uint64 size,
        bytes32 root,
        bytes32[] calldata proof
    ) external onlyOperator(logId) {
        Checkpoint[] storage history = _history[logId];
        uint256 number = history.length;
        if (number == 0) {
            if (size == 0 || proof.length != 0) revert NotAnAppend(logId, 0, size);
        } else {
            Checkpoint storage last = history[number - 1];
            uint64 lastSize = last.size;
            if (!RFC9162.verifyConsistency(lastSize, size, last.root, root, proof)) {
                revert NotAnAppend(logId, lastSize, size);
            }
        }
        uint64 time = uint64(block.timestamp);
        history.push(Checkpoint({root: root, size: size, time: time}));
        emit CheckpointAnchored(logId, number, size, root, time);
    }

    /// @inheritdoc ICheckpointRegistry
    function log(bytes32 logId) external view returns (Log memory) {
        return _logs[logId];
    }

    /// @inheritdoc ICheckpointRegistry
    function checkpointCount(bytes32 logId) external view returns (uint256) {
        return _history[logId].length;
    }

    /// @inheritdoc ICheckpointRegistry
    function checkpoint(bytes32 logId, uint256 number) external view returns (Checkpoint memory) {
        return _row(logId, number);
    }

    /// @inheritdoc ICheckpointRegistry
    function latest(bytes32 logId) external view returns (Checkpoint memory) {
        uint256 count = _history[logId].length;
        return _row(logId, count == 0 ? 0 : count - 1);
    }

    /// @inheritdoc ICheckpointRegistry
    function verifyInclusion(
        bytes32 logId,
        uint256 number,
        uint64 index,
        bytes32 leafHash,
        bytes32[] calldata proof
    ) external view returns (bool) {
        Checkpoint storage row = _row(logId, number);
        return RFC9162.verifyInclusion(index, row.size, leafHash, row.root, proof);
    }

    function _row(bytes32 logId, uint256 number) private view returns (Checkpoint storage) {
        Checkpoint[] storage history = _history[logId];
        if (number >= history.length) revert NoSuchCheckpoint(logId, number, history.length);
        return history[number];
    }
}
