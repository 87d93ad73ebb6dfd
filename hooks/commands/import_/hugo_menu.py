"""Reads the menu of a HugoBlox site."""

import re
from collections.abc import Iterable

from .front_matter import get, get_dicts, get_text
from .hugo_home import Block
from .hugo_site import POSTS, PUBLICATIONS, HugoSite
from .markdown import plain
from .urls import normalize


def read_menu(site: HugoSite, blocks: Iterable[Block]) -> None:
    """Read the titles and the order of the menu; some entries are files, or pages elsewhere."""
    names = ("menus", "menu", "menus.en", "menu.en")
    paths = [f"config/_default/{name}.{kind}" for name in names for kind in ("yaml", "yml", "toml")]
    menus = [*map(site.data, paths), get(site.config, "menu"), get(site.config, "menus")]
    ours = dict.fromkeys(POSTS, "blog/index.md") | dict.fromkeys(PUBLICATIONS, "publications.md")
    ours |= site.folder_pages
    ours |= {b.anchor: path for b in blocks for f in b.folders if b.anchor and (path := ours.get(f))}
    for menu in menus:
        for position, entry in enumerate(get_dicts(menu, "main")):
            weight, url = get_text(entry, "weight"), get_text(entry, "url", "pageRef")
            address = normalize(re.sub(r"^.*#", "", url))
            path = ours.get(address) or site.addresses.get(address) or ""
            if not path and address and "#" not in url:
                path = site.resolve(url) or (url if "://" in url else f"{address}.md")
            if not path or path in site.new.order:
                continue
            site.new.order[path] = float(weight) if weight.isdigit() else 2.0 + position
            if name := plain(get_text(entry, "name")):
                site.new.menu[path] = name
