"""The owner's files in docs/: how they are read, and which of them are published."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from posixpath import dirname

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, file_sort_key, set_exclusions
from mkdocs.utils.meta import YAML_RE

from homepage.model import Problem
from homepage.pages import Alias, front_matter, menu, written
from homepage.publications import find_local

_TEXTS = (".css", ".js", ".html", ".svg", ".json", ".xml", ".webmanifest")


def reader(files: Files, wanted: Callable[[File], bool] = bool) -> Callable[[str], bytes | None]:
    """Return a function that reads one of the `wanted` files by its path: of docs/, or generated."""

    def read(path: str) -> bytes | None:
        file = files.get_file_from_path(path)
        return file.content_bytes if file and wanted(file) else None

    return read


def is_published(file: File, *, preview: bool) -> bool:
    """Is a file published? Drafts are for the preview only."""
    least = InclusionLevel.DRAFT if preview else InclusionLevel.NOT_IN_NAV
    return bool(file.inclusion.value >= least.value)


def is_from_docs(file: File, *, preview: bool) -> bool:
    """Is it a published file that no plugin generated?"""
    return not file.generated_by and is_published(file, preview=preview)


def texts(files: Files, *, preview: bool) -> Iterator[str]:
    """Yield all published texts besides pages, such as style sheets and scripts."""
    for file in files:
        is_text = file.src_uri.endswith(_TEXTS) and not file.is_documentation_page()
        if is_text and is_published(file, preview=preview):
            yield file.content_bytes.decode("utf-8", "replace")


def drawings(files: Files, config: MkDocsConfig) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each SVG file in docs/."""
    for file in files:
        if file.src_uri.lower().endswith(".svg") and file.src_dir == config.docs_dir:
            yield file.src_uri, file.content_bytes


def local_file(files: Files) -> Callable[[str], str | None]:
    """Return a function that finds the path of a file that an entry names, if the site has it."""

    def find(path: str) -> str | None:
        return find_local(path, lambda name: files.get_file_from_path(name) is not None)

    return find


def text_of(file: File) -> str:
    """Return the text of a file, whatever its encoding and line ends are."""
    return file.content_bytes.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def left_out(config: MkDocsConfig) -> Callable[[str], bool]:
    """Return a function that says whether MkDocs leaves out a path in docs/ (`exclude_docs`, drafts)."""

    def is_left_out(path: str) -> bool:
        file = File(path, config.docs_dir, config.site_dir, config.use_directory_urls)
        set_exclusions([file], config)
        return not is_published(file, preview=False)

    return is_left_out


def add(files: Files, paths: Iterable[str], config: MkDocsConfig) -> None:
    """Add files of docs/ as MkDocs does when it reads the folder: index.md wins over README.md."""
    make = partial(File, use_directory_urls=config.use_directory_urls)
    found = sorted((make(p, config.docs_dir, config.site_dir) for p in paths), key=file_sort_key)
    set_exclusions(found, config)
    by_place: dict[tuple[str, str], File] = {}
    for file in found:
        place = dirname(file.src_uri), file.dest_uri
        if place not in by_place or is_published(file, preview=False):
            by_place[place] = file
    for file in by_place.values():
        if of_theme := files.get_file_from_path(file.src_uri):
            files.remove(of_theme)
        files.append(file)


def remove_yaml_bombs(files: Files, config: MkDocsConfig) -> list[Problem]:
    """Remove pages whose front matter is a YAML bomb, before anything reads it."""
    problems = []
    for file in files.documentation_pages():
        if found := front_matter.yaml_bomb(text_of(file), f"{docs_shown(config)}/{file.src_uri}"):
            files.remove(file)
            problems += found
    return problems


def remove_not_in_nav(files: Files, nav: object) -> list[str]:
    """Remove pages marked `only_in_nav` that `nav` does not list; returns the texts of the others."""
    texts = {f.src_uri: text_of(f) for f in files.documentation_pages() if not f.generated_by}
    marked = [path for path, text in texts.items() if menu.is_only_in_nav(text)]
    off = menu.left_out(files.src_uris, marked, menu.titles(nav))
    for file in [file for file in files if file.src_uri in off]:
        files.remove(file)
    return [text for path, text in texts.items() if path not in off]


def docs_shown(config: MkDocsConfig) -> str:
    """Return the path of docs/ for messages: relative to the folder of mkdocs.yml."""
    root = Path(config.config_file_path).parent
    return Path(os.path.relpath(config.docs_dir, root)).as_posix()


def aliases(files: Files, shown_as: Callable[[str], str]) -> list[Alias]:
    """Return the `aliases` in the front matter of all pages, which have been read before."""
    return [
        alias
        for file in files.documentation_pages()
        if file.page and "aliases" in file.page.meta and not file.generated_by
        if (match := YAML_RE.match(text_of(file)))
        for alias in written(match[1], file.src_uri, shown_as(file.src_uri))
    ]
