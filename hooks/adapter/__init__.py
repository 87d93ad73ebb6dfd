"""Everything that knows MkDocs: settings, the build and its objects, publishing, the second engine."""

from . import engine as engine  # before anything imports MkDocs
