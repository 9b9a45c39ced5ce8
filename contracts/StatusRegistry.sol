// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOrganizationRegistry} from "./interfaces/IOrganizationRegistry.sol";
import {IStatusRegistry} from "./interfaces/IStatusRegistry.sol";

/// @title What an organisation said later about a statement
/// @notice What each function promises stands in IStatusRegistry.
/// @dev Verifiers read the three variables by slot: their order is part of the format. The
/// registry's address is stored, not immutable, so that every deployment has the same code hash.
contract StatusRegistry is IStatusRegistry {
    uint8 private constant _ADVERSE = 3; // the highest
    uint8 private constant _ADMITTED = 1;
    uint32 private constant _AUDITOR = 4;

    address private _organizations;
    mapping(bytes32 organisationId => mapping(bytes32 digest => Status)) private _status;
    mapping(bytes32 digest => bytes32[] organisationIds) private _adverse;

    /// @param organizations_ the OrganizationRegistry, for good.
    constructor(address organizations_) {
        if (organizations_.code.length == 0) revert NotAContract(organizations_);
        _organizations = organizations_;
    }

    /// @inheritdoc IStatusRegistry
    function set(bytes32 organisationId, bytes32 digest, uint8 state, bytes32 statement) external {
        if (msg.sender != IOrganizationRegistry(_organizations).accountOf(organisationId)) {
            revert NotOrganizationAccount(organisationId, msg.sender);
        }
        if (statement == 0) revert StatementMissing();
        uint8 present = _status[organisationId][digest].state;
        if (state <= present || state > _ADVERSE) revert StateMustRise(present, state);
        if (state == _ADVERSE) {
            _requireAuditor(organisationId);
            // Once at most: nothing rises above this state, so nobody gets here again.
            _adverse[digest].push(organisationId);
        }
        _status[organisationId][digest] = Status({
            statement: statement,
            time: uint64(block.timestamp),
            state: state
        });
        emit StatusSet(organisationId, digest, state, statement);
    }

    /// @inheritdoc IStatusRegistry
    function organizations() external view returns (address) {
        return _organizations;
    }

    /// @inheritdoc IStatusRegistry
    function statusOf(
        bytes32 organisationId,
        bytes32 digest
    ) external view returns (Status memory) {
        return _status[organisationId][digest];
    }

    /// @inheritdoc IStatusRegistry
    function adverseOf(bytes32 digest) external view returns (bytes32[] memory) {
        return _adverse[digest];
    }

    function _requireAuditor(bytes32 organisationId) private view {
        IOrganizationRegistry.Row memory row = IOrganizationRegistry(_organizations).latestRow(
            organisationId
        );
        if (row.status != _ADMITTED || row.roles & _AUDITOR == 0) {
            revert NotAuditor(organisationId, row.status, row.roles);
        }
    }
}
