"""The arithmetic of each index, one module an index; pure: tables in, scores out."""
