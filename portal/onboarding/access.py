"""Who reaches the wizard, and which drafts: the one gate.

Only members who may onboard for the partner of a request do. To everybody else, a viewer of the same partner included,
its addresses answer 404, as that of a request which does not exist; what a viewer may see is the page of the request.
"""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from approvals.models import RegistrationRequest
from customers.models import Partner
from customers.permissions import Ability


def onboarding_partner(user: Any) -> Partner:
    """The partner that this person may onboard for. Raises Http404 where there is none."""
    membership = getattr(user, "membership", None)
    if membership is None or membership.partner is None or not membership.may(Ability.ONBOARD):
        raise Http404
    return membership.partner


def draft_of(user: Any, partner: Partner, reference: str) -> RegistrationRequest:
    """The partner's request with this reference, in whatever state. Raises Http404."""
    visible = RegistrationRequest.objects.visible_to(user).filter(partner=partner)
    return get_object_or_404(
        visible.select_related("partner", "customer", "updated_by", "copied_from"), reference=reference
    )
