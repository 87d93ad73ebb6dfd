"""Tables of TeX's commands and what they mean."""

# TeX's accents (The TeXbook, chapter 9) as Unicode's combining characters.
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361", "G": "\u030f", "U": "\u030e",
    "h": "\u0309", "f": "\u0311",
}  # fmt: skip
SYMBOLS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł",
    "L": "Ł", "ss": "ß", "SS": "ẞ", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ", "th": "þ", "TH": "Þ", "textendash": "–", "textemdash": "—",
    "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”",
    "textquotesingle": "'", "guillemotleft": "«", "guillemotright": "»", "textexclamdown": "¡",
    "textquestiondown": "¿", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "textunderscore": "_", "textless": "<", "textgreater": ">", "textbar": "|", "textbraceleft": "{",
    "textbraceright": "}", "textdollar": "$", "textpercent": "%", "textampersand": "&",
    "textregistered": "®", "textcopyright": "©", "copyright": "©", "texttrademark": "™",
    "textdegree": "°", "degree": "°", "textmu": "µ", "textbullet": "•", "textperiodcentered": "·",
    "textasteriskcentered": "*", "textdagger": "†", "textdaggerdbl": "‡", "textsection": "§",
    "textparagraph": "¶", "dag": "†", "dagger": "†", "ddag": "‡", "ddagger": "‡", "S": "§", "P": "¶",
    "pounds": "£", "textsterling": "£", "texteuro": "€", "euro": "€", "ldots": "…", "dots": "…",
    "textellipsis": "…", "textonehalf": "½", "textordfeminine": "ª", "textordmasculine": "º",
    "slash": "/", "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "quad": " ", "qquad": " ",
    "space": " ", "newline": " ", "linebreak": " ", "par": " ", "item": " ", "textnumero": "№",
    "thinspace": "\u2009", "textasciimacron": "¯", "IJ": "Ĳ", "ij": "ĳ", "lq": "‘", "rq": "’",
    "textasciigrave": "`", "textvisiblespace": " ", "textnonbreakinghyphen": "‑", "quotedblbase": "„",
    "quotesinglbase": "‚", "guilsinglleft": "‹", "guilsinglright": "›", "nobreakspace": "\xa0",
    "nobreakdash": "", "textohm": "Ω", "textcelsius": "℃", "textangstrom": "Å", "backslash": "\\",
    "textcent": "¢", "textyen": "¥", "texttimes": "×", "textdiv": "÷", "textpm": "±",
    "textminus": "−", "textonequarter": "¼", "textthreequarters": "¾", "textschwa": "ə", "hyp": "-",
    "cprime": "ʹ", "cyrchar": "", "ast": "*", "star": "⋆", "sim": "∼", "to": "→",
}  # fmt: skip
CONTROL = {
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", "\\": " ", " ": " ",
    ",": "\u2009", ";": " ", ":": " ", "!": "", "/": "", "-": "", "@": "", "\n": " ", "*": "",
}  # fmt: skip
STYLES = {
    "emph": "em", "textit": "em", "textsl": "em", "mathit": "em", "textbf": "strong",
    "mathbf": "strong", "texttt": "code", "textsuperscript": "sup", "textsubscript": "sub",
    "textsc": "sc", "underline": "u", "enquote": "q", "mkbibquote": "q", "mkbibemph": "em",
    "mkbibitalic": "em", "mkbibbold": "strong", "uline": "u",
}  # fmt: skip
SWITCHES = {
    "em": "em", "it": "em", "itshape": "em", "sl": "em", "bf": "strong", "bfseries": "strong",
    "tt": "code", "ttfamily": "code", "sc": "sc", "scshape": "sc",
}  # fmt: skip
PLAIN_COMMANDS = frozenset(  # replaced by their argument
    "text textrm textnormal textup textmd textsf mbox hbox rm sf normalfont upshape relax protect "
    "uppercase lowercase noopsort mathrm selectfont normalsize small large Large huge tiny "
    "footnotesize scriptsize bibinfo bibnamefont bibfnamefont natexlab BibitemShut ul uline sout "
    "MakeUppercase MakeLowercase MakeTextUppercase MakeTextLowercase NoCaseChange nocite cite citep "
    "citet citealp xspace break nobreak unskip ignorespaces cyr aftergroup left right displaystyle "
    "textstyle limits newblock noindent sloppy textquoted foreignlanguage "
    "boldmath unboldmath mathsf mathtt mathcal mathbb mathfrak operatorname boldsymbol bm "
    "textgreek textcyr textlf textof capitalize oldstylenums".split()
)
DROPPED = frozenset(  # dropped with their argument, which is about layout
    "color textcolor vspace hspace label begin end fontfamily fontsize selectlanguage "
    "phantom hphantom vphantom rule".split()
)
# Maths: accents on a letter, commands without meaning in plain text, superscripts and subscripts.
MATHS_ACCENTS = {
    "bar": "\u0304", "overline": "\u0304", "hat": "\u0302", "widehat": "\u0302",
    "tilde": "\u0303", "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "acute": "\u0301", "grave": "\u0300", "check": "\u030c", "breve": "\u0306",
    "mathring": "\u030a", "underline": "\u0331",
}  # fmt: skip
SILENT = frozenset(
    "text mathrm mathbf mathit mathcal mathbb mathfrak mathscr mathsf mathtt rm bf it sf tt cal left "
    "right operatorname textrm textit textbf texttt textsf textup textnormal emph mbox hbox "
    "displaystyle textstyle scriptstyle limits nolimits boldsymbol bm big Big bigg Bigg bigl bigr "
    "Bigl Bigr nonumber mathop mathrel mathbin mathord oldstylenums".split()
)
SUPERSCRIPTS = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True)) | {"∘": "°"}
SUBSCRIPTS = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
# LGR, the transliteration that \textgreek expects.
GREEK = str.maketrans(
    "abgdezhjiklmnxoprsctufqywABGDEZHJIKLMNXOPRSTUFQYW",
    "αβγδεζηθικλμνξοπρσςτυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
)
