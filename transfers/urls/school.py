"""The receiver's pages of transfers."""

from django.urls import path

from transfers.views import school

app_name = "school"
urlpatterns = [
    path("transfers/<uuid:handover>/", school.first, name="transfer"),
    path("transfers/<uuid:handover>/log/", school.log, name="log"),
    path("transfers/<uuid:handover>/conferences/", school.conferences, name="conferences"),
]
