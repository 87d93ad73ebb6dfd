"""Code that several commands share: the site around a file, its owner, files and settings."""
