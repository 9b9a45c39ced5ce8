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
    bytes32 private constant _PROOF = keccak256("proof of possession");
    bytes32 private constant _DECISION = keccak256("decision");
    uint64 private constant _WINDOW = 90 days;
    OrganizationRegistry private _registry = new OrganizationRegistry(_REGISTRAR);

    function setUp() external {
        vm.warp(_START);
    }

    function test_a_registry_has_a_registrar() external {
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
        _report(_KEY, uint64(_START) + 7);
        _expelFor(128, uint64(_START), uint64(_START) + 8);
        same(_slot(0), bytes32(uint256(uint160(_REGISTRAR))), "registrar");
        bytes32 accounts = keccak256(abi.encode(_ORGANISATION, uint256(4)));
        same(_slot(uint256(accounts)), bytes32(uint256(1)), "one account");
        uint256 account = uint256(keccak256(abi.encode(accounts)));
        same(_slot(account), bytes32((_START << 160) | uint160(_ACCOUNT)), "account and time");
        bytes32 whose = keccak256(abi.encode(_ACCOUNT, uint256(5)));
        same(_slot(uint256(whose)), _ORGANISATION, "whose account it is");
        bytes32 length = keccak256(abi.encode(_ORGANISATION, uint256(2)));
        uint256 first = uint256(keccak256(abi.encode(length)));
        same(_slot(uint256(length)), bytes32(uint256(2)), "count");
        same(_slot(first), _RECORD, "record");
        same(_slot(first + 1), 0, "no decision");
        uint256 packed = (0x80000004 << 72) | (1 << 64) | _START;
        same(_slot(first + 2), bytes32(packed), "roles, status, time");
        same(_slot(first + 4), _DECISION, "decision");
        packed = (0x80000004 << 72) | (3 << 64) | (_START + 9);
        packed |= ((_START + 8) << 184) | (_START << 120) | (2 << 112) | (128 << 104);
        same(_slot(first + 5), bytes32(packed), "window, reach, reason, roles, status, time");
        bytes32 keys = keccak256(abi.encode(_ORGANISATION, uint256(3)));
        uint256 key = uint256(keccak256(abi.encode(_KEY, keys)));
        uint256 times = ((_START + 7) << 128) | ((_START + 9) << 64) | _START;
        same(_slot(key), bytes32(times), "times of the key");
        same(_slot(key + 1), _PROOF, "proof of possession");
    }

    function test_accreditations_lie_where_verifiers_read_them() external {
        _accreditor();
        _admit(_RECORD, 4);
        _accredit(1000, 2000);
        vm.warp(_START + 5);
        vm.prank(address(0xACD));
        _registry.endAccreditation(_ORGANISATION, 0);
        bytes32 length = keccak256(abi.encode(_ORGANISATION, uint256(7)));
        uint256 first = uint256(keccak256(abi.encode(length)));
        same(_slot(uint256(length)), bytes32(uint256(1)), "count");
        same(_slot(first), "scope", "scope");
        same(_slot(first + 1), "accreditor", "accreditor");
        uint256 packed = ((_START + 5) << 192) | (_START << 128) | (2000 << 64) | 1000;
        same(_slot(first + 2), bytes32(packed), "ended, time, until, from");
        same(_registry.accreditationsOf(_ORGANISATION)[0].until, 2000, "until by view");
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
        _registry.admit(_ORGANISATION, _ACCOUNT, _RECORD, 1, 0, 0);
        vm.expectRevert(reason);
        vm.prank(caller);
        _registry.suspend(_ORGANISATION, 4, 0, 0, _DECISION);
        vm.expectRevert(reason);
        vm.prank(caller);
        _registry.expel(_ORGANISATION, 1, 0, 0, _DECISION);
    }

    function test_admission_names_an_account_and_a_record() external {
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.AddressMissing.selector));
        vm.prank(_REGISTRAR);
        _registry.admit(_ORGANISATION, address(0), _RECORD, 1, 0, 0);
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
        _registry.admit(_ORGANISATION, _REGISTRAR, _RECORD, 1, 0, 0);
    }

    function test_only_a_decision_readmits_who_was_expelled() external {
        _admit(_RECORD, 3);
        _expel();
        _isRow(1, _RECORD, _START, 3, 3);
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.DecisionMissing.selector));
        _admit(_RECORD, 3);
        _forbidden(3);
        _suspend();
        _forbidden(3);
        _expel();
        _forbidden(3);
        _addKey(_KEY);
        vm.prank(_REGISTRAR);
        _registry.admit(_ORGANISATION, _ACCOUNT, _RECORD, 3, 5, _DECISION);
        same(_registry.latestRow(_ORGANISATION).status, 1, "status");
        same(_registry.latestRow(_ORGANISATION).reason, 5, "reason");
        same(_registry.latestRow(_ORGANISATION).reach, 1, "reach");
        same(_registry.row(_ORGANISATION, 1).status, 3, "the old row stands");
    }

    function test_what_comes_to_light_after_an_expulsion_still_voids_its_window() external {
        _admit(_RECORD, 1);
        vm.warp(_START + 100);
        _expel();
        vm.warp(_START + 200);
        _expelFor(128, uint64(_START), uint64(_START) + 50);
        same(_registry.rowCount(_ORGANISATION), 3, "count");
        same(_registry.latestRow(_ORGANISATION).windowUntil, _START + 50, "window");
    }

    function testFuzz_reach_follows_from_the_reason(uint8 reason) external {
        _admit(_RECORD, 1);
        vm.warp(_START + 100);
        bool retroactive = reason >= 128;
        if (reason == 0) {
            vm.expectRevert(
                abi.encodeWithSelector(IOrganizationRegistry.ReasonRefused.selector, 0)
            );
        }
        _expelFor(reason, retroactive ? uint64(_START) : 0, retroactive ? uint64(_START) + 1 : 0);
        if (reason == 0) return;
        same(_registry.latestRow(_ORGANISATION).reason, reason, "reason");
        same(_registry.latestRow(_ORGANISATION).reach, retroactive ? 2 : 1, "reach");
    }

    function testFuzz_a_window_lies_within_what_is_past(uint64 from, uint64 until) external {
        _admit(_RECORD, 1);
        vm.warp(_START + 1000);
        from = uint64(_START) - 5 + (from % 1010);
        until = uint64(_START) - 5 + (until % 1010);
        bool right = from >= _START && from < until && until <= block.timestamp;
        if (!right) _refusedWindow(from, until);
        _expelFor(128, from, until);
        same(_registry.rowCount(_ORGANISATION), right ? 2 : 1, "count");
    }

    function test_a_prospective_reason_has_no_window_and_each_end_a_decision() external {
        _admit(_RECORD, 1);
        vm.warp(_START + 1000);
        _refusedWindow(uint64(_START), uint64(_START) + 1);
        _expelFor(2, uint64(_START), uint64(_START) + 1);
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.DecisionMissing.selector));
        vm.prank(_REGISTRAR);
        _registry.suspend(_ORGANISATION, 4, 0, 0, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IOrganizationRegistry.ReasonRefused.selector, 128)
        );
        vm.prank(_REGISTRAR);
        _registry.admit(_ORGANISATION, _ACCOUNT, _RECORD, 1, 128, _DECISION);
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
        _registry.addKey(_ORGANISATION, "another", _PROOF);
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
        uint64 present = uint64(_START) + 200 days;
        vm.warp(present);
        uint64 earliest = present - _WINDOW;
        first = uint64(_START) - 1 days + (first % 202 days);
        second = uint64(_START) - 1 days + (second % 202 days);
        bool accepted = first >= earliest && first <= present;
        if (!accepted) vm.expectRevert(_refusedTime(first, earliest, 0));
        _report(_KEY, first);
        uint64 reported = accepted ? first : 0;
        bool moved = second >= earliest && second <= present && (reported == 0 || second < reported);
        if (!moved) vm.expectRevert(_refusedTime(second, earliest, reported));
        _report(_KEY, second);
        uint64 expected = moved ? second : reported;
        same(_registry.keyOf(_ORGANISATION, _KEY).compromisedSince, expected, "since");
    }

    function test_compromise_edges() external {
        _admit(_RECORD, 1);
        _addKey(_KEY);
        uint64 added = uint64(_START);
        vm.expectRevert(_refusedTime(added + 1, added, 0));
        _report(_KEY, added + 1);
        vm.warp(_START + _WINDOW + 10);
        vm.expectRevert(_refusedTime(added + 9, added + 10, 0));
        _report(_KEY, added + 9);
        _report(_KEY, added + 10);
        vm.expectRevert(_refusedTime(added + 10, added + 10, added + 10));
        _report(_KEY, added + 10);
        vm.expectRevert(_refusedTime(0, added + 10, added + 10));
        _report(_KEY, 0);
    }

    function test_attack_a_stolen_account_voids_nobodys_past() external {
        _admit(_RECORD, 1);
        _addKey(_KEY);
        vm.warp(_START + 300 days);
        vm.expectRevert(_refusedTime(86_400, uint64(_START) + 210 days, 0));
        _report(_KEY, 86_400); // "since 1970"
        vm.expectRevert(_refusedTime(uint64(_START), uint64(_START) + 210 days, 0));
        _report(_KEY, uint64(_START));
    }

    function test_further_back_only_the_registrar_dates_a_compromise() external {
        _admit(_RECORD, 1);
        _addKey(_KEY);
        vm.warp(_START + 300 days);
        vm.expectRevert(_refusedTime(uint64(_START) - 1, uint64(_START), 0));
        _backDate(_REGISTRAR, uint64(_START) - 1);
        _backDate(_REGISTRAR, uint64(_START) + 10);
        vm.expectEmit();
        emit IOrganizationRegistry.KeyCompromised(_ORGANISATION, _KEY, uint64(_START));
        vm.expectEmit();
        emit IOrganizationRegistry.CompromiseBackDated(_ORGANISATION, _KEY, _DECISION);
        _backDate(_REGISTRAR, uint64(_START));
        same(_registry.keyOf(_ORGANISATION, _KEY).compromisedSince, _START, "since");
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.DecisionMissing.selector));
        vm.prank(_REGISTRAR);
        _registry.backDateCompromise(_ORGANISATION, _KEY, uint64(_START), 0);
    }

    function test_attack_one_authority_voids_a_past() external {
        _admit(_RECORD, 1);
        _addKey(_KEY);
        vm.warp(_START + 300 days);
        vm.prank(_REGISTRAR);
        _registry.admit("authority", address(0xA47), _RECORD, 0xFFFFFFFF, 0, 0);
        address[3] memory callers = [address(0xA47), _ACCOUNT, address(0xBAD)];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IOrganizationRegistry.NotRegistrar.selector, callers[i])
            );
            _backDate(callers[i], uint64(_START));
        }
        same(_registry.keyOf(_ORGANISATION, _KEY).compromisedSince, 0, "since");
    }

    function test_a_key_is_added_with_a_proof_of_possession() external {
        _admit(_RECORD, 1);
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.PossessionMissing.selector));
        vm.prank(_ACCOUNT);
        _registry.addKey(_ORGANISATION, _KEY, 0);
        vm.expectEmit();
        emit IOrganizationRegistry.KeyAdded(_ORGANISATION, _KEY, _PROOF);
        _addKey(_KEY);
        same(_registry.keyOf(_ORGANISATION, _KEY).possession, _PROOF, "possession");
    }

    // Accounts.

    function test_attack_one_account_serves_one_organisation() external {
        _admit(_RECORD, 1);
        _refusedTaken(_ACCOUNT, _ORGANISATION);
        vm.prank(_REGISTRAR);
        _registry.admit("shell auditor", _ACCOUNT, _RECORD, 4, 0, 0);
        // Nor does one that handed over, or one invited by two.
        _handOver(address(0x2), 0);
        _refusedTaken(_ACCOUNT, _ORGANISATION);
        vm.prank(_REGISTRAR);
        _registry.admit("shell auditor", _ACCOUNT, _RECORD, 4, 0, 0);
        vm.prank(address(0x2));
        _registry.proposeAccount(_ORGANISATION, address(0x3));
        vm.prank(_REGISTRAR);
        _registry.admit("shell auditor", address(0x3), _RECORD, 4, 0, 0);
        _refusedTaken(address(0x3), "shell auditor");
        vm.prank(address(0x3));
        _registry.acceptAccount(_ORGANISATION);
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.OrganisationMissing.selector));
        vm.prank(_REGISTRAR);
        _registry.admit(0, address(0x9), _RECORD, 4, 0, 0);
    }

    function test_an_account_is_handed_over_by_both_and_its_history_stays() external {
        _admit(_RECORD, 1);
        _addKey(_KEY);
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.NotPendingAccount.selector,
                _ORGANISATION,
                address(0x2)
            )
        );
        vm.prank(address(0x2));
        _registry.acceptAccount(_ORGANISATION);
        _handOver(address(0x2), 50);
        same(_registry.accountOf(_ORGANISATION), address(0x2), "account");
        same(_registry.accountsOf(_ORGANISATION).length, 2, "history");
        same(_registry.accountsOf(_ORGANISATION)[0].account, _ACCOUNT, "first");
        same(_registry.accountsOf(_ORGANISATION)[1].time, _START + 50, "time");
        same(_registry.organisationOf(_ACCOUNT), _ORGANISATION, "whose it was");
        same(_registry.pendingAccountOf(_ORGANISATION).account, address(0), "none invited");
        _notItsAccount(_ACCOUNT);
        _retireKey(_KEY);
        vm.prank(address(0x2));
        _registry.retireKey(_ORGANISATION, _KEY);
        // The registrar admits it with its present account.
        vm.prank(_REGISTRAR);
        _registry.admit(_ORGANISATION, address(0x2), _RECORD, 1, 0, 0);
    }

    function test_a_lost_account_is_recovered_after_a_delay_in_the_open() external {
        _admit(_RECORD, 1);
        uint64 notBefore = uint64(_START) + _registry.RECOVERY_DELAY();
        vm.expectEmit();
        emit IOrganizationRegistry.AccountProposed(_ORGANISATION, address(0x2), notBefore, true);
        vm.expectEmit();
        emit IOrganizationRegistry.RecoveryStarted(
            _ORGANISATION,
            address(0x2),
            notBefore,
            _DECISION
        );
        _recover(address(0x2));
        vm.warp(notBefore - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.TooEarly.selector,
                _ORGANISATION,
                notBefore
            )
        );
        vm.prank(address(0x2));
        _registry.acceptAccount(_ORGANISATION);
        vm.warp(notBefore);
        vm.prank(address(0x2));
        _registry.acceptAccount(_ORGANISATION);
        same(_registry.accountOf(_ORGANISATION), address(0x2), "account");
    }

    function test_attack_the_registrar_takes_an_account_that_is_not_lost() external {
        _admit(_RECORD, 1);
        _recover(_REGISTRAR);
        vm.prank(_ACCOUNT);
        _registry.proposeAccount(_ORGANISATION, address(0)); // its own account objects
        vm.warp(_START + 30 days);
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.NotPendingAccount.selector,
                _ORGANISATION,
                _REGISTRAR
            )
        );
        vm.prank(_REGISTRAR);
        _registry.acceptAccount(_ORGANISATION);
    }

    function test_attack_who_took_an_account_ends_its_recovery() external {
        _admit(_RECORD, 1);
        _suspend();
        _recover(address(0x2));
        bytes memory pending = abi.encodeWithSelector(
            IOrganizationRegistry.RecoveryPending.selector,
            _ORGANISATION
        );
        vm.expectRevert(pending);
        vm.prank(_ACCOUNT);
        _registry.proposeAccount(_ORGANISATION, address(0));
        vm.expectRevert(pending);
        vm.prank(_ACCOUNT);
        _registry.proposeAccount(_ORGANISATION, address(0x666));
        vm.warp(_START + 7 days);
        vm.prank(address(0x2));
        _registry.acceptAccount(_ORGANISATION);
        same(_registry.accountOf(_ORGANISATION), address(0x2), "account");
    }

    function testFuzz_attack_a_taken_account_acts_while_it_is_recovered(bool suspended) external {
        uint256 secret = 0x51;
        bytes32 kind = keccak256(
            "RetireKey(bytes32 organisationId,bytes32 thumbprint,uint256 nonce,uint256 deadline)"
        );
        vm.prank(_REGISTRAR);
        _registry.admit("taken", vm.addr(secret), _RECORD, 65, 0, 0);
        _admit(_RECORD, 4);
        vm.prank(vm.addr(secret));
        _registry.addKey("taken", _KEY, _PROOF);
        vm.prank(vm.addr(secret));
        _registry.accredit("taken", _ORGANISATION, "scope", 1, 2);
        if (suspended) {
            vm.prank(_REGISTRAR);
            _registry.suspend("taken", 4, 0, 0, _DECISION);
        }
        vm.prank(_REGISTRAR);
        _registry.startRecovery("taken", address(0x2), _DECISION);
        bytes memory refused = abi.encodeWithSelector(
            IOrganizationRegistry.RecoveryPending.selector,
            bytes32("taken")
        );
        vm.expectRevert(refused);
        vm.prank(vm.addr(secret));
        _registry.addKey("taken", "another", _PROOF);
        vm.expectRevert(refused);
        vm.prank(vm.addr(secret));
        _registry.retireKey("taken", _KEY);
        vm.expectRevert(refused);
        vm.prank(vm.addr(secret));
        _registry.reportCompromise("taken", _KEY, uint64(_START));
        vm.expectRevert(refused);
        vm.prank(vm.addr(secret));
        _registry.accredit("taken", _ORGANISATION, "scope", 1, 2);
        vm.expectRevert(refused);
        vm.prank(vm.addr(secret));
        _registry.endAccreditation(_ORGANISATION, 0);
        bytes memory act = _signed(secret, abi.encode(kind, bytes32("taken"), _KEY, 0, _START));
        vm.expectRevert(refused);
        _registry.retireKeyFor("taken", _KEY, _START, act);
        vm.expectRevert(refused);
        _registry.requireActing("taken", vm.addr(secret));
        vm.prank(_REGISTRAR);
        _registry.dropRecovery("taken");
        _registry.requireActing("taken", vm.addr(secret));
        _registry.retireKeyFor("taken", _KEY, _START, act);
        same(_registry.keyOf("taken", _KEY).retired, _START, "retired");
    }

    function test_the_registrar_takes_a_recovery_back_and_nothing_else() external {
        _admit(_RECORD, 1);
        _recover(address(0x2));
        vm.prank(_REGISTRAR);
        _registry.dropRecovery(_ORGANISATION);
        vm.prank(_ACCOUNT);
        _registry.proposeAccount(_ORGANISATION, address(0x2));
        vm.expectRevert(
            abi.encodeWithSelector(IOrganizationRegistry.NothingPending.selector, _ORGANISATION)
        );
        vm.prank(_REGISTRAR);
        _registry.dropRecovery(_ORGANISATION);
    }

    function test_the_registrars_rights_are_handed_over_by_both() external {
        address next = address(0x7E9);
        bytes4 refused = IOrganizationRegistry.NotPendingRegistrar.selector;
        vm.expectRevert(abi.encodeWithSelector(refused, next));
        vm.prank(next);
        _registry.acceptRegistrar();
        vm.prank(_REGISTRAR);
        _registry.proposeRegistrar(next);
        same(_registry.pendingRegistrar(), next, "invited");
        same(_registry.registrar(), _REGISTRAR, "not yet");
        vm.prank(next);
        _registry.acceptRegistrar();
        same(_registry.registrar(), next, "registrar");
        vm.expectRevert(
            abi.encodeWithSelector(IOrganizationRegistry.NotRegistrar.selector, _REGISTRAR)
        );
        _admit(_RECORD, 1);
        vm.expectRevert(abi.encodeWithSelector(refused, next));
        vm.prank(next);
        _registry.acceptRegistrar();
    }

    // Accreditations.

    function test_only_an_admitted_accreditor_accredits_another() external {
        _admit(_RECORD, 4);
        bytes4 refused = IOrganizationRegistry.NotAccreditor.selector;
        vm.expectRevert(abi.encodeWithSelector(refused, _ORGANISATION));
        vm.prank(_ACCOUNT);
        _registry.accredit(_ORGANISATION, "body", "scope", 1, 2);
        _accreditor();
        bytes4 body = IOrganizationRegistry.NotABody.selector;
        vm.expectRevert(abi.encodeWithSelector(body, bytes32("accreditor")));
        vm.prank(address(0xACD));
        _registry.accredit("accreditor", "accreditor", "scope", 1, 2);
        vm.expectRevert(abi.encodeWithSelector(body, bytes32("unknown")));
        vm.prank(address(0xACD));
        _registry.accredit("accreditor", "unknown", "scope", 1, 2);
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.ScopeMissing.selector));
        vm.prank(address(0xACD));
        _registry.accredit("accreditor", _ORGANISATION, 0, 1, 2);
        _refusedWindow(0, 2);
        _accredit(0, 2);
        _refusedWindow(2, 2);
        _accredit(2, 2);
        _accredit(2, 3);
        vm.prank(_REGISTRAR);
        _registry.suspend("accreditor", 4, 0, 0, _DECISION);
        vm.expectRevert(abi.encodeWithSelector(refused, bytes32("accreditor")));
        _accredit(2, 3);
    }

    function test_attack_one_accreditor_writes_more_than_can_be_read() external {
        _accreditor();
        _admit(_RECORD, 4);
        for (uint256 i = 0; i < _registry.MOST_ACCREDITATIONS(); ++i) _accredit(1, 2);
        vm.prank(_REGISTRAR);
        _registry.endAccreditation(_ORGANISATION, 0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.TooManyAccreditations.selector,
                bytes32("accreditor"),
                _ORGANISATION
            )
        );
        _accredit(1, 2);
        vm.prank(_REGISTRAR);
        _registry.admit("second", address(0xACE), _RECORD, 64, 0, 0);
        vm.prank(address(0xACE));
        _registry.accredit("second", _ORGANISATION, "scope", 1, 2);
    }

    function test_attack_many_accreditors_write_more_than_can_be_read() external {
        _accreditor();
        _admit(_RECORD, 4);
        bytes32 list = keccak256(abi.encode(_ORGANISATION, uint256(7)));
        vm.store(address(_registry), list, bytes32(uint256(1023))); // written by others
        _accredit(1, 2);
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.TooManyAccreditations.selector,
                bytes32("accreditor"),
                _ORGANISATION
            )
        );
        _accredit(1, 2);
        same(_slot(uint256(list)), bytes32(uint256(1024)), "count");
    }

    function test_an_accreditation_is_ended_once_by_its_accreditor_or_the_registrar() external {
        _accreditor();
        _admit(_RECORD, 4);
        _accredit(1, 2);
        _accredit(1, 2);
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.NotOrganizationAccount.selector,
                bytes32("accreditor"),
                _ACCOUNT
            )
        );
        vm.prank(_ACCOUNT);
        _registry.endAccreditation(_ORGANISATION, 0);
        vm.prank(address(0xACD));
        _registry.endAccreditation(_ORGANISATION, 0);
        vm.prank(_REGISTRAR);
        _registry.endAccreditation(_ORGANISATION, 1);
        same(_registry.accreditationsOf(_ORGANISATION)[1].ended, _START, "ended");
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.AccreditationHasEnded.selector,
                _ORGANISATION,
                0
            )
        );
        vm.prank(_REGISTRAR);
        _registry.endAccreditation(_ORGANISATION, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IOrganizationRegistry.NoSuchRow.selector, _ORGANISATION, 2, 2)
        );
        vm.prank(_REGISTRAR);
        _registry.endAccreditation(_ORGANISATION, 2);
    }

    // Signed acts.

    function test_signed_acts_are_sent_by_anyone_each_once() external {
        uint256 secret = 0x51;
        bytes32 its = "without ether";
        vm.prank(_REGISTRAR);
        _registry.admit(its, vm.addr(secret), _RECORD, 1, 0, 0);
        bytes32 kind = keccak256(
            "AddKey(bytes32 organisationId,bytes32 thumbprint,bytes32 possession,uint256 nonce,uint256 deadline)"
        );
        bytes memory added = _signed(secret, abi.encode(kind, its, _KEY, _PROOF, 0, _START));
        _registry.addKeyFor(its, _KEY, _PROOF, _START, added);
        vm.expectRevert();
        _registry.addKeyFor(its, _KEY, _PROOF, _START, added);
        kind = keccak256(
            "ReportCompromise(bytes32 organisationId,bytes32 thumbprint,uint64 since,uint256 nonce,uint256 deadline)"
        );
        bytes memory report = _signed(secret, abi.encode(kind, its, _KEY, _START, 1, _START));
        _registry.reportCompromiseFor(its, _KEY, uint64(_START), _START, report);
        kind = keccak256(
            "RetireKey(bytes32 organisationId,bytes32 thumbprint,uint256 nonce,uint256 deadline)"
        );
        bytes memory retired = _signed(secret, abi.encode(kind, its, _KEY, 2, _START));
        vm.expectRevert();
        _registry.retireKeyFor(its, "another", _START, retired);
        _registry.retireKeyFor(its, _KEY, _START, retired);
        same(_registry.keyOf(its, _KEY).retired, _START, "retired");
        same(_registry.keyOf(its, _KEY).compromisedSince, _START, "compromised");
        same(_registry.keyOf(its, _KEY).possession, _PROOF, "possession");
        same(_registry.nonceOf(its), 3, "nonce");
    }

    function test_attack_a_signed_act_of_an_account_that_handed_over() external {
        uint256 secret = 0x51;
        bytes32 its = "without ether";
        vm.prank(_REGISTRAR);
        _registry.admit(its, vm.addr(secret), _RECORD, 1, 0, 0);
        bytes32 kind = keccak256(
            "AddKey(bytes32 organisationId,bytes32 thumbprint,bytes32 possession,uint256 nonce,uint256 deadline)"
        );
        bytes memory added = _signed(secret, abi.encode(kind, its, _KEY, _PROOF, 0, _START));
        vm.prank(vm.addr(secret));
        _registry.proposeAccount(its, address(0x2));
        vm.prank(address(0x2));
        _registry.acceptAccount(its);
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.NotOrganizationAccount.selector,
                its,
                vm.addr(secret)
            )
        );
        _registry.addKeyFor(its, _KEY, _PROOF, _START, added);
    }

    function test_only_who_is_admitted_adds_keys_others_may_close_them() external {
        _admit(_RECORD, 1);
        _addKey(_KEY);
        _addKey("replacement");
        _suspend();
        _forbidden(2);
        _addKey("another");
        _retireKey(_KEY);
        _expel();
        _forbidden(3);
        _addKey("another");
        _report(_KEY, uint64(_START));
        _retireKey("replacement");
        same(_registry.keyOf(_ORGANISATION, "another").added, 0, "added");
        same(_registry.keyOf(_ORGANISATION, _KEY).compromisedSince, _START, "since");
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
        _registry.admit(_ORGANISATION, _ACCOUNT, record, roles, 0, 0);
    }

    function _suspend() private {
        vm.prank(_REGISTRAR);
        _registry.suspend(_ORGANISATION, 4, 0, 0, _DECISION);
    }

    function _expel() private {
        vm.prank(_REGISTRAR);
        _registry.expel(_ORGANISATION, 1, 0, 0, _DECISION);
    }

    function _addKey(bytes32 key) private {
        vm.prank(_ACCOUNT);
        _registry.addKey(_ORGANISATION, key, _PROOF);
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

    function _refusedTime(
        uint64 since,
        uint64 earliest,
        uint64 reported
    ) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IOrganizationRegistry.CompromiseTimeRefused.selector,
                since,
                earliest,
                reported
            );
    }

    function _refusedWindow(uint64 from, uint64 until) private {
        vm.expectRevert(
            abi.encodeWithSelector(IOrganizationRegistry.WindowRefused.selector, from, until)
        );
    }

    function _refusedTaken(address account, bytes32 organisation) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.AccountTaken.selector,
                account,
                organisation
            )
        );
    }

    function _notItsAccount(address account) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IOrganizationRegistry.NotOrganizationAccount.selector,
                _ORGANISATION,
                account
            )
        );
    }

    function _expelFor(uint8 reason, uint64 from, uint64 until) private {
        vm.prank(_REGISTRAR);
        _registry.expel(_ORGANISATION, reason, from, until, _DECISION);
    }

    function _backDate(address who, uint64 since) private {
        vm.prank(who);
        _registry.backDateCompromise(_ORGANISATION, _KEY, since, _DECISION);
    }

    function _handOver(address next, uint256 later) private {
        vm.prank(_ACCOUNT);
        _registry.proposeAccount(_ORGANISATION, next);
        vm.warp(_START + later);
        vm.prank(next);
        _registry.acceptAccount(_ORGANISATION);
    }

    function _recover(address next) private {
        vm.prank(_REGISTRAR);
        _registry.startRecovery(_ORGANISATION, next, _DECISION);
    }

    function _accreditor() private {
        vm.prank(_REGISTRAR);
        _registry.admit("accreditor", address(0xACD), _RECORD, 64, 0, 0);
    }

    function _accredit(uint64 from, uint64 until) private {
        vm.prank(address(0xACD));
        _registry.accredit("accreditor", _ORGANISATION, "scope", from, until);
    }

    function _signed(uint256 secret, bytes memory act) private view returns (bytes memory) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Rootprint"),
                keccak256("2"),
                block.chainid,
                address(_registry)
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domain, keccak256(act)));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, digest);
        return abi.encodePacked(r, s, v);
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
