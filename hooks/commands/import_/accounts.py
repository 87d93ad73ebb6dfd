"""Names of accounts, as templates' settings have them, to the addresses of profiles."""

from __future__ import annotations

import re

from commands.shared.owner import profile_address

SERVICES = {
    "scholar": "https://scholar.google.com/citations?user={}",
    "googlescholar": "https://scholar.google.com/citations?user={}",
    "google scholar": "https://scholar.google.com/citations?user={}",
    "github": "https://github.com/{}",
    "gitlab": "https://gitlab.com/{}",
    "bitbucket": "https://bitbucket.org/{}",
    "linkedin": "https://www.linkedin.com/in/{}",
    "orcid": "https://orcid.org/{}",
    "x": "https://x.com/{}",
    "twitter": "https://x.com/{}",
    "bluesky": "https://bsky.app/profile/{}",
    "mastodon": "https://{}",
    "dblp": "https://dblp.org/pid/{}",
    "researchgate": "https://www.researchgate.net/profile/{}",
    "research_gate": "https://www.researchgate.net/profile/{}",
    "semanticscholar": "https://www.semanticscholar.org/author/{}",
    "semantic": "https://www.semanticscholar.org/author/{}",
    "scopus": "https://www.scopus.com/authid/detail.uri?authorId={}",
    "publons": "https://publons.com/a/{}",
    "inspirehep": "https://inspirehep.net/authors/{}",
    "inspire-hep": "https://inspirehep.net/authors/{}",
    "hal": "https://hal.science/search/index/?q=authIdHal_s:{}",
    "arxiv": "https://arxiv.org/a/{}",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/?term={}",
    "acm": "https://dl.acm.org/profile/{}",
    "ieee": "https://ieeexplore.ieee.org/author/{}",
    "medium": "https://medium.com/@{}",
    "youtube": "https://www.youtube.com/@{}",
    "stackoverflow": "https://stackoverflow.com/users/{}",
    "kaggle": "https://www.kaggle.com/{}",
    "keybase": "https://keybase.io/{}",
    "instagram": "https://www.instagram.com/{}",
    "facebook": "https://www.facebook.com/{}",
    "quora": "https://www.quora.com/profile/{}",
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "wikipedia": "https://en.wikipedia.org/wiki/User:{}",
    "zotero": "https://www.zotero.org/{}",
    "osf": "https://osf.io/{}",
    "leetcode": "https://leetcode.com/u/{}",
    "lattes": "http://lattes.cnpq.br/{}",
    "telegram": "https://t.me/{}",
    "unsplash": "https://unsplash.com/@{}",
    "zhihu": "https://www.zhihu.com/people/{}",
    "weibo": "https://weibo.com/{}",
    "academia": "https://independent.academia.edu/{}",
    "academia_edu": "https://independent.academia.edu/{}",
    "impactstory": "https://profiles.impactstory.org/u/{}",
    "work": "{}",
    "openreview": "https://openreview.net/profile?id={}",
    "huggingface": "https://huggingface.co/{}",
}
_ENDS = re.compile(r"_(?:userid|username|url|id|profile)$")


def profile(service: str, account: str) -> str:
    """The address of somebody's profile at a service, from an address or an account there, or ''.

    Services are named as in settings, with or without `_username` and the like.
    """
    account = account.strip().strip("/")
    name = _ENDS.sub("", service.strip().lower())
    if name in ("email", "mail"):
        return mail(account)
    if not account or name not in SERVICES or account.lower() in ("true", "false"):
        return ""
    if "://" in account:
        return profile_address(account)
    account = account.split()[0].removeprefix("@") if name != "mastodon" else account
    if name == "mastodon" and (match := re.fullmatch(r"@?([\w.-]+)@([\w.-]+)", account)):
        account = f"{match[2]}/@{match[1]}"
    if re.match(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|edu)/", account):
        return profile_address(account)
    account = account.removeprefix("in/") if name == "linkedin" else account
    return profile_address(SERVICES[name].format(account)) if account else ""


def mail(written: str) -> str:
    """`mailto:` and an address of mail, also one that is hidden from machines: `jane [at] x.org`."""
    text = re.sub(
        r"\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*|\s+at\s+|&#64;|&commat;", "@", written.strip(), flags=re.I
    )
    text = re.sub(r"\s*[\[({<]\s*dot\s*[\])}>]\s*|\s+dot\s+", ".", text, flags=re.I)
    found = profile_address(text.split()[0]) if "@" in text and text.split() else ""
    return found if found.startswith("mailto:") else ""
