// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOrganizationRegistry} from "./interfaces/IOrganizationRegistry.sol";
import {IStatusRegistry} from "./interfaces/IStatusRegistry.sol";
import {SignedAct} from "./SignedAct.sol";

/// @title What an organisation said later about a signed record
/// @notice What each function promises stands in IStatusRegistry.
/// @dev Verifiers read the first four variables by slot: their order is part of the format. The
/// registry's address is stored, not immutable, so that every deployment has the same code hash.
contract StatusRegistry is IStatusRegistry {
    uint8 private constant _SUPERSEDED = 1;
    uint8 private constant _WITHDRAWN = 2;
    uint8 private constant _ADVERSE = 3;
    uint8 private constant _SUSPENDED = 4;
    uint8 private constant _RESTORED = 5;
    uint8 private constant _REVOKED = 6;
    uint8 private constant _ADMITTED = 1;
    uint32 private constant _AUDITOR = 4;
    bytes32 private constant _SET_STATUS =
        keccak256(
            "SetStatus(bytes32 organisationId,bytes32 digest,uint8 state,bytes32 statement,"
            "uint256 nonce,uint256 deadline)"
        );

    address private _organizations;
    mapping(bytes32 organisationId => mapping(bytes32 digest => Row[])) private _rows;
    mapping(bytes32 digest => bytes32[] organisationIds) private _adverse;
    bytes32 private _head;
    mapping(bytes32 organisationId => uint256) private _nonces;

    /// @param organizations_ the OrganizationRegistry, for good.
    constructor(address organizations_) {
        if (organizations_.code.length == 0) revert NotAContract(organizations_);
        _organizations = organizations_;
    }

    /// @inheritdoc IStatusRegistry
    function set(bytes32 organisationId, bytes32 digest, uint8 state, bytes32 statement) external {
        IOrganizationRegistry(_organizations).requireActing(organisationId, msg.sender);
        _append(organisationId, digest, state, statement);
    }

    /// @inheritdoc IStatusRegistry
    function setFor(
        bytes32 organisationId,
        bytes32 digest,
        uint8 state,
        bytes32 statement,
        uint256 deadline,
        bytes calldata signature
    ) external {
        uint256 nonce = _nonces[organisationId]++;
        bytes32 act = keccak256(
            abi.encode(_SET_STATUS, organisationId, digest, state, statement, nonce, deadline)
        );
        address signer = SignedAct.signer(act, deadline, signature);
        IOrganizationRegistry(_organizations).requireActing(organisationId, signer);
        _append(organisationId, digest, state, statement);
    }

    /// @inheritdoc IStatusRegistry
    function organizations() external view returns (address) {
        return _organizations;
    }

    /// @inheritdoc IStatusRegistry
    function rowCount(bytes32 organisationId, bytes32 digest) external view returns (uint256) {
        return _rows[organisationId][digest].length;
    }

    /// @inheritdoc IStatusRegistry
    function row(
        bytes32 organisationId,
        bytes32 digest,
        uint256 number
    ) external view returns (Row memory) {
        Row[] storage rows = _rows[organisationId][digest];
        if (number >= rows.length) revert NoSuchRow(organisationId, digest, number, rows.length);
        return rows[number];
    }

    /// @inheritdoc IStatusRegistry
    function adverseOf(bytes32 digest) external view returns (bytes32[] memory) {
        return _adverse[digest];
    }

    /// @inheritdoc IStatusRegistry
    function head() external view returns (bytes32) {
        return _head;
    }

    /// @inheritdoc IStatusRegistry
    function nonceOf(bytes32 organisationId) external view returns (uint256) {
        return _nonces[organisationId];
    }

    function _append(
        bytes32 organisationId,
        bytes32 digest,
        uint8 state,
        bytes32 statement
    ) private {
        if (statement == 0) revert StatementMissing();
        Row[] storage rows = _rows[organisationId][digest];
        uint8 present = rows.length == 0 ? 0 : rows[rows.length - 1].state;
        if (!_follows(present, state)) revert StateCannotFollow(present, state);
        if (state == _ADVERSE) {
            _requireAuditor(organisationId);
            // Once at most: nothing follows an adverse conclusion.
            _adverse[digest].push(organisationId);
        }
        uint64 time = uint64(block.timestamp);
        _head = keccak256(abi.encode(_head, organisationId, digest, statement, state, time));
        emit StatusAppended(organisationId, digest, rows.length, state, statement, _head);
        rows.push(Row({statement: statement, time: time, state: state}));
    }

    /// @dev What was withdrawn, concluded adversely or revoked stays so. What is suspended stays so
    /// until it is restored, or until one of these ends it: a successor does not lift a suspension.
    /// Nothing is said twice running.
    function _follows(uint8 present, uint8 state) private pure returns (bool) {
        if (present == _WITHDRAWN || present == _ADVERSE || present == _REVOKED) return false;
        if (state == _RESTORED) return present == _SUSPENDED;
        if (state == _SUPERSEDED && present == _SUSPENDED) return false;
        return state >= _SUPERSEDED && state <= _REVOKED && state != present;
    }

    function _requireAuditor(bytes32 organisationId) private view {
        IOrganizationRegistry.Row memory last = IOrganizationRegistry(_organizations).latestRow(
            organisationId
        );
        if (last.status != _ADMITTED || last.roles & _AUDITOR == 0) {
            revert NotAuditor(organisationId, last.status, last.roles);
        }
    }
}
