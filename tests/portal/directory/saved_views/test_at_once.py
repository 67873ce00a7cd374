"""Two tabs and two presses: what one person does to their views happens one after the other."""

from functools import partial

import pytest

from portal.directory.saved_views import keeping
from portal.directory.saved_views.keeping import change_view, copy_view, delete_view, rename_view, set_default
from portal.directory.saved_views.refusals import TooManyViews
from portal.models import SavedView, User
from tests.approvals.test_parallel import at_once, fresh, kinds
from tests.portal.directory.saved_views.views_made import listed, names_of, saved

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_pressed_at_the_same_moment_happens_once(
    onboarder: User, colleague: User, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Saved once, however often it is pressed; the name goes to one of two.
    outcomes = at_once(*[lambda: saved(fresh(onboarder), "Once")] * 4)
    assert len({view.pk for view in outcomes}) == 1
    outcomes = at_once(*[partial(saved, fresh(onboarder), "Twice", f"country={code}") for code in ("FR", "LU")])
    assert kinds(outcomes) == {"SavedView": 1, "NameTaken": 1}
    one, two = SavedView.objects.own_of(onboarder)

    # A name for two views, and two views to open first.
    outcomes = at_once(*[partial(rename_view, actor=fresh(onboarder), view=view, name="Both") for view in (one, two)])
    assert kinds(outcomes) == {"SavedView": 1, "NameTaken": 1}
    outcomes = at_once(*[partial(set_default, actor=fresh(onboarder), view=view) for view in (one, two)])
    assert kinds(outcomes) == {"SavedView": 2}
    assert SavedView.objects.filter(owner=onboarder, is_default=True).count() == 1

    # Of two windows that change one view, the second is told.
    outcomes = at_once(
        *[
            partial(change_view, actor=fresh(onboarder), view=one, listing=listed(onboarder, place), seen=one.address)
            for place in ("country=DE", "country=AT")
        ]
    )
    assert kinds(outcomes) == {"SavedView": 1, "ViewChanged": 1}

    # A copy is made once.
    theirs = saved(colleague, "Theirs", shared=True)
    outcomes = at_once(*[lambda: copy_view(actor=fresh(onboarder), view=theirs)] * 3)
    assert len({view.pk for view in outcomes}) == 1

    # The owner changes what an administrator takes away: it is gone, whoever came first.
    listing = listed(colleague, "country=AT")
    outcomes = at_once(
        partial(change_view, actor=fresh(colleague), view=theirs, listing=listing),
        partial(delete_view, actor=fresh(administrator), view=theirs),
    )
    assert kinds(outcomes) in ({"SavedView": 1, "NoneType": 1}, {"ViewGone": 1, "NoneType": 1})
    assert names_of(colleague) == []

    # The last place is taken once.
    monkeypatch.setattr(keeping, "MOST_VIEWS", 4)
    outcomes = at_once(*[partial(saved, fresh(onboarder), name) for name in ("Last", "Very last", "Too late")])
    assert kinds(outcomes) == {"SavedView": 1, TooManyViews.__name__: 2}
