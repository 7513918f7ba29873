import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from ground.markdown import to_html, to_text


def html(source):
    return to_html(source).replace("\n", "")


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("", ""),
        ("   \n\n ", ""),
        ("Vi byggde en koja.", "<p>Vi byggde en koja.</p>"),
        ("ett\n\ntvå", "<p>ett</p><p>två</p>"),
        ("ett\ntvå", "<p>ett<br>två</p>"),
        ("*lite* och **mycket**", "<p><em>lite</em> och <strong>mycket</strong></p>"),
        ("***både***", "<p><em><strong>både</strong></em></p>"),
        ("- äpple\n- päron", "<ul><li>äpple</li><li>päron</li></ul>"),
        ("1. först\n2. sen", "<ol><li>först</li><li>sen</li></ol>"),
        ("2024. Vilket år!", '<ol start="2024"><li>Vilket år!</li></ol>'),
        (r"\*inte lutande\*", "<p>*inte lutande*</p>"),
        ('5 < 6 & 7 > 3 "så"', '<p>5 &lt; 6 &amp; 7 &gt; 3 "så"</p>'),
        ("&lt;b&gt;", "<p>&amp;lt;b&amp;gt;</p>"),
        ("- \n- x", "<ul><li>x</li></ul>"),
        ("-", ""),
    ],
)
def test_the_few_things_that_are_formatted(source, wanted):
    assert html(source) == wanted
    assert isinstance(to_html(source), Markup)


@pytest.mark.parametrize(
    "source",
    [
        "# rubrik",
        "rubrik\n===",
        "> citat",
        "`kod`",
        "---x",
        "| a | b |",
        "[text](https://example.org)",
        "![bild](https://example.org/x.png)",
        "<https://example.org>",
        "https://example.org",
        "~~struken~~",
        "[a]: https://example.org",
        "***",
        "H~2~O",
        ":smile:",
    ],
)
def test_everything_else_is_shown_as_it_was_typed(source):
    assert set(re.findall(r"<(/?\w+)", to_html(source))) <= {"p", "/p", "br"}
    assert to_text(source) == source


def test_code_marks_and_indentation_make_paragraphs_of_plain_words():
    assert html("```\nkod\n```") == "<p>```<br>kod<br>```</p>"
    assert html("    indragen") == "<p>indragen</p>"


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        '![x](x" onerror="alert(1))',
        "<!-- c -->",
        "<style>p{}</style>",
        "<svg/onload=alert(1)>",
        "- <b>x</b>",
        "*<i>*",
        "<p onclick=x>",
        "&#60;script&#62;",
        "<scr\0ipt>",
    ],
)
def test_html_and_scripts_are_words_like_any_other(source):
    check(source)
    assert "<script" not in to_html(source).lower()
    assert not re.search(r"<[^>]*(on\w+|href|src|style)\s*=", to_html(source))


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("- a\n  - b\n  - c\n- d", "<ul><li>a</li><li>b</li><li>c</li><li>d</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a</li><li>b</li><li>c</li></ol>"),
        ("- - - a", "<ul><li>a</li></ul>"),
        ("- a\n  - b\n    - c\n\n  sen", "<ul><li><p>a</p></li><li>b</li><li>c</li><li><p>sen</p></li></ul>"),
        ("- a\n  1. b", "<ul><li>a</li><li>b</li></ul>"),
        ("- 1. a", "<ul><li>a</li></ul>"),
        ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
    ],
)
def test_a_list_in_a_list_becomes_part_of_the_outer_one(source, wanted):
    assert html(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("", ""),
        ("*lite* och **mycket**\nrad", "lite och mycket\nrad"),
        ("ett\n\ntvå", "ett\ntvå"),
        ("- a\n- b\n\nslut", "- a\n- b\nslut"),
        ("3. a\n4. b\n   - c", "3. a\n4. b\n5. c"),
        ('<b> & "så"', '<b> & "så"'),
        ("rad  \nbruten", "rad\nbruten"),
        (r"\*stjärna\*", "*stjärna*"),
    ],
)
def test_the_plain_text_holds_the_words_and_no_marks(source, wanted):
    assert to_text(source) == wanted


class Reader(HTMLParser):
    """Reads HTML as a browser would, and keeps what is open."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.seen, self.words = [], [], ""

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, attrs, tuple(self.open)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        raise AssertionError("a comment came through")

    handle_decl = handle_pi = unknown_decl = handle_comment


def letters(text):
    return re.sub(r"[^a-zA-Zåäö]", "", text)


def check(source):
    reader = Reader()
    reader.feed(str(to_html(source)))
    reader.close()
    assert not reader.open
    for tag, attrs, around in reader.seen:
        assert tag in {"p", "br", "em", "strong", "ul", "ol", "li"}
        assert not attrs or (tag == "ol" and len(attrs) == 1 and re.fullmatch(r"\d{1,9}", dict(attrs)["start"]))
        if tag in {"ul", "ol"}:
            assert around == ()
        if tag == "li":
            assert around[-1:] in {("ul",), ("ol",)}
            assert len(around) == 1
    squeezed = re.sub(r"\s+|\d+\.|- ", "", to_text(source))
    assert re.sub(r"\s+|\d+\.|- ", "", reader.words) == squeezed
    assert letters(to_text(source)) == letters(source)


TAGS = [
    "<script>",
    "</script>",
    "<img/src=x/onerror=y>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<p>",
    "</p>",
    "<li>",
    "</ul>",
    "<",
    ">",
    "&lt;",
    "&",
    '"',
    "'",
]
MARKS = [
    "*",
    "**",
    "_",
    "__",
    "`",
    "[",
    "](",
    ")",
    "![",
    "http://x",
    "javascript:",
    "#",
    "|",
    "---",
    "@",
    "\\",
    "{{x}}",
    "a",
    "å",
]
SPACES = ["\n", "\n\n", "- ", "* ", "+ ", "1. ", "12) ", "> ", "  ", "    ", "\t", "\0", "\N{RIGHT-TO-LEFT OVERRIDE}"]
PIECES = st.sampled_from(TAGS + MARKS + SPACES)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join)))
def test_no_text_whatever_brings_another_tag_through(source):
    check(source)


def test_a_text_made_to_be_slow_or_deep_is_harmless():
    for source in (
        "- " * 300 + "x",
        "*" * 3000,
        "*a_" * 1500,
        "> " * 500 + "x",
        "1. " * 300,
        "- " * 11 + "x",
        "1) " * 99 + "x",
    ):
        check(source)
