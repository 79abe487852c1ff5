"""How administrative procedures were handled, from tables or single dossiers."""
