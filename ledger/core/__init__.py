"""What is hashed, signed or proven. Pure; every module here is public.

Membership rule: a change here could make two verifiers disagree about validity.

Bytes: ``canonical``, ``encoding``, ``sdjwt`` · what is signed: ``statement``, ``schema``, ``seal``,
``keys`` · the log: ``entry``, ``merkle``, ``checkpoint``, ``logproof`` · the chain: ``chain``,
``standing`` · shared data: ``tables`` · ``errors``.
"""
