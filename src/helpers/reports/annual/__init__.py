"""The annual report of an office."""
