"""The profile at the top of the home page: who the owner is, from the settings and people.yml."""

import json
from collections.abc import Callable
from pathlib import Path

import material
import pytest

from homepage.pages import profile
from homepage.pages.search_text import unsegmented
from support import Built, pages

ICONS = [str(Path(material.__file__).parent / "templates")]
SOCIAL = [
    {"link": "mailto:ann@example.org"},
    {"link": "https://orcid.org/0000-0002-1825-0097"},
    {"link": "https://social.example/@ann"},
    {"link": "https://github.com/ann", "name": "Code", "icon": "fontawesome/brands/github-alt"},
]
PROFILE = {
    "site_author": "Ann Lee",
    "extra": {
        "social": SOCIAL,
        "homepage": {
            "job_title": "Professor of <Physics>",
            "affiliation": ["Example University", "Institute of Examples"],
            "interests": ["Examples", "Tests & more"],
        },
    },
}
FILES = {
    "index.md": "<!-- profile -->\n\nI work here.\n\n## Papers\n",
    "people.yml": "Ann Lee:\n  native: 李安\n",
}


@pytest.mark.parametrize(
    ("url", "name", "icon"),
    [
        (
            "https://scholar.google.de/citations?user=x",
            "Google Scholar",
            "fontawesome/brands/google-scholar",
        ),
        ("https://www.linkedin.com/in/ann", "LinkedIn", "fontawesome/brands/linkedin"),
        ("https://dblp.org/pid/1/2.html", "DBLP", "simple/dblp"),
        ("https://dblp.uni-trier.de/pid/1/2.html", "DBLP", "simple/dblp"),
        (
            "https://openreview.net/profile?id=~A1",
            "OpenReview",
            "material/comment-text-multiple-outline",
        ),
        ("https://x.com/ann", "X", "fontawesome/brands/x-twitter"),
        ("https://ann.github.com.example.org/", "ann.github.com.example.org", "material/web"),
        ("https://netflix.com/", "netflix.com", "material/web"),
        ("https://fosstodon.org/@ann", "fosstodon.org", "fontawesome/brands/mastodon"),
        ("mailto:ann@example.org?subject=Hi", "ann@example.org", "material/email-outline"),
    ],
)
def test_links_are_known_by_their_address(url: str, name: str, icon: str) -> None:
    assert profile.service(url) == (name, icon)


def test_what_the_owner_says_of_a_link_stays() -> None:
    item = {"link": "https://github.com/ann", "name": "Code", "icon": "fontawesome/brands/github-alt"}
    assert profile.completed([item], ICONS, "mkdocs.yml", 3) == ([item], [])


@pytest.mark.parametrize(
    ("social", "links"),
    [
        (None, []),
        (5, []),
        ("github.com/ann", ["https://github.com/ann"]),
        (["https://github.com/ann", {"link": None}, {"name": "nothing"}, 7], ["https://github.com/ann"]),
        ([{"link": "javascript:alert(1)"}, {"link": "http://[x"}, {"link": "mailto:"}], []),
        ([{"link": 'https://x.example/"><script>'}], ["https://x.example/%22%3E%3Cscript%3E"]),
        ([{"link": "https://x.com/ann", "name": None, "icon": None}], ["https://x.com/ann"]),
        ([{"link": "https://x.com/ann", "icon": "../../no/such"}], ["https://x.com/ann"]),
    ],
)
def test_odd_profiles_are_mended_or_reported(social: object, links: list[str]) -> None:
    found, problems = profile.completed(social, ICONS, "mkdocs.yml", 3)
    assert [item["link"] for item in found] == links
    assert all(item["name"] and item["icon"] and item["name"] != "None" for item in found)
    wanted = len(social) if isinstance(social, list) else int(social is not None)
    odd_icon = "no/such" in str(social)
    assert len(problems) == wanted - len(links) + odd_icon
    assert all(str(problem).startswith("mkdocs.yml:3: extra.social: ") for problem in problems)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("黄宇翔", "zh"),
        ("はなこ", "ja"),
        ("김철수", "ko"),
        ("Γιώργος", "el"),
        ("דוד", "he"),
        ("Łukasz", ""),
    ],
)
def test_letters_tell_the_language_of_a_name(name: str, language: str) -> None:
    assert profile.language(name) == language


def test_everything_stands_at_the_top_of_the_home_page(make_site: Callable[..., Built]) -> None:
    built = make_site(FILES, PROFILE)
    content = pages.article(built.read("index.html"))
    (header,) = pages.classed(content, "hp-profile")
    (name,) = content.iter("h1")
    assert pages.text(name) == "Ann Lee 李安"
    assert [e.get("lang") for e in pages.classed(name, "hp-profile__native")] == ["zh"]
    assert "Professor of <Physics>" in pages.text(header)
    assert "Example University Institute of Examples" in pages.text(header)
    assert [pages.text(e) for e in pages.classed(header, "hp-profile__interests")[0].iter("li")] == [
        "Examples",
        "Tests & more",
    ]
    links = {pages.text(a): a for a in header.iter("a")}
    assert list(links) == ["ann@example.org", "ORCID", "social.example", "Code"]
    assert all(list(a.iter("svg")) for a in links.values())
    assert all(set(a.get("rel", "").split()) == {"me", "noopener"} for a in links.values())


def test_two_on_a_page_are_told_apart(make_site: Callable[..., Built]) -> None:
    files = {**FILES, "index.md": "<!-- profile -->\n\nText.\n\n<!-- profile -->\n"}
    content = pages.article(make_site(files, PROFILE).read("index.html"))
    blocks = pages.classed(content, "hp-profile__interests")
    named = [[p.get("id") for p in block.iter("p")] for block in blocks]
    assert named == [["hp-interests"], ["hp-interests--2"]]
    assert [[ul.get("aria-labelledby") for ul in block.iter("ul")] for block in blocks] == named


def test_icons_and_names_are_in_the_footer_too(make_site: Callable[..., Built]) -> None:
    (social,) = pages.classed(pages.parse(make_site(FILES, PROFILE).read("index.html")), "md-social")
    titles = [a.get("title") for a in social.iter("a")]
    assert titles == ["ann@example.org", "ORCID", "social.example", "Code"]


def test_a_profile_of_little_has_no_empty_parts(make_site: Callable[..., Built]) -> None:
    built = make_site({"index.md": "<!-- profile -->\n"}, {"site_author": None, "extra": {"social": []}})
    (header,) = pages.classed(pages.article(built.read("index.html")), "hp-profile")
    (who,) = pages.classed(header, "hp-profile__who")
    assert [e.tag for e in who] == ["h1"]
    assert [e.get("class") for e in header] == ["hp-profile__face", "hp-profile__who"]
    assert pages.text(who)


def test_search_finds_who_it_is(make_site: Callable[..., Built]) -> None:
    found = json.loads(make_site(FILES, PROFILE).read("search/search_index.json"))["docs"]
    index = unsegmented(" ".join(part["text"] for part in found))
    for word in ("李安", "Example University", "Tests"):
        assert word in index
    assert "orcid.org" not in index


def test_mail_is_not_there_for_harvesters(make_site: Callable[..., Built]) -> None:
    text = "[Me](mailto:ann@example.org) or [ann@example.org](mailto:ann@example.org?subject=Hi&body=1)."
    built = make_site({**FILES, "index.md": f"<!-- profile -->\n\n{text}\n"}, PROFILE)
    html = built.read("index.html")
    assert "ann@example" not in html
    assert "mailto:" not in html
    content = pages.article(html)
    found = [a for a in content.iter("a") if a.get("href", "").startswith("mailto:ann@example.org")]
    assert len(found) == 3
    assert "ann@example.org" in [pages.text(a) for a in found]


def test_an_option_of_the_profile_is_reported(make_site: Callable[..., Built]) -> None:
    built = make_site({"index.md": "# A\n\n<!-- profile {big: true} -->\n"}, PROFILE, strict=False)
    assert pages.warnings(built.log) == [
        "docs/index.md:3: 'profile' has no option 'big' (write <!-- profile -->)"
    ]
