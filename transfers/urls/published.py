from django.urls import path

from transfers.views import published

app_name = "published"
urlpatterns = [
    path(".well-known/learning-log-keys.json", published.public_keys, name="keys"),
    path(".well-known/learning-log.schema.json", published.schema, name="schema"),
    path(".well-known/learning-log-verify.html", published.verifier, name="verifier"),
]
