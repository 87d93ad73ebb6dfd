"""A site with pages of publications that have everything."""

from support.pictures import picture

BIB = r"""
@article{Rich:2024, title = {A \emph{rich} paper on $x^2$ \& more}, volume = 3, number = 2,
  author = {Huang, Yuxiang and Zhao, Weilin and van den Oord, A\"aron}, month = jul, day = 10,
  author+an = {1=equal; 2=equal; 3=corresponding}, year = 2024, journal = {Journal of Things},
  pages = {10--20}, doi = {10.1000/182}, issn = {1234-5679}, isbn = {978-3-16-148410-0},
  pmid = {12345678}, pmcid = {PMC123}, publisher = {A \& B}, keywords = {Speed, Élan},
  code = {https://github.com/x/y}, slides = {talk.pdf}, aliases = {old-key, Older:Key},
  abstract = {We show that 5\% of \emph{all} things are less than others, <b>which</b> was known to
  everybody but us, and go on for long enough that a description of the page for search engines is
  cut.}}
@misc{preprint, title = {A \emph{rich} paper on $x^2$ \& more}, eprint = {2301.00001}, year = 2023,
  author = {Huang, Yuxiang and Zhao, Weilin and van den Oord, A\"aron}, archiveprefix = {arXiv}}
@inproceedings{prose, title = {With prose}, author = {Huang, Yuxiang}, year = 2022,
  booktitle = {Proceedings}, keywords = {elan, speed}}
@book{headed, title = {With a heading}, editor = {Huang, Yuxiang and Doe, Jane}, year = 2021,
  publisher = {Press}, keywords = {Élan}}
@misc{bare, title = {Only a title}}
"""
FILES: dict[str, str | bytes] = {
    "publications.bib": BIB,
    "publications.md": "# List\n\n<!-- publications {group: year} -->\n",
    "talk.pdf": b"%PDF-",
    "people.yml": "Yuxiang Huang: {}\nWeilin Zhao: {url: https://example.org/zhao}\n",
    "index.md": "# Home\n\nSee [@old-key].\n",
    "publications/prose.md": "Some *prose* on [@Rich:2024].\n\n## A part of it\n\nMore.\n",
    "publications/headed/index.md": (
        "---\ntitle: My title\ndescription: My words\n---\n# My heading\n\n![A picture](a.png)\n"
    ),
    "publications/headed/a.png": picture(4, 4),
}
SETTINGS = {
    "site_url": "https://example.org/sub/",
    "site_author": "Yuxiang Huang",
    "nav": [{"Home": "index.md"}, {"List": "publications.md"}],
    "extra": {"homepage": {"csl_styles": ["ieee"]}},
}
