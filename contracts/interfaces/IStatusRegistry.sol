// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What an organisation said later about a signed record
/// @notice Rows by organisation and digest, only ever appended. A list without rows at a block
/// proves that nothing had been said by then. Any signed record can be spoken about: footprints,
/// assurances, process records, certificates, accreditations. Whoever concluded adversely about a
/// digest is also in that digest's list, so that a reader who does not know the auditors finds them.
/// Each row changes one word that commits to all rows in their order, so whoever is shown a list can
/// tell whether it is complete.
/// @dev The contract records what an organisation's account says about any digest. A row counts if
/// the verifier finds that the record's issuer or the authority says so; an adverse conclusion is
/// taken from admitted auditors only.
interface IStatusRegistry {
    /// @notice What was said.
    /// @param statement SHA-256 of the signed record that gives the reason: a status statement or a
    /// decision, for state 3 an assurance statement.
    /// @param time time of the block that wrote the row, Unix seconds.
    /// @param state 1 superseded, 2 withdrawn, 3 adverse conclusion of an auditor, 4 suspended,
    /// 5 restored, 6 revoked.
    struct Row {
        bytes32 statement;
        uint64 time;
        uint8 state;
    }

    /// @notice A row was appended, with the time of this block; `head` commits to all rows up to it.
    event StatusAppended(
        bytes32 indexed organisationId,
        bytes32 indexed digest,
        uint256 number,
        uint8 state,
        bytes32 statement,
        bytes32 head
    );

    /// @notice The registry of organisations is not a contract.
    error NotAContract(address organizations);

    /// @notice Only the organisation's own account may speak for it (the registry of organisations
    /// says so, as the next).
    error NotOrganizationAccount(bytes32 organisationId, address caller);

    /// @notice While a recovery of its account is pending, an organisation says nothing.
    error RecoveryPending(bytes32 organisationId);

    /// @notice States go from 1 to 6. Nothing follows 2, 3 or 6; only 5 lifts 4 and follows nothing
    /// else; 1 does not follow 4; none is said twice running; `present` is the one set now (0: none).
    error StateCannotFollow(uint8 present, uint8 state);

    /// @notice The digest of the signed record that gives the reason is missing.
    error StatementMissing();

    /// @notice Only an organisation that is admitted (status 1) with the role of auditor (bit 4)
    /// may conclude adversely; `status` and `roles` are those of its last row.
    error NotAuditor(bytes32 organisationId, uint8 status, uint32 roles);

    /// @notice The list has `count` rows; row `number` is not among them.
    error NoSuchRow(bytes32 organisationId, bytes32 digest, uint256 number, uint256 count);

    /// @notice Say something about a signed record. The organisation's own account, whatever its
    /// status in the registry: a suspended organisation may still withdraw. Not while a recovery of
    /// the account is pending. An adverse conclusion takes an admitted auditor, and puts the organisation into the digest's list for good.
    /// @param organisationId who speaks: SHA-256 of its DID.
    /// @param digest the record spoken about.
    /// @param state 1 superseded, 2 withdrawn, 3 adverse, 4 suspended, 5 restored, 6 revoked.
    /// @param statement SHA-256 of the signed record that gives the reason, not zero.
    function set(bytes32 organisationId, bytes32 digest, uint8 state, bytes32 statement) external;

    /// @notice The same, signed by the organisation's account and sent by anyone (EIP-712):
    /// SetStatus(bytes32 organisationId,bytes32 digest,uint8 state,bytes32 statement,uint256
    /// nonce,uint256 deadline).
    function setFor(
        bytes32 organisationId,
        bytes32 digest,
        uint8 state,
        bytes32 statement,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice The registry that says which account acts for an organisation.
    function organizations() external view returns (address);

    /// @notice How many rows the organisation wrote about the record.
    function rowCount(bytes32 organisationId, bytes32 digest) external view returns (uint256);

    /// @notice Row `number`, from 0; reverts with NoSuchRow beyond the last.
    function row(
        bytes32 organisationId,
        bytes32 digest,
        uint256 number
    ) external view returns (Row memory);

    /// @notice The organisations that concluded adversely about the record, each once, in order
    /// of time; empty if none did.
    function adverseOf(bytes32 digest) external view returns (bytes32[] memory);

    /// @notice The hash chain: keccak256(abi.encode(head before, organisationId, digest, statement,
    /// state, time)) of the last row; zero before the first.
    function head() external view returns (bytes32);

    /// @notice The nonce that the organisation's next signed act must carry.
    function nonceOf(bytes32 organisationId) external view returns (uint256);
}
