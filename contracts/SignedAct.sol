// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Acts that an account signs and anyone may send (EIP-712)
/// @notice For an organisation without ether: the account signs what it would have sent, with chain,
/// contract, nonce and deadline, and whoever sends it pays and has no right of its own.
/// @dev Domain: name "Rootprint", version "2", chain id, contract. Accounts that are contracts send
/// for themselves.
library SignedAct {
    bytes32 private constant _DOMAIN =
        keccak256(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
        );
    /// @dev Half of secp256k1's order: of the two s that verify, only the lower one counts (EIP-2).
    uint256 private constant _HALF_ORDER =
        0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;
    uint256 private constant _SIGNATURE_BYTES = 65;

    /// @notice The signature is not one of this act by any account.
    error SignatureRefused();

    /// @notice The act's deadline is over.
    error DeadlinePassed(uint256 deadline);

    /// @notice Return who signed the act; revert if it is too late or the signature has no signer.
    /// @param act EIP-712 hash of the act's struct, nonce and deadline included.
    /// @param deadline the last second in which it counts, Unix seconds.
    /// @param signature r, s and v (27 or 28), 65 bytes.
    function signer(
        bytes32 act,
        uint256 deadline,
        bytes calldata signature
    ) internal view returns (address account) {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline);
        if (signature.length != _SIGNATURE_BYTES) revert SignatureRefused();
        bytes32 r = bytes32(signature[0:32]);
        bytes32 s = bytes32(signature[32:64]);
        if (uint256(s) > _HALF_ORDER) revert SignatureRefused();
        account = ecrecover(digest(act), uint8(signature[64]), r, s);
        if (account == address(0)) revert SignatureRefused();
    }

    /// @notice What is signed: EIP-712 over this chain, the contract that asks and the act.
    function digest(bytes32 act) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                _DOMAIN,
                keccak256("Rootprint"),
                keccak256("2"),
                block.chainid,
                address(this)
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, act));
    }
}
