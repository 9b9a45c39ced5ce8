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
    /// @dev The RFC's precondition 0 < old < new is checked here, and so is the proof's length: one
    /// that is longer than the sizes allow is false. A proof does not bind `newSize` (several sizes
    /// share a path's shape), so whoever sends a checkpoint signs size and root together.
    ///
    /// In Yul, since this is what an anchor pays for. Prefix, left and right node lie one after
    /// another in free memory, which is not allocated; what a hash gives comes after them. The steps
    /// are counted by the sizes, and the proof must have as many: one that is shorter is read on
    /// into what follows it, and is false. Only a lack of gas lets SHA-256 fail. It takes all that is
    /// sent along with it and leaves too little for a single step more, so nothing is concluded from
    /// a hash that was not made.
    function verifyConsistency(
        uint64 oldSize,
        uint64 newSize,
        bytes32 oldRoot,
        bytes32 newRoot,
        bytes32[] calldata proof
    ) internal view returns (bool held) {
        if (oldSize == 0 || oldSize >= newSize) return false;
        assembly ("memory-safe") {
            let prefix := add(mload(0x40), 31)
            let left := add(prefix, 1)
            let right := add(left, 32)
            let digest := add(right, 32)
            mstore8(prefix, 0x01)
            let fn := sub(oldSize, 1)
            let sn := sub(newSize, 1)
            for {} and(fn, 1) {} {
                fn := shr(1, fn)
                sn := shr(1, sn)
            }
            let at := proof.offset
            // Step 2 puts the old root before the path when the old tree is one whole subtree.
            let fr := oldRoot
            if and(oldSize, sub(oldSize, 1)) {
                fr := calldataload(at)
                at := add(at, 32)
            }
            let sr := fr
            // As long as the two paths are apart, a node lies to the right of the newer one's or to
            // the left of both.
            for {} xor(fn, sn) { at := add(at, 32) } {
                switch and(fn, 1)
                case 0 {
                    mstore(left, sr)
                    mstore(right, calldataload(at))
                }
                default {
                    mstore(left, calldataload(at))
                    mstore(right, fr)
                    pop(staticcall(gas(), 2, prefix, 65, digest, 32))
                    fr := mload(digest)
                    mstore(right, sr)
                }
                pop(staticcall(gas(), 2, prefix, 65, digest, 32))
                sr := mload(digest)
                fn := shr(1, fn)
                sn := shr(1, sn)
            }
            // Then both climb the right edge ("fn is equal to sn"): where LSB(fn) is not set there
            // is no sibling, and the RFC shifts right until it is set or fn is 0.
            for {} fn { at := add(at, 32) } {
                for {} iszero(and(fn, 1)) {} { fn := shr(1, fn) }
                mstore(left, calldataload(at))
                mstore(right, fr)
                pop(staticcall(gas(), 2, prefix, 65, digest, 32))
                fr := mload(digest)
                mstore(right, sr)
                pop(staticcall(gas(), 2, prefix, 65, digest, 32))
                sr := mload(digest)
                fn := shr(1, fn)
            }
            let whole := eq(at, add(proof.offset, shl(5, proof.length)))
            held := and(whole, and(eq(fr, oldRoot), eq(sr, newRoot)))
        }
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
