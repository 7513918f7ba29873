"""The addresses of booking that belong to this door; the door's own list takes them in."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
