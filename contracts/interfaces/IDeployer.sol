// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Contracts at addresses known beforehand
/// @notice Anyone may deploy anything. The address follows from this contract's address, the salt
/// and the creation code with its constructor arguments (EIP-1014), so whoever is first, what
/// stands at the address is the same.
interface IDeployer {
    /// @notice A contract was deployed.
    event ContractDeployed(address indexed deployed, bytes32 indexed salt);

    /// @notice Nothing was deployed, and the constructor gave no reason: the address is taken, or
    /// the creation code is not valid.
    error DeploymentFailed(address expected);

    /// @notice Deploy; a constructor's own error is passed on as it is.
    /// @param salt chosen by the caller.
    /// @param initCode creation code followed by the encoded constructor arguments.
    /// @return deployed the new contract, at addressOf(salt, keccak256(initCode)).
    function deploy(bytes32 salt, bytes calldata initCode) external returns (address deployed);

    /// @notice The address that `deploy` uses.
    function addressOf(bytes32 salt, bytes32 initCodeHash) external view returns (address);
}
