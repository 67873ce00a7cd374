"""By when Arxus answers, on pages: `{% load answers %}`."""

from django import template

from approvals import promise
from approvals.models import RegistrationRequest

register = template.Library()


@register.simple_tag
def answer_time() -> str:
    """How soon as a rule: `within one working day`."""
    return promise.usually()


@register.filter
def answer_sentence(request: RegistrationRequest) -> str:
    """By when this request is answered, as a sentence; "" where no answer is due."""
    return promise.sentence(request)
