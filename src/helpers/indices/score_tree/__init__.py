"""Any index that is a tree of published scores and has no Python of its own."""
