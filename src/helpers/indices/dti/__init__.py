"""DTI, the digital transformation index."""
