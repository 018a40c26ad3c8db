"""A run and its folder: begun, gone on with, held by one process at a time."""
