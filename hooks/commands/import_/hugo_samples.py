"""The demonstration content of HugoBlox's templates, by path and title; owners often leave it."""

import re

from .front_matter import Page

_FOLDERS = re.compile(
    r"content/(?:posts?|blog|news|projects?|publications?|events?|talks?|slides|courses?|teaching|home)/"
)
_TITLES = re.compile(  # that only the template has
    r"welcome to (?:wowchemy|hugo ?blox)\b.*|academic: the website builder for hugo"
    r"|writing technical content in (?:academic|markdown)"
    r"|easily create your own simple yet highly customizable blog"
    r"|communicate your results effectively with the best data visualizations"
    r"|sharpen your thinking with a second brain|teach academic courses"
    r"|an example (?:conference paper|journal article|preprint.*)"
    r"|create beautiful presentations with markdown|turn jupyter notebooks into blog posts"
    r"|jian yang and monica hall win the best paper award.*|hugo ?blox.*onboarding.*",
    re.I,
)
_PERHAPS = re.compile(  # samples if they have words of the template, too
    r"(?:display|blog with) jupyter notebooks!?.*|manage your projects|learn (?:javascript|python)"
    r"|example (?:project|talk|event|course|page|post)s?( \d)?|(?:external|internal) project|slides"
    r"|mobile visual clothing search|person re-identification system for mobile devices"
    r"|deep learning|pandas|pytorch|scikit(?:-learn)?|hello[ ,]+world!?|.*notebook.*",
    re.I,
)
_WORDS = re.compile(
    r"hugo ?blox|wowchemy|hugo academic|academic theme|academic kickstart|lorem ipsum|ipsum dolor"
    r"|cushen|sourcethemes|powerful data structures for data analysis"
    r"|tensors and dynamic neural networks|machine learning in python|an example of (?:using|linking)",
    re.I,
)
_BLOCK = re.compile(
    r"example of using the \*?\*?(?:custom|\*?blank\*?)\*?\*? (?:widget|block)|University X:"
    r"|Hugo Academic|highly-customizable \*\*|Build your own academic website|awesome website in minutes"
    r"|Use this area to speak to your mission|Craft your Blog, Event|This website is powered by",
    re.I,
)
ITEMS = re.compile(r"\bGenCoin\b|\bUniversity X\b|^Formulated informed blockchain", re.I)


def is_sample(page: Page) -> bool:
    """Return whether a page is the template's: it has the path, the title and words of one."""
    title = re.sub(r"^[^\w]+", "", page.title).strip()
    if re.match(r"content/(?:courses?|docs?)/hugo-?blox/", page.path):
        return True
    if not _FOLDERS.match(page.path):
        return False
    words = _PERHAPS.fullmatch(title) and _WORDS.search(f"{page.meta} {page.body}")
    return bool(_TITLES.fullmatch(title) or words)


def is_sample_block(title: str, text: str) -> bool:
    """Return whether a block of the home page has a text of the template."""
    return bool(_BLOCK.search(f"{title}\n{text}"))
