"""A paper into the bibliography: from what an owner names to an entry in its place."""
