"""``python -m helpers.cli`` is the command ``chiso``."""

from helpers.cli.app import main

main()
