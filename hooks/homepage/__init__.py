"""From BibTeX and Markdown to an academic's pages. Plain Python: only `settings.py` knows MkDocs."""
