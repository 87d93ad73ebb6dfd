"""All words that are printed on pages, by language. Missing ones fall back to English."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

LABELS: dict[str, dict[str, str]] = {
    "en": {
        "and": "and",
        "abstract": "Abstract",
        "all_authors": "All {count} authors",
        "all_news": "All news",
        "all_publications": "All publications",
        "altmetric": "Altmetric",
        "arxiv": "arXiv",
        "award": "Award",
        "blog": "Blog post",
        "chapter": "Chapter",
        "cite": "Cite",
        "code": "Code",
        "copied": "Copied",
        "copy_button": "Copy",
        "copy_failed": "It could not be copied. The text is selected: press Ctrl+C or ⌘C.",
        "date": "Date",
        "dimensions": "Dimensions",
        "doi": "DOI",
        "download": "Download",
        "edited_by": "Edited by",
        "edition": "ed.",
        "edition_fact": "Edition",
        "editor": "Ed.",
        "editors": "Eds.",
        "event": "Event",
        "export_bibtex": "All publications as BibTeX",
        "export_csl_json": "All publications as CSL-JSON",
        "export_ris": "All publications as RIS",
        "external": "on another site",
        "feed_atom": "News as Atom feed",
        "feed_json": "News as JSON feed",
        "filter": "Filter",
        "find": "Search publications",
        "find_all": "All {total} publications",
        "find_clear": "Clear",
        "find_more": "{count} more",
        "find_none": "No publication matches",
        "find_some": "{count} of {total} publications",
        "first_author": "First author",
        "google_books": "Google Books",
        "google_scholar": "Google Scholar",
        "hal": "HAL",
        "handle": "Handle",
        "has_code": "Code available",
        "in": "In",
        "in_press": "in press",
        "institution": "Institution",
        "interests": "Research interests",
        "inspire": "INSPIRE",
        "jstor": "JSTOR",
        "kind": "Type",
        "kind_article": "Journal article",
        "kind_book": "Book",
        "kind_dataset": "Data set",
        "kind_incollection": "Book chapter",
        "kind_inproceedings": "Conference paper",
        "kind_mastersthesis": "Master’s thesis",
        "kind_patent": "Patent",
        "kind_phdthesis": "PhD thesis",
        "kind_poster": "Poster",
        "kind_preprint": "Preprint",
        "kind_software": "Software",
        "kind_talk": "Talk",
        "kind_teaching": "Course",
        "kind_techreport": "Technical report",
        "kind_thesis": "Thesis",
        "language": "en",  # of these words, to format dates in the same sentence
        "links": "Links",
        "llms_data": "Data",
        "llms_pages": "Pages",
        "mark_corresponding": "corresponding author",
        "mark_equal": "equal contribution",
        "mark_note": "{mark} indicates {meaning}.",
        "moved": "This page has moved",
        "n_article": "{count} journal article|{count} journal articles",
        "n_book": "{count} book|{count} books",
        "n_dataset": "{count} data set|{count} data sets",
        "n_incollection": "{count} book chapter|{count} book chapters",
        "n_inproceedings": "{count} conference paper|{count} conference papers",
        "n_mastersthesis": "{count} Master’s thesis|{count} Master’s theses",
        "n_misc": "{count} other|{count} others",
        "n_patent": "{count} patent|{count} patents",
        "n_phdthesis": "{count} PhD thesis|{count} PhD theses",
        "n_poster": "{count} poster|{count} posters",
        "n_preprint": "{count} preprint|{count} preprints",
        "n_publications": "{count} publication|{count} publications",
        "n_software": "{count} software package|{count} software packages",
        "n_talk": "{count} talk|{count} talks",
        "n_teaching": "{count} course|{count} courses",
        "n_techreport": "{count} report|{count} reports",
        "n_thesis": "{count} thesis|{count} theses",
        "n_works": "{count} work|{count} works",
        "newer": "Newer:",
        "news": "News",
        "no": "No.",
        "no_date": "n.d.",
        "no_news": "No news yet.",
        "no_publications": "No publications here yet.",
        "no_topic": "Other topics",
        "not_found": "404 – Page not found",
        "not_found_help": "There is no page at this address. These pages may have what you look for:",
        "older": "Older:",
        "only": "Only",
        "original": "Original work published {year}",
        "page": "p.",
        "pages": "pp.",
        "part": "Part",
        "pdf": "PDF",
        "portrait": "Portrait of {name}",
        "place": "Place",
        "pmc": "PubMed Central",
        "poster": "Poster",
        "preprint": "Preprint",
        "preprint_of": "{archive} preprint {archive}:{id}",
        "publications": "Publications",
        "published": "Published",
        "published_in": "Published in",
        "publisher": "Publisher",
        "pubmed": "PubMed",
        "related": "Related papers",
        "seasons": "Spring|Summer|Fall|Winter",
        "sections": "More here",
        "sitemap": "All pages, with the days of their last changes",
        "slides": "Slides",
        "status": "Status",
        "status_in_press": "In press",
        "status_preprint": "Preprint",
        "status_published": "Published version",
        "status_under_review": "Under review",
        "supp": "Supplement",
        "titled_at": "{what} at {where}",
        "topic": "Topic",
        "topics": "Topics",
        "totals": "{total}: {parts}",
        "type": "Type",
        "type_article": "Journal articles",
        "type_book": "Books",
        "type_dataset": "Data sets",
        "type_incollection": "Book chapters",
        "type_inproceedings": "Conference papers",
        "type_mastersthesis": "Theses",
        "type_misc": "Other",
        "type_patent": "Patents",
        "type_phdthesis": "Theses",
        "type_poster": "Posters",
        "type_preprint": "Preprints",
        "type_software": "Software",
        "type_talk": "Talks",
        "type_teaching": "Teaching",
        "type_techreport": "Reports",
        "type_thesis": "Theses",
        "undated": "Undated",
        "url": "Paper",
        "venue": "Venue",
        "version": "Other version",
        "version_of": "version {number}",
        "translator": "Trans.",
        "version_title": "Version",
        "versions": "Versions",
        "video": "Video",
        "vol": "Vol.",
        "vols": "Vols.",
        "website": "Website",
        "year": "Year",
    },
}


class Labels(dict[str, str]):
    """The labels of a language, also as attributes: templates look these up first."""

    def __init__(self, values: dict[str, str]):
        super().__init__(values)
        self.__dict__.update(values)


def labels_of(language: str) -> Labels:
    """All labels for a `theme.language` such as `en`, `de` or `zh-TW`."""
    exact, general, english = (LABELS.get(code, {}) for code in _codes(language))
    return Labels({**english, **general, **exact})


def _codes(language: str) -> tuple[str, str, str]:
    """The languages to look for labels in, the best first."""
    return language, language.replace("_", "-").split("-")[0], "en"


def known(language: str) -> str:
    """The available language for a code, such as `pt` for `pt-BR`, or '' if there is none."""
    code = language.strip().replace("_", "-")
    return next((name for name in (code, code.split("-")[0].lower()) if name in LABELS), "")


def status(label: dict[str, str], name: str) -> str:
    """The label of a status such as `in press`."""
    return label[f"status_{name.replace(' ', '_')}"]


def count_label(language: str, name: str, count: int) -> str:
    """A label with a count, in the right plural form of its language.

    The forms are separated by `|`, in CLDR's order: zero, one, two, few, many, other.
    """
    from babel.numbers import format_decimal

    found = next(code for code in _codes(language) if name in LABELS.get(code, {}))
    locale = locale_of(found)
    rule = locale.plural_form
    order = [tag for tag in ("zero", "one", "two", "few", "many") if tag in rule.tags] + ["other"]
    form = LABELS[found][name].split("|")[order.index(rule(count))]
    return form.format(count=format_decimal(count, locale=locale))


def locale_of(language: str) -> Locale:
    """Babel's data of a language, English if it has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@lru_cache(maxsize=1024)
def format_date(iso: str, language: str) -> str:
    """Format `2024-07-10` for readers (`July 10, 2024`), with the precision that is given."""
    from datetime import date

    from babel.dates import format_skeleton

    parts = [int(part) for part in iso.split("-")]
    skeleton = {1: "y", 2: "yMMMM", 3: "yMMMd"}[len(parts)]
    return format_skeleton(skeleton, date(*[*parts, 1, 1][:3]), locale=locale_of(language))
