"""Tell organizations and companies from persons."""

import re

_BODY = re.compile(  # an organization, which has no family name
    r"\b(?:collaboration|consortium|university|institute|committee|association|foundation|"
    r"organi[sz]ation|corporation|ministry|laboratory|department)\b"
    r"|\b(?:team|group|network|project|initiative|society)$"
    r"|\s(?-i:Inc|Ltd|LLC|GmbH|Corp|PLC|AG|S\.A)\.?$",
    re.I,
)
_COMPANY = re.compile(r"^(?:inc|ltd|llc|gmbh|corp|co|plc|sa|ag)\.?$", re.I)
_DOTTED = re.compile(r"(?:S\.\s?A|A\.\s?G)\.?$")  # of a company, or a person's initials
_BUSINESS = re.compile(  # words in companies' names
    r"\b(?:bank|banco|industri\w+|systems?|group|grupo|holdings?|technolog\w+|pharma\w*|software"
    r"|motors?|energy|energ[ií]a|electric\w*|international|solutions|services|telecom\w*|labs?"
    r"|engineering|petr[oó]le\w*|aerospace|electronics?|compa\w+|investigaci[oó]n|desarrollo|soci[eé]t[eé]|research)\b|&",
    re.I,
)


def is_body(name: str) -> bool:
    """Is it a group of people, `The ATLAS Collaboration`?"""
    return _BODY.search(name) is not None


def is_company(name: str, form: str) -> bool:
    """Is it a company, given what is before and after the comma? `S.A.` can be a person's initials."""
    dotted = _DOTTED.match(form) and _BUSINESS.search(name)
    return bool(_COMPANY.match(form) or dotted)
