"""The profile of a province over all published indices."""
