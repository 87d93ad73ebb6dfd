"""The bibliography of al-folio sites, and the files that its entries name."""

from homepage.bibtex import read as read_bibtex
from homepage.common import untex_url
from homepage.model import Problem
from homepage.publications import find_local

from . import alfolio_samples as samples
from .alfolio_pages import AlFolio
from .front_matter import get_text
from .jekyll import PAGES
from .new_site import read_bibliographies
from .scholar import Scholar

_FILE_FIELDS = (
    "pdf", "preview", "slides", "poster", "supp", "supplement", "html", "video", "code", "website",
    "blog",
)  # fmt: skip


def read_works(site: AlFolio, folder: str) -> None:
    """Read the .bib files, without the works of the template, and remember their old names."""
    paths = site.bibliographies(folder)
    found = read_bibliographies(paths, site)
    for path, old in zip(tuple(found), paths, strict=True):
        found[path], number = samples.without_works(found[path], path, site.owner_family)
        if number:
            what = (
                "1 work of the template was" if number == 1 else f"{number} works of the template were"
            )
            message = f"{what} not imported"
            site.note(old, 0, message, "you do not need to do anything")
    site.new.bibliographies = found
    names = {
        old.rpartition("/")[2].removesuffix(".bib").lower(): new
        for old, new in zip(paths, found, strict=True)
    }
    main = get_text(site.config, "scholar.bibliography").removesuffix(".bib").lower()
    path = names.get(main) or next(iter(found), "")
    site.liquid.scholar = Scholar(names, read_bibtex(found.get(path, ""), path).entries)


def import_files(site: AlFolio) -> None:
    """Import the files that entries name, and report those that are missing."""
    for path, text in site.new.bibliographies.items():
        missing: list[tuple[int, str]] = []
        for entry in read_bibtex(text, path).entries:
            for name in _FILE_FIELDS:
                value = untex_url(entry.get(name)).partition("#")[0].strip()
                if not value or "://" in value or value.lower() in ("true", "false", "yes", "no"):
                    continue
                if file := find_local(value, lambda path: path in site.paths):
                    if not file.endswith(PAGES[:2]) and not site.import_file(file):
                        message = f"the file '{value}' was not imported"
                        site.report(path, entry.line_of(name), message, "correct the entry")
                elif name in ("pdf", "preview", "slides", "poster", "supp"):
                    missing.append((entry.line_of(name), value))
        if missing:
            few = ", ".join(value for _, value in missing[:4]) + (" …" if len(missing) > 4 else "")
            what = "a file" if len(missing) == 1 else f"{len(missing)} files"
            message = f"the old site does not have {what} that entries name: {few}"
            hint = "put them into docs/, or delete those fields"
            site.problems.append(Problem(f"docs/{path}", missing[0][0], message, hint))
