"""What each index needs of its own, one folder an index; what they share is in the other rooms."""
