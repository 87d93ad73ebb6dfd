"""The first owner's site: everything that he wrote stands where he wants it.

Whoever makes the repository theirs leaves this file as it is: for them it is skipped, and
test_site.py holds what every site promises.
"""

from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest

from support import FIRST_OWNER, pages

pytestmark = FIRST_OWNER

# The owner's words, page by page and in order, but for slips of spelling that were mended.
SECTIONS = {
    "index.html": [
        "I am a 4th year undergraduate student of Dept. of Computer Science and Technology of Tsinghua "
        "University, Beijing, PRC, with a 3.91/4 overall GPA.",
        "My research interests lie in efficient AI and machine learning systems.",
        "I’m recently working on efficient large language models and parameter efficient tuning.",
        "I am interested in inference speed enhancement and model compression methods.",
        "Currently working in THUNLP with Weilin Zhao (PhD. Student), Xu Han (Assist. Researcher) and "
        "Zhiyuan Liu (Assoc. Professor).",
    ],
    "news/index.html": [
        "News",
        "One paper (CA-LoRA) accepted by COLM. See you in Philadelphia in October!",
        "Recently I have been working on efficient decoding algorithms.",
        "We have released “Ouroboros”, a new Speculative Decoding algorithm with Large Model Enhanced "
        "Drafting. Please refer to Paper and Code.",
        "It achieves speedups of up to 1.9× and 2.8× compared to lookahead decoding and speculative "
        "decoding, without any training.",
    ],
    "publications/index.html": ["Publications and Preprints"],
    "research/index.html": [
        "Research Experiences",
        "2022.07-now: Working in THUNLP, dept. of CST. Topiced efficient LLMs",
        "2021.10-2022.07, SRT (Student Research Training): Worked at School of Software, topiced "
        "compression algorithms in big data database",
        ", advised by Prof. Shaoxu Song.",
    ],
    "honors/index.html": [
        "Honors and Awards",
        "Academic Excellence in Research Award of Dept. of CST, 2022.09-2023.07",
        "Comprehensive Scholarship (Scholarship from Prof. Zesheng Tang) of Dept. of CST, "
        "2021.09-2022.07",
        "The third prize, the 40th Tsinghua Challenge Cup",
    ],
    "education/index.html": [
        "Educations",
        "2021.09-now, Tsinghua University, Beijing, China. Undergraduate Student.",
        "2023.09-2023.12, University of Washington, Seattle, U.S.A. Exchange Student at School of Arts "
        "and Sciences.",
        "2018.09-2021.07, Beijing No.9 Middle School, Beijing, China. High school Student.",
    ],
    "service/index.html": [
        "Service and Voluntary Work",
        "Maintainer: Ouroboros github repository",
        "Maintainer: MiniCPM github repository",
        "2022 autumn - 2023 spring: Supporting education for Qinghai University, involved in The "
        "foundation of Programming (higher level) teaching.",
        "Lecture 1: Search (In Chinese). Lecture 2: Graphs and Trees (In Chinese).",
    ],
    "more/index.html": [
        "More",
        "Recently I find taking notes with LaTeX is fun on maths or math-related cs courses, so I "
        "created this repository: CourseNotes.",
        "If you are looking for some learning materials of THU CST courses, please reach to the "
        "repository.",
        "If you are also taking notes with LaTeX, just contact me!",
        "I was an exchange student at University of Washington in 2023 Autumn.",
        "The experience was amazing of being an oversea exchange student.",
        "If you want to exchange at UW or Tsinghua and want to talk to someone, I am always pleasure "
        "to chat.",
        "(TL;DR: If you want to exchange at UW, you must be nominated by your home institution; for "
        "Tsinghua University, exchange students cannot be Chinese citizens.",
        "For other things you are not sure, just ask me!)",
        "I speak Chinese and English and I am recently learning German (yes, I want to write Deutsch at "
        "first then I realized I’m writing English).",
        "You can contact me freely within Chinese or English.",
        "German… probably several years after then I could verstehe was du geschrieben :)",
    ],
}

CA_LORA = (
    "Zhao, W.*, Huang, Y.*, Han, X., Liu, Z., Zhang, Z., Li, K., Chen, C., Yang, T., & Sun, M. (2024). "
    "CA-LoRA: Adapting Existing LoRA for Compressed LLMs to Enable Efficient Multi-Tasking on Personal "
    "Devices. Conference on Language Modeling (COLM 2024)."
)
MINICPM = (
    "Hu, S., Tu, Y., Han, X., Cui, G., He, C., Zhao, W., … & Sun, M. (2024). MiniCPM: Unveiling the "
    "Potential of Small Language Models with Scalable Training Strategies. Conference on Language "
    "Modeling (COLM 2024)."
)
OUROBOROS = (
    "Zhao, W.*, Huang, Y.*, Han, X., Xiao, C., Liu, Z., & Sun, M. (2024). Ouroboros: Speculative "
    "Decoding with Large Model Enhanced Drafting. arXiv preprint arXiv:2402.13720. In submission to "
    "EMNLP 2024."
)
TOOL_LEARNING = (
    "Qin, Y., Hu, S., Lin, Y., Chen, W., Ding, N., Cui, G., … & Sun, M. (2023). Tool Learning with "
    "Foundation Models. arXiv preprint arXiv:2304.08354."
)
VLDB = (
    "Xiao, J., Huang, Y., Hu, C., Song, S., Huang, X., & Wang, J. (2022). Time series data encoding for "
    "efficient storage: a comparative analysis in Apache IoTDB. Proceedings of the VLDB Endowment, "
    "15(10), 2148-2160."
)
ALL = [CA_LORA, MINICPM, OUROBOROS, TOOL_LEARNING, VLDB]
SELECTED = [CA_LORA, MINICPM, OUROBOROS]
LINKS = {  # in the order of the list: label and address
    CA_LORA: {
        "Paper": "https://openreview.net/forum?id=kpf7UbnSAm",
        "arXiv": "https://arxiv.org/abs/2307.07705",
        "Code": "https://github.com/thunlp/CA-LoRA",
    },
    MINICPM: {
        "Paper": "https://openreview.net/forum?id=3X2L2TFr0f",
        "arXiv": "https://arxiv.org/abs/2404.06395",
        "Code": "https://github.com/OpenBMB/MiniCPM",
    },
    OUROBOROS: {
        "arXiv": "https://arxiv.org/abs/2402.13720",
        "Code": "https://github.com/thunlp/Ouroboros",
    },
    TOOL_LEARNING: {
        "arXiv": "https://arxiv.org/abs/2304.08354",
        "Code": "https://github.com/OpenBMB/BMTools",
    },
    VLDB: {"PDF": "https://www.vldb.org/pvldb/vol15/p2148-song.pdf"},
}
COAUTHORS = {
    "Zhao, W.": "https://achazwl.github.io/",
    "Weilin Zhao": "https://achazwl.github.io/",
    "Han, X.": "https://thucsthanxu13.github.io/",
    "Xu Han": "https://thucsthanxu13.github.io/",
    "Liu, Z.": "https://nlp.csai.tsinghua.edu.cn/~lzy/",
    "Zhiyuan Liu": "https://nlp.csai.tsinghua.edu.cn/~lzy/",
}


@pytest.fixture(scope="module")
def trees(built_site: Path) -> dict[str, Element]:
    """Every page by its path in the site."""
    found = {
        path.relative_to(built_site).as_posix(): pages.parse(path.read_text(encoding="utf-8"))
        for path in sorted(built_site.rglob("*.html"))
    }
    assert found.keys() >= {*SECTIONS, "404.html"}
    return found


@pytest.fixture(scope="module")
def works(built_site: Path) -> list[Element]:
    """The publications of the whole list, in its order."""
    html = (built_site / "publications/index.html").read_text(encoding="utf-8")
    found = pages.classed(pages.article(html), "hp-pub")
    assert len(found) == len(ALL)
    return found


@pytest.mark.parametrize("page", SECTIONS)
def test_every_sentence_of_the_owner_stands_on_its_page_in_order(built_site: Path, page: str) -> None:
    shown = pages.text(pages.article((built_site / page).read_text(encoding="utf-8")))
    position = 0
    for sentence in SECTIONS[page]:
        found = shown.find(sentence, position)
        assert found >= 0, f"{sentence!r} is not on the page, or not in its place:\n{shown}"
        position = found + len(sentence)


def test_menu_has_the_sections_in_the_order_of_the_owner(trees: dict[str, Element]) -> None:
    expected = ["Home", *(titles[0] for page, titles in SECTIONS.items() if page != "index.html")]
    menu = pages.classed(trees["index.html"], "md-nav--primary")[0]
    entries = [
        pages.text(a).partition(":")[0] for a in menu.iter("a") if "md-nav__link" in a.get("class", "")
    ]
    assert [e for e in entries if e in expected] == expected


def test_names_in_the_introduction_are_links(built_site: Path) -> None:
    introduction = pages.article((built_site / "index.html").read_text(encoding="utf-8"))
    found = {pages.text(a): a.get("href") for a in introduction.iter("a")}
    assert found["THUNLP"] == "https://nlp.csai.tsinghua.edu.cn/"
    for name in ("Weilin Zhao", "Xu Han", "Zhiyuan Liu"):
        assert found[name] == COAUTHORS[name]


def test_the_five_citations_are_the_lines_of_the_owner_newest_first(works: list[Element]) -> None:
    assert [pages.citations(work) for work in works] == [[line] for line in ALL]


def test_marks_of_equal_contribution_are_superscripts(works: list[Element]) -> None:
    marked = []
    for work in works:
        (sentence,) = pages.classed(work, "hp-pub__citation")
        marks = [pages.text(sup) for sup in sentence.iter("sup")]
        assert "".join(marks).count("*") == pages.text(sentence).count("*")
        marked.append(marks)
    assert marked == [["*", "*"], [], ["*", "*"], [], []]


def test_own_name_is_bold_on_every_work_and_nobody_else_is(works: list[Element]) -> None:
    bold = [[pages.text(e) for e in work.iter("strong")] for work in works]
    assert bold == [["Huang, Y."], ["Yuxiang Huang"], ["Huang, Y."], ["Yuxiang Huang"], ["Huang, Y."]]


def test_namesakes_of_the_owner_stay_plain(works: list[Element]) -> None:
    tool_learning, vldb = pages.text(works[3]), pages.text(works[4])
    assert "Yufei Huang" in tool_learning
    assert "Yuxiang Huang" in tool_learning
    assert [pages.text(e) for e in works[3].iter("strong")] == ["Yuxiang Huang"]
    assert "Huang, X." in vldb
    assert [pages.text(e) for e in works[4].iter("strong")] == ["Huang, Y."]


def test_long_author_lists_open_to_all_authors(works: list[Element]) -> None:
    details = {number: pages.classed(work, "hp-pub__authors") for number, work in enumerate(works)}
    assert {n: len(d) for n, d in details.items()} == {0: 0, 1: 1, 2: 0, 3: 1, 4: 0}
    for number, count in ((1, 24), (3, 41)):
        (paragraph,) = details[number][0].iter("p")
        names = pages.text(paragraph).split(", ")
        assert len(names) == count == len(set(names))
        assert names[-1] == "Maosong Sun"


@pytest.mark.parametrize(("page", "shown"), [("index.html", SELECTED), ("publications/index.html", ALL)])
def test_note_on_equal_contribution_stands_once_below_the_list(
    built_site: Path, page: str, shown: list[str]
) -> None:
    content = pages.article((built_site / page).read_text(encoding="utf-8"))
    said = pages.text(content)
    note = "* indicates equal contribution."
    assert pages.citations(content) == shown
    assert said.count(note) == 1
    assert said.index(note) > said.index(shown[-1])


def test_every_work_has_the_links_that_are_known(works: list[Element]) -> None:
    found = []
    for work in works:
        (links,) = pages.classed(work, "hp-pub__links")
        named = {pages.text(a).partition(":")[0]: a.get("href", "") for a in links.iter("a")}
        found.append({name: url for name, url in named.items() if urlsplit(url).scheme})
    assert found == [LINKS[line] for line in ALL]


def test_coauthors_with_a_page_are_links_to_it(works: list[Element]) -> None:
    found = [
        (pages.text(a), a.get("href", "")) for work in works for a in pages.classed(work, "hp-author")
    ]
    assert {name for name, _ in found} == COAUTHORS.keys()
    for name, address in found:
        assert address == COAUTHORS[name]


def test_text_cites_works_and_leads_to_them(trees: dict[str, Element], works: list[Element]) -> None:
    cited = pages.classed(trees["research/index.html"], "hp-cite")
    assert [pages.text(a) for a in cited] == [
        "Zhao et al., 2024a",
        "Hu et al., 2024",
        "Zhao et al., 2024b",
        "Qin et al., 2023",
        "Xiao et al., 2022",
    ]
    for link, number in zip(cited, (0, 1, 2, 3, 4), strict=True):
        assert works[number].get("id", "none") in link.get("href", "")


def test_maths_in_the_news_is_mathml(trees: dict[str, Element]) -> None:
    formulas = [pages.text(m) for m in trees["news/index.html"].iter("math")]
    assert formulas.count("1.9×") == formulas.count("2.8×") >= 1
