// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Who may sign what, and when
/// @notice Organisations, their standing and their signing keys, each with its time. Rows are only
/// ever appended, so that an interval of suspension stays readable after re-admission. An interval
/// is [from, to): a row holds from its own time until the next row's.
/// @dev organisationId is SHA-256 of the organisation's DID. The registrar is set at deployment and
/// has no right over keys.
interface IOrganizationRegistry {
    /// @notice The standing of an organisation from `time` on.
    /// @param record SHA-256 of the canonical JSON {legal name, country, register numbers, DID}.
    /// @param time time of the block that wrote the row, Unix seconds.
    /// @param status 1 admitted, 2 suspended, 3 expelled (final).
    /// @param roles bits: 1 supplier, 2 factor publisher, 4 auditor, 8 authority; further bits are
    /// kept as given.
    struct Row {
        bytes32 record;
        uint64 time;
        uint8 status;
        uint32 roles;
    }

    /// @notice The life of a signing key; 0 means "never". Unix seconds.
    /// @param added block time of adding; set once.
    /// @param retired block time of retiring; set once.
    /// @param compromisedSince from when the key is not trusted; may only move to an earlier time.
    struct Key {
        uint64 added;
        uint64 retired;
        uint64 compromisedSince;
    }

    /// @notice A row was appended.
    event OrganizationRowAppended(
        bytes32 indexed organisationId,
        uint256 indexed number,
        uint8 status,
        uint32 roles,
        bytes32 record
    );

    /// @notice The account that acts for the organisation was set, once.
    event AccountSet(bytes32 indexed organisationId, address indexed account);

    /// @notice A key was added.
    event KeyAdded(bytes32 indexed organisationId, bytes32 indexed thumbprint);

    /// @notice A key was retired.
    event KeyRetired(bytes32 indexed organisationId, bytes32 indexed thumbprint);

    /// @notice A key was reported compromised from `since` on.
    event KeyCompromised(bytes32 indexed organisationId, bytes32 indexed thumbprint, uint64 since);

    /// @notice Only the registrar may do this.
    error NotRegistrar(address caller);

    /// @notice Only the organisation's own account may do this (also said of an organisation that
    /// was never admitted).
    error NotOrganizationAccount(bytes32 organisationId, address caller);

    /// @notice An address is missing.
    error AddressMissing();

    /// @notice The digest of the organisation's record is missing.
    error RecordMissing();

    /// @notice The organisation already acts through `account`; this contract never changes it.
    error AccountDiffers(bytes32 organisationId, address account);

    /// @notice The organisation's present status (0: never admitted) does not allow this.
    error StatusForbids(bytes32 organisationId, uint8 status);

    /// @notice The key was added before.
    error KeyAlreadyAdded(bytes32 organisationId, bytes32 thumbprint);

    /// @notice The key was never added by this organisation.
    error KeyUnknown(bytes32 organisationId, bytes32 thumbprint);

    /// @notice The key was retired before.
    error KeyAlreadyRetired(bytes32 organisationId, bytes32 thumbprint);

    /// @notice A time of compromise must be set, must not lie in the future and must be earlier
    /// than the one reported before (`reported`, 0: none).
    error CompromiseTimeRefused(uint64 since, uint64 reported);

    /// @notice The organisation has `count` rows; row `number` is not among them.
    error NoSuchRow(bytes32 organisationId, uint256 number, uint256 count);

    /// @notice Admit an organisation, admit it again, or change its record or roles. Registrar only.
    /// @param organisationId SHA-256 of its DID.
    /// @param account the account that acts for it; fixed by the first admission.
    /// @param record SHA-256 of its canonical record, not zero.
    /// @param roles bits of what it may issue.
    function admit(bytes32 organisationId, address account, bytes32 record, uint32 roles) external;

    /// @notice Suspend an admitted organisation; record and roles are carried over. Registrar only.
    function suspend(bytes32 organisationId) external;

    /// @notice Expel an admitted or suspended organisation for good. Registrar only.
    function expel(bytes32 organisationId) external;

    /// @notice Add a signing key. The organisation's own account, unless expelled. A suspended one
    /// may, since it must be able to sign withdrawals when its old key is lost.
    /// @param thumbprint RFC 7638 thumbprint (SHA-256) of the key.
    function addKey(bytes32 organisationId, bytes32 thumbprint) external;

    /// @notice Retire a key from now on. The organisation's own account, whatever its status.
    function retireKey(bytes32 organisationId, bytes32 thumbprint) external;

    /// @notice Report a key as compromised. The organisation's own account, whatever its status.
    /// @param since Unix seconds; at most now, and earlier than any time reported before.
    function reportCompromise(bytes32 organisationId, bytes32 thumbprint, uint64 since) external;

    /// @notice The account that admits, suspends and expels.
    function registrar() external view returns (address);

    /// @notice The account that acts for the organisation; zero if it was never admitted.
    function accountOf(bytes32 organisationId) external view returns (address);

    /// @notice Number of rows; 0 if it was never admitted.
    function rowCount(bytes32 organisationId) external view returns (uint256);

    /// @notice Row `number`, from 0; reverts with NoSuchRow beyond the last.
    function row(bytes32 organisationId, uint256 number) external view returns (Row memory);

    /// @notice The last row; reverts with NoSuchRow if there is none.
    function latestRow(bytes32 organisationId) external view returns (Row memory);

    /// @notice The times of a key; all zero if it was never added.
    function keyOf(bytes32 organisationId, bytes32 thumbprint) external view returns (Key memory);
}
