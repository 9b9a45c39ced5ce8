"""What is hashed, signed or proven: a change here could make two verifiers disagree."""
