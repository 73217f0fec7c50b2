"""The short way to the pixels of a plain grey PNG, as scanned characters are."""

from PIL import Image

START = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
PLAIN = b"\x08\0\0\0\0"  # 8 bits, grey, deflated, filtered, not interlaced
# Chunks that change no pixel; any other (transparency, a camera's notes) is for Pillow's reader.
HARMLESS = (b"pHYs", b"gAMA", b"sRGB", b"tIME")
LARGEST = 2**22  # pixels


def grey_png(content: bytes) -> Image.Image | None:
    """Return the picture in a file's content, or None where Pillow's own reader is to see to it.

    That reader is made for all that a PNG may hold, and takes half of the time for small files
    before the first pixel. Here Pillow's decoder is given the compressed pixels at once: the same
    code makes the same pixels.
    """
    if not content.startswith(START) or content[24:29] != PLAIN:
        return None
    size = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    place, pixels = 33, []
    while (kind := content[place + 4 : place + 8]) != b"IEND":
        end = place + 8 + int.from_bytes(content[place : place + 4], "big")
        if kind == b"IDAT":
            pixels.append(content[place + 8 : end])
        elif kind not in HARMLESS:  # also where the file ends too soon
            return None
        place = end + 4
    if not 0 < size[0] * size[1] <= LARGEST:
        return None
    try:
        return Image.frombytes("L", size, b"".join(pixels), "zip", "L")
    except (OSError, ValueError):  # damaged: the reader says how
        return None
