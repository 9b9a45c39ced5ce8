"""The ledger: signed statements, the log that orders them, the chain that fixes the log."""
