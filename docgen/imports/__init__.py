"""Imports: pages, tables and code lists that people have, made into record files."""
