"""The look's own words for templates."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Row
from django import forms
from django.template import Context, Template
from django.utils.html import strip_tags

from approvals.models import RegistrationRequest
from approvals.workflow import STATES, State
from customers.relationships import RELATIONSHIPS
from portal.templatetags import look

ROOT = Path(__file__).resolve().parent.parent.parent
NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # A Monday, 15:30 in Brussels.


def rendered(source: str, **context: Any) -> str:
    """The page without the blanks between and around its tags."""
    html = Template("{% load look crispy_forms_tags %}" + source).render(Context(context))
    return re.sub(r"\s*\n\s*", "", html).strip()


class Registration(forms.Form):
    from_register = ("name",)

    name = forms.CharField(label="Company name", error_messages={"required": "Enter the name."})
    legal_name = forms.CharField(label="Legal name", required=False)
    phone = forms.CharField(
        label="Phone number",
        help_text="With its <area> code",
        error_messages={"required": "Enter the number."},
        widget=forms.TextInput(attrs={"class": "w-20"}),
    )
    language = forms.ChoiceField(choices=[("nl", "Dutch")], error_messages={"required": "Choose a language."})
    relationship = forms.ChoiceField(
        choices=[(key.value, facts.label) for key, facts in RELATIONSHIPS.items()],
        help_text="How you deal with it",
        error_messages={"required": "Choose a relationship."},
        widget=forms.RadioSelect,
    )
    secwise = forms.BooleanField(label="Uses Secwise Watch", required=False, help_text="Then it needs a contact.")
    agreement = forms.FileField(required=False, widget=forms.FileInput)
    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Load the page again."})


# --- Shapes and words -------------------------------------------------------------------------------------------------


def test_an_icon_is_decoration_and_comes_in_two_sizes() -> None:
    assert rendered('{% icon "plus" %}') == '<svg class="icon" aria-hidden="true"><use href="#i-plus" /></svg>'
    assert (
        rendered('{% icon "x" small=True %}') == '<svg class="icon icon-s" aria-hidden="true"><use href="#i-x" /></svg>'
    )


def test_a_state_is_shape_words_and_colour() -> None:
    assert rendered('{% state "approved" "Active" %}') == (
        '<span class="state state-approved"><svg class="shape" aria-hidden="true"><use href="#s-approved" /></svg>'
        "Active</span>"
    )


@pytest.mark.parametrize("state", State)
def test_the_state_of_a_request_reads_differently_for_partners_and_staff(state: State) -> None:
    request = RegistrationRequest(state=state)
    assert strip_tags(look.state_of(request)) == STATES[state].partner_label
    assert strip_tags(look.state_of(request, staff=True)) == STATES[state].staff_label


def test_what_waits_for_the_partner_waits_for_the_colleagues_of_who_may_only_look() -> None:
    read = {state: strip_tags(look.state_of(RegistrationRequest(state=state), onlooker=True)) for state in State}
    assert read == {state: STATES[state].partner_label for state in State} | {
        State.CHANGES_REQUESTED: "Waiting for your colleagues"
    }


@pytest.mark.parametrize(("kind", "drawn"), [("good", "green"), ("warn", "amber"), ("bad", "red"), ("idle", "todo")])
def test_a_fact_says_how_it_stands_by_its_shape_too(kind: str, drawn: str) -> None:
    assert rendered("{% fact kind text %}", kind=kind, text="2 < 3") == (
        f'<span class="fact is-{kind}"><svg class="shape" aria-hidden="true"><use href="#s-{drawn}" /></svg>'
        "<span>2 &lt; 3</span></span>"
    )


def used_symbols() -> Iterator[tuple[str, str]]:
    for template in sorted((ROOT / "templates").rglob("*.html")):
        for tag, name in re.findall(r'{% (icon|shape) "([^"]+)"', template.read_text()):
            yield str(template.relative_to(ROOT)), f"{tag[0]}-{name}"


def test_every_symbol_that_is_used_is_drawn_exactly_once() -> None:
    drawn = re.findall(r'<symbol id="([^"]+)"', (ROOT / "templates/components/_sprite.html").read_text())
    assert sorted(set(drawn)) == sorted(drawn)
    assert [(place, name) for place, name in used_symbols() if name not in drawn] == []
    shapes = {*look.FACTS.values(), *(shape for _colour, shape in look.NOTICES.values())}
    shapes |= {facts.shape for facts in STATES.values()}
    assert {f"s-{shape}" for shape in shapes} - set(drawn) == set()


@pytest.mark.parametrize(
    ("level", "css", "drawn"),
    [("success", "good", "green"), ("warning", "warn", "amber"), ("error", "bad", "red"), ("info", "info", "todo")],
)
def test_a_notice_has_the_colour_and_shape_of_its_level(level: str, css: str, drawn: str) -> None:
    assert rendered("{% notice level %}<b>{{ text }}</b>{% endnotice %}", level=level, text="a & b") == (
        f'<div class="notice notice-{css}"><svg class="shape" aria-hidden="true"><use href="#s-{drawn}" /></svg>'
        "<div><b>a &amp; b</b></div></div>"
    )


# --- Times and numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(0), "just now"),
        (timedelta(minutes=5), "5\xa0minutes ago"),
        (timedelta(hours=4), "4\xa0hours ago"),
        (timedelta(hours=17), "yesterday"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=7), "16 November"),
        (timedelta(days=400), "19 October 2025"),
        (timedelta(hours=-2), "2\xa0hours from now"),
        (timedelta(hours=-20), "tomorrow"),
        (timedelta(days=-3), "26 November"),
    ],
)
def test_a_time_is_said_in_few_words(ago: timedelta, words: str) -> None:
    with time_machine.travel(NOW, tick=False):
        assert strip_tags(look.when(NOW - ago)) == words


def test_a_time_shortly_before_midnight_is_not_yet_yesterday_just_after_it() -> None:
    with time_machine.travel(datetime(2026, 11, 22, 23, 10, tzinfo=UTC), tick=False):
        assert strip_tags(look.when(datetime(2026, 11, 22, 22, 50, tzinfo=UTC))) == "20\xa0minutes ago"


def test_a_time_carries_the_exact_one_in_the_time_zone_of_the_portal() -> None:
    with time_machine.travel(NOW, tick=False):
        assert look.when(datetime(2026, 11, 22, 15, 12, tzinfo=UTC)) == (
            '<time datetime="2026-11-22T16:12:00+01:00" title="Sunday 22 November 2026, 16:12">yesterday</time>'
        )


def test_no_time_is_nothing() -> None:
    assert rendered("{% when moment %}", moment=None) == ""


@pytest.mark.parametrize(
    ("source", "stored", "readable"),
    [
        ("vat_readable", "BE0477472701", "BE 0477.472.701"),
        ("vat_readable", "BE0477472700", "BE 0477.472.700"),
        ("vat_readable", "", ""),
        ("phone_readable", "+3214550142", "+32 14 55 01 42"),
        ("phone_readable", "", ""),
        ("country_name", "BE", "Belgium"),
        ("country_name", "QQ", "QQ"),
        ("side_label", "own", "Your organisation"),
        ("side_label", "customer", "This customer"),
    ],
)
def test_stored_values_read_as_people_write_them(source: str, stored: str, readable: str) -> None:
    assert rendered("{{ stored|" + source + " }}", stored=stored) == readable


# --- Forms ------------------------------------------------------------------------------------------------------------


def test_a_field_is_label_hint_control_and_error_in_this_order() -> None:
    assert rendered("{{ form.phone|as_crispy_field }}", form=Registration({})) == (
        '<div class="field"><label class="form-label" for="id_phone">Phone number</label>'
        '<div class="form-text" id="id_phone_helptext">With its &lt;area&gt; code</div>'
        '<input type="text" name="phone" class="form-control is-invalid w-20" required aria-invalid="true"'
        ' aria-describedby="id_phone_helptext id_phone_error" id="id_phone">'
        '<div class="invalid-feedback" id="id_phone_error"><span>Enter the number.</span></div></div>'
    )


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert rendered("{{ form.legal_name|as_crispy_field }}", form=Registration()) == (
        '<div class="field"><label class="form-label" for="id_legal_name">Legal name'
        ' <span class="optional">(optional)</span></label>'
        '<input type="text" name="legal_name" class="form-control" id="id_legal_name"></div>'
    )


def test_a_field_filled_from_the_register_is_marked() -> None:
    assert "from the VAT register" in rendered("{{ form.name|as_crispy_field }}", form=Registration())
    assert "from the VAT register" not in rendered("{{ form.phone|as_crispy_field }}", form=Registration())


def test_selects_and_files_wear_their_own_classes() -> None:
    html = rendered("{{ form.language|as_crispy_field }}{{ form.agreement|as_crispy_field }}", form=Registration())
    assert re.findall(r'class="(form-(?:select|control)[^"]*)"', html) == [
        "form-select",
        "form-control form-control-file",
    ]


def test_a_checkbox_stands_before_its_label_and_is_never_called_optional() -> None:
    assert rendered("{{ form.secwise|as_crispy_field }}", form=Registration()) == (
        '<div class="field"><div class="form-check">'
        '<input type="checkbox" name="secwise" class="form-check-input" aria-describedby="id_secwise_helptext"'
        ' id="id_secwise">'
        '<label class="form-check-label" for="id_secwise">Uses Secwise Watch</label>'
        '<div class="form-text" id="id_secwise_helptext">Then it needs a contact.</div></div></div>'
    )


def test_a_group_of_buttons_is_a_fieldset_described_by_its_hint_and_error() -> None:
    html = rendered("{{ form.relationship|as_crispy_field }}", form=Registration({}))
    assert html.startswith(
        '<fieldset class="field" aria-describedby="id_relationship_helptext id_relationship_error">'
        '<legend>Relationship</legend><div class="form-text" id="id_relationship_helptext">How you deal with it</div>'
        '<div class="form-check"><input type="radio" name="relationship" value="reseller" class="form-check-input"'
        ' id="id_relationship_0" required>'
        '<label class="form-check-label" for="id_relationship_0">Reseller</label></div>'
    )
    assert html.endswith(
        '<div class="invalid-feedback" id="id_relationship_error"><span>Choose a relationship.</span></div></fieldset>'
    )


def test_radio_cards_explain_each_choice_and_keep_the_one_made() -> None:
    meanings = {key.value: facts.meaning for key, facts in RELATIONSHIPS.items()}
    html = rendered(
        "{% radio_cards form.relationship meanings %}",
        form=Registration({"relationship": "value_add_partner"}),
        meanings=meanings,
    )
    assert re.findall(r"<li>([^<]+)</li>", html) == [line for lines in meanings.values() for line in lines]
    assert re.findall(r'<input [^>]*value="(\w+)"[^>]* checked', html) == ["value_add_partner"]
    assert re.findall(r'aria-describedby="(id_relationship_\d_lines)"', html) == re.findall(r'<ul id="([^"]+)"', html)


def test_a_form_laid_out_by_crispy_has_rows_with_widths() -> None:
    form = Registration()
    form.helper = FormHelper()
    form.helper.form_tag = False
    form.helper.layout = Layout(Row("name", Field("phone", wrapper_class="span-2")))
    html = rendered("{% crispy form %}", form=form)
    assert re.findall(r'<div class="(fields?[^"]*)"', html) == ["fields", "field", "field span-2"]


def test_the_error_summary_links_each_line_to_its_field() -> None:
    form = Registration({})
    form.add_error(None, "The two do not fit.")
    html = rendered("{% error_summary form %}", form=form)
    assert html.startswith(
        '<div class="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title">'
    )
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", html) == ["6 things to mend"]
    assert re.findall(r'<a href="(#[^"]+)">([^<]+)</a>', html) == [
        ("#id_name", "The two do not fit."),
        ("#id_name", "Enter the name."),
        ("#id_phone", "Enter the number."),
        ("#id_language", "Choose a language."),
        ("#id_relationship_0", "Choose a relationship."),
    ]
    assert re.findall(r"<li>([^<]+)</li>", html) == ["Load the page again."]


def test_the_error_summary_of_several_forms_counts_them_together_and_one_is_one() -> None:
    class Note(forms.Form):
        text = forms.CharField(error_messages={"required": "Write something."})

    html = rendered("{% error_summary a b c %}", a=Note({"text": "x"}), b=Note({}), c=None)
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", html) == ["One thing to mend"]


def test_there_is_no_error_summary_where_all_is_well() -> None:
    assert rendered("{% error_summary form %}", form=Registration()) == ""
    assert rendered("{% error_summary form %}") == ""
