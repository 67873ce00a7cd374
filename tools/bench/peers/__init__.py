"""What other portals are built from, on the same data: the plain Django admin, and django-tables2 with django-filter.

Both search the fields that the portal searches, each word in any of them. They look for people among those who fill a
role, and not among a customer's other contacts too, which would cost them a second join.
"""

OWN_FIELDS = ("name", "legal_name", "vat_number", "national_number", "city", "postcode", "phone", "number")
PEOPLE_FIELDS = tuple(f"assignments__contact__{name}" for name in ("first_name", "last_name", "email", "phone"))
FIELDS = OWN_FIELDS + PEOPLE_FIELDS
ROWS_A_PAGE = 50
