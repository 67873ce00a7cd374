"""Saved views: what is kept, changed, copied; what is refused."""

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict

from portal.directory.listing import Listing
from portal.directory.saved_views import keeping
from portal.directory.saved_views.keeping import (
    change_view,
    clear_default,
    copy_view,
    delete_view,
    listing_of,
    move_view,
    rename_view,
    save_view,
    set_default,
    share_view,
    unshare_view,
)
from portal.directory.saved_views.refusals import NameRefused, NameTaken, TooManyViews, ViewTooLong
from portal.models import SavedView, User
from tests import hostile
from tests.portal.directory.saved_views.views_made import DUTCH, listed, names_of, saved


class TestSaving:
    def test_a_view_keeps_the_canonical_address_and_never_a_page_or_the_view_one_came_from(
        self, onboarder: User
    ) -> None:
        view = saved(
            onboarder, address="page=after-C-4K7P-M2XN&sort=-name&junk=1&country=NL&view=all&columns=town&columns=vat"
        )

        assert view.address == "country=NL&sort=-name&columns=company,town,vat"
        assert (view.owner, view.partner, view.is_shared, view.is_default) == (
            onboarder,
            onboarder.membership.partner,
            False,
            False,
        )

    def test_what_staff_save_belongs_to_arxus(self, csm: User) -> None:
        assert saved(csm).partner is None

    def test_names_are_kept_as_they_are_seen(self, onboarder: User) -> None:
        assert saved(onboarder, "  Te \u200b herstellen  ").name == "Te herstellen"

    @pytest.mark.parametrize("name", ["", " ", "\u200b", "x" * 61, "a\nb", "a\u202eb", "a\x00b", "A" + "\u0323" * 300])
    def test_a_name_that_cannot_be_read_is_refused(self, name: str, onboarder: User) -> None:
        with pytest.raises(NameRefused):
            saved(onboarder, name)

        view = saved(onboarder)
        with pytest.raises(NameRefused):
            rename_view(actor=onboarder, view=view, name=name)

    def test_sixty_characters_of_any_script_are_a_name(self, onboarder: User) -> None:
        # Folded, this letter becomes three.
        assert saved(onboarder, "ΐ" * 60).name == "ΐ" * 60

    @pytest.mark.parametrize("again", ["Straße", "STRASSE", "straße"])
    def test_a_name_is_taken_whatever_its_case(self, again: str, onboarder: User) -> None:
        saved(onboarder, "Straße")

        with pytest.raises(NameTaken) as refused:
            saved(onboarder, again, "country=FR")
        assert refused.value.name == "Straße"

    def test_pressed_twice_it_is_saved_once(self, onboarder: User) -> None:
        assert saved(onboarder) == saved(onboarder)
        assert SavedView.objects.count() == 1

    def test_the_name_of_a_colleague_or_of_a_stranger_is_free(
        self, onboarder: User, colleague: User, stranger: User, csm: User
    ) -> None:
        for user in (colleague, stranger, csm):
            saved(user, "Dutch", "status=ended", shared=True)

        assert saved(onboarder).name == "Dutch"

    def test_a_person_keeps_so_many_and_no_more(self, onboarder: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(keeping, "MOST_VIEWS", 2)
        first = saved(onboarder, "One")
        saved(onboarder, "Two")

        with pytest.raises(TooManyViews) as refused:
            saved(onboarder, "Three")
        assert "You keep 2 views, the most there can be. Delete one" in refused.value.words
        with pytest.raises(TooManyViews):
            copy_view(actor=onboarder, view=first)
        delete_view(actor=onboarder, view=first)
        assert saved(onboarder, "Three").name == "Three"

    def test_more_filters_than_an_address_holds_are_refused(
        self, onboarder: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(keeping, "LONGEST_ADDRESS", 10)
        view = saved(onboarder, address="q=abc")

        with pytest.raises(ViewTooLong):
            saved(onboarder, "Long")
        with pytest.raises(ViewTooLong):
            change_view(actor=onboarder, view=view, listing=listed(onboarder, DUTCH))

    def test_whatever_is_typed_is_kept_readably_or_refused_by_name(self, onboarder: User) -> None:
        kept = []
        for text in hostile.TEXTS:
            try:
                with transaction.atomic():
                    kept.append(saved(onboarder, text).name)
            except NameRefused:
                continue
        assert [name for name in kept if not set("\x00\x1b\n\r\u2028\u202e\u2066\U000e0041").isdisjoint(name)] == []
        assert names_of(onboarder) == kept

    def test_the_address_of_a_hostile_search_reads_back_as_it_was(self, onboarder: User) -> None:
        for number, text in enumerate(hostile.TEXTS):
            params = QueryDict(mutable=True)
            params["q"] = text
            listing = Listing.read(onboarder, params)
            if len(listing.address()) > 500:
                continue
            view = save_view(actor=onboarder, name=f"View {number}", listing=listing)
            assert listing_of(view, onboarder) == listing
            delete_view(actor=onboarder, view=view)


class TestChanging:
    def test_a_view_can_be_renamed_and_its_own_name_in_another_case_is_free(self, onboarder: User) -> None:
        view = saved(onboarder, "dutch")
        saved(onboarder, "French", "country=FR")

        assert rename_view(actor=onboarder, view=view, name="DUTCH").name == "DUTCH"
        with pytest.raises(NameTaken):
            rename_view(actor=onboarder, view=view, name="french")
        assert names_of(onboarder) == ["DUTCH", "French"]

    def test_a_view_can_be_made_to_show_something_else(self, onboarder: User) -> None:
        view = saved(onboarder)
        change_view(actor=onboarder, view=view, listing=listed(onboarder, "country=FR&page=after-C-4K7P-M2XN"))
        view.refresh_from_db()

        assert (view.name, view.address) == ("Dutch", "country=FR")

    def test_sharing_begins_and_ends(self, onboarder: User, colleague: User) -> None:
        view = saved(onboarder)

        share_view(actor=onboarder, view=view)
        assert view in SavedView.objects.visible_to(colleague)
        unshare_view(actor=onboarder, view=view)
        assert view not in SavedView.objects.visible_to(colleague)

    def test_one_view_opens_first(self, onboarder: User, colleague: User) -> None:
        one, two, theirs = saved(onboarder, "One"), saved(onboarder, "Two"), saved(colleague, "Theirs")
        for view in (one, two):
            set_default(actor=onboarder, view=view)
        set_default(actor=colleague, view=theirs)

        assert set(SavedView.objects.filter(is_default=True)) == {two, theirs}
        clear_default(actor=onboarder, view=two)
        assert set(SavedView.objects.filter(is_default=True)) == {theirs}

    def test_the_database_keeps_to_one_that_opens_first_and_to_names_that_differ(
        self, onboarder: User, csm: User
    ) -> None:
        for owner in (onboarder, csm):
            one, two = saved(owner, "One"), saved(owner, "Two")
            for wrong in (
                lambda one=one, two=two: SavedView.objects.filter(pk__in=[one.pk, two.pk]).update(is_default=True),
                lambda two=two: SavedView.objects.filter(pk=two.pk).update(name_key="one"),
                lambda two=two: SavedView.objects.filter(pk=two.pk).update(name=""),
            ):
                with pytest.raises(IntegrityError), transaction.atomic():
                    wrong()

    def test_views_keep_their_order_and_can_be_moved(self, onboarder: User) -> None:
        one, _two, three = (saved(onboarder, name) for name in ("One", "Two", "Three"))
        assert names_of(onboarder) == ["One", "Two", "Three"]

        move_view(actor=onboarder, view=three, up=True)
        assert names_of(onboarder) == ["One", "Three", "Two"]
        move_view(actor=onboarder, view=one, up=True)
        assert names_of(onboarder) == ["One", "Three", "Two"]
        move_view(actor=onboarder, view=one, up=False)
        assert names_of(onboarder) == ["Three", "One", "Two"]
        delete_view(actor=onboarder, view=three)
        saved(onboarder, "Four")
        assert names_of(onboarder) == ["One", "Two", "Four"]


class TestCopying:
    def test_a_shared_view_becomes_ones_own(self, onboarder: User, colleague: User) -> None:
        theirs = saved(colleague, shared=True)

        copied = copy_view(actor=onboarder, view=theirs)

        assert (copied.owner, copied.name, copied.address) == (onboarder, "Dutch", theirs.address)
        assert (copied.is_shared, copied.is_default) == (False, False)
        assert copy_view(actor=onboarder, view=theirs) == copied

    def test_a_name_that_is_taken_gets_a_number(self, onboarder: User, colleague: User) -> None:
        long = "x" * 60
        saved(onboarder, long, "country=FR")

        copied = copy_view(actor=onboarder, view=saved(colleague, long, shared=True))

        assert copied.name == f"{'x' * 56} (2)"
