"""Saved pages of a directory of medical codes."""
