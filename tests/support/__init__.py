"""What tests share: a chain, a log and statements in memory."""
