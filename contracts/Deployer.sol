// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDeployer} from "./interfaces/IDeployer.sol";

/// @title Contracts at addresses known beforehand
/// @notice What each function promises stands in IDeployer.
contract Deployer is IDeployer {
    /// @inheritdoc IDeployer
    function deploy(bytes32 salt, bytes calldata initCode) external returns (address deployed) {
        bytes memory code = initCode;
        uint256 reason;
        assembly ("memory-safe") {
            deployed := create2(0, add(code, 0x20), mload(code), salt)
            reason := returndatasize()
        }
        // Creation code that returns nothing makes an account without code: not a deployment.
        if (deployed == address(0) || deployed.code.length == 0) {
            if (reason == 0) revert DeploymentFailed(addressOf(salt, keccak256(code)));
            assembly ("memory-safe") {
                let free := mload(0x40)
                returndatacopy(free, 0, reason)
                revert(free, reason)
            }
        }
        emit ContractDeployed(deployed, salt);
    }

    /// @inheritdoc IDeployer
    function addressOf(bytes32 salt, bytes32 initCodeHash) public view returns (address) {
        bytes32 digest = keccak256(
            abi.encodePacked(bytes1(0xff), address(this), salt, initCodeHash)
        );
        return address(uint160(uint256(digest)));
    }
}
