from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from portal.models import User


class MembershipBackend(AuthenticationBackend):
    """Allauth's e-mail log-in; brings the user's organisation along, which every page asks for, in the same query."""

    def get_user(self, user_id: Any) -> User | None:
        user = (
            User.objects.select_related("membership__partner__csm", "membership__customer").filter(pk=user_id).first()
        )
        return user if user is not None and self.user_can_authenticate(user) else None
