"""PAR INDEX, the index of administrative reform."""
