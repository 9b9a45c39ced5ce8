// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Anchors of append-only logs
/// @notice Fixes a log's history: each row is a tree head that provably appends to the row before.
/// Nobody, the operator included, can change or remove a row.
interface ICheckpointRegistry {
    /// @notice Who may anchor a log.
    /// @param operator the account that anchors.
    /// @param pendingOperator the account invited to take over, zero if none.
    /// @param vkeyHash SHA-256 of the log's verifier key line (C2SP signed-note vkey).
    struct Log {
        address operator;
        address pendingOperator;
        bytes32 vkeyHash;
    }

    /// @notice One anchored tree head.
    /// @param root RFC 9162 Merkle tree hash.
    /// @param size number of entries under `root`.
    /// @param time time of the block that anchored it, Unix seconds.
    struct Checkpoint {
        bytes32 root;
        uint64 size;
        uint64 time;
    }

    /// @notice A log was opened by `operator`.
    event LogOpened(bytes32 indexed logId, address indexed operator, bytes32 vkeyHash);

    /// @notice The operator invited `pendingOperator` to take over (zero: took the invitation back).
    event OperatorProposed(
        bytes32 indexed logId,
        address indexed operator,
        address indexed pendingOperator
    );

    /// @notice The log passed from `previous` to `operator`; its id and rows stayed.
    event OperatorChanged(
        bytes32 indexed logId,
        address indexed previous,
        address indexed operator
    );

    /// @notice Row `number` of the log was written.
    event CheckpointAnchored(
        bytes32 indexed logId,
        uint256 indexed number,
        uint64 size,
        bytes32 root,
        uint64 time
    );

    /// @notice The hash of the log's key is missing.
    error VkeyHashMissing();

    /// @notice This account has already opened a log with this key.
    error LogAlreadyOpen(bytes32 logId);

    /// @notice Only the log's operator may do this (also said of a log that was never opened).
    error NotOperator(bytes32 logId, address caller);

    /// @notice Only the account invited by the operator may accept.
    error NotPendingOperator(bytes32 logId, address caller);

    /// @notice The new tree head is not shown to append to the last anchored one, which has
    /// `lastSize` entries (0: none yet, then the proof must be empty).
    error NotAnAppend(bytes32 logId, uint64 lastSize, uint64 size);

    /// @notice The log has `count` rows; row `number` is not among them.
    error NoSuchCheckpoint(bytes32 logId, uint256 number, uint256 count);

    /// @notice Open a log under the caller's account.
    /// @param vkeyHash SHA-256 of the log's verifier key line, not zero.
    /// @return logId keccak256(abi.encode(caller, vkeyHash)), the log's name for good.
    function openLog(bytes32 vkeyHash) external returns (bytes32 logId);

    /// @notice Invite an account to take the log over; zero takes an invitation back.
    function proposeOperator(bytes32 logId, address newOperator) external;

    /// @notice Take over a log one was invited to.
    function acceptOperator(bytes32 logId) external;

    /// @notice Write the next row. Operator only.
    /// @param logId the log.
    /// @param size entries under `root`; more than in the last row.
    /// @param root Merkle tree hash of the first `size` entries.
    /// @param proof RFC 9162 consistency proof from the last row; empty for the first row.
    function anchor(
        bytes32 logId,
        uint64 size,
        bytes32 root,
        bytes32[] calldata proof
    ) external;

    /// @notice The log's operator, invited operator and key hash; all zero if never opened.
    function log(bytes32 logId) external view returns (Log memory);

    /// @notice Number of rows.
    function checkpointCount(bytes32 logId) external view returns (uint256);

    /// @notice Row `number`, from 0; reverts with NoSuchCheckpoint beyond the last.
    function checkpoint(bytes32 logId, uint256 number) external view returns (Checkpoint memory);

    /// @notice The last row; reverts with NoSuchCheckpoint if there is none.
    function latest(bytes32 logId) external view returns (Checkpoint memory);

    /// @notice Is `leafHash` the leaf at `index` of the tree in row `number`? False for any proof
    /// that does not show it; reverts with NoSuchCheckpoint beyond the last row.
    function verifyInclusion(
        bytes32 logId,
        uint256 number,
        uint64 index,
        bytes32 leafHash,
        bytes32[] calldata proof
    ) external view returns (bool);
}
