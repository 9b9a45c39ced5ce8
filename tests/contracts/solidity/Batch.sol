// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Makes thousands of calls in one, for the differential test in Python (tests/differential).
///
/// Call data: how many calls (4 bytes), then for each the callee (20 bytes), the length of its call
/// data (3 bytes) and these. Returned: four bytes a call, the low ones of the first word it returned,
/// 1 where it returned nothing, the error's selector where it reverted, 0xffffffff where it reverted
/// without one.
contract Batch {
    /// @dev What no honest call comes near; a loop without end is a revert without an error.
    uint256 private constant _GAS_A_CALL = 3_000_000;

    // solhint-disable-next-line no-complex-fallback
    fallback() external {
        assembly ("memory-safe") {
            let count := shr(224, calldataload(0))
            let answers := mload(0x40)
            let next := answers
            // The last answer is written as a whole word.
            let given := add(add(answers, shl(2, count)), 32)
            let at := 4
            for {} count { count := sub(count, 1) } {
                let callee := shr(96, calldataload(at))
                let length := shr(232, calldataload(add(at, 20)))
                at := add(at, 23)
                calldatacopy(given, at, length)
                at := add(at, length)
                mstore(0, 0)
                let done := call(_GAS_A_CALL, callee, 0, given, length, 0, 32)
                let answer := mload(0)
                switch done
                case 0 {
                    answer := shr(224, answer)
                    if lt(returndatasize(), 4) { answer := 0xffffffff }
                }
                default {
                    if iszero(returndatasize()) { answer := 1 }
                }
                mstore(next, shl(224, answer))
                next := add(next, 4)
            }
            return(answers, sub(next, answers))
        }
    }
}
