// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The verifying half of a transparency log's Merkle tree
/// @notice RFC 9162 section 2.1: leaf SHA-256(0x00 || entry), node SHA-256(0x01 || left || right),
/// and the two verification algorithms step by step, in the RFC's own names (fn, sn, fr, sr).
/// @dev Pure functions, inlined into their callers. Malformed input gives false, never a revert.
library RFC9162 {
    /// @notice The SHA-256 precompile could not run (out of gas).
    error HashingFailed();

    /// @notice Hash of a leaf of the tree.
    /// @param entry the bytes logged.
    function leafHash(bytes memory entry) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x00), entry));
    }

    /// @notice Hash of an inner node.
    /// @dev The 65 bytes lie at 0x1f..0x5f: scratch space and the free memory pointer, which is put
    /// back. One statement per call result, since Yul evaluates arguments right to left.
    function nodeHash(bytes32 left, bytes32 right) internal view returns (bytes32 digest) {
        bool done;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore8(0x1f, 0x01)
            mstore(0x20, left)
            mstore(0x40, right)
            done := staticcall(gas(), 2, 0x1f, 65, 0x00, 32)
            digest := mload(0x00)
            mstore(0x40, free)
        }
        if (!done) revert HashingFailed();
    }

    /// @notice Section 2.1.3.2: is the leaf the one at `index` of the tree of `size` leaves?
    /// @param index zero-based place of the leaf.
    /// @param size number of leaves of the tree that has `root`.
    /// @param leaf hash of the leaf.
    /// @param root head of the tree.
    /// @param proof inclusion path, nearest the leaf first.
    function verifyInclusion(
        uint64 index,
        uint64 size,
        bytes32 leaf,
        bytes32 root,
        bytes32[] calldata proof
    ) internal view returns (bool) {
        if (index >= size) return false;
        uint64 fn = index;
        uint64 sn = size - 1;
        bytes32 r = leaf;
        for (uint256 i = 0; i < proof.length; ++i) {
            if (sn == 0) return false;
            if (fn & 1 == 1 || fn == sn) {
                r = nodeHash(proof[i], r);
                (fn, sn) = _toRightTurn(fn, sn);
            } else {
                r = nodeHash(r, proof[i]);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && r == root;
    }

    /// @notice Section 2.1.4.2: is the tree of `newSize` leaves the one of `oldSize`, appended to?
    /// @dev The RFC's precondition 0 < old < new is checked here. A proof does not bind `newSize`
    /// (several sizes share a path's shape), so whoever sends a checkpoint signs size and root
    /// together.
    function verifyConsistency(
        uint64 oldSize,
        uint64 newSize,
        bytes32 oldRoot,
        bytes32 newRoot,
        bytes32[] calldata proof
    ) internal view returns (bool) {
        if (oldSize == 0 || oldSize >= newSize || proof.length == 0) return false;
        uint64 fn = oldSize - 1;
        uint64 sn = newSize - 1;
        while (fn & 1 == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        // Step 2 puts the old root before the path when the old tree is one whole subtree.
        bool whole = oldSize & (oldSize - 1) == 0;
        bytes32 fr = whole ? oldRoot : proof[0];
        bytes32 sr = fr;
        for (uint256 i = whole ? 0 : 1; i < proof.length; ++i) {
            if (sn == 0) return false;
            if (fn & 1 == 1 || fn == sn) {
                fr = nodeHash(proof[i], fr);
                sr = nodeHash(proof[i], sr);
                (fn, sn) = _toRightTurn(fn, sn);
            } else {
                sr = nodeHash(sr, proof[i]);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr == oldRoot && sr == newRoot;
    }

    /// @dev "If LSB(fn) is not set, right-shift both equally until either LSB(fn) is set or fn
    /// is 0": climbs the right edge, where levels have no sibling.
    function _toRightTurn(uint64 fn, uint64 sn) private pure returns (uint64, uint64) {
        while (fn & 1 == 0 && fn != 0) {
            fn >>= 1;
            sn >>= 1;
        }
        return (fn, sn);
    }
}
