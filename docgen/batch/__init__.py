"""Runs: a worklist made into packets, every one of them accounted for."""
