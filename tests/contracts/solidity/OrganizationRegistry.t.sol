// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OrganizationRegistry} from "../../../contracts/OrganizationRegistry.sol";
import {IOrganizationRegistry} from "../../../contracts/interfaces/IOrganizationRegistry.sol";
import {Test} from "./Test.sol";

contract OrganizationRegistryTest is Test {
    uint256 private constant _START = 1_800_000_000;
    address private constant _REGISTRAR = address(0x4E6);
    address private constant _ACCOUNT = address(0xACC);
    bytes32 private constant _ORGANISATION = keccak256("did:web:maker.example");
    bytes32 private constant _RECORD = keccak256("record");
    bytes32 private constant _KEY = keccak256("key");
    OrganizationRegistry private _registry = new OrganizationRegistry(_REGISTRAR);

    function setUp() external {
        vm.warp(_START);
    }

    function test_a_registry_has_a_registrar_for_good() external {
        same(_registry.registrar(), _REGISTRAR, "registrar");
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.AddressMissing.selector));
        new OrganizationRegistry(address(0));
    }

    function test_suspended_then_readmitted_leaves_its_interval() external {
        _admit(_RECORD, 1);
        vm.warp(_START + 100);
        _suspend();
        vm.warp(_START + 250);
        _admit(_RECORD, 5);
        same(_registry.rowCount(_ORGANISATION), 3, "count");
        _isRow(0, _RECORD, _START, 1, 1);
        _isRow(1, _RECORD, _START + 100, 2, 1);
        _isRow(2, _RECORD, _START + 250, 1, 5);
        same(_registry.latestRow(_ORGANISATION).roles, 5, "latest roles");
        same(_registry.accountOf(_ORGANISATION), _ACCOUNT, "account");
    }

    function test_rows_and_keys_lie_where_verifiers_read_them() external {
        _admit(_RECORD, 0x80000004);
        _addKey(_KEY);
        vm.warp(_START + 9);
        _retireKey(_KEY);
        _report(_KEY, 7);
        same(_slot(0), bytes32(uint256(uint160(_REGISTRAR))), "registrar");
        uint256 account = uint256(keccak256(abi.encode(_ORGANISATION, uint256(1))));
        same(_slot(account), bytes32(uint256(uint160(_ACCOUNT))), "account");
        bytes32 length = keccak256(abi.encode(_ORGANISATION, uint256(2)));
        uint256 first = uint256(keccak256(abi.encode(length)));
        same(_slot(uint256(length)), bytes32(uint256(1)), "count");
        same(_slot(first), _RECORD, "record");
        uint256 packed = (0x80000004 << 72) | (1 << 64) | _START;
        same(_slot(first + 1), bytes32(packed), "roles, status, time");
        bytes32 keys = keccak256(abi.encode(_ORGANISATION, uint256(3)));
        uint256 times = (7 << 128) | ((_START + 9) << 64) | _START;
        same(_slot(uint256(keccak256(abi.encode(_KEY, keys)))), bytes32(times), "times of the key");
    }

    function testFuzz_only_the_registrar_admits_suspends_and_expels(address caller) external {
        vm.assume(caller != _REGISTRAR);
        _admit(_RECORD, 1);
        bytes memory reason = abi.encodeWithSelector(
            IOrganizationRegistry.NotRegistrar.selector,
            caller
        );
        vm.expectRevert(reason);
        vm.prank(caller);
        _registry.admit(_ORGANISATION, _ACCOUNT, _RECORD, 1);
        vm.expectRevert(reason);
        vm.prank(caller);
        _registry.suspend(_ORGANISATION);
        vm.expectRevert(reason);
        vm.prank(caller);
        _registry.expel(_ORGANISATION);
    }

    function test_admission_names_an_account_and_a_record() external {
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.AddressMissing.selector));
        vm.prank(_REGISTRAR);
        _registry.admit(_ORGANISATION, address(0), _RECORD, 1);
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.RecordMissing.selector));
        _admit(0, 1);
    }

    function test_attack_registrar_swaps_the_account() external {
        _admit(_RECORD, 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.AccountDiffers.selector,
                _ORGANISATION,
                _ACCOUNT
            )
        );
        vm.prank(_REGISTRAR);
        _registry.admit(_ORGANISATION, _REGISTRAR, _RECORD, 1);
    }

    function test_expulsion_is_final() external {
        _admit(_RECORD, 3);
        _expel();
        _isRow(1, _RECORD, _START, 3, 3);
        _forbidden(3);
        _admit(_RECORD, 3);
        _forbidden(3);
        _suspend();
        _forbidden(3);
        _expel();
        _forbidden(3);
        _addKey(_KEY);
    }

    function test_only_the_admitted_are_suspended_and_only_the_known_expelled() external {
        _forbidden(0);
        _suspend();
        _forbidden(0);
        _expel();
        _admit(_RECORD, 1);
        _suspend();
        _forbidden(2);
        _suspend();
        _expel();
        same(_registry.latestRow(_ORGANISATION).status, 3, "expelled from suspension");
    }

    function testFuzz_only_its_own_account_touches_an_organisations_keys(address caller) external {
        vm.assume(caller != _ACCOUNT);
        _admit(_RECORD, 1);
        _addKey(_KEY);
        bytes memory reason = abi.encodeWithSelector(
            IOrganizationRegistry.NotOrganizationAccount.selector,
            _ORGANISATION,
            caller
        );
        vm.expectRevert(reason);
        vm.prank(caller);
        _registry.addKey(_ORGANISATION, "another");
        vm.expectRevert(reason);
        vm.prank(caller);
        _registry.retireKey(_ORGANISATION, _KEY);
        vm.expectRevert(reason);
        vm.prank(caller);
        _registry.reportCompromise(_ORGANISATION, _KEY, 1);
    }

    function test_times_of_a_key_are_set_once() external {
        _admit(_RECORD, 1);
        _addKey(_KEY);
        vm.warp(_START + 50);
        vm.expectRevert(_aboutKey(IOrganizationRegistry.KeyAlreadyAdded.selector, _KEY));
        _addKey(_KEY);
        _retireKey(_KEY);
        vm.warp(_START + 90);
        vm.expectRevert(_aboutKey(IOrganizationRegistry.KeyAlreadyRetired.selector, _KEY));
        _retireKey(_KEY);
        vm.expectRevert(_aboutKey(IOrganizationRegistry.KeyAlreadyAdded.selector, _KEY));
        _addKey(_KEY);
        same(_registry.keyOf(_ORGANISATION, _KEY).added, _START, "added");
        same(_registry.keyOf(_ORGANISATION, _KEY).retired, _START + 50, "retired");
    }

    function test_a_key_never_added_is_neither_retired_nor_reported() external {
        _admit(_RECORD, 1);
        vm.expectRevert(_aboutKey(IOrganizationRegistry.KeyUnknown.selector, _KEY));
        _retireKey(_KEY);
        vm.expectRevert(_aboutKey(IOrganizationRegistry.KeyUnknown.selector, _KEY));
        _report(_KEY, 1);
    }

    function testFuzz_compromise_only_moves_to_earlier_times(uint64 first, uint64 second) external {
        _admit(_RECORD, 1);
        _addKey(_KEY);
        bool accepted = first != 0 && first <= _START;
        if (!accepted) vm.expectRevert(_refusedTime(first, 0));
        _report(_KEY, first);
        uint64 reported = accepted ? first : 0;
        bool moved = second != 0 && second <= _START && (reported == 0 || second < reported);
        if (!moved) vm.expectRevert(_refusedTime(second, reported));
        _report(_KEY, second);
        uint64 expected = moved ? second : reported;
        same(_registry.keyOf(_ORGANISATION, _KEY).compromisedSince, expected, "since");
    }

    function test_compromise_edges() external {
        _admit(_RECORD, 1);
        _addKey(_KEY);
        uint64 present = uint64(_START);
        vm.expectRevert(_refusedTime(present + 1, 0));
        _report(_KEY, present + 1);
        _report(_KEY, present);
        vm.expectRevert(_refusedTime(present, present));
        _report(_KEY, present);
        vm.expectRevert(_refusedTime(0, present));
        _report(_KEY, 0);
        _report(_KEY, 1);
    }

    function test_suspended_may_look_after_its_keys_expelled_may_only_close_them() external {
        _admit(_RECORD, 1);
        _addKey(_KEY);
        _suspend();
        _addKey("replacement");
        _retireKey(_KEY);
        _expel();
        _report(_KEY, 5);
        _retireKey("replacement");
        same(_registry.keyOf(_ORGANISATION, _KEY).compromisedSince, 5, "since");
    }

    function test_rows_that_are_not_there_are_refused() external {
        bytes memory reason = abi.encodeWithSelector(
            IOrganizationRegistry.NoSuchRow.selector,
            _ORGANISATION,
            0,
            0
        );
        vm.expectRevert(reason);
        _registry.latestRow(_ORGANISATION);
        vm.expectRevert(reason);
        _registry.row(_ORGANISATION, 0);
    }

    function _admit(bytes32 record, uint32 roles) private {
        vm.prank(_REGISTRAR);
        _registry.admit(_ORGANISATION, _ACCOUNT, record, roles);
    }

    function _suspend() private {
        vm.prank(_REGISTRAR);
        _registry.suspend(_ORGANISATION);
    }

    function _expel() private {
        vm.prank(_REGISTRAR);
        _registry.expel(_ORGANISATION);
    }

    function _addKey(bytes32 key) private {
        vm.prank(_ACCOUNT);
        _registry.addKey(_ORGANISATION, key);
    }

    function _retireKey(bytes32 key) private {
        vm.prank(_ACCOUNT);
        _registry.retireKey(_ORGANISATION, key);
    }

    function _report(bytes32 key, uint64 since) private {
        vm.prank(_ACCOUNT);
        _registry.reportCompromise(_ORGANISATION, key, since);
    }

    function _forbidden(uint8 status) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.StatusForbids.selector,
                _ORGANISATION,
                status
            )
        );
    }

    function _aboutKey(bytes4 selector, bytes32 key) private pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, _ORGANISATION, key);
    }

    function _refusedTime(uint64 since, uint64 reported) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IOrganizationRegistry.CompromiseTimeRefused.selector,
                since,
                reported
            );
    }

    function _isRow(
        uint256 number,
        bytes32 record,
        uint256 time,
        uint256 status,
        uint256 roles
    ) private view {
        IOrganizationRegistry.Row memory found = _registry.row(_ORGANISATION, number);
        same(found.record, record, "record");
        same(found.time, time, "time");
        same(found.status, status, "status");
        same(found.roles, roles, "roles");
    }

    function _slot(uint256 slot) private view returns (bytes32) {
        return vm.load(address(_registry), bytes32(slot));
    }
}
