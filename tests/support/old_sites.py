"""Small whole sites of other systems, with the odd things that real ones have.

Their texts are in tests/sites/; what is no text, or looks like a file of this repository, is here.
"""

from collections.abc import Mapping
from pathlib import Path

from support.pictures import picture

PNG = picture(64, 48)
SITES = Path(__file__).parents[1] / "sites"


def _site(system: str, more: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    folder = SITES / system
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths} | dict(more)


AL_FOLIO = _site(
    "al-folio",
    {
        "_pages/latin.md": b"---\ntitle: Fran\xe7ais\n---\nDes \xe9tudiants.\n",
        "_layouts/page.liquid": "{{ content }}",
        "_sass/x.scss": "a {}",
        "Gemfile": "gem 'jekyll'\n",
        "CNAME": "jane.example.org\n",
        "assets/img/prof_pic.png": PNG,
        "assets/img/lab room.png": PNG,
        "assets/img/tool.png": PNG,
        "assets/img/unused.png": PNG,
        "assets/img/publication_preview/joins.png": PNG,
        "assets/pdf/joins.pdf": b"%PDF-1.4 joins",
        "assets/pdf/cv.pdf": b"%PDF-1.4 cv",
        "assets/pdf/slides.pdf": b"%PDF-1.4 slides",
    },
)
HUGOBLOX = _site(
    "hugoblox",
    {
        "content/authors/admin/avatar.png": PNG,
        "content/publication/rain/featured.png": PNG,
        "content/publication/rain/cloud.png": PNG,
        "content/publication/rain/rain.pdf": b"%PDF-1.4 rain",
        "content/post/first/wet.png": PNG,
        "content/project/radar/featured.png": PNG,
        "static/uploads/resume.pdf": b"%PDF-1.4 resume",
        "static/uploads/slides.pdf": b"%PDF-1.4 slides",
        "layouts/partials/x.html": "<p>",
        "go.mod": "module x\n",
    },
)
HUGO_ACADEMIC = _site(  # of 2016 to 2019: the owner is in the settings, the home page in content/home/
    "hugo-academic",
    {
        "static/img/me.jpg": picture(64, 48, "JPEG"),
        "static/files/cv.pdf": b"%PDF-1.4 cv",
        "static/files/hail.pdf": b"%PDF-1.4 hail",
    },
)
ACADEMICPAGES = _site(
    "academicpages",
    {
        "files/counting.pdf": b"%PDF-1.4 counting",
        "files/extra.pdf": b"%PDF-1.4 extra",
        "images/profile.png": PNG,
        "images/abacus.png": PNG,
        "images/500x300.png": PNG,
        "_includes/x.html": "",
        "talkmap.ipynb": "{}",
    },
)
