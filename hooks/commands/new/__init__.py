"""`cli.py new`: make the site somebody else's."""
