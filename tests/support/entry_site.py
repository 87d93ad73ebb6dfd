"""A site with lists whose entries have everything."""

import io

from PIL import Image


def png(width: int, height: int) -> bytes:
    """A picture that cannot be packed well."""
    buffer = io.BytesIO()
    Image.effect_noise((width, height), 60).save(buffer, "PNG")
    return buffer.getvalue()


BIB = r"""
@inproceedings{rich, title = {On $x^2$ \& {R}ich Entries}, author = {Huang*, Yuxiang and Doe*, Jane and
 Roe, Jim and Poe, Jo and Loe, Jo and Moe, Jo and Noe, Jo and Toe, Jo and Voe, Jo and Woe, Last},
 booktitle = {Conference on Language Modeling}, year = {2024}, abbr = {COLM},
 award_name = {Best Paper}, award = {One of 400, see the \href{https://award.example/}{laudation}},
 pdf = {rich.pdf}, doi = {10.1000/rich}, code = {https://a.example/, https://b.example/},
 status = {in press}, slides = {talk.key}, google_scholar_id = {kNdYIx-mwKoC}, altmetric = {true},
 preview = {rich.png}, abstract = {We show <b>all</b> \emph{of it}.}, annotation = {* equal},
 additional_info = {. *More* later}, note = {Oral presentation}}
@article{plain, title = {A Plain Entry}, author = {Huang, Yuxiang}, journal = {Journal}, year = {2023},
 abbr = {J}}
@misc{small, title = {A Small Picture}, author = {Huang, Yuxiang}, year = {2022}, preview = {small.png}}
"""
VENUES = """
COLM: {name: Conference on Language Modeling, url: "https://colm.example/", color: "#00369f"}
J: {name: Journal}
"""
LIST = "<!-- publications -->\n"
FILES: dict[str, str | bytes] = {
    "index.md": "# Home\n\n" + LIST,
    "deep/list.md": "# List\n\n" + LIST + "\n" + LIST,
    "publications.bib": BIB,
    "venues.yml": VENUES,
    "assets/pdf/rich.pdf": b"%PDF-1.4",
    "talk.key": b"PK",
    "assets/img/publication_preview/rich.png": png(900, 600),
    "small.png": png(30, 20),
}
