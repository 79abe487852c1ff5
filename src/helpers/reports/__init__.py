"""What joins several indices in one document."""
