// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What an organisation said later about a statement
/// @notice One slot pair per organisation and statement digest. A pair that is zero at a block
/// proves that nothing had been said by then. A state only rises, so nothing said is taken back.
/// @dev The contract records what an organisation's account says about any digest; whose word
/// counts for which statement is judged by the verifier (its issuer, its auditor, the authority).
interface IStatusRegistry {
    /// @notice What was said.
    /// @param statement SHA-256 of the signed status statement that gives the reason.
    /// @param time time of the block that set `state`, Unix seconds.
    /// @param state 1 superseded, 2 withdrawn, 3 adverse conclusion of an auditor.
    struct Status {
        bytes32 statement;
        uint64 time;
        uint8 state;
    }

    /// @notice A state was set.
    event StatusSet(
        bytes32 indexed organisationId,
        bytes32 indexed digest,
        uint8 state,
        bytes32 statement
    );

    /// @notice The registry of organisations is not a contract.
    error NotAContract(address organizations);

    /// @notice Only the organisation's own account may speak for it.
    error NotOrganizationAccount(bytes32 organisationId, address caller);

    /// @notice States go from 1 to 3 and only rise; `present` is the one set now (0: none).
    error StateMustRise(uint8 present, uint8 state);

    /// @notice The digest of the status statement is missing.
    error StatementMissing();

    /// @notice Say something about a statement. The organisation's own account, whatever its status
    /// in the registry: a suspended organisation may still withdraw.
    /// @param organisationId who speaks: SHA-256 of its DID.
    /// @param digest the statement spoken about.
    /// @param state 1 superseded, 2 withdrawn, 3 adverse conclusion; above the present one.
    /// @param statement SHA-256 of the signed status statement, not zero.
    function set(bytes32 organisationId, bytes32 digest, uint8 state, bytes32 statement) external;

    /// @notice The registry that says which account acts for an organisation.
    function organizations() external view returns (address);

    /// @notice What the organisation said about the statement; all zero if nothing.
    function statusOf(
        bytes32 organisationId,
        bytes32 digest
    ) external view returns (Status memory);
}
