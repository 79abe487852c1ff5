"""SIPAS, the satisfaction with public services, from surveys."""
