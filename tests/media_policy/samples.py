"""Pictures as cameras make them, painted and wrapped by code, with secrets planted in every corner of the file."""

import io
import struct
import zlib

import pillow_heif
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational

from tests.media_policy import icc

RED, GREEN, BLUE, YELLOW = (210, 30, 40), (30, 160, 60), (30, 60, 200), (240, 210, 40)
PLANTED = "PLANTED-7f3a"  # stands at the beginning of every secret
LATITUDE = 0x5EC0DE57  # a numerator that no encoder writes by chance
INVERSE = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def scene(width=96, height=64, mode="RGB"):
    """Four quarters: red and green above, blue and yellow below."""
    image = Image.new("RGB", (width, height), RED)
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height // 2 - 1), GREEN)
    draw.rectangle((0, height // 2, width // 2 - 1, height), BLUE)
    draw.rectangle((width // 2, height // 2, width, height), YELLOW)
    return image if mode == "RGB" else image.convert(mode)


def corners(image):
    """The colours in the middle of the four quarters, in the order of `scene`."""
    image = image.convert("RGB")
    across, down = (image.width // 4, 3 * image.width // 4), (image.height // 4, 3 * image.height // 4)
    return [image.getpixel((x, y)) for y in down for x in across]


def lying(orientation, image=None):
    """The picture as a camera stores it that was held the way the flag says."""
    image = image or scene()
    turn = INVERSE[orientation]
    return image if turn is None else image.transpose(turn)


def secret(where):
    return f"{PLANTED}-{where}"


def small_jpeg(where="thumbnail"):
    out = io.BytesIO()
    scene(32, 24).save(out, "JPEG", comment=secret(where).encode())
    return out.getvalue()


def exif(orientation=1, *, taken="2026:05:04 10:11:12", offset="+02:00", thumbnail=True):
    """An EXIF block with place, maker note, comments, serial numbers and a thumbnail, heading included."""
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010E], block[0x010F], block[0x013B] = secret("description"), secret("maker"), secret("artist")
    block[0x9C9C] = secret("windows comment").encode("utf-16-le")
    inner = block.get_ifd(0x8769)
    inner[0x9003] = taken
    inner[0x9011] = offset
    inner[0x927C] = secret("maker note").encode() * 3
    inner[0x9286] = b"ASCII\0\0\0" + secret("user comment").encode()
    inner[0xA431] = secret("serial number")
    place = block.get_ifd(0x8825)
    place[1], place[2] = "N", (IFDRational(LATITUDE, 0x5EC0DE58), IFDRational(1), IFDRational(1))
    place[0x1D], place[0x1C] = "2026:05:04", secret("area").encode()
    raw = block.tobytes()
    return _with_thumbnail(raw) if thumbnail else raw


def _with_thumbnail(raw):
    head, block = raw[:6], bytearray(raw[6:])
    order = ">" if block[:2] == b"MM" else "<"
    (count,) = struct.unpack_from(order + "H", block, 8)
    picture, at = small_jpeg(), len(block)
    struct.pack_into(order + "I", block, 10 + 12 * count, at)
    entries = struct.pack(order + "HHII", 0x0201, 4, 1, at + 30) + struct.pack(
        order + "HHII", 0x0202, 4, 1, len(picture)
    )
    return head + bytes(block) + struct.pack(order + "H", 2) + entries + b"\0\0\0\0" + picture


def xmp(where="xmp"):
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        f'xmlns:photoshop="urn:photoshop" photoshop:City="{secret(where)}"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def iptc():
    """An Adobe block as picture agencies write it: the city and the caption."""
    records = b"".join(
        struct.pack(">BBBH", 0x1C, 2, number, len(text)) + text
        for number, text in ((90, secret("city").encode()), (120, secret("caption").encode()))
    )
    return (
        b"Photoshop 3.0\0"
        + b"8BIM\x04\x04\0\0"
        + struct.pack(">I", len(records))
        + records
        + b"\0" * (len(records) & 1)
    )


def segment(marker, content):
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg(image=None, *, orientation=1, profile=None, secrets=True, tail=b"", **options):
    """A phone's JPEG; `tail` is what the phone writes behind the picture."""
    image = lying(orientation, image)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92, icc_profile=profile, **options)
    plain = out.getvalue()
    if not secrets:
        return plain + tail
    extra = segment(0xE1, exif(orientation)) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp())
    extra += segment(0xED, iptc()) + segment(0xFE, secret("comment").encode())
    extra += segment(0xE2, b"MPF\0" + secret("multi picture").encode()) + segment(0xEB, secret("unknown").encode())
    # The thumbnail of JFIF's own kind, behind its heading.
    extra += segment(0xE0, b"JFXX\0\x10" + small_jpeg("jfxx"))
    return plain[:2] + extra + plain[2:] + tail


def png(image=None, *, orientation=1, profile=None, secrets=True, **options):
    image = lying(orientation, image)
    out, words = io.BytesIO(), PngInfo()
    if secrets:
        words.add_text("Comment", secret("text"))
        words.add_text("Raw profile type iptc", secret("packed text") * 4, zip=True)
        words.add_itxt("XML:com.adobe.xmp", xmp("png xmp").decode())
        options["exif"] = exif(orientation)
    image.save(out, "PNG", pnginfo=words, icc_profile=profile, **options)
    return out.getvalue()


def png_of_sixteen_bits(rows, *, colours):
    """A PNG of 16-bit values, given as rows of tuples; Pillow itself writes no such colour picture."""
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[colours]
    raw = b"".join(
        b"\0" + struct.pack(f">{len(row) * colours}H", *(part for pixel in row for part in pixel)) for row in rows
    )
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 16, kind, 0, 0, 0)
    return png_blocks((b"IHDR", head), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))


def png_blocks(*blocks):
    out = b"\x89PNG\r\n\x1a\n"
    for name, content in blocks:
        out += struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    return out


def webp(image=None, *, orientation=1, profile=None, secrets=True, **options):
    out = io.BytesIO()
    if secrets:
        options |= {"exif": exif(orientation), "xmp": xmp("webp xmp")}
    lying(orientation, image).save(out, "WEBP", icc_profile=profile or b"", **({"quality": 92} | options))
    return out.getvalue()


def heic(image=None, *, orientation=1, profile=None, secrets=True):
    """A HEIC; the library turns the flag into the container's own rotation, as phones do."""
    file = pillow_heif.from_pillow(lying(orientation, image))
    picture = file[0]
    if secrets:
        picture.info["exif"], picture.info["xmp"] = exif(orientation), xmp("heic xmp")
    if profile:
        picture.info["icc_profile"], picture.info["icc_profile_type"] = profile, "prof"
    out = io.BytesIO()
    file.save(out, quality=90)
    return out.getvalue()


def wide():
    """A Display P3 profile with a secret in its name."""
    return icc.display_p3(secret("profile"))


def every_kind(image=None, **options):
    return {
        "jpeg": jpeg(image, **options),
        "png": png(image, **options),
        "webp": webp(image, **options),
        "heic": heic(image, **options),
    }


def mentions_a_secret(data):
    """Whether any planted secret stands in the bytes, as text of either width or as the place's number."""
    needles = [PLANTED.encode(), PLANTED.encode("utf-16-le"), PLANTED.encode("utf-16-be")]
    needles += [struct.pack(order + "I", LATITUDE) for order in "<>"]
    return any(needle in data for needle in needles)
