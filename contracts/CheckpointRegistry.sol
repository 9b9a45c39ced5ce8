// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICheckpointRegistry} from "./interfaces/ICheckpointRegistry.sol";
import {IOrganizationRegistry} from "./interfaces/IOrganizationRegistry.sol";
import {RFC9162} from "./RFC9162.sol";

/// @title Anchors of append-only logs
/// @notice What each function promises stands in ICheckpointRegistry.
/// @dev Verifiers read the four variables by slot: their order is part of the format. No owner, no
/// upgrade, no immutables: every deployment has the same code hash.
contract CheckpointRegistry is ICheckpointRegistry {
    /// @inheritdoc ICheckpointRegistry
    uint64 public constant MAX_GROWTH = 1 << 24;
    /// @inheritdoc ICheckpointRegistry
    uint64 public constant FREEZE_DELAY = 7 days;
    uint256 private constant _ROWS_A_WORD = 3;
    uint256 private constant _ROW_BITS = 80;
    uint256 private constant _RECENT = 96; // bits of Log below `recent`

    address private _organizations;
    mapping(bytes32 logId => Log) private _logs;
    mapping(bytes32 logId => mapping(uint256 number => bytes32 root)) private _roots;
    /// @dev Three rows in a word, the first one lowest: 5 bytes size, above them 5 bytes time. Until
    /// there are three they lie in the log's `recent`, so that an anchor writes one and a third new
    /// words instead of two.
    mapping(bytes32 logId => mapping(uint256 third => uint256 rows)) private _sizes;

    modifier onlyOperator(bytes32 logId) {
        if (msg.sender != _logs[logId].operator) revert NotOperator(logId, msg.sender);
        _;
    }

    modifier onlyRegistrar() {
        if (msg.sender != IOrganizationRegistry(_organizations).registrar()) {
            revert NotRegistrar(msg.sender);
        }
        _;
    }

    /// @param organizations_ the OrganizationRegistry, for good: its registrar freezes logs.
    constructor(address organizations_) {
        if (organizations_.code.length == 0) revert NotAContract(organizations_);
        _organizations = organizations_;
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
        if (taken.frozenAt != 0) revert LogIsFrozen(logId, taken.frozenAt);
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
    ) external {
        unchecked {
            Log storage its = _logs[logId];
            if (msg.sender != its.operator) revert NotOperator(logId, msg.sender);
            mapping(uint256 => bytes32) storage roots = _roots[logId];
            uint256 head = _head(its);
            uint256 number = uint56(head);
            if (uint40(head >> 56) != 0) revert LogIsFrozen(logId, uint40(head >> 56));
            if (number == 0) {
                if (size == 0 || proof.length != 0) revert NotAnAppend(logId, 0, size);
                if (size > MAX_GROWTH) revert GrowthTooLarge(logId, 0, size);
            } else {
                uint256 place = number % _ROWS_A_WORD;
                uint256 last = place == 0
                    ? _sizes[logId][number / _ROWS_A_WORD - 1] >> (2 * _ROW_BITS)
                    : head >> (_RECENT + (place - 1) * _ROW_BITS);
                uint64 lastSize = uint40(last);
                if (size > lastSize + MAX_GROWTH || size > type(uint40).max) {
                    revert GrowthTooLarge(logId, lastSize, size);
                }
                if (!RFC9162.verifyConsistency(lastSize, size, roots[number - 1], root, proof)) {
                    revert NotAnAppend(logId, lastSize, size);
                }
            }
            _write(logId, its, roots, head, size, root);
        }
    }

    /// @inheritdoc ICheckpointRegistry
    function proposeFreeze(bytes32 logId, bytes32 decision) external onlyRegistrar {
        Log storage its = _opened(logId);
        if (its.frozenAt != 0) revert LogIsFrozen(logId, its.frozenAt);
        if (decision == 0) revert DecisionMissing();
        uint40 notBefore = uint40(block.timestamp + FREEZE_DELAY);
        its.freezeNotBefore = notBefore;
        emit FreezeProposed(logId, notBefore, decision);
    }

    /// @inheritdoc ICheckpointRegistry
    function dropFreeze(bytes32 logId) external onlyRegistrar {
        Log storage its = _opened(logId);
        if (its.frozenAt != 0) revert LogIsFrozen(logId, its.frozenAt);
        its.freezeNotBefore = 0;
        emit FreezeDropped(logId);
    }

    /// @inheritdoc ICheckpointRegistry
    function freeze(bytes32 logId) external onlyRegistrar {
        Log storage its = _opened(logId);
        if (its.frozenAt != 0) revert LogIsFrozen(logId, its.frozenAt);
        uint40 notBefore = its.freezeNotBefore;
        if (notBefore == 0 || block.timestamp < notBefore) revert FreezeTooEarly(logId, notBefore);
        its.frozenAt = uint40(block.timestamp);
        emit LogFrozen(logId);
    }

    /// @inheritdoc ICheckpointRegistry
    function nameSuccessor(
        bytes32 logId,
        uint64 number,
        bytes32 successorLogId
    ) external onlyRegistrar {
        Log storage its = _opened(logId);
        Log storage next = _opened(successorLogId);
        if (its.frozenAt == 0) revert LogIsNotFrozen(logId);
        if (its.successor != 0) revert SuccessorAlreadyNamed(logId, its.successor);
        if (next.rows != 0 || next.frozenAt != 0) revert NotASuccessor(logId, successorLogId);
        Checkpoint memory repeated = _row(logId, number);
        its.successor = successorLogId;
        its.successorFrom = number;
        emit SuccessorNamed(logId, successorLogId, number);
        _write(
            successorLogId,
            next,
            _roots[successorLogId],
            _head(next),
            repeated.size,
            repeated.root
        );
    }

    /// @inheritdoc ICheckpointRegistry
    function organizations() external view returns (address) {
        return _organizations;
    }

    /// @inheritdoc ICheckpointRegistry
    function log(bytes32 logId) external view returns (Log memory) {
        return _logs[logId];
    }

    /// @inheritdoc ICheckpointRegistry
    function checkpointCount(bytes32 logId) external view returns (uint256) {
        return _logs[logId].rows;
    }

    /// @inheritdoc ICheckpointRegistry
    function checkpoint(bytes32 logId, uint256 number) external view returns (Checkpoint memory) {
        return _row(logId, number);
    }

    /// @inheritdoc ICheckpointRegistry
    function latest(bytes32 logId) external view returns (Checkpoint memory) {
        uint256 count = _logs[logId].rows;
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
        Checkpoint memory row = _row(logId, number);
        return RFC9162.verifyInclusion(index, row.size, leafHash, row.root, proof);
    }

    /// @dev Counts of rows never reach 2^56, so that adding one does not carry.
    function _write(
        bytes32 logId,
        Log storage its,
        mapping(uint256 => bytes32) storage roots,
        uint256 head,
        uint64 size,
        bytes32 root
    ) private {
        unchecked {
            uint256 number = uint56(head);
            uint256 place = number % _ROWS_A_WORD;
            uint256 row = (block.timestamp << 40) | size;
            roots[number] = root;
            if (place == _ROWS_A_WORD - 1) {
                _sizes[logId][number / _ROWS_A_WORD] =
                    (head >> _RECENT) |
                    (row << (2 * _ROW_BITS));
                head &= (1 << _RECENT) - 1;
            } else {
                head |= row << (_RECENT + place * _ROW_BITS);
            }
            assembly ("memory-safe") {
                sstore(its.slot, add(head, 1))
            }
            emit CheckpointAnchored(logId, size, root);
        }
    }

    function _head(Log storage its) private view returns (uint256 head) {
        assembly ("memory-safe") {
            head := sload(its.slot)
        }
    }

    function _opened(bytes32 logId) private view returns (Log storage its) {
        its = _logs[logId];
        if (its.operator == address(0)) revert NoSuchLog(logId);
    }

    function _row(bytes32 logId, uint256 number) private view returns (Checkpoint memory) {
        uint256 count = _logs[logId].rows;
        if (number >= count) revert NoSuchCheckpoint(logId, number, count);
        uint256 third = number / _ROWS_A_WORD;
        uint256 rows = third == count / _ROWS_A_WORD ? _logs[logId].recent : _sizes[logId][third];
        uint256 row = rows >> (_ROW_BITS * (number % _ROWS_A_WORD));
        return
            Checkpoint({root: _roots[logId][number], size: uint40(row), time: uint40(row >> 40)});
    }
}
