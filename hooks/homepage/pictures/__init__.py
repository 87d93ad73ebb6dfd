"""Pictures: files come in, small copies, icons, portraits and initials come out.

It does not know settings and templates; callers pass what it needs.
"""

from . import cache, icons, metadata_removal, page_images, svg_scripts, thumbnails
from .avatar import Avatar, AvatarSettings, avatar, icon_files
from .cache import load_or_make
from .fonts import cjk_font, drawable, release_fonts, text_font
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
    "cjk_font",
    "drawable",
    "icon_files",
    "icons",
    "improve",
    "load_or_make",
    "metadata_removal",
    "page_images",
    "release_fonts",
    "svg_scripts",
    "text_font",
    "thumbnails",
]
