"""Pictures as owners have them, drawn for the tests."""

import io

from PIL import Image

RED = (200, 30, 30)


def picture(width: int, height: int, kind: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    """A picture, red at the left, noise at the right, and not easy to pack."""
    drawn = Image.effect_noise((width, height), 60).convert("RGB")
    drawn.paste(RED, (0, 0, width // 2, height))
    if "A" in mode:
        drawn.putalpha(Image.linear_gradient("L").resize((width, height)))
    buffer = io.BytesIO()
    drawn.convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


def exif(orientation: int) -> Image.Exif:
    """Metadata as a camera writes it."""
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = "Maker"
    found.get_ifd(0x8825)[1] = "N"  # where it was taken
    return found
