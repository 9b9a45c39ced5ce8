// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOrganizationRegistry} from "./interfaces/IOrganizationRegistry.sol";

/// @title Who may sign what, and when
/// @notice What each function promises stands in IOrganizationRegistry.
/// @dev Verifiers read the four variables by slot: their order is part of the format. The registrar
/// is stored, not immutable, so that every deployment has the same code hash.
contract OrganizationRegistry is IOrganizationRegistry {
    uint8 private constant _ADMITTED = 1;
    uint8 private constant _SUSPENDED = 2;
    uint8 private constant _EXPELLED = 3;

    address private _registrar;
    mapping(bytes32 organisationId => address account) private _accounts;
    mapping(bytes32 organisationId => Row[]) private _rows;
    mapping(bytes32 organisationId => mapping(bytes32 thumbprint => Key)) private _keys;

    modifier onlyRegistrar() {
        if (msg.sender != _registrar) revert NotRegistrar(msg.sender);
        _;
    }

    modifier onlyAccountOf(bytes32 organisationId) {
        if (msg.sender != _accounts[organisationId]) {
            revert NotOrganizationAccount(organisationId, msg.sender);
        }
        _;
    }

    /// @param registrar_ the account that admits, suspends and expels, for good.
    constructor(address registrar_) {
        if (registrar_ == address(0)) revert AddressMissing();
        _registrar = registrar_;
    }

    /// @inheritdoc IOrganizationRegistry
    function admit(
        bytes32 organisationId,
        address account,
        bytes32 record,
        uint32 roles
    ) external onlyRegistrar {
        if (account == address(0)) revert AddressMissing();
        if (record == 0) revert RecordMissing();
        address known = _accounts[organisationId];
        if (known == address(0)) {
            _accounts[organisationId] = account;
            emit AccountSet(organisationId, account);
        } else if (known != account) {
            revert AccountDiffers(organisationId, known);
        }
        if (_status(organisationId) == _EXPELLED) revert StatusForbids(organisationId, _EXPELLED);
        _append(organisationId, _ADMITTED, roles, record);
    }

    /// @inheritdoc IOrganizationRegistry
    function suspend(bytes32 organisationId) external onlyRegistrar {
        uint8 status = _status(organisationId);
        if (status != _ADMITTED) revert StatusForbids(organisationId, status);
        _carryOver(organisationId, _SUSPENDED);
    }

    /// @inheritdoc IOrganizationRegistry
    function expel(bytes32 organisationId) external onlyRegistrar {
        uint8 status = _status(organisationId);
        if (status != _ADMITTED && status != _SUSPENDED) {
            revert StatusForbids(organisationId, status);
        }
        _carryOver(organisationId, _EXPELLED);
    }

    /// @inheritdoc IOrganizationRegistry
    function addKey(
        bytes32 organisationId,
        bytes32 thumbprint
    ) external onlyAccountOf(organisationId) {
        if (_status(organisationId) == _EXPELLED) revert StatusForbids(organisationId, _EXPELLED);
        Key storage key = _keys[organisationId][thumbprint];
        if (key.added != 0) revert KeyAlreadyAdded(organisationId, thumbprint);
        key.added = uint64(block.timestamp);
        emit KeyAdded(organisationId, thumbprint);
    }

    /// @inheritdoc IOrganizationRegistry
    function retireKey(
        bytes32 organisationId,
        bytes32 thumbprint
    ) external onlyAccountOf(organisationId) {
        Key storage key = _knownKey(organisationId, thumbprint);
        if (key.retired != 0) revert KeyAlreadyRetired(organisationId, thumbprint);
        key.retired = uint64(block.timestamp);
        emit KeyRetired(organisationId, thumbprint);
    }

    /// @inheritdoc IOrganizationRegistry
    function reportCompromise(
        bytes32 organisationId,
        bytes32 thumbprint,
        uint64 since
    ) external onlyAccountOf(organisationId) {
        Key storage key = _knownKey(organisationId, thumbprint);
        uint64 reported = key.compromisedSince;
        bool earlier = reported == 0 || since < reported;
        if (since == 0 || since > block.timestamp || !earlier) {
            revert CompromiseTimeRefused(since, reported);
        }
        key.compromisedSince = since;
        emit KeyCompromised(organisationId, thumbprint, since);
    }

    /// @inheritdoc IOrganizationRegistry
    function registrar() external view returns (address) {
        return _registrar;
    }

    /// @inheritdoc IOrganizationRegistry
    function accountOf(bytes32 organisationId) external view returns (address) {
        return _accounts[organisationId];
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

    function _carryOver(bytes32 organisationId, uint8 status) private {
        Row[] storage rows = _rows[organisationId];
        Row storage last = rows[rows.length - 1];
        _append(organisationId, status, last.roles, last.record);
    }

    function _append(bytes32 organisationId, uint8 status, uint32 roles, bytes32 record) private {
        Row[] storage rows = _rows[organisationId];
        emit OrganizationRowAppended(organisationId, rows.length, status, roles, record);
        rows.push(
            Row({record: record, time: uint64(block.timestamp), status: status, roles: roles})
        );
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
