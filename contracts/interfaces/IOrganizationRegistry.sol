// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Who may sign what, and when
/// @notice Organisations, their standing, their accounts, their signing keys and their
/// accreditations, each with its time. Rows are only ever appended, so that an interval of suspension
/// stays readable after re-admission. An interval is [from, to): a row holds from its own time until
/// the next row's.
/// @dev organisationId is SHA-256 of the organisation's DID. The registrar is named at deployment,
/// may be a contract, and hands over in two steps. Over keys it has one right: to date the compromise
/// of a key.
interface IOrganizationRegistry {
    /// @notice The standing of an organisation from `time` on.
    /// @param record SHA-256 of the canonical JSON {legal name, country, register numbers, DID}.
    /// @param decision SHA-256 of the signed decision that gives the reasons; zero if none.
    /// @param time time of the block that wrote the row, Unix seconds.
    /// @param status 1 admitted, 2 suspended, 3 expelled.
    /// @param roles bits: 1 supplier, 2 factor publisher, 4 auditor, 8 authority, 16 registry,
    /// 64 accreditor; further bits are kept as given.
    /// @param reason 0 none; 1 to 127 prospective: 1 ceased, 2 left, 3 key lost, 4 inquiry, 5 appeal
    /// upheld; 128 to 255 retroactive: 128 fraud, 129 misissued, 130 captured.
    /// @param reach 0 none, 1 prospective: what was said before stands; 2 retroactive: nothing said
    /// in the window counts. Follows from the reason.
    /// @param windowFrom first second of the window, no earlier than the first row; zero unless
    /// retroactive.
    /// @param windowUntil the window's end, not in it, at most `time`; zero unless retroactive.
    struct Row {
        bytes32 record;
        bytes32 decision;
        uint64 time;
        uint8 status;
        uint32 roles;
        uint8 reason;
        uint8 reach;
        uint64 windowFrom;
        uint64 windowUntil;
    }

    /// @notice The life of a signing key; 0 means "never". Unix seconds.
    /// @param added block time of adding; set once.
    /// @param retired block time of retiring; set once.
    /// @param compromisedSince from when the key is not trusted, no earlier than `added`; may only
    /// move to an earlier time.
    /// @param possession SHA-256 of the key's own signature over organisation, chain and contract:
    /// a key that somebody else holds can't be added.
    struct Key {
        uint64 added;
        uint64 retired;
        uint64 compromisedSince;
        bytes32 possession;
    }

    /// @notice The account that acts for the organisation from `time` on, until the next row's.
    struct AccountRow {
        address account;
        uint64 time;
    }

    /// @notice An account that may take over from `notBefore` on.
    /// @param recovery whether the registrar proposed it, since the account is lost or taken.
    struct PendingAccount {
        address account;
        uint64 notBefore;
        bool recovery;
    }

    /// @notice What a body is accredited for. It counts from the later of `from` and `time` until
    /// the earlier of `until` and, unless zero, `ended`.
    /// @param scope SHA-256 of the signed accreditation record that says for what.
    /// @param accreditor the organisation that accredits.
    /// @param from first second of validity, Unix seconds.
    /// @param until end of validity, not in it.
    /// @param time time of the block that wrote the row.
    /// @param ended time of the block that ended it; set once.
    struct Accreditation {
        bytes32 scope;
        bytes32 accreditor;
        uint64 from;
        uint64 until;
        uint64 time;
        uint64 ended;
    }

    /// @notice The registrar invited `pendingRegistrar` to take over (zero: took it back).
    event RegistrarProposed(address indexed registrar, address indexed pendingRegistrar);

    /// @notice The registrar's rights passed from `previous` to `registrar`.
    event RegistrarChanged(address indexed previous, address indexed registrar);

    /// @notice A row was appended.
    event OrganizationRowAppended(
        bytes32 indexed organisationId,
        uint256 indexed number,
        Row row
    );

    /// @notice From now on the account acts for the organisation.
    event AccountSet(bytes32 indexed organisationId, address indexed account);

    /// @notice An account was invited to act for the organisation from `notBefore` on, by the
    /// present one or (`recovery`) by the registrar.
    event AccountProposed(
        bytes32 indexed organisationId,
        address indexed account,
        uint64 notBefore,
        bool recovery
    );

    /// @notice The registrar started to give the organisation another account, for the reasons in
    /// the signed decision.
    event RecoveryStarted(
        bytes32 indexed organisationId,
        address indexed account,
        uint64 notBefore,
        bytes32 decision
    );

    /// @notice The invitation of an account was taken back by `by`.
    event AccountProposalDropped(bytes32 indexed organisationId, address indexed by);

    /// @notice A body was accredited.
    event Accredited(
        bytes32 indexed bodyId,
        uint256 indexed number,
        bytes32 indexed accreditorId,
        bytes32 scope,
        uint64 from,
        uint64 until
    );

    /// @notice An accreditation was ended by its accreditor or the registrar.
    event AccreditationEnded(bytes32 indexed bodyId, uint256 indexed number, address by);

    /// @notice A key was added.
    event KeyAdded(
        bytes32 indexed organisationId,
        bytes32 indexed thumbprint,
        bytes32 possession
    );

    /// @notice A key was retired.
    event KeyRetired(bytes32 indexed organisationId, bytes32 indexed thumbprint);

    /// @notice A key was reported compromised from `since` on.
    event KeyCompromised(bytes32 indexed organisationId, bytes32 indexed thumbprint, uint64 since);

    /// @notice The compromise in the event before was dated by the registrar, for the reasons in the
    /// signed decision.
    event CompromiseBackDated(
        bytes32 indexed organisationId,
        bytes32 indexed thumbprint,
        bytes32 decision
    );

    /// @notice Only the registrar may do this.
    error NotRegistrar(address caller);

    /// @notice Only the account invited by the registrar may accept.
    error NotPendingRegistrar(address caller);

    /// @notice Only an organisation that is admitted as accreditor may accredit.
    error NotAccreditor(bytes32 organisationId);

    /// @notice Only another organisation that was admitted can be accredited.
    error NotABody(bytes32 bodyId);

    /// @notice Only the account invited to act for the organisation may accept.
    error NotPendingAccount(bytes32 organisationId, address caller);

    /// @notice The account may take over from `notBefore` on.
    error TooEarly(bytes32 organisationId, uint64 notBefore);

    /// @notice While a recovery is pending, the account can only object to it, and that only as long
    /// as the organisation is admitted.
    error RecoveryPending(bytes32 organisationId);

    /// @notice No recovery was started.
    error NothingPending(bytes32 organisationId);

    /// @notice The account serves, or served, another organisation.
    error AccountTaken(address account, bytes32 organisationId);

    /// @notice The digest of the signed decision is missing.
    error DecisionMissing();

    /// @notice To suspend and to expel takes a reason; to admit, none or a prospective one.
    error ReasonRefused(uint8 reason);

    /// @notice A prospective reason has no window. That of a retroactive one begins no earlier than
    /// the first row and ends after that, no later than now. An accreditation ends after it begins.
    error WindowRefused(uint64 from, uint64 until);

    /// @notice The digest of the key's proof of possession is missing.
    error PossessionMissing();

    /// @notice The digest of the accreditation's scope is missing.
    error ScopeMissing();

    /// @notice The accreditor wrote MOST_ACCREDITATIONS rows about the body, or there are
    /// MOST_OF_A_BODY, ended ones included.
    error TooManyAccreditations(bytes32 accreditorId, bytes32 bodyId);

    /// @notice The accreditation was ended before.
    error AccreditationHasEnded(bytes32 bodyId, uint256 number);

    /// @notice Only the organisation's own account may do this (also said of an organisation that
    /// was never admitted).
    error NotOrganizationAccount(bytes32 organisationId, address caller);

    /// @notice An address is missing.
    error AddressMissing();

    /// @notice The organisation's id is missing.
    error OrganisationMissing();

    /// @notice The digest of the organisation's record is missing.
    error RecordMissing();

    /// @notice The organisation acts through `account`; admitting it again does not change that.
    error AccountDiffers(bytes32 organisationId, address account);

    /// @notice The organisation's present status (0: never admitted) does not allow this.
    error StatusForbids(bytes32 organisationId, uint8 status);

    /// @notice The key was added before.
    error KeyAlreadyAdded(bytes32 organisationId, bytes32 thumbprint);

    /// @notice The key was never added by this organisation.
    error KeyUnknown(bytes32 organisationId, bytes32 thumbprint);

    /// @notice The key was retired before.
    error KeyAlreadyRetired(bytes32 organisationId, bytes32 thumbprint);

    /// @notice A time of compromise is no earlier than `earliest` (when the key was added; for the
    /// organisation itself also COMPROMISE_WINDOW before now), not in the future, and earlier than
    /// the one reported before (`reported`, 0: none).
    error CompromiseTimeRefused(uint64 since, uint64 earliest, uint64 reported);

    /// @notice The organisation has `count` rows; row `number` is not among them.
    error NoSuchRow(bytes32 organisationId, uint256 number, uint256 count);

    /// @notice How far before its report an organisation itself may date the compromise of a key.
    /// Longer than a quarter's close, so that honest firms find it; bounded, so that one stolen
    /// account does not void everybody's past.
    function COMPROMISE_WINDOW() external view returns (uint64);

    /// @notice Seconds from the start of an account's recovery until it can be accepted.
    function RECOVERY_DELAY() external view returns (uint64);

    /// @notice How many accreditations one accreditor may write about one body, ended ones included.
    /// Readers take all of a body's rows, so no accreditor may write more than can be read.
    function MOST_ACCREDITATIONS() external view returns (uint256);

    /// @notice How many accreditations a body may have, ended ones included: as many as readers take,
    /// so that many accreditors together make none unreadable that was there before.
    function MOST_OF_A_BODY() external view returns (uint256);

    /// @notice Invite an account to take the registrar's rights over; zero takes it back.
    function proposeRegistrar(address newRegistrar) external;

    /// @notice Take over the registrar's rights.
    function acceptRegistrar() external;

    /// @notice Admit an organisation, admit it again, or change its record or roles. Registrar only.
    /// @param organisationId SHA-256 of its DID.
    /// @param account the account that acts for it: at the first admission one that serves no other
    /// organisation, later its present one.
    /// @param record SHA-256 of its canonical record, not zero.
    /// @param roles bits of what it may issue.
    /// @param reason 0, or a prospective one.
    /// @param decision SHA-256 of the signed decision; not zero with a reason and after expulsion.
    function admit(
        bytes32 organisationId,
        address account,
        bytes32 record,
        uint32 roles,
        uint8 reason,
        bytes32 decision
    ) external;

    /// @notice Suspend an admitted organisation; record and roles are carried over. Registrar only.
    /// @param reason see Row; not 0.
    /// @param windowFrom see Row.
    /// @param windowUntil see Row.
    /// @param decision SHA-256 of the signed decision, not zero.
    function suspend(
        bytes32 organisationId,
        uint8 reason,
        uint64 windowFrom,
        uint64 windowUntil,
        bytes32 decision
    ) external;

    /// @notice Expel an organisation, as `suspend`. Registrar only. One that is expelled can be
    /// expelled again for a retroactive reason, and is admitted again only by a decision.
    function expel(
        bytes32 organisationId,
        uint8 reason,
        uint64 windowFrom,
        uint64 windowUntil,
        bytes32 decision
    ) external;

    /// @notice Add a signing key. The organisation's own account, while admitted: what a key signs
    /// stands after a readmission, and an account that was taken is suspended first. A suspended
    /// organisation needs no key to withdraw: its account writes the row.
    /// @param thumbprint RFC 7638 thumbprint (SHA-256) of the key.
    /// @param possession SHA-256 of the key's proof of possession, not zero; verifiers check it.
    function addKey(bytes32 organisationId, bytes32 thumbprint, bytes32 possession) external;

    /// @notice The same, signed by the organisation's account and sent by anyone (EIP-712):
    /// AddKey(bytes32 organisationId,bytes32 thumbprint,bytes32 possession,uint256 nonce,uint256
    /// deadline).
    function addKeyFor(
        bytes32 organisationId,
        bytes32 thumbprint,
        bytes32 possession,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Retire a key from now on. The organisation's own account, whatever its status.
    function retireKey(bytes32 organisationId, bytes32 thumbprint) external;

    /// @notice The same, signed and sent by anyone: RetireKey(bytes32 organisationId,bytes32
    /// thumbprint,uint256 nonce,uint256 deadline).
    function retireKeyFor(
        bytes32 organisationId,
        bytes32 thumbprint,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Report a key as compromised. The organisation's own account, whatever its status.
    /// @param since Unix seconds; at most now, no earlier than the key was added and than
    /// COMPROMISE_WINDOW before now, and earlier than any time reported before.
    function reportCompromise(bytes32 organisationId, bytes32 thumbprint, uint64 since) external;

    /// @notice The same, signed and sent by anyone: ReportCompromise(bytes32 organisationId,bytes32
    /// thumbprint,uint64 since,uint256 nonce,uint256 deadline).
    function reportCompromiseFor(
        bytes32 organisationId,
        bytes32 thumbprint,
        uint64 since,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Date the compromise of a key as far back as to when it was added. Registrar only: it
    /// is the one account that verifiers pin, and may void a past by a retroactive reason anyhow.
    /// @param decision SHA-256 of the signed decision, not zero.
    function backDateCompromise(
        bytes32 organisationId,
        bytes32 thumbprint,
        uint64 since,
        bytes32 decision
    ) external;

    /// @notice Invite an account to take over at once; zero takes an invitation back, and objects to
    /// a recovery. The organisation's own account; during a recovery only while it is admitted.
    function proposeAccount(bytes32 organisationId, address newAccount) external;

    /// @notice Invite an account to take over after RECOVERY_DELAY, in place of one that is lost or
    /// taken. Registrar only. Who took the account can object until the organisation is suspended.
    /// @param decision SHA-256 of the signed decision, not zero.
    function startRecovery(bytes32 organisationId, address newAccount, bytes32 decision) external;

    /// @notice Take a recovery back. Registrar only.
    function dropRecovery(bytes32 organisationId) external;

    /// @notice Act for the organisation from now on. The account invited.
    function acceptAccount(bytes32 organisationId) external;

    /// @notice Accredit a body. The account of an organisation that is admitted as accreditor.
    /// @param scope SHA-256 of the signed accreditation record, not zero.
    /// @param from first second of validity, not zero.
    /// @param until end of validity, after `from`.
    function accredit(
        bytes32 accreditorId,
        bytes32 bodyId,
        bytes32 scope,
        uint64 from,
        uint64 until
    ) external;

    /// @notice End an accreditation from now on. Its accreditor's account, or the registrar.
    function endAccreditation(bytes32 bodyId, uint256 number) external;

    /// @notice The account that admits, suspends and expels.
    function registrar() external view returns (address);

    /// @notice The account invited to be the registrar, zero if none.
    function pendingRegistrar() external view returns (address);

    /// @notice The account that acts for the organisation; zero if it was never admitted.
    function accountOf(bytes32 organisationId) external view returns (address);

    /// @notice Return if `account` acts for the organisation now: it is its own account, and no
    /// recovery is pending. Reverts with NotOrganizationAccount or RecoveryPending else.
    function requireActing(bytes32 organisationId, address account) external view;

    /// @notice The accounts that acted for the organisation, each from its time on.
    function accountsOf(bytes32 organisationId) external view returns (AccountRow[] memory);

    /// @notice The organisation that an account serves or served; zero if none.
    function organisationOf(address account) external view returns (bytes32);

    /// @notice The account invited to act for the organisation; all zero if none.
    function pendingAccountOf(bytes32 organisationId) external view returns (PendingAccount memory);

    /// @notice What a body was accredited for, in order of time.
    function accreditationsOf(bytes32 bodyId) external view returns (Accreditation[] memory);

    /// @notice The nonce that the organisation's next signed act must carry.
    function nonceOf(bytes32 organisationId) external view returns (uint256);

    /// @notice Number of rows; 0 if it was never admitted.
    function rowCount(bytes32 organisationId) external view returns (uint256);

    /// @notice Row `number`, from 0; reverts with NoSuchRow beyond the last.
    function row(bytes32 organisationId, uint256 number) external view returns (Row memory);

    /// @notice The last row; reverts with NoSuchRow if there is none.
    function latestRow(bytes32 organisationId) external view returns (Row memory);

    /// @notice The times of a key; all zero if it was never added.
    function keyOf(bytes32 organisationId, bytes32 thumbprint) external view returns (Key memory);
}
