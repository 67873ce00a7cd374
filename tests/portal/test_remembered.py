"""Parts of pages that are rendered once: what they show is what a rendering of their own would show."""

import pytest
from django.template.loader import get_template
from django.utils import translation
from pytest_django import Settings

from portal.templatetags.remembered import remembered


@pytest.fixture(autouse=True)
def parts(settings: Settings) -> None:
    loaders = [
        (
            "django.template.loaders.locmem.Loader",
            {
                "part.html": "{% load i18n %}{% translate 'Monday' %}: {{ who }}{{ request }}{{ user }}",
                "other.html": "Other: {{ who }}",
                "page.html": "{% load remembered %}<p>{% remembered 'part.html' who=who %}</p>",
            },
        )
    ]
    libraries = {"remembered": "portal.templatetags.remembered"}
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": loaders, "libraries": libraries},
        }
    ]


def test_each_value_has_a_part_of_its_own_and_so_has_each_template() -> None:
    said = [remembered(name, who=who) for name in ("part.html", "other.html") for who in ("Els", "Jan", "Els")]

    assert said == ["Monday: Els", "Monday: Jan", "Monday: Els", "Other: Els", "Other: Jan", "Other: Els"]


def test_what_was_said_in_one_language_is_not_shown_in_another() -> None:
    said = []
    for language in ("en", "nl", "fr", "en"):
        with translation.override(language):
            said.append(remembered("part.html", who="Els"))

    assert said == ["Monday: Els", "maandag: Els", "lundi: Els", "Monday: Els"]


def test_a_part_sees_nothing_of_the_page_around_it() -> None:
    assert get_template("page.html").render({"who": "<Els>", "user": "Jan", "request": 1}) == (
        "<p>Monday: &lt;Els&gt;</p>"
    )


def test_a_template_that_somebody_works_on_is_read_again(settings: Settings) -> None:
    settings.DEBUG = True
    before = remembered("other.html", who="Els")
    settings.TEMPLATES[0]["OPTIONS"]["loaders"][0][1]["other.html"] = "Changed: {{ who }}"
    settings.TEMPLATES = list(settings.TEMPLATES)

    assert (before, remembered("other.html", who="Els")) == ("Other: Els", "Changed: Els")
