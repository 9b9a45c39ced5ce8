// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RFC9162} from "../../../contracts/RFC9162.sol";
import {ReferenceTree} from "./ReferenceTree.sol";
import {RFC9162Harness} from "./RFC9162Harness.sol";
import {Test} from "./Test.sol";

contract RFC9162Test is Test {
    uint256 private constant _LARGEST = 40;
    RFC9162Harness private _tree = new RFC9162Harness();

    function test_hashes_are_domain_separated() external view {
        same(_tree.leafHash(""), sha256(hex"00"), "leaf of the empty entry");
        same(_tree.leafHash(hex"2021"), sha256(hex"002021"), "leaf");
        bytes32 node = sha256(abi.encodePacked(hex"01", bytes32("left"), bytes32("right")));
        same(_tree.nodeHash("left", "right"), node, "node");
    }

    function test_node_hash_gives_the_free_memory_pointer_back() external view {
        bytes memory before = abi.encode("before");
        uint256 free = _free();
        RFC9162.nodeHash("left", "right");
        same(_free(), free, "free memory pointer");
        bytes memory later = abi.encode("later");
        isTrue(keccak256(before) == keccak256(abi.encode("before")), "memory written before");
        isTrue(keccak256(later) == keccak256(abi.encode("later")), "memory written after");
    }

    function test_node_hash_short_of_gas_reverts_instead_of_lying() external view {
        bytes32 right = sha256(abi.encodePacked(hex"01", bytes32("left"), bytes32("right")));
        uint256 hashed = 0;
        uint256 reverted = 0;
        for (uint256 gas_ = 300; gas_ < 1500; ++gas_) {
            try _tree.nodeHash{gas: gas_}("left", "right") returns (bytes32 digest) {
                same(digest, right, "hash under scarce gas");
                ++hashed;
            } catch {
                ++reverted;
            }
        }
        isTrue(hashed > 0 && reverted > 0, "both were seen");
    }

    function test_consistency_short_of_gas_reverts_instead_of_lying() external view {
        bytes32[] memory d = ReferenceTree.leaves(13, "leaves");
        bytes32 older = ReferenceTree.root(d, 0, 6);
        bytes32 newer = ReferenceTree.root(d, 0, 13);
        bytes32[] memory proof = ReferenceTree.proof(d, 6, 13);
        uint256 held = 0;
        uint256 reverted = 0;
        for (uint256 gas_ = 300; gas_ < 6000; gas_ += 3) {
            try _tree.verifyConsistency{gas: gas_}(6, 13, older, newer, proof) returns (bool so) {
                isTrue(so, "an honest proof under scarce gas");
                ++held;
            } catch {
                ++reverted;
            }
        }
        isTrue(held > 0 && reverted > 0, "both were seen");
    }

    function testFuzz_honest_inclusion_holds(uint256 size, uint256 index, bytes32 seed) external view {
        size = 1 + (size % _LARGEST);
        index %= size;
        bytes32[] memory d = ReferenceTree.leaves(size, seed);
        bytes32 root = ReferenceTree.root(d, 0, size);
        bytes32[] memory proof = ReferenceTree.path(d, index, 0, size);
        isTrue(_included(index, size, d[index], root, proof), "honest");
        isTrue(!_included(index, size, ~d[index], root, proof), "another leaf");
        isTrue(!_included(index, size, d[index], ~root, proof), "another root");
        for (uint256 other = 0; other < size; ++other) {
            if (other != index) {
                isTrue(!_included(other, size, d[index], root, proof), "another index");
            }
        }
        isTrue(!_included(index, size, d[index], root, ReferenceTree.join(proof, seed)), "longer");
        isTrue(!_included(size, size, d[index], root, proof), "index beyond the tree");
        for (uint256 i = 0; i < proof.length; ++i) {
            proof[i] = ~proof[i];
            isTrue(!_included(index, size, d[index], root, proof), "forged step");
            proof[i] = ~proof[i];
        }
    }

    function testFuzz_honest_consistency_holds(uint256 m, uint256 n, bytes32 seed) external view {
        n = 2 + (n % _LARGEST);
        m = 1 + (m % (n - 1));
        bytes32[] memory d = ReferenceTree.leaves(n, seed);
        bytes32 older = ReferenceTree.root(d, 0, m);
        bytes32 newer = ReferenceTree.root(d, 0, n);
        bytes32[] memory proof = ReferenceTree.proof(d, m, n);
        isTrue(_consistent(m, n, older, newer, proof), "honest");
        isTrue(!_consistent(m, n, ~older, newer, proof), "another old root");
        isTrue(!_consistent(m, n, older, ~newer, proof), "another new root");
        isTrue(!_consistent(n, m, newer, older, proof), "backwards");
        isTrue(!_consistent(m, n, older, newer, ReferenceTree.join(proof, seed)), "longer");
        isTrue(!_consistent(m, n, older, newer, new bytes32[](0)), "no proof");
        for (uint256 i = 0; i < proof.length; ++i) {
            proof[i] = ~proof[i];
            isTrue(!_consistent(m, n, older, newer, proof), "forged step");
            proof[i] = ~proof[i];
        }
    }

    function testFuzz_rewritten_leaf_breaks_consistency(
        uint256 m,
        uint256 n,
        uint256 changed,
        bytes32 seed
    ) external view {
        n = 2 + (n % _LARGEST);
        m = 1 + (m % (n - 1));
        bytes32[] memory d = ReferenceTree.leaves(n, seed);
        bytes32 older = ReferenceTree.root(d, 0, m);
        d[changed % m] = ~d[changed % m];
        bytes32 newer = ReferenceTree.root(d, 0, n);
        isTrue(!_consistent(m, n, older, newer, ReferenceTree.proof(d, m, n)), "rewritten");
    }

    function test_sizes_outside_the_rfc_are_false() external view {
        bytes32 root = keccak256("root");
        bytes32[] memory one = ReferenceTree.join(new bytes32[](0), root);
        isTrue(!_consistent(0, 1, root, root, one), "from nothing");
        isTrue(!_consistent(0, 1, root, root, new bytes32[](0)), "from nothing, no proof");
        isTrue(!_consistent(4, 4, root, root, new bytes32[](0)), "same size, no proof");
        isTrue(!_consistent(4, 4, root, root, one), "same size");
        isTrue(!_included(0, 0, root, root, new bytes32[](0)), "empty tree");
        isTrue(_included(0, 1, root, root, new bytes32[](0)), "tree of one");
        isTrue(!_included(0, type(uint64).max, root, root, one), "largest size, short proof");
    }

    function testFuzz_a_longer_path_is_false_though_its_root_is_the_one_claimed(
        uint256 size,
        uint256 index,
        bytes32 more
    ) external view {
        size = 1 + (size % _LARGEST);
        index %= size;
        bytes32[] memory d = ReferenceTree.leaves(size, "leaves");
        bytes32 root = ReferenceTree.root(d, 0, size);
        bytes32[] memory proof = ReferenceTree.join(ReferenceTree.path(d, index, 0, size), more);
        bytes32 right = sha256(abi.encodePacked(hex"01", more, root));
        isTrue(!_included(index, size, d[index], right, proof), "more on the left");
        bytes32 left = sha256(abi.encodePacked(hex"01", root, more));
        isTrue(!_included(index, size, d[index], left, proof), "more on the right");
    }

    function test_consistency_leaves_allocated_memory_as_it_was() external view {
        bytes32[] memory d = ReferenceTree.leaves(13, "leaves");
        bytes32[] memory proof = ReferenceTree.proof(d, 6, 13);
        bytes32 older = ReferenceTree.root(d, 0, 6);
        isTrue(this.beside(older, ReferenceTree.root(d, 0, 13), proof), "memory written before");
    }

    function beside(
        bytes32 older,
        bytes32 newer,
        bytes32[] calldata proof
    ) external view returns (bool) {
        bytes memory before = abi.encode("before", ~uint256(0));
        bytes32 digest = keccak256(before);
        uint256 free = _free();
        bool held = RFC9162.verifyConsistency(6, 13, older, newer, proof);
        return held && _free() == free && keccak256(before) == digest;
    }

    function _included(
        uint256 index,
        uint256 size,
        bytes32 leaf,
        bytes32 root,
        bytes32[] memory proof
    ) private view returns (bool) {
        return _tree.verifyInclusion(uint64(index), uint64(size), leaf, root, proof);
    }

    function _consistent(
        uint256 m,
        uint256 n,
        bytes32 older,
        bytes32 newer,
        bytes32[] memory proof
    ) private view returns (bool) {
        return _tree.verifyConsistency(uint64(m), uint64(n), older, newer, proof);
    }

    function _free() private pure returns (uint256 pointer) {
        assembly ("memory-safe") {
            pointer := mload(0x40)
        }
    }
}
