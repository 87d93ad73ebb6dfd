"""`cli.py upgrade`: bring the newest machinery into an owner's site."""
