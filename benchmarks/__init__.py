"""Measures docgen against a plain Platypus script; run with ``python -m benchmarks``."""
