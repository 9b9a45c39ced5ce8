// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OrganizationRegistry} from "../../../contracts/OrganizationRegistry.sol";
import {StatusRegistry} from "../../../contracts/StatusRegistry.sol";
import {IStatusRegistry} from "../../../contracts/interfaces/IStatusRegistry.sol";
import {Test} from "./Test.sol";

contract StatusRegistryTest is Test {
    uint256 private constant _START = 1_800_000_000;
    address private constant _ACCOUNT = address(0xACC);
    bytes32 private constant _ORGANISATION = keccak256("did:web:maker.example");
    bytes32 private constant _DIGEST = keccak256("footprint");
    bytes32 private constant _REASON = keccak256("status statement");
    address private constant _AUDITOR_ACCOUNT = address(0xA0D);
    bytes32 private constant _AUDITOR = keccak256("did:web:auditor.example");
    OrganizationRegistry private _organizations = new OrganizationRegistry(address(this));
    StatusRegistry private _registry = new StatusRegistry(address(_organizations));

    function setUp() external {
        vm.warp(_START);
        _organizations.admit(_ORGANISATION, _ACCOUNT, "record", 1);
        _organizations.admit(_AUDITOR, _AUDITOR_ACCOUNT, "record", 4);
    }

    function test_it_stands_on_a_registry_of_organisations() external {
        same(_registry.organizations(), address(_organizations), "organizations");
        vm.expectRevert(
            abi.encodeWithSelector(IStatusRegistry.NotAContract.selector, address(0xE0A))
        );
        new StatusRegistry(address(0xE0A));
    }

    function test_nothing_said_is_zero_and_what_is_said_lies_where_verifiers_read_it() external {
        bytes32 said = keccak256(abi.encode(_ORGANISATION, uint256(1)));
        uint256 slot = uint256(keccak256(abi.encode(_DIGEST, said)));
        same(_slot(slot), 0, "statement before");
        same(_slot(slot + 1), 0, "state before");
        _set(2, _REASON);
        same(_slot(slot), _REASON, "statement");
        same(_slot(slot + 1), bytes32((2 << 64) | _START), "state and time");
        same(_slot(0), bytes32(uint256(uint160(address(_organizations)))), "organizations");
        same(_registry.statusOf(_ORGANISATION, _DIGEST).state, 2, "state by view");
        same(_registry.statusOf(_ORGANISATION, _DIGEST).time, _START, "time by view");
    }

    function testFuzz_states_only_rise(uint8 first, uint8 second) external {
        _organizations.admit(_ORGANISATION, _ACCOUNT, "record", 5);
        bool set = first >= 1 && first <= 3;
        if (!set) _refuseState(0, first);
        _set(first, _REASON);
        uint8 present = set ? first : 0;
        bool risen = second > present && second <= 3;
        if (!risen) _refuseState(present, second);
        _set(second, _REASON);
        uint8 expected = risen ? second : present;
        same(_registry.statusOf(_ORGANISATION, _DIGEST).state, expected, "state");
    }

    function test_attack_withdrawal_is_not_taken_back() external {
        _set(2, _REASON);
        for (uint8 state = 0; state <= 2; ++state) {
            _refuseState(2, state);
            _set(state, _REASON);
        }
        _organizations.admit(_ORGANISATION, _ACCOUNT, "record", 5);
        _set(3, "adverse");
        _refuseState(3, 4);
        _set(4, _REASON);
        same(_registry.statusOf(_ORGANISATION, _DIGEST).statement, "adverse", "statement");
    }

    function test_a_status_names_its_statement() external {
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.StatementMissing.selector));
        _set(2, 0);
    }

    function testFuzz_nobody_speaks_for_another(address caller) external {
        vm.assume(caller != _ACCOUNT && caller != address(0)); // nothing is sent from address 0
        _refuseCaller(_ORGANISATION, caller);
        vm.prank(caller);
        _registry.set(_ORGANISATION, _DIGEST, 2, _REASON);
        _refuseCaller("never admitted", caller);
        vm.prank(caller);
        _registry.set("never admitted", _DIGEST, 2, _REASON);
    }

    function test_rows_of_two_organisations_do_not_touch() external {
        _conclude(_DIGEST);
        same(_registry.statusOf(_AUDITOR, _DIGEST).state, 3, "auditor's");
        same(_registry.statusOf(_ORGANISATION, _DIGEST).state, 0, "maker's");
    }

    function test_suspended_and_expelled_may_still_withdraw() external {
        _organizations.suspend(_ORGANISATION);
        _set(1, _REASON);
        _organizations.expel(_ORGANISATION);
        _set(2, _REASON);
        same(_registry.statusOf(_ORGANISATION, _DIGEST).state, 2, "state");
    }

    function test_who_concluded_adversely_lies_where_verifiers_find_it() external {
        _organizations.admit("second", address(0xA0E), "record", 4);
        uint256 list = uint256(keccak256(abi.encode(_DIGEST, uint256(2))));
        uint256 first = uint256(keccak256(abi.encode(list)));
        same(_slot(list), 0, "length before");
        _conclude(_DIGEST);
        vm.prank(address(0xA0E));
        _registry.set("second", _DIGEST, 3, _REASON);
        same(_slot(list), bytes32(uint256(2)), "length");
        same(_slot(first), _AUDITOR, "first");
        same(_slot(first + 1), "second", "second");
        same(_registry.adverseOf(_DIGEST).length, 2, "length by view");
        same(_registry.adverseOf(_DIGEST)[0], _AUDITOR, "first by view");
        same(_registry.adverseOf(_DIGEST)[1], "second", "second by view");
    }

    function testFuzz_each_digest_has_a_list_of_its_own(bytes32 digest, bytes32 other) external {
        vm.assume(digest != other);
        _conclude(digest);
        same(_registry.adverseOf(digest).length, 1, "its own");
        same(_registry.adverseOf(other).length, 0, "another's");
    }

    function testFuzz_lower_states_list_nobody(uint8 state) external {
        vm.assume(state == 1 || state == 2);
        vm.prank(_AUDITOR_ACCOUNT);
        _registry.set(_AUDITOR, _DIGEST, state, _REASON);
        same(_registry.adverseOf(_DIGEST).length, 0, "length");
        _conclude(_DIGEST); // from there it still rises
        same(_registry.adverseOf(_DIGEST).length, 1, "length after");
    }

    function testFuzz_a_conclusion_takes_the_role_of_auditor(uint32 roles) external {
        _organizations.admit(_ORGANISATION, _ACCOUNT, "record", roles);
        bool auditor = roles & 4 != 0;
        if (!auditor) _refuseAuditor(_ORGANISATION, 1, roles);
        _set(3, _REASON);
        same(_registry.statusOf(_ORGANISATION, _DIGEST).state, auditor ? 3 : 0, "state");
        same(_registry.adverseOf(_DIGEST).length, auditor ? 1 : 0, "length");
    }

    function test_attack_the_list_is_not_filled_by_others() external {
        _refuseAuditor(_ORGANISATION, 1, 1);
        _set(3, _REASON);
        _organizations.admit(_AUDITOR, _AUDITOR_ACCOUNT, "record", 11); // every role but auditor
        _refuseAuditor(_AUDITOR, 1, 11);
        _conclude(_DIGEST);
        _organizations.admit(_AUDITOR, _AUDITOR_ACCOUNT, "record", 4);
        _organizations.suspend(_AUDITOR);
        _refuseAuditor(_AUDITOR, 2, 4);
        _conclude(_DIGEST);
        _organizations.expel(_AUDITOR);
        _refuseAuditor(_AUDITOR, 3, 4);
        _conclude(_DIGEST);
        same(_registry.adverseOf(_DIGEST).length, 0, "length");
        same(_registry.statusOf(_AUDITOR, _DIGEST).state, 0, "state");
    }

    function test_attack_nobody_is_listed_twice() external {
        _conclude(_DIGEST);
        for (uint8 state = 0; state <= 4; ++state) {
            _refuseState(3, state);
            vm.prank(_AUDITOR_ACCOUNT);
            _registry.set(_AUDITOR, _DIGEST, state, _REASON);
        }
        same(_registry.adverseOf(_DIGEST).length, 1, "length");
    }

    function test_attack_a_conclusion_is_not_hushed_up_with_its_auditor() external {
        _conclude(_DIGEST);
        _organizations.suspend(_AUDITOR);
        _organizations.admit(_AUDITOR, _AUDITOR_ACCOUNT, "record", 1);
        _organizations.expel(_AUDITOR);
        same(_registry.adverseOf(_DIGEST).length, 1, "length");
        same(_registry.adverseOf(_DIGEST)[0], _AUDITOR, "who");
        same(_registry.statusOf(_AUDITOR, _DIGEST).state, 3, "state");
    }

    function test_a_readmitted_auditor_concludes_again() external {
        _organizations.suspend(_AUDITOR);
        _organizations.admit(_AUDITOR, _AUDITOR_ACCOUNT, "record", 4);
        _conclude(_DIGEST);
        same(_registry.adverseOf(_DIGEST).length, 1, "length");
    }

    function _conclude(bytes32 digest) private {
        vm.prank(_AUDITOR_ACCOUNT);
        _registry.set(_AUDITOR, digest, 3, _REASON);
    }

    function _refuseAuditor(bytes32 organisation, uint8 status, uint32 roles) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IStatusRegistry.NotAuditor.selector,
                organisation,
                status,
                roles
            )
        );
    }

    function _set(uint8 state, bytes32 statement) private {
        vm.prank(_ACCOUNT);
        _registry.set(_ORGANISATION, _DIGEST, state, statement);
    }

    function _refuseState(uint8 present, uint8 state) private {
        vm.expectRevert(
            abi.encodeWithSelector(IStatusRegistry.StateMustRise.selector, present, state)
        );
    }

    function _refuseCaller(bytes32 organisation, address caller) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IStatusRegistry.NotOrganizationAccount.selector,
                organisation,
                caller
            )
        );
    }

    function _slot(uint256 slot) private view returns (bytes32) {
        return vm.load(address(_registry), bytes32(slot));
    }
}
