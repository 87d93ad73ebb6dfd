"""The owner's profile at the top of the home page: names and icons of links to other sites."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from ..common import safe_url
from ..model import Problem

# Hosts, which include their subdomains, with a name and one of Material's icons.
_SERVICES = {
    "scholar.google.": ("Google Scholar", "fontawesome/brands/google-scholar"),
    "github.com": ("GitHub", "fontawesome/brands/github"),
    "gitlab.com": ("GitLab", "fontawesome/brands/gitlab"),
    "orcid.org": ("ORCID", "fontawesome/brands/orcid"),
    "dblp.": ("DBLP", "simple/dblp"),
    "openreview.net": ("OpenReview", "material/comment-text-multiple-outline"),
    "semanticscholar.org": ("Semantic Scholar", "simple/semanticscholar"),
    "arxiv.org": ("arXiv", "simple/arxiv"),
    "researchgate.net": ("ResearchGate", "fontawesome/brands/researchgate"),
    "huggingface.co": ("Hugging Face", "simple/huggingface"),
    "linkedin.com": ("LinkedIn", "fontawesome/brands/linkedin"),
    "x.com": ("X", "fontawesome/brands/x-twitter"),
    "twitter.com": ("X", "fontawesome/brands/x-twitter"),
    "bsky.app": ("Bluesky", "fontawesome/brands/bluesky"),
    "youtube.com": ("YouTube", "fontawesome/brands/youtube"),
    "zhihu.com": ("Zhihu", "fontawesome/brands/zhihu"),
    "instagram.com": ("Instagram", "fontawesome/brands/instagram"),
    "facebook.com": ("Facebook", "fontawesome/brands/facebook"),
    "bitbucket.org": ("Bitbucket", "fontawesome/brands/bitbucket"),
    "scopus.com": ("Scopus", "simple/scopus"),
    "publons.com": ("Publons", "simple/publons"),
    "inspirehep.net": ("INSPIRE", "simple/inspire"),
    "hal.science": ("HAL", "simple/hal"),
    "pubmed.ncbi.nlm.nih.gov": ("PubMed", "simple/pubmed"),
    "dl.acm.org": ("ACM", "simple/acm"),
    "ieeexplore.ieee.org": ("IEEE Xplore", "simple/ieee"),
    "medium.com": ("Medium", "fontawesome/brands/medium"),
    "stackoverflow.com": ("Stack Overflow", "fontawesome/brands/stack-overflow"),
    "kaggle.com": ("Kaggle", "fontawesome/brands/kaggle"),
    "keybase.io": ("Keybase", "fontawesome/brands/keybase"),
    "quora.com": ("Quora", "fontawesome/brands/quora"),
    "wikidata.org": ("Wikidata", "simple/wikidata"),
    "wikipedia.org": ("Wikipedia", "fontawesome/brands/wikipedia-w"),
    "zotero.org": ("Zotero", "simple/zotero"),
    "osf.io": ("OSF", "simple/osf"),
    "leetcode.com": ("LeetCode", "simple/leetcode"),
    "lattes.cnpq.br": ("Lattes", "material/web"),
    "t.me": ("Telegram", "fontawesome/brands/telegram"),
    "unsplash.com": ("Unsplash", "fontawesome/brands/unsplash"),
    "weibo.com": ("Weibo", "fontawesome/brands/weibo"),
    "academia.edu": ("Academia.edu", "simple/academia"),
    "impactstory.org": ("ImpactStory", "material/web"),
}
_SCRIPTS = {
    "ja": "[\u3041-\u30ff]",
    "ko": "[\u1100-\u11ff\uac00-\ud7a3]",
    "zh": "[\u3400-\u9fff\U00020000-\U0003ffff]",
    "el": "[\u0370-\u03ff]",
    "he": "[\u0590-\u05ff]",
}


class Link(NamedTuple):
    """A profile on another site; `icon` is an SVG, or '' if Material has no such icon."""

    name: str
    url: str
    icon: Markup


def completed(
    social: object, directories: Iterable[str], path: str, line: int
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return the items of Material's `extra.social` with missing names and icons added, and problems.

    Items without a safe address are left out. `path` and `line` are those of the setting.
    """
    items: list[dict[str, Any]] = []
    problems = []
    for item in social if isinstance(social, list | tuple) else [social] if social else []:
        given = dict(item) if isinstance(item, Mapping) else {"link": item}
        link = given.get("link")
        url = safe_url(link) if isinstance(link, str) else ""
        if not url or url == "mailto:" or set(url) & set('"<>'):
            message = f"extra.social: '{str(link)[:60]}' is not the address of a profile"
            problems.append(Problem(path, line, message, "write - link: https://… for each"))
            continue
        name, icon = service(url)
        known = str(given.get("icon") or icon)
        if not _icon_file(known, directories):
            message = f"extra.social: there is no icon '{known}'"
            problems.append(Problem(path, line, message, "leave it out, or take one of Material's"))
            known = icon
        items.append({**given, "link": url, "name": str(given.get("name") or name), "icon": known})
    return items, problems


def service(url: str) -> tuple[str, str]:
    """Return the name and the icon for an address."""
    if url.startswith("mailto:"):
        return url.removeprefix("mailto:").partition("?")[0], "material/email-outline"
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    for known, found in _SERVICES.items():
        if f".{host}".endswith(f".{known}") or (known.endswith(".") and host.startswith(known)):
            return found
    handle = urlsplit(url).path.startswith("/@")  # as on all Mastodon servers
    return host or url, "fontawesome/brands/mastodon" if handle else "material/web"


def links(social: Iterable[Mapping[str, Any]], directories: Iterable[str]) -> tuple[Link, ...]:
    """Return the owner's profiles from completed items; `directories` are the theme's folders."""

    def icon(name: str) -> Markup:
        file = _icon_file(name, directories)
        return Markup(file.read_text(encoding="utf-8")) if file else Markup()

    return tuple(Link(item["name"], item["link"], icon(item["icon"])) for item in social)


def _icon_file(name: str, directories: Iterable[str]) -> Path | None:
    files = (Path(folder, ".icons", f"{name}.svg") for folder in directories)
    return next((file for file in files if ".." not in name and file.is_file()), None)


def language(name: str) -> str:
    """Return the language of a name in its own script, or '' if its letters do not show it."""
    return next((code for code, letters in _SCRIPTS.items() if re.search(letters, name)), "")
