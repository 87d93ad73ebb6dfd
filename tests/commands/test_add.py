"""`cli.py add`: a paper put into the bibliography, from a service or from pasted BibTeX.

The answers in tests/answers/ are written after what services document and quote; nothing here asks
another host, which a fixture makes sure of. tests/commands/test_services.py does, where that is wanted.
"""

import gzip
import http.server
import os
import re
import socket
import stat
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import Message
from http.client import parse_headers
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import responses
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from commands.add import command, fetching, insertion, sources, tidying
from commands.add.fetching import LIMITS
from commands.add.sources import Request
from commands.shared import citation_keys
from commands.shared.site import Refusal
from homepage.bibtex import reader
from homepage.common import encoding
from homepage.model.publication import Date
from homepage.people.identity import Directory
from homepage.publications import build
from support import ROOT, run, write

CLI = (sys.executable, str(ROOT / "hooks/cli.py"))
PAPER = """\
@article{%s,
  title  = {%s},
  author = {Doe, Jane},
  year   = {%s},
}
"""
NEW = PAPER % ("new", "Something new", 2022)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever looks up another host than this one fails, whatever becomes of the error."""
    asked: list[str] = []
    look_up = socket.getaddrinfo

    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in ("127.0.0.1", "localhost"):
            asked.append(host)
            raise socket.gaierror(-2, "Name or service not known")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", guarded)
    monkeypatch.delenv("OPENALEX_API_KEY", raising=False)
    monkeypatch.setattr(fetching, "LIMITS", LIMITS._replace(backoff=0))
    yield
    assert asked == []


@pytest.fixture
def services() -> Iterator[responses.RequestsMock]:
    """What is sent instead of real requests; all that a test adds must be asked for."""
    with responses.RequestsMock() as mock:
        yield mock


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of Jane Doe without a bibliography, and the working directory in it."""
    write(tmp_path, {"mkdocs.yml": "site_name: X\nsite_author: Jane Doe\n", "docs/index.md": "# X\n"})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answers(services: responses.RequestsMock, url: str, name: str) -> None:
    """Let a service answer with a file of tests/answers/."""
    head, _, body = (ROOT / "tests/answers" / name).read_bytes().partition(b"\n\n")
    status, _, lines = head.partition(b"\n")
    headers = dict(parse_headers(BytesIO(lines + b"\n\n")))
    kind = headers.pop("Content-Type")
    number = int(status.split()[1])
    services.add("GET", url, body, status=number, headers=headers, content_type=kind)


def call(*arguments: str, pasted: str | bytes = b"") -> Result:
    """Call the command in this process, where no terminal is."""
    result = CliRunner().invoke(command.add, arguments, input=pasted)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def bib(site: Path, text: str | bytes | None = None) -> str:
    """The site's bibliography, which is written first where a text is given."""
    if text is not None:
        write(site, {"docs/publications.bib": text})
    return (site / "docs/publications.bib").read_bytes().decode()


# -- what is given ------------------------------------------------------------

CROSSREF = "https://doi.org/10.1145/3292500.3330701"
OUROBOROS = "https://arxiv.org/bibtex/2402.13720"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("10.1145/3292500.3330701", CROSSREF),
        ("doi:10.1145/3292500.3330701", CROSSREF),
        ("  DOI: 10.1145/3292500.3330701. ", CROSSREF),
        ("https://doi.org/10.1145/3292500.3330701", CROSSREF),
        ("http://dx.doi.org/10.1145%2F3292500.3330701", CROSSREF),
        ("https://dl.acm.org/doi/10.1145/3292500.3330701", CROSSREF),
        ("https://dl.acm.org/doi/abs/10.1145/3292500.3330701?download=true#sec", CROSSREF),
        ("dl.acm.org/doi/pdf/10.1145/3292500.3330701", CROSSREF),
        ("see https://doi.org/10.1145/3292500.3330701", CROSSREF),
        (
            "https://link.springer.com/content/pdf/10.1007/978-3-030-12345-6_10.pdf",
            "https://doi.org/10.1007/978-3-030-12345-6_10",
        ),
        (
            "https://www.nature.com/articles/s41586-021-03819-2.pdf",
            "https://doi.org/10.1038/s41586-021-03819-2",
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf",
            "https://doi.org/10.1101/2020.01.01.123456",
        ),
        (
            "https://www.frontiersin.org/articles/10.3389/fnins.2020.00001/full",
            "https://doi.org/10.3389/fnins.2020.00001",
        ),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0138237",
            "https://doi.org/10.1371/journal.pone.0138237",
        ),
        (
            "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
            "https://doi.org/10.1002/%28SICI%291097-0258%2819980815%2917%3A15%3C1661%3A%3AAID-SIM968%3E3.0.CO%3B2-2",
        ),
        ("2402.13720", OUROBOROS),
        ("2402.13720v2", OUROBOROS),
        ("arXiv:2402.13720v1 [cs.CL]", OUROBOROS),
        ("https://arxiv.org/abs/2402.13720v3", OUROBOROS),
        ("https://arxiv.org/pdf/2402.13720.pdf", OUROBOROS),
        ("https://arxiv.org/html/2402.13720v1#S3", OUROBOROS),
        ("https://www.alphaxiv.org/abs/2402.13720", OUROBOROS),
        ("https://huggingface.co/papers/2402.13720", OUROBOROS),
        ("https://doi.org/10.48550/arXiv.2402.13720", OUROBOROS),
        ("10.48550/ARXIV.2402.13720", OUROBOROS),
        ("hep-th/9901001v2", "https://arxiv.org/bibtex/hep-th/9901001"),
        ("math.GT/0309136", "https://arxiv.org/bibtex/math.GT/0309136"),
        ("DBLP:conf/nips/X17", "https://dblp.org/rec/conf/nips/X17.bib"),
        ("journals/corr/abs-2402-13720", "https://dblp.org/rec/journals/corr/abs-2402-13720.bib"),
        ("https://dblp.org/rec/conf/nips/X17.html?view=bibtex", "https://dblp.org/rec/conf/nips/X17.bib"),
        ("https://dblp.uni-trier.de/rec/bibtex/conf/nips/X17", "https://dblp.org/rec/conf/nips/X17.bib"),
        ("2024.acl-long.1", "https://aclanthology.org/2024.acl-long.1.bib"),
        ("https://aclanthology.org/2024.acl-long.1.pdf", "https://aclanthology.org/2024.acl-long.1.bib"),
        ("https://www.aclweb.org/anthology/P19-1001/", "https://aclanthology.org/P19-1001.bib"),
        ("10.18653/v1/2024.acl-long.1", "https://aclanthology.org/2024.acl-long.1.bib"),
        ("W2919115771", "https://api.openalex.org/works/W2919115771?select=id,doi,locations"),
        ("https://openalex.org/works/w2919115771", "https://api.openalex.org/works/W2919115771?select=id,doi,locations"),
        ("pmid: 26017442", "https://api.openalex.org/works/pmid:26017442?select=id,doi,locations"),
        ("https://pubmed.ncbi.nlm.nih.gov/26017442/", "https://api.openalex.org/works/pmid:26017442?select=id,doi,locations"),
        ("PMC4567890", "https://api.openalex.org/works/pmcid:4567890?select=id,doi,locations"),
        ("https://ieeexplore.ieee.org/document/726791", "https://ieeexplore.ieee.org/document/726791"),
    ],
)  # fmt: skip
def test_what_is_given_leads_to_the_service_that_has_it(given: str, url: str) -> None:
    assert sources.find(given).url == url


@pytest.mark.parametrize(
    "given",
    [
        "", "paper.pdf", "Attention Is All You Need", "http://[", "https://",
        "https://openreview.net/forum?id=kpf7UbnSAm",
        "https://scholar.google.com/citations?user=x",
        "https://www.semanticscholar.org/paper/abc",
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_reported_in_one_sentence(site: Path, given: str) -> None:
    result = call("--dry-run", "--", given)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert re.search(r"paste|check it", result.stderr)


@given(st.text(max_size=200) | st.from_regex(r"https?://[^\s]{0,60}", fullmatch=True))
def test_whatever_is_given_is_a_request_or_a_sentence(given: str) -> None:
    with suppress(Refusal):
        assert sources.find(given).url.startswith(("https://", "http://", "HTTP"))


# -- what services say --------------------------------------------------------

DEEP = """\
@article{lecun2015deep,
  title     = {Deep learning},
  author    = {LeCun, Yann and Bengio, Yoshua and Hinton, Geoffrey},
  journal   = {Nature},
  volume    = {521},
  number    = {7553},
  pages     = {436--444},
  publisher = {Springer Science and Business Media LLC},
  year      = {2015},
  month     = may,
  doi       = {10.1038/nature14539},
  issn      = {1476-4687},
}
"""
ATTENTION = """\
@misc{vaswani2017attention,
  title         = {Attention Is All You Need},
  author        = {Ashish Vaswani and Noam Shazeer and Niki Parmar},
  year          = {2017},
  month         = jun,
  eprint        = {1706.03762},
  archiveprefix = {arXiv},
  primaryclass  = {cs.CL},
}
"""


def test_an_entry_of_crossref_is_laid_out_in_a_new_file(
    site: Path, services: responses.RequestsMock
) -> None:
    answers(services, "https://doi.org/10.1038/nature14539", "crossref-article.http")
    result = call("https://www.nature.com/articles/nature14539")
    assert result.exit_code == 0, result.output
    assert bib(site) == DEEP
    assert result.stdout == DEEP
    assert "LeCun, Y., Bengio, Y., & Hinton, G. (2015). Deep learning. Nature, 521(7553), 436-444." in (
        result.stderr
    )
    asked = services.calls[0].request
    assert asked.headers["Accept"] == "application/x-bibtex"
    assert "academic-homepage" in asked.headers["User-Agent"]
    assert "does not name Jane Doe" in result.stderr  # as `check` tells


def test_odd_markup_of_crossref_becomes_tex(site: Path, services: responses.RequestsMock) -> None:
    answers(services, "https://doi.org/10.1103/PhysRevB.103.020401", "crossref-odd.http")
    assert call("10.1103/PhysRevB.103.020401").exit_code == 0
    text = bib(site)
    assert (
        r"{Magnetism of $\mathrm{YBa}_{2}x^{-1}$ in \emph{E. coli} \& H\textsubscript{2}O at 5\% load},"
        in text
    )
    assert "{Physical Review B \\& Beyond}" in text
    assert text.startswith("@article{muller2021magnetism,")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A &lt;i&gt;b&lt;/i&gt;", r"A \emph{b}"),
        ("<i>open", r"\emph{open}"),
        ("close</i>", "close"),
        ("a < b > c, p &lt; 1", "a < b > c, p < 1"),
        ("Q&amp;A of &notes", r"Q\&A of \&notes"),
        ("x<sup>2", r"x\textsuperscript{2}"),
        (r"R\&D, 5\%", r"R\&D, 5\%"),
        ("<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>", r"$\frac{a}{b}$"),
        ("<math><mi>a</math>", "a"),
        ("<math><!DOCTYPE x></math>", ""),
        ("<math>" + "<mrow>" * 900 + "</mrow>" * 900 + "</math>", ""),
        ("a\n  b", "a b"),
    ],
)
def test_texts_of_services_are_mended(value: str, expected: str) -> None:
    assert tidying.text(value) == expected


@given(st.lists(st.sampled_from("<i> </i> <math> </math> <mi> &amp; &lt; a { } < > <! $ \\".split())))
def test_no_text_of_a_service_breaks_the_mending(pieces: list[str]) -> None:
    once = tidying.text(" ".join(pieces))
    assert once == tidying.text(once) or "&" in once or "<" in once


def test_a_preprint_has_the_year_of_its_first_version(
    site: Path, services: responses.RequestsMock
) -> None:
    answers(services, "https://arxiv.org/bibtex/1706.03762", "arxiv.http")
    answers(
        services,
        "https://api.openalex.org/works/doi:10.48550/arxiv.1706.03762",
        "openalex-preprint.http",
    )
    result = call("1706.03762v7")
    assert result.exit_code == 0
    assert bib(site) == ATTENTION
    assert "its year is 2017" in result.stderr
    assert "cli.py add 10.5555/3295222.3295349" in result.stderr


def test_the_doi_of_what_was_published_of_a_preprint_is_reported(
    site: Path, services: responses.RequestsMock
) -> None:
    answers(services, "https://arxiv.org/bibtex/1607.05210", "arxiv-published.http")
    result = call("1607.05210")
    assert "  doi           = {10.1137/16M1085413},\n" in bib(site)
    assert "url" not in bib(site)
    assert "cli.py add 10.1137/16M1085413" in result.stderr


def test_datacite_helps_out_where_arxiv_is_busy(site: Path, services: responses.RequestsMock) -> None:
    answers(services, "https://arxiv.org/bibtex/1706.03762", "arxiv-busy.http")
    answers(services, "https://doi.org/10.48550/arXiv.1706.03762", "datacite-arxiv.http")
    answers(
        services, "https://api.openalex.org/works/doi:10.48550/arxiv.1706.03762", "openalex-refused.http"
    )
    result = call("arXiv:1706.03762")
    assert result.exit_code == 0, result.output
    text = bib(site)
    assert "  eprint        = {1706.03762},\n  archiveprefix = {arXiv},\n" in text
    assert "FOS" not in text
    assert "Machine Learning (cs.LG)}" in text
    assert not re.search(r"doi|url|publisher", text)
    assert result.stderr.count("OpenAlex") == 0  # not worth a word


def test_software_keeps_its_own_address_and_licence(
    site: Path, services: responses.RequestsMock
) -> None:
    answers(services, "https://doi.org/10.5281/zenodo.1244103", "datacite-zenodo.http")
    assert call("https://doi.org/10.5281/zenodo.1244103").exit_code == 0
    text = bib(site)
    assert "= {https://zenodo.org/record/1244103}," in text
    assert "= {MIT License}," in text
    assert "= {Rustler, Michael}," in text


def test_what_dblp_keeps_for_itself_is_left_out(site: Path, services: responses.RequestsMock) -> None:
    answers(services, "https://dblp.org/rec/conf/nips/VaswaniSPUJGKP17.bib", "dblp.http")
    assert call("DBLP:conf/nips/VaswaniSPUJGKP17").exit_code == 0
    text = bib(site)
    assert not re.search("biburl|bibsource|timestamp", text)
    assert "= {Ashish Vaswani and Noam Shazeer and Niki Parmar},\n" in text
    assert "Long Beach, CA, {USA}},\n" in text


def test_an_entry_of_the_acl_anthology_keeps_its_abstract(
    site: Path, services: responses.RequestsMock
) -> None:
    answers(services, "https://aclanthology.org/K19-1001.bib", "acl.http")
    assert call("10.18653/v1/K19-1001").exit_code == 0
    text = bib(site)
    assert text.startswith("@inproceedings{jumelet2019analysing,\n")
    assert "  abstract  = {Extensive research" in text
    assert "  month     = nov,\n" in text


def test_openalex_knows_the_doi_of_other_identifiers(
    site: Path, services: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(services, "https://api.openalex.org/works/pmid:26017442", "openalex.http")
    answers(services, "https://doi.org/10.1038/nature14539", "crossref-article.http")
    assert call("https://pubmed.ncbi.nlm.nih.gov/26017442/").exit_code == 0
    assert bib(site) == DEEP
    assert "api_key" not in str(services.calls[0].request.url)
    monkeypatch.setenv("OPENALEX_API_KEY", "the-key")
    call("pmid:26017442")
    asked = [str(made.request.url) for made in services.calls]
    assert [("the-key" in url) for url in asked] == [False, False, True], "its DOI is there already"


def test_a_page_reports_its_doi(site: Path, services: responses.RequestsMock) -> None:
    answers(services, "https://journal.example/view/7", "publisher-page.http")
    answers(services, "https://doi.org/10.1038/nature14539", "crossref-article.http")
    assert call("https://journal.example/view/7").exit_code == 0
    assert bib(site) == DEEP


@pytest.mark.parametrize(
    ("status", "kind", "body", "said"),
    [
        (404, "text/html", "<!DOCTYPE html><p>DOI Not Found", "does not know 10.1000/x: check it"),
        (406, "text/plain", "", "has no BibTeX of 10.1000/x"),
        (403, "text/html", "<html>Just a moment...", "blocks programs"),
        (429, "text/plain", "slow down", "try again later"),
        (503, "text/plain", "", "has a problem"),
        (200, "text/html", "<html>Welcome", "sent a page instead of BibTeX"),
        (200, "application/x-bibtex", "  \n<!DOCTYPE html><p>", "sent a page instead of BibTeX"),
        (200, "application/x-bibtex", " \n", "sent nothing"),
        (200, "application/x-bibtex", "Resource not found.", "holds no BibTeX"),
        (200, "application/x-bibtex", b"\x00\xff\xfe" * 99, "holds no BibTeX"),
    ],
)
def test_what_is_no_entry_is_reported_in_one_sentence(
    site: Path,
    services: responses.RequestsMock,
    status: int,
    kind: str,
    body: str | bytes,
    said: str,
) -> None:
    bib(site, NEW)
    services.add("GET", "https://doi.org/10.1000/x", body, status=status, content_type=kind)
    result = call("10.1000/x")
    assert result.exit_code == 1
    first, last = result.stderr.splitlines()
    assert first == "Asking doi.org for 10.1000/x …"
    assert said in last
    assert bib(site) == NEW


# -- a real server ------------------------------------------------------------

PATIENT = LIMITS._replace(size=100_000, backoff=0, longest_wait=1)
HASTY = {path: PATIENT._replace(read=0.5) for path in ("silent", "stalling")}
HASTY["dripping"] = PATIENT._replace(whole=2)


class _Odd(http.server.BaseHTTPRequestHandler):
    """Answers as services do on bad days."""

    seen: list[tuple[str, Message]]

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers))
        with suppress(OSError):  # the other side had enough
            getattr(self, f"do_{self.path[1:]}")()

    def head(self, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def do_silent(self) -> None:
        time.sleep(3)

    def do_dripping(self) -> None:
        self.head()
        for _ in range(60):
            self.wfile.write(b"@")
            time.sleep(0.1)

    def do_stalling(self) -> None:
        self.head()
        self.wfile.write(b"@misc{")
        time.sleep(3)

    def do_endless(self) -> None:
        self.head()
        for _ in range(10_000):
            self.wfile.write(b"@misc{" * 10_000)

    def do_bomb(self) -> None:
        body = gzip.compress(b"a" * 5_000_000, 1)
        self.head(Content_Encoding="gzip", Content_Length=str(len(body)))
        self.wfile.write(body)

    def do_broken(self) -> None:
        self.head(Content_Length="1000")
        self.wfile.write(b"@misc{a")

    def do_round(self) -> None:
        self.head(302, Location="/round")

    def do_disk(self) -> None:
        self.head(302, Location="file:///etc/hostname")

    def do_onward(self) -> None:
        self.head(302, Location="/fine")

    def do_fine(self) -> None:
        self.head(Content_Type="application/x-bibtex")
        self.wfile.write(b"@misc{\xc3\xa4}")

    def do_recovering(self) -> None:
        if len(self.seen) < 3:
            self.head(503 if len(self.seen) == 1 else 429, Retry_After="0")
        else:
            self.do_fine()

    def do_patient(self) -> None:
        self.head(429, Retry_After="3600")


@pytest.fixture
def ask() -> Iterator[Callable[[str], tuple[str, list[tuple[str, Message]]]]]:
    """Ask a server on this machine for a path, quickly; gives the answer and what the server saw."""
    seen: list[tuple[str, Message]] = []
    handler = type("Handler", (_Odd,), {"seen": seen})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        limits = defaultdict(lambda: PATIENT, HASTY)

        def fetch(path: str) -> tuple[str, list[tuple[str, Message]]]:
            try:
                return fetching.fetch(Request(url + path, "it", "this"), limits[path]), seen
            except Refusal as refusal:
                return f"refused: {refusal.message}", seen

        yield fetch
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "said", "requests"),
    [
        ("silent", "it did not answer within", 1),
        ("stalling", "it did not answer within", 1),
        ("dripping", "it did not answer within 2 seconds", 1),
        ("endless", "sends more than 100,000 bytes", 1),
        ("bomb", "sends more than 100,000 bytes", 1),
        ("broken", "broke off", 1),
        ("round", "redirects without end", 7),
        ("disk", "not on the web", 1),
        ("patient", "try again in 61 minutes", 1),
    ],
)
def test_a_service_on_a_bad_day_costs_little(ask: Any, path: str, said: str, requests: int) -> None:
    answer, seen = ask(path)
    assert answer.startswith("refused: ")
    assert said in answer
    assert len(seen) == requests


def test_a_service_that_recovers_is_asked_again(ask: Any) -> None:
    assert ask("recovering")[0] == "@misc{ä}"
    answer, seen = ask("onward")
    assert answer == "@misc{ä}"
    assert all(headers["User-Agent"] == fetching.USER_AGENT for _, headers in seen)


def test_who_cannot_prove_who_they_are_is_not_believed() -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Odd) as server:  # it knows no TLS
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"https://127.0.0.1:{server.server_port}/fine"
        with pytest.raises(Refusal, match="certificate"):
            fetching.fetch(Request(url, "it", "this"), PATIENT)
        server.shutdown()


def test_a_host_that_is_not_there_is_reported() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        with pytest.raises(Refusal, match="check your connection"):
            fetching.fetch(Request(url, "it", "this"), PATIENT)


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1:1x/", "http://[::/", "http:///", "http://127.0.0.1:99999/"]
)
def test_an_odd_address_is_reported(url: str) -> None:
    with pytest.raises(Refusal) as refused:
        fetching.fetch(Request(url, "it", "this"), PATIENT)
    assert "did not answer" not in refused.value.message  # as it would say if the thread had died


# -- keys ---------------------------------------------------------------------

ENTRY = "@article{%s, title = {%s}, author = {%s}, year = %s, doi = {10.1000/%s}}\n"
WORKS = [
    ("On the Re-Use of Things", "Müller, Jörg and Smith, Ann and Roe, Rick", 2019, "aa"),
    ("Small Worlds", "van den Berg, Eva", 2020, "bb"),
    ("The Large World", "Huang, Yuxiang and Smith, Ann", 2021, "cc"),
]
NEXT = ("A Self-Made Title", "Ørsted, Hans Christian and Doe, Jane and Roe, Rick", 2024, "dd(1)")


@pytest.mark.parametrize(
    ("existing", "expected"),
    [
        ([], "orsted2024selfmade"),
        (["x", "y", "z"], "orsted2024selfmade"),
        (["muller2019reuse", "berg2020small", "huang2021large"], "orsted2024selfmade"),
        (["muller2019re", "berg2020small", "huang2021large"], "orsted2024self"),
        (["Muller2019ReUse", "Berg2020Small", "Huang2021Large"], "Orsted2024SelfMade"),
        (["muller_reuse_2019", "berg_small_2020", "huang_large_2021"], "orsted_selfmade_2024"),
        (["muller-etal-2019-reuse", "berg-2020-small", "huang-smith-2021-large"],
         "orsted-etal-2024-selfmade"),
        (["Muller:2019ab", "Berg:2020cd", "Huang:2021ef"], "Orsted:2024aa"),
        (["Muller:2019a", "Berg:2020a", "Huang:2021b"], "Orsted:2024a"),
        (["Muller2019", "Berg2020", "Huang2021"], "Orsted2024"),
        (["muller19", "berg20", "huang21"], "orsted24"),
        (["MullerSR19", "other", "HuangS21"], "OrstedDR24"),
        (["MSR19", "Ber20", "HS21"], "ODR24"),
        (["10.1000/aa", "10.1000/bb", "10.1000/cc"], "10.1000/dd1"),
    ],
)  # fmt: skip
def test_a_key_is_in_the_files_own_style(existing: list[str], expected: str) -> None:
    works = zip([*existing, "new"], [*WORKS[: len(existing)], NEXT], strict=True)
    text = "".join(ENTRY % (key, *work) for key, work in works)
    found = build.build(
        reader.read(text, "x").entries, lambda names: Directory([], "", names), lambda name: name
    )[0]
    new = next(p for p in found if p.key == "new")
    style = citation_keys.style_of(p for p in found if p is not new)
    key = citation_keys.key_for(new, style, existing)
    assert key == expected
    assert citation_keys.key_for(new, style, [*existing, key.upper()]) not in (key, key.upper())


def test_a_work_without_anything_has_a_key() -> None:
    text = "@misc{a, title = {人工智能}, author = {张伟}}\n@misc{b}"
    found = build.build(
        reader.read(text, "x").entries, lambda names: Directory([], "", names), lambda name: name
    )[0]
    assert all(
        re.fullmatch("[a-z0-9]+", citation_keys.key_for(p, citation_keys.DEFAULT, [])) for p in found
    )


# -- what is there already ----------------------------------------------------


def test_the_very_same_is_added_only_again(site: Path, services: responses.RequestsMock) -> None:
    there = (
        "@article{mine,\n\tdoi = {https://doi.org/10.1038/NATURE14539},\n\ttitle = {Deep Learning},\n}\n"
    )
    bib(site, "% mine\n" + there)
    answers(services, "https://doi.org/10.1038/nature14539", "crossref-article.http")
    for arguments in ([], ["--yes"]):
        result = call("10.1038/nature14539", *arguments)
        assert result.exit_code == 1
        (line,) = result.stderr.splitlines()
        assert line.startswith("It is there already: 'mine' (docs/publications.bib:2) has the same DOI.")
        assert bib(site) == "% mine\n" + there
    assert not services.calls
    assert call("10.1038/nature14539", "--again", "--yes").exit_code == 0
    assert "\n\n@article{lecun2015deep,\n\ttitle = {Deep learning},\n" in bib(site)


@pytest.mark.parametrize("given", ["1706.03762v5", "https://doi.org/10.48550/arXiv.1706.03762"])
def test_a_preprint_that_is_there_is_not_asked_for(site: Path, given: str) -> None:
    bib(site, ATTENTION.replace("{1706.03762}", "{1706.03762v2}"))
    result = call(given)
    assert result.exit_code == 1
    assert "'vaswani2017attention' (docs/publications.bib:1) has the same arXiv" in result.stderr
    assert "Asking" not in result.stderr


def test_what_an_address_leads_to_is_not_asked_for_either(
    site: Path, services: responses.RequestsMock
) -> None:
    bib(site, DEEP)
    answers(services, "https://api.openalex.org/works/pmid:26017442", "openalex.http")
    result = call("pmid:26017442")
    assert result.exit_code == 1
    assert "'lecun2015deep' (docs/publications.bib:1) has the same DOI" in result.stderr
    assert len(services.calls) == 1


def test_a_file_that_the_site_does_not_read_is_refused(site: Path) -> None:
    bib(site, A20)
    settings = "site_name: X\nextra:\n  homepage:\n    bibliography: [publications.bib, bib/*.bib]\n"
    write(site, {"mkdocs.yml": settings, "docs/bib/talks.bib": ""})
    result = call("-", "--file", "docs/nope.bib", pasted=NEW)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "docs/nope.bib is not one of bibliography: publications.bib, bib/*.bib" in line
    assert "add it there first" in line
    assert not (site / "docs/nope.bib").exists()
    for name in ("docs/bib/new.bib", "docs/bib/talks.bib", "docs/publications.bib", "notes.bib"):
        assert call("-", "--again", "--yes", "--file", name, pasted=NEW).exit_code == 0
        assert "Something new" in (site / name).read_text()


def test_the_same_pasted_twice_is_there_once(site: Path) -> None:
    mine = PAPER % ("a", "Deep {T}hings", 2020)
    assert call("-", pasted=mine).exit_code == 0
    for pasted in (mine, mine.replace("{a,", "{other,").replace("Deep {T}hings", "Deep things.")):
        for arguments in ([], ["--yes"]):
            result = call("-", *arguments, pasted=pasted)
            assert result.exit_code == 1
            assert "'a' (docs/publications.bib:1) has the same title, authors and year" in result.stderr
            assert bib(site) == mine
    assert call("-", "--again", "--yes", pasted=mine).exit_code == 0
    assert "@article{ab," in bib(site)


@pytest.mark.parametrize(
    "pasted",
    [
        PAPER % ("a", "T", 2021),
        (PAPER % ("a", "T", 2020)).replace("Doe, Jane", "Doe, Jane and Roe, Rick"),
        (PAPER % ("a", "T", 2020)).replace("@article", "@inproceedings"),
        (PAPER % ("a", "T", 2020)).replace("year ", "doi = {10.1000/b}, year "),
    ],
)
def test_what_may_be_another_version_needs_yes_only(site: Path, pasted: str) -> None:
    there = (PAPER % ("a", "T", 2020)).replace("year ", "doi = {10.1000/a}, year ")
    bib(site, there)
    result = call("-", pasted=pasted)
    assert (result.exit_code, bib(site)) == (1, there)
    assert "say --yes" in result.stderr
    assert call("-", "--yes", pasted=pasted).exit_code == 0


def test_another_version_is_added_where_that_is_wanted(
    site: Path, services: responses.RequestsMock
) -> None:
    published = (
        "@inproceedings{attention,\n  title = {Attention is all you need!},\n"
        "  author = {Vaswani, A.},\n  booktitle = {NIPS},\n  year = 2017,\n  hidden = {true}\n}\n"
    )
    bib(site, published)
    answers(services, "https://arxiv.org/bibtex/1706.03762", "arxiv.http")
    result = call("1706.03762")
    assert result.exit_code == 1
    assert "'attention' (docs/publications.bib:1) has the same title and first author" in result.stderr
    assert "say --yes" in result.stderr
    assert bib(site) == published
    assert call("1706.03762", "--yes").exit_code == 0
    assert bib(site).startswith(published)
    assert "eprint = {1706.03762}" in bib(site)


def test_the_rest_of_the_bibliography_counts_too(site: Path, services: responses.RequestsMock) -> None:
    settings = "site_name: X\nextra:\n  homepage:\n    bibliography: [new.bib, bib/*.bib]\n"
    old = "@misc{lecun2015deep, title = {Other}, author = {Doe, Jane}, year = 2015}\n"
    write(site, {"mkdocs.yml": settings, "docs/bib/old.bib": old})
    answers(services, "https://doi.org/10.1038/nature14539", "crossref-article.http")
    assert call("10.1038/nature14539").exit_code == 0
    assert (site / "docs/new.bib").read_text().startswith("@article{lecun2015deepb,\n")
    same = call("10.1038/nature14539", "--file", "docs/bib/old.bib")
    assert "'lecun2015deepb'" in same.stderr
    assert same.exit_code == 1
    assert (site / "docs/bib/old.bib").read_text() == old


def test_the_file_can_be_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("-", pasted=NEW)
    assert (result.exit_code, "--file" in result.stderr) == (1, True)
    assert call("-", "--file", "my.bib", pasted=NEW).exit_code == 0
    assert (tmp_path / "my.bib").read_text() == NEW
    missing = call("-", "--file", "no/my.bib", pasted=NEW)
    assert missing.exit_code == 1
    assert len(missing.stderr.splitlines()) == 1


# -- what is pasted -----------------------------------------------------------


def test_what_is_pasted_stays_as_it_is(site: Path) -> None:
    pasted = '@Article {Doe:24,\r\n\tTITLE = {{A} B},\r\n author={Doe, Jane},year=2024 , Journal = "J"}'
    bib(site, PAPER % ("old", "Old", 2020))
    result = call("-", pasted="Some words, and\r\n" + pasted + "\r\nmore words")
    assert result.exit_code == 0, result.output
    assert bib(site) == PAPER % ("old", "Old", 2020) + "\n" + pasted.replace("\r\n", "\n") + "\n"
    assert "its layout was changed" not in result.output


def test_a_key_that_is_taken_is_changed_and_selected_is_added(site: Path) -> None:
    bib(site, PAPER % ("Doe", "Old", 2020))
    result = call("-", "--selected", pasted="@misc{doe, title={T}, author={Doe, Jane}, year=2024}")
    assert "its key is doeb, as doe is taken (docs/publications.bib:1)" in result.stderr
    assert bib(site).endswith(
        "\n@misc{doeb, selected={true}, title={T}, author={Doe, Jane}, year=2024}\n"
    )


@pytest.mark.parametrize(
    ("lines", "selected"),
    [
        ("\n    title = {T},\n    author = {Doe, Jane},\n    year = 2024\n", "    selected = {true},"),
        ("\n\ttitle={T},\n\tauthor={Doe, Jane},\n\tyear=2024\n", "\tselected={true},"),
        ("\n  title  = {T},\n  author = {Doe, Jane},\n  year   = 2024,\n", "  selected = {true},"),
        (
            "\n  title         = {T},\n  author        = {Doe, Jane},\n  archiveprefix = {arXiv}\n",
            "  selected      = {true},",
        ),
    ],
)
def test_selected_is_laid_out_as_what_is_pasted(site: Path, lines: str, selected: str) -> None:
    bib(site, PAPER.replace("  =", "=").replace(" =", "=") % ("old", "Old", 2020))
    result = call("-", "--selected", pasted=f"@misc{{a,{lines}}}")
    assert result.exit_code == 0, result.output
    assert bib(site).endswith(f"\n@misc{{a,\n{selected}{lines}}}\n")


@pytest.mark.parametrize(
    "field",
    [
        "file = {Full Text PDF:/home/jane/Zotero/storage/X/a, b.pdf:application/pdf}",
        r"file = {:C$\backslash$:/Users/jane/Mendeley/a.pdf:pdf;:{b}.pdf:pdf}",
        'file = ":/home/jane/a, b.pdf:PDF"',
        "bdsk-file-1 = {YnBsaXN0MDDSAQ/home/jane}",
        "local-url = {file://localhost/home/jane/a.pdf}",
        "timestamp = {Thu, 01 Jan 2024 00:00:00 +0100}",
        "Biburl = {https://dblp.org/rec/conf/x.bib},\n  BIBSOURCE = {dblp /home/jane}",
    ],
)
@pytest.mark.parametrize("place", ["first", "last", "comma"])
def test_what_is_for_nobody_else_is_left_out_of_a_paste(site: Path, field: str, place: str) -> None:
    start, end = "@misc{DBLP:a,\n", "  title = {T, {U}},\n  author = {Doe, Jane},\n  year = 2024"
    pasted = {
        "first": f"{start}  {field},\n{end}\n}}\n",
        "last": f"{start}{end},\n  {field}\n}}\n",
        "comma": f"{start}{end},\n  {field},\n}}\n",
    }[place]
    result = call("-", pasted=pasted)
    assert result.exit_code == 0, result.output
    assert bib(site) == f"{start}{end}{',' * (place == 'comma')}\n}}\n"
    assert "/home/jane" not in result.output
    assert f"{field.partition(' ')[0].lower()}" in result.stderr
    assert "was left out" in result.stderr


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("@misc{title={T}, author={Doe, Jane}, year=2024}", "@misc{doe2024t,\n  title"),
        ("@misc{a, title={T}, author={Doe, Jane}, year=2024", "@misc{a,\n  title"),
        ("@string{j={Journal}} @misc{a, title={T}, author={Doe, Jane}, journal=j}", "= {Journal},"),
        ("misc{a,\n title={T},\n author={Doe, Jane}\n}", "@misc{a,"),
        ("@misc{a, title={T}, author={Doe, Jane}, year=2024 ]", "@misc{a,"),
    ],
)
def test_what_is_pasted_and_broken_is_mended(site: Path, pasted: str, expected: str) -> None:
    result = call("-", pasted=pasted)
    assert result.exit_code == 0, result.output
    assert expected in bib(site)
    assert "its layout was changed" in result.stderr
    assert run(*CLI, "check", "docs/publications.bib", cwd=site)[1].count("error") == 0


def test_several_entries_are_added_each_in_its_place(site: Path) -> None:
    old = PAPER % ("b", "B", 2023) + "\n" + PAPER % ("d", "D", 2020)
    bib(site, old)
    pasted = "".join(
        PAPER % (k, f"New {k}", y) for k, y in [("a", 2024), ("c", 2021), ("b", 2023), ("e", 2001)]
    )
    pasted += "@misc{f, title={F}, author={Doe, Jane}, doi={10.1000/f}}" * 2
    result = call("-", "--yes", pasted=pasted)
    assert result.exit_code == 1  # one of them is there twice
    assert "has the same DOI" in result.stderr
    assert [e.key for e in reader.read(bib(site), "x").entries] == ["a", "bb", "b", "c", "d", "e", "f"]


@pytest.mark.parametrize(
    "pasted", [b"", b"nothing", b"\xff\xfe\x00", b"@" * 99, b"@string{a = {b}}", b"@set{a, b}"]
)
def test_nothing_in_nothing_out(site: Path, pasted: bytes) -> None:
    result = call("-", pasted=pasted)
    assert result.exit_code == 1
    assert not (site / "docs/publications.bib").exists()
    assert result.stdout == ""


# -- where it goes ------------------------------------------------------------

A20, B22, C24 = PAPER % ("a", "A", 2020), PAPER % ("b", "B", 2022), PAPER % ("c", "C", 2024)
Z10 = PAPER % ("z", "Z", 2010)
STRINGS = '@string{j = {Journal}}\n@preamble{"\\newcommand{\\x}{}"}\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", NEW),
        ("\n", "\n" + NEW),
        ("% mine", "% mine\n" + NEW.rstrip("\n")),
        (STRINGS, STRINGS + "\n" + NEW),
        (C24, f"{C24}\n{NEW}"),
        (C24.rstrip("\n"), f"{C24}\n{NEW}".rstrip("\n")),
        # newest first, oldest first, and in no order
        (f"{C24}\n{B22}\n{A20}", f"{C24}\n{NEW}\n{B22}\n{A20}"),
        (f"{A20}\n{B22}\n{C24}", f"{A20}\n{B22}\n{NEW}\n{C24}"),
        (f"{C24}\n{A20}\n{B22}", f"{C24}\n{A20}\n{B22}\n{NEW}"),
        (f"{C24}{A20}", f"{C24}{NEW}{A20}"),
        (f"{C24}\n\n{A20}\n\n", f"{C24}\n\n{NEW}\n\n{A20}\n\n"),
        # what stands around: @string, front matter, headings, an entry's own comment
        (f"{STRINGS}\n{B22}\n{A20}", f"{STRINGS}\n{NEW}\n{B22}\n{A20}"),
        (f"---\n---\n{B22}\n{A20}", f"---\n---\n\n{NEW}\n{B22}\n{A20}"),
        (f"% 2024\n{C24}\n% 2022\n{B22}\n% 2020\n{A20}",
         f"% 2024\n{C24}\n% 2022\n{NEW}\n{B22}\n% 2020\n{A20}"),
        (f"% -- 2024\n\n{C24}\n% -- 2020\n\n{A20}", f"% -- 2024\n\n{C24}\n{NEW}\n% -- 2020\n\n{A20}"),
        (f"% top\n\n% 2020\n{A20}\n{Z10}", f"% top\n\n{NEW}\n% 2020\n{A20}\n{Z10}"),
        (f"{C24}\n% of a\n{A20}", f"{C24}\n{NEW}\n% of a\n{A20}"),
        (f"{A20}\n{B22}\n@comment{{jabref-meta: x;}}\n",
         f"{A20}\n{B22}\n{NEW}\n@comment{{jabref-meta: x;}}\n"),
        # others on one line, and one that is not closed
        (f"{C24.strip()} {A20}", f"{C24.strip()} {A20}{NEW}"),
        ("@misc{x,\n note = (y)\n}\n% end\n", f"@misc{{x,\n note = (y)\n}}\n\n{NEW}\n% end\n"),
        ("@misc{x, title = {Open\n", f"@misc{{x, title = {{Open\n\n{NEW}"),
    ],
)  # fmt: skip
def test_an_entry_finds_its_place(site: Path, before: str, after: str) -> None:
    bib(site, before)
    result = call("-", pasted=NEW)
    assert result.exit_code == 0, result.output
    assert bib(site) == after


@pytest.mark.parametrize(
    ("codec", "bom"),
    [
        ("utf-8", b"\xef\xbb\xbf"),
        ("cp1252", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_encodings_and_line_ends_stay(site: Path, codec: str, bom: bytes) -> None:
    one, other = (text.replace("A", "Ä").replace("\n", "\r\n") for text in (C24, A20))
    data = bom + f"{one}\r\n{other}".encode(codec)
    bib(site, b"")
    write(site, {"docs/publications.bib": data})
    pasted = NEW.replace("Something", "Müßiges")
    result = call("-", pasted=pasted)
    assert result.exit_code == 0, result.output
    added = f"{pasted}\n".replace("\n", "\r\n")
    expected = bom + f"{one}\r\n{added}{other}".encode(codec)
    assert (site / "docs/publications.bib").read_bytes() == expected


@pytest.mark.parametrize(
    "data", [A20.encode("utf-16-le"), b"\xff\xfe" + A20.encode("utf-16-le") + b"\n", b"\0" * 99]
)
def test_a_file_that_cannot_be_added_to_stays(site: Path, data: bytes) -> None:
    write(site, {"docs/publications.bib": data})
    result = call("-", pasted=NEW)
    assert result.exit_code == 1
    assert re.search("cli.py check|save it as UTF-8", result.stderr)
    assert (site / "docs/publications.bib").read_bytes() == data


def test_letters_that_the_file_cannot_hold_are_reported(site: Path) -> None:
    data = A20.replace("A", "Ä").encode("cp1252")
    write(site, {"docs/publications.bib": data})
    result = call("-", pasted=NEW.replace("Jane", "Łukasz"))
    assert result.exit_code == 1
    assert "has no 'Ł': save it as UTF-8" in result.stderr
    assert (site / "docs/publications.bib").read_bytes() == data


LAYOUTS = [
    "@article{a,\n\ttitle = {T},\n\tauthor = {Doe, Jane},\n\tyear = {2020}\n}\n",
    "@article{a,\n    title={T},\n    author={Doe, Jane},\n    year={2020},\n}\n",
    "@article{a,\ntitle = {T},\nauthor = {Doe, Jane},\nyear = 2020\n}\n",
    "@article{a,\n  title        = {T},\n  author       = {Doe, Jane},\n  year         = {2020},\n}\n",
    "@article{a,\n  title  = {T},\n  author = {Doe, Jane},\n  year   = {2020},\n}\n",
]


@pytest.mark.parametrize(
    ("existing", "line", "last"),
    [
        (LAYOUTS[0], "\n\tjournal = {Nature},", "}\n}\n"),
        (LAYOUTS[1], "\n    journal={Nature},", "},\n}\n"),
        (LAYOUTS[2], "\njournal = {Nature},", "}\n}\n"),
        (LAYOUTS[3], "\n  journal      = {Nature},", "},\n}\n"),
        (LAYOUTS[4], "\n  journal   = {Nature},", "},\n}\n"),
    ],
)
def test_a_fetched_entry_is_laid_out_as_the_others(
    site: Path, services: responses.RequestsMock, existing: str, line: str, last: str
) -> None:
    bib(site, "\n".join(existing.replace("{a,", f"{{{key},") for key in "abc"))
    answers(services, "https://doi.org/10.1038/nature14539", "crossref-article.http")
    assert call("10.1038/nature14539").exit_code == 0
    new = bib(site).partition("@article{lecun")[2]
    assert line in new
    assert new.endswith(last)


_WORD = st.from_regex(r"[A-Za-zäöé0-9 .:;!?'-]{0,20}", fullmatch=True)
_ENTRY = st.builds(
    "@{}{{{},\n{}title = {{{}}},\n  year = {}\n}}".format,
    st.sampled_from(["article", "misc", "Book", "xdata", "proceedings"]),
    st.from_regex(r"[A-Za-z][A-Za-z0-9:_./+-]{0,9}", fullmatch=True),
    st.sampled_from(["\t", "  ", ""]),
    _WORD,
    st.integers(1990, 2030),
)
_BETWEEN = st.sampled_from(
    ["", "\n", "\n\n", "text\n", "---\n---\n", "% remark\n", "% 2020\n\n", "}\n", "@string{j = {J}}\n",
     "@comment{x\n% y\n}\n", "% @misc{out,\n%  year = 2000}\n", "@misc(p, year = 2001)\n",
     "misc{open,\n title = {x}\n}\n",
     "@misc{unclosed, title = {x\n", "\n@preamble{\"x\"} "]
)  # fmt: skip


@hypothesis_settings(max_examples=150)
@given(
    parts=st.lists(st.tuples(_BETWEEN, _ENTRY), max_size=6),
    end=_BETWEEN,
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    codec=st.sampled_from(
        [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("cp1252", b"")]
    ),
    year=st.integers(1990, 2030),
)
def test_nothing_else_changes(
    parts: list[tuple[str, str]], end: str, newline: str, codec: tuple[str, bytes], year: int
) -> None:
    text = "".join(between + entry + "\n" for between, entry in parts) + end
    data = codec[1] + text.replace("\n", newline).encode(codec[0])
    plain = encoding.decode(data, "x")[0]
    old = reader.read(plain, "x").entries
    dates = {e.span[0]: Date(int(e.get("year") or 0)) for e in old}
    source = f"@misc{{the-new-one,\n  title = {{Näw}},\n  year = {year}\n}}"
    found = insertion.insert(data, source, Date(year), dates)
    added = len(found.data) - len(data)
    cut = next((n for n in range(len(data)) if data[n] != found.data[n]), len(data))
    assert any(  # letters of the new entry may be those that follow it
        found.data[:n] + found.data[n + added :] == data for n in range(max(cut - added, 0), cut + 1)
    )
    new = reader.read(encoding.decode(found.data, "x")[0], "x").entries
    values = [(e.type, {n: f.value for n, f in e.fields.items()}) for e in new]
    assert [e.key for e in new].count("the-new-one") == 1
    assert values.pop([e.key for e in new].index("the-new-one")) == (
        "misc",
        {"title": "Näw", "year": str(year)},
    )
    assert values == [(e.type, {n: f.value for n, f in e.fields.items()}) for e in old]
    written_in = "utf-8" if data.isascii() else codec[0]
    lines = re.split(r"\r\n|\r|\n", found.data.removeprefix(codec[1]).decode(written_in))
    assert lines[found.first - 1 : found.last] == source.split("\n")


# -- writing ------------------------------------------------------------------


def test_a_dry_run_writes_nothing_and_reports_all(site: Path) -> None:
    bib(site, A20)
    (site / "docs/publications.bib").chmod(0o444)
    result = call("-", "--dry-run", pasted=NEW.replace("Doe, Jane", "Roe, Rick"))
    assert result.exit_code == 0
    assert result.stdout.startswith("@article{new,")
    assert "does not name Jane Doe" in result.stderr
    assert "Nothing was written" in result.stderr
    assert bib(site) == A20
    assert sorted(path.name for path in (site / "docs").iterdir()) == ["index.md", "publications.bib"]


@pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")
def test_permissions_and_links_stay(site: Path) -> None:
    write(site, {"elsewhere/real.bib": A20})
    real, link = site / "elsewhere/real.bib", site / "docs/publications.bib"
    real.chmod(0o640)
    link.symlink_to(real)
    assert call("-", pasted=NEW).exit_code == 0
    assert link.is_symlink()
    assert real.read_text() == A20 + "\n" + NEW
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert [path.name for path in real.parent.iterdir()] == ["real.bib"]


def test_what_was_changed_meanwhile_is_not_lost(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bib(site, A20)
    ask = command._ask

    def edit_first(*arguments: Any) -> None:
        ask(*arguments)
        bib(site, B22)

    monkeypatch.setattr(command, "_ask", edit_first)
    result = call("-", pasted=NEW)
    assert result.exit_code == 1
    assert "changed meanwhile" in result.stderr
    assert bib(site) == B22
    assert sorted(path.name for path in (site / "docs").iterdir()) == ["index.md", "publications.bib"]


def test_a_folder_in_place_of_the_file_is_reported(site: Path) -> None:
    (site / "docs/publications.bib").mkdir()
    result = call("-", pasted=NEW)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "cannot be read" in line


@pytest.mark.parametrize("name", ["loop.bib", "x" * 300])
def test_odd_files_are_reported(site: Path, name: str) -> None:
    (site / "loop.bib").symlink_to("loop.bib")
    result = call("-", "--yes", "--file", name, pasted=NEW)
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "cannot be" in result.stderr


def test_texts_without_end_take_no_time() -> None:
    for piece in ("<math>", "<mml:math>", "<a ", "&lt;math&gt;"):
        assert tidying.text(piece * 10_000) is not None


def test_broken_settings_are_reported(site: Path) -> None:
    write(site, {"mkdocs.yml": "site_name: [\n"})
    result = call("-", pasted=NEW)
    assert result.exit_code == 1
    assert "mkdocs.yml" in result.stderr
    assert not (site / "docs/publications.bib").exists()


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("word", ["y", "n"])
def test_on_a_terminal_it_asks(site: Path, word: str) -> None:
    import pty
    import select
    import subprocess

    bib(site, A20)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*CLI, "add", "-"], cwd=site, stdin=theirs, stdout=theirs, stderr=theirs
    ) as child:
        os.close(theirs)
        said = b""
        for text in (NEW.encode() + b"\x04", f"{word}\n".encode()):
            while not said.endswith((b"Ctrl-D:\r\n", b"[Y/n]: ")):
                assert select.select([ours], [], [], 120)[0], said
                said += os.read(ours, 1000)
            os.write(ours, text)
            said = b""
        assert child.wait(60) == (word == "n")
    os.close(ours)
    assert bib(site) == (A20 + "\n" + NEW if word == "y" else A20)


def test_commands_are_named_as_they_are_called_here() -> None:
    found = run(*CLI, "add", "https://openreview.net/forum?id=x")[1]
    python = Path(sys.executable)
    shown = python.relative_to(ROOT) if python.is_relative_to(ROOT) else python
    assert f"paste it into `{shown} {Path('hooks/cli.py')} add -`." in found


def test_the_list_of_commands_is_whole() -> None:
    code, output = run(*CLI, "--help")
    listed = output.partition("Commands:\n")[2].splitlines()
    assert (code, len(listed)) == (0, 8)
    assert all(re.fullmatch(r"  [a-z]+ +[A-Z].*\w\.", line) for line in listed), output


def test_the_command_is_there(site: Path) -> None:
    code, output = run(*CLI, "add", "--help", cwd=site)
    assert code == 0
    assert "DOI" in output
    code, output = run(*CLI, "add", "https://openreview.net/forum?id=x", cwd=site)
    assert code == 1
    assert output.startswith("OpenReview only answers browsers")


def test_other_commands_do_not_wait_for_what_this_one_needs() -> None:
    script = "import sys; sys.path.insert(0, 'hooks'); import cli; print('requests' in sys.modules)"
    assert run(sys.executable, "-c", script) == (0, "False\n")
