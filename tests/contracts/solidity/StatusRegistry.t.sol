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
        _admit(_ORGANISATION, _ACCOUNT, 1);
        _admit(_AUDITOR, _AUDITOR_ACCOUNT, 4);
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
        uint256 list = uint256(keccak256(abi.encode(_DIGEST, said)));
        uint256 first = uint256(keccak256(abi.encode(list)));
        same(_slot(list), 0, "nothing said");
        same(_slot(3), 0, "no row at all");
        _set(4, _REASON);
        vm.warp(_START + 7);
        _set(5, "lifted");
        same(_slot(list), bytes32(uint256(2)), "count");
        same(_slot(first), _REASON, "statement");
        same(_slot(first + 1), bytes32((4 << 64) | _START), "state and time");
        same(_slot(first + 2), "lifted", "second statement");
        same(_slot(first + 3), bytes32((5 << 64) | (_START + 7)), "second state and time");
        same(_slot(0), bytes32(uint256(uint160(address(_organizations)))), "organizations");
        same(_registry.rowCount(_ORGANISATION, _DIGEST), 2, "count by view");
        same(_registry.row(_ORGANISATION, _DIGEST, 0).state, 4, "state by view");
        same(_registry.row(_ORGANISATION, _DIGEST, 0).time, _START, "time by view");
    }

    function test_one_word_commits_to_all_rows_in_their_order() external {
        _set(4, _REASON);
        bytes32 head = _chained(0, _ORGANISATION, _DIGEST, _REASON, 4);
        same(_registry.head(), head, "one");
        vm.warp(_START + 7);
        _conclude("another");
        head = _chained(head, _AUDITOR, "another", _REASON, 3);
        same(_registry.head(), head, "two");
        same(_slot(3), head, "where verifiers read it");
    }

    function testFuzz_what_may_follow_what(uint8 first, uint8 second) external {
        _admit(_ORGANISATION, _ACCOUNT, 5);
        bool set = first >= 1 && first <= 6 && first != 5;
        if (!set) _refuseState(0, first);
        _set(first, _REASON);
        uint8 present = set ? first : 0;
        bool follows = second >= 1 && second <= 6 && second != present && (second != 5 || present == 4);
        if (present == 2 || present == 3 || present == 6) follows = false;
        if (present == 4 && second == 1) follows = false;
        if (!follows) _refuseState(present, second);
        _set(second, _REASON);
        same(_last(_ORGANISATION, _DIGEST).state, follows ? second : present, "state");
    }

    function test_suspended_and_restored_again_and_again_leaves_every_interval() external {
        for (uint8 i = 0; i < 4; ++i) {
            vm.warp(_START + i);
            _set(i % 2 == 0 ? 4 : 5, _REASON);
        }
        same(_registry.rowCount(_ORGANISATION, _DIGEST), 4, "count");
        same(_registry.row(_ORGANISATION, _DIGEST, 2).time, _START + 2, "time");
        _set(6, "revoked");
        _refuseState(6, 5);
        _set(5, _REASON);
    }

    function test_attack_a_suspension_is_lifted_by_a_successor() external {
        _set(4, _REASON);
        _refuseState(4, 1);
        _set(1, "successor");
        _set(5, "lifted");
        _set(1, "successor");
        same(_registry.rowCount(_ORGANISATION, _DIGEST), 3, "count");
    }

    function test_attack_a_taken_account_withdraws_while_it_is_recovered() external {
        _organizations.suspend(_ORGANISATION, 4, 0, 0, "decision");
        _organizations.startRecovery(_ORGANISATION, address(0x2), "decision");
        vm.expectRevert(
            abi.encodeWithSelector(IStatusRegistry.RecoveryPending.selector, _ORGANISATION)
        );
        _set(2, _REASON);
        vm.warp(_START + 7 days);
        vm.prank(address(0x2));
        _organizations.acceptAccount(_ORGANISATION);
        vm.prank(address(0x2));
        _registry.set(_ORGANISATION, _DIGEST, 2, _REASON);
        same(_last(_ORGANISATION, _DIGEST).state, 2, "state");
    }

    function test_attack_withdrawal_is_not_taken_back() external {
        _admit(_ORGANISATION, _ACCOUNT, 5);
        _set(2, _REASON);
        for (uint8 state = 0; state <= 7; ++state) {
            _refuseState(2, state);
            _set(state, "something else");
        }
        same(_last(_ORGANISATION, _DIGEST).statement, _REASON, "statement");
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
        same(_last(_AUDITOR, _DIGEST).state, 3, "auditor's");
        same(_last(_ORGANISATION, _DIGEST).state, 0, "maker's");
    }

    function test_suspended_and_expelled_may_still_withdraw() external {
        _organizations.suspend(_ORGANISATION, 2, 0, 0, "decision");
        _set(1, _REASON);
        _organizations.expel(_ORGANISATION, 2, 0, 0, "decision");
        _set(2, _REASON);
        same(_last(_ORGANISATION, _DIGEST).state, 2, "state");
    }

    function test_who_concluded_adversely_lies_where_verifiers_find_it() external {
        _admit("second", address(0xA0E), 4);
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

    function testFuzz_other_states_list_nobody(uint8 state) external {
        vm.assume(state == 1 || state == 4);
        vm.prank(_AUDITOR_ACCOUNT);
        _registry.set(_AUDITOR, _DIGEST, state, _REASON);
        same(_registry.adverseOf(_DIGEST).length, 0, "length");
        _conclude(_DIGEST);
        same(_registry.adverseOf(_DIGEST).length, 1, "length after");
    }

    function testFuzz_a_conclusion_takes_the_role_of_auditor(uint32 roles) external {
        _admit(_ORGANISATION, _ACCOUNT, roles);
        bool auditor = roles & 4 != 0;
        if (!auditor) _refuseAuditor(_ORGANISATION, 1, roles);
        _set(3, _REASON);
        same(_last(_ORGANISATION, _DIGEST).state, auditor ? 3 : 0, "state");
        same(_registry.adverseOf(_DIGEST).length, auditor ? 1 : 0, "length");
    }

    function test_attack_the_list_is_not_filled_by_others() external {
        _refuseAuditor(_ORGANISATION, 1, 1);
        _set(3, _REASON);
        _admit(_AUDITOR, _AUDITOR_ACCOUNT, 11); // every role but auditor
        _refuseAuditor(_AUDITOR, 1, 11);
        _conclude(_DIGEST);
        _admit(_AUDITOR, _AUDITOR_ACCOUNT, 4);
        _organizations.suspend(_AUDITOR, 2, 0, 0, "decision");
        _refuseAuditor(_AUDITOR, 2, 4);
        _conclude(_DIGEST);
        _organizations.expel(_AUDITOR, 2, 0, 0, "decision");
        _refuseAuditor(_AUDITOR, 3, 4);
        _conclude(_DIGEST);
        same(_registry.adverseOf(_DIGEST).length, 0, "length");
        same(_last(_AUDITOR, _DIGEST).state, 0, "state");
    }

    function test_attack_nobody_is_listed_twice() external {
        _conclude(_DIGEST);
        for (uint8 state = 0; state <= 7; ++state) {
            _refuseState(3, state);
            vm.prank(_AUDITOR_ACCOUNT);
            _registry.set(_AUDITOR, _DIGEST, state, _REASON);
        }
        same(_registry.adverseOf(_DIGEST).length, 1, "length");
    }

    function test_attack_a_conclusion_is_not_hushed_up_with_its_auditor() external {
        _conclude(_DIGEST);
        _organizations.suspend(_AUDITOR, 2, 0, 0, "decision");
        _admit(_AUDITOR, _AUDITOR_ACCOUNT, 1);
        _organizations.expel(_AUDITOR, 2, 0, 0, "decision");
        same(_registry.adverseOf(_DIGEST).length, 1, "length");
        same(_registry.adverseOf(_DIGEST)[0], _AUDITOR, "who");
        same(_last(_AUDITOR, _DIGEST).state, 3, "state");
    }

    function test_a_readmitted_auditor_concludes_again() external {
        _organizations.suspend(_AUDITOR, 2, 0, 0, "decision");
        _admit(_AUDITOR, _AUDITOR_ACCOUNT, 4);
        _conclude(_DIGEST);
        same(_registry.adverseOf(_DIGEST).length, 1, "length");
    }

    // Signed acts.

    function test_a_signed_act_is_sent_by_anyone_once() external {
        uint256 key = 0x51;
        bytes32 its = "without ether";
        _admit(its, vm.addr(key), 1);
        bytes memory signature = _signed(key, its, 2, 0, _START, address(_registry), block.chainid);
        vm.prank(address(0xBAD));
        _registry.setFor(its, _DIGEST, 2, _REASON, _START, signature);
        same(_last(its, _DIGEST).state, 2, "state");
        same(_registry.nonceOf(its), 1, "nonce");
        vm.expectRevert(); // the nonce has gone on: what was signed is another's signature now
        _registry.setFor(its, _DIGEST, 2, _REASON, _START, signature);
    }

    function test_attack_a_relay_has_no_right_of_its_own() external {
        uint256 key = 0x51;
        bytes32 its = "without ether";
        _admit(its, vm.addr(key), 1);
        address here = address(_registry);
        // Other state, other nonce, other contract, other chain, too late.
        _refused(its, 1, _START, _signed(key, its, 2, 0, _START, here, block.chainid));
        _refused(its, 2, _START, _signed(key, its, 2, 1, _START, here, block.chainid));
        _refused(its, 2, _START, _signed(key, its, 2, 0, _START, address(1), block.chainid));
        _refused(its, 2, _START, _signed(key, its, 2, 0, _START, here, block.chainid + 1));
        _refused(its, 2, _START - 1, _signed(key, its, 2, 0, _START - 1, here, block.chainid));
        _refused(its, 2, _START + 1, _signed(key, its, 2, 0, _START, here, block.chainid));
        // Another account, the other s of a signature, a cut one.
        _refused(its, 2, _START, _signed(0x52, its, 2, 0, _START, here, block.chainid));
        bytes memory right = _signed(key, its, 2, 0, _START, here, block.chainid);
        _refused(its, 2, _START, _mirrored(right));
        _refused(its, 2, _START, bytes.concat(right, hex"00"));
        _refused(its, 2, _START, "");
        _registry.setFor(its, _DIGEST, 2, _REASON, _START, right);
    }

    function _refused(bytes32 its, uint8 state, uint256 deadline, bytes memory signature) private {
        vm.expectRevert();
        _registry.setFor(its, _DIGEST, state, _REASON, deadline, signature);
    }

    function _signed(
        uint256 key,
        bytes32 its,
        uint8 state,
        uint256 nonce,
        uint256 deadline,
        address contract_,
        uint256 chainId
    ) private pure returns (bytes memory) {
        bytes32 kind = keccak256(
            "SetStatus(bytes32 organisationId,bytes32 digest,uint8 state,bytes32 statement,uint256 nonce,uint256 deadline)"
        );
        bytes32 act = keccak256(abi.encode(kind, its, _DIGEST, state, _REASON, nonce, deadline));
        return _sign(key, act, contract_, chainId);
    }

    function _sign(
        uint256 key,
        bytes32 act,
        address contract_,
        uint256 chainId
    ) private pure returns (bytes memory) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Rootprint"),
                keccak256("2"),
                chainId,
                contract_
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domain, act));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _mirrored(bytes memory signature) private pure returns (bytes memory) {
        bytes32 r;
        uint256 s;
        assembly ("memory-safe") {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
        }
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        uint8 v = uint8(signature[64]) == 27 ? 28 : 27;
        return abi.encodePacked(r, order - s, v);
    }

    function _chained(
        bytes32 head,
        bytes32 organisation,
        bytes32 digest,
        bytes32 statement,
        uint256 state
    ) private view returns (bytes32) {
        return
            keccak256(
                abi.encode(head, organisation, digest, statement, state, uint256(block.timestamp))
            );
    }

    function _admit(bytes32 organisation, address account, uint32 roles) private {
        _organizations.admit(organisation, account, "record", roles, 0, 0);
    }

    /// @dev All zero if nothing was said.
    function _last(
        bytes32 organisation,
        bytes32 digest
    ) private view returns (IStatusRegistry.Row memory found) {
        uint256 count = _registry.rowCount(organisation, digest);
        if (count > 0) found = _registry.row(organisation, digest, count - 1);
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
            abi.encodeWithSelector(IStatusRegistry.StateCannotFollow.selector, present, state)
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
