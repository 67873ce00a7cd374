"""Whose a saved view is: who sees it, changes it, takes it away. Nothing of another partner, nothing private."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission

from approvals.refusals import NotAllowed
from customers.models import Membership, Partner
from customers.permissions import MembershipRole
from portal.directory.saved_views import keeping
from portal.directory.saved_views.keeping import (
    change_view,
    clear_default,
    copy_view,
    delete_view,
    listing_of,
    move_view,
    rename_view,
    set_default,
    share_view,
    unshare_view,
)
from portal.directory.saved_views.refusals import NotYours, ViewGone
from portal.models import SavedView, User
from tests import builders
from tests.portal.directory.saved_views.views_made import listed, saved


class TestReading:
    def test_a_view_shows_its_reader_nothing_that_is_not_theirs(
        self, csm: User, onboarder: User, partner: Partner
    ) -> None:
        address = f"country=NL&partner={partner.pk}&csm=mine&sort=partner&columns=company,partner,csm,vat"
        view = saved(csm, address=address)

        assert listing_of(view, csm).address() == view.address == address
        assert listing_of(view, onboarder).address() == "country=NL&columns=company,vat"

    def test_what_no_longer_exists_is_left_out(self, onboarder: User) -> None:
        view = saved(onboarder)
        SavedView.objects.update(address="gone=1&country=NL&industry=ZZZ&sort=gone&columns=company,gone,vat")
        view.refresh_from_db()

        assert listing_of(view, onboarder).address() == "country=NL&columns=company,vat"


class TestWhoSees:
    def test_ones_own_and_the_shared_ones_of_the_organisation(
        self, onboarder: User, colleague: User, stranger: User, csm: User, approver: User
    ) -> None:
        own, theirs = saved(onboarder, "Own"), saved(colleague, "Theirs")
        shared, elsewhere = saved(colleague, "Shared", shared=True), saved(stranger, "Elsewhere", shared=True)
        at_arxus, private = saved(csm, "At Arxus", shared=True), saved(csm, "Private")

        def seen(user: User) -> set[SavedView]:
            return set(SavedView.objects.visible_to(user))

        assert seen(onboarder) == {own, shared}
        assert seen(colleague) == {theirs, shared}
        assert seen(stranger) == {elsewhere}
        assert seen(csm) == {at_arxus, private}
        assert seen(approver) == {at_arxus}

    @pytest.mark.parametrize("persona", ["customer_user", "outsider"])
    def test_who_has_no_table_has_no_views(
        self, persona: str, onboarder: User, request: pytest.FixtureRequest, db: None
    ) -> None:
        user = builders.make_user() if persona == "outsider" else request.getfixturevalue(persona)
        view = saved(onboarder, shared=True)

        assert not SavedView.objects.visible_to(user).exists()
        with pytest.raises(NotAllowed):
            saved(user)
        for verb in (share_view, unshare_view, set_default, clear_default, copy_view, delete_view):
            with pytest.raises(NotAllowed):
                verb(actor=user, view=view)

    def test_who_changed_partners_leaves_their_views_behind(
        self, onboarder: User, colleague: User, other_partner: Partner
    ) -> None:
        private, shared = saved(onboarder, "Private"), saved(onboarder, "Shared", shared=True)
        set_default(actor=onboarder, view=private)
        Membership.objects.filter(user=onboarder).update(partner=other_partner)
        moved = User.objects.get(pk=onboarder.pk)

        assert not SavedView.objects.visible_to(moved).exists()
        with pytest.raises(ViewGone):
            rename_view(actor=moved, view=private, name="Mine still")
        assert list(SavedView.objects.visible_to(colleague)) == [shared]
        # Neither the name nor the view that opened first stands in the way.
        assert set_default(actor=moved, view=saved(moved, "Private", "country=BE")).is_default

    def test_who_may_no_longer_look_sees_none(self, onboarder: User) -> None:
        saved(onboarder)
        User.objects.filter(pk=onboarder.pk).update(is_active=False)

        assert not SavedView.objects.visible_to(User.objects.get(pk=onboarder.pk)).exists()


OWNERS_VERBS: dict[str, Callable[[User, SavedView], object]] = {
    "rename": lambda user, view: rename_view(actor=user, view=view, name="Other"),
    "change": lambda user, view: change_view(actor=user, view=view, listing=listed(user, "country=FR")),
    "share": lambda user, view: share_view(actor=user, view=view),
    "unshare": lambda user, view: unshare_view(actor=user, view=view),
    "open first": lambda user, view: set_default(actor=user, view=view),
    "open all first": lambda user, view: clear_default(actor=user, view=view),
    "move": lambda user, view: move_view(actor=user, view=view, up=True),
}


class TestOwnersOnly:
    @pytest.mark.parametrize("verb", OWNERS_VERBS)
    def test_only_the_owner_changes_a_shared_view(
        self, verb: str, onboarder: User, colleague: User, administrator: User
    ) -> None:
        view = saved(colleague, shared=True)
        before = SavedView.objects.filter(pk=view.pk).values().get()

        for user in (onboarder, administrator):
            with pytest.raises(NotYours) as refused:
                OWNERS_VERBS[verb](user, view)
            assert refused.value.owner == "Pieter Maes"
        assert SavedView.objects.filter(pk=view.pk).values().get() == before

    @pytest.mark.parametrize("verb", [*OWNERS_VERBS, "copy", "delete"])
    def test_what_one_does_not_see_is_gone(self, verb: str, onboarder: User, colleague: User, stranger: User) -> None:
        verbs = OWNERS_VERBS | {
            "copy": lambda user, view: copy_view(actor=user, view=view),
            "delete": lambda user, view: delete_view(actor=user, view=view),
        }
        for view in (saved(colleague, "Private"), saved(stranger, "Elsewhere", shared=True)):
            with pytest.raises(ViewGone):
                verbs[verb](onboarder, view)
        assert SavedView.objects.count() == 2


class TestDeleting:
    def test_an_administrator_may_take_away_what_colleagues_share_and_nothing_else(
        self, administrator: User, onboarder: User, colleague: User, stranger: User
    ) -> None:
        shared, private = saved(colleague, "Shared", shared=True), saved(colleague, "Private")
        elsewhere = saved(stranger, "Elsewhere", shared=True)

        with pytest.raises(NotYours):
            delete_view(actor=onboarder, view=shared)
        delete_view(actor=administrator, view=shared)
        for view in (private, elsewhere, shared):
            with pytest.raises(ViewGone):
                delete_view(actor=administrator, view=view)
        assert set(SavedView.objects.all()) == {private, elsewhere}

    def test_at_arxus_it_takes_the_right_to(self, csm: User, approver: User, onboarder: User) -> None:
        at_arxus, at_partner = saved(csm, shared=True), saved(onboarder, shared=True)

        with pytest.raises(NotYours):
            delete_view(actor=approver, view=at_arxus)
        approver.user_permissions.add(Permission.objects.get(codename="delete_savedview"))
        entitled = User.objects.get(pk=approver.pk)
        delete_view(actor=entitled, view=at_arxus)
        with pytest.raises(ViewGone):
            delete_view(actor=entitled, view=at_partner)

    def test_a_viewer_keeps_views_of_their_own(self, viewer: User) -> None:
        view = saved(viewer, shared=True)
        delete_view(actor=viewer, view=view)

        assert not SavedView.objects.exists()

    def test_a_new_administrator_may_at_once(self, onboarder: User, colleague: User) -> None:
        view = saved(colleague, shared=True)
        assert not keeping.may_delete(onboarder, view)
        onboarder.membership.role = MembershipRole.ADMINISTRATOR.value
        assert keeping.may_delete(onboarder, view)
