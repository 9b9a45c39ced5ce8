"""The chain seen by storage slot and code hash at a block; the contracts' artifacts; deployment.

Names are loaded on first use, so that importing this package loads neither web3 nor py-evm.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rootprint.ledger.chain.abi import (
        Artifact,
        artifact,
        decode_error,
        decode_result,
        encode_call,
        encode_constructor,
        error_of,
    )
    from rootprint.ledger.chain.deploy import deploy_contracts
    from rootprint.ledger.chain.deployment import DeployedContract, Deployment
    from rootprint.ledger.chain.embedded import EMBEDDED_CHAIN_ID, EmbeddedChain
    from rootprint.ledger.chain.endpoints import MAX_ENDPOINTS, RpcEndpoints
    from rootprint.ledger.chain.examining import Standing
    from rootprint.ledger.chain.remote import RemoteAccount
    from rootprint.ledger.chain.rpc import RpcChain
    from rootprint.ledger.chain.sending import Receipt, Reverted, SendingChain, await_receipts
    from rootprint.ledger.chain.spending import (
        GWEI,
        MOST_GAS,
        Limits,
        OutOfFunds,
        coins,
        gas_for,
        require_fee,
        require_funds,
    )
    from rootprint.ledger.chain.step import Step
    from rootprint.ledger.chain.transactions import (
        TRANSACTION_GAS,
        Account,
        address_of,
        sign_digest,
        sign_transaction,
        signer_of,
        transaction_hash,
    )

__all__ = [
    "EMBEDDED_CHAIN_ID",
    "GWEI",
    "MAX_ENDPOINTS",
    "MOST_GAS",
    "TRANSACTION_GAS",
    "Account",
    "Artifact",
    "DeployedContract",
    "Deployment",
    "EmbeddedChain",
    "Limits",
    "OutOfFunds",
    "Receipt",
    "RemoteAccount",
    "Reverted",
    "RpcChain",
    "RpcEndpoints",
    "SendingChain",
    "Standing",
    "Step",
    "address_of",
    "artifact",
    "await_receipts",
    "coins",
    "decode_error",
    "decode_result",
    "deploy_contracts",
    "encode_call",
    "encode_constructor",
    "error_of",
    "gas_for",
    "require_fee",
    "require_funds",
    "sign_digest",
    "sign_transaction",
    "signer_of",
    "transaction_hash",
]

_HOME = {
    "Account": "transactions",
    "RemoteAccount": "remote",
    "TRANSACTION_GAS": "transactions",
    "MAX_ENDPOINTS": "endpoints",
    "Step": "step",
    "require_funds": "spending",
    "require_fee": "spending",
    "gas_for": "spending",
    "coins": "spending",
    "Standing": "examining",
    "RpcEndpoints": "endpoints",
    "OutOfFunds": "spending",
    "Limits": "spending",
    "GWEI": "spending",
    "MOST_GAS": "spending",
    "EMBEDDED_CHAIN_ID": "identity",
    "Artifact": "abi",
    "DeployedContract": "deployment",
    "Deployment": "deployment",
    "EmbeddedChain": "embedded",
    "Receipt": "sending",
    "Reverted": "sending",
    "RpcChain": "rpc",
    "SendingChain": "sending",
    "address_of": "transactions",
    "artifact": "abi",
    "await_receipts": "sending",
    "decode_error": "abi",
    "decode_result": "abi",
    "deploy_contracts": "deploy",
    "encode_call": "abi",
    "encode_constructor": "abi",
    "error_of": "abi",
    "sign_digest": "transactions",
    "sign_transaction": "transactions",
    "signer_of": "transactions",
    "transaction_hash": "transactions",
}


def __getattr__(name: str) -> object:
    """Load a public name from the module that holds it (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
