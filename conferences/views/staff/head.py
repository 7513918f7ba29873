"""What a head sees to: children who have gone without, and those who leave before theirs is finished."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from conferences import head_page
from conferences.views.staff.at import answer
from learninglog import units
from visibility.doors import hat_required, read
from visibility.matrix import COVER
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.STAFF)
def unit(request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    viewer, row = units.unit_of(request, unit, COVER)
    page = head_page.of(row, viewer)
    read(viewer, "conferences", about=row.public_id, child_ids=page.child_ids)
    return answer(request, "unit.html", unit=row, page=page)
