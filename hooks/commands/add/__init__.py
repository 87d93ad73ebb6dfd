"""`cli.py add`: put a paper into the bibliography, from its identifier or from pasted BibTeX."""
