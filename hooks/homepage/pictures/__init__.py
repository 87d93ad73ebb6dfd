"""Pictures: files come in, small copies, icons, portraits and initials come out.

It does not know settings and templates; callers pass what it needs.
"""

from __future__ import annotations

from . import cache, icons, metadata_removal, page_images, svg_scripts, thumbnails
from .avatar import Avatar, AvatarSettings, avatar, icon_files
from .cache import kept
from .fonts import drawable, face, lettering
from .page_images import improve
from .thumbnails import Pictures
from .unused import Unused

__all__ = [
    "Avatar",
    "AvatarSettings",
    "Pictures",
    "Unused",
    "avatar",
    "cache",
    "drawable",
    "face",
    "icon_files",
    "icons",
    "improve",
    "kept",
    "lettering",
    "metadata_removal",
    "page_images",
    "svg_scripts",
    "thumbnails",
]
