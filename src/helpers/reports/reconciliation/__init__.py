"""Where an office's figures contradict each other."""
