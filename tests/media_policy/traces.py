"""Every byte that is left of a file, wherever it lies: on disk, in names, in any table, in any answer."""

from django.apps import apps
from django.db import connection

from tests.media_policy import samples


def on_disk(folder):
    """Bytes and names of all files below the folder."""
    return b"\n".join(str(path).encode() + b"\n" + path.read_bytes() for path in folder.rglob("*") if path.is_file())


def in_tables():
    """All that all tables hold, as bytes."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)}):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(repr([table, *(tuple(map(_plain, row)) for row in cursor.fetchall())]).encode())
    return b"\n".join(found)


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def in_answers(client, addresses):
    """Headers and bodies of everything that is served."""
    found = []
    for address in addresses:
        for headers in ({}, {"Range": "bytes=0-"}):
            answer = client.get(address, headers=headers)
            assert answer.status_code in {200, 206}
            found.append(repr(sorted(answer.headers.items())).encode() + answer.body)
    return b"\n".join(found)


def tells(data, *more):
    """What of the planted secrets, or of these further words, stands in the bytes."""
    found = [word for word in more if word.encode() in data or word.encode("utf-16-le") in data]
    return [*found, *(["a planted secret"] if samples.mentions_a_secret(data) else [])]
