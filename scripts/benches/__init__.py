"""What scripts/bench measures: a module a subject, each beside what it is held against."""
