"""What all sites of Jekyll have in common: settings, pages, posts, collections."""

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
_NO_PAGES = frozenset(
    ("404", "sitemap", "terms", "search", "category-archive", "tag-archive", "archive-layout")
)
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
        self.liquid = Liquid(self.config, self.find)
        self.folders: dict[str, str] = {}  # addresses of collections, by name

    def find(self, name: str) -> str:
        """Return the address of a page or file, given by its file or its collection, or ''."""
        name = name.strip("'\" ")
        if name in self.folders:
            return self.folders[name]
        for draft in self.drafts:
            if name and draft.page.path in (name, f"_posts/{name}.md", f"_posts/{name}.markdown"):
                return draft.path.removesuffix(".md")
        return name if name in self.paths and not name.endswith(PAGES) else ""

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
        found = []
        for page in map(self.page, self.below(folder, ends=PAGES)):
            if self.is_example(page.path, f"{page.text('title')}\n{page.meta}\n{page.body}"):
                continue
            if page.text("published") == "false":
                message = "the page is not published there and was not imported"
                self.note(page.path, 1, message, "copy it into docs/ if you want it")
                continue
            found.append(page)
        return found

    def add_pages(self, *about: str) -> Page | None:
        """Add the pages; return the one about the owner, which becomes the home page."""
        first = self.first(*about)
        front: Page | None = None
        root = [p for p in self.source.paths if "/" not in p and p.endswith((".md", ".markdown"))]
        root = [p for p in root if not re.match(r"[A-Z_]+\.|readme|contributing", p)]
        for page in map(self.page, [*self.below("_pages", ends=PAGES), *root]):
            name, address = slug_of(page.path), self.address_of(page)
            is_root = normalize(address) == "" and name in ("about", "index")
            if page.path == first or (not first and is_root):
                if self.is_example(page.path, page.body):
                    page = page._replace(body="")
                front = page
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
        if page.text("layout") == "profiles":
            message = "a page about people has its texts in several files and needs a look"
            self.note(page.path, 1, message, "put them together on one page")
        if re.split(r"[/.]", page.path)[-2] in _NO_PAGES or page.text("layout") in _NO_LAYOUTS:
            self.skip_example(page.path)
        elif self.is_example(page.path, page.body):
            pass
        elif is_empty(page.body):
            self.theme_pages.add(normalize(address).partition("/")[0])
            message = "the page has only Liquid, from which the old theme generated its text"
            hint = "its content comes from other files" if fixed else "write it again if you need it"
            self.note(page.path, 1, message, hint)
            if fixed:
                self.new.titles[fixed] = title
        else:
            meta = {"description": plain(page.text("description"))[:300]}
            self.add(Draft(path, title, page, meta), address, *_redirects(page))

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
        others = sorted(folders - _NO_COLLECTIONS.union(known, [without]))
        for folder in (*known, *others):
            name = folder.removeprefix("_")
            path, timeline = known.get(folder, (name, name == "teaching"))
            pages = map(self._with_image, self.documents(folder))
            if index := add_collection(self, capitalized(path), path, pages, timeline=timeline):
                self.folders[name] = path
                self.addresses.setdefault(name, index)

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
        """Return the paths of .bib files in the folder for them, or else in the whole site."""
        others = ("assets/bibliography/", "_site/", "node_modules/")
        paths = (path for path in self.source.paths if path.lower().endswith(".bib"))
        every = sorted(path for path in paths if not path.startswith(others))
        found = self.below(folder, ends=".bib") or every
        for path in every:
            if path not in found:
                message = "this .bib file is in another folder and was not imported"
                hint = "copy it into docs/, and add it to bibliography in mkdocs.yml"
                self.note(path, 0, message, hint)
        return found


def _redirects(page: Page) -> list[str]:
    """Return the addresses that redirected to a page."""
    return [a for a in texts_of(page.meta.get("redirect_from")) if a.startswith("/")]
