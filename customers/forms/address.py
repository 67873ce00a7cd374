"""The address part of a company's details: what a country asks for, what it calls it, and in which order."""

from typing import Any

from crispy_forms.layout import HTML, Field, Fieldset, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from customers.fault_words import words_for
from customers.postal import AddressRules, PostalFault

POSTCODE_LABELS: dict[str, Any] = {"zip": _("ZIP code"), "eircode": _("Eircode"), "pin": _("PIN code")}
"""Where it is not called a postcode."""

CITY_WORDS: dict[str, tuple[Any, Any]] = {
    "post_town": (_("Town"), _("Enter the town.")),
    "district": (_("District"), _("Enter the district.")),
    "suburb": (_("Suburb"), _("Enter the suburb.")),
}
"""What a city is called elsewhere, and what to say where it is missing."""

AREA_HINTS: dict[str, Any] = {
    "area": _("With the area."),
    "county": _("With the county."),
    "department": _("With the department."),
    "do_si": _("With the province or the metropolitan city."),
    "emirate": _("With the emirate."),
    "island": _("With the island."),
    "oblast": _("With the oblast."),
    "parish": _("With the parish."),
    "prefecture": _("With the prefecture."),
    "province": _("With the province."),
    "state": _("With the state."),
}
"""What the city's field also takes where addresses need it: there is no field for it alone."""

WIDTHS = {"postcode": "span-2", "city": "span-4"}

TOWNS_ID = "towns"
"""Of the list that offers the towns of a postcode."""

LIVE = {"hx-post": "", "hx-trigger": "change", "hx-vals": '{"intent": "refresh"}', "hx-sync": "closest form:queue all"}
HINTS = f"#{TOWNS_ID},#id_phone_hint,#id_postcode_hint,#id_city_hint"
LIVE_HINTS = LIVE | {"hx-swap": "none", "hx-select-oob": HINTS}
LIVE_ADDRESS = LIVE | {
    "hx-target": "#address",
    "hx-select": "#address",
    "hx-swap": "outerHTML",
    "hx-select-oob": f"#{TOWNS_ID},#id_phone_hint",
}
"""Ask the server what the page would look like. Whoever is typing is not disturbed: only what was said is replaced."""


def suit(fields: dict[str, forms.Field], rules: AddressRules) -> None:
    """Make the fields ask for what addresses in a country need, under the names that it has there."""
    postcode, city = fields["postcode"], fields["city"]
    missing = PostalFault("empty", country=rules.country, example=rules.postcode_example)
    postcode.required = rules.is_postcode_required
    postcode.label = POSTCODE_LABELS.get(rules.postcode_label, postcode.label)
    postcode.error_messages["required"] = words_for(missing)
    city.required = rules.is_city_required
    city.label, city.error_messages["required"] = CITY_WORDS.get(
        rules.city_label, (city.label, city.error_messages["required"])
    )
    if rules.is_area_required:
        city.help_text = AREA_HINTS[rules.area_label]


def make_live(fields: dict[str, forms.Field]) -> None:
    """Let the page say while one types what it would say after *Next*."""
    for name in ("phone", "postcode", "city"):
        fields[name].widget.attrs |= LIVE_HINTS
    fields["country"].widget.attrs |= LIVE_ADDRESS


def layout(rules: AddressRules | None, *, shows_postcode: bool, is_live: bool) -> Fieldset:
    """The fields in the order in which a country writes them; the country itself comes last."""
    names = [name for name in _order(rules) if shows_postcode or name != "postcode"]
    asked: list[Any] = [Field(name, wrapper_class=WIDTHS.get(name, "")) for name in names]
    button = [HTML('{% include "components/_country_button.html" %}')] if is_live else []
    return Fieldset(_("Address"), Row(*asked, Field("country", wrapper_class="span-4"), *button), css_id="address")


def _order(rules: AddressRules | None) -> list[str]:
    """Every field once: an area stands for a city where there is none, and what a country does not have comes last."""
    names = ["city" if name == "area" else name for name in (rules.fields if rules else ())]
    if rules and "city" in rules.fields:
        names = list(rules.fields)
    every = [name for name in names if name in ("street", "postcode", "city")]
    return list(dict.fromkeys([*every, "street", "postcode", "city"]))
