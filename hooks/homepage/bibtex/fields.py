"""The names of fields in BibTeX, biblatex, al-folio and common tools."""

from collections.abc import Collection
from difflib import get_close_matches
from functools import cache

BIBTEX = frozenset(  # BibTeXing, section 3.2
    "address annote author booktitle chapter crossref edition editor howpublished institution "
    "journal key month note number organization pages publisher school series title type volume "
    "year".split()
)
BIBLATEX = frozenset(  # The biblatex package, section 2.2
    "abstract addendum afterword annotation annotator authortype bookauthor bookpagination "
    "booksubtitle booktitleaddon commentator date day doi editora editorb editorc editortype eid "
    "entryset entrysubtype eprint eprintclass eprinttype archiveprefix primaryclass eventdate "
    "editoratype editorbtype editorctype "
    "eventtitle eventtitleaddon execute file foreword gender holder hyphenation ids indexsorttitle "
    "indextitle introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle "
    "issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon keywords label langid "
    "langidopts language library location mainsubtitle maintitle maintitleaddon nameaddon "
    "options origdate origlanguage origlocation origpublisher origtitle pagetotal pagination part "
    "pdf presort pubstate related relatedoptions relatedstring relatedtype reprinttitle "
    "shortauthor shorteditor shorthand shorthandintro shortjournal shortseries shorttitle sortkey "
    "sortname sortshorthand sorttitle sortyear subtitle titleaddon translator url urldate urlday "
    "urlmonth urlyear venue version volumes xdata xref".split()
)
SITE_FIELDS = frozenset(  # used by websites only
    "abbr additional_info aliases altmetric annotation arxiv_url award award_name bibtex_show blog "
    "code dimensions embargo github google_scholar_id hal hidden html inspirehep_id pdf poster "
    "preview selected slides status supp supplement video website".split()
)
TOOLS = frozenset(  # of reference managers and publishers, which look like misspelt names of others
    "abstractnote eissn elocation-id keyword mrnumber note1 preprint typ zblnumber".split()
)
# Fields in the BibTeX for visitors: those that describe a work, and no unknown ones. Reference managers
# keep notes, reviews, ratings and paths on the owner's computer in the others.
PUBLIC = (
    BIBTEX | BIBLATEX
    | frozenset(
        "article-number articleno arxiv arxivid assignee author+an coden collaboration dayfiled "
        "editor+an eissn elocation-id issue_date keyword lccn monthfiled mrclass mrnumber nationality "
        "numpages origyear pmcid pmid reportnumber university yearfiled zbl zblnumber".split()
    )
) - SITE_FIELDS - frozenset("annote crossref execute file library xdata".split())  # fmt: skip
KNOWN_FIELDS = BIBTEX | BIBLATEX | SITE_FIELDS | TOOLS
# Names that people write by hand, to compare misspelt names with.
COMMON_FIELDS = sorted(
    BIBTEX | {"abstract", "archiveprefix", "doi", "eprint", "isbn", "issn", "journaltitle"}
    | {"keywords", "location", "pdf", "primaryclass", "selected", "slides", "url", "video", "website"}
    | {"embargo", "hidden"}
)  # fmt: skip


def is_public(name: str, also: Collection[str] = ()) -> bool:
    """May visitors see a field? `also` has the fields that the owner publishes besides `PUBLIC`."""
    bare, _, annotation = name.partition("+an:")  # a named annotation in biblatex
    return name in PUBLIC or name in also or (annotation != "" and f"{bare}+an" in PUBLIC)


@cache
def misspelt(name: str) -> str:
    """The known field that an unknown name is similar to, or ''."""
    if name in KNOWN_FIELDS or "+" in name:
        return ""
    return next(iter(get_close_matches(name, COMMON_FIELDS, 1, 0.8)), "")
