// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CheckpointRegistry} from "../../../contracts/CheckpointRegistry.sol";
import {OrganizationRegistry} from "../../../contracts/OrganizationRegistry.sol";
import {StatusRegistry} from "../../../contracts/StatusRegistry.sol";
import {ICheckpointRegistry} from "../../../contracts/interfaces/ICheckpointRegistry.sol";
import {IOrganizationRegistry} from "../../../contracts/interfaces/IOrganizationRegistry.sol";
import {ReferenceTree} from "./ReferenceTree.sol";
import {Test} from "./Test.sol";

/// @dev Plays every role at random, with right and wrong arguments, and remembers each row as it was
/// first seen. What was seen must stay; nothing may come from one who is not entitled.
contract Players is Test {
    address public constant REGISTRAR = address(0x4E6);
    address private constant _OPERATOR = address(0xA11CE);
    bytes32 private constant _DIGEST = keccak256("record");
    OrganizationRegistry public organizations = new OrganizationRegistry(REGISTRAR);
    CheckpointRegistry public checkpoints = new CheckpointRegistry(address(organizations));
    StatusRegistry public status = new StatusRegistry(address(organizations));
    bytes32 public log;
    bytes32[3] public ids = [bytes32("maker"), "auditor", "authority"];
    bytes32[] private _seen; // one digest for each row, in the order of rows()
    uint256[5] private _counts;
    bool public broken;
    uint256 private _size;

    constructor() {
        vm.prank(_OPERATOR);
        log = checkpoints.openLog("vkey");
        uint32[3] memory roles = [uint32(1), 4, 8 | 64];
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(REGISTRAR);
            organizations.admit(ids[i], address(uint160(0x100 + i)), "record", roles[i], 0, 0);
        }
    }

    function anchor(uint8 step, uint8 who, bool honest) external {
        bytes32[] memory d = ReferenceTree.leaves(12, "leaves");
        uint256 next = _size + (step % 3);
        if (next > 12) return;
        bytes32 root = ReferenceTree.root(d, 0, next);
        bytes32[] memory proof = _size == 0 || next <= _size
            ? new bytes32[](0)
            : ReferenceTree.proof(d, _size, next);
        if (_size == 0) honest = true; // the first root is the operator's word
        if (!honest) root = ~root;
        address sender = _sender(who);
        vm.prank(sender);
        try checkpoints.anchor(log, uint64(next), root, proof) {
            if (sender != _OPERATOR || next <= _size || !honest) broken = true;
            _size = next;
        } catch {}
    }

    function standing(uint8 who, uint8 whom, uint8 what, uint8 reason, bool decided) external {
        address sender = _sender(who);
        bytes32 id = ids[whom % 3];
        bytes32 decision = decided ? bytes32("decision") : bytes32(0);
        uint64 from = reason < 128 ? 0 : uint64(organizations.row(id, 0).time);
        uint64 until = reason < 128 ? 0 : uint64(block.timestamp);
        address acting = organizations.accountOf(id);
        vm.warp(block.timestamp + 3600);
        vm.prank(sender);
        if (what % 3 == 0) {
            try organizations.suspend(id, reason, from, until, decision) {
                if (sender != REGISTRAR || !decided) broken = true;
            } catch {}
        } else if (what % 3 == 1) {
            try organizations.expel(id, reason, from, until, decision) {
                if (sender != REGISTRAR || !decided) broken = true;
            } catch {}
        } else {
            try organizations.admit(id, acting, "record", 5, 0, decision) {
                if (sender != REGISTRAR) broken = true;
            } catch {}
        }
    }

    function key(uint8 who, uint8 whom, uint8 what, uint64 since) external {
        address sender = _sender(who);
        bytes32 id = ids[whom % 3];
        bool own = _acts(sender, id);
        since = uint64(block.timestamp) - (since % 200 days);
        uint64 added = organizations.keyOf(id, "key").added;
        vm.prank(sender);
        if (what % 4 == 0) {
            try organizations.addKey(id, "key", "possession") {
                bool admitted = organizations.latestRow(id).status == 1;
                if (!own || added != 0 || !admitted) broken = true;
            } catch {}
        } else if (what % 4 == 1) {
            try organizations.retireKey(id, "key") {
                if (!own) broken = true;
            } catch {}
        } else if (what % 4 == 2) {
            try organizations.reportCompromise(id, "key", since) {
                if (!own || since < added || since < block.timestamp - 90 days) broken = true;
            } catch {}
        } else {
            try organizations.backDateCompromise(id, "key", since, "decision") {
                if (sender != REGISTRAR || since < added) broken = true;
            } catch {}
        }
    }

    function account(uint8 who, uint8 whom, uint8 what, uint8 next) external {
        address sender = _sender(who);
        bytes32 id = ids[whom % 3];
        address before = organizations.accountOf(id);
        vm.prank(sender);
        if (what % 3 == 0) {
            try organizations.proposeAccount(id, _sender(next)) {
                if (sender != before) broken = true;
            } catch {}
        } else if (what % 3 == 1) {
            try organizations.startRecovery(id, _sender(next), "decision") {
                if (sender != REGISTRAR) broken = true;
            } catch {}
        } else {
            IOrganizationRegistry.PendingAccount memory pending = organizations.pendingAccountOf(id);
            try organizations.acceptAccount(id) {
                if (sender != pending.account || block.timestamp < pending.notBefore) broken = true;
            } catch {}
        }
    }

    function say(uint8 who, uint8 whom, uint8 state) external {
        address sender = _sender(who);
        bytes32 id = ids[whom % 3];
        bool own = _acts(sender, id);
        uint256 said = status.rowCount(id, _DIGEST);
        uint8 present = said == 0 ? 0 : status.row(id, _DIGEST, said - 1).state;
        bytes32 head = status.head();
        vm.prank(sender);
        try status.set(id, _DIGEST, state % 8, "statement") {
            if (!own || status.head() == head) broken = true;
            if (present == 4 && state % 8 == 1) broken = true;
        } catch {
            if (status.head() != head) broken = true;
        }
    }

    function accredit(uint8 who, uint8 whom, uint8 what) external {
        address sender = _sender(who);
        bytes32 id = ids[whom % 3];
        bytes32 body = ids[uint256(what) % 3];
        bool own = _acts(sender, id);
        vm.prank(sender);
        try organizations.accredit(id, body, "scope", 1, 2) {
            if (!own || id == body) broken = true;
        } catch {}
    }

    function freeze(uint8 who, uint8 what) external {
        address sender = _sender(who);
        vm.prank(sender);
        if (what % 16 == 0) {
            try checkpoints.freeze(log) {
                if (sender != REGISTRAR) broken = true;
            } catch {}
        } else {
            try checkpoints.proposeFreeze(log, "decision") {
                if (sender != REGISTRAR) broken = true;
            } catch {}
        }
    }

    function wait_(uint32 seconds_) external {
        vm.warp(block.timestamp + (seconds_ % 4 days));
    }

    /// @dev Compare what was seen with what is there, and remember what is new.
    function look() external returns (bool kept) {
        (bytes32[] memory rows, uint256[5] memory counts) = _rows();
        kept = !broken;
        uint256 old = 0;
        uint256 present = 0;
        for (uint256 list = 0; list < 5; ++list) {
            if (counts[list] < _counts[list]) return false;
            for (uint256 i = 0; i < _counts[list]; ++i) {
                if (_seen[old + i] != rows[present + i]) kept = false;
            }
            old += _counts[list];
            present += counts[list];
        }
        _seen = rows;
        _counts = counts;
    }

    function _rows() private view returns (bytes32[] memory rows, uint256[5] memory counts) {
        counts[0] = checkpoints.checkpointCount(log);
        counts[1] = organizations.rowCount(ids[0]);
        counts[2] = organizations.rowCount(ids[1]);
        counts[3] = organizations.accountsOf(ids[0]).length;
        counts[4] = status.rowCount(ids[0], _DIGEST);
        rows = new bytes32[](counts[0] + counts[1] + counts[2] + counts[3] + counts[4]);
        uint256 n = 0;
        for (uint256 i = 0; i < counts[0]; ++i) {
            rows[n++] = keccak256(abi.encode(checkpoints.checkpoint(log, i)));
        }
        for (uint256 i = 0; i < counts[1]; ++i) {
            rows[n++] = keccak256(abi.encode(organizations.row(ids[0], i)));
        }
        for (uint256 i = 0; i < counts[2]; ++i) {
            rows[n++] = keccak256(abi.encode(organizations.row(ids[1], i)));
        }
        for (uint256 i = 0; i < counts[3]; ++i) {
            rows[n++] = keccak256(abi.encode(organizations.accountsOf(ids[0])[i]));
        }
        for (uint256 i = 0; i < counts[4]; ++i) {
            rows[n++] = keccak256(abi.encode(status.row(ids[0], _DIGEST, i)));
        }
    }

    /// @dev Whether it may do what outlives it: its account, unless that is being recovered.
    function _acts(address sender, bytes32 id) private view returns (bool) {
        bool recovered = organizations.pendingAccountOf(id).recovery;
        return sender == organizations.accountOf(id) && !recovered;
    }

    function _sender(uint8 who) private view returns (address) {
        if (who % 8 == 0) return REGISTRAR;
        if (who % 8 == 1) return _OPERATOR;
        if (who % 8 < 5) return organizations.accountOf(ids[(who % 8) - 2]);
        return address(uint160(0x200 + (who % 8)));
    }
}

contract InvariantsTest is Test {
    Players private _players;

    function setUp() external {
        vm.warp(1_800_000_000);
        _players = new Players();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_players);
    }

    function invariant_rows_stay_and_only_the_entitled_write() external {
        isTrue(_players.look(), "a row changed, or one who is not entitled wrote");
        OrganizationRegistry registry = _players.organizations();
        for (uint256 i = 0; i < 3; ++i) {
            bytes32 id = _players.ids(i);
            IOrganizationRegistry.AccountRow[] memory rows = registry.accountsOf(id);
            for (uint256 j = 0; j < rows.length; ++j) {
                same(registry.organisationOf(rows[j].account), id, "one account, one organisation");
            }
        }
        CheckpointRegistry checkpoints = _players.checkpoints();
        bytes32 log = _players.log();
        uint256 count = checkpoints.checkpointCount(log);
        for (uint256 i = 1; i < count; ++i) {
            ICheckpointRegistry.Checkpoint memory earlier = checkpoints.checkpoint(log, i - 1);
            ICheckpointRegistry.Checkpoint memory later = checkpoints.checkpoint(log, i);
            isTrue(later.size > earlier.size && later.time >= earlier.time, "rising");
        }
    }
}
