"""Citations in prose: a registry for mkdocs-bibtex, and a shield for text that it must not change.

The forms are pandoc's (its manual, "Citation syntax"): `[see @key, p. 3]` is in parentheses, `[-@key]`
has the year alone, and `@key says` or `@key [p. 3] says` has the authors in the sentence.

mkdocs-bibtex handles `[@key]` and `\\bibliography`. It only reads keys of letters, digits, `_` and
`-`, and also changes code. So before it runs, simple tokens replace known keys, and everything else
that looks like a citation is hidden from it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from markupsafe import escape

from ..common import ignored_spans, inside
from ..model import Problem, Publication
from ..publications import aliases
from .citation import author_year, cited_year, who

_AT, _BACKSLASH = "\ue0a0", "\ue0a1"  # private-use characters that replace @ and \
_GONE = re.compile("[ \t]*\ue0a4")  # a removed citation of a hidden entry
_AFTER_KEY = ".:!?'\")"
# Around the number of a cited publication and the letter of its year, until `resolve` replaces them.
_CITED = ("\ue0a2", "\ue0a3")
_YEAR, _IN_SENTENCE, _AUTHORS = "\ue0a5", "\ue0a6", "\ue0a7"  # forms of citations, else authors and year
_CITED_TOKEN = re.compile(f"\ue0a2([0-9]{{1,9}})([a-z]?)([{_YEAR}{_IN_SENTENCE}{_AUTHORS}]?)\ue0a3")
_BLOCK = re.compile(r"\[([^\[\]]*@[^\[\]]*)\](?![(\[:{])")
_KEY = re.compile(r"(?<![\w.@])(?:(?<![\w.@-])-)?@(?:\{([^{}]+)\}|([^\s;,\[\]{}]+))")
# A key in a sentence, perhaps with a page in brackets; keys end with a letter or digit.
_SENTENCE = re.compile(
    r"(?<![A-Za-z0-9_.@/\\+%&=:-])(\\?)@(?:\{([^{}\s]+)\}|([^\W_](?:[\w:.#$%&+?<>~/-]{0,200}\w)?))"
    r"(?:[ \t]\[([^\[\]@^][^\[\]@]*)\](?![(\[:{]))?"
)
# A key may be followed by `-like` or by words in Chinese without a space.
_SHORTER = re.compile(r".*\w(?=\W)|[ -~]+(?=[^ -~])")
_NOT_PROSE = re.compile(r"\[[^\[\]]*\]|<[^<>\n]*>|(?m:^#{1,6}[ \t].*$|^[ ]{0,3}\[[^\]\n]*\]:.*$)")
_COMMAND = re.compile(r"\\(?=(?:full_)?bibliography\b)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TOKEN = re.compile(r"hpcite(\d+)")
_FOOTNOTES = re.compile(r"(?:^\[\^hpcite\d+\]: hpcite\d+\n?)+", re.M)


class Registry:
    """The interface of mkdocs-bibtex's `ReferenceRegistry`, for publications that are already read."""

    footnote_format = "{key}"

    def __init__(
        self,
        publications: Iterable[Publication],
        label: Mapping[str, str],
        hidden: Iterable[str] = (),
    ):
        self.publications = list(publications)
        self.label = dict(label)
        self._suffixes: dict[str, str] = {}
        self._tokens: dict[str, str] = {}
        works = [
            (f"hpcite{number}", version)
            for number, publication in enumerate(self.publications)
            for version in (publication, *publication.versions)
        ]
        for token, version in works:
            self._tokens.setdefault(version.key, token)
        for token, version in works:
            for key in aliases.former_keys(version):
                self._tokens.setdefault(key, token)
        self._hidden = {key.lower() for key in hidden} - {key.lower() for key in self._tokens}

    @property
    def bib_data(self) -> SimpleNamespace:
        """All publications by token, for `\\full_bibliography`."""
        return SimpleNamespace(entries={f"hpcite{n}": p for n, p in enumerate(self.publications)})

    def validate_citation_blocks(self, citation_blocks: list[Any]) -> None:
        """Called first, with all citations of a page; `shield` has kept only known keys."""
        keys = dict.fromkeys(c.key for block in citation_blocks for c in block.citations)
        self._suffixes = self.suffixes([self.find(key) for key in keys])

    def suffixes(self, works: list[Publication]) -> dict[str, str]:
        """The letter after the year, by slug, for works that read the same on a page, as in APA."""
        alike: dict[str, list[Publication]] = {}
        for work in sorted(works, key=lambda p: (p.title.plain.casefold(), p.slug)):
            alike.setdefault(author_year(work, self.label), []).append(work)
        return {
            work.slug: _LETTERS[number % 26]
            for group in alike.values()
            if len(group) > 1
            for number, work in enumerate(group)
        }

    def validate_inline_references(self, inline_references: list[Any]) -> set[Any]:  # noqa: ARG002
        """None is valid: inline references are switched off."""
        return set()

    def inline_text(self, citation_block: Any) -> str:
        """`(see Zhao et al., 2024, p. 3)`, each work linked to its entry."""
        parts = []
        for citation in citation_block.citations:
            # Only a token, as Markdown would still interpret names and titles, which are not trusted.
            letter = self._suffixes.get(self.find(citation.key).slug, "")
            number, prefix, suffix = (
                citation.key.removeprefix("hpcite"),
                citation.prefix,
                citation.suffix,
            )
            form = next((form for form in (_YEAR, _IN_SENTENCE) if citation.prefix.endswith(form)), "")
            prefix = citation.prefix.removesuffix(form).rstrip()

            def token(form: str, number: str = number, letter: str = letter) -> str:
                return f"{_CITED[0]}{number}{letter}{form}{_CITED[1]}"

            if form == _IN_SENTENCE:  # always alone in its brackets
                return f"{token(_AUTHORS)} ({token(_YEAR)}, {suffix})" if suffix else token(form)
            text = f"{prefix} {token(form)}" if prefix else token(form)
            parts.append(f"{text}, {suffix}" if suffix else text)
        return f"({'; '.join(parts)})"

    def reference_text(self, citation: Any) -> str:
        """The token; `references` collects all of them in a list."""
        return str(citation.key)

    def find(self, token: str) -> Publication:
        """The publication of a token."""
        return self.publications[int(token.removeprefix("hpcite"))]

    def token(self, key: str) -> str | None:
        """The token of a citation key, if necessary in another case, as BibTeX compares keys."""
        if key in self._tokens:
            return self._tokens[key]
        return next((t for k, t in self._tokens.items() if k.lower() == key.lower()), None)

    def _hides(self, part: str) -> str:
        """The key of a hidden entry in a part of a citation, or ''."""
        keys = [match[1] or match[2] for match in _KEY.finditer(part)]
        keys += [key.rstrip(_AFTER_KEY) for key in keys]
        return next((key for key in keys if key.lower() in self._hidden), "")

    def shield(self, markdown: str, path: str, first_line: int) -> tuple[str, list[Problem]]:
        """Prepare Markdown for mkdocs-bibtex, and report keys that are hidden or not known."""
        problems: list[Problem] = []
        spans = ignored_spans(markdown)

        def block(match: re.Match[str]) -> str:
            if inside(match.start(), spans) or (match.start() and markdown[match.start() - 1] in "!\\"):
                return match[0]
            unknown: list[str] = []
            inner = match[1]
            line = first_line + markdown.count("\n", 0, match.start())
            if self._hidden and (hidden := next(filter(None, map(self._hides, inner.split(";"))), "")):
                message = f"the citation [@{hidden}] names an entry that is hidden, and is left out"
                problems.append(Problem(path, line, message, "take it out, or show the entry"))
                inner = ";".join(part for part in inner.split(";") if not self._hides(part))
                if not inner.strip():
                    return "\ue0a4"

            def key(found: re.Match[str]) -> str:
                year, written = _YEAR if found[0].startswith("-") else "", found[1] or found[2]
                bare = written
                while bare and not self.token(bare) and bare[-1] in _AFTER_KEY:
                    bare = bare[:-1]
                if token := self.token(bare):
                    return f"{year}@{token}{written[len(bare) :]}"
                unknown.append(written)
                return found[0]

            text = _KEY.sub(key, inner)
            if unknown:
                message = f"the citation [@{unknown[0]}] names no entry of the bibliography"
                problems.append(Problem(path, line, message, "write the key of an entry"))
                return f"[{inner}]"
            return match[0] if text == match[1] else f"[{' '.join(text.split())}]"

        # Hide the backslash of `\\bibliography` in code and comments, without changing lengths.
        hidden = _COMMAND.sub(lambda m: _BACKSLASH if inside(m.start(), spans) else m[0], markdown)
        shielded = self._sentences(_BLOCK.sub(block, hidden))
        shielded = re.sub(r"@(?!hpcite\d)", _AT, _GONE.sub("", shielded))
        return shielded, problems

    def _sentences(self, markdown: str) -> str:
        """Put keys in sentences into brackets, for mkdocs-bibtex; others, such as @user, are text."""
        if not _SENTENCE.search(markdown):
            return markdown
        others = [match.span() for match in _NOT_PROSE.finditer(markdown)]
        spans = ignored_spans(markdown)

        def cited(match: re.Match[str]) -> str:
            escaped, written, place = match[1], match[2] or match[3], match[4]
            if inside(match.start(), spans) or inside(match.start(), others):
                return match[0]
            bare = written
            while bare and not (token := self.token(bare)):
                shorter = _SHORTER.match(bare)
                bare = shorter[0] if shorter else ""
            if not bare or (match[2] and bare != written):
                return match[0]
            if escaped:
                return match[0].removeprefix("\\")
            after = written[len(bare) :]
            if place and after:
                after, place = f"{after} [{place}]", ""
            return f"[{_IN_SENTENCE}@{token}{f', {place}' if place else ''}]{after}"

        return _SENTENCE.sub(cited, markdown)

    def unshield(self, markdown: str) -> str:
        """Put back what `shield` hid."""
        return markdown.replace(_AT, "@").replace(_BACKSLASH, "\\")

    def resolve(self, html: str, link: Callable[[str, str], str]) -> str:
        """HTML with the tokens of citations replaced by `link(slug, text)`."""

        def one(match: re.Match[str]) -> str:
            if int(match[1]) >= len(self.publications):
                return match[0]
            work = self.publications[int(match[1])]
            year = cited_year(work, self.label) + match[2]
            if match[3] == _AUTHORS:
                return str(escape(who(work, self.label["and"])))
            if match[3] == _IN_SENTENCE:
                year = f"{who(work, self.label['and'])} ({year})"
            return link(work.slug, year if match[3] else f"{who(work)}, {year}")

        return _CITED_TOKEN.sub(one, html) if _CITED[0] in html else html

    def references(self, markdown: str) -> list[tuple[str, list[Publication]]]:
        """The lists that replaced `\\bibliography`: their text, and the works in it, by author."""

        def order(work: Publication) -> tuple[str, str, str]:
            return author_year(work, self.label).casefold(), work.title.plain.casefold(), work.slug

        return [
            (text, sorted(map(self.find, dict.fromkeys(_TOKEN.findall(text))), key=order))
            for text in (match[0] for match in _FOOTNOTES.finditer(markdown))
        ]
