// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What an organisation said later about a statement
/// @notice One slot pair per organisation and statement digest. A pair that is zero at a block
/// proves that nothing had been said by then. A state only rises, so nothing said is taken back.
/// Whoever concluded adversely about a digest is also in that digest's list, so that a reader who
/// does not know the auditors finds them.
/// @dev The contract records what an organisation's account says about any digest. Superseded and
/// withdrawn count if the verifier finds that its issuer or the authority says so; an adverse
/// conclusion is taken from admitted auditors only, and counts whatever became of them later.
interface IStatusRegistry {
    /// @notice What was said.
    /// @param statement SHA-256 of the signed statement that gives the reason: a status statement,
    /// for state 3 an assurance statement.
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

    /// @notice The digest of the statement that gives the reason is missing.
    error StatementMissing();

    /// @notice Only an organisation that is admitted (status 1) with the role of auditor (bit 4)
    /// may conclude adversely; `status` and `roles` are those of its last row.
    error NotAuditor(bytes32 organisationId, uint8 status, uint32 roles);

    /// @notice Say something about a statement. The organisation's own account, whatever its status
    /// in the registry: a suspended organisation may still withdraw. An adverse conclusion takes an
    /// admitted auditor, and puts the organisation into the digest's list for good.
    /// @param organisationId who speaks: SHA-256 of its DID.
    /// @param digest the statement spoken about.
    /// @param state 1 superseded, 2 withdrawn, 3 adverse conclusion; above the present one.
    /// @param statement SHA-256 of the signed status statement (state 3: assurance), not zero.
    function set(bytes32 organisationId, bytes32 digest, uint8 state, bytes32 statement) external;

    /// @notice The registry that says which account acts for an organisation.
    function organizations() external view returns (address);

    /// @notice What the organisation said about the statement; all zero if nothing.
    function statusOf(
        bytes32 organisationId,
        bytes32 digest
    ) external view returns (Status memory);

    /// @notice The organisations that concluded adversely about the statement, each once, in order
    /// of time; empty if none did.
    function adverseOf(bytes32 digest) external view returns (bytes32[] memory);
}
