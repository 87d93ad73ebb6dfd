"""A file is read in whatever encoding it comes; what is not UTF-8 is told."""

import pytest

from homepage.common.encoding import decode

NAME = "Bjørn Ünsal Ōe"
TOLD = "the file is not UTF-8, it was read as Windows-1252"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_without_a_word(encoding: str) -> None:
    assert decode(f"a\n{NAME}".encode(encoding), "x") == (f"a\n{NAME}", [])


@pytest.mark.parametrize(
    ("data", "text", "told"),
    [
        ("a\nBjørn – é".encode("cp1252"), "a\nBjørn – é", f"2: {TOLD}"),
        ("é\n".encode() + b"\xf8", "é\nø", f"2: {TOLD}"),  # one pasted letter
        (b"\x81\xe9", "é", f"1: {TOLD}"),  # a byte that Windows-1252 has not
        ("BjÃ¶rn".encode(), "Björn", "1: 'Ã¶' was read as 'ö': letters were encoded twice"),
        ("\ndonâ€™t".encode(), "\ndon’t", "2: 'â€™' was read as '’': letters were encoded twice"),
    ],
)
def test_other_encodings_are_read_and_reported(data: bytes, text: str, told: str) -> None:
    found, problems = decode(data, "x")
    assert found == text
    assert [f"{p.line}: {p.message}" for p in problems] == [told]


@pytest.mark.parametrize("text", ["2.5 Å± 0.1", "2 Å\u00a0long", "SÃO", "Ä", "naïve “Å”", "São Â"])
def test_letters_that_only_look_as_if_encoded_twice_stay(text: str) -> None:
    assert decode(text.encode(), "x") == (text, [])


def test_line_ends_are_line_feeds_and_bytes_without_meaning_go() -> None:
    assert decode(b"a\r\nb\rc\0\xef\xbb\xbfd", "x")[0] == "a\nb\ncd"


def test_characters_that_nobody_sees_go() -> None:
    assert decode("a\x01\x85b\x0cc\x9f\ufffe\u200bd\t".encode(), "x") == ("a b cd\t", [])
    text, problems = decode(b"a\nb\0", "x")
    assert (text, problems[0].line) == ("a\nb", 2)
    assert problems[0].message == "the file holds NUL characters, which were left out"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_that_is_mostly_han_is_read(encoding: str) -> None:
    text = "@misc{k, title = {" + "学习模型研究方法" * 60 + "}}"
    assert decode(("学" * 200 + text).encode(encoding), "x") == ("学" * 200 + text, [])
