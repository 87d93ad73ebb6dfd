"""The only room that knows MkDocs: settings, builds, page objects, publishing, and the two engines."""

from . import engine as engine  # before anything imports MkDocs
