// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CheckpointRegistry} from "../../../contracts/CheckpointRegistry.sol";
import {OrganizationRegistry} from "../../../contracts/OrganizationRegistry.sol";
import {StatusRegistry} from "../../../contracts/StatusRegistry.sol";
import {ICheckpointRegistry} from "../../../contracts/interfaces/ICheckpointRegistry.sol";
import {IOrganizationRegistry} from "../../../contracts/interfaces/IOrganizationRegistry.sol";
import {IStatusRegistry} from "../../../contracts/interfaces/IStatusRegistry.sol";
import {Test} from "./Test.sol";

/// @dev Each event with all that it names: who watches a chain sees nothing else.
contract EventsTest is Test {
    uint64 private constant _START = 1_800_000_000;
    address private constant _REGISTRAR = address(0x4E6);
    address private constant _ACCOUNT = address(0xACC);
    address private constant _NEXT = address(0x2);
    OrganizationRegistry private _organizations = new OrganizationRegistry(_REGISTRAR);
    CheckpointRegistry private _checkpoints = new CheckpointRegistry(address(_organizations));
    StatusRegistry private _status = new StatusRegistry(address(_organizations));

    function setUp() external {
        vm.warp(_START);
        vm.prank(_REGISTRAR);
        _organizations.admit("accreditor", address(0xACD), "record", 64, 0, 0);
        vm.prank(_REGISTRAR);
        _organizations.admit("maker", _ACCOUNT, "record", 1, 0, 0);
    }

    function test_a_log_opened_and_handed_over() external {
        bytes32 log = keccak256(abi.encode(_ACCOUNT, bytes32("vkey")));
        vm.expectEmit();
        emit ICheckpointRegistry.LogOpened(log, _ACCOUNT, "vkey");
        vm.prank(_ACCOUNT);
        _checkpoints.openLog("vkey");
        vm.expectEmit();
        emit ICheckpointRegistry.OperatorProposed(log, _ACCOUNT, _NEXT);
        vm.prank(_ACCOUNT);
        _checkpoints.proposeOperator(log, _NEXT);
        vm.expectEmit();
        emit ICheckpointRegistry.OperatorChanged(log, _ACCOUNT, _NEXT);
        vm.prank(_NEXT);
        _checkpoints.acceptOperator(log);
    }

    function test_a_freeze_dropped() external {
        vm.prank(_ACCOUNT);
        bytes32 log = _checkpoints.openLog("vkey");
        vm.prank(_REGISTRAR);
        _checkpoints.proposeFreeze(log, "decision");
        vm.expectEmit();
        emit ICheckpointRegistry.FreezeDropped(log);
        vm.prank(_REGISTRAR);
        _checkpoints.dropFreeze(log);
    }

    function test_a_registrar_handed_over() external {
        vm.expectEmit();
        emit IOrganizationRegistry.RegistrarProposed(_REGISTRAR, _NEXT);
        vm.prank(_REGISTRAR);
        _organizations.proposeRegistrar(_NEXT);
        vm.expectEmit();
        emit IOrganizationRegistry.RegistrarChanged(_REGISTRAR, _NEXT);
        vm.prank(_NEXT);
        _organizations.acceptRegistrar();
    }

    function test_an_organisation_admitted_and_expelled() external {
        IOrganizationRegistry.Row memory row;
        (row.record, row.time, row.status, row.roles) = ("record", _START, 1, 5);
        vm.expectEmit();
        emit IOrganizationRegistry.AccountSet("another", address(0x9));
        vm.expectEmit();
        emit IOrganizationRegistry.OrganizationRowAppended("another", 0, row);
        vm.prank(_REGISTRAR);
        _organizations.admit("another", address(0x9), "record", 5, 0, 0);
        vm.warp(_START + 9);
        (row.time, row.status, row.reason, row.reach) = (_START + 9, 3, 128, 2);
        (row.decision, row.windowFrom, row.windowUntil) = ("decision", _START, _START + 9);
        vm.expectEmit();
        emit IOrganizationRegistry.OrganizationRowAppended("another", 1, row);
        vm.prank(_REGISTRAR);
        _organizations.expel("another", 128, _START, _START + 9, "decision");
    }

    function test_an_account_invited_objected_to_and_changed() external {
        vm.expectEmit();
        emit IOrganizationRegistry.AccountProposed("maker", _NEXT, _START, false);
        vm.prank(_ACCOUNT);
        _organizations.proposeAccount("maker", _NEXT);
        vm.expectEmit();
        emit IOrganizationRegistry.AccountProposalDropped("maker", _ACCOUNT);
        vm.prank(_ACCOUNT);
        _organizations.proposeAccount("maker", address(0));
        vm.prank(_REGISTRAR);
        _organizations.startRecovery("maker", _NEXT, "decision");
        vm.expectEmit();
        emit IOrganizationRegistry.AccountProposalDropped("maker", _REGISTRAR);
        vm.prank(_REGISTRAR);
        _organizations.dropRecovery("maker");
        vm.prank(_ACCOUNT);
        _organizations.proposeAccount("maker", _NEXT);
        vm.expectEmit();
        emit IOrganizationRegistry.AccountSet("maker", _NEXT);
        vm.prank(_NEXT);
        _organizations.acceptAccount("maker");
    }

    function test_a_key_retired_and_a_body_accredited() external {
        vm.prank(_ACCOUNT);
        _organizations.addKey("maker", "key", "possession");
        vm.expectEmit();
        emit IOrganizationRegistry.KeyRetired("maker", "key");
        vm.prank(_ACCOUNT);
        _organizations.retireKey("maker", "key");
        vm.expectEmit();
        emit IOrganizationRegistry.Accredited("maker", 0, "accreditor", "scope", 1, 2);
        vm.prank(address(0xACD));
        _organizations.accredit("accreditor", "maker", "scope", 1, 2);
        vm.expectEmit();
        emit IOrganizationRegistry.AccreditationEnded("maker", 0, _REGISTRAR);
        vm.prank(_REGISTRAR);
        _organizations.endAccreditation("maker", 0);
    }

    function test_a_status() external {
        bytes32 head = 0;
        for (uint8 i = 0; i < 2; ++i) {
            uint8 state = 4 + i;
            bytes memory row = abi.encode(bytes32("maker"), bytes32("digest"), bytes32("said"));
            head = keccak256(bytes.concat(abi.encode(head), row, abi.encode(state, _START)));
            vm.expectEmit();
            emit IStatusRegistry.StatusAppended("maker", "digest", i, state, "said", head);
            vm.prank(_ACCOUNT);
            _status.set("maker", "digest", state, "said");
        }
    }
}
