"""The commands of `cli.py`, a module each."""
