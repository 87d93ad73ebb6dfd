"""Turns account names in the settings of templates into addresses of profiles."""

import re

from commands.shared.owner import mail_address, profile_address

SERVICES = {
    "academia": "independent.academia.edu/{}", "acm": "dl.acm.org/profile/{}",
    "arxiv": "arxiv.org/a/{}", "bitbucket": "bitbucket.org/{}", "bluesky": "bsky.app/profile/{}",
    "dblp": "dblp.org/pid/{}", "facebook": "www.facebook.com/{}", "github": "github.com/{}",
    "gitlab": "gitlab.com/{}", "hal": "hal.science/search/index/?q=authIdHal_s:{}",
    "huggingface": "huggingface.co/{}", "ieee": "ieeexplore.ieee.org/author/{}",
    "impactstory": "profiles.impactstory.org/u/{}", "inspirehep": "inspirehep.net/authors/{}",
    "instagram": "www.instagram.com/{}", "kaggle": "www.kaggle.com/{}", "keybase": "keybase.io/{}",
    "lattes": "http://lattes.cnpq.br/{}", "leetcode": "leetcode.com/u/{}",
    "linkedin": "www.linkedin.com/in/{}", "mastodon": "{}", "medium": "medium.com/@{}",
    "openreview": "openreview.net/profile?id={}", "orcid": "orcid.org/{}", "osf": "osf.io/{}",
    "publons": "publons.com/a/{}", "pubmed": "pubmed.ncbi.nlm.nih.gov/?term={}",
    "quora": "www.quora.com/profile/{}", "researchgate": "www.researchgate.net/profile/{}",
    "scholar": "scholar.google.com/citations?user={}",
    "scopus": "www.scopus.com/authid/detail.uri?authorId={}",
    "semanticscholar": "www.semanticscholar.org/author/{}",
    "stackoverflow": "stackoverflow.com/users/{}", "telegram": "t.me/{}", "twitter": "x.com/{}",
    "unsplash": "unsplash.com/@{}", "weibo": "weibo.com/{}",
    "wikidata": "www.wikidata.org/wiki/{}", "wikipedia": "en.wikipedia.org/wiki/User:{}",
    "work": "", "x": "x.com/{}", "youtube": "www.youtube.com/@{}",
    "zhihu": "www.zhihu.com/people/{}", "zotero": "www.zotero.org/{}",
}  # fmt: skip
_ALIASES = {"googlescholar": "scholar", "academiaedu": "academia", "semantic": "semanticscholar"}
_ENDS = re.compile(r"_(?:userid|username|url|id|profile)$")


def profile(service: str, account: str) -> str:
    """Return the address of a profile for an address or an account name, or ''.

    Services are named as in settings, such as `github`, `github_username` or `google scholar`.
    """
    account = account.strip().strip("/")
    name = re.sub(r"[ _-]", "", _ENDS.sub("", service.strip().lower()))
    name = _ALIASES.get(name, name)
    if name in ("email", "mail"):
        return mail(account)
    if not account or name not in SERVICES or account.lower() in ("true", "false"):
        return ""
    if "://" in account:
        return profile_address(account)
    account = account.split()[0].removeprefix("@")
    if name == "work" or re.match(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|edu)/", account):
        return profile_address(account)
    if name == "mastodon" and (match := re.fullmatch(r"([\w.-]+)@([\w.-]+)", account)):
        account = f"{match[2]}/@{match[1]}"
    account = account.removeprefix("in/") if name == "linkedin" else account
    address = SERVICES[name].format(account)
    return profile_address(address if "://" in address else f"https://{address}") if account else ""


def mail(written: str) -> str:
    """Return `mailto:` and an email address, which may be written as `jane [at] x.org`, or ''."""
    text = re.sub(
        r"\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*|\s+at\s+|&#64;|&commat;", "@", written.strip(), flags=re.I
    )
    text = re.sub(r"\s*[\[({<]\s*dot\s*[\])}>]\s*|\s+dot\s+", ".", text, flags=re.I)
    return mail_address(text.split()[0]) if "@" in text else ""
