"""Values that all rooms share: publications, people, dates, entries, problems.

Nothing comes in. Values are immutable; nothing here reads files or prints.
"""

from .entry import Entry, Field, Library
from .problem import Problem
from .publication import NO_TEXT, Author, Date, Link, Name, NewsItem, Person, Publication, Text

__all__ = [
    "NO_TEXT",
    "Author",
    "Date",
    "Entry",
    "Field",
    "Library",
    "Link",
    "Name",
    "NewsItem",
    "Person",
    "Problem",
    "Publication",
    "Text",
]
