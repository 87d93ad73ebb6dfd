"""Tables of TeX's commands and what they mean."""

# TeX's accents (The TeXbook, chapter 9) as Unicode's combining characters.
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361", "G": "\u030f", "U": "\u030e",
    "h": "\u0309", "f": "\u0311",
    # of MathSciNet: mathscinet.sty, amsvnacc.sty
    "ocirc": "\u030a", "polhk": "\u0328", "udot": "\u0323", "dudot": "\u0324", "utilde": "\u0330",
    "uarc": "\u032e", "lfhook": "\u0326", "soft": "\u030c", "candra": "\u0310", "horn": "\u031b",
    "cftil": "\u0302\u0303", "cfac": "\u0302\u0301", "cfgrv": "\u0302\u0300", "cfudot": "\u0323\u0302",
    "cfhk": "\u0302\u0309", "cirac": "\u0302\u0301", "cirgr": "\u0302\u0300", "cirti": "\u0302\u0303",
    "cirud": "\u0323\u0302", "cirvh": "\u0302\u0309", "breac": "\u0306\u0301", "bregr": "\u0306\u0300",
    "breti": "\u0306\u0303", "breud": "\u0323\u0306", "brevn": "\u0306\u0309", "acudot": "\u0323\u0301",
    "xudot": "\u0323",
    # LaTeX's long names, T3 and T4, tipa (its manual, appendix A), X2
    "textcommabelow": "\u0326", "textcommaabove": "\u0313", "textrevcommaabove": "\u0314",
    "textturncommaabove": "\u0312", "textcommaaboveright": "\u0315", "textogonekcentered": "\u0328",
    "textpolhook": "\u0328", "textdotbelow": "\u0323", "textdoublegrave": "\u030f",
    "textroundcap": "\u0311", "textinvbreve": "\u0311", "textsubring": "\u0325", "textsubbar": "\u0320",
    "textsubdot": "\u0323", "textsubumlaut": "\u0324", "textsubtilde": "\u0330", "textsubarch": "\u032f",
    "textsubgrave": "\u0316", "textsubacute": "\u0317", "textsubcircum": "\u032d",
    "textsubwedge": "\u032c", "textsubbreve": "\u032e", "textsubbridge": "\u032a",
    "textinvsubbridge": "\u033a", "textsubsquare": "\u033b", "textsubplus": "\u031f",
    "textsubminus": "\u0320", "textsubw": "\u032b", "textsubrhalfring": "\u0339",
    "textsublhalfring": "\u031c", "textseagull": "\u033c", "textsyllabic": "\u0329",
    "textraising": "\u031d", "textlowering": "\u031e", "textadvancing": "\u0318",
    "textretracting": "\u0319", "textovercross": "\u033d", "textoverw": "\u1ab0",
    "textsuperimposetilde": "\u0334", "textvbaraccent": "\u030d", "textdoublevbaraccent": "\u030e",
    "textdotbreve": "\u0310", "textdotacute": "\u0301\u0307", "textacutemacron": "\u0304\u0301",
    "textgravemacron": "\u0304\u0300", "textringmacron": "\u030a\u0304", "texttildedot": "\u0303\u0307",
    "textcircumdot": "\u0302\u0307", "textbrevemacron": "\u0304\u0306", "textpalhook": "\u0321",
    "textpalhookbelow": "\u0321", "textrethook": "\u0322", "texttoptiebar": "\u0361",
    "textbottomtiebar": "\u035c", "textundertie": "\u035c", "textdoublebreve": "\u035d",
    "textcircled": "\u20dd", "textrighthorn": "\u031b", "texthookabove": "\u0309",
    "textcommaabover": "\u0315", "textlangleabove": "\u031a", "textsubcircnum": "\u032d",
    "textlstrokethru": "\u0336", "textsstrikethru": "\u0337", "textlstrikethru": "\u0338",
    "overbridge": "\u0346", "subdoublebar": "\u0347", "subdoublevert": "\u0348", "subcorner": "\u0349",
    "crtilde": "\u034a", "dottedtilde": "\u034b", "doubletilde": "\u034c", "spreadlips": "\u034d",
    "whistle": "\u034e", "textrightarrowhead": "\u0350", "textlefthalfring": "\u0351",
    "sublptr": "\u0354", "subrptr": "\u0355", "textrightuparrowhead": "\u0356",
    "textrighthalfring": "\u0357", "textdoublemacron": "\u035e", "textdoublemacronbelow": "\u035f",
    "textdoubletilde": "\u0360", "sliding": "\u0362",
    "capitalgrave": "\u0300", "capitalacute": "\u0301", "capitalcircumflex": "\u0302",
    "capitaltilde": "\u0303", "capitalmacron": "\u0304", "capitalbreve": "\u0306",
    "capitaldotaccent": "\u0307", "capitaldieresis": "\u0308", "capitalring": "\u030a",
    "capitalhungarumlaut": "\u030b", "capitalcaron": "\u030c", "capitalcedilla": "\u0327",
    "capitalogonek": "\u0328", "capitaltie": "\u0361", "capitalnewtie": "\u0361",
    "newtie": "\u0361", "cyrbreve": "\u0306",
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
    "textsc": "sc", "underline": "u", "enquote": "q", "mkbibquote": "q", "textquote": "q",
    "blockquote": "q", "qq": "q", "q": "qs", "say": "q",
    "mkbibparens": "parens", "parentext": "parens",
    "mkbibbrackets": "brackets", "brackettext": "brackets", "textins": "brackets",
    "mkbibemph": "em", "mkbibsuperscript": "sup", "tsup": "sup", "romsup": "sup",
    "asup": "sup", "tsub": "sub", "mkbibacro": "sc", "mkbibitalic": "em", "mkbibbold": "strong",
    "uline": "u",
}  # fmt: skip
SWITCHES = {
    "em": "em", "it": "em", "itshape": "em", "sl": "em", "bf": "strong", "bfseries": "strong",
    "tt": "code", "ttfamily": "code", "sc": "sc", "scshape": "sc",
}  # fmt: skip
PLAIN_COMMANDS = frozenset(  # replaced by their argument
    "text textrm textnormal textup textmd textsf mbox hbox rm sf normalfont upshape relax protect "
    "uppercase lowercase mathrm selectfont normalsize small large Large huge tiny "
    "footnotesize scriptsize bibinfo bibnamefont bibfnamefont natexlab BibitemShut ul uline sout "
    "MakeUppercase MakeLowercase MakeTextUppercase MakeTextLowercase NoCaseChange nocite cite citep "
    "citet citealp xspace break nobreak unskip ignorespaces cyr aftergroup left right displaystyle "
    "textstyle limits newblock noindent sloppy textquoted leavevmode vbox rlap llap "
    "linebreak pagebreak nolinebreak nopagebreak rmfamily sffamily slshape mdseries fbox makebox "
    "framebox textls hl textst st textcyrillic penalty bibstring autocap autocite parencite textcite "
    "citeauthor citeyear citetitle "
    "boldmath unboldmath mathsf mathtt mathcal mathbb mathfrak operatorname boldsymbol bm "
    "textcyr textlf textof capitalize oldstylenums".split()
)
DROPPED = frozenset(  # dropped with their argument, which is about layout
    "color label index begin end fontfamily fontsize selectlanguage rule noopsort sortnoop "
    "SortNoop".split()
)
# Maths: accents on a letter, commands without meaning in plain text, superscripts and subscripts.
MATHS_ACCENTS = {
    "bar": "\u0304", "overline": "\u0304", "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "acute": "\u0301",
    "grave": "\u0300", "check": "\u030c", "breve": "\u0306", "mathring": "\u030a",
    "underline": "\u0331", "overrightarrow": "\u20d7", "overleftarrow": "\u20d6",
    "overleftrightarrow": "\u20e1", "widecheck": "\u030c", "dddot": "\u20db", "ddddot": "\u20dc",
}  # fmt: skip
SILENT = frozenset(
    "overbrace underbrace overbracket underbracket overparen underparen wideparen boxed smash strut "
    "mathstrut text mathrm mathbf mathit mathcal mathbb mathfrak mathscr mathsf mathtt rm bf it sf tt "
    "cal left right operatorname textrm textit textbf texttt textsf textup textnormal emph mbox hbox "
    "displaystyle textstyle scriptstyle limits nolimits boldsymbol bm big Big bigg Bigg bigl bigr "
    "Bigl Bigr nonumber mathop mathrel mathbin mathord oldstylenums".split()
)
SUPERSCRIPTS = dict(zip("0123456789+-−=()n∘′″†‡", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ°′″†‡", strict=True))
SUBSCRIPTS = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
# LGR, the transliteration that \textgreek expects.
GREEK = str.maketrans(
    "abgdezhjiklmnxoprsctufqywABGDEZHJIKLMNXOPRSTUFQYW",
    "αβγδεζηθικλμνξοπρσςτυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
)
