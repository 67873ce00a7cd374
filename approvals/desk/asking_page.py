"""What the panel that asks for changes shows."""

from typing import Any

from approvals.changes import snippets
from approvals.desk.ask_form import AskForm
from approvals.models import Submission


def context(user: Any, latest: Submission, *, form: AskForm | None, remark: str, is_offered: bool) -> dict[str, Any]:
    """The panel's part of the page's context; no query but for a panel that is shown again."""
    if not is_offered:
        return {"ask_form": None}
    shown = form or AskForm(latest.snapshot, initial={"version": latest.version, "reason": remark})
    return {
        "ask_form": shown,
        "ask_groups": list(shown.groups()),
        "ask_paths": set(shown.offered),
        # Loaded by the panel as it opens; a panel that is shown again has them at once.
        "snippets": snippets.offered_to(user) if form is not None else None,
        "typed": shown.initial,
    }
