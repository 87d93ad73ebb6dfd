"""Bytes of the owner's files to text, whatever editor wrote them."""

from __future__ import annotations

from .errors import Problem


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Text of a file in whatever encoding it came: UTF-8 and UTF-16 as they are, others told."""
    for bom, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(bom):
            text = data.removeprefix(b"\xef\xbb\xbf").decode(encoding, "replace")
            return _newlines(text), []
    if b"\0" in data[:200]:
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        return _newlines(data.decode(encoding, "replace")), []
    try:
        return _newlines(data.decode("utf-8")), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        # Every byte means something in Latin-1, which agrees with Windows-1252 on all letters.
        text = data.decode("cp1252", "replace")
        if "\ufffd" in text:
            text = data.decode("latin-1")
        message = "the file is not UTF-8, it was read as Windows-1252"
        return _newlines(text), [Problem(path, line, message, "save the file as UTF-8")]


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
