"""FHIR R4 as a worklist."""
