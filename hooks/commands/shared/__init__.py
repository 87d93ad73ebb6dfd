"""What several commands need: the site around a file, its owner, its files and settings."""
