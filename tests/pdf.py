"""What a PDF says of itself and to its reader; the archive's and the reader's rules are asked of others' programs."""

import io

import pdfua
import pikepdf
import pypdfium2

PDFA, PDFUA = "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"


def words(pdf):
    """The text of all sheets, one blank between words; a break that was only allowed is none."""
    sheets = [sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf)]
    return " ".join(" ".join(sheets).replace("\u200b", "").split())


def sheets(pdf):
    return len(pypdfium2.PdfDocument(pdf))


def assert_kept_and_readable(pdf, language, folder):
    """PDF/A-3a and PDF/UA-1 as far as they can be looked at here: claims, tags, language, and a dozen checks."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        said = opened.open_metadata()
        assert (said[f"{PDFA}part"], said[f"{PDFA}conformance"], said[f"{PDFUA}part"]) == ("3", "A", "1")
        assert str(opened.Root.Lang) == language
        assert opened.Root.MarkInfo.Marked is True
        assert opened.Root.StructTreeRoot.K
        assert opened.Root.ViewerPreferences.DisplayDocTitle is True
    path = folder / "looked-at.pdf"
    path.write_bytes(pdf)
    assert [(finding.rule_id, finding.message) for finding in pdfua.validate(str(path)).findings] == []
