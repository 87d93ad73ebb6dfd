"""`cli.py import`: bring along the content of an al-folio, HugoBlox or academicpages site."""
