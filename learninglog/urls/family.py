"""The guardians' pages about one child."""

from django.urls import include, path

from learninglog.views.family import child, log, talk, words

app_name = "family"

of_child = [
    path("", log.log, name="log"),
    path("filters/", log.filters, name="filters"),
    path("goals/", log.landmarks_of, name="landmarks"),
    path("entries/<uuid:entry>/", log.entry, name="entry"),
    path("entries/<uuid:entry>/clips/<uuid:clip>/words.vtt", log.captions, name="captions"),
    path("entries/<uuid:entry>/message/", talk.message, name="message"),
    path("from-home/", words.from_home, name="from_home"),
    path("from-home/<uuid:words>/withdraw/", words.withdraw_words, name="withdraw_words"),
    path("contacts/", child.staff, name="contacts"),
    path("settings/", child.settings, name="settings"),
    path("settings/words/", child.show_words, name="show_words"),
]
urlpatterns = [path("children/<uuid:child>/", include(of_child))]
