"""Which docgen this is (Semantic Versioning)."""

__version__ = "0.1.0"
