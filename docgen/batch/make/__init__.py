"""Packets made into documents, by processes that may die."""
