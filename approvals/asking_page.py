"""What the panel that asks for changes shows."""

from typing import Any

from approvals import snippets
from approvals.ask_form import AskForm
from approvals.models import Submission


def context(user: Any, latest: Submission, *, form: AskForm | None, remark: str, is_offered: bool) -> dict[str, Any]:
    """The panel's part of the page's context; one query, none where it is not offered."""
    if not is_offered:
        return {"ask_form": None}
    shown = form or AskForm(latest.snapshot, initial={"version": latest.version, "reason": remark})
    return {
        "ask_form": shown,
        "ask_groups": list(shown.groups()),
        "ask_paths": set(shown.offered),
        "snippets": snippets.offered_to(user),
        "typed": shown.initial,
    }
