"""From BibTeX and Markdown to an academic's pages: plain Python without MkDocs, a room a subject."""

__version__ = "1.0.0"  # as the newest heading of CHANGELOG.md and the tag v1.0.0
