"""Where a conversation stands, for templates."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from approvals.models import Thread, ThreadState
from portal.templatetags.look import state

register = template.Library()


@register.simple_tag
def state_of_thread(thread: Thread, *, staff: bool = False) -> SafeString:
    """Who has the ball, in our words or in those of whoever asked."""
    match ThreadState(thread.state):
        case ThreadState.AT_ARXUS:
            return state("arxus", _("Waiting for us") if staff else _("Waiting for Arxus"))
        case ThreadState.AT_ASKER:
            return state("arxus" if staff else "you", _("Answered") if staff else _("Waiting for you"))
        case _:
            return state("withdrawn", _("Closed"))
