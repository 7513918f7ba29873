"""From home: what guardians write into the child's log themselves."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learninglog import cards, feeds, sensitive
from learninglog.models import HomeWords
from learninglog.readers import Reader
from learninglog.services import words as writing
from learninglog.services.homes import running_home
from learninglog.services.threads import Empty
from learninglog.views.family.at import answer, reader, second_look
from learninglog.views.family.forms import WordsForm
from learninglog.views.family.log import by_month
from visibility.doors import hat_required, one, read
from visibility.matrix import WITHDRAW
from visibility.viewer import Hat


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.GUARDIAN)
def from_home(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    here, form = reader(request, child), None
    if request.method == "POST":
        form = WordsForm(request.POST, request.FILES, day=here.viewer.day)
        if form.is_valid() and _written(form, here):
            messages.success(request, _("Saved. The staff can read it now."))
            second_look(request, form.cleaned_data["text"])
            return redirect("family:from_home", child=child)
    cursor = request.GET.get("before", "")
    wanted = feeds.Wanted(from_home=True)
    page = feeds.child_log(viewer=here.viewer, child=here.child, home=here.home, wanted=wanted, cursor=cursor)
    read(here.viewer, "words", about=here.child.public_id, child_ids=[here.child.pk])
    months = by_month(cards.of_log(page.items, here))
    form = form or WordsForm(day=here.viewer.day)
    return answer(request, "from_home.html", form=form, months=months, next=page.next_cursor, **_around(here))


def _around(here: Reader) -> dict[str, object]:
    preschool = writing.preschool_of(here.child, here.viewer)
    home = running_home(here.viewer, here.child)
    return {"child": here.child, "home": home, "preschool": preschool, "listed": sensitive.words()}


def _written(form: WordsForm, here: Reader) -> bool:
    """Whether the words are saved; if not, the form says why and still holds them."""
    try:
        writing.write_words(child=here.child, by=here.viewer, **form.cleaned_data)
    except Empty:
        form.add_error("text", _("Write a few words, or choose a picture."))
    except writing.NoPreschool:
        form.add_error(None, _("%(name)s is at no preschool today.") % {"name": here.child.given_name})
    except writing.PictureRefused as refused:
        form.keep(refused.kept)
        form.add_error("pictures", f"{refused.name}: {refused.sentence}")
    except PermissionDenied:
        raise Http404 from None
    else:
        return True
    return False


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.GUARDIAN)
def withdraw_words(request: HttpRequest, child: uuid.UUID, words: uuid.UUID) -> HttpResponse:
    here = reader(request, child)
    mine = HomeWords.objects.visible_to(here.viewer).filter(child=here.child).for_list()
    row = one(mine, here.viewer, words, WITHDRAW)
    if request.method == "POST":
        writing.withdraw_words(words=row, by=here.viewer)
        messages.success(request, _("Withdrawn. Nobody reads it any more."))
        return redirect("family:from_home", child=child)
    read(here.viewer, "words", about=words, child_ids=[here.child.pk])
    return answer(request, "withdraw_words.html", child=here.child, card=cards.of_words(row, here))
