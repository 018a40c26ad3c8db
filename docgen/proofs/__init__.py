"""Sheets set for proof, so that the checks find whatever rendering would refuse."""
