"""The product's addresses, and the floor: the emptiest signed-in page with one query and a small template."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from people.models import Organisation


def floor(request: HttpRequest) -> HttpResponse:
    organisation = Organisation.objects.get(pk=1)
    return render(request, "bench_floor.html", {"name": organisation.name})


urlpatterns = [path("floor/", floor), path("", include("config.urls"))]
