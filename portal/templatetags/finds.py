"""Marks what a search found."""

from collections.abc import Sequence

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from portal.directory.found import Part

register = template.Library()


@register.simple_tag
def marked(parts: Sequence[Part]) -> SafeString:
    """The parts of a text one after the other, what was found in `<mark>`: `{% marked row.name %}`."""
    if len(parts) == 1 and not parts[0].hit:
        return conditional_escape(parts[0].text)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part.text) if part.hit else part.text,) for part in parts)
    )
