// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev The few cheat codes the tests use; every Foundry-compatible runner serves them.
interface Vm {
    function addr(uint256 privateKey) external pure returns (address);
    function assume(bool condition) external pure;
    function expectEmit() external;
    function expectRevert() external;
    function expectRevert(bytes calldata data) external;
    function load(address target, bytes32 slot) external view returns (bytes32);
    function prank(address sender) external;
    function sign(
        uint256 privateKey,
        bytes32 digest
    ) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function store(address target, bytes32 slot, bytes32 value) external;
    function warp(uint256 time) external;
}

/// @dev What each test contract starts from.
abstract contract Test {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    error NotEqual(string what, bytes32 found, bytes32 expected);
    error NotTrue(string what);

    function isTrue(bool condition, string memory what) internal pure {
        if (!condition) revert NotTrue(what);
    }

    function same(uint256 found, uint256 expected, string memory what) internal pure {
        same(bytes32(found), bytes32(expected), what);
    }

    function same(address found, address expected, string memory what) internal pure {
        same(uint160(found), uint160(expected), what);
    }

    function same(bytes32 found, bytes32 expected, string memory what) internal pure {
        if (found != expected) revert NotEqual(what, found, expected);
    }
}
