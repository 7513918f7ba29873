"""A package is a sound BagIt bag, the same bytes each time, whole or not at all; whoever touches it is found out."""

import hashlib
import io
import json
import random
import zipfile
from datetime import UTC, datetime

import bagit
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from transfers import verify
from transfers.packaging import bag, signing

AT = datetime(2027, 8, 18, 7, 15, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
INFO = {"Source-Organization": "Lindby kommun", "External-Identifier": "a transfer\nof two lines"}
CONTENT = {
    "log.json": json.dumps({"entries": []}).encode(),
    "index.html": "<!doctype html><title>Ålma</title>".encode(),
    "media/0001.webp": random.Random(7).randbytes(300_000),
    "media/empty.vtt": b"",
}


class OneWay(io.RawIOBase):
    """A stream that can be written to and nothing else, as an answer to a browser or a bucket is."""

    def __init__(self):
        self.written = bytearray()

    def writable(self):
        return True

    def write(self, piece):
        self.written += piece
        return len(piece)


def parts(content=CONTENT):
    return [bag.Part(path, lambda octets=octets: io.BytesIO(octets)) for path, octets in content.items()]


def packed(out=None, content=CONTENT, key=KEY, **more):
    out = out or io.BytesIO()
    made = bag.write(
        out, name="log", parts=parts(content), info=INFO, sign=lambda octets: signing.sign(octets, key), at=AT, **more
    )
    return out, made


@pytest.fixture
def package(tmp_path):
    out, _made = packed()
    path = tmp_path / "log.zip"
    path.write_bytes(out.getvalue())
    return path


def keys(*several):
    return [signing.public_jwk(key.public_key()) for key in several]


def rewritten(package, change):
    """The package anew, each file as `change(name, octets)` gives it; None leaves it out."""
    with zipfile.ZipFile(package) as old:
        found = {entry.filename: old.read(entry) for entry in old.infolist()}
    with zipfile.ZipFile(package, "w") as new:
        for name, octets in found.items():
            changed = change(name.removeprefix("log/"), octets)
            if changed is not None:
                new.writestr(name, changed)
    return package


def test_another_reader_of_bags_finds_it_sound(package, tmp_path):
    with zipfile.ZipFile(package) as whole:
        whole.extractall(tmp_path / "out")
    found = bagit.Bag(str(tmp_path / "out" / "log"))
    assert found.validate()
    assert found.version_info == (1, 0)
    assert found.info["Payload-Oxum"] == f"{sum(map(len, CONTENT.values()))}.{len(CONTENT)}"
    assert found.info["Source-Organization"] == "Lindby kommun"
    for path, octets in CONTENT.items():
        assert (tmp_path / "out" / "log" / "data" / path).read_bytes() == octets


def test_the_same_content_is_the_same_bytes_whatever_it_is_written_to():
    first, made = packed()
    stream, again = packed(OneWay())
    second, _ = packed()
    assert first.getvalue() == second.getvalue()
    assert made == again
    with zipfile.ZipFile(io.BytesIO(bytes(stream.written))) as whole:
        assert whole.testzip() is None


def test_pictures_are_stored_and_words_are_packed(package):
    with zipfile.ZipFile(package) as whole:
        assert whole.getinfo("log/data/media/0001.webp").compress_type == zipfile.ZIP_STORED
        assert whole.getinfo("log/data/index.html").compress_type == zipfile.ZIP_DEFLATED


def test_it_verifies_with_the_key_that_signed_it(package):
    found = verify.verify(package, keys(OTHER, KEY))
    assert found.wrong == []
    assert found.files == len(CONTENT)
    assert found.kid == keys(KEY)[0]["kid"]


def test_a_key_that_did_not_sign_it_is_no_key(package):
    assert verify.verify(package, keys(OTHER)).wrong == ["None of these keys signed it."]
    assert verify.verify(package, []).kid is None


@pytest.mark.parametrize("path", sorted(CONTENT))
def test_one_changed_byte_is_found(package, path):
    rewritten(package, lambda name, octets: octets + b"!" if name == f"data/{path}" else octets)
    assert verify.verify(package, None).wrong == [f"data/{path} is not what was packed."]


def test_what_is_left_out_or_put_in_is_found(package):
    rewritten(package, lambda name, octets: None if name == "data/log.json" else octets)
    assert verify.verify(package, None).wrong == ["data/log.json is missing."]
    with zipfile.ZipFile(package, "a") as whole:
        whole.writestr("log/data/one-more.txt", "x")
    assert "data/one-more.txt is in no manifest." in verify.verify(package, None).wrong


def test_a_manifest_that_was_made_to_fit_lacks_the_signature(package):
    changed = b"another log"

    def forged(name, octets):
        if name == "data/log.json":
            return changed
        old, new = (hashlib.sha512(each).hexdigest() for each in (CONTENT["log.json"], changed))
        return octets.replace(old.encode(), new.encode()) if name == bag.MANIFEST else octets

    rewritten(package, forged)
    assert verify.verify(package, keys(KEY)).wrong == [f"{bag.MANIFEST} is not what was packed."]
    with zipfile.ZipFile(package) as whole:
        manifest = hashlib.sha512(whole.read(f"log/{bag.MANIFEST}")).hexdigest()

    def resealed(name, octets):
        if name != bag.TAG_MANIFEST:
            return octets
        lines = octets.decode().splitlines()
        return "".join(f"{manifest}  {bag.MANIFEST}\n" if bag.MANIFEST in line else f"{line}\n" for line in lines)

    rewritten(package, resealed)
    assert verify.verify(package, None).wrong == []
    assert verify.verify(package, keys(KEY)).wrong == ["None of these keys signed it."]


def test_half_a_package_is_none(package):
    octets = package.read_bytes()
    for length in (0, 10, len(octets) // 2, len(octets) - 1):
        package.write_bytes(octets[:length])
        assert verify.verify(package, None).wrong, length


def test_a_yes_that_is_taken_back_stops_it():
    answers = iter([True, True, False])
    with pytest.raises(bag.Stopped):
        packed(go_on=lambda: next(answers))
    answers = iter([True] * len(CONTENT) + [False])
    out = io.BytesIO()
    with pytest.raises(bag.Stopped):
        packed(out, go_on=lambda: next(answers))
    with zipfile.ZipFile(out) as whole:
        assert not any(name.endswith((bag.MANIFEST, bag.SIGNATURE)) for name in whole.namelist())


@pytest.mark.parametrize("path", ["../log.json", "/log.json", "a//b", "a\\b", "a/./b", "", "a\nb", "c:/b", "100%25"])
def test_no_file_leaves_the_folder_of_the_data(path):
    with pytest.raises(ValueError, match="stays under"):
        packed(content={path: b"x"})


def test_two_files_with_one_path_are_refused():
    twice = [*parts(), *parts({"log.json": b"again"})]
    with pytest.raises(ValueError, match="one path"):
        bag.write(io.BytesIO(), name="log", parts=twice, info=INFO, sign=lambda octets: b"", at=AT)


def test_a_key_s_name_is_its_thumbprint():
    """The key and the thumbprint of RFC 8037, appendix A.3."""
    known = Ed25519PrivateKey.from_private_bytes(
        bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    )
    row = signing.public_jwk(known.public_key())
    assert row["x"] == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert row["kid"] == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


@pytest.mark.parametrize(
    "signature", [b"", b"..", b"a.b.c", b"\xff\xfe", b"eyJhbGciOiJub25lIn0..", b"bnVsbA..AAAA", b"W10..AAAA"]
)
def test_what_is_no_signature_signs_nothing(signature):
    assert signing.signed_by(b"payload", signature, keys(KEY)) is None


def test_the_command_says_what_it_found_and_how_it_went(package, tmp_path, capsys):
    known = tmp_path / "keys.json"
    known.write_text(json.dumps({"keys": keys(KEY)}))
    assert verify.main([str(package), "--keys", str(known)]) == 0
    assert f"{len(CONTENT)} files are as they were packed." in capsys.readouterr().out
    assert verify.main([str(package)]) == 0
    assert "give --keys" in capsys.readouterr().out
    rewritten(package, lambda name, octets: octets + b"x" if name.startswith("data/media") else octets)
    assert verify.main([str(package), "--keys", str(known)]) == 1
    assert "NOT as it was packed." in capsys.readouterr().err
    assert verify.main([str(package), "--keys", str(tmp_path / "nowhere")]) == 2
