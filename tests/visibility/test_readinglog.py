"""The reading log: what is sealed is not altered unnoticed by anybody with any key, and can be erased lawfully."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from ground import append_only
from tests.cast import NOW
from visibility import readinglog
from visibility.models import ErasureReceipt, ReadingBlock, ReadingChild, ReadingLine, SealedLine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anchor(settings, tmp_path):
    settings.READING_LOG_ANCHOR = tmp_path / "outside" / "anchor.txt"
    return settings.READING_LOG_ANCHOR


@pytest.fixture
def read(cast):
    """`read("astrid", cast.alma)` writes a line."""

    def record(name, *children, what="log", at=NOW):
        return readinglog.record(
            viewer=cast.viewer(name, at=at), what=what, about=uuid.uuid4(), child_ids=[child.pk for child in children]
        )

    return record


@pytest.fixture
def chain(cast, read, monkeypatch):
    """Seven lines in three blocks."""
    monkeypatch.setattr(readinglog, "LINES_PER_BLOCK", 3)
    names = ("astrid", "cecilia", "eva", "karin", "birger", "ines", "siri")
    lines = [read(name, cast.alma, cast.bo) for name in names]
    assert readinglog.seal(at=NOW) == 7
    assert ReadingBlock.objects.count() == 3
    return lines


def tamper(sql, *params):
    """As somebody would who owns the database: the triggers off, plain SQL, the triggers back."""
    with append_only.switched_off(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        assert cursor.rowcount > 0


def faults():
    return readinglog.verify().faults


def test_a_line_tells_who_what_when_and_about_whom(cast, read):
    line = read("ines", cast.elsa, cast.bo, cast.elsa, what="entry")
    assert (line.person, line.hat, line.what, line.at) == (cast.ines, "staff", "entry", NOW)
    assert line.organisation == cast.organisation
    assert set(line.children.values_list("child", "at")) == {(cast.elsa.pk, NOW), (cast.bo.pk, NOW)}


def test_writing_a_line_takes_two_inserts_whatever_the_number_of_children(cast, django_assert_num_queries):
    viewer = cast.viewer("cecilia")
    children = [cast.alma.pk, cast.bo.pk, cast.tyra.pk, cast.elsa.pk]
    with django_assert_num_queries(4):  # with the savepoint around them
        readinglog.record(viewer=viewer, what="log", child_ids=children)


def test_an_untouched_chain_verifies(chain, anchor):
    verdict = readinglog.verify()
    assert (verdict.blocks, verdict.lines, verdict.erased, verdict.waiting, verdict.faults) == (3, 7, 0, 0, [])
    assert len(anchor.read_text().splitlines()) == 3


def test_sealing_again_seals_only_what_is_new(chain, cast, read):
    assert readinglog.seal(at=NOW) == 0
    read("astrid", cast.alma)
    assert readinglog.verify().waiting == 1
    assert readinglog.seal(at=NOW) == 1
    assert (readinglog.verify().blocks, faults()) == (4, [])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("what", "export"),
        ("hat", "guardian"),
        ("salt", "0" * 32),
        ("about", "0" * 32),
        ("digest", "0" * 64),
        ("at", "2026-01-01 00:00:00+00:00"),
    ],
)
def test_an_altered_line_is_found(chain, column, value):
    tamper(f'UPDATE visibility_readingline SET "{column}" = %s WHERE id = %s', value, chain[1].pk)
    assert any(f"Line {chain[1].pk} was altered" in fault for fault in faults())


def test_a_line_about_another_person_is_found(chain, cast):
    tamper("UPDATE visibility_readingline SET person_id = %s WHERE id = %s", cast.gun.pk, chain[4].pk)
    assert faults() == [f"Line {chain[4].pk} was altered."]


def test_an_altered_line_with_a_new_digest_breaks_its_block(chain):
    line = ReadingLine.objects.get(pk=chain[1].pk)
    line.what = "nothing"
    digest = readinglog.digest_of(line, line.children.values_list("digest", flat=True))
    tamper("UPDATE visibility_readingline SET what = 'nothing', digest = %s WHERE id = %s", digest, line.pk)
    assert faults() == ["Block 1 does not match its lines."]


def test_a_block_made_to_match_breaks_the_next_and_what_was_written_outside(chain):
    block = ReadingBlock.objects.get(number=1)
    tamper("UPDATE visibility_readingblock SET hash = %s WHERE id = %s", "f" * 64, block.pk)
    assert "Block 2 does not follow the one before." in faults()
    assert "Block 1 is not the one that was written outside the database." in faults()


def test_another_child_on_a_line_is_found(chain, cast):
    row = ReadingChild.objects.filter(line=chain[2], child=cast.bo).get()
    tamper("UPDATE visibility_readingchild SET child_id = %s WHERE id = %s", cast.tyra.pk, row.pk)
    assert faults() == [f"Line {chain[2].pk} names another child than it did."]


def test_a_child_taken_off_or_put_on_a_line_is_found(chain, cast):
    tamper("DELETE FROM visibility_readingchild WHERE line_id = %s AND child_id = %s", chain[2].pk, cast.bo.pk)
    ReadingChild.objects.create(line=chain[5], child=cast.tyra, at=NOW, digest="0" * 64)
    assert f"Line {chain[2].pk} was altered." in faults()
    assert f"Line {chain[5].pk} was altered." in faults()


def test_a_deleted_line_is_found(chain):
    gone = chain[3].pk
    tamper("DELETE FROM visibility_readingchild WHERE line_id = %s", gone)
    tamper("DELETE FROM visibility_sealedline WHERE line_id = %s", gone)
    tamper("DELETE FROM visibility_readingline WHERE id = %s", gone)
    assert faults() == ["Block 2 does not match its lines."]


def test_two_lines_that_changed_places_are_found(chain):
    first, second = SealedLine.objects.filter(block__number=1).order_by("position")[:2]
    tamper("UPDATE visibility_sealedline SET position = 99 WHERE id = %s", first.pk)
    tamper("UPDATE visibility_sealedline SET position = 0 WHERE id = %s", second.pk)
    tamper("UPDATE visibility_sealedline SET position = 1 WHERE id = %s", first.pk)
    assert faults() == ["Block 1 does not match its lines."]


def test_a_line_moved_to_another_block_is_found(chain):
    second = ReadingBlock.objects.get(number=2)
    tamper("UPDATE visibility_sealedline SET block_id = %s, position = 9 WHERE line_id = %s", second.pk, chain[0].pk)
    assert faults() == ["Block 1 does not match its lines.", "Block 2 does not match its lines."]


def drop(block):
    keys = list(block.lines.values_list("line_id", flat=True))
    tamper("DELETE FROM visibility_sealedline WHERE block_id = %s", block.pk)
    for key in keys:
        tamper("DELETE FROM visibility_readingchild WHERE line_id = %s", key)
        tamper("DELETE FROM visibility_readingline WHERE id = %s", key)
    tamper("DELETE FROM visibility_readingblock WHERE id = %s", block.pk)


def test_a_block_taken_out_of_the_middle_is_found(chain):
    drop(ReadingBlock.objects.get(number=2))
    assert "Block 3 does not follow the one before." in faults()


def test_a_lost_end_is_found_by_what_was_written_outside(chain):
    drop(ReadingBlock.objects.get(number=3))
    assert faults() == ["Block 3 is not the one that was written outside the database."]


def test_a_lost_end_is_found_also_after_new_lines_took_its_number(chain, cast, read):
    drop(ReadingBlock.objects.get(number=3))
    read("astrid", cast.alma)
    readinglog.seal(at=NOW)
    assert faults() == ["Block 3 is not the one that was written outside the database."]


def test_a_line_that_waits_is_looked_at_too(chain, cast, read):
    line = read("david", cast.alma)
    tamper("UPDATE visibility_readingline SET what = 'nothing' WHERE id = %s", line.pk)
    assert faults() == [f"Line {line.pk} was altered."]


def test_a_slow_transaction_with_a_lower_number_is_sealed_later(chain, cast, read):
    first, second = read("astrid", cast.alma), read("birger", cast.bo)
    # Seen from the sealer, the first has not been committed yet.
    block = ReadingBlock.objects.create(
        number=4, sealed_at=NOW, previous=ReadingBlock.objects.get(number=3).hash,
        hash=readinglog._block_hash(ReadingBlock.objects.get(number=3).hash, [second.digest]),
    )  # fmt: skip
    SealedLine.objects.create(block=block, position=0, line=second)
    assert readinglog.seal(at=NOW) == 1
    assert first.sealed.block.number == 5
    assert faults() == []


def test_a_crash_between_sealing_and_writing_outside_is_made_good(chain, anchor, cast, read):
    kept = anchor.read_text().splitlines()[:2]
    anchor.write_text("\n".join(kept) + "\n")
    assert faults() == ["1 blocks were never written outside the database."]
    assert readinglog.seal(at=NOW) == 0
    assert faults() == []


def test_lawful_erasure_leaves_nothing_and_the_chain_verifies(chain, cast):
    line = chain[1]
    assert readinglog.erase(lines=[line], at=NOW, because="retention") == 1
    assert readinglog.erase(lines=[line], at=NOW, because="twice") == 0
    line.refresh_from_db()
    assert (line.person_id, line.organisation_id, line.hat, line.what, line.about, line.salt) == (
        None, None, "", "", None, "",
    )  # fmt: skip
    assert set(line.children.values_list("child", "salt")) == {(None, "")}
    assert line.receipt.because == "retention"
    verdict = readinglog.verify()
    assert (verdict.erased, verdict.faults) == (1, [])


def test_one_child_is_erased_from_every_line_and_the_chain_verifies(chain, cast, read):
    alone = read("astrid", cast.alma)
    readinglog.seal(at=NOW)
    readinglog.erase_child(child=cast.alma, at=NOW, because="child erased")
    assert not ReadingChild.objects.filter(child=cast.alma).exists()
    assert ReadingChild.objects.filter(child=cast.bo).count() == 7
    alone.refresh_from_db()
    assert alone.person is None
    assert ErasureReceipt.objects.count() == 8
    assert faults() == []
    readinglog.erase_child(child=cast.bo, at=NOW + timedelta(days=1), because="the other child erased")
    assert not ReadingLine.objects.filter(person__isnull=False).exists()
    assert faults() == []


def test_emptying_without_a_receipt_is_an_alteration(chain, cast):
    # The database itself lets this one step through, to whoever asks.
    ReadingLine.objects.filter(pk=chain[0].pk).update(
        organisation=None, person=None, hat="", what="", about=None, salt="", erased_at=NOW
    )
    ReadingChild.objects.filter(line=chain[3], child=cast.bo).update(child=None, salt="", erased_at=NOW)
    assert faults() == [
        f"Line {chain[0].pk} was emptied without a receipt.",
        f"Line {chain[3].pk} was emptied without a receipt.",
    ]


def test_a_line_that_only_says_it_was_emptied_is_found(chain, cast):
    ErasureReceipt.objects.create(line=chain[0], at=NOW, because="to hide it")
    tamper(
        "UPDATE visibility_readingline SET erased_at = %s, person_id = %s WHERE id = %s", NOW, cast.gun.pk, chain[0].pk
    )
    assert f"Line {chain[0].pk} was said to be emptied, and is not." in faults()


@pytest.mark.parametrize("model", [ReadingLine, ReadingChild, ReadingBlock, SealedLine])
def test_nothing_is_changed_or_deleted_while_the_triggers_stand(chain, model):
    row = model.objects.order_by("pk").first()
    with connection.cursor() as cursor:
        for sql in (f"DELETE FROM {model._meta.db_table} WHERE id = %s", "UPDATE {} SET id = id + 1000 WHERE id = %s"):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                cursor.execute(sql.format(model._meta.db_table), [row.pk])
    assert faults() == []


def test_a_receipt_cannot_be_taken_back(chain):
    readinglog.erase(lines=[chain[0]], at=NOW, because="retention")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ErasureReceipt.objects.update(because="another reason")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ReadingLine.objects.filter(pk=chain[0].pk).update(erased_at=None)


def test_the_command_says_what_it_found_and_fails_on_a_fault(chain, capsys):
    call_command("readinglog", "verify")
    assert "The reading log verifies." in capsys.readouterr().out
    tamper("UPDATE visibility_readingline SET what = 'nothing' WHERE id = %s", chain[1].pk)
    with pytest.raises(CommandError, match="1 faults"):
        call_command("readinglog", "verify")
    assert f"Line {chain[1].pk} was altered." in capsys.readouterr().err


def test_sealing_is_overtaken_by_another_without_harm(chain, cast, read, monkeypatch):
    """The other has taken the next number after ours was chosen: ours steps back, and nothing is sealed twice."""
    line = read("astrid", cast.alma)
    last = ReadingBlock.objects.get(number=3)
    SealedLine.objects.create(
        block=ReadingBlock.objects.create(
            number=4, sealed_at=NOW, previous=last.hash, hash=readinglog._block_hash(last.hash, [line.digest])
        ),
        position=0,
        line=line,
    )
    late = read("birger", cast.bo)
    newest = ReadingBlock.objects.order_by("-number")
    monkeypatch.setattr(ReadingBlock.objects, "select_for_update", lambda: newest.exclude(number=4), raising=False)
    assert readinglog.seal(at=NOW) == 0
    monkeypatch.undo()
    assert not SealedLine.objects.filter(line=late).exists()


@pytest.mark.django_db(transaction=True)
def test_sealers_and_writers_at_once_leave_one_chain(cast, read, monkeypatch):
    monkeypatch.setattr(readinglog, "LINES_PER_BLOCK", 5)
    wrong: list[BaseException] = []
    # SQLite has one writer: there the sealers and writers take turns.
    at_once = connection.vendor == "postgresql"

    def work(job):
        try:
            for _ in range(12):
                job()
        except BaseException as error:
            wrong.append(error)
        finally:
            if at_once:
                connection.close()

    jobs = [lambda: readinglog.seal(at=NOW)] * 3 + [lambda: read("astrid", cast.alma, cast.bo)] * 3
    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start() if at_once else thread.run()
    for thread in threads if at_once else ():
        thread.join()
    try:
        readinglog.seal(at=NOW)
        verdict = readinglog.verify()
        assert wrong == []
        assert (verdict.lines, verdict.waiting, verdict.faults) == (36, 0, [])
    finally:
        with append_only.switched_off():
            for model in (ErasureReceipt, SealedLine, ReadingChild, ReadingBlock, ReadingLine):
                model.objects.all().delete()
