"""Pages of al-folio sites without the template's texts, their menu, and people of groups."""

import re
from urllib.parse import quote

from . import alfolio_samples as samples
from .front_matter import Page, get_dicts, get_text, is_true
from .jekyll import Jekyll
from .markdown import plain
from .old_site import Source
from .pages import is_empty

_CV_PAGES = ("cv.md", "education.md", "experience.md", "honors.md", "teaching.md", "service.md")


class AlFolio(Jekyll):
    """Imports one site of al-folio."""

    def __init__(self, source: Source):
        super().__init__(source)
        self.config = samples.without_accounts(self.config)
        self.liquid.site = self.config

    def data_named(self, name: str) -> object:
        """Return the values of a data file, without those of the template."""
        found = super().data_named(name)
        return samples.without_repositories(found) if name == "repositories" else found

    def cleaned(self, page: Page) -> Page | None:
        """Return a page without texts of the template; None if it is one of its examples."""
        if page.text("layout") == "profiles":
            page = self._with_people(page)
        cleaned = samples.without_samples(page)
        if cleaned is None:
            self.skip_example(page.path)
            return None
        if samples.has_sample_text(page.body):
            message = "texts of the template in this page were not imported"
            self.note(page.path, page.line, message, "you do not need to do anything")
        return super().cleaned(cleaned)

    def _with_people(self, page: Page) -> Page:
        """Return a page about people with their texts, which are in files of their own."""
        parts = []
        for person in get_dicts(page.meta, "profiles"):
            path = f"_pages/{get_text(person, 'content').lstrip('/')}"
            text = self.page(path).body.strip() if path in self.paths else ""
            if text and text in parts:  # the template shows its person twice
                continue
            more = samples.address(get_text(person, "more_info", "address"))
            if samples.is_sample_text(text) or not (text or more or get_text(person, "name")):
                continue
            name = plain(get_text(person, "name"))
            if name:
                self.new.people.setdefault(name, {"url": ""})
            image = self.first(f"assets/img/{get_text(person, 'image')}")
            shown = f'![{name}](/{quote(image)}){{ width="200" }}' if image else ""
            lines = re.sub(r"\s*</p>\s*", "  \n", re.sub(r"<p>", "", more)).strip()
            parts += [f"## {name}" if name else "", shown, text, lines]
        return page._replace(body="\n\n".join(filter(None, [page.body.strip(), *parts])))

    def is_published(self, page: Page) -> bool:
        """Return whether the old site shows a page: Jekyll copies files without front matter."""
        if page.meta or page.line > 1:
            return super().is_published(page)
        name = page.path.rpartition("/")[2]
        texts = (self.source.read(path) for path in self.below("_pages", ends=".md"))
        if samples.is_sample_text(page.body):
            self.skip_example(page.path)
        elif not any(re.search(rb"content:\s*" + re.escape(name.encode()), text) for text in texts):
            message = "the page has no front matter, so the old site did not show it"
            self.note(page.path, 1, message, "copy it into docs/ if you want it")
        return False

    def read_menu(self) -> None:
        """Show in the menu what the old one had; other pages stay pages that links lead to."""
        menu = [(page, path) for page, path in self.pages if is_true(page.meta.get("nav"))]
        if not menu:
            return
        made = {path for _, path in self.pages}
        shown = {"index.md"} | ({"publications.md", "blog/index.md"} - made)
        for page, path in menu:
            order = page.text("nav_order")
            place = float(order) if re.fullmatch(r"\d+(?:\.\d+)?", order) else 50.0
            children = get_dicts(page.meta, "children")
            if children and is_empty(page.body):
                self._add_children(children, place, shown)
                continue
            shown.add(path)
            self.new.order[path] = place
            if path == "cv.md" or page.text("layout") == "cv":
                self._add_cv(page, place, shown, made)
        pages = {draft.path for draft in self.drafts if "/" not in draft.path}
        self.new.hidden = (pages | {"news.md", "blog/index.md"}) - shown

    def _add_children(self, children: list[dict[str, object]], place: float, shown: set[str]) -> None:
        for index, child in enumerate(children, 1):
            title, address = plain(get_text(child, "title")), get_text(child, "permalink", "url")
            found = self.resolve(address) if address else None
            if not found or title == "divider":
                continue
            self.new.order[found] = place + index / 100
            shown.add(found)
            if not found.endswith(".md"):
                self.new.menu[found] = title

    def _add_cv(self, page: Page, place: float, shown: set[str], made: set[str]) -> None:
        """Show the pages of the CV in the menu, and its PDF."""
        for index, path in enumerate(_CV_PAGES, 1):
            if path not in made:
                shown.add(path)
                self.new.order.setdefault(path, place + index / 100)
        name = page.text("cv_pdf")
        file = self.first(name.lstrip("/"), f"assets/pdf/{name.lstrip('/')}") if name else ""
        if file and not file.endswith("example_pdf.pdf") and (found := self.import_file(file)):
            self.new.menu[found] = f"{self.new.titles.get('cv.md', page.title) or 'CV'} (PDF)"
            self.new.order[found] = place + 0.5
