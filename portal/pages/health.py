"""For whoever watches over the portal: does it live, can it serve?"""

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process lives; asks nothing of the database."""
    return HttpResponse("live\n", content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 while the portal can serve: the database answers and every migration is applied; else 503."""
    try:
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Error:
        # The probe learns only that it is not ready; whoever mends it reads why in the log.
        logger.exception("The portal cannot serve: the database does not answer.")
        behind = True
    text, status = ("not ready\n", 503) if behind else ("ready\n", 200)
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
