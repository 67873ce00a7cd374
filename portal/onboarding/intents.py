"""What the buttons of the wizard are called in a form. The contacts step has more, of its own."""

NEXT, BACK, LATER = "next", "back", "later"
REFRESH = "refresh"
"""Show the page again as it would be with these choices. Nothing is saved."""

ANSWERED = {"details": (BACK, LATER, REFRESH)}
"""What a step answers where it is more than the first two and *Next*; the contacts step answers whatever it is sent."""
