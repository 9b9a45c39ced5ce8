// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Anchors of append-only logs
/// @notice Fixes a log's history: each row is a tree head that provably appends to the row before.
/// No account, the operator's included, can change or remove a row. A log that is stuck or captured
/// can be frozen by the registrar of the organisations, after a delay and in the open, and names the
/// log that goes on from one of its rows; its rows stay, with their times.
interface ICheckpointRegistry {
    /// @notice Who may anchor a log, how long it is and whether it goes on elsewhere.
    /// @param rows how many rows the log has.
    /// @param frozenAt from when on no row is added; zero while the log goes on. Unix seconds.
    /// @param recent size and time of the last rows, `rows` mod 3 of them: 5 bytes size, above them
    /// 5 bytes time, the earlier row lower.
    /// @param operator the account that anchors.
    /// @param freezeNotBefore from when on the registrar may freeze it; zero unless proposed.
    /// @param pendingOperator the account invited to take over, zero if none.
    /// @param successorFrom the row of this log that the successor's first row repeats. Rows after
    /// it are not continued.
    /// @param vkeyHash SHA-256 of the log's verifier key line (C2SP signed-note vkey).
    /// @param successor the log that goes on from this one, zero if none.
    struct Log {
        uint56 rows;
        uint40 frozenAt;
        uint160 recent;
        address operator;
        uint40 freezeNotBefore;
        address pendingOperator;
        uint64 successorFrom;
        bytes32 vkeyHash;
        bytes32 successor;
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

    /// @notice The log's next row was written, with the time of this block.
    event CheckpointAnchored(bytes32 indexed logId, uint64 size, bytes32 root);

    /// @notice The registrar means to freeze the log, not before `notBefore`; `decision` is the
    /// digest of the signed decision.
    event FreezeProposed(bytes32 indexed logId, uint64 notBefore, bytes32 decision);

    /// @notice The registrar took the proposal to freeze the log back.
    event FreezeDropped(bytes32 indexed logId);

    /// @notice The log was frozen: it takes no row and no operator any more.
    event LogFrozen(bytes32 indexed logId);

    /// @notice `successor` goes on from row `number` of the log.
    event SuccessorNamed(bytes32 indexed logId, bytes32 indexed successor, uint64 number);

    /// @notice The registry of organisations is not a contract.
    error NotAContract(address organizations);

    /// @notice Only the registrar of the organisations may do this.
    error NotRegistrar(address caller);

    /// @notice The log was never opened.
    error NoSuchLog(bytes32 logId);

    /// @notice The log was frozen at `frozenAt`.
    error LogIsFrozen(bytes32 logId, uint64 frozenAt);

    /// @notice Only a frozen log has a successor.
    error LogIsNotFrozen(bytes32 logId);

    /// @notice The log may be frozen from `notBefore` on (0: nothing was proposed).
    error FreezeTooEarly(bytes32 logId, uint64 notBefore);

    /// @notice The digest of the signed decision is missing.
    error DecisionMissing();

    /// @notice The log has a successor, for good.
    error SuccessorAlreadyNamed(bytes32 logId, bytes32 successor);

    /// @notice A successor is a log without rows that is not frozen.
    error NotASuccessor(bytes32 logId, bytes32 successor);

    /// @notice A row adds at most MAX_GROWTH entries, and a log has fewer than 2^40.
    error GrowthTooLarge(bytes32 logId, uint64 lastSize, uint64 size);

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

    /// @notice How many entries a row may add. Since a consistency proof does not bind the new size,
    /// a stolen account could else end a log with an absurd one.
    function MAX_GROWTH() external view returns (uint64);

    /// @notice Seconds from the proposal to freeze a log until it can be frozen.
    function FREEZE_DELAY() external view returns (uint64);

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
    /// @param size entries under `root`; more than in the last row, by at most MAX_GROWTH.
    /// @param root Merkle tree hash of the first `size` entries.
    /// @param proof RFC 9162 consistency proof from the last row, no longer than the two sizes ask
    /// for; empty for the first row.
    function anchor(
        bytes32 logId,
        uint64 size,
        bytes32 root,
        bytes32[] calldata proof
    ) external;

    /// @notice Announce that a log will be frozen after FREEZE_DELAY; again counts from anew.
    /// Registrar only.
    /// @param decision SHA-256 of the signed decision, not zero.
    function proposeFreeze(bytes32 logId, bytes32 decision) external;

    /// @notice Take the announcement back. Registrar only.
    function dropFreeze(bytes32 logId) external;

    /// @notice Freeze a log for good, once the delay is over. Registrar only.
    function freeze(bytes32 logId) external;

    /// @notice Name the log that goes on from row `number` of a frozen one, and write that row's
    /// size and root as its first row. Registrar only, once.
    /// @param logId the frozen log.
    /// @param number the row that is repeated: the last that is believed.
    /// @param successorLogId a log without rows; its operator has opened it.
    function nameSuccessor(bytes32 logId, uint64 number, bytes32 successorLogId) external;

    /// @notice The registry whose registrar freezes logs.
    function organizations() external view returns (address);

    /// @notice The log's operator, rows, key hash and successor; all zero if never opened.
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
