"""Coverage as a file for the unit's quality report, safe to open in a spreadsheet."""

import csv
import io

from django.utils.translation import gettext as _

from learninglog.coverage.picture import Drawing

# What a spreadsheet would take for a formula, or for the start of one; some take the wide signs of East Asia as well.
ACTIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def written(drawing: Drawing) -> str:
    """One line a goal, one column a month; with a mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    months = [f"{month:%Y-%m}" for month in drawing.months]
    writer.writerow(_safe([_("Framework"), _("Area"), _("Goal"), *months]))
    for part in drawing.parts:
        for strip in part.strips:
            counts = [str(cell.count) for cell in strip.cells]
            writer.writerow(_safe([part.framework, part.label, strip.goal.label, *counts]))
    return "\ufeff" + out.getvalue()


def _safe(cells: list[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(ACTIVE) else cell for cell in cells]
