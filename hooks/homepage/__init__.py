"""From BibTeX and Markdown to an academic's pages. Plain Python: only `settings.py` knows MkDocs."""

from . import engine as engine  # before anything imports MkDocs
