// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOrganizationRegistry} from "./interfaces/IOrganizationRegistry.sol";
import {SignedAct} from "./SignedAct.sol";

/// @title Who may sign what, and when
/// @notice What each function promises stands in IOrganizationRegistry.
/// @dev Verifiers read the variables by slot: their order is part of the format. The registrar is
/// stored, not immutable, so that every deployment has the same code hash.
contract OrganizationRegistry is IOrganizationRegistry {
    /// @inheritdoc IOrganizationRegistry
    uint64 public constant COMPROMISE_WINDOW = 90 days;
    /// @inheritdoc IOrganizationRegistry
    uint64 public constant RECOVERY_DELAY = 7 days;
    /// @inheritdoc IOrganizationRegistry
    uint256 public constant MOST_ACCREDITATIONS = 128;
    /// @inheritdoc IOrganizationRegistry
    uint256 public constant MOST_OF_A_BODY = 1024;

    uint8 private constant _ADMITTED = 1;
    uint8 private constant _SUSPENDED = 2;
    uint8 private constant _EXPELLED = 3;
    uint32 private constant _ACCREDITOR = 64;
    uint8 private constant _FIRST_RETROACTIVE = 128;
    bytes32 private constant _ADD_KEY =
        keccak256(
            "AddKey(bytes32 organisationId,bytes32 thumbprint,bytes32 possession,uint256 nonce,"
            "uint256 deadline)"
        );
    bytes32 private constant _RETIRE_KEY =
        keccak256(
            "RetireKey(bytes32 organisationId,bytes32 thumbprint,uint256 nonce,uint256 deadline)"
        );
    bytes32 private constant _REPORT_COMPROMISE =
        keccak256(
            "ReportCompromise(bytes32 organisationId,bytes32 thumbprint,uint64 since,uint256 nonce,"
            "uint256 deadline)"
        );

    address private _registrar;
    address private _pendingRegistrar;
    mapping(bytes32 organisationId => Row[]) private _rows;
    mapping(bytes32 organisationId => mapping(bytes32 thumbprint => Key)) private _keys;
    mapping(bytes32 organisationId => AccountRow[]) private _accounts;
    mapping(address account => bytes32 organisationId) private _organisationOf;
    mapping(bytes32 organisationId => PendingAccount) private _pendingAccounts;
    mapping(bytes32 bodyId => Accreditation[]) private _accreditations;
    mapping(bytes32 organisationId => uint256) private _nonces;

    modifier onlyRegistrar() {
        if (msg.sender != _registrar) revert NotRegistrar(msg.sender);
        _;
    }

    modifier onlyAccountOf(bytes32 organisationId) {
        requireActing(organisationId, msg.sender);
        _;
    }

    /// @param registrar_ the account that admits, suspends and expels.
    constructor(address registrar_) {
        if (registrar_ == address(0)) revert AddressMissing();
        _registrar = registrar_;
    }

    /// @inheritdoc IOrganizationRegistry
    function proposeRegistrar(address newRegistrar) external onlyRegistrar {
        _pendingRegistrar = newRegistrar;
        emit RegistrarProposed(msg.sender, newRegistrar);
    }

    /// @inheritdoc IOrganizationRegistry
    function acceptRegistrar() external {
        if (msg.sender != _pendingRegistrar) revert NotPendingRegistrar(msg.sender);
        address previous = _registrar;
        _registrar = msg.sender;
        _pendingRegistrar = address(0);
        emit RegistrarChanged(previous, msg.sender);
    }

    /// @inheritdoc IOrganizationRegistry
    function admit(
        bytes32 organisationId,
        address account,
        bytes32 record,
        uint32 roles,
        uint8 reason,
        bytes32 decision
    ) external onlyRegistrar {
        if (organisationId == 0) revert OrganisationMissing();
        if (account == address(0)) revert AddressMissing();
        if (record == 0) revert RecordMissing();
        address known = accountOf(organisationId);
        if (known == address(0)) {
            _setAccount(organisationId, account);
        } else if (known != account) {
            revert AccountDiffers(organisationId, known);
        }
        if (reason >= _FIRST_RETROACTIVE) revert ReasonRefused(reason);
        bool decided = reason != 0 || _status(organisationId) == _EXPELLED;
        if (decided && decision == 0) revert DecisionMissing();
        _append(
            organisationId,
            Row({
                record: record,
                decision: decision,
                time: uint64(block.timestamp),
                status: _ADMITTED,
                roles: roles,
                reason: reason,
                reach: _reach(reason),
                windowFrom: 0,
                windowUntil: 0
            })
        );
    }

    /// @inheritdoc IOrganizationRegistry
    function suspend(
        bytes32 organisationId,
        uint8 reason,
        uint64 windowFrom,
        uint64 windowUntil,
        bytes32 decision
    ) external onlyRegistrar {
        uint8 status = _status(organisationId);
        if (status != _ADMITTED) revert StatusForbids(organisationId, status);
        _end(organisationId, _SUSPENDED, reason, windowFrom, windowUntil, decision);
    }

    /// @inheritdoc IOrganizationRegistry
    function expel(
        bytes32 organisationId,
        uint8 reason,
        uint64 windowFrom,
        uint64 windowUntil,
        bytes32 decision
    ) external onlyRegistrar {
        uint8 status = _status(organisationId);
        // What comes to light after an expulsion still voids its window.
        bool known = status == _ADMITTED ||
            status == _SUSPENDED ||
            (status == _EXPELLED && reason >= _FIRST_RETROACTIVE);
        if (!known) revert StatusForbids(organisationId, status);
        _end(organisationId, _EXPELLED, reason, windowFrom, windowUntil, decision);
    }

    /// @inheritdoc IOrganizationRegistry
    function addKey(
        bytes32 organisationId,
        bytes32 thumbprint,
        bytes32 possession
    ) external onlyAccountOf(organisationId) {
        _addKey(organisationId, thumbprint, possession);
    }

    /// @inheritdoc IOrganizationRegistry
    function addKeyFor(
        bytes32 organisationId,
        bytes32 thumbprint,
        bytes32 possession,
        uint256 deadline,
        bytes calldata signature
    ) external {
        uint256 nonce = _nonces[organisationId]++;
        bytes32 act = keccak256(
            abi.encode(_ADD_KEY, organisationId, thumbprint, possession, nonce, deadline)
        );
        requireActing(organisationId, SignedAct.signer(act, deadline, signature));
        _addKey(organisationId, thumbprint, possession);
    }

    /// @inheritdoc IOrganizationRegistry
    function retireKey(
        bytes32 organisationId,
        bytes32 thumbprint
    ) external onlyAccountOf(organisationId) {
        _retireKey(organisationId, thumbprint);
    }

    /// @inheritdoc IOrganizationRegistry
    function retireKeyFor(
        bytes32 organisationId,
        bytes32 thumbprint,
        uint256 deadline,
        bytes calldata signature
    ) external {
        uint256 nonce = _nonces[organisationId]++;
        bytes32 act = keccak256(
            abi.encode(_RETIRE_KEY, organisationId, thumbprint, nonce, deadline)
        );
        requireActing(organisationId, SignedAct.signer(act, deadline, signature));
        _retireKey(organisationId, thumbprint);
    }

    /// @inheritdoc IOrganizationRegistry
    function reportCompromise(
        bytes32 organisationId,
        bytes32 thumbprint,
        uint64 since
    ) external onlyAccountOf(organisationId) {
        _compromise(organisationId, thumbprint, since, _earliestReport());
    }

    /// @inheritdoc IOrganizationRegistry
    function reportCompromiseFor(
        bytes32 organisationId,
        bytes32 thumbprint,
        uint64 since,
        uint256 deadline,
        bytes calldata signature
    ) external {
        uint256 nonce = _nonces[organisationId]++;
        bytes32 act = keccak256(
            abi.encode(_REPORT_COMPROMISE, organisationId, thumbprint, since, nonce, deadline)
        );
        requireActing(organisationId, SignedAct.signer(act, deadline, signature));
        _compromise(organisationId, thumbprint, since, _earliestReport());
    }

    /// @inheritdoc IOrganizationRegistry
    function backDateCompromise(
        bytes32 organisationId,
        bytes32 thumbprint,
        uint64 since,
        bytes32 decision
    ) external onlyRegistrar {
        if (decision == 0) revert DecisionMissing();
        _compromise(organisationId, thumbprint, since, 0);
        emit CompromiseBackDated(organisationId, thumbprint, decision);
    }

    /// @inheritdoc IOrganizationRegistry
    function proposeAccount(
        bytes32 organisationId,
        address newAccount
    ) external {
        _requireAccount(organisationId, msg.sender);
        // Else whoever took the account could end its recovery again and again.
        bool recovering = _pendingAccounts[organisationId].recovery;
        if (recovering && _status(organisationId) != _ADMITTED) {
            revert RecoveryPending(organisationId);
        }
        if (newAccount == address(0)) {
            _drop(organisationId);
        } else {
            _propose(organisationId, newAccount, uint64(block.timestamp), false);
        }
    }

    /// @inheritdoc IOrganizationRegistry
    function startRecovery(
        bytes32 organisationId,
        address newAccount,
        bytes32 decision
    ) external onlyRegistrar {
        if (newAccount == address(0)) revert AddressMissing();
        if (decision == 0) revert DecisionMissing();
        uint8 status = _status(organisationId);
        if (status == 0) revert StatusForbids(organisationId, status);
        uint64 notBefore = uint64(block.timestamp) + RECOVERY_DELAY;
        _propose(organisationId, newAccount, notBefore, true);
        emit RecoveryStarted(organisationId, newAccount, notBefore, decision);
    }

    /// @inheritdoc IOrganizationRegistry
    function dropRecovery(bytes32 organisationId) external onlyRegistrar {
        if (!_pendingAccounts[organisationId].recovery) revert NothingPending(organisationId);
        _drop(organisationId);
    }

    /// @inheritdoc IOrganizationRegistry
    function acceptAccount(bytes32 organisationId) external {
        PendingAccount memory pending = _pendingAccounts[organisationId];
        if (msg.sender != pending.account) revert NotPendingAccount(organisationId, msg.sender);
        if (block.timestamp < pending.notBefore) {
            revert TooEarly(organisationId, pending.notBefore);
        }
        delete _pendingAccounts[organisationId];
        _setAccount(organisationId, msg.sender);
    }

    /// @inheritdoc IOrganizationRegistry
    function accredit(
        bytes32 accreditorId,
        bytes32 bodyId,
        bytes32 scope,
        uint64 from,
        uint64 until
    ) external onlyAccountOf(accreditorId) {
        if (!_admittedAs(accreditorId, _ACCREDITOR)) revert NotAccreditor(accreditorId);
        if (bodyId == accreditorId || _status(bodyId) == 0) revert NotABody(bodyId);
        if (scope == 0) revert ScopeMissing();
        if (from == 0 || until <= from) revert WindowRefused(from, until);
        Accreditation[] storage rows = _accreditations[bodyId];
        uint256 its = _countOf(rows, accreditorId);
        if (its >= MOST_ACCREDITATIONS || rows.length >= MOST_OF_A_BODY) {
            revert TooManyAccreditations(accreditorId, bodyId);
        }
        emit Accredited(bodyId, rows.length, accreditorId, scope, from, until);
        rows.push(
            Accreditation({
                scope: scope,
                accreditor: accreditorId,
                from: from,
                until: until,
                time: uint64(block.timestamp),
                ended: 0
            })
        );
    }

    /// @inheritdoc IOrganizationRegistry
    function endAccreditation(bytes32 bodyId, uint256 number) external {
        Accreditation[] storage rows = _accreditations[bodyId];
        if (number >= rows.length) revert NoSuchRow(bodyId, number, rows.length);
        Accreditation storage its = rows[number];
        if (msg.sender != _registrar) requireActing(its.accreditor, msg.sender);
        if (its.ended != 0) revert AccreditationHasEnded(bodyId, number);
        its.ended = uint64(block.timestamp);
        emit AccreditationEnded(bodyId, number, msg.sender);
    }

    /// @inheritdoc IOrganizationRegistry
    function registrar() external view returns (address) {
        return _registrar;
    }

    /// @inheritdoc IOrganizationRegistry
    function pendingRegistrar() external view returns (address) {
        return _pendingRegistrar;
    }

    /// @inheritdoc IOrganizationRegistry
    function accountOf(bytes32 organisationId) public view returns (address) {
        AccountRow[] storage rows = _accounts[organisationId];
        return rows.length == 0 ? address(0) : rows[rows.length - 1].account;
    }

    /// @inheritdoc IOrganizationRegistry
    function requireActing(bytes32 organisationId, address account) public view {
        _requireAccount(organisationId, account);
        if (_pendingAccounts[organisationId].recovery) revert RecoveryPending(organisationId);
    }

    /// @inheritdoc IOrganizationRegistry
    function accountsOf(bytes32 organisationId) external view returns (AccountRow[] memory) {
        return _accounts[organisationId];
    }

    /// @inheritdoc IOrganizationRegistry
    function organisationOf(address account) external view returns (bytes32) {
        return _organisationOf[account];
    }

    /// @inheritdoc IOrganizationRegistry
    function pendingAccountOf(
        bytes32 organisationId
    ) external view returns (PendingAccount memory) {
        return _pendingAccounts[organisationId];
    }

    /// @inheritdoc IOrganizationRegistry
    function rowCount(bytes32 organisationId) external view returns (uint256) {
        return _rows[organisationId].length;
    }

    /// @inheritdoc IOrganizationRegistry
    function row(bytes32 organisationId, uint256 number) external view returns (Row memory) {
        return _row(organisationId, number);
    }

    /// @inheritdoc IOrganizationRegistry
    function latestRow(bytes32 organisationId) external view returns (Row memory) {
        uint256 count = _rows[organisationId].length;
        return _row(organisationId, count == 0 ? 0 : count - 1);
    }

    /// @inheritdoc IOrganizationRegistry
    function keyOf(bytes32 organisationId, bytes32 thumbprint) external view returns (Key memory) {
        return _keys[organisationId][thumbprint];
    }

    /// @inheritdoc IOrganizationRegistry
    function accreditationsOf(bytes32 bodyId) external view returns (Accreditation[] memory) {
        return _accreditations[bodyId];
    }

    /// @inheritdoc IOrganizationRegistry
    function nonceOf(bytes32 organisationId) external view returns (uint256) {
        return _nonces[organisationId];
    }

    function _end(
        bytes32 organisationId,
        uint8 status,
        uint8 reason,
        uint64 windowFrom,
        uint64 windowUntil,
        bytes32 decision
    ) private {
        if (reason == 0) revert ReasonRefused(reason);
        if (decision == 0) revert DecisionMissing();
        Row[] storage rows = _rows[organisationId];
        bool windowRight = reason < _FIRST_RETROACTIVE
            ? windowFrom == 0 && windowUntil == 0
            : windowFrom >= rows[0].time &&
                windowFrom < windowUntil &&
                windowUntil <= block.timestamp;
        if (!windowRight) revert WindowRefused(windowFrom, windowUntil);
        Row storage last = rows[rows.length - 1];
        _append(
            organisationId,
            Row({
                record: last.record,
                decision: decision,
                time: uint64(block.timestamp),
                status: status,
                roles: last.roles,
                reason: reason,
                reach: _reach(reason),
                windowFrom: windowFrom,
                windowUntil: windowUntil
            })
        );
    }

    function _append(bytes32 organisationId, Row memory added) private {
        Row[] storage rows = _rows[organisationId];
        emit OrganizationRowAppended(organisationId, rows.length, added);
        rows.push(added);
    }

    /// @dev 0 none, 1 prospective, 2 retroactive.
    function _reach(uint8 reason) private pure returns (uint8) {
        if (reason == 0) return 0;
        return reason < _FIRST_RETROACTIVE ? 1 : 2;
    }

    function _addKey(bytes32 organisationId, bytes32 thumbprint, bytes32 possession) private {
        // What a key signs stands after a recovery, so none is added while the account is in doubt.
        uint8 status = _status(organisationId);
        if (status != _ADMITTED) revert StatusForbids(organisationId, status);
        if (possession == 0) revert PossessionMissing();
        Key storage key = _keys[organisationId][thumbprint];
        if (key.added != 0) revert KeyAlreadyAdded(organisationId, thumbprint);
        key.added = uint64(block.timestamp);
        key.possession = possession;
        emit KeyAdded(organisationId, thumbprint, possession);
    }

    function _retireKey(bytes32 organisationId, bytes32 thumbprint) private {
        Key storage key = _knownKey(organisationId, thumbprint);
        if (key.retired != 0) revert KeyAlreadyRetired(organisationId, thumbprint);
        key.retired = uint64(block.timestamp);
        emit KeyRetired(organisationId, thumbprint);
    }

    function _compromise(
        bytes32 organisationId,
        bytes32 thumbprint,
        uint64 since,
        uint64 earliest
    ) private {
        Key storage key = _knownKey(organisationId, thumbprint);
        if (earliest < key.added) earliest = key.added;
        uint64 reported = key.compromisedSince;
        bool earlier = reported == 0 || since < reported;
        if (since < earliest || since > block.timestamp || !earlier) {
            revert CompromiseTimeRefused(since, earliest, reported);
        }
        key.compromisedSince = since;
        emit KeyCompromised(organisationId, thumbprint, since);
    }

    function _earliestReport() private view returns (uint64) {
        return uint64(block.timestamp) - COMPROMISE_WINDOW;
    }

    function _propose(
        bytes32 organisationId,
        address newAccount,
        uint64 notBefore,
        bool recovery
    ) private {
        _requireFree(newAccount);
        _pendingAccounts[organisationId] = PendingAccount(newAccount, notBefore, recovery);
        emit AccountProposed(organisationId, newAccount, notBefore, recovery);
    }

    function _drop(bytes32 organisationId) private {
        delete _pendingAccounts[organisationId];
        emit AccountProposalDropped(organisationId, msg.sender);
    }

    function _setAccount(bytes32 organisationId, address account) private {
        _requireFree(account);
        _organisationOf[account] = organisationId;
        _accounts[organisationId].push(AccountRow(account, uint64(block.timestamp)));
        emit AccountSet(organisationId, account);
    }

    function _requireFree(address account) private view {
        bytes32 taken = _organisationOf[account];
        if (taken != 0) revert AccountTaken(account, taken);
    }

    function _requireAccount(bytes32 organisationId, address account) private view {
        if (account != accountOf(organisationId)) {
            revert NotOrganizationAccount(organisationId, account);
        }
    }

    function _admittedAs(bytes32 organisationId, uint32 role) private view returns (bool) {
        if (_status(organisationId) != _ADMITTED) return false;
        Row[] storage rows = _rows[organisationId];
        return rows[rows.length - 1].roles & role != 0;
    }

    /// @dev Counted anew each time, over at most MOST_OF_A_BODY rows: a counter would be a slot more.
    function _countOf(
        Accreditation[] storage rows,
        bytes32 accreditorId
    ) private view returns (uint256 count) {
        uint256 length = rows.length;
        for (uint256 i = 0; i < length; ++i) {
            if (rows[i].accreditor == accreditorId) ++count;
        }
    }

    /// @dev 0 if the organisation was never admitted.
    function _status(bytes32 organisationId) private view returns (uint8) {
        Row[] storage rows = _rows[organisationId];
        return rows.length == 0 ? 0 : rows[rows.length - 1].status;
    }

    function _row(bytes32 organisationId, uint256 number) private view returns (Row storage) {
        Row[] storage rows = _rows[organisationId];
        if (number >= rows.length) revert NoSuchRow(organisationId, number, rows.length);
        return rows[number];
    }

    function _knownKey(
        bytes32 organisationId,
        bytes32 thumbprint
    ) private view returns (Key storage key) {
        key = _keys[organisationId][thumbprint];
        if (key.added == 0) revert KeyUnknown(organisationId, thumbprint);
    }
}
