"""Commands for single letters, signs and accents, from the tables of several TeX packages.

LaTeX's own are in `tables`. latex2mathml knows symbols of mathematics; pylatexenc knows those of W3C's
`unicode.xml`, with textcomp (TS1) and Cyrillic (T2A to T2C). Here are the rest: tipa, the encodings
T4, T5 and X2, MathSciNet, quotes and punctuation of babel, csquotes and biblatex.
"""

import unicodedata
from functools import lru_cache

from .journals import JOURNALS
from .tables import ACCENTS, PLAIN_COMMANDS, STYLES, SYMBOLS

_BY_NAME = (
    # tipa (Rei, tipaman, appendix A) and the International Phonetic Alphabet
    "textturna ɐ textscripta ɑ textturnscripta ɒ texthtb ɓ textbhook ɓ textscb ʙ textcrb ƀ textctc ɕ "
    "texthtc ƈ textstretchc ʗ textrtaild ɖ textdtail ɖ texthtd ɗ textdhook ɗ textdzlig ʣ textdctzlig ʥ "
    "textdyoghlig ʤ textcrd đ textreve ɘ textepsilon ɛ texteopen ɛ textcloseepsilon ʚ textrevepsilon ɜ "
    "textrhookrevepsilon ɝ textcloserevepsilon ɞ textrhookschwa ɚ texteturned ǝ textg ɡ textscriptg ɡ "
    "texthtg ɠ textscg ɢ texthtscg ʛ textgammalatinsmall ɣ textbabygamma ɤ textramshorns ɤ textturnh ɥ "
    "texthth ɦ texththeng ɧ textcrh ħ texthbar ħ textsch ʜ textbari ɨ textiotalatin ɩ "
    "textsci ɪ textbardotlessj ɟ texthtbardotlessj ʄ textctj ʝ texthtk ƙ textkhook ƙ textturnk ʞ "
    "textltilde ɫ textbeltl ɬ textrtaill ɭ textlyoghlig ɮ textscl ʟ textbarl ƚ textcrlambda ƛ "
    "textturnm ɯ textturnmrleg ɰ textltailm ɱ textltailn ɲ textnhookleft ɲ textrtailn ɳ textscn ɴ "
    "texteng ŋ textnrleg ƞ textbaro ɵ textopeno ɔ textoopen ɔ textscoelig ɶ textcloseomega ɷ texthtp ƥ "
    "textphook ƥ texthtq ʠ textturnr ɹ textturnlonglegr ɺ textturnrrtail ɻ textlonglegr ɼ textrtailr ɽ "
    "textfishhookr ɾ textlhti ɿ textscr ʀ textinvscr ʁ textrtails ʂ textesh ʃ textctesh ʆ textturnt ʇ "
    "textrtailt ʈ texttretroflexhook ʈ texthtt ƭ textthook ƭ texttslig ʦ textteshlig ʧ texttesh ʧ "
    "texttctclig ʨ textbaru ʉ textscriptv ʋ textvhook ʋ textturnv ʌ textturnw ʍ "
    "textturny ʎ textscy ʏ textrtailz ʐ textctz ʑ textezh ʒ textyogh ʒ textctyogh ʓ textglotstop ʔ "
    "textrevglotstop ʕ textinvglotstop ʖ textbarglotstop ʡ textbarrevglotstop ʢ textbullseye ʘ "
    "textdoublebarpipe ǂ textpipe ǀ textdoublepipe ǁ textprimstress ˈ textsecstress ˌ textlengthmark ː "
    "texthalflength ˑ textraisevibyi ʅ textlooptoprevesh ƪ textschwa ə "
    # the encodings of African languages and of Vietnamese (fc, T4, T5), and old spellings of letters
    "textBhook Ɓ textChook Ƈ textchook ƈ textDhook Ɗ textDafrican Ɖ textEreversed Ǝ textEopen Ɛ "
    "textFhook Ƒ textflorin ƒ textGammaafrican Ɣ textHbar Ħ texthvlig ƕ hv ƕ textIotaafrican Ɩ "
    "textKhook Ƙ textNhookleft Ɲ textOopen Ɔ textPhook Ƥ textEsh Ʃ ESH Ʃ textThook Ƭ "
    "textTretroflexhook Ʈ textTstroke Ŧ textTbar Ŧ texttstroke ŧ texttbar ŧ textVhook Ʋ textYhook Ƴ "
    "textyhook ƴ textEzh Ʒ textkra ĸ textcrdbar đ OHORN Ơ ohorn ơ UHORN Ư uhorn ư textthorn þ "
    "Thorn Þ textthornvari þ textthornvarii þ textthornvariii þ textthornvariv þ textlongs ſ "
    "textsuperscripta ª "
    # MathSciNet (mathscinet.sty, textcmds.sty), and transliteration
    "Dbar Đ dbar đ cydot · cdprime ʺ bud ʺ tprime ′ rasp ʾ lasp ʿ hamza ʾ ain ʿ ayn ʿ qd ¿ xd ¡ ldq “ "
    "rdq ” lsq ‘ rsq ’ mdash — ndash – bul • pdc · vrt | til ~ bsl \\ cir ^ cwm \u200c "
    "CYROMEGA Ѡ cyromega ѡ CYRIOTE Ѥ cyriote ѥ CYRLYUS Ѧ cyrlyus ѧ CYRIOTLYUS Ѩ cyriotlyus ѩ "
    "CYRIOTBYUS Ѭ cyriotbyus ѭ CYRKSI Ѯ cyrksi ѯ CYRPSI Ѱ cyrpsi ѱ CYRUK Ѹ cyruk ѹ CYROMEGARND Ѻ "
    "cyromegarnd ѻ CYROMEGATITLO Ѽ cyromegatitlo ѽ CYROT Ѿ cyrot ѿ CYRKOPPA Ҁ cyrkoppa ҁ "
    "cyrdash — cyrlangle ⟨ cyrrangle ⟩ Cprime ʹ Cdprime ʺ bysame ——— "
    # names of programs, and currencies
    "LaTeXe LaTeX2ε XeTeX XeTeX XeLaTeX XeLaTeX LuaTeX LuaTeX LuaLaTeX LuaLaTeX pdfTeX pdfTeX pdfLaTeX "
    "pdfLaTeX ConTeXt ConTeXt BibLaTeX BibLaTeX AmS AMS AmSTeX AMS-TeX AmSLaTeX AMS-LaTeX MiKTeX MiKTeX "
    "METAFONT METAFONT MF METAFONT eTeX ε-TeX EUR € eurologo € officialeuro € geneuro € textrupee ₹ "
    "rupee ₹ copyleft 🄯 phone ☎ "
    # textcomp
    'textquotedbl " textequals = textborn * textdied † textmarried ⚭ textdivorced ⚮ textleaf ☙ '
    "textlquill ⁅ textrquill ⁆ textpilcrow ¶ textguarani ₲ textinterrobangdown ⸘ textdblhyphen ⹀ "
    "textdblhyphenchar ⹀ textcopyleft 🄯 textmho ℧ textbardbl ‖ textlbrackdbl ⟦ textrbrackdbl ⟧ "
    "textsurd √ textthreequartersemdash — texttwelveudash — textquotestraightbase ‚ "
    "textquotestraightdblbase „ textcentoldstyle ¢ textdollaroldstyle $ textlogicalnot ¬ "
    "textcentereddot · textlnot ¬ textacutedbl ˝ textgravedbl ˵ textasciicedilla ¸ textdegreeCelsius ℃ "
    "guillemetleft « guillemetright » "
    # babel's and csquotes's quotes (babel, section 1.2; german, french)
    "glqq „ grqq “ glq ‚ grq ‘ flqq « frqq » flq ‹ frq › textquotedblbase „ lguillemet « rguillemet » "
    "flgq ‹ frgq › "
    # biblatex's punctuation (its manual, 4.7)
    "hyphen - nbhyphen ‑ fshyp / addcomma , addperiod . adddot . addcolon : addsemicolon ; "
    "addslash / bibrangedash – bibdatedash – textelp […]"
).split(" ")
LETTERS = dict(zip(_BY_NAME[::2], _BY_NAME[1::2], strict=True))
LETTERS |= {
    f"text{name}oldstyle": str(digit)
    for digit, name in enumerate("zero one two three four five six seven eight nine".split())
}
LETTERS |= dict.fromkeys(
    "addspace addnbspace addthinspace addlowpenspace addhighpenspace adddotspace addabbrvspace "
    "enskip enspace".split(),
    " ",
)
LETTERS |= dict.fromkeys(
    "isdot newunit unspace cwm textcompwordmark cyracc nolinebreak hfill null empty "
    "negthinspace negmedspace hline strut".split(),
    "",
)
# Zapf Dingbats (pifont's \\ding) whose characters Unicode has outside its block of dingbats.
_DINGBATS = dict(
    zip(
        (37, 42, 43, 72, 108, 110, 115, 116, 117, 119, 168, 169, 170, 171, 213, 214, 215),
        "☎☛☞★●■▲▼◆◗♣♦♥♠→↔↕",
        strict=True,
    )
)


@lru_cache(maxsize=1024)
def maths_symbol(name: str) -> str | None:
    """The character of a command such as `alpha`, from latex2mathml's table, else None."""
    from latex2mathml.symbols_parser import convert_symbol

    if name == "sim":  # the table has a plain ~, which is a space in TeX
        return "∼"
    code = convert_symbol(f"\\{name}")
    return chr(int(code, 16)) if code else None


def symbol(name: str) -> str | None:
    """The text of a command without arguments, such as `ss` or `textperthousand`, else None."""
    for table in (SYMBOLS, LETTERS, JOURNALS):
        if name in table:
            return table[name]
    return _of_packages(name)


@lru_cache(maxsize=1024)
def _of_packages(name: str) -> str | None:
    found = maths_symbol(name)
    if found is None:
        from pylatexenc.latex2text import get_default_latex_context_db

        spec = get_default_latex_context_db().get_macro_spec(name)
        text = spec.simplify_repl if spec else None
        if isinstance(text, str) and len(text) == 1 and not text.isascii():
            found = text
    if found is None and name.startswith(("text", "math")) and len(name) > 5:
        return _of_packages(name[4:])
    return found


def accent(name: str) -> str | None:
    """The combining characters of an accent, such as `ocirc` or `textcommabelow`, else None."""
    if name in ACCENTS:
        return ACCENTS[name]
    found = None if name in SYMBOLS else _of_packages(name)
    return found if found and unicodedata.combining(found[0]) and name != "not" else None


def is_letter(name: str) -> bool:
    """Does a command stand for a letter, or for an accent on one?"""
    if name in STYLES or name in PLAIN_COMMANDS:
        return False
    return (symbol(name) or "").isalpha() or accent(name) is not None


def dingbat(number: int) -> str:
    """A character of Zapf Dingbats by its number in the font, else ''."""
    if 172 <= number <= 181:
        return chr(0x2460 + number - 172)
    return _DINGBATS.get(number) or (chr(0x2700 + number - 32) if 33 <= number <= 254 else "")
