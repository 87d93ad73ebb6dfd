"""The language of a work as a code of BCP 47, from the names that babel, biblatex and people use.

The names are in babel's manual (1.22) and biblatex's (4.9.2, `langenglish`); ISO 639-2 has the codes of
three letters.
"""

import re

from ..model import Entry
from ..tex import plain

_CODE = re.compile(r"([a-z]{2,3})((?:[-_][a-z0-9]{2,8})*)", re.I)
_NAMES = {
    "afrikaans": "af", "american": "en-US", "arabic": "ar", "armenian": "hy", "australian": "en-AU",
    "austrian": "de-AT", "naustrian": "de-AT", "swissgerman": "de-CH", "nswissgerman": "de-CH",
    "bahasa": "id", "indonesian": "id", "malay": "ms", "basque": "eu", "belarusian": "be",
    "bengali": "bn", "brazil": "pt-BR", "brazilian": "pt-BR", "breton": "br", "british": "en-GB",
    "bulgarian": "bg", "canadian": "en-CA", "canadien": "fr-CA", "acadian": "fr-CA", "catalan": "ca",
    "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en",
    "esperanto": "eo", "estonian": "et", "finnish": "fi", "francais": "fr", "french": "fr",
    "frenchb": "fr", "galician": "gl", "georgian": "ka", "german": "de", "germanb": "de",
    "ngerman": "de", "deutsch": "de", "greek": "el", "polutonikogreek": "el", "hebrew": "he",
    "hindi": "hi", "hungarian": "hu", "magyar": "hu", "icelandic": "is", "irish": "ga",
    "italian": "it", "italiano": "it", "japanese": "ja", "korean": "ko", "latin": "la",
    "latvian": "lv", "lithuanian": "lt", "macedonian": "mk", "mandarin": "zh", "mexican": "es-MX",
    "newzealand": "en-NZ", "norsk": "nb", "norwegian": "no", "nynorsk": "nn", "persian": "fa",
    "farsi": "fa", "polish": "pl", "portuges": "pt", "portuguese": "pt", "romanian": "ro",
    "russian": "ru", "serbian": "sr", "serbianc": "sr-Cyrl", "slovak": "sk", "slovene": "sl",
    "slovenian": "sl", "spanish": "es", "espanol": "es", "swedish": "sv", "tamil": "ta", "thai": "th",
    "turkish": "tr", "ukenglish": "en-GB", "ukrainian": "uk", "urdu": "ur", "usenglish": "en-US",
    "vietnamese": "vi", "welsh": "cy", "simplifiedchinese": "zh-CN", "traditionalchinese": "zh-TW",
    "中文": "zh", "日本語": "ja", "한국어": "ko", "русский": "ru",
}  # fmt: skip
_VARIANTS = {"us": "en-US", "usmax": "en-US", "uk": "en-GB", **_NAMES}  # of langidopts
_THREE = {
    "ara": "ar", "chi": "zh", "zho": "zh", "cze": "cs", "ces": "cs", "dan": "da", "dut": "nl",
    "nld": "nl", "eng": "en", "fin": "fi", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de",
    "ell": "el", "gre": "el", "heb": "he", "hin": "hi", "hun": "hu", "ita": "it", "jpn": "ja",
    "kor": "ko", "lat": "la", "nor": "no", "fas": "fa", "per": "fa", "pol": "pl", "por": "pt",
    "ron": "ro", "rum": "ro", "rus": "ru", "spa": "es", "swe": "sv", "tur": "tr", "ukr": "uk",
    "vie": "vi",
}  # fmt: skip


def language(entry: Entry) -> str:
    """The code of the work's language, or ''."""
    written = [plain(entry.get(name)) for name in ("langid", "hyphenation", "language")]
    codes = list(filter(None, map(_code, written)))
    if variant := re.search(r"variant\s*=\s*\{?(\w+)", entry.get("langidopts")):
        codes.insert(0, _VARIANTS.get(variant[1].lower(), ""))
    return next(filter(None, codes), "")


def _code(written: str) -> str:
    first = re.split(r"\s*(?:[,;/&]|\band\b)\s*", written.strip(), maxsplit=1)[0]
    name = re.sub(r"[\W_]", "", first.lower().replace("ç", "c").replace("ñ", "n"))
    if found := _NAMES.get(name) or _NAMES.get(name.removeprefix("lang")):
        return found
    if not (match := _CODE.fullmatch(first)):
        return ""
    code = _THREE.get(match[1].lower(), match[1].lower())
    parts = match[2].replace("_", "-").split("-")[1:]
    shaped = [p.upper() if len(p) == 2 else p.title() if len(p) == 4 else p.lower() for p in parts]
    return "-".join([code, *shaped])
