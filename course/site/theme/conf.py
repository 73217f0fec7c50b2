"""What Sphinx is told; `course site` copies this file beside the pages that it has written."""

import json
from pathlib import Path

_about = json.loads(Path(__file__).with_name("about.json").read_text(encoding="utf-8"))

project = _about["title"]
extensions = ["myst_parser", "course.site.mathml"]
myst_enable_extensions = ["dollarmath"]
myst_dmath_double_inline = True
myst_heading_anchors = 4
html_math_renderer = "mathml"
suppress_warnings = ["myst.header"]  # lessons may skip a level: there it is a matter of looks
smartquotes = False  # the lessons' own quotes stay

html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_favicon = "_static/site.svg"
html_extra_path = ["extra"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_permalinks_icon = "#"
html_scaled_image_link = False
html_use_index = False
html_domain_indices = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
html_theme_options = {
    "navigation_with_keys": True,
    "light_css_variables": {
        "color-brand-primary": "#0b5c94",
        "color-brand-content": "#0b5c94",
        "color-brand-visited": "#6b3fa0",
        "color-code-background": "#f3f5f8",
        "color-foreground-secondary": "#52606d",
        "color-foreground-muted": "#5f6b7a",
    },
    "dark_css_variables": {
        "color-brand-primary": "#86c8ee",
        "color-brand-content": "#86c8ee",
        "color-brand-visited": "#c9a9f0",
        "color-foreground-secondary": "#b8c3ce",
        "color-foreground-muted": "#a9b6c3",
    },
}
