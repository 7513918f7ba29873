"""The hand that writes until it is killed, and the worker beside it. Both run in processes of their own.

Before each operation the hand says what it will do, after its commit that it is done.
"""

import random
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile
from django_tasks import task
from PIL import Image

from learninglog import services
from learninglog.models import Entry
from learninglog.services import threads, words
from learninglog.services.drafts import ChildInput, EntryInput
from media_policy import spool
from media_policy.models import Picture
from media_policy.services import mark, take_in
from people.models import Child, Person
from tests.cast import NOW, TODAY
from tests.faults.ledger import Ledger, Operation, Writing, words_of
from tests.media_policy import samples
from visibility.viewer import Hat, Strength, Viewer

TASK_SECONDS = 0.05
# Of the entries written so far the hand goes on with these many; the others stay as they are, and are looked at too.
LATELY = 4
FAMILIES = {"astrid": "alma", "birger": "bo", "tora": "tyra"}


@task()
def take_a_moment(token: str) -> str:
    """Long enough to be killed in."""
    time.sleep(TASK_SECONDS)
    return token


@cache
def photograph() -> bytes:
    return samples.jpeg(Image.effect_mandelbrot((480, 360), (-2, -1.5, 1, 1.5), 60).convert("RGB"))


def uploaded(data: bytes) -> TemporaryUploadedFile:
    """An upload as Django's handler leaves it: a file in the spool."""
    spool.folder()
    upload = TemporaryUploadedFile("IMG_0001.jpg", "image/jpeg", len(data), None)
    upload.write(data)
    upload.flush()
    return upload


def viewer(login: str) -> Viewer:
    person = Person.objects.select_related("organisation").get(login=login)
    hat = Hat.GUARDIAN if login in FAMILIES else Hat.STAFF
    return Viewer(person=person, hat=hat, strength=Strength.SUBSTANTIAL, at=NOW)


class Hand:
    def __init__(self, ledger: Ledger, seed: str, say: Callable[[Any], None]) -> None:
        self.ledger, self.say = ledger, say
        self.random = random.Random(seed)
        rows = Child.objects.filter(given_name__in=["Alma", "Bo", "Tyra", "Elsa"])
        self.children = {row.given_name.lower(): row for row in rows}
        self.work = viewer("cecilia").person.duties.get().assignments.get().group

    def key(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def do(self, name: str, table: str, key: str, after: Any, act: Callable[[], object]) -> None:
        operation = Operation(name, table, key, after)
        self.ledger.begin(operation)
        self.say(operation)
        act()
        self.ledger.confirm()
        self.say(None)

    def run(self) -> None:
        acts = [self.upload, self.autosave, self.autosave, self.share, self.share, self.withdraw, self.place]
        acts += [self.mark, self.message, self.write_words, self.enqueue]
        self.start()
        while True:
            self.random.choice([*acts, self.start] if self.random.random() < 0.5 else acts)()

    def entry(self, wanted: Callable[[Writing], bool]) -> SimpleNamespace | None:
        """One of the latest entries that fit."""
        latest = list(self.ledger.slots["entry"].items())[-LATELY:]
        fitting = [(key, value) for key, value in latest if wanted(value)]
        if not fitting:
            return None
        key, value = self.random.choice(fitting)
        return SimpleNamespace(key=key, value=value, row=Entry.objects.get(client_key=key))

    def picture(self) -> Picture | None:
        keys = list(self.ledger.slots["picture"])[-LATELY:]
        return Picture.objects.get(client_key=self.random.choice(keys)) if keys else None

    def start(self) -> None:
        key = self.key()
        self.do("start", "entry", key, Writing(), lambda: services.start_entry(
            group=self.work, by=viewer("cecilia"), happened_on=TODAY, client_key=uuid.UUID(key)
        ))  # fmt: skip

    def upload(self) -> None:
        key, upload = self.key(), uploaded(photograph())
        self.do("upload", "picture", key, "unmarked", lambda: take_in(
            upload=upload, by=viewer("cecilia"), unit=self.work.unit,
            organisation=self.work.unit.organisation, client_key=uuid.UUID(key),
        ))  # fmt: skip

    def mark(self) -> None:
        picture = self.picture()
        if picture is None:
            return
        child = self.random.choice([None, *self.children.values()])
        after = "nobody" if child is None else f"children {[child.pk]}"
        self.do("mark", "picture", str(picture.client_key), after, lambda: mark(
            picture=picture, children=[child] if child else None, nobody=child is None, by=viewer("cecilia")
        ))  # fmt: skip

    def place(self) -> None:
        found, picture = self.entry(lambda value: True), self.picture()
        if found is None or picture is None:
            return
        pictures = tuple(sorted({*found.value.pictures, str(picture.client_key)}))
        self.do("place", "entry", found.key, replace(found.value, pictures=pictures), lambda: services.add_picture(
            entry=found.row, picture=picture, by=viewer("cecilia")
        ))  # fmt: skip

    def autosave(self) -> None:
        found = self.entry(lambda value: True)
        if found is None:
            return
        chosen = self.random.sample(sorted(child.pk for child in self.children.values()), self.random.randint(1, 4))
        number = found.value.revision + 1
        data = EntryInput(
            title=words_of(found.key, number, "Title"),
            text=words_of(found.key, number, "Text"),
            happened_on=TODAY,
            children={
                key: ChildInput(line=words_of(found.key, number, "Line"), quotes=[words_of(found.key, number, "Quote")])
                for key in chosen
            },
        )
        after = replace(found.value, revision=number, children=tuple(sorted(chosen)))
        self.do("autosave", "entry", found.key, after, lambda: services.save_entry(
            entry=found.row, by=viewer("cecilia"), revision=found.value.revision, data=data
        ))  # fmt: skip

    def share(self) -> None:
        found = self.entry(lambda value: bool(value.children))
        if found is not None:
            self.do("share", "entry", found.key, found.value.after_sharing(), lambda: services.share_entry(
                entry=found.row, by=viewer("cecilia")
            ))  # fmt: skip

    def withdraw(self) -> None:
        found = self.entry(lambda value: value.shared is not None)
        if found is not None:
            self.do("withdraw", "entry", found.key, replace(found.value, shared=None), lambda: services.withdraw_entry(
                entry=found.row, by=viewer("cecilia")
            ))  # fmt: skip

    def message(self) -> None:
        login, name = self.random.choice(list(FAMILIES.items()))
        child, key = self.children[name], self.key()
        found = self.entry(lambda value: value.shared is not None and child.pk in value.shared.children)
        if found is not None:
            self.do("message", "message", key, f"Message {key}", lambda: threads.write(
                entry=found.row, child=child, by=viewer(login), text=f"Message {key}", client_key=uuid.UUID(key)
            ))  # fmt: skip

    def write_words(self) -> None:
        login, name = self.random.choice(list(FAMILIES.items()))
        key = self.key()
        # With its picture: "words" and not one without the other.
        sent = [uploaded(photograph())] if self.random.random() < 0.3 else []
        self.do("words", "words", key, (f"Words {key}", len(sent)), lambda: words.write_words(
            child=self.children[name], by=viewer(login), text=f"Words {key}", happened_on=TODAY,
            readers="home", client_key=uuid.UUID(key), pictures=sent,
        ))  # fmt: skip

    def enqueue(self) -> None:
        key = self.key()
        self.do("enqueue", "task", key, True, lambda: take_a_moment.enqueue(token=key))


def work(*, batch: bool) -> None:
    """A worker as `manage.py db_worker` runs it; with `batch`, until nothing is left to do."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["*"], interval=0.02, batch=batch, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=uuid.uuid4().hex, excluded_queue_names=[],
    ).run()  # fmt: skip
