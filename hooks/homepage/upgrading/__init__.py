"""A newer machinery beneath an owner's content."""
