"""A picture of a draft is cropped or covered: with a finger, with keys, or by four numbers without a script."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learninglog import composer, covering
from learninglog.models import Entry
from learninglog.services.covering import NotCovered, Wrong, cover, let_go_beside
from learninglog.views.staff.at import answer, entry_of, refused_is_not_found
from media_policy.covering.regions import Unfit, read
from visibility.doors import hat_required
from visibility.doors import read as read_page
from visibility.viewer import Hat, Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def cover_picture(request: HttpRequest, entry: uuid.UUID, picture: uuid.UUID) -> HttpResponse:
    viewer, row = entry_of(request, entry)
    if request.method != "POST":
        return _page(request, row, viewer, picture, covering.Form(back=request.GET.get("back", "")))
    form, use = covering.Form.of(request.POST), covering.use_of(request.POST.get("use", ""))
    try:
        if use is None:
            raise NotCovered(Wrong.NOT_SAID)
        marked = form.marked(composer.choices(row, viewer))
        with refused_is_not_found():
            done = cover(
                entry=row, by=viewer, picture=picture, plan=read(form.plan()), marked=marked, use=use,
                client_key=form.client_key,
            )  # fmt: skip
    except Unfit as unfit:
        form.errors["drawn"] = unfit.sentence
    except NotCovered as refused:
        form.errors["who" if refused.wrong is Wrong.NOT_SAID else "drawn"] = covering.sentence(refused.wrong)
    else:
        messages.success(request, covering.done(use, erased=done.erased, shared=row.is_shared))
        return _back(form.back, row)
    return _page(request, row, viewer, picture, form)


def _page(
    request: HttpRequest, entry: Entry, viewer: Viewer, picture: uuid.UUID, form: covering.Form
) -> HttpResponse:  # fmt: skip
    held = covering.whole(entry, viewer, picture)
    if held is None:
        raise Http404
    page = covering.page(entry, viewer, held, form)
    read_page(viewer, "compose", about=entry.public_id, child_ids=page.child_ids)
    return answer(request, "cover.html", **covering.context(page, entry))


@require_POST
@hat_required(Hat.STAFF)
def let_go(request: HttpRequest, entry: uuid.UUID, picture: uuid.UUID) -> HttpResponse:
    """Take away one that stands in for a whole picture."""
    viewer, row = entry_of(request, entry)
    with refused_is_not_found():
        let_go_beside(entry=row, by=viewer, picture=picture)
    messages.success(request, _("Taken away."))
    return _back(request.POST.get("back", ""), row)


def _back(where: str, entry: Entry) -> HttpResponseRedirect:
    return redirect("staff:share" if where == "share" else "staff:compose", entry=entry.public_id)
