"""A wrong file is refused with the place of what is wrong, and changes nothing."""

import gzip
import json

import pytest

from curriculum.case import reading
from curriculum.case.faults import CaseError
from curriculum.case.placing import line_of, pointer
from tests.curriculum.case.packages import DOCUMENT, item, joined, key, raw, small


def faults(content: bytes) -> list[str]:
    with pytest.raises(CaseError) as refused:
        reading.read(content)
    return [str(fault) for fault in refused.value.faults]


def with_association(*more):
    return small(CFAssociations=[*small()["CFAssociations"], *more])


def test_a_heading_that_stands_under_itself_is_found_where_it_says_so():
    content = small()
    # Heading 1 goes under its own goal.
    content["CFAssociations"][0] = joined("isChildOf", key("W:1"), key("W:1-01"))
    assert faults(raw(content)) == [
        f"/CFAssociations/1 (line {line_of(raw(content).decode(), 'CFAssociations', 1)}): “W:1-01” stands under itself."
    ]


def test_a_code_that_stands_twice_is_told_with_both_places():
    content = small()
    content["CFItems"][2]["humanCodingScheme"] = "W:1-01"
    text = raw(content).decode()
    line = text[: text.index('"humanCodingScheme": "W:1-01"', text.index("follow a tree") - 200)].count("\n") + 1
    assert faults(raw(content)) == [
        f"/CFItems/2/humanCodingScheme (line {line}): The code “W:1-01” stands at /CFItems/1 too."
    ]


def test_an_identifier_that_stands_twice_is_refused():
    content = small()
    content["CFItems"][2]["identifier"] = key("W:1-01")
    assert "This identifier stands at /CFItems/1 too." in faults(raw(content))[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c["CFItems"][1].pop("fullStatement"), "/CFItems/1/fullStatement"),
        (lambda c: c["CFItems"][1].update(identifier="42"), "“42” is not a UUID."),
        (lambda c: c["CFDocument"].update(title=" "), "/CFDocument/title"),
        (lambda c: c["CFAssociations"][0].pop("destinationNodeURI"), "/CFAssociations/0/destinationNodeURI"),
        (lambda c: c.update(CFItems={"a": 1}), "/CFItems (line"),
        (lambda c: c["CFItems"].append("x"), "/CFItems/6 (line"),
        (lambda c: c["CFItems"][1].update(humanCodingScheme="W" * 41), "longer than 40"),
        (lambda c: c.pop("CFDocument"), "it has no CFDocument"),
        (lambda c: c["CFAssociations"].append(joined("isChildOf", key("W:1-01"), key("W:2"))), "under two headings"),
        (lambda c: c["CFAssociations"].append(joined("isChildOf", key("gone"), DOCUMENT)), "no such item"),
        (lambda c: c["CFAssociations"].append(joined("isChildOf", key("W:1-01"), key("gone"))), "no such item"),
    ],
)
def test_each_fault_has_its_place(change, said):
    content = small()
    change(content)
    assert said in "\n".join(faults(raw(content)))


def test_what_stands_deeper_than_the_screens_show_is_refused():
    content = small()
    content["CFItems"].append(item("W:2-a-01-x", "Too deep"))
    content["CFAssociations"].append(joined("isChildOf", key("W:2-a-01-x"), key("W:2-a-01")))
    assert "/CFItems/5" in faults(raw(content))[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (json.dumps(small()).encode("utf-16"), "The file is UTF-16. Save it as UTF-8."),
        (json.dumps({"å": 1}, ensure_ascii=False).encode("latin-1"), "line 1: The file is not UTF-8 (byte 2)."),
        (b'{"CFDocument": {},\n "CFItems": [,]}', "line 2: This is not JSON"),
        (b'{"CFDocument": {}, "CFDocument": {}}', "The key “CFDocument” stands twice"),
        (b'{"CFDocument": {"a": NaN}}', "NaN is not JSON."),
        (b"[" * 100_000, "nested too deep"),
        (b"", "This is not JSON"),
        (b"[]", "it has no CFDocument"),
        (b" " * 5_000_001, "larger than 5 MB"),
        (gzip.compress(b"0" * 90_000_000), "The file is packed."),
        (b"PK\x03\x04" + bytes(40), "The file is packed."),
        (b'{"CFDocument": {"a": 1e999}}', "The number 1e999 is too large."),
        (b'{"CFDocument": {"a": ' + b"9" * 5000 + b"}}", "9… is too large."),
        (b'{"CFDocument": {"a": ["x\\u0000"]}}', "cannot be kept: 'x\\x00'"),
        (b'{"CFDocument": {"\\ud800": 1}}', "cannot be kept: '\\ud800'"),
    ],
)
def test_what_is_no_package_at_all_is_told_as_what_it_is(content, said):
    assert said in faults(content)[0]


def test_a_key_that_stands_twice_is_found_in_one_pass():
    keys = ", ".join(f'"{number}": 0' for number in range(300_000))
    assert faults(f'{{{keys}, "299999": 0}}'.encode()) == ["The key “299999” stands twice in one object."]


def test_a_byte_order_mark_is_no_fault():
    assert reading.read(b"\xef\xbb\xbf" + raw(small())).document["title"] == "Weather plan"


def test_a_pointer_is_written_as_the_standard_says_and_leads_to_its_line():
    assert pointer("a/b", 0, "c~d") == "/a~1b/0/c~0d"
    text = '{\n "x": "a, \\"[{",\n "list": [\n  {"n": 1},\n  {"n": 2}\n ]\n}'
    assert [line_of(text, "list", 1, "n"), line_of(text, "x"), line_of(text, "list", 7)] == [5, 2, 3]
