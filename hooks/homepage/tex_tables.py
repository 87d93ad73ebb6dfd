"""What TeX's commands mean, as tables."""

from __future__ import annotations

# TeX's accents (The TeXbook, chapter 9) as Unicode's combining characters.
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361", "G": "\u030f", "U": "\u030e",
    "h": "\u0309", "f": "\u0311",
}  # fmt: skip
SYMBOLS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "ss": "ß", "SS": "ẞ", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð",
    "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "th": "þ", "TH": "Þ",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘",
    "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'",
    "guillemotleft": "«", "guillemotright": "»", "textexclamdown": "¡", "textquestiondown": "¿",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_",
    "textless": "<", "textgreater": ">", "textbar": "|", "textbraceleft": "{",
    "textbraceright": "}", "textdollar": "$", "textpercent": "%", "textampersand": "&",
    "textregistered": "®", "textcopyright": "©", "copyright": "©", "texttrademark": "™",
    "textdegree": "°", "degree": "°", "textmu": "µ", "textbullet": "•", "textperiodcentered": "·",
    "textasteriskcentered": "*", "textdagger": "†", "textdaggerdbl": "‡", "textsection": "§",
    "textparagraph": "¶", "dag": "†", "dagger": "†", "ddag": "‡", "ddagger": "‡", "S": "§",
    "P": "¶", "pounds": "£", "textsterling": "£", "texteuro": "€", "euro": "€", "ldots": "…",
    "dots": "…", "textellipsis": "…", "textonehalf": "½", "textordfeminine": "ª",
    "textordmasculine": "º", "slash": "/", "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX",
    "quad": " ", "qquad": " ", "space": " ", "newline": " ", "linebreak": " ", "par": " ",
    "textnumero": "№", "cyrchar": "", "ast": "*", "star": "⋆", "sim": "∼", "to": "→",
}  # fmt: skip
CONTROL = {
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", "\\": " ", " ": " ",
    ",": "\u2009", ";": " ", ":": " ", "!": "", "/": "", "-": "", "@": "", "\n": " ", "*": "",
}  # fmt: skip
STYLES = {
    "emph": "em", "textit": "em", "textsl": "em", "mathit": "em", "textbf": "strong",
    "mathbf": "strong", "texttt": "code", "textsuperscript": "sup", "textsubscript": "sub",
    "textsc": "sc", "underline": "u",
}  # fmt: skip
SWITCHES = {
    "em": "em", "it": "em", "itshape": "em", "sl": "em", "bf": "strong", "bfseries": "strong",
    "tt": "code", "ttfamily": "code", "sc": "sc", "scshape": "sc",
}  # fmt: skip
PLAIN_COMMANDS = frozenset(  # their argument is all there is to them
    [
        "text",
        "textrm",
        "textnormal",
        "textup",
        "textmd",
        "textsf",
        "mbox",
        "hbox",
        "rm",
        "sf",
        "normalfont",
        "upshape",
        "relax",
        "protect",
        "uppercase",
        "lowercase",
        "ensuremath",
        "enquote",
        "noopsort",
        "mathrm",
        "url",
        "path",
        "nolinkurl",
        "textcolor",
        "selectfont",
        "normalsize",
        "small",
        "large",
        "bibinfo",
        "bibnamefont",
        "bibfnamefont",
        "natexlab",
        "BibitemShut",
        "ul",
        "sout",
        "MakeUppercase",
        "MakeLowercase",
        "nocite",
        "xspace",
        "break",
        "nobreak",
        "unskip",
        "ignorespaces",
        "cyr",
        "aftergroup",
        "left",
        "right",
        "displaystyle",
        "textstyle",
        "limits",
    ]
)
