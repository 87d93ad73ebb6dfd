"""What all sites of Jekyll have in common: settings, pages, posts, collections."""

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote

from commands.shared.owner import site_address

from .front_matter import Page, capitalized, get, get_text, tags, text_of, texts_of
from .liquid import Liquid
from .markdown import Report, plain
from .migration import Draft, Migration
from .old_site import Source
from .pages import add_collection, add_post, is_empty, slug_of
from .urls import normalize

PAGES = (".md", ".markdown", ".html")
_STOCK_PAGES = frozenset("404 sitemap terms search category-archive tag-archive archive-layout".split())
_NO_LAYOUTS = ("none", "null", "archive-taxonomy")
_NO_COLLECTIONS = frozenset(
    "_layouts _includes _sass _plugins _data _pages _posts _drafts _site _bibliography _scripts "
    "_news".split()
)
# Pages with a fixed path here, by their address or name there.
_PATHS = {
    **{name: f"{name}.md" for name in "publications news cv projects teaching talks portfolio".split()},
    "publication": "publications.md",
    "blog": "blog/index.md",
}
_DIRECTIVE = re.compile(r"<!-- (?:publications|news)\b|\\bibliography")
_POST_LISTS = re.compile(r"\bpaginator\b|\bsite\.posts\b")
_FILE_OF_LIST = re.compile(r"\{%-?\s*bibliography\b[^%]*?(?:-f|--file)[ =]+[\"']?([\w./-]+)")
_TRACKING = (  # settings of services that track visitors
    "google_analytics", "analytics.google.tracking_id", "disqus_shortname", "giscus.repo",
    "cronitor_analytics",
)  # fmt: skip


class Jekyll(Migration):
    """Imports one site of Jekyll."""

    def __init__(self, source: Source):
        super().__init__(source)
        self.config = self.read_settings("_config.yml")
        if "_config.yml" not in self.paths:
            message = "the file is missing, and the owner's details with it"
            self.report(
                "_config.yml", 0, message, "check that this is the folder of the whole repository"
            )
        self.site_url = site_address(get_text(self.config, "url"))
        if base := get_text(self.config, "baseurl").strip("/"):
            self.base = f"/{base}"
            self.site_url += f"{base}/" if self.site_url else ""
        names = get(self.config, "collections")
        self.collections = texts_of(list(names)) if isinstance(names, (dict, list)) else []
        folders = {path.partition("/")[0] for path in self.paths if path.startswith("_") and "/" in path}
        found = self.collections or [f.removeprefix("_") for f in folders - _NO_COLLECTIONS]
        self.liquid = Liquid(self.config, self.find)
        self.liquid.collections = frozenset((*found, "news"))
        self.liquid.data, self.liquid.lists = self.data_named, self.lists
        self.stock = _STOCK_PAGES  # names of pages that are the template's
        self.folders: dict[str, str] = {}  # addresses of collections, by name
        self.pages: list[tuple[Page, str]] = []  # of the old site, and their paths in docs/

    def find(self, name: str) -> str:
        """Return the address of a page or file, given by its file or its collection, or ''."""
        name = name.strip("'\" ")
        if name in self.folders:
            return self.folders[name]
        for draft in self.drafts:
            if name and draft.page.path in (name, f"_posts/{name}.md", f"_posts/{name}.markdown"):
                return draft.path.removesuffix(".md")
        return name if name in self.paths and not name.endswith(PAGES) else ""

    def data_named(self, name: str) -> object:
        """Return the values of a data file of this name, None if there is none."""
        paths = (f"_data/{name}{end}" for end in (".yml", ".yaml", ".json"))
        return self.data(path) if (path := self.first(*paths)) else None

    def to_markdown(self, page: Page, body: str, report: Report) -> str:
        """Return the body of a page as Markdown."""
        return self.liquid.convert(body, page.meta, report)

    def address_of(self, page: Page) -> str:
        """Return the address of a page, also of one in a collection."""
        if link := page.text("permalink"):
            return link if ":" not in link else ""
        folder, _, name = page.path.rpartition("/")
        folder = folder.removeprefix("_pages").strip("/")
        return f"{folder.removeprefix('_')}/{name.rpartition('.')[0]}".strip("/")

    def documents(self, folder: str) -> list[Page]:
        """Return the pages of a collection, without examples and unpublished pages."""
        paths = [path for path in self.below(folder, ends=PAGES) if not _is_hidden(path, folder)]
        pages = map(self.cleaned, filter(self.is_published, map(self.page, paths)))
        return [page for page in pages if page]

    def is_published(self, page: Page) -> bool:
        """Return whether the old site shows a page; if not, report it."""
        is_published = page.text("published") != "false"
        if not is_published:
            message = "the page is not published there and was not imported"
            self.note(page.path, 1, message, "copy it into docs/ if you want it")
        return is_published

    def cleaned(self, page: Page) -> Page | None:
        """Return a page without texts of the template; None if it is one of its examples."""
        text = f"{page.text('title')}\n{page.meta}\n{page.body}"
        return None if self.is_example(page.path, text) else page

    def add_pages(self, *about: str) -> Page | None:
        """Add the pages; return the one about the owner, which becomes the home page."""
        first = self.first(*about)
        front: Page | None = None
        root = [p for p in self.source.paths if "/" not in p and p.endswith((".md", ".markdown"))]
        root = [p for p in root if not re.match(r"[A-Z_]+\.|readme|contributing", p)]
        paths = [path for path in self.below("_pages", ends=PAGES) if not _is_hidden(path, "_pages")]
        for page in filter(self.is_published, map(self.page, [*paths, *root])):
            name, address = slug_of(page.path), self.address_of(page)
            is_root = normalize(address) == "" and name in ("about", "index")
            if page.path == first or (not first and is_root):
                front = page = self.cleaned(page) or page._replace(body="")
                self.pages.append((page, "index.md"))
                self.add(Draft("index.md", "", page), *_redirects(page))
                self.addresses |= {normalize(address): "index.md", name: "index.md"}
            else:
                self._add_page(page, name, address)
        return front

    def _add_page(self, page: Page, name: str, address: str) -> None:
        title = capitalized(page.title) or capitalized(name.replace("-", " "))
        fixed = _PATHS.get(normalize(address) or name)
        path = fixed or f"{name}.md"
        order = page.text("nav_order", "weight")
        if re.fullmatch(r"\d+(?:\.\d+)?", order):
            self.new.order[path] = float(order)
        is_stock = re.split(r"[/.]", page.path)[-2] in self.stock
        if is_stock or page.text("layout") in _NO_LAYOUTS:
            self.skip_example(page.path)
            return
        cleaned = self.cleaned(page)
        if not cleaned:
            return
        page = cleaned
        self.pages.append((page, path))
        if self._is_empty(page) or (fixed == "blog/index.md" and _POST_LISTS.search(page.body)):
            self.theme_pages.add(normalize(address).partition("/")[0])
            message = "the page has only Liquid, from which the old theme generated its text"
            hint = "its content comes from other files" if fixed else "write it again if you need it"
            self.note(page.path, 1, message, hint)
            self.new.titles[path] = title
        else:
            meta = {"description": plain(page.text("description"))[:300]}
            draft = self.add(Draft(path, title, page, meta), address, *_redirects(page))
            self.pages[-1] = (page, draft.path)

    def _is_empty(self, page: Page) -> bool:
        """Return whether a page has nothing to read, not even from data files."""
        text = self.liquid.convert(page.body, page.meta, lambda *_: None)
        return is_empty(text) and (is_empty(page.body) or not _DIRECTIVE.search(text))

    def add_posts(self) -> None:
        """Add the posts of the blog."""
        rule = get_text(self.config, "permalink")
        for page in self.documents("_posts"):
            draft = add_post(self, page, page.text("permalink"))
            if draft and "permalink" not in page.meta and rule.startswith("/"):
                when = draft.meta["date"]
                topics = page.meta.get("categories") or page.meta.get("category")
                values = {
                    "year": str(when.year), "month": f"{when:%m}", "day": f"{when:%d}",
                    "title": re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-|\.\w+$", "", page.path.rpartition("/")[2]),
                    "categories": "/".join(tags({"categories": topics})),
                }  # fmt: skip
                old = re.sub(r":(\w+)", lambda m, v=values: v.get(m[1], ""), rule)  # type: ignore[misc]
                self.addresses.setdefault(normalize(old), draft.path)
                if re.fullmatch(r"[\w./-]+", old):
                    draft.meta["aliases"] = [re.sub("//+", "/", f"/{normalize(old)}/")]

    def add_collections(self, known: Mapping[str, tuple[str, bool]], without: str = "") -> None:
        """Add the collections; `known` gives a path without .md, and whether they are timelines."""
        folders = {p.partition("/")[0] for p in self.source.paths if p.startswith("_") and "/" in p}
        if self.collections:  # else the settings are missing
            folders &= {f"_{name}" for name in self.collections}
            known = {folder: value for folder, value in known.items() if folder in folders}
        others = sorted(folders - _NO_COLLECTIONS.union(known, [without]))
        for folder in (*known, *others):
            name = folder.removeprefix("_")
            path, timeline = known.get(folder, (name, name == "teaching"))
            pages, on = map(self._with_image, self.documents(folder)), self._page_listing(name, path)
            title = self.new.titles.get(f"{path}.md") or capitalized(path)
            if index := add_collection(self, title, path, pages, timeline=timeline, on=(name, on)):
                self.folders[name] = index.removesuffix(".md")
                self.addresses.setdefault(name, index)

    def _page_listing(self, name: str, path: str) -> Draft | None:
        """Return the page that lists a collection, None if that has nothing else to show."""
        loop = re.compile(rf"\bsite\.{re.escape(name)}\b")
        pages = [draft for draft in self.drafts if "/" not in draft.path and draft.path != "index.md"]
        fits = [(bool(loop.search(d.page.body)), d.path == f"{path}.md") for d in pages]
        best = max(fits, default=(False, False))
        is_own = f"{path}.md" not in self.new.titles and any(best)
        return pages[fits.index(best)] if is_own else None

    def _with_image(self, page: Page) -> Page:
        """Return a page of a project with the image that the old theme showed in its list."""
        image = page.text("img").lstrip("/")
        if image not in self.paths or not page.body.strip() or "](" in page.body[:200]:
            return page
        return page._replace(body=f"![{page.title}](/{quote(image)})\n\n{page.body}", line=page.line - 2)

    def report_tracking(self) -> None:
        """Report the settings of services that track visitors."""
        for key in _TRACKING:
            if text_of(get(self.config, key)) not in ("", "al-folio"):
                self.note("_config.yml", 0, f"'{key}' was not imported", "see guide/privacy.md")

    def bibliographies(self, folder: str) -> list[str]:
        """Return the paths of the .bib files that the old site used, or else of all."""
        others = ("assets/bibliography/", "_site/", "node_modules/")
        paths = (path for path in self.source.paths if path.lower().endswith(".bib"))
        every = sorted(path for path in paths if not path.startswith(others))
        found = self.below(folder, ends=".bib") or every
        named = get_text(self.config, "scholar.bibliography")
        names = {f"{name.removesuffix('.bib')}.bib" for name in (named, *self._named_in_lists()) if name}
        if any(posixpath.basename(path) == f"{named.removesuffix('.bib')}.bib" for path in found):
            found = [path for path in found if posixpath.basename(path) in names]
        for path in every:
            if path not in found:
                message = "no list of the old site showed this .bib file, which was not imported"
                hint = "copy it into docs/, and add it to bibliography in mkdocs.yml"
                self.note(path, 0, message, hint)
        return found

    def _named_in_lists(self) -> list[str]:
        bodies = [draft.page.body for draft in self.drafts]
        others = self.below(*(f"_{name}" for name in (*self.collections, "posts")), ends=PAGES)
        bodies += [self.source.read(path).decode("utf-8", "replace") for path in others]
        return [match[1] for body in bodies for match in _FILE_OF_LIST.finditer(body)]


def _is_hidden(path: str, folder: str) -> bool:
    """Return whether Jekyll ignores a file for its name or that of a folder."""
    return any(part.startswith(("_", ".")) for part in path.removeprefix(f"{folder}/").split("/"))


def _redirects(page: Page) -> list[str]:
    """Return the addresses that redirected to a page."""
    return [a for a in texts_of(page.meta.get("redirect_from")) if a.startswith("/")]
