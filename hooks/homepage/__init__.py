"""From BibTeX and Markdown to an academic's pages. Plain Python: only `settings.py` knows MkDocs."""

from . import engine as engine  # before anything imports MkDocs

__version__ = "1.0.0"  # as the newest heading of CHANGELOG.md and the tag v1.0.0
