"""How findings are written: numbers, typography, sentences."""
