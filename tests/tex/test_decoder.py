"""TeX in a field reads well as plain text, and is safe and valid as HTML."""

import pytest

from homepage.tex.decoder import decode, escaped, plain

PLAIN = {
    # accents, in every spelling
    r"\"a {\"a} \"{a} {\"{a}}": "ä ä ä ä",
    r"\'e \`e \^e \~n \=a \.z": "é è ê ñ ā ż",
    r"\c{C} \c c \v s \v{S} \k a \u{g} \H{o} \r{a} \d{a} \b{b}": "Ç ç š Š ą ğ ő å ạ ḇ",
    r"\t{oo} \.I \.{I} \.i \.\i": "o͡o İ İ i i",
    r"\"\i{} {\'\i} \"{\i} \u{\i} \v\j": "ï í ï ĭ ǰ",
    r"Mart\'\i nez, Mart\'{\i}nez, Mart{\'{\i}}nez": "Martínez, Martínez, Martínez",
    r"\aa\ x, \AA{}x, {\aa}x, \aa x": "å x, Åx, åx, åx",
    r"\o \O{} \ss{} \l \L \ae{} \OE \DJ{} {\dj} \th{} \i{}": "øØ ß łŁæ ŒĐ đ þ ı",
    r"\\\"{o} \\'e {\\\"o} \\v{c} \\o{}": "ö é ö č ø",
    r"\'\"a": "ä́",
    r"\'{} \~{}me": "' ~me",
    # words, signs and spaces
    r"a~b, c\,d, e\ f, g\-h, i\/j": "a b, c\u2009d, e f, gh, ij",
    r"1--2 --- x-y": "1–2 — x-y",
    "a\t\tb\nc  d": "a b c d",
    "Dahlstro\u0308m": "Dahlström",
    r"``a'' `b' don't ''d'' rock 'n' roll": "“a” ‘b’ don't “d” rock 'n' roll",
    "``a\" and ''b'' by Shakespeare's `c?'": "“a” and “b” by Shakespeare's ‘c?’",
    r"\& \% \_ \# \$ \{ \}": "& % _ # $ { }",
    r"\textendash \textquoteright s \texttrademark{} \slash x \texteuro{}5": "–’s ™ /x €5",
    r"\textalpha-x \textmu m \textgreek{ab} a\textrightarrow{}b \texttimes{}": "α-x µm αβ a→b ×",
    # braces and commands
    "{DNA} {{Both}} th{I}s {a b} {COVID-19}": "DNA Both thIs a b COVID-19",
    r"\emph{a \textbf{b}} {\em c} {\bf d} \textsc{e} \texttt{f_g} \textbf {h}": "a b c d e f_g h",
    r"\textcolor{red}{a} \mbox{b} \enquote{c} \uppercase{d}": "a b “c” d",
    r"\url{https://x.example/a_b~c} \href{https://x.example}{d \emph{e}}": "https://x.example/a_b~c d e",
    r"\begin{itemize}\item a\end{itemize}": "a",
    r"10\textsuperscript{5} 5\textsuperscript{th} CO\textsubscript{2}": "10⁵ 5th CO₂",
    # maths
    r"$\alpha$-helix, \ensuremath{\beta}, \(\gamma^2\)": "α-helix, β, γ²",
    r"$^{13}$C H$_2$O PM$_{2.5}$ 37$^\circ$C 5$^{\text{th}}$ C$^*$": "¹³C H₂O PM2.5 37°C 5th C*",
    r"$\mathrm{CO_2}$ at 5\% and $5\%$": "CO₂ at 5% and 5%",
    "costs 5$, or $5 and $6": "costs 5$, or $5 and $6",
    # HTML
    "<i>E. coli</i> H<sub>2</sub>O 10<sup>5</sup><br>a <p>b</p>": "E. coli H₂O 10⁵ a b",
    "a&nbsp;b &#8211; &lt;c&gt; R&D &amp; \\&amp; \\&gt;1": "a b – <c> R&D & & >1",
    r"{\textless}i{\textgreater}a{\textless}/i{\textgreater}": "a",
    r"\textless{}sub\textgreater{}2\textless/sub\textgreater{}": "₂",
    r"p \textless 0.05 {\textgreater} 1": "p <0.05 > 1",
    "<jats:p>a <jats:italic>b</jats:italic></jats:p>": "a b",
    "5 < 6 <gap> & <script>": "5 < 6 <gap> & <script>",
    "<Formula><TexMath><?TeX $N~=~29$?></TexMath><AltText>1</AltText></Formula>": "N = 29",
    r"{\&}copy; 2000, A {\&} B": "© 2000, A & B",
    # what is broken
    "a { b": "a b",
    "a } b": "a b",
    "a$b": "a$b",
    "a\\": "a\\",
    r"\href{a": "a",
    "  a\n\tb  ": "a b",
    "": "",
}


@pytest.mark.parametrize(("source", "expected"), PLAIN.items(), ids=PLAIN)
def test_plain_text_reads_well(source: str, expected: str) -> None:
    text, unknown = decode(source)
    assert text.plain == expected
    assert not unknown


HTML = {
    r"\emph{a} \textbf{b} \texttt{c} {\it d}": (
        "<em>a</em> <strong>b</strong> <code>c</code> <em>d</em>"
    ),
    r"\textsc{a}": '<span class="hp-smallcaps">a</span>',
    "<i>a <b>b</i> c</b>": "<em>a <strong>b c</strong></em>",
    "<i>a": "<em>a</em>",
    "a</i>": "a",
    r"\emph{<i>a} b": "<em><em>a</em></em> b",
    "a~b": "a\xa0b",
    "H$_2$O": "H<sub>2</sub>O",
    r"$\alpha$": "<math><mrow><mi>α</mi></mrow></math>",
    '<i onclick="x()">a</i>': "<em>a</em>",
    "<script>x</script>": "&lt;script&gt;x&lt;/script&gt;",
    '"><img src=x onerror=y>': "&quot;&gt;&lt;img src=x onerror=y&gt;",
    "&lt;script&gt; {\\textless}script{\\textgreater}": "&lt;script&gt; &lt;script&gt;",
    r"\href{javascript:x()}{a}": "a",
    r"\url{https://x.example/?a=1&b='\"}": "https://x.example/?a=1&amp;b=&#x27;&quot;",
}


@pytest.mark.parametrize(("source", "expected"), HTML.items(), ids=HTML)
def test_html_is_balanced_and_escaped(source: str, expected: str) -> None:
    assert decode(source)[0].html == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            r"\href{https://x.example/a\_b}{see \emph{b}}",
            '<a href="https://x.example/a_b">see <em>b</em></a>',
        ),
        (
            r"\url{https://x.example}",
            '<a href="https://x.example">https://x.example</a>',
        ),
        (r"\href{data:text/html,x}{a}", "a"),
        (
            r"\href{https://x.example}{\href{https://y.example}{a}}",
            '<a href="https://x.example">a</a>',
        ),
    ],
)
def test_links_are_made_where_asked_for_and_never_nested(source: str, expected: str) -> None:
    assert decode(source, links=True)[0].html == expected


@pytest.mark.parametrize(
    ("source", "expected", "names"),
    [
        (r"\mystery{abc} def \other[x]{g}", "abc def g", {"mystery", "other"}),
        (r"title\footnote{see}", "title see", {"footnote"}),
        (r"\'{\mystery{a}}", "á", {"mystery"}),
    ],
)
def test_an_unknown_command_keeps_its_argument_and_is_named(
    source: str, expected: str, names: set[str]
) -> None:
    text, unknown = decode(source)
    assert text.plain == expected
    assert unknown == names


def test_text_without_markup_is_itself() -> None:
    assert plain("Zhao, Café & 中文") == "Zhao, Café & 中文"


@pytest.mark.parametrize("text", ["R&D, 100% of #1", "snake_case for 5$", "a & b & c", "no sign at all"])
def test_what_is_escaped_reads_as_it_was(text: str) -> None:
    written = escaped(text)
    assert plain(written) == text
    assert escaped(written) == written
