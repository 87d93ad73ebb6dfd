"""A site of one's own: whose it is, its settings, and what it starts with."""
