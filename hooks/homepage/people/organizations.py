"""Tell organizations from people.

BibTeX wants braces around organizations (Patashnik, BibTeXing, section 3.2), and many files have none.
Legal forms such as `S.A.` and `AG` are initials, too: they count only behind a name that is a firm's.
"""

import re

_BODY = re.compile(  # an organization, which has no family name
    r"\b(?:collaboration|consortium|university|institute|committee|association|foundation|"
    r"organi[sz]ation|corporation|ministry|laboratory|department)\b"
    r"|\b(?:team|group|network|project|initiative|society)$",
    re.I,
)
_LEGAL_FORM = re.compile(  # that nobody has as initials
    r"(?:(?:inc|ltd|limited|llc|gmbh|mbh|corp|plc|pty|pvt|incorporated|corporation|kgaa)\.?"
    r"|co\.|(?-i:e\.\s?V\.|S\.?\s?p\.?\s?A\.?|S\.?\s?r\.?\s?l\.?|S\.?\s?à\s?r\.?\s?l\.?|Oyj?|ApS)"
    r"|(?:co\.?,? )?(?:ltd|kg)\.?|(?:pty|pvt)\.? ltd\.?|sp\. z ?o\.? ?o\.?)",
    re.I,
)
_FORM_OR_INITIALS = re.compile(
    r"S\.?A\.?(?:[SU]\.?)?|A\.?G\.?|[NB]\.?V\.?|S\.?E\.?|K\.?G\.?|A\.?B\.?|S\.?L\.?"
)
BARE_FORMS = ("AG", "SA", "SE", "NV", "BV", "KG")
_TRADE = re.compile(
    r"(?<=\s)(?:group|grupo|bank|investigaci[oó]n|desarrollo|pharma\w*|industr\w+|motors?|electri\w+|electronics?|systems?|technolog\w+"
    r"|tele(?:com|kom)\w*|holdings?|international|services|energ\w+|chemi\w+|laborator\w+|labs|software"
    r"|engineering|solutions|networks?|semiconductors?|automotive|airlines|insurance|consulting|company"
    r"|werke?|sons|brothers|aerospace|instruments?|materials|medical|bio\w+|therapeutics|robotics"
    r"|devices|petr[oó]le\w*|steel|media|press|verlag|research|global|capital|partners|productions)\b"
    r"|[&+]|\b(?:compagnie|compañ[ií]a|companhia|soci[eé]t[eé]|sociedad|gesellschaft|deutsche|banco|banque)\b"
    r"|^(?:siemens|bayer|novartis|volkswagen|bmw|basf|sap|daimler|allianz|infineon|philips|airbus|renault"
    r"|telef[oó]nica|thales|sanofi|nestl[eé]|michelin|petrobras|embraer|swisscom|ericsson|volvo)$",
    re.I,
)


def is_body(text: str, alone: bool = True) -> bool:
    """Does a name in one piece end like an organization's: `Gemini Team`, `Google Inc.`, `Bayer AG`?

    In a list of names such as `Smith AG, Doe J` (not `alone`), bare letters are initials.
    """
    name, _, last = text.rpartition(" ")
    legal = bool(name) and (is_company(name, last) or (alone and last in BARE_FORMS))
    return legal or bool(_BODY.search(text))


def is_company(name: str, form: str) -> bool:
    """Is `name, form` a company, such as `Google, Inc.` or `Acme Pharma, S.A.`, not `Smith, S.A.`?"""
    if _FORM_OR_INITIALS.fullmatch(form):
        return bool(_TRADE.search(name))
    return bool(_LEGAL_FORM.fullmatch(form))


def collaboration(value: str) -> str:
    """REVTeX's and INSPIRE's field `collaboration` as an author.

    `ATLAS` and `for the ATLAS Collaboration` become `ATLAS Collaboration`, several are `ATLAS & CMS
    Collaborations`, and other groups stay as they are written.
    """
    text = _FOR_THE.sub("", value.strip(" ()[]"))
    if not text or _GROUP.search(text):
        return text
    names = [_COLLABORATION.sub("", name).strip() for name in _SEPARATOR.split(text)]
    names = list(filter(None, names))
    if not names:
        return text
    several = ", ".join(names[:-1]), names[-1]
    return f"{' & '.join(filter(None, several))} Collaboration{'s' * (len(names) > 1)}"


_FOR_THE = re.compile(r"^(?:(?:on behalf of|for|and)\s+)?(?:the\s+)?", re.I)
_GROUP = re.compile(
    r"\b(?:consortium|group|team|network|project|initiative|society|survey|alliance)\b", re.I
)
_COLLABORATION = re.compile(r"\s*\bcollaborations?\b\s*$", re.I)
_SEPARATOR = re.compile(r"\s*(?:[,;&]|\band\b)\s*(?:the\s+)?", re.I)
