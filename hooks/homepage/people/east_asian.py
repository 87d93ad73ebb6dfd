"""Names in Chinese, Japanese and Korean characters, which have the family name first."""

import re

from ..model import Name

HAN = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003134f]"
)
_KANA = re.compile("[\u3040-\u30ff]")
_ALL_HAN = re.compile(rf"(?:{HAN.pattern}|[々〆・ ])+")


def is_one_name(part: str, pieces: list[str], alone: bool) -> bool:
    """Are these the two parts of one Chinese, Japanese or Korean name?

    `山田, 太郎` is one name, `张友浪, 王培杰` are two. Where `and` separates people, a comma does not.
    """
    if "、" in part:
        return False
    spaces = all(" " in p for p in pieces)
    return not spaces and (not alone or min(map(len, pieces)) < 3 or all(map(_KANA.match, pieces)))


def native_form(name: Name) -> str:
    """How a Chinese, Japanese or Korean name is shown: `杨, 育伟` is 杨育伟.

    Family name first and no space, as in CSL's processors (citeproc-js and pandoc).
    """
    if name.von or name.suffix or not all(map(_ALL_HAN.fullmatch, (name.family, name.given))):
        return ""
    return f"{name.family}{name.given}".replace(" ", "")
