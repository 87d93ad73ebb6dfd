"""`cli.py doctor`: check the installation, the site and its repository."""
