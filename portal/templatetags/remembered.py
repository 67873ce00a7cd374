"""Parts of pages that say the same on page after page are rendered once and kept."""

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def remembered(name: str, **values: Hashable) -> SafeString:
    """Include a template that sees these values and nothing else: `{% remembered "menu.html" entries=entries %}`.

    What it says follows from them and the language, so whoever gives the same values may be shown what another was.
    For values that stand in the code and come in few varieties; nothing that the database holds or somebody typed.
    None of them a `SafeString`: it equals the same text unescaped.
    """
    # Whoever works on a template wants to see what it says now.
    rendered = _rendered.__wrapped__ if settings.DEBUG else _rendered
    return rendered(name, get_language(), tuple(values.items()))


@lru_cache(maxsize=512)
def _rendered(name: str, _language: str | None, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(name, dict(values))
