"""Split a name from its marks."""

import re

# Marks: `*` for equal contribution, daggers, superscript numbers of institutes.
_MARKS = "*∗⁎＊✱†‡§¶#"
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK_OF = {
    "∗": "*", "⁎": "*", "＊": "*", "✱": "*", "\\textasteriskcentered": "*", "\\ast": "*",
    "\\star": "*", "\\textdaggerdbl": "‡", "\\textdagger": "†", "\\ddagger": "‡", "\\dagger": "†",
    "\\ddag": "‡", "\\dag": "†", "\\textsection": "§", "\\textparagraph": "¶", "\\sharp": "#",
    "\\S": "§", "\\P": "¶", "\\#": "#", "\\textsuperscript": "", "\\text": "", "\\mathrm": "",
    "\\rm": "",
}  # fmt: skip
_COMMAND = (
    r"(?:\\(?:ast|star|dag|ddag|dagger|ddagger|textdagger|textdaggerdbl|S|P|textasteriskcentered"
    r"|textsection|textparagraph)(?![A-Za-z])|\\\#)\s?(?:\{\})?"
)
_MARKUP = re.compile(
    r"\$\s?\{?\s?\}?\s?\^?\s?\{?\s?(?P<maths>[^$]{0,60}?)\s?\}?\s?\$"
    r"|\\(?:textsuperscript|textsuperscr|thanks|footnotemark|inst|affil)\s?(?:\[|\{)"
    r"(?P<sup>(?:[^{}\[\]]|\{[^{}]*\}){0,60})(?:\]|\})"
    r"|<sup>(?P<html>[^<]{0,60})</sup>"
    rf"|\{{\s?(?P<braced>{_COMMAND})\s?\}}|(?P<command>{_COMMAND})"
    rf"|\^?\{{\s?(?P<group>[{_MARKS}]+)\s?\}}"
    # Inside a word, § and ¶ are letters that were encoded twice.
    rf"|(?<![^\W\d_](?=[§¶#][^\W\d_]))\\?\^?(?P<char>[{_MARKS}]+)"
    r"|(?<=\w)(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,⁻]+[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*)"
)
_MAYBE_MARKED = re.compile(
    rf"[$<^⁰¹²³⁴⁵⁶⁷⁸⁹{_MARKS}]|\\(?:text|thanks|dag|ddag|ast|star|inst|affil|footnotemark|S|P|#)"
)
_TAKEN = "\ue006"  # where a mark was: a group that had nothing else goes, `{}` after a command stays
_MOST_GROUPS = 5  # groups around a mark
_TAKEN_GROUP = re.compile(rf"\{{[\s{_TAKEN}]*{_TAKEN}\s*\}}")
_ORCID = re.compile(
    r"\s*(?:\\orcid(?:link|ID)?\s*\{[^{}]*\}"
    r"|[\[({<]\s*(?:orcid[\s:]*)?(?:https?://orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]\s*[\])}>])",
    re.I,
)


def split_marks(value: str) -> tuple[str, str]:
    """Split off the marks of a name, in order: `Souri*` gives `Souri` and `*`."""
    if "rcid" in value.lower() or "0000-" in value:
        value = _ORCID.sub("", value)
    if not _MAYBE_MARKED.search(value):
        return value, ""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        kind = match.lastgroup or "char"
        text = match[kind]
        for command, char in _MARK_OF.items():
            text = text.replace(command, char)
        text = re.sub(r"[\s{}\\^,$]", "", text).translate(_RAISED)
        if kind == "maths" and "^" not in match[0] and text.strip(_MARKS):
            return match[0]  # maths that is part of the name
        if text.strip(_MARKS) and len(text) > 6:
            return match[0]
        found.append(text)
        return _TAKEN

    rest = _MARKUP.sub(take, value)
    for _ in range(_MOST_GROUPS):
        rest = _TAKEN_GROUP.sub(_TAKEN, rest)
    return rest.replace(_TAKEN, ""), "".join(dict.fromkeys("".join(found)))
