// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The proving half of RFC 9162 section 2.1, by its recursive definitions
/// @notice For tests. It shares no code with RFC9162.sol: MTH, PATH and SUBPROOF as the RFC writes
/// them, over leaf hashes, with Solidity's own sha256.
library ReferenceTree {
    /// @notice MTH(D[from:to]), section 2.1.1.
    function root(bytes32[] memory d, uint256 from, uint256 to) internal pure returns (bytes32) {
        uint256 n = to - from;
        if (n == 0) return sha256("");
        if (n == 1) return d[from];
        uint256 k = split(n);
        return sha256(abi.encodePacked(hex"01", root(d, from, from + k), root(d, from + k, to)));
    }

    /// @notice PATH(m, D[from:to]), section 2.1.3.1; `m` counts from `from`.
    function path(
        bytes32[] memory d,
        uint256 m,
        uint256 from,
        uint256 to
    ) internal pure returns (bytes32[] memory) {
        uint256 n = to - from;
        if (n == 1) return new bytes32[](0);
        uint256 k = split(n);
        return
            m < k
                ? join(path(d, m, from, from + k), root(d, from + k, to))
                : join(path(d, m - k, from + k, to), root(d, from, from + k));
    }

    /// @notice PROOF(m, D[n]) = SUBPROOF(m, D[n], true), section 2.1.4.1.
    function proof(
        bytes32[] memory d,
        uint256 m,
        uint256 n
    ) internal pure returns (bytes32[] memory) {
        return subproof(d, m, 0, n, true);
    }

    function subproof(
        bytes32[] memory d,
        uint256 m,
        uint256 from,
        uint256 to,
        bool known
    ) internal pure returns (bytes32[] memory) {
        uint256 n = to - from;
        if (m == n) {
            bytes32[] memory none = new bytes32[](0);
            return known ? none : join(none, root(d, from, to));
        }
        uint256 k = split(n);
        return
            m <= k
                ? join(subproof(d, m, from, from + k, known), root(d, from + k, to))
                : join(subproof(d, m - k, from + k, to, false), root(d, from, from + k));
    }

    /// @notice The largest power of two smaller than n.
    function split(uint256 n) internal pure returns (uint256 k) {
        k = 1;
        while (k * 2 < n) k *= 2;
    }

    function join(bytes32[] memory a, bytes32 last) internal pure returns (bytes32[] memory all) {
        all = new bytes32[](a.length + 1);
        for (uint256 i = 0; i < a.length; ++i) all[i] = a[i];
        all[a.length] = last;
    }

    /// @notice `n` different leaf hashes that follow from `seed`.
    function leaves(uint256 n, bytes32 seed) internal pure returns (bytes32[] memory d) {
        d = new bytes32[](n);
        for (uint256 i = 0; i < n; ++i) d[i] = sha256(abi.encode(seed, i));
    }
}
