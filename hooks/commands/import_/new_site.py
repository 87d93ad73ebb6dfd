"""Assembles the new site: the text of each page, the home page, the menu and the bibliography."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from commands.shared.owner import Owner, clean
from homepage.bibtex import read
from homepage.common import labels, slugify
from homepage.model import Problem

from . import left_behind, lost_values, owner_names
from .markdown import plain
from .migration import Draft, Migration, NewSite
from .pages import news_text, page_text
from .urls import normalize, page_url

_USUAL_ADDRESSES = {
    "publications": "publications.md", "publication": "publications.md", "blog": "blog/index.md",
    "post": "blog/index.md", "posts": "blog/index.md", "year-archive": "blog/index.md",
    "cv": "cv.md", "resume": "cv.md", "education": "education.md", "experience": "experience.md",
}  # fmt: skip
_ORDER = {"index.md": -1.0, "news.md": 1.0, "publications.md": 1.5, "blog/index.md": 90.0}


class Imported(NamedTuple):
    """Everything that is written into the new site; texts and old paths by their paths in docs/.

    `nav` has titles and paths, `people` is for people.yml, `settings` for extra.homepage, `language`
    for theme.language. `counts` says how much of each kind was found.
    """

    owner: Owner
    texts: dict[str, str]
    copies: dict[str, str]
    nav: list[tuple[str, str]]
    people: dict[str, dict[str, object]]
    settings: dict[str, object]
    counts: dict[str, int]
    problems: list[Problem]
    language: str


def assemble(migration: Migration) -> Imported:
    """Return everything that is imported."""
    new, drafts = migration.new, migration.drafts
    entries = [e for path, text in new.bibliographies.items() for e in read(text, path).entries]
    news_title = _take_title(migration, "news.md") or new.titles.get("news.md", "News")
    front = _find(migration, "index.md") or migration.add(Draft("index.md", ""))
    front.top = "<!-- profile -->"
    migration.addresses.setdefault("", "index.md")
    texts = _bibliography_texts(new)
    if new.news:
        migration.addresses.setdefault("news", "news.md")
        texts["news.md"] = news_text(migration, new.news, news_title)
    if new.venues:
        texts["venues.yml"] = new.venues
    if entries and not _find(migration, "publications.md"):
        migration.add(Draft("publications.md", new.titles.get("publications.md", "Publications")))
    if any(draft.path.startswith("blog/posts/") for draft in drafts):
        migration.add(Draft("blog/index.md", new.titles.get("blog/index.md", "Blog")))
    for address, path in _USUAL_ADDRESSES.items():
        if _find(migration, path):
            migration.addresses.setdefault(address, path)
    _remove_taken_aliases(drafts, texts)
    texts |= {draft.path: page_text(migration, draft) for draft in drafts}
    if "<!-- publications" not in texts.get("publications.md", "<!-- publications"):
        texts["publications.md"] += "\n<!-- publications {group: year} -->\n"
    texts["index.md"] += _lists_of_home_page(texts["index.md"], new, entries)
    language = _language(migration)
    owner, remarks = owner_names.settled(new.owner, new.old_name, entries)
    migration.problems += remarks
    nav = _nav(migration, news_title)
    more = (new.owner, new.people, new.settings, nav, migration.copies)
    migration.problems += _lost_values(migration, (*texts.values(), str(more)))
    unreported = migration.paths - migration.handled - set(migration.copies.values())
    migration.problems += left_behind.summarize(unreported, migration.examples)
    return Imported(
        owner=clean(owner),
        texts=texts,
        copies=migration.copies,
        nav=nav,
        people=new.people,
        settings=new.settings,
        counts={"entries": len(entries), "news": len(new.news), "people": len(new.people)},
        problems=sorted(set(migration.problems)),
        language=language,
    )


def _find(migration: Migration, path: str) -> Draft | None:
    return next((draft for draft in migration.drafts if draft.path == path), None)


def _take_title(migration: Migration, path: str) -> str:
    """Return the title of the page at a path, and remove this page, as we generate it."""
    draft = _find(migration, path)
    if draft:
        migration.drafts.remove(draft)
    return plain(draft.title) if draft else ""


def _remove_taken_aliases(drafts: Sequence[Draft], texts: Iterable[str]) -> None:
    """Remove old addresses that another page has; builds report them."""
    taken = {normalize(page_url(path)).lower() for path in (*texts, *(draft.path for draft in drafts))}
    for draft in drafts:
        aliases = {normalize(alias).lower(): alias for alias in draft.meta.get("aliases", ())}
        if aliases:
            draft.meta["aliases"] = [alias for key, alias in aliases.items() if key not in taken]
        taken |= aliases.keys()


def _bibliography_texts(new: NewSite) -> dict[str, str]:
    if not new.bibliographies:
        return {"publications.bib": "% Paste your publications here, as BibTeX.\n"}
    if list(new.bibliographies) != ["publications.bib"]:
        new.settings["bibliography"] = list(new.bibliographies)
    return dict(new.bibliographies)


def _lists_of_home_page(page: str, new: NewSite, entries: Sequence[Any]) -> str:
    """Return the lists below the text of the home page that it does not have yet."""
    news = bool(new.news) and "news" not in new.without
    parts = ["\n<!-- news {limit: 5} -->\n"] if news and "<!-- news" not in page else []
    selected = any(entry.get("selected").lower() in ("true", "yes", "1") for entry in entries)
    if selected and "selected" not in new.without and "<!-- publications" not in page:
        parts.append("\n## Selected publications\n\n<!-- publications {selected: true} -->\n")
    if entries:
        parts.append("\n[All publications](publications.md)\n")
    return "".join(parts)


def _nav(migration: Migration, news_title: str) -> list[tuple[str, str]]:
    """Return the titles and paths of the menu, in the order of the old one."""
    paths = {
        d.path: plain(d.title)
        for d in migration.drafts
        if "/" not in d.path or d.path == "blog/index.md"
    }
    paths["index.md"] = "Home"
    if migration.new.news:
        paths.setdefault("news.md", news_title)
    new = migration.new
    paths = {path: title for path, title in paths.items() if path not in new.hidden}
    known = {"news.md", *paths, *(draft.path for draft in migration.drafts)} - {"index.md"}
    paths |= {p: title for p, title in new.menu.items() if p in known or not p.endswith(".md")}
    order = _ORDER | new.order
    return [(paths[path], path) for path in sorted(paths, key=lambda path: order.get(path, 50.0))]


def _lost_values(migration: Migration, shown: Iterable[str]) -> list[Problem]:
    """Return what was not imported of the front matter of pages that were."""
    gone = {
        p.path for p in migration.problems if re.search(r"not imported|no text|only Liquid", p.message)
    }
    gone |= {*migration.examples}
    pages = (page for path, page in sorted(migration.read_pages.items()) if path not in gone)
    return list(lost_values.find(pages, shown))


def _language(migration: Migration) -> str:
    """Return the language of the old site; report one that has no translation here."""
    written = migration.new.language
    found = labels.known(written)
    if written and not found:
        message = f"this template has no translation for the old site's language '{written[:20]}'"
        hint = "see theme.language in guide/settings.md; your own texts stay as they are"
        migration.note("", 0, message, hint)
    return found


def set_bibliography(migration: Migration, entries: Sequence[str], files: Sequence[str]) -> None:
    """Use entries that were made from pages as the bibliography; without any, use the .bib files."""
    if not entries:
        migration.new.bibliographies = read_bibliographies(files, migration)
        return
    migration.new.bibliographies["publications.bib"] = "\n".join(entries)
    for path in files:
        message = "this .bib file was not imported: the pages of publications were used"
        migration.note(path, 0, message, "copy it into docs/, and add it to bibliography in mkdocs.yml")


def read_bibliographies(paths: Sequence[str], migration: Migration) -> dict[str, str]:
    """Return the texts of .bib files, without Jekyll's front matter, by their paths in docs/."""
    found: dict[str, str] = {}
    for path in paths:
        text = re.sub(r"\A\s*---[ \t]*\n\s*---[ \t]*\n+", "", migration.text(path))
        name = "publications.bib" if len(paths) == 1 else path.rpartition("/")[2]
        while name in found:
            name = f"{slugify(path.rpartition('/')[0])}-{name}"
        found[name] = text
    return found
