"""What Arxus staff may do: the one table, Django group by permission. Kept true after every migration."""

from typing import Any

APPROVERS = "Approvers"
CSMS = "CSMs"

_READ = (
    "customers.view_customer",
    "customers.view_partner",
    "customers.view_industry",
    "contacts.view_contact",
    "contacts.view_roleassignment",
    "approvals.view_registrationrequest",
    # Who accepted the Microsoft agreement is what either may learn from a customer.
    "contacts.view_acceptance",
    "contacts.add_acceptance",
    # Both write: a CSM is whom partners know, and an answer decides nothing.
    "approvals.view_thread",
    "approvals.answer_thread",
)
STAFF_GROUPS: dict[str, tuple[str, ...]] = {
    APPROVERS: (
        *_READ,
        "customers.view_membership",
        "customers.view_event",
        "customers.view_vatcheck",
        "customers.change_customer",
        "customers.add_partner",
        "customers.change_partner",
        "customers.add_industry",
        "customers.change_industry",
        "contacts.change_contact",
        "approvals.view_evidence",
        # To find a partner's CSM and its members. Accounts and memberships are changed by superusers: whoever could
        # make a member of a partner could send a request as that member and then decide on it.
        "portal.view_user",
        "approvals.decide_registrationrequest",
    ),
    CSMS: _READ,
}


def ensure_staff_groups(**_kwargs: Any) -> None:
    """Make the groups and give them the permissions of the table; what staff added by hand stays."""
    from django.contrib.auth.models import Group, Permission

    for name, labels in STAFF_GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        for label in labels:
            app, codename = label.split(".")
            permission = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
            if permission is not None:
                group.permissions.add(permission)
