"""Small pictures in base64, and what only claims to be one."""

from __future__ import annotations

import base64
import io

from PIL import Image


def _drawn(form: str) -> str:
    file = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(file, form)
    return base64.b64encode(file.getvalue()).decode()


PNG, JPEG, GIF = _drawn("PNG"), _drawn("JPEG"), _drawn("GIF")
HTML = base64.b64encode(b"<script>alert(1)</script>").decode()
SVG = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").decode()
