"""Find what is left out of every output: hidden entries, entries under embargo, private fields."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import unquote

from ..bibtex import SITE_FIELDS, is_public
from ..common import slugify, untex_url
from ..model import Date, Entry, Field, Problem, Publication
from . import aliases, dates
from .links import LocalFile
from .record import FALSE, TRUE

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_NAMES_KEYS = ("related", "xref", "crossref", "entryset")
# Backup files of Emacs, Vim, JabRef, Word, git, Syncthing, Dropbox and others, and of EndNote.
_BACKUP = re.compile(
    r".*~|#.*#|~\$.*|.*\.(?:bak|backup|bck|bkp|old|orig|rej|sav|save|sw[a-p]|tmp|temp|autosave)\d*(?:\.\d+)?"
    r"|.*\.sync-conflict-\d.*|.*\bconflicted copy\b.*|.*\.enlx?|thumbs\.db|desktop\.ini",
    re.I,
)
_BIBLIOGRAPHY = re.compile(r".*\.bib(?![a-z0-9]).*", re.I)  # x.bib, x.bib.txt, x.bib_old, x.bib.zip
_BETWEEN_WORDS = re.compile(r"[\s{}()<>\[\],;\"]+")
_RESOLVED = SITE_FIELDS | {"crossref", "xdata"}  # shown on pages, or already resolved
_NAMES_FILES = (*sorted(SITE_FIELDS), "url", "file")


class Hidden(NamedTuple):
    """An entry that is left out, `until` the end of its embargo if it has one."""

    publication: Publication
    until: Date | None = None


def split(
    publications: Iterable[Publication], today: Date
) -> tuple[list[Publication], list[Hidden], list[Problem]]:
    """Split publications into shown and hidden ones, and report the hidden ones.

    Shown publications keep their order, and no longer name the keys of hidden ones. If `hidden` or
    `embargo` has a value that cannot be understood, the entry is hidden, to be safe.
    """
    shown: list[Publication] = []
    hidden: list[Hidden] = []
    problems: list[Problem] = []
    for publication in publications:
        if found := _hidden(publication, today, problems):
            hidden.append(found)
        else:
            shown.append(publication)
    # BibTeX's keys are the same in capitals.
    secret = {key.lower() for w in hidden for key in all_keys(w)} - {p.key.lower() for p in shown}
    return [_without(p, secret) for p in shown] if secret else shown, hidden, problems


def all_keys(hidden: Hidden) -> tuple[str, ...]:
    """The key of an entry, and its former keys."""
    return (hidden.publication.key, *aliases.former_keys(hidden.publication))


def private_files(
    hidden: Sequence[Hidden],
    shown: Sequence[Publication],
    local_file: LocalFile,
    paths: Iterable[str],
) -> set[str]:
    """The owner's files that belong to hidden entries.

    These are their pages, the files beside these pages, and files that no shown entry names.
    """
    if not hidden:
        return set()
    slugs = {w.publication.slug for w in hidden}
    slugs |= {slugify(key) for w in hidden for key in aliases.former_keys(w.publication)}
    shown_slugs = {p.slug for p in shown}
    pages = {path for path in paths if _is_of(_slug(path), slugs, shown_slugs)}
    secret, known = _written([w.publication for w in hidden]), _written(shown)
    files = {local_file(path) for value in secret - known for path in _meant(value)}
    return pages | (set(filter(None, files)) - {local_file(value) for value in known if value})


def private_fields(publications: Iterable[Publication], public: Collection[str]) -> list[Problem]:
    """Note the fields that visitors do not get, once per file; `public` has the owner's exceptions."""
    private: dict[str, list[Field]] = {}
    for publication in publications:
        for field in publication.entry.fields.values():
            if field.name not in _RESOLVED and not is_public(field.name, public):
                private.setdefault(publication.entry.path, []).append(field)
    hint = "name those that are for visitors under public_fields in extra.homepage"
    problems = []
    for path, fields in private.items():
        names = ", ".join(sorted({field.name for field in fields}))
        line = min(field.line for field in fields)
        problems.append(Problem(path, line, f"fields that stay private: {names}", hint, "note"))
    return problems


def unsafe_copies(paths: Iterable[str], docs: str) -> dict[str, Problem]:
    """Files that would publish private data, with a note for each: .bib files and editors' backups.

    `paths` must not include the bibliographies that the site reads.
    """
    found = {}
    for path in paths:
        name = path.rpartition("/")[2]
        if _BACKUP.fullmatch(name):
            message = "this seems to be a copy that an editor left behind; it is not published"
            hint = "delete it, or give it another name"
        elif _BIBLIOGRAPHY.fullmatch(name):
            message = "this file is not published, as it may have hidden entries and private fields"
            hint = "name it under bibliography in extra.homepage, or delete it"
        else:
            continue
        found[path] = Problem(f"{docs}{path}", 0, message, hint, "note")
    return found


def _is_of(slug: str, hidden: set[str], shown: set[str]) -> bool:
    """Is it the slug of a hidden entry, or of a copy such as `doe-2024 (2)` or `doe-2024-old`?"""
    if slug in shown:
        return False
    return any(slug.startswith(w) and not slug[len(w) : len(w) + 1].isalnum() for w in hidden)


def _slug(path: str) -> str:
    """The slug in the path of a publication's page or of a file beside it, else ''."""
    folder, _, rest = path.partition("/")
    name = rest.partition("/")[0]
    return slugify(name.removesuffix(".md")) if name and folder == "publications" else ""


def _hidden(publication: Publication, today: Date, problems: list[Problem]) -> Hidden | None:
    entry, key = publication.entry, publication.key
    hidden = next((v for v in map(str.lower, _all(entry, "hidden")) if v not in FALSE), "")
    embargo = max(_all(entry, "embargo"))

    def report(field: str, message: str, hint: str, severity: str = "note") -> None:
        problems.append(entry.problem(field, message, hint, severity))

    if hidden in TRUE:
        report("hidden", f"'{key}' is hidden", "delete hidden = {true} to show it")
        return Hidden(publication)
    if hidden:
        message = f"hidden = {{{hidden}}} of '{key}' is neither true nor false; it is hidden"
        report("hidden", message, "write hidden = {true}, or delete the line", "warning")
        return Hidden(publication)
    if not embargo:
        return None
    match = _DATE.fullmatch(embargo.strip("{} "))
    until = dates.make(*(int(part or 0) for part in match.groups())) if match else None
    if until is None:
        message = f"the embargo '{embargo}' of '{key}' is not a date; the entry is hidden"
        report("embargo", message, "write embargo = {2027-01-01}", "warning")
        return Hidden(publication)
    if until.key <= today.key:
        return None
    message = f"'{key}' is hidden by its embargo until {until.iso()}"
    report("embargo", message, "the first build from that day on shows it")
    return Hidden(publication, until)


def _all(entry: Entry, name: str) -> list[str]:
    """The values of a field that an entry may have twice."""
    return [entry.get(name), *(field.value for field in entry.repeated if field.name == name)]


def _without(publication: Publication, secret: set[str]) -> Publication:
    """Remove the keys of hidden entries from the fields of a publication."""
    entry, changed = publication.entry, {}
    for name in filter(entry.fields.get, _NAMES_KEYS):
        named = [key.strip() for key in entry.fields[name].value.split(",")]
        kept = [key for key in named if key.lower() not in secret]
        if kept != named:
            changed[name] = entry.fields[name]._replace(value=", ".join(kept))
    if not changed:
        return publication
    return replace(publication, entry=entry._replace(fields={**entry.fields, **changed}))


def _written(publications: Sequence[Publication]) -> set[str]:
    """The values of fields that may name a file, and the words that may in other fields."""
    values = {p.entry.get(field) for p in publications for field in _NAMES_FILES}
    words = {w for p in publications for w in _words(p.entry)}  # as in note = {\href{talk.pdf}{Talk}}
    return {untex_url(value).partition("#")[0] for value in values | words} - {""}


def _words(entry: Entry) -> set[str]:
    """The words in all fields of an entry that may be names of files, but not of pages."""
    words = {w.rstrip(".") for f in entry.fields.values() for w in _BETWEEN_WORDS.split(f.value)}
    return {w for w in words if "." in w and not w.endswith(".md")}


def _meant(value: str) -> list[str]:
    """The paths that a value may mean.

    These are the value itself, the parts of `name:path:type`, as JabRef and Zotero write files, or the
    path of an address, which may be on this site.
    """
    if ":" not in value:
        return [value, unquote(value)]
    address = value.partition("://")[2].partition("?")[0].partition("/")[2]
    address = unquote(address)
    parts = [address, address.partition("/")[2]] if address else re.split("[:;]", value)
    return [part for part in parts if "." in part]  # a path to a page has no colon
