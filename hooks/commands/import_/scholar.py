"""Converts the tags of jekyll-scholar: citations, and lists of publications with queries."""

import re
from collections.abc import Callable, Mapping, Sequence

from homepage.model import Entry

_QUERY = re.compile(r"@(\*|\w+)?\s*(?:\[([^\]]*)\])?\*?")
_CONDITION = re.compile(r"\s*!?\s*([\w-]+)\s*(=|==|!=|~=|!~|\^=)\s*(.*?)\s*")
_FLAG = re.compile(
    r"(?:--(\w+)|-([a-zA-Z]))(?:[ =]+(?!-)((?:\"[^\"]*\"|'[^']*'|@?[^\s\[\"']*\[[^\]]*\]\S*|\S+)))?"
)
_NAMES = {
    "f": "file", "q": "query", "m": "max", "o": "offset", "c": "cited", "C": "cited_in_order",
    "s": "sort_by", "g": "group_by",
}  # fmt: skip
_OPTIONS = {"keywords": "keyword", "abbr": "venue", "key": "keys"}  # by names in queries
_KNOWN = ("selected", "year", "keyword", "venue", "keys")
_GROUPS = ("year", "type", "none")

Told = Callable[[str, str], None]


class Scholar:
    """Writes our lists for one site.

    `files` gives the new names of .bib files, by the old names without folder and ending; `entries` are
    those of the main file.
    """

    def __init__(self, files: Mapping[str, str] | None = None, entries: Sequence[Entry] = ()):
        self.files, self.entries = files or {}, entries

    def citation(self, rest: str) -> str:
        """Return our citation for `cite key1 key2 --style apa`."""
        keys = re.sub(r"\s-\S+(?:\s+\S+)?", "", f" {rest}").split()
        return f"[{'; '.join(f'@{key}' for key in keys)}]" if keys else ""

    def bibliography(self, rest: str, report: Told) -> str:
        """Return our list for the options of a tag."""
        given = {_NAMES.get(m[2], m[1] or m[2]): (m[3] or "").strip("\"'") for m in _FLAG.finditer(rest)}
        if "cited" in given or "cited_in_order" in given:
            return "\n\\bibliography\n"
        options: dict[str, str] = {}
        if name := given.get("file"):
            stem = name.rpartition("/")[2].removesuffix(".bib").lower()
            if self.files and stem not in self.files:
                report(
                    f"a list of '{name}' was removed, as the old site has no such .bib file",
                    "replace it",
                )
                return ""
            if len(set(self.files.values())) != 1:  # else there is nothing to choose
                options["file"] = self.files.get(stem, f"{stem}.bib")
        if given.get("max", "").isdigit():
            options["limit"] = given["max"]
        if group := given.get("group_by"):
            options["group"] = group if group in _GROUPS else "none"
        elif "limit" not in options:
            options["group"] = "year"
        query = given.get("query", "")
        if query and not _add_conditions(query, options):
            keys = self._keys(query)
            if keys is None:
                message = f"the list shows more than before: 'publications' has no option for {query}"
                report(message, "see guide/lists.md")
            elif not keys:
                report(f"a list was removed, as no work fits {query}", "see guide/lists.md")
                return ""
            else:
                options["keys"] = f"[{', '.join(keys)}]"
                message = f"the list names the works that fit {query}, as there is no option for it"
                report(message, "add new ones to its keys")
        inside = ", ".join(f"{name}: {value}" for name, value in options.items())
        return f"\n<!-- publications{f' {{{inside}}}' if inside else ''} -->\n"

    def _keys(self, query: str) -> list[str] | None:
        """Return the keys of the entries that fit a query; None if it or a key cannot be read."""
        match = _QUERY.fullmatch(query)
        if not match or not self.entries:
            return None
        found = []
        for entry in self.entries:
            fits = match[1] in (None, "*", entry.type)
            for part in filter(str.strip, re.split(r"&&|,", match[2] or "")):
                condition = _CONDITION.fullmatch(part)
                if not condition:
                    return None
                fits = fits and _holds(entry, condition)
            if fits:
                found.append(entry.key)
        return None if any(re.search(r"[\s\[\]{},#'\"]", key) for key in found) else found


def _holds(entry: Entry, condition: re.Match[str]) -> bool:
    name, operator, value = condition[1].lower(), condition[2], condition[3].strip("'\"")
    there = entry.type if name == "type" and not entry.get(name) else entry.get(name)
    if name == "key":
        there = entry.key
    if operator in ("~=", "!~"):
        return bool(value.lower() in there.lower()) == (operator == "~=")
    if operator == "^=":
        return there.lower().startswith(value.lower())
    return (there.strip().lower() == value.lower()) == (operator != "!=")


def _add_conditions(query: str, options: dict[str, str]) -> bool:
    """Add the conditions of a query to the options; return whether this was possible for all."""
    match = _QUERY.fullmatch(query)
    if not match:
        return False
    found = {"type": match[1]} if match[1] and match[1] != "*" else {}
    for part in filter(str.strip, re.split(r"&&|,", match[2] or "")):
        condition = _CONDITION.fullmatch(part)
        if not condition or condition[2] not in ("=", "==", "~=", "^=") or part.strip().startswith("!"):
            return False
        name, value = condition[1].lower(), condition[3].strip("'\"")
        name = _OPTIONS.get(name, name)
        if name not in _KNOWN or re.search(r"[{}\[\]:#|]", value):
            return False
        if name == "selected" and value.lower() != "true":
            return False
        found[name] = value
    options |= found
    return True
