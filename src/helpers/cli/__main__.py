"""``python -m helpers.cli`` is the command ``chiso``."""

from helpers.cli.border import main

main()
