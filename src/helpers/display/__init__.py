"""Charts, tables and maps, with one look, and text alternatives from the same numbers."""
