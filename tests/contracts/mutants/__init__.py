"""Small changes of the contracts, each of which a test should notice: a mutation run.

``operators`` makes the changes from the compiler's syntax tree, ``running`` has each one compiled
and met by the Solidity tests, ``survivors`` reads what docs/mutations.md says of those that no
test noticed.
"""
