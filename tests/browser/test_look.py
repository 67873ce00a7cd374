"""The frame, the forms and the account pages in a browser."""

from collections.abc import Callable

import pytest
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from customers.relationships import RELATIONSHIPS
from portal import urls
from portal.models import User
from tests import builders

Barriers = Callable[[], list[str]]


class Everything(forms.Form):
    """One field of each kind the portal has."""

    from_register = ("name",)
    name = forms.CharField(label="Company name")
    phone = forms.CharField(label="Phone number", help_text="The main one.", widget=forms.TextInput({"class": "w-20"}))
    legal_name = forms.CharField(label="Legal name", required=False)
    side = forms.ChoiceField(choices=[("own", "Yours"), ("customer", "Theirs")], widget=forms.RadioSelect)
    roles = forms.MultipleChoiceField(choices=[("dpo", "DPO")], widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(choices=[("", "Choose one"), ("nl", "Dutch")])
    agreed = forms.BooleanField(label="What stands above is right", help_text="As far as you know.")
    agreement = forms.FileField(help_text="PDF or photo", widget=forms.FileInput)
    reason = forms.CharField(widget=forms.Textarea({"rows": 3}))


class Choice(forms.Form):
    meanings = {key.value: facts.meaning for key, facts in RELATIONSHIPS.items()}

    relationship = forms.ChoiceField(
        choices=[(key.value, facts.label) for key, facts in RELATIONSHIPS.items()], widget=forms.RadioSelect
    )


EVERYTHING = """
{% extends "base.html" %}{% load look crispy_forms_tags %}
{% block title %}Everything{% endblock %}
{% block content %}
  {% error_summary choice form %}
  <h1>Everything</h1>
  <form method="post" enctype="multipart/form-data" novalidate>
    {% csrf_token %}
    {% radio_cards choice.relationship choice.meanings %}
    {{ form|crispy }}
    <button class="btn btn-primary" name="send" value="yes">Send</button>
  </form>
{% endblock %}
"""


def everything(request: HttpRequest) -> HttpResponse:
    context = {"choice": Choice(request.POST or None), "form": Everything(request.POST or None), "user": request.user}
    for level in (messages.SUCCESS, messages.WARNING, messages.ERROR, messages.INFO):
        messages.add_message(request, level, "Something to know.")
    return HttpResponse(Template(EVERYTHING).render(RequestContext(request, context)))


urlpatterns = [*urls.urlpatterns, path("everything/", everything)]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375, 320])
def test_forms_keep_nobody_out_and_fit(
    page: Page, sign_in: Callable[[User], None], onboarder: User, barriers: Barriers, theme: str, width: int
) -> None:
    sign_in(onboarder)
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/everything/")
    assert barriers() == []
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="9 things to mend")).to_be_visible()
    assert barriers() == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_errors_take_the_focus_and_each_leads_to_its_field(page: Page, barriers: Barriers, db: None) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title("Error: Sign in · Arxus Portal")
    assert barriers() == []
    page.get_by_role("alert").get_by_role("link", name="Enter your password.").click()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()


def test_the_first_tab_skips_to_the_content(page: Page, sign_in: Callable[[User], None], onboarder: User) -> None:
    sign_in(onboarder)
    page.goto("/accounts/password/change/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_a_slash_goes_to_the_search_box_unless_one_is_typing(
    page: Page, sign_in: Callable[[User], None], onboarder: User
) -> None:
    sign_in(onboarder)
    page.goto("/accounts/password/change/")
    page.get_by_label("Current password").press("/")
    expect(page.get_by_label("Current password")).to_have_value("/")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Find a customer")
    expect(box).to_be_focused()
    expect(box).to_have_value("")


def test_the_menu_closes_on_escape_and_on_a_click_elsewhere(
    page: Page, sign_in: Callable[[User], None], onboarder: User
) -> None:
    sign_in(onboarder)
    page.goto("/accounts/password/change/")
    menu, sign_out = page.locator("summary"), page.get_by_role("button", name="Sign out")
    menu.click()
    expect(sign_out).to_be_visible()
    sign_out.focus()
    page.keyboard.press("Escape")
    expect(sign_out).to_be_hidden()
    expect(menu).to_be_focused()
    menu.click()
    page.get_by_role("heading", level=1).click()
    expect(sign_out).to_be_hidden()


def test_one_signs_out_from_the_menu(page: Page, sign_in: Callable[[User], None], onboarder: User) -> None:
    sign_in(onboarder)
    page.goto("/accounts/password/change/")
    page.locator("summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


@pytest.mark.urls(__name__)
def test_a_form_is_sent_once_however_often_its_button_is_pressed(
    page: Page, sign_in: Callable[[User], None], onboarder: User
) -> None:
    sign_in(onboarder)
    page.goto("/everything/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    # Both presses in one go, before the first answer can replace the page.
    page.get_by_role("button", name="Send").evaluate("button => { button.click(); button.click(); }")
    expect(page.get_by_role("alert")).to_be_focused()
    assert len(sent) == 1
    assert 'name="send"' in sent[0]


def test_the_portal_works_without_scripts(browser: Browser, live_server: LiveServer, onboarder: User) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/password/change/")
    page.get_by_label("Email").fill(onboarder.email)
    page.get_by_label("Password", exact=True).fill(builders.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Change your password")).to_be_visible()
    page.locator("summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    context.close()
